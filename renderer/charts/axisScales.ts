/** How the axes of charts spread their values. Pure. */
import { automaticScale, suitableScale } from "../color/autoRange.ts";
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
 * A symlog scale with the linear part that suits most values, wherever its ends are: a hundredth of
 * the range of the 2nd to 98th percentile. Other scales stay as they are.
 */
export function withLinearPart(scale: ColorScale, arrays: readonly Float64Array[]): ColorScale {
  if (scale.kind !== "symlog") return scale;
  const { linearThreshold } = automaticScale(arrays, { kind: "symlog", symmetric: true });
  return { ...scale, linearThreshold };
}

/** What a reader of a symlog axis needs to know; empty for other axes. */
export function scaleNote(
  { kind, linearThreshold }: ColorScale,
  { isPercent }: Pick<Quantity, "isPercent">,
): string {
  if (kind !== "symlog") return "";
  return `symlog: linear within ±${formatSignificant(linearThreshold)}${isPercent ? " %" : ""}.`;
}
