/** Histograms, cumulative shares and violins of groups of atoms on one axis. Pure. */
import { sortedFinite } from "../color/autoRange.ts";
import { scaleFraction, type ColorScale } from "../color/colorScale.ts";
import { percentileOf } from "../state/statistics.ts";
import { densityOnScale } from "./densityPath.ts";

export type DistributionKind = "histogram" | "ecdf" | "violin";

export interface DistributionGroup {
  readonly label: string;
  /** CSS colour and dashes of its line. */
  readonly stroke: string;
  readonly dash: string;
  readonly values: Float64Array;
  /** Those of the selected atoms; null when nothing is selected. */
  readonly selected: Float64Array | null;
}

/** Heights at equidistant fractions of the axis, for histograms at the middles of the bins. */
export interface DistributionCurve {
  readonly heights: Float64Array;
  /** Values that have a place on the axis. */
  readonly count: number;
}

const BINS = 40;
const POINTS = 201;

function onAxis(values: Float64Array, axis: ColorScale): Float64Array {
  const sorted = sortedFinite([values]);
  return axis.kind === "log" ? sorted.filter((value) => value > 0) : sorted;
}

/** Share of the values in each of 40 equal parts of the axis, percent. */
function binShares(values: Float64Array, axis: ColorScale): DistributionCurve {
  const sorted = onAxis(values, axis);
  const heights = new Float64Array(BINS);
  for (const value of sorted) {
    const bin = Math.min(BINS - 1, Math.floor(scaleFraction(axis, value) * BINS));
    heights[bin] = (heights[bin] ?? 0) + 100 / sorted.length;
  }
  return { heights, count: sorted.length };
}

/** Share of the values at or below each of 201 points of the axis, percent. */
function cumulativeShares(values: Float64Array, axis: ColorScale): DistributionCurve {
  const sorted = onAxis(values, axis);
  const fractions = sorted.map((value) => scaleFraction(axis, value));
  const heights = Float64Array.from(
    { length: POINTS },
    (_, k) => percentileOf(fractions, Math.fround(k / (POINTS - 1))) ?? 0,
  );
  return { heights, count: sorted.length };
}

export function curveOf(
  kind: DistributionKind,
  values: Float64Array,
  axis: ColorScale,
): DistributionCurve {
  switch (kind) {
    case "histogram":
      return binShares(values, axis);
    case "ecdf":
      return cumulativeShares(values, axis);
    case "violin":
      return {
        heights: densityOnScale(onAxis(values, axis), axis).density,
        count: onAxis(values, axis).length,
      };
  }
}

/** A staircase for histograms, a line through the points for others; y grows downwards. */
export function outlineOf(
  kind: DistributionKind,
  heights: Float64Array,
  width: number,
  height: number,
  most: number,
): string {
  const yAt = (value: number): string =>
    (height - (value / Math.max(most, 1e-300)) * height).toFixed(1);
  const n = heights.length;
  if (kind === "histogram") {
    const steps = Array.from(heights, (value, k) => {
      const [from, to] = [k, k + 1].map((bin) => ((bin / n) * width).toFixed(1));
      return `L${from ?? ""} ${yAt(value)}L${to ?? ""} ${yAt(value)}`;
    });
    return `M0 ${height.toFixed(1)}${steps.join("")}L${width.toFixed(1)} ${height.toFixed(1)}`;
  }
  return Array.from(heights, (value, k) => {
    const x = ((k / (n - 1)) * width).toFixed(1);
    return `${k === 0 ? "M" : "L"}${x} ${yAt(value)}`;
  }).join("");
}
