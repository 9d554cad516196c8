/** What a legend says, on screen and in exported pictures alike. */
import type { Category } from "./categories.ts";
import type { ColorScale } from "./colorScale.ts";
import { TABLE_SIZE, type ColorTable } from "./colorTable.ts";

/** Colours along a scale. */
export interface ScaleLegend {
  readonly kind: "scale";
  readonly scale: ColorScale;
  readonly table: ColorTable;
  /** Values beyond the ends. */
  readonly under: number;
  readonly over: number;
  /** `+` on positive ticks. */
  readonly signed: boolean;
}

/** One swatch a category. */
export interface CategoryLegend {
  readonly kind: "categories";
  readonly categories: readonly Category[];
}

/** A legend. */
export interface LegendModel {
  readonly title: string;
  /** Unit or kind of scale, e.g. `percent`, `log scale`; empty: none. */
  readonly unit: string;
  readonly content: ScaleLegend | CategoryLegend;
  readonly noValue: number;
  /** Atoms outside the selection that are dimmed; null: nothing is dimmed. */
  readonly notSelected: number | null;
  /** E.g. `one range, 6 panels`; empty: none. */
  readonly note: string;
}

/** Table entry of pixel `k` of a bar of `n` pixels, counted from its low end: the pixel's middle. */
export function barIndex(k: number, n: number): number {
  return Math.min(TABLE_SIZE - 1, Math.floor(((k + 0.5) / n) * TABLE_SIZE));
}

/**
 * Pixels of a colour bar, RGBA.
 * @param length - device px from the low to the high end
 * @param orientation - `vertical`: low end at the bottom, one pixel wide; `horizontal`: low end left
 */
export function barPixels(
  table: ColorTable,
  length: number,
  orientation: "vertical" | "horizontal",
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(length * 4).fill(255);
  for (let k = 0; k < length; k += 1) {
    const from = 3 * barIndex(k, length);
    const at = orientation === "vertical" ? length - 1 - k : k;
    pixels.set(table.rgb.subarray(from, from + 3), 4 * at);
  }
  return pixels;
}

/** Labels that fit along a bar without touching. */
export function labelsThatFit(length: number, orientation: "vertical" | "horizontal"): number {
  return Math.max(2, Math.floor(length / (orientation === "vertical" ? 34 : 64)));
}

const COUNT = new Intl.NumberFormat("en-GB");

/** `1,234 over` and the like. */
export function countText(count: number, what: string): string {
  return `${COUNT.format(count)} ${what}`;
}

/** The legend in words, for those who do not see it. */
export function legendText(model: LegendModel): string {
  const parts = [model.unit === "" ? model.title : `${model.title}, ${model.unit}`];
  if (model.content.kind === "scale") {
    const { scale, under, over } = model.content;
    parts.push(`${scale.kind} from ${String(scale.min)} to ${String(scale.max)}`);
    parts.push(countText(under, "under"), countText(over, "over"));
  } else {
    parts.push(model.content.categories.map(({ label }) => label).join(", "));
  }
  parts.push(countText(model.noValue, "without value"));
  if (model.notSelected !== null) parts.push(countText(model.notSelected, "not selected"));
  return parts.join(", ");
}
