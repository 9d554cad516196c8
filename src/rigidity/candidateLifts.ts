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
