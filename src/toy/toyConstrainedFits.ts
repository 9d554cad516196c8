/**
 * What LPR means, by doing it (Chong et al. 2023, Fig. 1 and Eqs. 7–11): hold one local prediction
 * away from its optimum, train again under that constraint, see how the loss rises.
 */
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite } from "../numerics/checks.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { createReferenceBackend } from "../numerics/reference/backend.ts";
import { localPredictionRigidity } from "../rigidity/rigidityFactor.ts";
import { toyGroupPredictions } from "./toyProfile.ts";
import {
  fitToySystem,
  solveToyRidge,
  toyFeatures,
  toyLoss,
  toyPredictions,
  type ToyFit,
  type ToySystem,
} from "./toySystem.ts";

/** Which local prediction is held. */
export interface ToyConstraint {
  /** x_k. */
  readonly x: number;
  /** Index of its type (0 when there is one). */
  readonly type: number;
}

/** The model trained with ỹ(x_k) = ỹ₀(x_k) + ε. */
export interface ToyConstrainedFit {
  readonly epsilon: number;
  /** The loss, minimised under the constraint. */
  readonly loss: number;
  /** ŵ, length d. */
  readonly weights: Float64Array;
  /** Ỹ_A of every group, whose change is what costs. */
  readonly groupTotals: Float64Array;
}

/** Constrained fits of one local prediction and the parabola they trace. */
export interface ToyConstrainedFits {
  readonly constraint: ToyConstraint;
  /** ỹ₀(x_k), the unconstrained prediction. */
  readonly prediction: number;
  /** L₀, the unconstrained minimum. */
  readonly loss: number;
  /** LPR_k by Eq. 14: what the curvature must be. */
  readonly lpr: number;
  /** ∂²L̂/∂ε², a second central difference of re-minimised losses; no closed form enters. */
  readonly curvature: number;
  /** One for each ε, in the order given. */
  readonly fits: readonly ToyConstrainedFit[];
}

/**
 * Trains the model again for every ε with ỹ(x_k) held at ỹ₀ + ε: with w = φ (ỹ₀ + ε)/‖φ‖² + Z u, Z an
 * orthonormal basis of the weights that leave ỹ(x_k) alone, what remains is an ordinary ridge problem
 * in u. Its right-hand side is affine in ε, so two minimisations give that of every ε.
 *
 * @throws StudioError `INVALID_PARAMETER` for ε not finite, and as `fitToySystem` and `toyFeatures`
 */
export function toyConstrainedFits(
  system: ToySystem,
  constraint: ToyConstraint,
  epsilons: ArrayLike<number>,
  backend: NumericsBackend = createReferenceBackend(),
): ToyConstrainedFits {
  requireFinite(Float64Array.from(epsilons), "toy model: changes ε");
  const fit = fitToySystem(system, backend);
  const phi = toyFeatures(system, constraint.type, [constraint.x]);
  const prediction = toyPredictions(phi, fit.weights)[0] ?? 0;
  const loss = toyLoss(fit, fit.weights, system.regularizer);
  const lpr = localPredictionRigidity(fit.factor, phi, backend)[0] ?? 0;
  const minimizer = constrainedMinimizer(fit, phi.data, system.regularizer, backend);
  const solve = (epsilon: number): { readonly weights: Float64Array; readonly loss: number } => {
    const weights = minimizer(prediction + epsilon);
    return { weights, loss: toyLoss(fit, weights, system.regularizer) };
  };
  // A step that lifts the loss well above itself: the second difference then keeps its digits.
  const step = Math.sqrt((2 * loss + 1) / lpr);
  const rise = solve(step).loss - 2 * solve(0).loss + solve(-step).loss;
  return {
    constraint,
    prediction,
    loss,
    lpr,
    curvature: rise / step ** 2,
    fits: Array.from(epsilons, (epsilon) => {
      const solution = solve(epsilon);
      return { epsilon, ...solution, groupTotals: toyGroupPredictions(system, solution.weights) };
    }),
  };
}

/**
 * ỹ(x) of one constrained fit over a grid.
 * @throws StudioError as `toyFeatures`
 */
export function toyConstrainedCurve(
  system: ToySystem,
  type: number,
  grid: Float64Array,
  fit: Pick<ToyConstrainedFit, "weights">,
): Float64Array {
  return toyPredictions(toyFeatures(system, type, grid), fit.weights);
}

/** ŵ as a function of the level at which φ·w is held. */
function constrainedMinimizer(
  fit: ToyFit,
  phi: Float64Array,
  regularizer: number,
  backend: NumericsBackend,
): (level: number) => Float64Array {
  const basis = orthogonalComplement(phi);
  const squared = phi.reduce((sum, value) => sum + value ** 2, 0);
  const direction = phi.map((value) => value / squared);
  const rows = denseMatrix(fit.rows.rows, basis.cols);
  backend.gemm(1, fit.rows, false, basis, false, 0, rows);
  const freePart = (targets: Float64Array): Float64Array =>
    basis.cols === 0
      ? new Float64Array(phi.length)
      : toyPredictions(basis, solveToyRidge(rows, targets, regularizer, backend).weights);
  const atZero = freePart(fit.targets);
  const perLevel = freePart(toyPredictions(fit.rows, direction).map((value) => -value));
  return (level) =>
    direction.map((value, j) => level * (value + (perLevel[j] ?? 0)) + (atZero[j] ?? 0));
}

/** Columns 2 … d of the Householder reflection that turns φ into the first axis. */
function orthogonalComplement(phi: Float64Array): DenseMatrix {
  const d = phi.length;
  const first = phi[0] ?? 0;
  const v = phi.slice();
  v[0] = first + (first < 0 ? -1 : 1) * Math.hypot(...phi);
  const squared = v.reduce((sum, value) => sum + value ** 2, 0);
  const basis = denseMatrix(d, d - 1);
  for (let i = 0; i < d; i++) {
    for (let j = 1; j < d; j++) {
      basis.data[i * (d - 1) + j - 1] =
        (i === j ? 1 : 0) - (2 * (v[i] ?? 0) * (v[j] ?? 0)) / squared;
    }
  }
  return basis;
}
