/** How the axes of charts spread their values. Pure. */
import {
  percentileOfSorted,
  roundMagnitude,
  sortedFinite,
  suitableScale,
} from "../color/autoRange.ts";
import type { ColorScale, ScaleKind } from "../color/colorScale.ts";
import { formatSignificant } from "../components/formatNumber.ts";
import type { Quantity } from "./quantities.ts";

/** What an axis can be set to. */
export const AXIS_SCALES = [
  { value: "linear", label: "Lin" },
  { value: "log", label: "Log" },
  { value: "symlog", label: "Symlog" },
] as const satisfies readonly { readonly value: ScaleKind; readonly label: string }[];

/**
 * The kind that was chosen, or the one that suits: changes in percent are symlog where they go beyond
 * ± 1000 %, as their colours are, so that gains of some percent are seen beside those of 10⁴ %.
 */
export function axisKind(
  chosen: ScaleKind | null,
  quantity: Pick<Quantity, "scale" | "isPercent">,
  arrays: readonly Float64Array[],
): ScaleKind {
  return chosen ?? (quantity.isPercent ? suitableScale(arrays) : quantity.scale);
}

/**
 * A symlog scale whose linear part holds half of the values, wherever its ends are: those near zero
 * are told apart as on a linear axis, the others by their size. Other scales stay as they are.
 */
export function withLinearPart(scale: ColorScale, arrays: readonly Float64Array[]): ColorScale {
  if (scale.kind !== "symlog") return scale;
  const sizes = sortedFinite(arrays.map((values) => values.map(Math.abs)));
  const median = sizes.length === 0 ? 0 : percentileOfSorted(sizes, 50);
  return median > 0 ? { ...scale, linearThreshold: roundMagnitude(median, "up") } : scale;
}

/** What a reader of a symlog axis needs to know; empty for other axes. */
export function scaleNote(
  { kind, linearThreshold }: ColorScale,
  { isPercent }: Pick<Quantity, "isPercent">,
): string {
  if (kind !== "symlog") return "";
  return `symlog: linear within ±${formatSignificant(linearThreshold)}${isPercent ? " %" : ""}.`;
}
