import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";

/** Movement up to which a press is a click, CSS px. */
const CLICK_SLACK = 4;

interface Drag {
  readonly from: number;
  readonly list: HTMLElement;
  readonly y: number;
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

/** Rows are dragged up and down, or moved with Alt and the arrow keys. */
export function useRowDrag(count: number, move: (from: number, to: number) => void): RowDrag {
  const [gap, setGap] = useState<number | null>(null);
  const stop = useRef<() => void>(() => undefined);
  const latest = useRef(move);
  useEffect(() => {
    latest.current = move;
  });
  useEffect(
    () => () => {
      stop.current();
    },
    [],
  );

  const start = (drag: Drag): void => {
    stop.current = followDrag(drag, setGap, (from, to) => {
      latest.current(from, to);
    });
  };

  return {
    props: (index) => ({
      onPointerDown: (event) => {
        const list = event.currentTarget.closest("ul");
        if (event.button !== 0 || list === null) return;
        start({ from: index, list, y: event.clientY });
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

/**
 * Follows the pointer until it is released.
 * @returns a function that gives the drag up
 */
function followDrag(
  drag: Drag,
  setGap: (gap: number | null) => void,
  move: (from: number, to: number) => void,
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let target: number | null = null;
  const end = (): void => {
    listening.abort();
    setGap(null);
  };
  window.addEventListener(
    "pointermove",
    (event) => {
      if (target === null && Math.abs(event.clientY - drag.y) <= CLICK_SLACK) return;
      target = gapAt(drag.list, event.clientY);
      setGap(target);
    },
    { signal },
  );
  window.addEventListener(
    "pointerup",
    () => {
      end();
      if (target === null) return;
      swallowClick();
      move(drag.from, target > drag.from ? target - 1 : target);
    },
    { signal },
  );
  window.addEventListener("pointercancel", end, { signal });
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      end();
    },
    { signal, capture: true },
  );
  return end;
}

/** The release that ends a drag is no click on the row. */
function swallowClick(): void {
  const listening = new AbortController();
  window.addEventListener(
    "click",
    (event) => {
      event.stopPropagation();
      event.preventDefault();
    },
    { capture: true, signal: listening.signal },
  );
  setTimeout(() => {
    listening.abort();
  }, 0);
}
