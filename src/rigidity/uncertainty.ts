/** Gaussian-process variances that share the inverse rigidity. */
import { StudioError } from "../errors.ts";
import type { DenseMatrix } from "../numerics/matrix.ts";

/**
 * Subset-of-regressors variance σ² = s μ / LPR (Chong et al. 2023, Eq. 17; Quiñonero-Candela &
 * Rasmussen 2005). In (energy unit)² when μ is, else relative to the noise.
 *
 * @param scale - s, 1 unless calibrated on held-out structures
 * @returns length of `rigidity`; 0 where LPR is infinite
 * @throws StudioError `INVALID_PARAMETER` when an LPR is not positive
 */
export function subsetOfRegressorsVariance(
  rigidity: Float64Array,
  regularizer: number,
  scale = 1,
): Float64Array {
  return rigidity.map((value, k) => {
    if (!(value > 0)) {
      throw new StudioError("INVALID_PARAMETER", `LPR ${k} is ${value}, expected > 0`);
    }
    return (scale * regularizer) / value;
  });
}

/**
 * What the projected process adds: k_kk − k_Mkᵀ K_MM⁻¹ k_Mk = k_kk − ‖φ_k‖², the part of the
 * environment that the active set does not see. Rounding below 0 is clipped.
 *
 * @param phi - (m × rank), environments in kernel space
 * @param selfKernels - k_kk, length m
 * @throws StudioError `INCOMPATIBLE_SHAPE`
 */
export function unexplainedKernelVariance(
  phi: DenseMatrix,
  selfKernels: Float64Array,
): Float64Array {
  if (selfKernels.length !== phi.rows) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `self kernels: got ${selfKernels.length}, expected ${phi.rows}`,
    );
  }
  return selfKernels.map((selfKernel, k) => {
    let explained = 0;
    for (let j = 0; j < phi.cols; j++) explained += phi.data[k * phi.cols + j]! ** 2;
    return Math.max(0, selfKernel - explained);
  });
}
