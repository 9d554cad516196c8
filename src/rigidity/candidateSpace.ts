/**
 * Structures that could be added to the training set, and the environments they are to help, in the
 * coordinates where H is the identity. Made once, then ranked, selected from and compared.
 */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite, requireShape } from "../numerics/checks.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { DEFAULT_MEMORY_LIMIT, requireWithinLimit } from "../numerics/memoryLimit.ts";
import type { RigidityFactor } from "./rigidityFactor.ts";
import { squaredNorms, whiten, whitenedDimension } from "./whitening.ts";
import { partOfWork, type WorkControl } from "./workControl.ts";

/** What could be added, and for whom. */
export interface CandidateProblem {
  /** Factor of H of the training set as it is (`WhatIfSession.currentFactor` for an edited one). */
  readonly factor: RigidityFactor;
  /** u, one row a candidate structure, (c × d), scaled by the structure-row convention. */
  readonly candidates: DenseMatrix;
  /** φ of the environments to help: a selection, (m × d). */
  readonly targets: DenseMatrix;
  /** How much each environment matters, ≥ 0; normalised to sum 1. Default: all the same. */
  readonly weights?: Float64Array | undefined;
  /** What a candidate costs, > 0: atoms, or their cube. Default: no costs. */
  readonly costs?: Float64Array | undefined;
}

/** Plain data but for its size: 8 D (c + m) bytes. */
export interface CandidateSpace {
  /** W, (c × D): w = z(u). */
  readonly candidates: DenseMatrix;
  /** h = uᵀ H⁻¹ u, length c. */
  readonly leverages: Float64Array;
  /** Z, (m × D). */
  readonly targets: DenseMatrix;
  /** v = φᵀ H⁻¹ φ, length m; 0 where φ = 0 (nothing can help there: gain 0). */
  readonly inverse: Float64Array;
  /** Sum 1, length m; null when all environments count the same. */
  readonly weights: Float64Array | null;
  /** Length c, or null. */
  readonly costs: Float64Array | null;
}

/**
 * Whitens candidates and targets: (c + m) d² operations.
 *
 * @param options - `memoryLimit`: bytes allowed for the result, default 1 GiB
 * @throws StudioError `INCOMPATIBLE_SHAPE`; `INVALID_PARAMETER` for no candidates, no targets, values
 * not finite, weights negative or all zero, costs not positive; `OUT_OF_MEMORY`; `CANCELLED`
 */
export function createCandidateSpace(
  problem: CandidateProblem,
  backend: NumericsBackend,
  options: WorkControl & { readonly memoryLimit?: number | undefined } = {},
): CandidateSpace {
  const { factor, candidates, targets } = problem;
  requireRows(candidates, factor.dimension, "candidate rows");
  requireRows(targets, factor.dimension, "environments φ to help");
  const weights = problem.weights === undefined ? null : normalized(problem.weights, targets.rows);
  const costs = problem.costs === undefined ? null : checkedCosts(problem.costs, candidates.rows);
  requireWithinLimit({
    bytes: 8 * whitenedDimension(factor) * (candidates.rows + targets.rows),
    limit: options.memoryLimit ?? DEFAULT_MEMORY_LIMIT,
    subject:
      `suggestions: ${candidates.rows} candidates and ${targets.rows} environments in ` +
      `${whitenedDimension(factor)} dimensions`,
    remedy: "Select fewer environments, or offer fewer candidates.",
  });
  const share = candidates.rows / (candidates.rows + targets.rows);
  const whitenedCandidates = whiten(factor, candidates, backend, partOfWork(options, 0, share));
  const whitenedTargets = whiten(factor, targets, backend, partOfWork(options, share, 1));
  return {
    candidates: whitenedCandidates,
    leverages: squaredNorms(whitenedCandidates),
    targets: whitenedTargets,
    inverse: squaredNorms(whitenedTargets),
    weights,
    costs,
  };
}

/** u · H⁻¹ φ of candidates `[start, end)` with all targets, (end − start × m). */
export function candidateProducts(
  space: CandidateSpace,
  start: number,
  end: number,
  backend: NumericsBackend,
): DenseMatrix {
  const products = denseMatrix(end - start, space.targets.rows);
  const rows = rowRange(space.candidates, start, end);
  backend.gemm(1, rows, false, space.targets, true, 0, products);
  return products;
}

function requireRows(rows: DenseMatrix, dimension: number, subject: string): void {
  requireShape(rows, rows.rows, dimension, subject);
  requireFinite(rows.data, subject);
  if (rows.rows > 0) return;
  throw new StudioError("INVALID_PARAMETER", `${subject}: got none, expected at least one`);
}

function normalized(weights: Float64Array, length: number): Float64Array {
  requireLength(weights, length, "weights of the environments");
  const sum = weights.reduce((total, weight) => total + (weight >= 0 ? weight : Number.NaN), 0);
  if (!(sum > 0 && Number.isFinite(sum))) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `weights of the environments sum to ${sum}, expected each ≥ 0 and one > 0`,
    );
  }
  return weights.map((weight) => weight / sum);
}

function checkedCosts(costs: Float64Array, length: number): Float64Array {
  requireLength(costs, length, "costs of the candidates");
  costs.forEach((cost, j) => {
    if (cost > 0 && Number.isFinite(cost)) return;
    throw new StudioError("INVALID_PARAMETER", `cost of candidate ${j} is ${cost}, expected > 0`);
  });
  return costs.slice();
}

function requireLength(values: Float64Array, length: number, subject: string): void {
  if (values.length === length) return;
  throw new StudioError(
    "INCOMPATIBLE_SHAPE",
    `${subject}: got ${values.length}, expected ${length}`,
  );
}
