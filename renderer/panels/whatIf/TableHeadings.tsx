import { IconCheck, IconMinus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { Tooltip } from "../../components/Tooltip.tsx";
import type { StructureRow } from "../../state/whatIf/whatIfRows.ts";
import type { StructureSortKey } from "../../state/whatIf/whatIfStore.ts";
import type { Ticking } from "./useTicking.ts";

/** Columns that are there only when they say something. */
export interface TableColumns {
  readonly energy: boolean;
  readonly source: boolean;
}

const HEADINGS: readonly { readonly key: StructureSortKey; readonly label: string }[] = [
  { key: "number", label: "no." },
  { key: "name", label: "Name" },
  { key: "formula", label: "Formula" },
  { key: "atoms", label: "Atoms" },
  { key: "density", label: "g cm⁻³" },
  { key: "energy", label: "eV/atom" },
  { key: "source", label: "From" },
];

/** Headings that sort, and a box that ticks all that is listed. */
export function TableHeadings(props: {
  readonly target: string;
  readonly listed: readonly StructureRow[];
  readonly counts: ReadonlyMap<string, number>;
  readonly columns: TableColumns;
  readonly ticking: Ticking;
}): ReactNode {
  const { listed, counts, columns, ticking } = props;
  const nIn = listed.filter(({ key }) => (counts.get(key) ?? 0) > 0).length;
  const state = nIn === 0 ? "unchecked" : nIn === listed.length ? "checked" : "indeterminate";
  return (
    <div className="structure-head" role="group" aria-label="Sort by">
      <button
        type="button"
        role="checkbox"
        className="checkbox"
        data-state={state}
        aria-checked={state === "indeterminate" ? "mixed" : state === "checked"}
        aria-label="All listed structures"
        onClick={() => {
          ticking.set(listed, state !== "checked");
        }}
      >
        {state === "checked" ? <IconCheck size={12} stroke={2.5} /> : null}
        {state === "indeterminate" ? <IconMinus size={12} stroke={2.5} /> : null}
      </button>
      {HEADINGS.map(({ key, label }) =>
        (key === "energy" && !columns.energy) || (key === "source" && !columns.source) ? null : (
          <SortHeading key={key} column={key} label={label} />
        ),
      )}
      <Tooltip text="Gain of the geometric mean LPR of this target if the structure alone counted once more in the base. Above the panels is the mean of the atoms’ gains, in which large ones weigh more.">
        <span className="gain-heading">
          <SortHeading column="gain" label={`Gain alone, ${props.target}`} />
        </span>
      </Tooltip>
    </div>
  );
}

function SortHeading(props: {
  readonly column: StructureSortKey;
  readonly label: string;
}): ReactNode {
  const studio = useStudio();
  const sort = useStore(studio.whatIf, (state) => state.sort);
  const isSorted = sort.key === props.column;
  const arrow = isSorted ? (sort.descending ? " ↓" : " ↑") : "";
  return (
    <button
      type="button"
      className="ellipsis"
      data-column={props.column}
      aria-pressed={isSorted}
      onClick={() => {
        // What helps most is what one looks for.
        const descending = isSorted ? !sort.descending : props.column === "gain";
        studio.whatIf.setState({ sort: { key: props.column, descending } });
      }}
    >
      {props.label}
      {arrow}
    </button>
  );
}
