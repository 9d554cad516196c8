/** What the scales of a figure span as it is drawn: where fixed ranges start from. Pure. */
import type { FigureContent } from "../../figure/compose/content.ts";

/** Digits that are worth writing. */
const DIGITS = 4;

function tidy({
  min,
  max,
}: {
  readonly min: number;
  readonly max: number;
}): readonly [number, number] {
  return [Number(min.toPrecision(DIGITS)), Number(max.toPrecision(DIGITS))];
}

/** `coloring NAME` of colourings; `ID x` and `ID y` of the axes of charts. */
export function shownRanges({
  panels,
  legends,
}: FigureContent): ReadonlyMap<string, readonly [number, number]> {
  const ranges = new Map<string, readonly [number, number]>();
  for (const [name, { content }] of legends) {
    if (content.kind === "scale") ranges.set(`coloring ${name}`, tidy(content.scale));
  }
  for (const [id, panel] of panels) {
    if (panel.kind !== "points" && panel.kind !== "curves") continue;
    ranges.set(`${id} x`, tidy(panel.x.scale));
    if (panel.y !== null) ranges.set(`${id} y`, tidy(panel.y.scale));
  }
  return ranges;
}
