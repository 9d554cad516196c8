/**
 * Moving, scaling and lining up frames on a page. Lengths are mm from the top left corner of the
 * page, y downwards. Pure, tested in Node.
 */
import { LEAST_ELEMENT, type FigureFrame } from "../../../src/project/figure.ts";

/** Where a frame is taken hold of: compass points; `n` is the upper edge. */
export const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const;

export type Handle = (typeof HANDLES)[number];

/** Frames by the ids of their elements. */
export type Frames = ReadonlyMap<string, FigureFrame>;

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
