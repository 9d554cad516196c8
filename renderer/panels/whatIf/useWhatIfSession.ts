import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { missingForCompute } from "../../state/documentEdits.ts";
import { runningJob } from "../../state/jobStore.ts";
import { variantStates } from "../../state/resultStore.ts";
import { attempt } from "../../state/studio.ts";
import { openWhatIf, refreshWhatIf, takeVariant } from "../../state/whatIfActions.ts";
import { wantedSession, type WantedSession } from "../../state/whatIfSession.ts";

/** What stands between the workspace and live values. */
export type WorkspaceState =
  | { readonly kind: "live" }
  /** Something of the project is missing; `text` says what. */
  | { readonly kind: "incomplete"; readonly text: string }
  | { readonly kind: "notComputed"; readonly isComputing: boolean }
  | { readonly kind: "noTargets"; readonly text: string }
  | { readonly kind: "lost" }
  | { readonly kind: "opening" }
  | { readonly kind: "failed"; readonly wanted: WantedSession }
  | { readonly kind: "stopped"; readonly wanted: WantedSession };

/** Starts from the variant that is looked at, and from another when that one is gone. */
function useDraft(): void {
  const studio = useStudio();
  const base = useStore(studio.whatIf, (state) => state.draft.base);
  const variants = useStore(studio.project, (state) => state.document.variants);
  const active = useStore(studio.view, (state) => state.activeVariant);
  const isRead = useStore(studio.jobs, (state) => runningJob(state, "load") === null);
  const names = (variants ?? []).map(({ name }) => name);
  const isThere = names.includes(base);
  const start = active !== null && names.includes(active) ? active : (names[0] ?? null);
  useEffect(() => {
    if (!isThere && isRead && start !== null) takeVariant(studio, start);
  }, [studio, isThere, isRead, start]);
}

/** Keeps a session open for what is shown: opened by itself, again when the project has changed. */
export function useWhatIfSession(): WorkspaceState {
  const studio = useStudio();
  useDraft();
  const { rows, targets } = useScene();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const results = useStore(studio.results);
  const jobs = useStore(studio.jobs);
  const live = useStore(studio.whatIf);
  const { draft, datasets, phase, session, wantedKey } = live;
  const wanted = useMemo(
    () => wantedSession(document, summaries, draft.base, rows, datasets),
    [document, summaries, draft.base, rows, datasets],
  );
  const missing = missingForCompute(document);
  const isReady = variantStates(document, results, jobs)[draft.base] === "ready";
  const serves =
    session !== null &&
    session.key === wanted?.key &&
    rows.every(({ key }) => session.targets.includes(key));
  const isBusy = runningJob(jobs, "load") !== null || runningJob(jobs, "compute") !== null;
  const isTried = wantedKey === wanted?.key && (phase === "failed" || phase === "stopped");
  const mayOpen =
    wanted !== null &&
    wanted.targets.length > 0 &&
    missing === null &&
    isReady &&
    !isBusy &&
    jobs.engineLost === null &&
    !serves &&
    !isTried &&
    !(phase === "opening" && wantedKey === wanted.key);
  useEffect(() => {
    if (!mayOpen) return;
    attempt(studio, "What if was not prepared", () => openWhatIf(studio, wanted));
  }, [studio, mayOpen, wanted]);
  useEffect(() => {
    refreshWhatIf(studio);
  }, [studio, document, draft]);
  if (jobs.engineLost !== null) return { kind: "lost" };
  if (missing !== null) return { kind: "incomplete", text: missing };
  if (rows.length === 0) {
    const text =
      targets.length > 0
        ? "Every target is hidden. Open an eye under Targets."
        : "Reading the files";
    return { kind: "noTargets", text };
  }
  if (serves) return { kind: "live" };
  if (wanted !== null && isTried) {
    return phase === "failed" ? { kind: "failed", wanted } : { kind: "stopped", wanted };
  }
  if (!isReady) {
    return { kind: "notComputed", isComputing: runningJob(jobs, "compute") !== null };
  }
  return { kind: "opening" };
}
