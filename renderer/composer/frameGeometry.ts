/**
 * Moving, resizing and lining up frames on a page. Lengths are mm from the top left corner of the
 * page, y downwards. Pure, tested in Node.
 */
import { LEAST_ELEMENT, type FigureFrame } from "../../src/project/figure.ts";

/** Edges land on multiples of this, mm, unless something else is nearer. */
export const GRID = 0.5;

/** Where a frame is taken hold of: compass points; `n` is the upper edge. */
export const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const;

export type Handle = (typeof HANDLES)[number];

/** Frames by the ids of their elements. */
export type Frames = ReadonlyMap<string, FigureFrame>;

/** A line that edges and centres are drawn to. */
export interface SnapLine {
  /** `x`: an upright line at that x. */
  readonly axis: "x" | "y";
  readonly at: number;
  /** Extent of the thing it belongs to, along the line. */
  readonly from: number;
  readonly to: number;
}

/** What a drag led to. */
export interface Snapped<T> {
  readonly value: T;
  /** Lines that an edge or the centre now lies on, as long as what they join. */
  readonly guides: readonly SnapLine[];
}

export interface SnapOptions {
  readonly lines: readonly SnapLine[];
  /** How far lines attract, mm. */
  readonly reach: number;
  /** Off: positions are taken as they are. */
  readonly isOn: boolean;
}

/** Numbers as a person writes them: no 0.30000000000000004 in the project file. */
export function tidy(length: number): number {
  const rounded = Math.round(length * 1000) / 1000;
  return rounded === 0 ? 0 : rounded;
}

export function tidyFrame({ x, y, width, height }: FigureFrame): FigureFrame {
  return { x: tidy(x), y: tidy(y), width: tidy(width), height: tidy(height) };
}

/** The smallest frame around all; null without any. */
export function boundsOf(frames: Iterable<FigureFrame>): FigureFrame | null {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { x, y, width, height } of frames) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  if (left > right) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Edges and centres of the page and of frames that stay where they are. */
export function snapLines(
  page: { readonly width: number; readonly height: number },
  others: Iterable<FigureFrame>,
): readonly SnapLine[] {
  const frames = [{ x: 0, y: 0, width: page.width, height: page.height }, ...others];
  return frames.flatMap(({ x, y, width, height }): readonly SnapLine[] => [
    ...[x, x + width / 2, x + width].map((at): SnapLine => ({
      axis: "x",
      at,
      from: y,
      to: y + height,
    })),
    ...[y, y + height / 2, y + height].map((at): SnapLine => ({
      axis: "y",
      at,
      from: x,
      to: x + width,
    })),
  ]);
}

/** The least shift that puts one of the places on a line in reach; null: none is in reach. */
function shiftToLine(
  places: readonly number[],
  axis: SnapLine["axis"],
  { lines, reach }: SnapOptions,
): number | null {
  let best: number | null = null;
  for (const line of lines) {
    if (line.axis !== axis) continue;
    for (const place of places) {
      const shift = line.at - place;
      if (Math.abs(shift) <= reach && (best === null || Math.abs(shift) < Math.abs(best))) {
        best = shift;
      }
    }
  }
  return best;
}

function shiftToGrid(place: number): number {
  return Math.round(place / GRID) * GRID - place;
}

const TOUCHING = 1e-6;

/** Lines that the frame touches along the given places, stretched to reach it. */
function guidesOf(
  frame: FigureFrame,
  places: { readonly x: readonly number[]; readonly y: readonly number[] },
  { lines }: SnapOptions,
): readonly SnapLine[] {
  const found = new Map<string, SnapLine>();
  for (const { axis, at, from, to } of lines) {
    if (!places[axis].some((place) => Math.abs(place - at) < TOUCHING)) continue;
    const start = axis === "x" ? frame.y : frame.x;
    const end = start + (axis === "x" ? frame.height : frame.width);
    const key = `${axis} ${at.toFixed(4)}`;
    const known = found.get(key);
    found.set(key, {
      axis,
      at,
      from: Math.min(from, start, known?.from ?? Infinity),
      to: Math.max(to, end, known?.to ?? -Infinity),
    });
  }
  return [...found.values()];
}

/**
 * Moves by (dx, dy): to a line that an edge or the centre comes close to, else to the grid. The
 * value is the shift that results, the same for all frames that move together.
 */
export function snapMove(
  bounds: FigureFrame,
  dx: number,
  dy: number,
  options: SnapOptions,
): Snapped<{ readonly dx: number; readonly dy: number }> {
  if (!options.isOn) return { value: { dx, dy }, guides: [] };
  const x = bounds.x + dx;
  const y = bounds.y + dy;
  const acrossOf = (left: number): readonly number[] => [
    left,
    left + bounds.width / 2,
    left + bounds.width,
  ];
  const downOf = (top: number): readonly number[] => [
    top,
    top + bounds.height / 2,
    top + bounds.height,
  ];
  const toX = shiftToLine(acrossOf(x), "x", options) ?? shiftToGrid(x);
  const toY = shiftToLine(downOf(y), "y", options) ?? shiftToGrid(y);
  const moved = { ...bounds, x: x + toX, y: y + toY };
  const guides = guidesOf(moved, { x: acrossOf(moved.x), y: downOf(moved.y) }, options);
  return { value: { dx: dx + toX, dy: dy + toY }, guides };
}

export interface ResizeOptions extends SnapOptions {
  readonly keepAspect: boolean;
}

