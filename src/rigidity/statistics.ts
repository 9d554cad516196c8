/** Comparison and summary of LPR values. */
import { StudioError } from "../errors.ts";

/** Distribution of finite LPR values. */
export interface RigiditySummary {
  /** Values given. */
  readonly n: number;
  /** Values that are infinite (φ = 0), left out of everything below. */
  readonly nNotRepresented: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** n / Σ 1/LPR: the LPR of the mean variance. */
  readonly harmonicMean: number;
  /** Linear interpolation between order statistics (numpy's default). */
  readonly percentiles: {
    readonly p1: number;
    readonly p5: number;
    readonly p25: number;
    readonly p50: number;
    readonly p75: number;
    readonly p95: number;
    readonly p99: number;
  };
}

/**
 * Summarises LPR values.
 * @returns null when no value is finite (nothing to summarise)
 * @throws StudioError `INVALID_PARAMETER` when a value is NaN or not positive
 */
export function summarizeRigidity(rigidity: Float64Array): RigiditySummary | null {
  rigidity.forEach((value, k) => {
    if (value > 0) return;
    throw new StudioError("INVALID_PARAMETER", `LPR ${k} is ${value}, expected > 0`);
  });
  const sorted = rigidity.filter((value) => Number.isFinite(value)).sort();
  const count = sorted.length;
  if (count === 0) return null;
  let sum = 0;
  let inverseSum = 0;
  for (const value of sorted) {
    sum += value;
    inverseSum += 1 / value;
  }
  return {
    n: rigidity.length,
    nNotRepresented: rigidity.length - count,
    min: sorted[0]!,
    max: sorted[count - 1]!,
    mean: sum / count,
    harmonicMean: count / inverseSum,
    percentiles: {
      p1: percentile(sorted, 1),
      p5: percentile(sorted, 5),
      p25: percentile(sorted, 25),
      p50: percentile(sorted, 50),
      p75: percentile(sorted, 75),
      p95: percentile(sorted, 95),
      p99: percentile(sorted, 99),
    },
  };
}

function percentile(sorted: Float64Array, percent: number): number {
  const position = ((sorted.length - 1) * percent) / 100;
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (position - low) * (sorted[high]! - sorted[low]!);
}

/**
 * LPR enhancement, LPR_variant / LPR_baseline − 1 (0.05 is +5 %).
 *
 * @returns length of the arguments; 0 where both are infinite (φ = 0 in the shared active set)
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when only one of a pair is infinite
 * or a value is not positive
 */
export function rigidityEnhancement(variant: Float64Array, baseline: Float64Array): Float64Array {
  if (variant.length !== baseline.length) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `LPR enhancement: ${variant.length} values against ${baseline.length}`,
    );
  }
  return variant.map((value, k) => {
    const reference = baseline[k]!;
    if (value === Number.POSITIVE_INFINITY && reference === value) return 0;
    const ratio = value / reference;
    if (ratio > 0 && Number.isFinite(ratio)) return ratio - 1;
    throw new StudioError(
      "INVALID_PARAMETER",
      `LPR enhancement of environment ${k}: ${value} against ${reference}`,
    );
  });
}
