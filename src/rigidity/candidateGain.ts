/**
 * What to compute next: by how much each candidate structure, added to the training set, would lift
 * the LPR of chosen environments; exactly, in closed form, before anything is computed.
 */
import type { NumericsBackend } from "../numerics/backend.ts";
import { rowRange } from "../numerics/matrix.ts";
import { candidateProducts, type CandidateSpace } from "./candidateSpace.ts";
import { checkpoint, type WorkControl } from "./workControl.ts";

/** Candidates in order of merit, and what each would do alone. */
export interface CandidateRanking {
  /** Candidate indices, best first, ties to the lowest index; by gain per cost if asked for. */
  readonly order: Int32Array;
  /** Weighted mean of log(LPR' / LPR), by candidate, ≥ 0 up to rounding. */
  readonly gains: Float64Array;
  /** Median over the environments of LPR' / LPR − 1 (unweighted), by candidate. */
  readonly medianLifts: Float64Array;
  /** The same, largest. */
  readonly maxLifts: Float64Array;
  /** gains / costs, or null without costs. */
  readonly gainsPerCost: Float64Array | null;
  /** |δgain| ≤ γ times this, γ of `productErrorBound`, by candidate ({@link gainSensitivity}). */
  readonly sensitivities: Float64Array;
}

/** Candidates multiplied at a time. */
const BLOCK_CANDIDATES = 256;
/** Far from overflow even when multiplied by one more factor of that size. */
const PRODUCT_LIMIT = 1e150;

/**
 * Ranks all candidates: 2 c m D operations. With t = uᵀH⁻¹φ, h = uᵀH⁻¹u, v = φᵀH⁻¹φ,
 * v' = v − t²/(1 + h) (Sherman and Morrison 1950), so LPR'/LPR = (1 + h)/(1 + h − t²/v) and the gain is
 * log(1 + h) − Σ_k weight_k log(1 + h − t_k²/v_k). In this form nothing cancels: h − t²/v ≥ 0 by
 * Cauchy and Schwarz, and rounding below 0 is set to 0.
 *
 * @param by - `gain` (default) or `gainPerCost`, which needs costs and is `gain` without
 * @throws StudioError `CANCELLED`
 */
export function rankCandidates(
  space: CandidateSpace,
  backend: NumericsBackend,
  by: "gain" | "gainPerCost" = "gain",
  control: WorkControl = {},
): CandidateRanking {
  const c = space.candidates.rows;
  const m = space.targets.rows;
  const gains = new Float64Array(c);
  const medianLifts = new Float64Array(c);
  const maxLifts = new Float64Array(c);
  const sensitivities = new Float64Array(c);
  const reciprocals = reciprocalsOf(space.inverse);
  const alignments = new Float64Array(m);
  for (let start = 0; start < c; start += BLOCK_CANDIDATES) {
    checkpoint(control, start / c);
    const end = Math.min(start + BLOCK_CANDIDATES, c);
    const block = candidateProducts(space, start, end, backend);
    for (let j = start; j < end; j++) {
      const products = rowRange(block, j - start, j - start + 1).data;
      const h = space.leverages[j]!;
      gains[j] = candidateGain(products, h, reciprocals, space.weights);
      for (let k = 0; k < m; k++) {
        alignments[k] = Math.min(h, products[k]! * products[k]! * reciprocals[k]!);
      }
      sensitivities[j] = gainSensitivity(alignments, h, space.weights);
      // The lift a/(1 + h − a) rises with a, so medians and maxima can be taken before it.
      const liftOf = (alignment: number): number => alignment / (1 + h - alignment);
      maxLifts[j] = liftOf(largestOf(alignments));
      medianLifts[j] = medianOf(alignments, liftOf);
    }
  }
  const { costs } = space;
  const gainsPerCost = costs === null ? null : gains.map((gain, j) => gain / costs[j]!);
  const merits = by === "gainPerCost" && gainsPerCost !== null ? gainsPerCost : gains;
  const order = Int32Array.from(gains.keys()).sort((a, b) => merits[b]! - merits[a]! || a - b);
  checkpoint(control, 1);
  return { order, gains, medianLifts, maxLifts, gainsPerCost, sensitivities };
}

/** 1 / v, and 0 for v = 0: an environment that no row reaches has alignment 0 with every candidate. */
export function reciprocalsOf(inverse: Float64Array): Float64Array {
  return inverse.map((value) => (value > 0 ? 1 / value : 0));
}

/**
 * The weighted mean of log(LPR'/LPR) for one candidate.
 *
 * @param products - t, length m
 * @param leverage - h
 * @param reciprocals - 1 / v, length m
 * @param weights - sum 1, or null for equal ones
 */
export function candidateGain(
  products: Float64Array,
  leverage: number,
  reciprocals: Float64Array,
  weights: Float64Array | null,
): number {
  let sum = 0;
  if (weights !== null) {
    for (let k = 0; k < products.length; k++) {
      const rest = leverage - products[k]! * products[k]! * reciprocals[k]!;
      sum += weights[k]! * Math.log1p(Math.max(0, rest));
    }
    return Math.log1p(leverage) - sum;
  }
  // One logarithm for many factors: six times faster, and as exact as the sum of the logarithms.
  let product = 1;
  for (let k = 0; k < products.length; k++) {
    const rest = leverage - products[k]! * products[k]! * reciprocals[k]!;
    if (rest > 0) product *= 1 + rest;
    if (product > PRODUCT_LIMIT) {
      sum += Math.log(product);
      product = 1;
    }
  }
  return Math.log1p(leverage) - (sum + Math.log(product)) / products.length;
}

/**
 * By how much a gain moves at most, to first order, when every inner product in the metric of H⁻¹ is off
 * by γ ‖x‖ ‖y‖, divided by γ. With a = t²/v ≤ h: |δh| ≤ γ h, |δa| ≤ γ (2 √(h a) + a), and the gain
 * log(1 + h) − Σ_k weight_k log(1 + h − a_k) moves by
 * Σ_k weight_k [h a_k / (1 + h) + 2 √(h a_k) + a_k] / (1 + h − a_k). One more γ stands for the rounding of
 * the logarithms.
 *
 * @param alignments - a_k, length m, 0 ≤ a_k ≤ h
 * @param leverage - h
 * @param weights - sum 1, or null for equal ones
 */
export function gainSensitivity(
  alignments: Float64Array,
  leverage: number,
  weights: Float64Array | null,
): number {
  const whole = 1 + leverage;
  const share = 1 + leverage / whole;
  let sum = 0;
  for (let k = 0; k < alignments.length; k++) {
    const a = alignments[k]!;
    const moved = (share * a + 2 * Math.sqrt(leverage * a)) / (whole - a);
    sum += weights === null ? moved : weights[k]! * moved;
  }
  return 1 + (weights === null ? sum / alignments.length : sum);
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < values.length; k++) if (values[k]! > largest) largest = values[k]!;
  return largest;
}

/** The median of f(values), f rising; reorders `values`. */
function medianOf(values: Float64Array, f: (value: number) => number): number {
  const upper = values.length >> 1;
  const high = selectInPlace(values, upper);
  if (values.length % 2 === 1) return f(high);
  let low = 0;
  for (let k = 0; k < upper; k++) low = Math.max(low, values[k]!);
  return (f(low) + f(high)) / 2;
}

/**
 * The value at `rank` in ascending order; afterwards none before it is larger (Hoare 1961, middle
 * element as pivot).
 */
function selectInPlace(values: Float64Array, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swap = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swap;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else break;
  }
  return values[rank]!;
}
