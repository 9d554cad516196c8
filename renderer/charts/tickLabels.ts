/** Which tick labels of a chart are drawn. Pure; lengths in CSS px. */
import type { ColorScale } from "../color/colorScale.ts";
import { scaleTicks, type ScaleTick } from "../color/scaleTicks.ts";

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

/** Distances of labels that read well: between two along an axis, from line to line up it. */
const COMFORT = { along: 22, up: 20 } as const;
const MOST_LABELS = 14;

/** Whether labels stand at ease; on an upright axis only their distance counts. */
function isAtEase(ticks: readonly ScaleTick[], length: number, way: "along" | "up"): boolean {
  const labelled = ticks.filter((tick) => tick.label !== "");
  return labelled.every((tick, k) => {
    const before = labelled[k - 1];
    if (before === undefined) return true;
    if (way === "up") return (tick.fraction - before.fraction) * length >= COMFORT.up;
    return labelSpan(tick, length)[0] - labelSpan(before, length)[1] >= COMFORT.along;
  });
}

/**
 * The densest ticks whose labels stand at ease on an axis of `length` px; minor ticks keep an empty
 * label. Where nothing does, two labels are tried for: an axis with one number has no scale to read.
 */
export function axisTicks(
  scale: ColorScale,
  length: number,
  way: "along" | "up",
  signed: boolean,
): readonly ScaleTick[] {
  const count = (ticks: readonly ScaleTick[]): number =>
    ticks.filter(({ label }) => label !== "").length;
  let best = scaleTicks(scale, { maxLabels: 2, signed, labelEnds: false });
  for (let maxLabels = 2; maxLabels <= MOST_LABELS; maxLabels += 1) {
    const ticks = scaleTicks(scale, { maxLabels, signed, labelEnds: false });
    if (count(ticks) < 2 || isAtEase(ticks, length, way)) best = ticks;
  }
  return count(best) >= 2 ? best : scaleTicks(scale, { maxLabels: 4, signed, labelEnds: false });
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