/** Drags a handle by (dx, dy); the opposite edge or corner stays. */
export function snapResize(
  frame: FigureFrame,
  handle: Handle,
  dx: number,
  dy: number,
  options: ResizeOptions,
): Snapped<FigureFrame> {
  const west = handle.includes("w");
  const east = handle.includes("e");
  const north = handle.includes("n");
  const south = handle.includes("s");
  const right = frame.x + frame.width;
  const bottom = frame.y + frame.height;
  const placed = (edge: number, axis: SnapLine["axis"]): number =>
    options.isOn ? edge + (shiftToLine([edge], axis, options) ?? shiftToGrid(edge)) : edge;
  const x = west ? Math.min(placed(frame.x + dx, "x"), right - LEAST_ELEMENT) : frame.x;
  const y = north ? Math.min(placed(frame.y + dy, "y"), bottom - LEAST_ELEMENT) : frame.y;
  const width = west
    ? right - x
    : east
      ? Math.max(LEAST_ELEMENT, placed(right + dx, "x") - x)
      : frame.width;
  const height = north
    ? bottom - y
    : south
      ? Math.max(LEAST_ELEMENT, placed(bottom + dy, "y") - y)
      : frame.height;
  const free = { x, y, width, height };
  const value = options.keepAspect ? withAspect(frame, free, handle) : free;
  if (!options.isOn) return { value, guides: [] };
  const places = {
    x: west ? [value.x] : east ? [value.x + value.width] : [],
    y: north ? [value.y] : south ? [value.y + value.height] : [],
  };
  return { value, guides: guidesOf(value, places, options) };
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

/** Frames that keep their places within a frame around all of them which was resized. */
export function scaleFrames(frames: Frames, from: FigureFrame, to: FigureFrame): Frames {
  const across = to.width / from.width;
  const down = to.height / from.height;
  const scaled = new Map<string, FigureFrame>();
  for (const [id, frame] of frames) {
    scaled.set(
      id,
      tidyFrame({
        x: to.x + (frame.x - from.x) * across,
        y: to.y + (frame.y - from.y) * down,
        width: Math.max(LEAST_ELEMENT, frame.width * across),
        height: Math.max(LEAST_ELEMENT, frame.height * down),
      }),
    );
  }
  return scaled;
}

export function moveFrames(frames: Frames, dx: number, dy: number): Frames {
  return new Map(
    [...frames].map(([id, frame]) => [
      id,
      tidyFrame({ ...frame, x: frame.x + dx, y: frame.y + dy }),
    ]),
  );
}

/** Which edges or centres are put on one line. */
export type Alignment = "left" | "centre" | "right" | "top" | "middle" | "bottom";

/** Lines frames up along an edge or the centre of `within`. */
export function alignFrames(frames: Frames, how: Alignment, within: FigureFrame): Frames {
  const place = (frame: FigureFrame): FigureFrame => {
    const freeX = within.width - frame.width;
    const freeY = within.height - frame.height;
    switch (how) {
      case "left":
        return { ...frame, x: within.x };
      case "centre":
        return { ...frame, x: within.x + freeX / 2 };
      case "right":
        return { ...frame, x: within.x + freeX };
      case "top":
        return { ...frame, y: within.y };
      case "middle":
        return { ...frame, y: within.y + freeY / 2 };
      case "bottom":
        return { ...frame, y: within.y + freeY };
    }
  };
  return new Map([...frames].map(([id, frame]) => [id, tidyFrame(place(frame))]));
}

/** Equal gaps between neighbours, the outermost staying; fewer than three frames stay as they are. */
export function distributeFrames(frames: Frames, axis: "x" | "y"): Frames {
  if (frames.size < 3) return frames;
  const startOf = (frame: FigureFrame): number => frame[axis];
  const sizeOf = (frame: FigureFrame): number => (axis === "x" ? frame.width : frame.height);
  const inOrder = [...frames].sort(([, a], [, b]) => startOf(a) - startOf(b));
  const first = inOrder[0]?.[1];
  const end = Math.max(...inOrder.map(([, frame]) => startOf(frame) + sizeOf(frame)));
  if (first === undefined) return frames;
  const taken = inOrder.reduce((sum, [, frame]) => sum + sizeOf(frame), 0);
  const gap = (end - startOf(first) - taken) / (inOrder.length - 1);
  let at = startOf(first);
  const placed = new Map<string, FigureFrame>();
  for (const [id, frame] of inOrder) {
    placed.set(id, tidyFrame({ ...frame, [axis]: at }));
    at += sizeOf(frame) + gap;
  }
  return placed;
}

/** Ids of the frames that a rectangle drawn by hand touches. */
export function touchedBy(frames: Frames, area: FigureFrame): readonly string[] {
  return [...frames]
    .filter(
      ([, { x, y, width, height }]) =>
        x < area.x + area.width &&
        x + width > area.x &&
        y < area.y + area.height &&
        y + height > area.y,
    )
    .map(([id]) => id);
}

/** The order in which a page is read: rows from the top, within a row from the left. */
export function readingOrder<T extends { readonly frame: FigureFrame }>(
  elements: readonly T[],
): readonly T[] {
  const rows: { top: number; bottom: number; members: T[] }[] = [];
  const fromTop = [...elements].sort((a, b) => a.frame.y - b.frame.y || a.frame.x - b.frame.x);
  for (const element of fromTop) {
    const { y, height } = element.frame;
    const row = rows.at(-1);
    // The same row: the middle of the one lies within the other.
    const middle = y + height / 2;
    const isBeside = row !== undefined && (middle < row.bottom || (row.top + row.bottom) / 2 > y);
    if (isBeside) row.members.push(element);
    else rows.push({ top: y, bottom: y + height, members: [element] });
  }
  return rows.flatMap(({ members }) => members.sort((a, b) => a.frame.x - b.frame.x));
}
