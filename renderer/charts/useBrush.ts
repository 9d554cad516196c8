/** Dragging over an axis: a read-out under the pointer, a range that selects. */
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { selectionMode } from "../scene/panelPointer.ts";
import type { SelectMode } from "../state/selection/selectionStore.ts";

/** Fractions of the axis. */
export interface BrushRange {
  readonly from: number;
  readonly to: number;
}

export interface BrushState {
  /** Under the pointer or the keys, 0 … 1 of the axis; null: nowhere. */
  readonly cursor: number | null;
  readonly range: BrushRange | null;
  /** CSS px from the top of the plot where the range began. */
  readonly y: number;
  /** Where a range by keys began; null without one. */
  readonly anchor: number | null;
  /** The pointer that is held down. */
  readonly drag: { readonly id: number; readonly x: number; readonly from: number } | null;
}

interface BrushOptions {
  /** The plot within the element, CSS px. */
  readonly plot: { readonly left: number; readonly top: number; readonly width: number };
  readonly onSelect: (range: BrushRange, y: number, mode: SelectMode) => void;
  /** A press without a drag. */
  readonly onPress: (cursor: number, y: number, mode: SelectMode) => void;
  /** Up and Down: another row; gives its y. */
  readonly onRow: (step: 1 | -1, y: number) => number;
}

/** Nothing is read or marked. */
export const NO_BRUSH: BrushState = { cursor: null, range: null, y: 0, anchor: null, drag: null };

const CLICK_SLACK = 3;
const KEY_STEP = 0.01;

function clamped(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}

function ordered(a: number, b: number): BrushRange {
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

/** The brush after a key that moves it: Left, Right, Home and End; with Shift a range follows. */
export function movedBrush(state: BrushState, key: string, isShifted: boolean): BrushState | null {
  const now = state.cursor ?? 0.5;
  const to = destination(key, now);
  if (to === null) return null;
  const cursor = state.cursor === null ? 0.5 : to;
  const anchor = isShifted ? (state.anchor ?? now) : null;
  return { ...state, cursor, anchor, range: anchor === null ? null : ordered(anchor, cursor) };
}

function destination(key: string, now: number): number | null {
  switch (key) {
    case "ArrowLeft":
      return clamped(now - KEY_STEP);
    case "ArrowRight":
      return clamped(now + KEY_STEP);
    case "Home":
      return 0;
    case "End":
      return 1;
    default:
      return null;
  }
}

/** The brush after the pointer went to a place of the axis. */
export function draggedBrush(state: BrushState, at: number, y: number, x: number): BrushState {
  const { drag, range } = state;
  if (drag === null) return { ...NO_BRUSH, cursor: at, y };
  if (range === null && Math.abs(x - drag.x) <= CLICK_SLACK) return state;
  return { ...state, cursor: at, range: ordered(drag.from, at) };
}

/** Escape gives up what is being marked, and nothing else. */
function useEscape(isMarking: boolean, giveUp: () => void): void {
  const latest = useRef(giveUp);
  useEffect(() => {
    latest.current = giveUp;
  });
  useEffect(() => {
    if (!isMarking) return undefined;
    const onEscape = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      latest.current();
      event.stopPropagation();
    };
    window.addEventListener("keydown", onEscape, { capture: true });
    return () => {
      window.removeEventListener("keydown", onEscape, { capture: true });
    };
  }, [isMarking]);
}

/** State and handlers of an element with an axis along its width. */
export function useBrush(options: BrushOptions) {
  const [state, setState] = useState(NO_BRUSH);
  useEscape(state.range !== null, () => {
    setState(NO_BRUSH);
  });
  const choose = (mode: SelectMode, cursor: number): void => {
    if (state.range === null) options.onPress(cursor, state.y, mode);
    else options.onSelect(state.range, state.y, mode);
    setState({ ...NO_BRUSH, cursor, y: state.y });
  };
  const leave = (): void => {
    if (state.drag === null) setState(NO_BRUSH);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cursor = state.cursor ?? 0.5;
    const moved = movedBrush(state, event.key, event.shiftKey);
    if (moved !== null) setState(moved);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const y = options.onRow(event.key === "ArrowDown" ? 1 : -1, state.y);
      setState({ ...state, cursor, y });
    } else if (event.key === "Enter") choose("replace", cursor);
    else if (event.key === " ") choose("add", cursor);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const handlers = {
    ...pointerHandlers(options, state, setState, choose),
    onPointerLeave: leave,
    onBlur: leave,
    onKeyDown,
  };
  return { state, handlers };
}

function pointerHandlers(
  { plot }: BrushOptions,
  state: BrushState,
  setState: (state: BrushState) => void,
  choose: (mode: SelectMode, cursor: number) => void,
) {
  const placeOf = (event: PointerEvent): { readonly at: number; readonly y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      at: clamped((event.clientX - box.left - plot.left) / plot.width),
      y: event.clientY - box.top - plot.top,
    };
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      if (event.button !== 0) return;
      const { at, y } = placeOf(event);
      event.currentTarget.setPointerCapture(event.pointerId);
      const drag = { id: event.pointerId, x: event.clientX, from: at };
      setState({ ...NO_BRUSH, cursor: at, y, drag });
    },
    onPointerMove: (event: PointerEvent): void => {
      const { at, y } = placeOf(event);
      setState(draggedBrush(state, at, y, event.clientX));
    },
    onPointerUp: (event: PointerEvent): void => {
      if (state.drag?.id === event.pointerId) choose(selectionMode(event), placeOf(event).at);
    },
    onPointerCancel: (): void => {
      setState(NO_BRUSH);
    },
  };
}
