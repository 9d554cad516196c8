/** The trend of one quantity with another, on the axes that they are drawn on. */
import { StudioError } from "../errors.ts";
import { pearson, secondMoments, spearman } from "../numerics/correlation.ts";

/** A straight line through points on linear or logarithmic axes. Plain data. */
export interface AxisTrend {
  /** Points used. */
  readonly n: number;
  /** Points left out: not finite, or not positive on a logarithmic axis. */
  readonly nExcluded: number;
  /** Of y (or log₁₀ y) against x (or log₁₀ x) by least squares; null when x does not vary. */
  readonly slope: number | null;
  /** y (or log₁₀ y) where x (or log₁₀ x) is 0; null with `slope`. */
  readonly intercept: number | null;
  /** Pearson correlation of what the axes show; null when either does not vary. */
  readonly pearson: number | null;
  /** Spearman rank correlation; null when either does not vary. */
  readonly spearman: number | null;
}

/** How an axis is divided. */
export type AxisKind = "linear" | "log";

/**
 * The trend of y with x as a chart with these axes shows it, such as committee variance with LPR on
 * two logarithmic axes, where Eq. 17 of Chong et al. 2023 expects a slope of −1.
 *
 * @param x - length n; NaN: no value
 * @param y - length n
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when fewer than two points have a
 * place on the axes
 */
export function trendOnAxes(
  x: Float64Array,
  y: Float64Array,
  xKind: AxisKind,
  yKind: AxisKind,
): AxisTrend {
  if (x.length !== y.length) {
    throw new StudioError("INCOMPATIBLE_SHAPE", `trend: ${x.length} values against ${y.length}`);
  }
  const across: number[] = [];
  const up: number[] = [];
  x.forEach((value, k) => {
    const a = xKind === "log" ? Math.log10(value) : value;
    const b = yKind === "log" ? Math.log10(y[k]!) : y[k]!;
    if (!Number.isFinite(a) || !Number.isFinite(b)) return;
    across.push(a);
    up.push(b);
  });
  const n = across.length;
  if (n < 2) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `trend: ${n} of ${x.length} points have ${xKind === "log" || yKind === "log" ? "positive " : ""}values, expected at least 2`,
    );
  }
  const a = Float64Array.from(across);
  const b = Float64Array.from(up);
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
