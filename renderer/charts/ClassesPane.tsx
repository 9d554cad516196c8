import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { formatCount, formatPercentGain, formatSignificant } from "../components/formatNumber.ts";
import { selectAcross } from "../state/selectionStore.ts";
import { gatherValues, picksOf } from "./atomList.ts";
import { CopyCsv } from "./ChartParts.tsx";
import { classTable, type ClassRow } from "./classTable.ts";
import { csvText } from "./csvText.ts";
import { quantityValues } from "./quantities.ts";
import { useChartAtoms } from "./useChartAtoms.ts";

interface Column {
  readonly heading: string;
  readonly title: string;
  readonly id: "lpr" | "enhancement";
  readonly variant: string;
}

/** Medians of LPR and of its gain for every class of atoms and variant. */
export function ClassesPane(): ReactNode {
  const studio = useStudio();
  const { variants, reference } = useScene();
  const result = useStore(studio.results, (state) => state.result);
  const { list, classes, source, selected } = useChartAtoms();
  const columns = useMemo(
    (): readonly Column[] => [
      ...variants.map((variant): Column => ({
        id: "lpr",
        variant,
        heading: variant,
        title: `Median LPR of ${variant}`,
      })),
      ...variants
        .filter((variant) => variant !== reference)
        .map((variant): Column => ({
          id: "enhancement",
          variant,
          heading: variant,
          title: `Median LPR enhancement of ${variant} over ${reference}, percent`,
        })),
    ],
    [variants, reference],
  );
  const rows = useMemo(
    () =>
      classTable(
        classes,
        selected,
        columns.map(({ id, variant }) =>
          gatherValues(list, (row) => quantityValues(source, id, row, variant, reference)),
        ),
      ),
    [classes, selected, columns, list, source, reference],
  );
  if (list.nAtoms === 0) return <p className="pane-empty">No structure is shown.</p>;
  if (result === null) {
    return (
      <p className="pane-empty">
        Medians of each class appear with the first result: press Compute.
      </p>
    );
  }
  return (
    <div className="classes-pane">
      <div className="classes-title">
        <p className="table-title">
          <b>{classes.title}</b>
          {classes.title === "Coordination" ? " within the bond cutoff" : ""} of{" "}
          {formatCount(list.nAtoms)} shown atoms, LPR in rows: {result.structureRows}
        </p>
        <CopyCsv text={() => classesCsv(rows, columns)} />
      </div>
      <div className="classes-scroll" tabIndex={0} role="region" aria-label="Table of classes">
        <ClassesTable
          title={classes.title}
          columns={columns}
          rows={rows}
          reference={reference}
          onSelect={(row) => {
            selectAcross(
              studio.selection,
              picksOf(list, row.atoms),
              "replace",
              `class ${row.label}`,
            );
          }}
        />
      </div>
    </div>
  );
}

function ClassesTable(props: {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly ClassRow[];
  readonly reference: string;
  readonly onSelect: (row: ClassRow) => void;
}): ReactNode {
  const { columns } = props;
  const nGains = columns.filter(({ id }) => id === "enhancement").length;
  return (
    <table className="variants-table classes-table">
      <thead>
        <tr>
          <th scope="col" rowSpan={2}>
            {props.title}
          </th>
          <th scope="col" rowSpan={2}>
            Atoms
          </th>
          <th scope="col" rowSpan={2}>
            Share
          </th>
          <th scope="colgroup" colSpan={columns.length - nGains} className="group-start">
            Median LPR
          </th>
          {nGains > 0 ? (
            <th scope="colgroup" colSpan={nGains} className="group-start">
              Median enhancement over {props.reference}
            </th>
          ) : null}
        </tr>
        <tr>
          {columns.map(({ id, variant, heading, title }, k) => (
            <th
              key={`${id} ${variant}`}
              scope="col"
              title={title}
              className={isFirst(columns, k) ? "group-start" : undefined}
            >
              <span className="ellipsis">{heading}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.label} data-sum={row.color === null}>
            <th scope="row">
              {row.label === "Selected" ? (
                <span className="class-name">{row.label}</span>
              ) : (
                <button
                  type="button"
                  title={`Select ${row.label}`}
                  onClick={() => {
                    props.onSelect(row);
                  }}
                >
                  {row.color === null ? null : (
                    <span
                      className="key-swatch"
                      style={{ background: row.color }}
                      aria-hidden="true"
                    />
                  )}
                  {row.label}
                </button>
              )}
            </th>
            <td>{formatCount(row.atoms.length)}</td>
            <td>{(100 * row.share).toFixed(1)} %</td>
            {columns.map(({ id, variant }, k) => (
              <td
                key={`${id} ${variant}`}
                className={isFirst(columns, k) ? "group-start" : undefined}
              >
                {cellText(id, row.medians[k] ?? null)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isFirst(columns: readonly Column[], k: number): boolean {
  return columns[k]?.id !== columns[k - 1]?.id;
}

function cellText(id: Column["id"], median: number | null): string {
  if (median === null) return "none";
  return id === "lpr" ? formatSignificant(median) : formatPercentGain(median);
}

function classesCsv(rows: readonly ClassRow[], columns: readonly Column[]): string {
  return csvText(
    ["class", "atoms", "share", ...columns.map(({ title }) => title)],
    rows.map(({ label, atoms, share, medians }) => [label, atoms.length, share, ...medians]),
  );
}
