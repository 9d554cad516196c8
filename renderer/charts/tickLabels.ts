/** Which tick labels of a chart are drawn. Pure; lengths in CSS px. */
import type { ScaleTick } from "../color/scaleTicks.ts";

/** Widest advance of a character of a tick label at 11 px: a tabular digit of Inter. */
const CHARACTER = 7;
/** Least distance between two labels. */
const GAP = 6;
/** Closer to an end than this fraction, a label is written inwards from its tick. */
const END_ZONE = 0.03;

/** Labels at the ends stay inside the chart. */
export function anchorAt(fraction: number): "start" | "middle" | "end" {
  if (fraction < END_ZONE) return "start";
  return fraction > 1 - END_ZONE ? "end" : "middle";
}

/** Where a label lies along an axis. */
export function labelSpan(tick: ScaleTick, length: number): readonly [number, number] {
  const at = tick.fraction * length;
  const width = tick.label.length * CHARACTER;
  switch (anchorAt(tick.fraction)) {
    case "start":
      return [at, at + width];
    case "end":
      return [at - width, at];
    case "middle":
      return [at - width / 2, at + width / 2];
  }
}

/** Zero is kept first, then powers of ten, then other round values, then the ends of the axis. */
function rankOf({ value, fraction, isZero }: ScaleTick): number {
  if (isZero) return 0;
  if (fraction === 0 || fraction === 1) return 3;
  return Number(Math.abs(value).toPrecision(6)) === 10 ** Math.round(Math.log10(Math.abs(value)))
    ? 1
    : 2;
}

/** The labelled ticks that stand clear of each other on an axis of `length` px, in order. */
export function ticksWithoutCollisions(
  ticks: readonly ScaleTick[],
  length: number,
): readonly ScaleTick[] {
  const kept: ScaleTick[] = [];
  const labelled = ticks.filter((tick) => tick.label !== "");
  for (const tick of [...labelled].sort((a, b) => rankOf(a) - rankOf(b))) {
    const [from, to] = labelSpan(tick, length);
    const isClear = kept.every((other) => {
      const [start, end] = labelSpan(other, length);
      return from >= end + GAP || to <= start - GAP;
    });
    if (isClear) kept.push(tick);
  }
  return kept.sort((a, b) => a.fraction - b.fraction);
}
