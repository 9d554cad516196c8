import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useStore } from "zustand";
import { speciesSymbol } from "../../src/structures/species.ts";
import { hoverStore } from "../app/hover.ts";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { formatCount, formatFixed, formatPlural } from "../components/formatNumber.ts";
import { columnDecimals, sortAtoms, type SortKey, type TableSource } from "../state/atomTable.ts";
import { valuesOf } from "../state/properties.ts";
import { selectAtoms } from "../state/selectionStore.ts";

const ROW = 24;
/** Rows drawn above and below what is in view. */
const SPARE = 6;

interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** All atoms of the active target in words: what the picture shows, for keyboard and screen reader. */
export function AtomTable(): ReactNode {
  const studio = useStudio();
  const { result, activeTarget, activeVariant, property, reference } = useScene();
  const { structures, columns } = useStore(studio.datasets);
  const [sort, setSort] = useState<Sort>({ key: "atom", descending: false });
  const structure = activeTarget === null ? undefined : structures.get(activeTarget.key);
  const panel = useMemo(
    () =>
      activeTarget === null
        ? null
        : valuesOf(
            { result, structures, columns },
            property.id,
            activeTarget,
            activeVariant,
            reference,
          ),
    [activeTarget, result, structures, columns, property, activeVariant, reference],
  );
  const source = useMemo<TableSource | null>(
    () => (structure === undefined ? null : { ...structure, values: panel?.values ?? null }),
    [structure, panel],
  );
  const order = useMemo(
    () => (source === null ? null : sortAtoms(source, sort.key, sort.descending)),
    [source, sort],
  );
  const decimals = useMemo(
    () => (panel?.categories !== null ? 0 : columnDecimals(panel.values)),
    [panel],
  );
  if (activeTarget === null || source === null || order === null) {
    return <p className="pane-empty">Choose a target whose atoms are shown.</p>;
  }
  const valueText = (atom: number): string => {
    const value = panel?.values[atom];
    if (value === undefined || Number.isNaN(value)) return "no value";
    return panel?.categories?.[value]?.label ?? formatFixed(value, decimals);
  };
  const variant = property.perVariant ? `, ${activeVariant}` : "";
  return (
    <div className="atom-table">
      <p className="table-title">
        <b>{activeTarget.label}</b>
        {variant} · {formatPlural(source.nAtoms, "atom", "atoms")} · {property.label}
      </p>
      <TableHead sort={sort} onSort={setSort} valueLabel={property.label} />
      <TableBody
        key={activeTarget.key}
        label={`Atoms of ${activeTarget.label}`}
        target={activeTarget.key}
        source={source}
        order={order}
        valueText={valueText}
      />
    </div>
  );
}

const HEADINGS: readonly { readonly key: SortKey; readonly label: string }[] = [
  { key: "atom", label: "Atom" },
  { key: "species", label: "Species" },
  { key: "value", label: "" },
  { key: "coordination", label: "Neighbours" },
  { key: "x", label: "x, Å" },
  { key: "y", label: "y, Å" },
  { key: "z", label: "z, Å" },
];

function TableHead(props: {
  readonly sort: Sort;
  readonly valueLabel: string;
  readonly onSort: (sort: Sort) => void;
}): ReactNode {
  return (
    <div className="table-head" role="group" aria-label="Sort by">
      {HEADINGS.map(({ key, label }) => {
        const isSorted = props.sort.key === key;
        const arrow = isSorted ? (props.sort.descending ? " ↓" : " ↑") : "";
        return (
          <button
            key={key}
            type="button"
            className="ellipsis"
            aria-pressed={isSorted}
            onClick={() => {
              props.onSort({ key, descending: isSorted && !props.sort.descending });
            }}
          >
            {label === "" ? props.valueLabel : label}
            {arrow}
          </button>
        );
      })}
    </div>
  );
}

interface TableBodyProps {
  readonly label: string;
  readonly target: string;
  readonly source: TableSource;
  readonly order: Uint32Array;
  readonly valueText: (atom: number) => string;
}

/** Only the rows in view exist. Up, Down, Page, Home and End move; Space selects. */
function TableBody(props: TableBodyProps): ReactNode {
  const { order, source, target } = props;
  const studio = useStudio();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(ROW * 8);
  const [cursor, setCursor] = useState(0);
  const selection = useStore(studio.selection, (state) => state.selections.get(target));
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
  const perPage = Math.max(1, Math.floor(height / ROW) - 1);
  const moveTo = (to: number): void => {
    const next = Math.min(order.length - 1, Math.max(0, to));
    setCursor(next);
    hoverStore.setState({ structureId: target, atomIndex: order[next] ?? null });
    const element = box.current;
    if (element === null) return;
    if (next * ROW < element.scrollTop) element.scrollTop = next * ROW;
    const bottom = (next + 1) * ROW - height;
    if (bottom > element.scrollTop) element.scrollTop = bottom;
  };
  const select = (row: number, mode: "replace" | "toggle"): void => {
    const atom = order[row];
    if (atom === undefined) return;
    selectAtoms(studio.selection, target, source.nAtoms, [atom], mode, "from the table");
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: cursor + 1,
      ArrowUp: cursor - 1,
      PageDown: cursor + perPage,
      PageUp: cursor - perPage,
      Home: 0,
      End: order.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) moveTo(to);
    else if (event.key === " ") select(cursor, "toggle");
    else if (event.key === "Enter") select(cursor, "replace");
    else return;
    event.preventDefault();
  };
  const first = Math.max(0, Math.floor(top / ROW) - SPARE);
  const last = Math.min(order.length, Math.ceil((top + height) / ROW) + SPARE);
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  return (
    <div
      ref={box}
      className="table-body"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={order.length}
      aria-activedescendant={`atom-row-${String(cursor)}`}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        setTop(event.currentTarget.scrollTop);
      }}
    >
      <div className="table-space" style={{ height: order.length * ROW }}>
        {rows.map((row) => (
          <TableRow
            key={row}
            row={row}
            atom={order[row] ?? 0}
            source={source}
            valueText={props.valueText}
            isCursor={row === cursor}
            isSelected={selection?.mask[order[row] ?? 0] === 1}
            onClick={(toggle) => {
              moveTo(row);
              select(row, toggle ? "toggle" : "replace");
            }}
          />
        ))}
      </div>
    </div>
  );
}

function TableRow(props: {
  readonly row: number;
  readonly atom: number;
  readonly source: TableSource;
  readonly valueText: (atom: number) => string;
  readonly isCursor: boolean;
  readonly isSelected: boolean;
  readonly onClick: (toggle: boolean) => void;
}): ReactNode {
  const { atom, source } = props;
  const cells = [
    formatCount(atom + 1),
    speciesSymbol(source.species[atom] ?? 0),
    props.valueText(atom),
    String(source.coordination[atom] ?? ""),
    ...[0, 1, 2].map((axis) => formatFixed(source.positions[3 * atom + axis] ?? NaN, 3)),
  ];
  return (
    <div
      id={`atom-row-${String(props.row)}`}
      className="table-row"
      role="row"
      aria-rowindex={props.row + 1}
      aria-selected={props.isSelected}
      data-cursor={props.isCursor}
      style={{ top: props.row * ROW }}
      onClick={(event) => {
        props.onClick(event.shiftKey || event.ctrlKey || event.metaKey);
      }}
    >
      {cells.map((text, column) => (
        <span key={column} role="gridcell" className="ellipsis">
          {text}
        </span>
      ))}
    </div>
  );
}
