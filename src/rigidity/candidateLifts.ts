/** What one candidate structure would do to each environment. */
import type { CandidateSpace } from "./candidateSpace.ts";

/**
 * LPR' / LPR − 1 of every target if one candidate were added: with t = uᵀH⁻¹φ, h = uᵀH⁻¹u and
 * v = φᵀH⁻¹φ it is a / (1 + h − a), a = min(h, t²/v) (Sherman and Morrison 1950, as in
 * `rankCandidates`). m D operations.
 *
 * @param candidate - row of `space.candidates`
 * @returns length m, ≥ 0; 0 where v = 0, which nothing reaches
 */
export function candidateLifts(space: CandidateSpace, candidate: number): Float64Array {
  const { candidates, targets, leverages, inverse } = space;
  const dimension = candidates.cols;
  const row = candidates.data.subarray(candidate * dimension, (candidate + 1) * dimension);
  const h = leverages[candidate]!;
  return inverse.map((v, k) => {
    if (!(v > 0)) return 0;
    let product = 0;
    for (let i = 0; i < dimension; i++) product += row[i]! * targets.data[k * dimension + i]!;
    const alignment = Math.min(h, (product * product) / v);
    return alignment / (1 + h - alignment);
  });
}

/**
 * By how much a lift moves at most, to first order, when every inner product in the metric of H⁻¹ is off
 * by γ ‖x‖ ‖y‖, divided by γ; the same measure as `gainSensitivity`. With the lift f = a / (1 + h − a),
 * so that a = f (1 + h) / (1 + f), |δh| ≤ γ h and |δa| ≤ γ (2 √(h a) + a) move it by
 * (1 + f)² [(2 √(h a) + a) / (1 + h) + h a / (1 + h)²]. One more γ (1 + f) stands for the two LPR that are
 * compared.
 *
 * @param lift - f ≥ 0, as {@link candidateLifts} gives it
 * @param leverage - h = uᵀH⁻¹u of the candidate
 */
export function liftSensitivity(lift: number, leverage: number): number {
  const ratio = 1 + lift;
  const whole = 1 + leverage;
  const a = (lift * whole) / ratio;
  const moved = (2 * Math.sqrt(leverage * a) + a) / whole + (leverage * a) / whole ** 2;
  return ratio * (1 + ratio * moved);
}
