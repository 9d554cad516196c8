import { IconCheck } from "@tabler/icons-react";
import { Checkbox } from "radix-ui";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import {
  formatCount,
  formatDensity,
  formatPercentGain,
  formatPlural,
} from "../../components/formatNumber.ts";
import type { SuggestionRow } from "../../state/suggestRows.ts";
import { tick } from "../../state/suggestStore.ts";

/** Candidates with their lift; each can be ticked. */
export function SuggestionList({ rows }: { readonly rows: readonly SuggestionRow[] }): ReactNode {
  const studio = useStudio();
  const ticked = useStore(studio.suggestions, (state) => state.ticked);
  return (
    <ul className="suggestions" aria-label="Suggestions">
      {rows.map((row, place) => (
        <Row
          key={row.rank}
          row={row}
          place={place}
          isTicked={ticked.has(row.rank)}
          onTick={(isTicked) => {
            tick(studio.suggestions, row.rank, isTicked);
          }}
        />
      ))}
    </ul>
  );
}

function Row(props: {
  readonly row: SuggestionRow;
  readonly place: number;
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
}): ReactNode {
  const { row, place, isTicked, onTick } = props;
  const id = `suggestion-${String(row.rank)}`;
  return (
    <li data-ticked={isTicked} title={factsOf(row)}>
      <Checkbox.Root
        id={id}
        className="checkbox"
        checked={isTicked}
        onCheckedChange={(checked) => {
          onTick(checked === true);
        }}
      >
        <Checkbox.Indicator asChild>
          <IconCheck size={12} stroke={2.5} />
        </Checkbox.Indicator>
      </Checkbox.Root>
      <label htmlFor={id}>
        <span className="suggestion-place">{formatCount(place + 1)}</span>
        <span className="suggestion-name ellipsis">{row.name}</span>
        <span className="suggestion-lift">{formatPercentGain(row.lift)}</span>
        <span className="suggestion-track">
          <span className="suggestion-bar" style={{ width: `${(100 * row.share).toFixed(1)}%` }} />
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
