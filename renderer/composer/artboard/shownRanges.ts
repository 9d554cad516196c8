/** What the scales of a figure span as it is drawn: where fixed ranges start from. Pure. */
import type { ColorScale, ScaleKind } from "../../color/colorScale.ts";
import type { FigureContent } from "../../figure/compose/content.ts";

/** Digits that are worth writing. */
const DIGITS = 4;

/** A scale as it is drawn. */
export interface ShownRange {
  readonly kind: ScaleKind;
  /** In digits that a person would type. */
  readonly ends: readonly [number, number];
}

function tidy({ kind, min, max }: ColorScale): ShownRange {
  return { kind, ends: [Number(min.toPrecision(DIGITS)), Number(max.toPrecision(DIGITS))] };
}

/** `coloring NAME` of colourings; `ID x` and `ID y` of the axes of charts. */
export function shownRanges({ panels, legends }: FigureContent): ReadonlyMap<string, ShownRange> {
  const ranges = new Map<string, ShownRange>();
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
