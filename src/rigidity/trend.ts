/** The trend of one positive quantity with another on logarithmic axes. */
import { StudioError } from "../errors.ts";
import { pearson, secondMoments, spearman } from "../numerics/correlation.ts";

/** y ∝ x^slope, from points on logarithmic axes. Plain data. */
export interface LogLogTrend {
  /** Points used. */
  readonly n: number;
  /** Points left out because x or y is not positive or not finite. */
  readonly nExcluded: number;
  /** Of log₁₀ y against log₁₀ x by least squares; null when x does not vary. */
  readonly slope: number | null;
  /** log₁₀ y at x = 1; null with `slope`. */
  readonly intercept: number | null;
  /** Pearson correlation of the logarithms; null when either does not vary. */
  readonly pearson: number | null;
  /** Spearman rank correlation; null when either does not vary. */
  readonly spearman: number | null;
}

/**
 * The trend of y with x, such as committee variance with LPR, where Eq. 17 of Chong et al. 2023
 * expects a slope of −1.
 *
 * @param x - for instance LPR, length n
 * @param y - for instance variances, length n
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when a value is NaN or fewer than two
 * points have both values positive and finite
 */
export function logLogTrend(x: Float64Array, y: Float64Array): LogLogTrend {
  if (x.length !== y.length) {
    throw new StudioError("INCOMPATIBLE_SHAPE", `trend: ${x.length} values against ${y.length}`);
  }
  const logX: number[] = [];
  const logY: number[] = [];
  x.forEach((value, k) => {
    const other = y[k]!;
    if (Number.isNaN(value) || Number.isNaN(other)) {
      throw new StudioError("INVALID_PARAMETER", `trend: point ${k} is not a number`);
    }
    if (!(value > 0 && other > 0 && Number.isFinite(value) && Number.isFinite(other))) return;
    logX.push(Math.log10(value));
    logY.push(Math.log10(other));
  });
  const n = logX.length;
  if (n < 2) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `trend: ${n} of ${x.length} points have positive values, expected at least 2`,
    );
  }
  const a = Float64Array.from(logX);
  const b = Float64Array.from(logY);
  const { meanX, meanY, xx, xy } = secondMoments(a, b);
  const slope = xx > 0 ? xy / xx : null;
  return {
    n,
    nExcluded: x.length - n,
    slope,
    intercept: slope === null ? null : meanY - slope * meanX,
    pearson: pearson(a, b),
    spearman: spearman(a, b),
  };
}
