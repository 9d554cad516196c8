import { useMemo, useState, type ReactNode } from "react";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { formatCount, formatPercentGain, formatSignificant } from "../components/formatNumber.ts";
import { selectionMode } from "../scene/panelPointer.ts";
import { selectAcross } from "../state/selection/selectionStore.ts";
import { gatherValues, picksOf } from "./atomList.ts";
import { ChartTools } from "./ChartTools.tsx";
import { PendingPane } from "./PendingPane.tsx";
import { ClassField } from "./ClassField.tsx";
import {
  classCells,
  classTable,
  sortClasses,
  type ClassColumn,
  type ClassRow,
  type ClassSort,
} from "./classTable.ts";
import { csvText, tsvText } from "./csvText.ts";
import { quantityValues } from "./quantities.ts";
import { useChartAtoms } from "./useChartAtoms.ts";

/** Medians of LPR and of its gain for every class of atoms and variant. */
export function ClassesPane(): ReactNode {
  const studio = useStudio();
  const { result, variants, reference } = useScene();
  const { list, classes, source, selected } = useChartAtoms();
  const [sort, setSort] = useState<ClassSort>({ by: "class", descending: false });
  const columns = useMemo((): readonly ClassColumn[] => {
    const column = (id: "lpr" | "enhancement", variant: string, title: string): ClassColumn => ({
      id,
      variant,
      title,
      values: gatherValues(list, (row) => quantityValues(source, id, row, variant, reference)),
    });
    return [
      ...variants.map((name) => column("lpr", name, `Median LPR of ${name}`)),
      ...variants
        .filter((name) => name !== reference)
        .map((name) =>
          column(
            "enhancement",
            name,
            `Median LPR enhancement of ${name} over ${reference}, percent`,
          ),
        ),
    ];
  }, [variants, reference, list, source]);
  const rows = useMemo(
    () => sortClasses(classTable(classes, selected, columns), sort),
    [classes, selected, columns, sort],
  );
  if (list.nAtoms === 0) return <p className="pane-empty">No structure is shown.</p>;
  if (result === null) {
    return <PendingPane what="Medians of each class" />;
  }
  const cells = () => classCells("class", rows, columns);
  return (
    <div className="chart-pane">
      <div className="chart-head">
        <ClassField />
        <p className="table-title ellipsis">
          <b>{classes.title}</b>
          {classes.title === "Coordination" ? " within the bond cutoff" : ""} of{" "}
          {formatCount(list.nAtoms)} shown atoms, LPR in rows: {result.structureRows}
        </p>
        <span className="status-space" />
        <ChartTools
          name={`Medians by ${classes.title}`}
          csv={() => csvText(cells().header, cells().rows)}
          tsv={() => tsvText(cells().header, cells().rows)}
        />
      </div>
      <div className="classes-scroll" tabIndex={0} role="region" aria-label="Table of classes">
        <ClassesTable
          title={classes.title}
          columns={columns}
          rows={rows}
          reference={reference}
          sort={sort}
          onSort={setSort}
          onSelect={(row, mode) => {
            selectAcross(studio.selection, picksOf(list, row.atoms), mode, `class ${row.label}`);
          }}
        />
      </div>
    </div>
  );
}

interface TableProps {
  readonly title: string;
  readonly columns: readonly ClassColumn[];
  readonly rows: readonly ClassRow[];
  readonly reference: string;
  readonly sort: ClassSort;
  readonly onSort: (sort: ClassSort) => void;
  readonly onSelect: (row: ClassRow, mode: "replace" | "add" | "remove") => void;
}

function ClassesTable(props: TableProps): ReactNode {
  const { columns } = props;
  const nGains = columns.filter(({ id }) => id === "enhancement").length;
  return (
    <table className="variants-table classes-table">
      <thead>
        <tr>
          <SortHeading {...props} by="class" rowSpan={2} text={props.title} />
          <SortHeading {...props} by="atoms" rowSpan={2} text="Atoms" />
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
          {columns.map(({ id, variant, title }, k) => (
            <SortHeading
              key={`${id} ${variant}`}
              {...props}
              by={k}
              text={variant}
              hint={title}
              isFirst={columns[k - 1]?.id !== id}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.label} data-sum={row.color === null}>
            <ClassName row={row} onSelect={props.onSelect} />
            <td>{formatCount(row.atoms.length)}</td>
            <td>{(100 * row.share).toFixed(1)} %</td>
            {columns.map(({ id, variant }, k) => (
              <td
                key={`${id} ${variant}`}
                className={columns[k - 1]?.id === id ? undefined : "group-start"}
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

/** A press sorts by the column, largest first; another turns it round. */
function SortHeading(
  props: Pick<TableProps, "sort" | "onSort"> & {
    readonly by: ClassSort["by"];
    readonly text: string;
    readonly hint?: string;
    readonly rowSpan?: number;
    readonly isFirst?: boolean;
  },
): ReactNode {
  const { sort, by, text, hint = text } = props;
  const isSorted = sort.by === by;
  return (
    <th
      scope="col"
      rowSpan={props.rowSpan ?? 1}
      title={hint}
      aria-sort={isSorted ? (sort.descending ? "descending" : "ascending") : "none"}
      className={props.isFirst === true ? "group-start" : undefined}
    >
      <button
        type="button"
        className="sort-button"
        aria-label={`Sort by ${hint}`}
        onClick={() => {
          props.onSort({ by, descending: isSorted ? !sort.descending : by !== "class" });
        }}
      >
        <span className="ellipsis">{text}</span>
        <span aria-hidden="true">{isSorted ? (sort.descending ? "↓" : "↑") : ""}</span>
      </button>
    </th>
  );
}

function ClassName(props: {
  readonly row: ClassRow;
  readonly onSelect: TableProps["onSelect"];
}): ReactNode {
  const { row } = props;
  return (
    <th scope="row">
      {row.label === "Selected" ? (
        <span className="class-name">{row.label}</span>
      ) : (
        <button
          type="button"
          title={`Select ${row.label}; Shift adds, Alt removes`}
          onClick={(event) => {
            props.onSelect(row, selectionMode(event));
          }}
        >
          {row.color === null ? null : (
            <span className="key-swatch" style={{ background: row.color }} aria-hidden="true" />
          )}
          {row.label}
        </button>
      )}
    </th>
  );
}

function cellText(id: string, median: number | null): string {
  if (median === null) return "none";
  return id === "lpr" ? formatSignificant(median) : formatPercentGain(median);
}
