/**
 * Gaps between neighbours on a page: frames that are moved or resized find places where gaps become
 * equal. Lengths are mm. Pure.
 */
import type { FigureFrame } from "../../../src/project/figure.ts";
import type { Axis } from "./snapLines.ts";

/** A gap that equals another one, drawn across it. */
export interface GapMark {
  /** `x`: the gap is from left to right. */
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
  /** Where along the other axis it is drawn. */
  readonly at: number;
}

/** A place for the edge that is dragged, with the gaps that are equal there. */
interface Place {
  readonly at: number;
  readonly gaps: readonly GapMark[];
}

interface Span {
  readonly start: number;
  readonly end: number;
  /** Along the other axis. */
  readonly low: number;
  readonly high: number;
}

function spanOf({ x, y, width, height }: FigureFrame, axis: Axis): Span {
  return axis === "x"
    ? { start: x, end: x + width, low: y, high: y + height }
    : { start: y, end: y + height, low: x, high: x + width };
}

/**
 * The frames beside (`x`) or above and below (`y`) a frame, in order. What lies on another, such as
 * a scale bar on its panel, counts as part of it.
 */
function lineOf(frame: FigureFrame, others: readonly FigureFrame[], axis: Axis): readonly Span[] {
  const own = spanOf(frame, axis);
  const spans = others
    .map((other) => spanOf(other, axis))
    .filter(({ low, high }) => low < own.high && high > own.low)
    .sort((a, b) => a.start - b.start);
  const line: Span[] = [];
  for (const span of spans) {
    const last = line.at(-1);
    if (last === undefined || span.start >= last.end) line.push(span);
    else line[line.length - 1] = { ...last, end: Math.max(last.end, span.end) };
  }
  return line;
}

/** Neighbours with room between them. */
function pairsOf(line: readonly Span[]): readonly (readonly [Span, Span])[] {
  return line.flatMap((left, k) => {
    const right = line[k + 1];
    return right === undefined || right.start <= left.end ? [] : [[left, right] as const];
  });
}

function markBetween(a: Span, b: Span, axis: Axis): GapMark {
  const at = (Math.max(a.low, b.low) + Math.min(a.high, b.high)) / 2;
  return { axis, from: a.end, to: b.start, at };
}

function placed(own: Span, start: number): Span {
  return { ...own, start, end: start + own.end - own.start };
}

/** Where a frame of this size has the gap of two neighbours, or the same gap on both of its sides. */
function movePlaces(
  frame: FigureFrame,
  others: readonly FigureFrame[],
  axis: Axis,
): readonly Place[] {
  const own = spanOf(frame, axis);
  const size = own.end - own.start;
  return pairsOf(lineOf(frame, others, axis)).flatMap(([left, right]) => {
    const gap = right.start - left.end;
    const known = markBetween(left, right, axis);
    const after = placed(own, right.end + gap);
    const before = placed(own, left.start - gap - size);
    const between = placed(own, (left.end + right.start - size) / 2);
    return [
      { at: after.start, gaps: [known, markBetween(right, after, axis)] },
      { at: before.start, gaps: [markBetween(before, left, axis), known] },
      ...(gap > size
        ? [
            {
              at: between.start,
              gaps: [markBetween(left, between, axis), markBetween(between, right, axis)],
            },
          ]
        : []),
    ];
  });
}

/** Where an edge of a frame has a gap to its neighbour that other neighbours have between them. */
function edgePlaces(
  frame: FigureFrame,
  others: readonly FigureFrame[],
  axis: Axis,
  edge: "start" | "end",
): readonly Place[] {
  const own = spanOf(frame, axis);
  const line = lineOf(frame, others, axis);
  return pairsOf(line).flatMap(([left, right]) => {
    const gap = right.start - left.end;
    const known = markBetween(left, right, axis);
    return line.flatMap((neighbour): readonly Place[] => {
      if (edge === "end" && neighbour.start >= own.start) {
        const at = neighbour.start - gap;
        return [{ at, gaps: [known, markBetween({ ...own, end: at }, neighbour, axis)] }];
      }
      if (edge === "start" && neighbour.end <= own.end) {
        const at = neighbour.end + gap;
        return [{ at, gaps: [known, markBetween(neighbour, { ...own, start: at }, axis)] }];
      }
      return [];
    });
  });
}

/** Which edge is dragged: the frame itself, or one of its edges along the axis. */
export type GapEdge = "whole" | "start" | "end";

function placesOf(
  frame: FigureFrame,
  others: readonly FigureFrame[],
  axis: Axis,
  edge: GapEdge,
): readonly Place[] {
  return edge === "whole" ? movePlaces(frame, others, axis) : edgePlaces(frame, others, axis, edge);
}

function positionOf(frame: FigureFrame, axis: Axis, edge: GapEdge): number {
  const { start, end } = spanOf(frame, axis);
  return edge === "end" ? end : start;
}

/** The least shift that makes gaps equal; null: none is in reach. */
export function shiftToGap(
  frame: FigureFrame,
  others: readonly FigureFrame[],
  axis: Axis,
  edge: GapEdge,
  reach: number,
): number | null {
  const from = positionOf(frame, axis, edge);
  let best: number | null = null;
  for (const { at } of placesOf(frame, others, axis, edge)) {
    const shift = at - from;
    if (Math.abs(shift) <= reach && (best === null || Math.abs(shift) < Math.abs(best))) {
      best = shift;
    }
  }
  return best;
}

const TOUCHING = 1e-6;

/** Gaps that are equal where the frame lies now. */
export function equalGaps(
  frame: FigureFrame,
  others: readonly FigureFrame[],
  axis: Axis,
  edge: GapEdge,
): readonly GapMark[] {
  const from = positionOf(frame, axis, edge);
  const marks = placesOf(frame, others, axis, edge)
    .filter(({ at }) => Math.abs(at - from) < TOUCHING)
    .flatMap(({ gaps }) => gaps)
    .filter(({ from: start, to }) => to - start > TOUCHING);
  return [...new Map(marks.map((mark) => [keyOf(mark), mark])).values()];
}

function keyOf({ axis, from, to, at }: GapMark): string {
  return [axis, ...[from, to, at].map((value) => value.toFixed(4))].join(" ");
}
