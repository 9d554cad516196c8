import { useEffect, useMemo, useRef, type ReactNode, type RefObject } from "react";
import { useStore } from "zustand";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { ProgressBar, wholePercent } from "../../components/ProgressBar.tsx";
import { runningJob, type Job } from "../../state/results/jobStore.ts";
import { attempt } from "../../state/studio.ts";
import { askForSuggestions, cancelSuggestions } from "../../state/suggest/suggestActions.ts";
import { buildQuestion, type QuestionInputs } from "../../state/suggest/suggestQuestion.ts";
import { SuggestAnswerView } from "./SuggestAnswerView.tsx";
import { SuggestForm } from "./SuggestForm.tsx";

/** Which structures should be computed next, for the atoms that are looked at. */
export function SuggestSection(): ReactNode {
  const studio = useStudio();
  const { activeTarget, activeVariant } = useScene();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const selections = useStore(studio.selection, (state) => state.selections);
  const draft = useStore(studio.suggestions, (state) => state.draft);
  const answer = useStore(studio.suggestions, (state) => state.answer);
  const isEditing = useStore(studio.suggestions, (state) => state.isEditing);
  const job = useStore(studio.jobs, (state) => runningJob(state, "suggest"));
  const inputs = useMemo<QuestionInputs>(
    () => ({
      draft,
      document,
      summaries,
      selections,
      target: activeTarget,
      variant: activeVariant,
    }),
    [draft, document, summaries, selections, activeTarget, activeVariant],
  );
  const phase = job !== null ? "running" : answer === null || isEditing ? "form" : "answer";
  const section = useCall(phase);
  const ask = (): void => {
    const question = buildQuestion(inputs);
    attempt(studio, "No structures were suggested", () => askForSuggestions(studio, question));
  };
  return (
    <section
      className="inspector-section suggest"
      aria-label="Suggest structures"
      tabIndex={-1}
      ref={section}
    >
      <h2>Suggest structures</h2>
      {job === null ? null : <Progress job={job} />}
      {phase === "form" ? <SuggestForm inputs={inputs} onAsk={ask} /> : null}
      {phase === "answer" && answer !== null ? <SuggestAnswerView answer={answer} /> : null}
    </section>
  );
}

/**
 * Brings the section into view, with the focus in it, when the command asks for it. The focus stays
 * in it when the button that had it makes way for progress or an answer, and the answer is in view then.
 */
function useCall(phase: string): RefObject<HTMLElement | null> {
  const studio = useStudio();
  const ref = useRef<HTMLElement>(null);
  const calls = useStore(studio.suggestions, (state) => state.calls);
  const seen = useRef(calls);
  useEffect(() => {
    if (seen.current === calls) return;
    seen.current = calls;
    const section = ref.current;
    section?.scrollIntoView({ block: "start" });
    section?.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
  }, [calls]);
  const lastPhase = useRef(phase);
  useEffect(() => {
    if (lastPhase.current === phase) return;
    lastPhase.current = phase;
    const section = ref.current;
    const hasLostFocus = document.activeElement === document.body;
    if (hasLostFocus) section?.focus({ preventScroll: true });
    // An answer is longer than the progress that it takes the place of; it is read from its top.
    if (phase === "answer" && section?.contains(document.activeElement) === true) {
      section.scrollIntoView({ block: "start" });
    }
  }, [phase]);
  return ref;
}

function Progress({ job }: { readonly job: Job }): ReactNode {
  const studio = useStudio();
  const percent = wholePercent(job.fraction);
  return (
    <div className="suggest-progress">
      <span className="muted ellipsis">{job.stage === "" ? "Starting" : job.stage}</span>
      <span className="number">{percent} %</span>
      <ProgressBar label="Suggested structures" percent={percent} />
      <Button
        size="small"
        onClick={() => {
          attempt(studio, "The search could not be stopped", () => cancelSuggestions(studio));
        }}
      >
        Cancel
      </Button>
    </div>
  );
}
