import { IconCheck } from "@tabler/icons-react";
import { Checkbox } from "radix-ui";
import { Fragment, type ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import {
  formatCount,
  formatDensity,
  formatPercentGain,
  formatPlural,
} from "../../components/formatNumber.ts";
import type { SuggestionGroup, SuggestionRow } from "../../state/suggest/suggestRows.ts";
import { tick, toggleAlike, type Answered } from "../../state/suggest/suggestStore.ts";
import { CandidatePreview } from "./CandidatePreview.tsx";

/** Candidates with their lift; each can be ticked. Near duplicates are folded into the best of them. */
export function SuggestionList({
  answer,
  groups,
}: {
  readonly answer: Answered;
  readonly groups: readonly SuggestionGroup[];
}): ReactNode {
  const studio = useStudio();
  const unfolded = useStore(studio.suggestions, (state) => state.unfolded);
  return (
    <ul className="suggestions" aria-label="Suggestions">
      {groups.map(({ row, alike }, place) => {
        const isUnfolded = unfolded.has(row.rank);
        return (
          <Fragment key={row.rank}>
            <Row answer={answer} row={row} place={formatCount(place + 1)} />
            {alike.length === 0 ? null : (
              <li className="suggestion-alike">
                <button
                  type="button"
                  aria-expanded={isUnfolded}
                  onClick={() => {
                    toggleAlike(studio.suggestions, row.rank);
                  }}
                >
                  {isUnfolded ? "−" : "+"} {formatCount(alike.length)} alike
                </button>
              </li>
            )}
            {isUnfolded
              ? alike.map((one) => <Row key={one.rank} answer={answer} row={one} place="" />)
              : null}
          </Fragment>
        );
      })}
    </ul>
  );
}

function Row(props: {
  readonly answer: Answered;
  readonly row: SuggestionRow;
  readonly place: string;
}): ReactNode {
  const studio = useStudio();
  const { answer, row, place } = props;
  const isTicked = useStore(studio.suggestions, (state) => state.ticked.has(row.rank));
  const id = `suggestion-${String(row.rank)}`;
  return (
    <CandidatePreview answer={answer} row={row}>
      <li data-ticked={isTicked} data-alike={place === ""}>
        <Checkbox.Root
          id={id}
          className="checkbox"
          checked={isTicked}
          onCheckedChange={(checked) => {
            tick(studio.suggestions, row.rank, checked === true);
          }}
        >
          <Checkbox.Indicator asChild>
            <IconCheck size={12} stroke={2.5} />
          </Checkbox.Indicator>
        </Checkbox.Root>
        <label htmlFor={id} title={factsOf(row)}>
          <span className="suggestion-place">{place}</span>
          <span className="suggestion-name ellipsis">{row.name}</span>
          <span className="suggestion-lift">{formatPercentGain(row.lift)}</span>
          <span className="suggestion-track">
            <span
              className="suggestion-bar"
              style={{ width: `${(100 * row.share).toFixed(1)}%` }}
            />
          </span>
          <span className="suggestion-facts">
            <span>
              no. {formatCount(row.structureIndex + 1)}, {formatPlural(row.nAtoms, "atom", "atoms")}
              {row.timesInTraining > 0 ? ", in training" : ""}
            </span>
            <span>
              {row.total === null
                ? `median ${formatPercentGain(row.median, 1)} · max ${formatPercentGain(row.max, 1)}`
                : `total ${formatPercentGain(row.total)}`}
            </span>
          </span>
        </label>
      </li>
    </CandidatePreview>
  );
}

/** What does not fit into the row. */
function factsOf(row: SuggestionRow): string {
  const density = row.density === null ? "" : `, ${formatDensity(row.density)}`;
  const training =
    row.timesInTraining === 0
      ? ""
      : `\n${formatPlural(row.timesInTraining, "time", "times")} in the training set`;
  const scope = row.total === null ? "Alone" : "With those before it";
  return (
    `${row.source}: ${row.name}, ${formatPlural(row.nAtoms, "atom", "atoms")}${density}\n` +
    `${scope}: median ${formatPercentGain(row.median)}, largest ${formatPercentGain(row.max)}${training}`
  );
}
