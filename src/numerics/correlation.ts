/** Correlations between two quantities, and the sums behind a straight line. */
import { StudioError } from "../errors.ts";
import { requireFinite } from "./checks.ts";

/**
 * Pearson correlation, Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)² Σ(y − ȳ)²).
 *
 * @returns −1 … 1; null when x or y does not vary (or there are no points)
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when not finite
 */
export function pearson(x: Float64Array, y: Float64Array): number | null {
  const { xx, yy, xy } = secondMoments(x, y);
  if (!(xx > 0 && yy > 0)) return null;
  // Rounding may pass ±1 by a few units in the last place.
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy)));
}

/**
 * Spearman rank correlation: Pearson's of the ranks, ties sharing their mean rank (Spearman 1904).
 *
 * @returns −1 … 1; null when x or y does not vary (or there are no points)
 * @throws StudioError as {@link pearson}
 */
export function spearman(x: Float64Array, y: Float64Array): number | null {
  requireFinite(x, "first quantity");
  requireFinite(y, "second quantity");
  return pearson(ranks(x), ranks(y));
}

function ranks(values: Float64Array): Float64Array {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const out = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) out[order[i]!] = (start + end - 1) / 2;
    start = end;
  }
  return out;
}

/** Means and centred second moments. */
export interface SecondMoments {
  readonly meanX: number;
  readonly meanY: number;
  /** Σ(x − x̄)²; exactly 0 when all values are equal. */
  readonly xx: number;
  readonly yy: number;
  /** Σ(x − x̄)(y − ȳ). */
  readonly xy: number;
}

/**
 * @param x - length n, finite
 * @param y - length n, finite
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when not finite
 */
export function secondMoments(x: Float64Array, y: Float64Array): SecondMoments {
  if (x.length !== y.length) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `two quantities with ${x.length} and ${y.length} values, expected as many of each`,
    );
  }
  requireFinite(x, "first quantity");
  requireFinite(y, "second quantity");
  const meanX = mean(x);
  const meanY = mean(y);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let k = 0; k < x.length; k++) {
    xx += (x[k]! - meanX) ** 2;
    yy += (y[k]! - meanY) ** 2;
    xy += (x[k]! - meanX) * (y[k]! - meanY);
  }
  return { meanX, meanY, xx, yy, xy };
}

/** The mean; of equal values, exactly that value. */
function mean(values: Float64Array): number {
  const first = values[0] ?? 0;
  let sum = 0;
  for (const value of values) sum += value - first;
  return values.length === 0 ? 0 : first + sum / values.length;
}
