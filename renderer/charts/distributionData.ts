/** Densities, histograms, cumulative shares and violins of groups of atoms on one axis. Pure. */
import { automaticScale, sortedFinite } from "../color/autoRange.ts";
import { scaleFraction, type ColorScale, type ScaleKind } from "../color/colorScale.ts";
import { withLinearPart } from "./axisScales.ts";
import { densityOf, meanOf, percentileOf, quantileOf } from "../state/results/statistics.ts";

export type DistributionKind = "density" | "histogram" | "ecdf" | "violin";

export interface DistributionGroup {
  readonly label: string;
  /** CSS colour and dashes of its line. */
  readonly stroke: string;
  readonly dash: string;
  readonly values: Float64Array;
  /** Entry of the list of atoms of each value; null: value k is that of entry k. */
  readonly entries: Uint32Array | null;
  /** Values of the selected atoms; null when nothing is selected. */
  readonly selected: Float64Array | null;
}

/** Heights at equidistant fractions of the axis, for histograms at the middles of the bins. */
export interface DistributionCurve {
  readonly heights: Float64Array;
  /** Finite values, those beyond the axis too. */
  readonly count: number;
}

/** Parts of the atoms at the quantiles that are marked. */
export const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** A group in numbers. */
export interface GroupSummary {
  /** Atoms with a value. */
  readonly count: number;
  readonly mean: number | null;
  /** At {@link QUANTILES}, by linear interpolation; empty without a value. */
  readonly quantiles: readonly number[];
  /** Values that lie beyond the ends of the axis: they count in the shares and are not drawn. */
  readonly beyond: number;
}

/** How much of the values an axis shows: all, or without the outermost half per cent at each end. */
export type AxisReach = "all" | "middle";

const MIDDLE = [0.5, 99.5] as const;
/** The highest curve stays clear of the upper edge. */
const HEADROOM = 1.06;
const BINS = 40;
const POINTS = 201;

/** An axis for all groups; a log axis needs a positive value, without one it is linear. */
export function distributionAxis(
  groups: readonly DistributionGroup[],
  kind: ScaleKind,
  reach: AxisReach,
): ColorScale {
  const arrays = groups.map(({ values }) => values);
  const isEmpty = kind === "log" && !arrays.some((values) => values.some((value) => value > 0));
  const scale = automaticScale(arrays, {
    kind: isEmpty ? "linear" : kind,
    symmetric: false,
    percentiles: reach === "all" ? [0, 100] : MIDDLE,
  });
  return withLinearPart(scale, arrays);
}

/** Values are never changed in place: what was worked out for an array holds as long as it lives. */
const orders = new WeakMap<Float64Array, Float64Array>();

/** The finite values in ascending order, sorted once an array. */
export function orderOf(values: Float64Array): Float64Array {
  const known = orders.get(values) ?? sortedFinite([values]);
  orders.set(values, known);
  return known;
}

export function summarizeGroup(values: Float64Array, axis: ColorScale): GroupSummary {
  const sorted = orderOf(values);
  return {
    count: sorted.length,
    mean: meanOf(sorted),
    quantiles: QUANTILES.flatMap((fraction) => quantileOf(sorted, fraction) ?? []),
    beyond: sorted.length - inside(sorted, axis).length,
  };
}

/** The values between the ends of the axis, still in order. */
function inside(sorted: Float64Array, axis: ColorScale): Float64Array {
  const from = sorted.findIndex((value) => value >= axis.min);
  if (from < 0) return sorted.subarray(0, 0);
  const past = sorted.findIndex((value) => value > axis.max);
  return sorted.subarray(from, past < 0 ? sorted.length : Math.max(from, past));
}

/** Share of the values in each of 40 equal parts of the axis, percent of all values. */
function binShares(sorted: Float64Array, axis: ColorScale): Float64Array {
  const heights = new Float64Array(BINS);
  for (const value of inside(sorted, axis)) {
    const bin = Math.min(BINS - 1, Math.floor(scaleFraction(axis, value) * BINS));
    heights[bin] = (heights[bin] ?? 0) + 100 / sorted.length;
  }
  return heights;
}

