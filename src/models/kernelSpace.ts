/**
 * The kernel's own feature space. With K_MM = L Lᵀ (pivoted Cholesky of the active set's kernel),
 * φ = L⁻¹ k_M turns a sparse kernel model into a linear one with the plain regulariser μ I:
 * K_NMᵀ K_NM + μ K_MM = L (Φᵀ Φ + μ I) Lᵀ, Φ = K_NM L⁻ᵀ. Nothing is ever added to K_MM.
 */
import { StudioError, type Diagnostic } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { requireFinite, requireShape } from "../numerics/checks.ts";
import { transposeColumns, transposeInto } from "../numerics/transpose.ts";

/** Plain data: survives structured clone; `lower.data` may be moved to shared memory. */
export interface KernelSpace {
  /** Active points asked for, M. */
  readonly activeSetSize: number;
  /** Active points kept: the dimension of φ. */
  readonly rank: number;
  /** Kept active points in pivot order, length `rank`: φ_r belongs to column `pivots[r]` of K. */
  readonly pivots: Int32Array;
  /** (rank × rank) lower-triangular L with K[pivots, pivots] = L Lᵀ. */
  readonly lower: DenseMatrix;
  /** Numerically dependent active points, ascending. */
  readonly dropped: Int32Array;
  /** Relative pivot at or below which an active point counts as dependent. */
  readonly dropTolerance: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The smallest pivot, relative to the largest kernel diagonal, that carries information when
 * every kernel entry is rounded to double precision: 2 M ε. A pivot below it is the rounding noise
 * of an M-term elimination (the criterion of LAPACK `dpstrf`, doubled for the symmetric update).
 */
export function defaultDropTolerance(activeSetSize: number): number {
  return 2 * Math.max(1, activeSetSize) * Number.EPSILON;
}

/**
 * Factors K_MM by pivoted Cholesky, dropping numerically dependent active points.
 *
 * @param kernelMM - (M × M), both triangles, not modified
 * @param relativeTolerance - default {@link defaultDropTolerance}
 * @throws StudioError `INCOMPATIBLE_SHAPE` when not square, `INVALID_PARAMETER` when empty, not
 * finite or zero, or when the tolerance is not in [0, 1)
 */
export function kernelSpace(
  kernelMM: DenseMatrix,
  backend: NumericsBackend,
  relativeTolerance: number = defaultDropTolerance(kernelMM.rows),
): KernelSpace {
  const size = kernelMM.rows;
  requireShape(kernelMM, size, size, "active-set kernel K_MM");
  requireFinite(kernelMM.data, "active-set kernel K_MM");
  if (!(relativeTolerance >= 0 && relativeTolerance < 1)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `tolerance of the pivoted Cholesky is ${relativeTolerance}, expected 0 ≤ tolerance < 1`,
    );
  }
  const { rank, pivots, lower } = backend.pivotedCholesky(kernelMM, relativeTolerance);
  if (rank === 0) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `the active-set kernel (${size} × ${size}) has no positive diagonal entry`,
      { remedy: "Choose an active set with at least one environment of non-zero features." },
    );
  }
  const square = denseMatrix(rank, rank);
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j <= i; j++) square.data[i * rank + j] = lower.data[i * rank + j]!;
  }
  const dropped = pivots.slice(rank).sort();
  return {
    activeSetSize: size,
    rank,
    pivots: pivots.slice(0, rank),
    lower: square,
    dropped,
    dropTolerance: relativeTolerance,
    diagnostics: droppedDiagnostics(size, dropped, relativeTolerance),
  };
}

function droppedDiagnostics(
  size: number,
  dropped: Int32Array,
  tolerance: number,
): readonly Diagnostic[] {
  if (dropped.length === 0) return [];
  return [
    {
      severity: "info",
      code: "ACTIVE_POINTS_DROPPED",
      message:
        `${dropped.length} of ${size} active points are numerically dependent on the others ` +
        `(relative pivot ≤ ${tolerance.toExponential(1)}) and were dropped.`,
    },
  ];
}

/** Rows handled at a time: bounds the transposed copy to a few MB. */
const BLOCK_ROWS = 512;

/**
 * φ = L⁻¹ k for every row of a kernel block: Φ = K[:, pivots] L⁻ᵀ. Rows may be environments
 * (k_Mk) or structures (rows of K_NM, sums of environment rows): the map is linear.
 *
 * @param kernelBlock - (n × M), columns in active-set order, not modified
 * @returns (n × rank), caller owns it
 * @throws StudioError `INCOMPATIBLE_SHAPE` when the block has not M columns, `INVALID_PARAMETER`
 * when it is not finite
 */
export function projectToKernelSpace(
  space: KernelSpace,
  kernelBlock: DenseMatrix,
  backend: NumericsBackend,
): DenseMatrix {
  requireShape(kernelBlock, kernelBlock.rows, space.activeSetSize, "kernel block");
  requireFinite(kernelBlock.data, "kernel block");
  const phi = denseMatrix(kernelBlock.rows, space.rank);
  for (let start = 0; start < kernelBlock.rows; start += BLOCK_ROWS) {
    const end = Math.min(start + BLOCK_ROWS, kernelBlock.rows);
    const columns = transposeColumns(kernelBlock, start, end, space.pivots);
    backend.solveTriangular("lower", false, space.lower, columns);
    transposeInto(columns, phi, start);
  }
  return phi;
}

/**
 * Weights on the active points from weights in kernel space: c[pivots] = L⁻ᵀ w, c = 0 on dropped
 * points, so that k_Mkᵀ c = φ_kᵀ w. For export: on a nearly singular kernel c has large entries of
 * both signs, predictions are better made from φ.
 *
 * @param weights - length `rank`
 * @returns length M
 * @throws StudioError `INCOMPATIBLE_SHAPE`
 */
export function activePointWeights(
  space: KernelSpace,
  weights: Float64Array,
  backend: NumericsBackend,
): Float64Array {
  const solution = denseMatrix(space.rank, 1, weights.slice());
  backend.solveTriangular("lower", true, space.lower, solution);
  const out = new Float64Array(space.activeSetSize);
  space.pivots.forEach((pivot, r) => {
    out[pivot] = solution.data[r]!;
  });
  return out;
}
