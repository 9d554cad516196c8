import {
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from "react";
import { useStore } from "zustand";
import { hoverStore } from "../../app/hover.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { rowOfNumber, rowsBetween, type TableColumn } from "../../state/results/atomTable.ts";
import { say } from "../../state/window/messageStore.ts";
import { selectAtoms, type SelectMode } from "../../state/selection/selectionStore.ts";
import { attempt } from "../../state/studio.ts";
import { tableStore, type TableSettings } from "./tableStore.ts";

const ROW = 24;
/** The headings stay above the rows. */
const HEAD = 26;
/** Room at both ends of a row. */
const SIDE = 12;
/** Rows drawn above and below what is in view. */
const SPARE = 6;
/** Digits typed within this time belong to one number, ms. */
const TYPING = 1200;

interface TableBodyProps {
  readonly label: string;
  readonly target: string;
  readonly nAtoms: number;
  readonly columns: readonly TableColumn[];
  readonly order: Uint32Array;
  readonly sort: TableSettings["sort"];
  /** What Ctrl C puts on the clipboard. */
  readonly onCopy: () => string;
}

/**
 * Only the rows in view exist. Up, Down, Page, Home and End move, with Shift they select what lies
 * between; Space adds or removes, Enter selects; digits go to the atom of that number.
 */
export function TableBody(props: TableBodyProps): ReactNode {
  const { order, target, columns } = props;
  const studio = useStudio();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(ROW * 8);
  const { cursor, typed, place, onKeyDown, onRowClick } = useTableKeys(props, box, height);
  const selection = useStore(studio.selection, (state) => state.selections.get(target));
  const hovered = useStore(hoverStore, (state) =>
    state.structureId === target ? state.atomIndex : null,
  );
  useEffect(() => {
    if (box.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setHeight(Math.max(ROW, entry.contentRect.height - HEAD));
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  const first = Math.max(0, Math.floor(top / ROW) - SPARE);
  const last = Math.min(order.length, Math.ceil((top + height) / ROW) + SPARE);
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  const grid = {
    gridTemplateColumns: columns.map(({ width }) => `minmax(${String(width)}px, 1fr)`).join(" "),
  };
  const total = columns.reduce((sum, column) => sum + column.width, 2 * SIDE);
  const width = `max(100%, ${String(total)}px)`;
  return (
    <div
      ref={box}
      className="table-body"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={order.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-activedescendant={`atom-row-${String(cursor)}`}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        setTop(event.currentTarget.scrollTop);
      }}
      onPointerLeave={() => {
        hoverStore.setState({ structureId: null, atomIndex: null, panelId: null });
      }}
    >
      <TableHead columns={columns} sort={props.sort} grid={{ ...grid, width }} />
      <div className="table-space" style={{ height: order.length * ROW, width }}>
        {rows.map((row) => {
          const atom = order[row] ?? 0;
          return (
            <div
              key={row}
              id={`atom-row-${String(row)}`}
              className="table-row"
              role="row"
              aria-rowindex={row + 2}
              aria-selected={selection?.mask[atom] === 1}
              data-cursor={row === cursor}
              data-hovered={atom === hovered}
              style={{ ...grid, top: row * ROW }}
              onPointerMove={() => {
                place(row);
              }}
              onClick={(event) => {
                onRowClick(row, event);
              }}
            >
              {columns.map(({ id, values, textOf }) => (
                <span key={id} role="gridcell" className="ellipsis">
                  {textOf(values[atom] ?? NaN)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
      {typed === "" ? null : (
        <p className="table-typed" role="status">
          atom {typed}
        </p>
      )}
    </div>
  );
}

function TableHead(props: {
  readonly columns: readonly TableColumn[];
  readonly sort: TableSettings["sort"];
  readonly grid: { readonly gridTemplateColumns: string; readonly width: string };
}): ReactNode {
  const { sort } = props;
  return (
    <div className="table-head" role="row" aria-rowindex={1} style={props.grid}>
      {props.columns.map(({ id, heading, title }) => {
        const isSorted = sort.column === id;
        return (
          <span
            key={id}
            role="columnheader"
            aria-sort={isSorted ? (sort.descending ? "descending" : "ascending") : "none"}
          >
            <button
              type="button"
              title={title}
              aria-label={`Sort by ${title}`}
              aria-pressed={isSorted}
              onClick={() => {
                tableStore.setState({
                  sort: { column: id, descending: isSorted && !sort.descending },
                });
              }}
            >
              <span className="ellipsis">{heading}</span>
              <span aria-hidden="true">{isSorted ? (sort.descending ? "↓" : "↑") : ""}</span>
            </button>
          </span>
        );
      })}
    </div>
  );
}

/** Cursor, anchor of a range, and the number that is being typed. */
function useTableKeys(
  props: TableBodyProps,
  box: { readonly current: HTMLDivElement | null },
  height: number,
) {
  const { order, target, nAtoms, onCopy } = props;
  const studio = useStudio();
  const [cursor, setCursor] = useState(0);
  const [anchor, setAnchor] = useState(0);
  const { typed, type } = useTyped();
  const place = (row: number): void => {
    const atomIndex = order[row] ?? null;
    const now = hoverStore.getState();
    if (now.structureId === target && now.atomIndex === atomIndex) return;
    hoverStore.setState({ structureId: target, atomIndex, panelId: null });
  };
  const moveTo = (to: number): number => {
    const next = Math.min(order.length - 1, Math.max(0, to));
    setCursor(next);
    place(next);
    const element = box.current;
    if (element === null) return next;
    const bottom = (next + 1) * ROW - height;
    if (next * ROW < element.scrollTop) element.scrollTo({ top: next * ROW });
    else if (bottom > element.scrollTop) element.scrollTo({ top: bottom });
    return next;
  };
  const select = (atoms: ArrayLike<number>, mode: SelectMode): void => {
    selectAtoms(studio.selection, target, nAtoms, atoms, mode, "from the table");
  };
  const selectRow = (row: number, mode: "replace" | "toggle"): void => {
    const atom = order[row];
    if (atom === undefined) return;
    setAnchor(row);
    select([atom], mode);
  };
  const onRowClick = (row: number, event: MouseEvent): void => {
    moveTo(row);
    const adds = event.ctrlKey || event.metaKey;
    if (event.shiftKey) select(rowsBetween(order, anchor, row), adds ? "add" : "replace");
    else selectRow(row, adds ? "toggle" : "replace");
  };
  const copy = (): void => {
    attempt(studio, "The rows were not copied", async () => {
      await studio.bridge.copyText(onCopy());
      say(studio.messages, "Rows copied as TSV");
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = destination(
      event.key,
      cursor,
      Math.max(1, Math.floor(height / ROW) - 1),
      order.length,
    );
    if ((event.ctrlKey || event.metaKey) && event.key === "c") copy();
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (to !== null) {
      const next = moveTo(to);
      if (event.shiftKey) select(rowsBetween(order, anchor, next), "replace");
      else setAnchor(next);
    } else if (/^[0-9]$/.test(event.key)) {
      const row = rowOfNumber(order, type(event.key));
      if (row !== null) setAnchor(moveTo(row));
    } else if (event.key === " ") selectRow(cursor, "toggle");
    else if (event.key === "Enter") selectRow(cursor, "replace");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { cursor, typed, place, onKeyDown, onRowClick };
}

function destination(key: string, cursor: number, page: number, nRows: number): number | null {
  switch (key) {
    case "ArrowDown":
      return cursor + 1;
    case "ArrowUp":
      return cursor - 1;
    case "PageDown":
      return cursor + page;
    case "PageUp":
      return cursor - page;
    case "Home":
      return 0;
    case "End":
      return nRows - 1;
    default:
      return null;
  }
}

/** Digits in quick succession are one number. */
function useTyped(): { readonly typed: string; readonly type: (digit: string) => string } {
  const [typed, setTyped] = useState("");
  useEffect(() => {
    if (typed === "") return undefined;
    const timer = setTimeout(() => {
      setTyped("");
    }, TYPING);
    return () => {
      clearTimeout(timer);
    };
  }, [typed]);
  return {
    typed,
    type: (digit) => {
      const next = typed + digit;
      setTyped(next);
      return next;
    },
  };
}