/** Share of the values at or below each of 201 points of the axis, percent of all values. */
function cumulativeShares(sorted: Float64Array, axis: ColorScale): Float64Array {
  const shown = inside(sorted, axis);
  const notBelow = sorted.findIndex((value) => value >= axis.min);
  const first = notBelow < 0 ? sorted.length : notBelow;
  const fractions = shown.map((value) => scaleFraction(axis, value));
  return Float64Array.from({ length: POINTS }, (_, k) => {
    const share = percentileOf(fractions, Math.fround(k / (POINTS - 1))) ?? 0;
    return (100 * first + share * shown.length) / Math.max(1, sorted.length);
  });
}

/** Density along the axis (a log axis shows that of the logarithms), integral = share shown. */
function densities(sorted: Float64Array, axis: ColorScale): Float64Array {
  const shown = inside(sorted, axis);
  const fractions = shown.map((value) => scaleFraction(axis, value));
  const part = shown.length / Math.max(1, sorted.length);
  return densityOf(fractions, 0, 1, POINTS).map((value) => value * part);
}

/**
 * The curve of some of the values of a group: heights of bars and of a density are parts of those of
 * the whole group, so that the chosen part is seen within it.
 */
export function partOf(
  kind: DistributionKind,
  values: Float64Array,
  whole: DistributionCurve,
  axis: ColorScale,
): DistributionCurve {
  const curve = curveOf(kind, values, axis);
  if (kind === "ecdf" || kind === "violin") return curve;
  const share = curve.count / Math.max(1, whole.count);
  return { ...curve, heights: curve.heights.map((height) => height * share) };
}

interface KnownCurve {
  readonly kind: DistributionKind;
  readonly axis: ColorScale;
  readonly curve: DistributionCurve;
}

/** The last curve of each array. */
const curves = new WeakMap<Float64Array, KnownCurve>();

/** The curve of values on an axis; worked out anew only for another kind or axis. */
export function curveOf(
  kind: DistributionKind,
  values: Float64Array,
  axis: ColorScale,
): DistributionCurve {
  const known = curves.get(values);
  if (known?.kind === kind && known.axis === axis) return known.curve;
  const curve = newCurve(kind, values, axis);
  curves.set(values, { kind, axis, curve });
  return curve;
}

function newCurve(
  kind: DistributionKind,
  values: Float64Array,
  axis: ColorScale,
): DistributionCurve {
  const sorted = orderOf(values);
  const count = sorted.length;
  switch (kind) {
    case "histogram":
      return { heights: binShares(sorted, axis), count };
    case "ecdf":
      return { heights: cumulativeShares(sorted, axis), count };
    case "density":
    case "violin":
      return { heights: densities(sorted, axis), count };
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

/** The height that a chart of these curves ends at. */
export function mostOf(kind: DistributionKind, curves: readonly DistributionCurve[]): number {
  if (kind === "ecdf") return 100;
  const most = curves.reduce(
    (high, { heights }) => heights.reduce((top, value) => Math.max(top, value), high),
    0,
  );
  return most * HEADROOM;
}

/** What lies under a place of the axis. */
export interface GroupReading {
  readonly label: string;
  /** Values at or below, percent; null without a value. */
  readonly below: number | null;
}

export function readingsAt(
  sorted: readonly { readonly label: string; readonly sorted: Float64Array }[],
  value: number,
): readonly GroupReading[] {
  return sorted.map(({ label, sorted: values }) => ({ label, below: percentileOf(values, value) }));
}

/** Entries of the list whose value lies between two ends, both included. */
export function entriesBetween(
  { values, entries }: Pick<DistributionGroup, "values" | "entries">,
  low: number,
  high: number,
): Uint32Array {
  const found: number[] = [];
  values.forEach((value, k) => {
    if (value >= low && value <= high) found.push(entries?.[k] ?? k);
  });
  return Uint32Array.from(found);
}
