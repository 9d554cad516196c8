/**
 * Drags that find their places: lines of the page and of other frames, equal gaps, else the grid.
 * Lengths are mm from the top left corner of the page, y downwards. Pure, tested in Node.
 */
import { LEAST_ELEMENT, type FigureFrame } from "../../../src/project/figure.ts";
import type { Handle } from "./frameGeometry.ts";
import { equalGaps, shiftToGap, type GapEdge, type GapMark } from "./gapSnapping.ts";
import { guidesOf, shiftToLine, type Axis, type SnapLine } from "./snapLines.ts";

/** Edges land on multiples of this, mm, unless something else is nearer. */
const GRID = 0.5;

/** What a drag led to. */
export interface Snapped<T> {
  readonly value: T;
  /** Lines that an edge or the centre now lies on, as long as what they join. */
  readonly guides: readonly SnapLine[];
  /** Gaps that are equal now. */
  readonly gaps: readonly GapMark[];
}

export interface SnapOptions {
  readonly lines: readonly SnapLine[];
  /** Frames that stay where they are: gaps are measured between them. */
  readonly others: readonly FigureFrame[];
  /** How far lines and gaps attract, mm. */
  readonly reach: number;
  /** Off: positions are taken as they are. */
  readonly isOn: boolean;
}

function shiftToGrid(place: number): number {
  return Math.round(place / GRID) * GRID - place;
}

/** Along one axis: the nearer of line and equal gap, the line when both are as near, else the grid. */
function shiftOf(
  frame: FigureFrame,
  axis: Axis,
  edge: GapEdge,
  places: readonly number[],
  { lines, others, reach }: SnapOptions,
): number {
  const line = shiftToLine(places, axis, lines, reach);
  const gap = shiftToGap(frame, others, axis, edge, reach);
  if (line === null) return gap ?? shiftToGrid(places[0] ?? 0);
  return gap === null || Math.abs(line) <= Math.abs(gap) ? line : gap;
}

function thirds(start: number, size: number): readonly number[] {
  return [start, start + size / 2, start + size];
}

/**
 * Moves by (dx, dy): to a line that an edge or the centre comes close to, to where gaps are equal,
 * else to the grid. The value is the shift that results, the same for all frames that move together.
 */
export function snapMove(
  bounds: FigureFrame,
  dx: number,
  dy: number,
  options: SnapOptions,
): Snapped<{ readonly dx: number; readonly dy: number }> {
  if (!options.isOn) return { value: { dx, dy }, guides: [], gaps: [] };
  const free = { ...bounds, x: bounds.x + dx, y: bounds.y + dy };
  const toX = shiftOf(free, "x", "whole", thirds(free.x, free.width), options);
  const toY = shiftOf(free, "y", "whole", thirds(free.y, free.height), options);
  const moved = { ...free, x: free.x + toX, y: free.y + toY };
  const places = { x: thirds(moved.x, moved.width), y: thirds(moved.y, moved.height) };
  return {
    value: { dx: dx + toX, dy: dy + toY },
    guides: guidesOf(moved, places, options.lines),
    gaps: [
      ...equalGaps(moved, options.others, "x", "whole"),
      ...equalGaps(moved, options.others, "y", "whole"),
    ],
  };
}

export interface ResizeOptions extends SnapOptions {
  readonly keepAspect: boolean;
}

/** Which edge a handle drags along an axis; null: none. */
function edgeOf(handle: Handle, axis: Axis): "start" | "end" | null {
  if (handle.includes(axis === "x" ? "w" : "n")) return "start";
  return handle.includes(axis === "x" ? "e" : "s") ? "end" : null;
}

/** Start and size along one axis after its edge was dragged by `by`; the other edge stays. */
function dragEdge(
  frame: FigureFrame,
  axis: Axis,
  edge: "start" | "end" | null,
  by: number,
  options: SnapOptions,
): readonly [start: number, size: number] {
  const [start, size] = axis === "x" ? [frame.x, frame.width] : [frame.y, frame.height];
  if (edge === null) return [start, size];
  const end = start + size;
  const place = (edge === "start" ? start : end) + by;
  const dragged =
    edge === "start" ? { at: place, size: end - place } : { at: start, size: place - start };
  const free =
    axis === "x"
      ? { ...frame, x: dragged.at, width: dragged.size }
      : { ...frame, y: dragged.at, height: dragged.size };
  const snapped = options.isOn ? place + shiftOf(free, axis, edge, [place], options) : place;
  if (edge === "end") return [start, Math.max(LEAST_ELEMENT, snapped - start)];
  const first = Math.min(snapped, end - LEAST_ELEMENT);
  return [first, end - first];
}

/** Drags a handle by (dx, dy); the opposite edge or corner stays. */
export function snapResize(
  frame: FigureFrame,
  handle: Handle,
  dx: number,
  dy: number,
  options: ResizeOptions,
): Snapped<FigureFrame> {
  const across = edgeOf(handle, "x");
  const down = edgeOf(handle, "y");
  const [x, width] = dragEdge(frame, "x", across, dx, options);
  const [y, height] = dragEdge(frame, "y", down, dy, options);
  const free = { x, y, width, height };
  const value = options.keepAspect ? withAspect(frame, free, handle) : free;
  if (!options.isOn) return { value, guides: [], gaps: [] };
  const placeOf = (edge: "start" | "end" | null, start: number, size: number): readonly number[] =>
    edge === null ? [] : [edge === "start" ? start : start + size];
  const places = {
    x: placeOf(across, value.x, value.width),
    y: placeOf(down, value.y, value.height),
  };
  return {
    value,
    guides: guidesOf(value, places, options.lines),
    gaps: [
      ...(across === null ? [] : equalGaps(value, options.others, "x", across)),
      ...(down === null ? [] : equalGaps(value, options.others, "y", down)),
    ],
  };
}

/** The frame of the same shape as before that follows the edge which was dragged further. */
function withAspect(before: FigureFrame, after: FigureFrame, handle: Handle): FigureFrame {
  const across = after.width / before.width;
  const down = after.height / before.height;
  const isCorner = handle.length === 2;
  const factor = isCorner
    ? Math.abs(across - 1) >= Math.abs(down - 1)
      ? across
      : down
    : handle === "n" || handle === "s"
      ? down
      : across;
  const least = LEAST_ELEMENT / Math.min(before.width, before.height);
  const size = Math.max(factor, least);
  const width = before.width * size;
  const height = before.height * size;
  const x = handle.includes("w") ? before.x + before.width - width : before.x;
  const y = handle.includes("n") ? before.y + before.height - height : before.y;
  return { x, y, width, height };
}
