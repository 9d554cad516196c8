/** Ranges that a person would have typed. */
import type { ColorScale, ScaleKind } from "./colorScale.ts";

/** 1-2-5 steps and their multiples of 3, within one decade. */
const NICE_MANTISSAS = [1, 1.5, 2, 3, 5, 6] as const;

/** Part of the values below and above the default range. */
export const DEFAULT_PERCENTILES = [2, 98] as const;

/** The next round number (1-2-5 or a multiple of 3 of one) at or beyond a positive value. */
export function roundMagnitude(value: number, direction: "up" | "down"): number {
  if (!(value > 0) || !Number.isFinite(value)) return 0;
  const decade = Math.floor(Math.log10(value));
  let below = 0;
  // One decade either side covers the rounding of log10 at exact powers of ten.
  for (let exponent = decade - 1; exponent <= decade + 1; exponent += 1) {
    for (const mantissa of NICE_MANTISSAS) {
      const candidate = Number(`${String(mantissa)}e${String(exponent)}`);
      if (candidate === value) return candidate;
      if (candidate > value) return direction === "up" ? candidate : below;
      below = candidate;
    }
  }
  return below;
}

/** Percentile of sorted finite values, with linear interpolation between neighbours. */
export function percentileOfSorted(sorted: ArrayLike<number>, percent: number): number {
  const at = ((sorted.length - 1) * percent) / 100;
  const low = Math.floor(at);
  const a = sorted[low] ?? Number.NaN;
  const b = sorted[Math.min(low + 1, sorted.length - 1)] ?? a;
  return a + (b - a) * (at - low);
}

/** Finite values of several arrays in ascending order. */
export function sortedFinite(arrays: readonly ArrayLike<number>[]): Float64Array {
  const all = new Float64Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let count = 0;
  for (const array of arrays) {
    for (let i = 0; i < array.length; i += 1) {
      const value = array[i] ?? Number.NaN;
      if (Number.isFinite(value)) {
        all[count] = value;
        count += 1;
      }
    }
  }
  return all.subarray(0, count).sort();
}

/** Percent; on a linear scale of more than this, changes of some percent have no colour. */
const WIDE_PERCENT = 1000;

/**
 * The scale on which percentages of change can be read: linear while the percentiles of all values
 * stay within ± 1000 %, symlog beyond. LPR gains of atoms that nothing similar was trained on reach
 * 10⁵ %, beside neighbours that gain a few percent.
 */
export function suitableScale(
  arrays: readonly ArrayLike<number>[],
  [low, high]: readonly [number, number] = DEFAULT_PERCENTILES,
): "linear" | "symlog" {
  const sorted = sortedFinite(arrays);
  if (sorted.length === 0) return "linear";
  const ends = [percentileOfSorted(sorted, low), percentileOfSorted(sorted, high)];
  return Math.max(...ends.map(Math.abs)) > WIDE_PERCENT ? "symlog" : "linear";
}

/** What `automaticScale` is asked for. */
export interface AutomaticScaleOptions {
  readonly kind: ScaleKind;
  /** The range is ± one round number. Ignored by `log`. */
  readonly symmetric: boolean;
  readonly percentiles?: readonly [number, number];
}

function logRange(sorted: Float64Array, low: number, high: number): readonly [number, number] {
  const positive = sorted.subarray(sorted.findIndex((value) => value > 0));
  if ((positive[0] ?? 0) <= 0) return [1, 10];
  const from = roundMagnitude(percentileOfSorted(positive, low), "down");
  const to = roundMagnitude(percentileOfSorted(positive, high), "up");
  return to > from ? [from, to] : [from, from * 10];
}

/** Below this, steps would vanish in double precision. */
const SMALLEST_SPAN = 1e-290;

function linearRange(from: number, to: number): readonly [number, number] {
  if (!(to - from > SMALLEST_SPAN)) {
    const margin = roundMagnitude(Math.abs(from) / 10, "up") || 1;
    return [from - margin, from + margin];
  }
  const step = roundMagnitude((to - from) / 20, "up");
  const snap = (value: number): number => Number((value * step).toPrecision(12));
  return [snap(Math.floor(from / step)), snap(Math.ceil(to / step))];
}

/** Each end rounded by its own size: −12 … 200000 ends at −15, not a twentieth of the whole below it. */
function symlogRange(from: number, to: number): readonly [number, number] {
  const low = from < 0 ? -roundMagnitude(-from, "up") : roundMagnitude(from, "down");
  const high = to < 0 ? -roundMagnitude(-to, "down") : roundMagnitude(to, "up");
  return high - low > SMALLEST_SPAN ? [low, high] : linearRange(from, to);
}

/**
 * Scale over the 2nd to 98th percentile (or others) of all values, rounded outwards. Values that are
 * not finite are left out; with none left the range is [0, 1] (log: [1, 10]).
 */
export function automaticScale(
  arrays: readonly ArrayLike<number>[],
  options: AutomaticScaleOptions,
): ColorScale {
  const sorted = sortedFinite(arrays);
  const [low, high] = options.percentiles ?? DEFAULT_PERCENTILES;
  const { kind } = options;
  if (sorted.length === 0) {
    return { kind, min: kind === "log" ? 1 : 0, max: kind === "log" ? 10 : 1, linearThreshold: 1 };
  }
  if (kind === "log") {
    const [min, max] = logRange(sorted, low, high);
    return { kind, min, max, linearThreshold: min };
  }
  const from = percentileOfSorted(sorted, low);
  const to = percentileOfSorted(sorted, high);
  const half = roundMagnitude(Math.max(Math.abs(from), Math.abs(to)), "up") || 1;
  const linearThreshold = Math.max(SMALLEST_SPAN, roundMagnitude(half / 100, "up"));
  if (options.symmetric) return { kind, min: -half, max: half, linearThreshold };
  const [min, max] = kind === "symlog" ? symlogRange(from, to) : linearRange(from, to);
  return { kind, min, max, linearThreshold };
}
