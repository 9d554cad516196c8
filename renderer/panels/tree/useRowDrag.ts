import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import type { Placed } from "../../state/grid/gridPlacing.ts";
import { followPress } from "../followPress.ts";
import { dragOverPanels, endGridDrag } from "../grid/gridDrag.ts";

/** What can be done with a row besides moving it among the others. */
export interface RowPlacing {
  /** What the row is to the panels. */
  readonly placedOf: (index: number) => Placed | null;
  readonly place: (placed: Placed, panel: string) => void;
}

/** What a row of the tree needs to be moved. */
export interface RowDrag {
  readonly props: (index: number) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    /** Where the dragged row would come: a line before or after this one. */
    readonly "data-gap": "before" | "after" | undefined;
  };
}

/** The gap between rows that is nearest to a height, 0 above the first. */
function gapAt(list: HTMLElement, y: number): number {
  const rows = [...list.children].map((row) => row.getBoundingClientRect());
  return rows.filter((row) => row.top + row.height / 2 < y).length;
}

/** Rows are dragged up and down or into a panel, or moved with Alt and the arrow keys. */
export function useRowDrag(
  count: number,
  move: (from: number, to: number) => void,
  placing: RowPlacing,
): RowDrag {
  const [gap, setGap] = useState<number | null>(null);
  const stop = useRef<() => void>(() => undefined);
  const latest = useRef({ move, placing });
  useEffect(() => {
    latest.current = { move, placing };
  });
  useEffect(
    () => () => {
      stop.current();
    },
    [],
  );

  const start = (event: PointerEvent<HTMLElement>, index: number, list: HTMLElement): void => {
    let target: number | null = null;
    const placed = placing.placedOf(index);
    stop.current = followPress(event, {
      move: (x, y) => {
        const isOverPanel = placed !== null && dragOverPanels(placed, x, y);
        target = isOverPanel ? null : gapAt(list, y);
        setGap(target);
      },
      drop: () => {
        const panel = endGridDrag();
        if (panel !== null && placed !== null) latest.current.placing.place(placed, panel);
        else if (target !== null) latest.current.move(index, target > index ? target - 1 : target);
      },
      end: () => {
        endGridDrag();
        setGap(null);
      },
    });
  };

  return {
    props: (index) => ({
      onPointerDown: (event) => {
        const list = event.currentTarget.closest("ul");
        if (event.button !== 0 || list === null) return;
        start(event, index, list);
      },
      onKeyDown: (event) => {
        const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
        if (!event.altKey || by === 0) return;
        event.preventDefault();
        event.stopPropagation();
        if (index + by >= 0 && index + by < count) move(index, index + by);
      },
      "data-gap":
        gap === index ? "before" : gap === count && index === count - 1 ? "after" : undefined,
    }),
  };
}
