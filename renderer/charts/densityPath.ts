/** Density curves as SVG paths. Pure. */
import { scaleFraction, type ColorScale } from "../color/colorScale.ts";
import { sortedFinite } from "../color/autoRange.ts";
import { densityOf } from "../state/statistics.ts";

export interface DensityCurve {
  /** Density at equidistant fractions of the axis. */
  readonly density: Float64Array;
  readonly most: number;
  /** Values that do not fit on the axis. */
  readonly beyond: number;
}

const POINTS = 160;

/** Density along the axis of a scale, so that a log axis shows the density of log values. */
export function densityOnScale(values: ArrayLike<number>, axis: ColorScale): DensityCurve {
  const sorted = sortedFinite([values]);
  const inside = sorted.filter((value) => value >= axis.min && value <= axis.max);
  const fractions = inside.map((value) => scaleFraction(axis, value));
  const density = densityOf(fractions, 0, 1, POINTS);
  return {
    density,
    most: density.reduce((high, value) => Math.max(high, value), 0),
    beyond: sorted.length - inside.length,
  };
}

/** Path through a box of the given size; y grows downwards. */
export function curvePath(
  curve: DensityCurve,
  width: number,
  height: number,
  most: number,
): string {
  const last = curve.density.length - 1;
  return Array.from(curve.density, (value, index) => {
    const x = ((index / last) * width).toFixed(1);
    const y = (height - (value / Math.max(most, 1e-300)) * height).toFixed(1);
    return `${index === 0 ? "M" : "L"}${x} ${y}`;
  }).join("");
}
