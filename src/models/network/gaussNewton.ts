/**
 * The Gauss–Newton matrix of the loss as preconditioner of the quasi-Newton iteration: it knows the
 * few stiff directions, which L-BFGS would have to find one by one, and leaves it the curvature of the
 * residuals. On 202 carbon cells (9 712 environments, 324 features, μ = 1e-2) the relative gradient norm
 * falls to 1e-7 in 280 iterations; without it, it is 3e-4 after 1000.
 */
import type { NumericsBackend } from "../../numerics/backend.ts";
import type { InverseHessian, Preconditioner } from "../../numerics/lbfgs.ts";
import { denseMatrix, type DenseMatrix } from "../../numerics/matrix.ts";
import type { NetworkLayout } from "./networkModel.ts";
import type { NetworkLoss } from "./networkLoss.ts";

/** Entries of G (½ GiB), and rows of the smaller of G Gᵀ and GᵀG, that the preconditioner may have. */
const LARGEST_JACOBIAN = 2 ** 26;
const LARGEST_SYSTEM = 3000;
/** Iterations between two preconditioners: making one costs about as much as ten gradients. */
const REFRESH_EVERY = 10;

/**
 * Structures whose rows make the preconditioner: all of them, or as many as its matrices have room for,
 * spread evenly.
 */
export function preconditionerStructures(nStructures: number, nParameters: number): Int32Array {
  const affordable = Math.max(1, Math.floor(LARGEST_JACOBIAN / nParameters));
  const most = nParameters <= LARGEST_SYSTEM ? affordable : Math.min(affordable, LARGEST_SYSTEM);
  const count = Math.min(nStructures, most);
  return Int32Array.from({ length: count }, (_, k) => Math.floor((k * nStructures) / count));
}

/**
 * B = (n/m) Σ_A s_A² g_A g_Aᵀ + (μ + λ) I over m of the n structures (subsampled Gauss–Newton,
 * Roosta-Khorasani & Mahoney 2019, Math. Program. 174, 293), λ = ‖∂L/∂w‖: the damping vanishes at the
 * minimum and keeps early steps short (Fan & Yuan 2005, Computing 74, 23). What a sample misses costs
 * iterations and moves no minimum. Solved in the smaller of the spaces of structures and parameters.
 *
 * @param structures - m of them, ascending: {@link preconditionerStructures}
 */
export function gaussNewtonPreconditioner(
  loss: NetworkLoss,
  nStructures: number,
  structures: Int32Array,
  { nParameters }: NetworkLayout,
  regularizer: number,
  backend: NumericsBackend,
): Preconditioner {
  const rows = denseMatrix(structures.length, nParameters);
  const weight = Math.sqrt(nStructures / structures.length);
  return {
    refreshEvery: REFRESH_EVERY,
    create: (x, gradientNorm) => {
      loss.scaledRows(x, structures, rows);
      if (weight > 1) for (let k = 0; k < rows.data.length; k++) rows.data[k]! *= weight;
      return inverseOf(rows, regularizer + gradientNorm, backend);
    },
  };
}

/** (G Gᵀ + ν I) by Cholesky: (GᵀG + ν I)⁻¹ v = (v − Gᵀ (G Gᵀ + ν I)⁻¹ G v) / ν (Woodbury). */
function inverseOf(
  rows: DenseMatrix,
  shift: number,
  backend: NumericsBackend,
): InverseHessian | null {
  const isDual = rows.rows <= rows.cols;
  const size = isDual ? rows.rows : rows.cols;
  const gram = denseMatrix(size, size);
  backend.gemm(1, rows, !isDual, rows, isDual, 0, gram);
  for (let i = 0; i < size; i++) gram.data[i * size + i]! += shift;
  const { rank, pivots, lower } = backend.pivotedCholesky(gram, 0);
  if (rank < size) return null;
  const solve = (right: Float64Array): void => {
    const permuted = denseMatrix(
      size,
      1,
      Float64Array.from(pivots, (pivot) => right[pivot]!),
    );
    backend.solveTriangular("lower", false, lower, permuted);
    backend.solveTriangular("lower", true, lower, permuted);
    pivots.forEach((pivot, i) => (right[pivot] = permuted.data[i]!));
  };
  if (!isDual) return solve;
  const image = denseMatrix(size, 1);
  return (v) => {
    const column = denseMatrix(v.length, 1, v);
    backend.gemm(1, rows, false, column, false, 0, image);
    solve(image.data);
    backend.gemm(-1 / shift, rows, true, image, false, 1 / shift, column);
  };
}
