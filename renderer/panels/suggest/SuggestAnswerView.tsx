import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { Segmented } from "../../components/Controls.tsx";
import {
  formatCount,
  formatFixed,
  formatPlural,
  formatSignificant,
} from "../../components/formatNumber.ts";
import { attempt } from "../../state/studio.ts";
import {
  addSuggestedVariant,
  exportSuggestions,
  isAnswerCurrent,
} from "../../state/suggest/suggestActions.ts";
import {
  chosenRows,
  foldedRows,
  meanRigidity,
  rankedRows,
} from "../../state/suggest/suggestRows.ts";
import { ROWS_AT_ONCE, type Answered } from "../../state/suggest/suggestStore.ts";
import { GainChart } from "./GainChart.tsx";
import { SuggestionList } from "./SuggestionList.tsx";

/** The answer: chosen together with their curve, or all ranked alone; what to do with them. */
export function SuggestAnswerView({ answer }: { readonly answer: Answered }): ReactNode {
  const studio = useStudio();
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const view = useStore(studio.suggestions, (state) => state.view);
  const nShown = useStore(studio.suggestions, (state) => state.nShown);
  const rows = useMemo(
    () => (view === "together" ? chosenRows(answer, summaries) : rankedRows(answer, summaries)),
    [answer, summaries, view],
  );
  const { ranking, variant, steps } = answer.result;
  const { before, after } = meanRigidity(answer);
  const groups = useMemo(
    () =>
      view === "together" ? rows.map((row) => ({ row, alike: [] })) : foldedRows(answer, rows),
    [answer, rows, view],
  );
  const listed = view === "together" ? groups : groups.slice(0, nShown);
  return (
    <>
      <div className="suggest-question">
        <p className="section-note">
          {answer.about}
          {answer.about.endsWith(variant) ? "" : ` under ${variant}`},{" "}
          {formatPlural(ranking.length, "candidate", "candidates")}
        </p>
        <Button
          size="small"
          onClick={() => {
            studio.suggestions.setState({ isEditing: true });
          }}
        >
          Change
        </Button>
      </div>
      <StaleNote answer={answer} />
      <Segmented
        label="Suggestions"
        value={view}
        options={[
          { value: "together", label: `Chosen ${formatCount(steps.length)}` },
          { value: "alone", label: "All, one by one" },
        ]}
        onChange={(next) => {
          studio.suggestions.setState({ view: next });
        }}
      />
      {view === "together" ? (
        <>
          <GainChart answer={answer} />
          <p className="suggest-hint">
            Gains of the geometric mean. Mean LPR {formatSignificant(before)} →{" "}
            {formatSignificant(after)} with all {formatCount(steps.length)}.
          </p>
        </>
      ) : (
        <p className="suggest-hint">
          Gain of the geometric mean LPR of these atoms, each structure added alone.{" "}
          {formatPlural(groups.length, "kind", "kinds")} among {formatCount(rows.length)}.
        </p>
      )}
      <WeakNote best={rows[0]?.lift ?? 0} answer={answer} />
      <SuggestionList answer={answer} groups={listed} />
      {listed.length < groups.length ? (
        <Button
          size="small"
          look="plain"
          onClick={() => {
            studio.suggestions.setState({ nShown: nShown + ROWS_AT_ONCE });
          }}
        >
          Show {formatCount(Math.min(ROWS_AT_ONCE, groups.length - listed.length))} more of{" "}
          {formatCount(groups.length)}
        </Button>
      ) : null}
      <Remarks answer={answer} />
      <AnswerButtons answer={answer} />
    </>
  );
}

function AnswerButtons({ answer }: { readonly answer: Answered }): ReactNode {
  const studio = useStudio();
  const nTicked = useStore(studio.suggestions, (state) => state.ticked.size);
  return (
    <div className="suggest-actions">
      <Button
        look="primary"
        size="small"
        disabled={nTicked === 0}
        onClick={() => {
          attempt(studio, "The variant was not added", () => addSuggestedVariant(studio, answer));
        }}
      >
        Add {formatCount(nTicked)} as variant
      </Button>
      <Button
        size="small"
        disabled={nTicked === 0}
        onClick={() => {
          attempt(studio, "Nothing was exported", () => exportSuggestions(studio, answer));
        }}
      >
        Export for DFT
      </Button>
    </div>
  );
}

function StaleNote({ answer }: { readonly answer: Answered }): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  if (isAnswerCurrent(answer, document)) return null;
  return (
    <p className="field-problem" role="status">
      The model or {answer.result.variant} has changed since. Ask again for current numbers.
    </p>
  );
}

/** Below this a structure is of no use to these atoms, in percent. */
const WEAK = 0.1;

function WeakNote({
  best,
  answer,
}: {
  readonly best: number;
  readonly answer: Answered;
}): ReactNode {
  if (best >= WEAK) return null;
  return (
    <p className="section-note">
      The best candidate lifts this region by {formatFixed(best, 2)} %. No structure in the pool
      resembles it; {answer.crystals === null ? "generate crystals" : "try other prototypes"}.
    </p>
  );
}

function Remarks({ answer }: { readonly answer: Answered }): ReactNode {
  const { diagnostics } = answer.result;
  if (diagnostics.length === 0) return null;
  return (
    <ul className="suggest-remarks" aria-label="Remarks on the suggestions">
      {diagnostics.map(({ message }) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  );
}
