/**
 * A second stable route to the same rigidities, sharing no factorisation with the first: a
 * truncated eigendecomposition of K_MM in place of pivoted Cholesky and a thin SVD in place of QR.
 * Slower; its disagreement with the first route shows how many digits the kernel matrix carries.
 */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite, requireShape } from "../numerics/checks.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { factorize, localPredictionRigidity } from "./rigidityFactor.ts";

/** The linear map k ↦ φ = Λ^{−1/2} Qᵀ k of K_MM = Q Λ Qᵀ. */
export interface SpectralSpace {
  /** Eigenvalues kept. */
  readonly rank: number;
  /** (M × rank) Q Λ^{−1/2}. */
  readonly map: DenseMatrix;
}

/**
 * Keeps the eigenvalues above `relativeTolerance` × the largest.
 *
 * @param kernelMM - (M × M), both triangles, not modified
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when no eigenvalue is positive
 */
export function spectralSpace(
  kernelMM: DenseMatrix,
  relativeTolerance: number,
  backend: NumericsBackend,
): SpectralSpace {
  const size = kernelMM.rows;
  requireShape(kernelMM, size, size, "active-set kernel K_MM");
  requireFinite(kernelMM.data, "active-set kernel K_MM");
  const { values, vectors } = backend.symmetricEigen(kernelMM);
  const largest = values[size - 1] ?? 0;
  const kept = [...values.keys()].filter((j) => values[j]! > relativeTolerance * largest);
  if (!(largest > 0)) {
    throw new StudioError("INVALID_PARAMETER", "the active-set kernel has no positive eigenvalue");
  }
  const map = denseMatrix(size, kept.length);
  kept.forEach((j, column) => {
    const root = Math.sqrt(values[j]!);
    for (let i = 0; i < size; i++) {
      map.data[i * kept.length + column] = vectors.data[i * size + j]! / root;
    }
  });
  return { rank: kept.length, map };
}

/**
 * LPR of a sparse kernel model by the second route.
 *
 * @param structureKernels - rows of K_NM, (n × M), scaled by the structure-row convention
 * @param targetKernels - k_Mk as rows, (m × M)
 * @returns length m
 * @throws StudioError as {@link spectralSpace} and `factorize`
 */
export function spectralRouteRigidity(
  space: SpectralSpace,
  structureKernels: DenseMatrix,
  targetKernels: DenseMatrix,
  regularizer: number,
  backend: NumericsBackend,
): Float64Array {
  const project = (kernels: DenseMatrix): DenseMatrix => {
    const phi = denseMatrix(kernels.rows, space.rank);
    backend.gemm(1, kernels, false, space.map, false, 0, phi);
    return phi;
  };
  const factor = factorize(project(structureKernels), regularizer, backend, "svd");
  return localPredictionRigidity(factor, project(targetKernels), backend);
}
