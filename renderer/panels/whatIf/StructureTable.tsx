import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { Segmented } from "../../components/Controls.tsx";
import { formatCount } from "../../components/formatNumber.ts";
import { attempt } from "../../state/studio.ts";
import { trainingOfDraft, loadGains } from "../../state/whatIf/whatIfActions.ts";
import {
  changeCounts,
  listedRows,
  structureRows,
  type StructureRow,
} from "../../state/whatIf/whatIfRows.ts";
import type { PoolSegment, WhatIfState } from "../../state/whatIf/whatIfStore.ts";
import { PoolMenu } from "./PoolMenu.tsx";
import { StructureRows } from "./StructureRows.tsx";
import { TableHeadings } from "./TableHeadings.tsx";
import { useTicking } from "./useTicking.ts";

/** Not the values, which are not in the table. */
function tableState(
  state: WhatIfState,
): Pick<WhatIfState, "session" | "draft" | "gains" | "filter" | "segment" | "sort" | "problem"> {
  const { session, draft, gains, filter, segment, sort, problem } = state;
  return { session, draft, gains, filter, segment, sort, problem };
}

/** Every structure that is in the training set or could be. */
export function StructureTable(): ReactNode {
  const studio = useStudio();
  const { activeTarget } = useScene();
  const { session, draft, gains, filter, segment, sort, problem } = useStore(
    studio.whatIf,
    useShallow(tableState),
  );
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const ticking = useTicking();
  const opened = session?.opened ?? null;
  const rows = useMemo(
    () => (opened === null ? [] : structureRows(opened, document, summaries)),
    [opened, document, summaries],
  );
  const found = useMemo(
    () => trainingOfDraft(studio, draft),
    // The store's functions read the document and the files themselves.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- they are what the counts depend on
    [studio, draft, document, summaries],
  );
  const target = Math.max(0, session?.targets.indexOf(activeTarget?.key ?? "") ?? 0);
  const targetGains = gains.get(target) ?? null;
  useEffect(() => {
    attempt(studio, "The gains were not found", () => loadGains(studio, target));
  }, [studio, session, target]);
  const listed = useMemo(
    () => listedRows(rows, { filter, segment, sort, gains: targetGains }),
    [rows, filter, segment, sort, targetGains],
  );
  const [lastCounts, setLastCounts] = useState<ReadonlyMap<string, number>>(new Map());
  if ("counts" in found && found.counts !== lastCounts) setLastCounts(found.counts);
  const counts = "counts" in found ? found.counts : lastCounts;
  const columns = {
    energy: rows.some(({ energy }) => energy !== null),
    source: new Set(rows.map(({ source }) => source)).size > 1,
  };
  return (
    <div className="structure-table" data-energy={columns.energy} data-source={columns.source}>
      <TableBar rows={rows} />
      <TableHeadings
        target={opened?.targets[target]?.label ?? ""}
        listed={listed}
        counts={counts}
        columns={columns}
        ticking={ticking}
      />
      {listed.length === 0 ? (
        <p className="pane-empty">{emptyText(filter, segment)}</p>
      ) : (
        <StructureRows
          rows={listed}
          counts={counts}
          gains={targetGains}
          columns={columns}
          ticking={ticking}
        />
      )}
      <TableFooter rows={rows} counts={counts} problem={problem} />
    </div>
  );
}

function emptyText(filter: string, segment: PoolSegment): string {
  if (filter.trim() !== "") return "No structure matches the filter.";
  return segment === "pool"
    ? "Every structure on offer is in the training set. Drop a file on Data to have others."
    : "No structure is on offer.";
}

function TableBar({ rows }: { readonly rows: readonly StructureRow[] }): ReactNode {
  const studio = useStudio();
  const filter = useStore(studio.whatIf, (state) => state.filter);
  const segment = useStore(studio.whatIf, (state) => state.segment);
  const nTrain = rows.filter(({ atBase }) => atBase > 0).length;
  return (
    <div className="structure-bar">
      <h2>Structures</h2>
      <PoolMenu />
      <input
        className="text-field"
        type="search"
        aria-label="Filter structures"
        placeholder={`Filter ${formatCount(rows.length)}`}
        value={filter}
        spellCheck={false}
        onChange={(event) => {
          studio.whatIf.setState({ filter: event.target.value });
        }}
      />
      <Segmented<PoolSegment>
        label="Which structures"
        value={segment}
        options={[
          { value: "all", label: "All" },
          { value: "train", label: `Train ${formatCount(nTrain)}` },
          { value: "pool", label: `Pool ${formatCount(rows.length - nTrain)}` },
        ]}
        onChange={(value) => {
          studio.whatIf.setState({ segment: value });
        }}
      />
    </div>
  );
}

/** What the draft changes, or why it is no training set. */
function TableFooter(props: {
  readonly rows: readonly StructureRow[];
  readonly counts: ReadonlyMap<string, number>;
  readonly problem: string | null;
}): ReactNode {
  const { added, removed, unchanged } = changeCounts(props.rows, props.counts);
  const { run } = useStudioContext();
  return (
    <footer className="structure-footer">
      {props.problem === null ? (
        <span className="ellipsis">
          <b>{formatCount(added)} added</b>, {formatCount(removed)} removed,{" "}
          {formatCount(unchanged)} unchanged
        </span>
      ) : (
        <span className="field-problem">{props.problem}. The values are those before.</span>
      )}
      <Button
        size="small"
        onClick={() => {
          run("compute.crystal");
        }}
      >
        Generate a crystal…
      </Button>
      <span className="structure-hint ellipsis" title={HINT}>
        {HINT}
      </span>
    </footer>
  );
}

const HINT = "Space ticks the row, + and − change its copies, drag over boxes sets many";
