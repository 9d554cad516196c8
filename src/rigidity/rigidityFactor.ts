/**
 * Local prediction rigidity (Chong et al. 2023, J. Chem. Theory Comput., Eqs. 11–16) from a stable
 * factor of H. Linear and sparse kernel models share this path: only the meaning of φ differs
 * (features, or L⁻¹ k_Mk of `models/kernelSpace.ts`). Energies are never read.
 */
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite, requireShape } from "../numerics/checks.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { transposeRows } from "../numerics/transpose.ts";
import { factorizeRidge, type RidgeFactor, type RidgeMethod } from "../models/ridge.ts";

/** A factor of H = Σ_A g_A g_Aᵀ + μ I. Plain data: survives structured clone. */
export type RigidityFactor = RidgeFactor;

/** Rows evaluated at a time: ≤ 100 ms natively at d = 2000. */
const BLOCK_ROWS = 256;

/**
 * Factors H = Φᵀ Φ + μ I without forming Φᵀ Φ.
 *
 * @param rows - Φ, (nStructures × d): g_A in kernel space or features, already scaled by the
 * structure-row convention (`models/structureRows.ts`); 0 rows allowed for μ > 0
 * @param regularizer - μ ≥ 0
 * @param method - `auto` takes the thin SVD for few rows and for μ = 0, else QR of [Φ; √μ I]
 * @throws StudioError `INVALID_PARAMETER` for μ < 0 or values not finite; `NOT_POSITIVE_DEFINITE`
 * when μ = 0 and H is singular
 */
export function factorize(
  rows: DenseMatrix,
  regularizer: number,
  backend: NumericsBackend,
  method: RidgeMethod = "auto",
): RigidityFactor {
  return factorizeRidge(rows, null, regularizer, backend, method).factor;
}

/**
 * v_k = φ_kᵀ H⁻¹ φ_k = 1 / LPR_k: ‖R⁻ᵀφ‖² by QR, or Σ_i (v_iᵀφ)²/(σ_i² + μ) + ‖φ − V Vᵀφ‖²/μ by
 * SVD with the residual formed explicitly (the difference of squared norms would cancel).
 *
 * @param phi - (m × d), one row per environment (or per structure, for structure rigidities)
 * @returns length m, ≥ 0; exactly 0 only for φ = 0
 * @throws StudioError `INCOMPATIBLE_SHAPE` when φ has not d columns, `INVALID_PARAMETER` when it is
 * not finite
 */
export function inverseRigidity(
  factor: RigidityFactor,
  phi: DenseMatrix,
  backend: NumericsBackend,
): Float64Array {
  requireShape(phi, phi.rows, factor.dimension, "environment features φ");
  requireFinite(phi.data, "environment features φ");
  const out = new Float64Array(phi.rows);
  for (let start = 0; start < phi.rows; start += BLOCK_ROWS) {
    const end = Math.min(start + BLOCK_ROWS, phi.rows);
    const target = out.subarray(start, end);
    if (factor.kind === "qr") {
      const columns = transposeRows(phi, start, end);
      backend.solveTriangular("upper", true, factor.upper, columns);
      addSquaredColumns(columns, target);
    } else {
      addSvdForms(factor, rowRange(phi, start, end), backend, target);
    }
  }
  return out;
}

function addSquaredColumns(columns: DenseMatrix, target: Float64Array): void {
  const { rows, cols, data } = columns;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) target[j]! += data[i * cols + j]! ** 2;
  }
}

function addSvdForms(
  factor: Extract<RigidityFactor, { kind: "svd" }>,
  phi: DenseMatrix,
  backend: NumericsBackend,
  target: Float64Array,
): void {
  const { singularValues, rightVectors, regularizer, dimension } = factor;
  const k = singularValues.length;
  const residual = denseMatrix(phi.rows, dimension, phi.data.slice());
  if (k > 0) {
    const coefficients = denseMatrix(phi.rows, k);
    backend.gemm(1, phi, false, rightVectors, true, 0, coefficients);
    backend.gemm(-1, coefficients, false, rightVectors, false, 1, residual);
    for (let i = 0; i < phi.rows; i++) {
      for (let j = 0; j < k; j++) {
        target[i]! += coefficients.data[i * k + j]! ** 2 / (singularValues[j]! ** 2 + regularizer);
      }
    }
  }
  if (regularizer === 0) return; // full rank was required: the right vectors span the space
  for (let i = 0; i < phi.rows; i++) {
    let squared = 0;
    for (let j = 0; j < dimension; j++) squared += residual.data[i * dimension + j]! ** 2;
    target[i]! += squared / regularizer;
  }
}

/**
 * LPR_k = 1 / (φ_kᵀ H⁻¹ φ_k) (Eq. 11). Pass structure rows g_A instead of φ for structure
 * prediction rigidities.
 *
 * @param phi - (m × d), one row per environment
 * @returns length m, > 0; `Infinity` for φ = 0: a model that cannot represent an environment (its
 * species has no active point) never changes its prediction there
 * @throws StudioError as {@link inverseRigidity}
 */
export function localPredictionRigidity(
  factor: RigidityFactor,
  phi: DenseMatrix,
  backend: NumericsBackend,
): Float64Array {
  return inverseRigidity(factor, phi, backend).map((value) => 1 / value);
}

/**
 * Component-wise prediction rigidity: the LPR of the part of the prediction that comes from a block
 * of features, φ masked to `columns` (Chong et al. 2023, Faraday Discuss., "component-wise").
 *
 * @param phi - (m × d), environments or structures; not modified
 * @param columns - feature columns kept
 * @returns length m; `Infinity` where the masked φ is zero
 * @throws StudioError as {@link inverseRigidity}
 */
export function componentRigidity(
  factor: RigidityFactor,
  phi: DenseMatrix,
  columns: Iterable<number>,
  backend: NumericsBackend,
): Float64Array {
  const masked = denseMatrix(phi.rows, phi.cols);
  for (const column of columns) {
    for (let i = 0; i < phi.rows; i++) {
      masked.data[i * phi.cols + column] = phi.data[i * phi.cols + column] ?? Number.NaN;
    }
  }
  return localPredictionRigidity(factor, masked, backend);
}
