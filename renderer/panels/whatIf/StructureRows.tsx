import { IconCheck } from "@tabler/icons-react";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { formatCount, formatFixed, formatPercentGain } from "../../components/formatNumber.ts";
import { percentOfGain } from "../../state/suggest/suggestRows.ts";
import type { StructureRow } from "../../state/whatIf/whatIfRows.ts";
import type { TableColumns } from "./TableHeadings.tsx";
import type { Ticking } from "./useTicking.ts";

const ROW = 24;
/** Rows drawn above and below what is in view. */
const SPARE = 6;

interface StructureRowsProps {
  readonly rows: readonly StructureRow[];
  readonly counts: ReadonlyMap<string, number>;
  /** By position in the session; null while they are computed. */
  readonly gains: Float64Array | null;
  readonly columns: TableColumns;
  readonly ticking: Ticking;
}

/** Only the rows in view exist. Arrows, Page, Home and End move; Space ticks; + and − change copies. */
export function StructureRows(props: StructureRowsProps): ReactNode {
  const { rows, counts, gains, ticking } = props;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(ROW * 12);
  const [wantedCursor, setCursor] = useState(0);
  const cursor = Math.min(wantedCursor, rows.length - 1);
  useEffect(() => {
    if (box.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setHeight(entry.contentRect.height);
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  const moveTo = (to: number): void => {
    const next = Math.min(rows.length - 1, Math.max(0, to));
    setCursor(next);
    const element = box.current;
    if (element === null) return;
    if (next * ROW < element.scrollTop) element.scrollTop = next * ROW;
    const bottom = (next + 1) * ROW - height;
    if (bottom > element.scrollTop) element.scrollTop = bottom;
  };
  const isIn = (row: StructureRow): boolean => (counts.get(row.key) ?? 0) > 0;
  const onKeyDown = (event: KeyboardEvent): void => {
    const perPage = Math.max(1, Math.floor(height / ROW) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: cursor + 1,
      ArrowUp: cursor - 1,
      PageDown: cursor + perPage,
      PageUp: cursor - perPage,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[event.key];
    const row = rows[cursor];
    if (to !== undefined) moveTo(to);
    else if (row === undefined || event.ctrlKey || event.metaKey) return;
    else if (event.key === " ") ticking.set([row], !isIn(row));
    else if (event.key === "+") ticking.addCopies(row, 1);
    else if (event.key === "-" || event.key === "−") ticking.addCopies(row, -1);
    else return;
    event.preventDefault();
  };
  const first = Math.max(0, Math.floor(top / ROW) - SPARE);
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW) + SPARE);
  const most = gains === null ? 0 : Math.max(...gains);
  return (
    <div
      ref={box}
      className="structure-body"
      role="grid"
      tabIndex={0}
      aria-label="Structures"
      aria-rowcount={rows.length}
      aria-activedescendant={`structure-row-${String(cursor)}`}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        setTop(event.currentTarget.scrollTop);
      }}
    >
      <div className="table-space" style={{ height: rows.length * ROW }}>
        {rows.slice(first, last).map((row, i) => (
          <Row
            key={row.key}
            row={row}
            place={first + i}
            count={counts.get(row.key) ?? 0}
            gain={gains?.[row.structure] ?? null}
            most={most}
            columns={props.columns}
            isCursor={first + i === cursor}
            ticking={ticking}
            onFocus={() => {
              setCursor(first + i);
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: StructureRow;
  readonly place: number;
  readonly count: number;
  readonly gain: number | null;
  /** Largest gain of all, the full bar. */
  readonly most: number;
  readonly columns: TableColumns;
  readonly isCursor: boolean;
  readonly ticking: Ticking;
  readonly onFocus: () => void;
}

function Row(props: RowProps): ReactNode {
  const { row, count, columns, ticking, place } = props;
  const isIn = count > 0;
  const change = count > row.atBase ? "added" : count < row.atBase ? "removed" : "same";
  return (
    <div
      id={`structure-row-${String(place)}`}
      className="structure-row"
      role="row"
      aria-rowindex={place + 1}
      aria-selected={isIn}
      data-cursor={props.isCursor}
      data-change={change}
      data-structure={row.key}
      style={{ top: place * ROW }}
      onPointerDown={(event) => {
        props.onFocus();
        if (event.button !== 0) return;
        if (event.target instanceof Element && event.target.closest(".tick") !== null) {
          ticking.onPress(row, !isIn, event);
        }
      }}
      onPointerEnter={() => {
        ticking.onEnter(row);
      }}
    >
      <span role="gridcell" className="tick">
        <span
          className="checkbox"
          role="checkbox"
          aria-checked={isIn}
          aria-label={`${row.name}, number ${String(row.number)}`}
          data-state={isIn ? "checked" : "unchecked"}
        >
          {isIn ? <IconCheck size={12} stroke={2.5} /> : null}
        </span>
        {count > 1 ? <span className="copies">×{formatCount(count)}</span> : null}
      </span>
      <span role="gridcell" className="structure-number">
        {String(row.number).padStart(3, "0")}
      </span>
      <span role="gridcell" className="structure-name ellipsis" title={row.name}>
        {row.name}
      </span>
      <span role="gridcell" data-column="formula" className="ellipsis">
        {row.formula}
      </span>
      <span role="gridcell" data-column="atoms">
        {formatCount(row.nAtoms)}
      </span>
      <span role="gridcell" data-column="density">
        {row.density === null ? "–" : formatFixed(row.density, 2)}
      </span>
      {columns.energy ? (
        <span role="gridcell" data-column="energy">
          {row.energy === null ? "–" : formatFixed(row.energy, 2)}
        </span>
      ) : null}
      {columns.source ? (
        <span role="gridcell" data-column="source" className="ellipsis" title={row.source}>
          {row.source}
        </span>
      ) : null}
      <Gain gain={props.gain} most={props.most} isIn={isIn} />
    </div>
  );
}

function Gain(props: {
  readonly gain: number | null;
  readonly most: number;
  readonly isIn: boolean;
}): ReactNode {
  const { gain, most, isIn } = props;
  if (gain === null) {
    return (
      <span role="gridcell" className="gain-cell">
        <span className="gain-track" />
        <span className="number">…</span>
      </span>
    );
  }
  const share = most > 0 ? Math.max(0, gain / most) : 0;
  return (
    <span role="gridcell" className="gain-cell">
      <span className="gain-track">
        <span
          className="gain-bar"
          data-in={isIn}
          style={{ width: `${(100 * share).toFixed(1)}%` }}
        />
      </span>
      <span className="number">{formatPercentGain(percentOfGain(gain))}</span>
    </span>
  );
}
