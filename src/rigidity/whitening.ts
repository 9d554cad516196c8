/**
 * Coordinates in which H is the identity: z(φ) · z(ψ) = φᵀ H⁻¹ ψ. Inverse rigidities become squared
 * norms and the effect of a training row on an environment an inner product, so that what-if and
 * suggestions are matrix products.
 */
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireShape } from "../numerics/checks.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { transposeInto, transposeRows } from "../numerics/transpose.ts";
import type { SvdRidgeFactor } from "../models/ridge.ts";
import type { RigidityFactor } from "./rigidityFactor.ts";
import { checkpoint, type WorkControl } from "./workControl.ts";

/** The block of `inverseRigidity`: equal blocks give equal digits. */
const BLOCK_ROWS = 256;

/**
 * Number D of whitened coordinates: d for a QR factor; for an SVD factor of rank k, k for the part of
 * φ in the span of the training rows and d more for the residual outside of it (kept apart, because
 * √μ makes the two differ in size by orders of magnitude; absent when the rows span everything).
 */
export function whitenedDimension(factor: RigidityFactor): number {
  if (factor.kind === "qr") return factor.dimension;
  return factor.singularValues.length + (hasResidual(factor) ? factor.dimension : 0);
}

function hasResidual({ singularValues, dimension, regularizer }: SvdRidgeFactor): boolean {
  return regularizer > 0 && singularValues.length < dimension;
}

/**
 * z = R⁻ᵀ φ of every row by QR; by SVD z = (V φ / √(σ² + μ), (φ − Vᵀ V φ) / √μ), the residual formed
 * explicitly.
 *
 * @param rows - (n × d), environments or scaled structure rows; finite
 * @param out - (n × D), overwritten; allocated when omitted
 * @returns `out`; the squared norm of row k is φ_kᵀ H⁻¹ φ_k
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `CANCELLED`
 */
export function whiten(
  factor: RigidityFactor,
  rows: DenseMatrix,
  backend: NumericsBackend,
  control: WorkControl = {},
  out: DenseMatrix = denseMatrix(rows.rows, whitenedDimension(factor)),
): DenseMatrix {
  requireShape(rows, rows.rows, factor.dimension, "rows to whiten");
  requireShape(out, rows.rows, whitenedDimension(factor), "whitened rows");
  for (let start = 0; start < rows.rows; start += BLOCK_ROWS) {
    checkpoint(control, start / rows.rows);
    const end = Math.min(start + BLOCK_ROWS, rows.rows);
    if (factor.kind === "qr") {
      const columns = transposeRows(rows, start, end);
      backend.solveTriangular("upper", true, factor.upper, columns);
      transposeInto(columns, out, start);
    } else {
      whitenBySvd(factor, rowRange(rows, start, end), rowRange(out, start, end), backend);
    }
  }
  return out;
}

function whitenBySvd(
  factor: SvdRidgeFactor,
  rows: DenseMatrix,
  out: DenseMatrix,
  backend: NumericsBackend,
): void {
  const { singularValues, rightVectors, regularizer, dimension } = factor;
  const k = singularValues.length;
  const coefficients = denseMatrix(rows.rows, k);
  if (k > 0) backend.gemm(1, rows, false, rightVectors, true, 0, coefficients);
  for (let i = 0; i < rows.rows; i++) {
    for (let j = 0; j < k; j++) {
      const scale = Math.sqrt(singularValues[j]! ** 2 + regularizer);
      out.data[i * out.cols + j] = coefficients.data[i * k + j]! / scale;
    }
  }
  if (!hasResidual(factor)) return;
  const residual = denseMatrix(rows.rows, dimension, rows.data.slice());
  if (k > 0) backend.gemm(-1, coefficients, false, rightVectors, false, 1, residual);
  const root = Math.sqrt(regularizer);
  for (let i = 0; i < rows.rows; i++) {
    for (let j = 0; j < dimension; j++) {
      out.data[i * out.cols + k + j] = residual.data[i * dimension + j]! / root;
    }
  }
}

/**
 * x = H⁻¹ φ from z(φ): R⁻¹ z by QR; Vᵀ(z₁ / √(σ² + μ)) + z₂ / √μ by SVD.
 *
 * @param whitened - (n × D), not modified
 * @returns (n × d)
 */
export function unwhiten(
  factor: RigidityFactor,
  whitened: DenseMatrix,
  backend: NumericsBackend,
): DenseMatrix {
  const n = whitened.rows;
  const out = denseMatrix(n, factor.dimension);
  if (factor.kind === "qr") {
    const columns = transposeRows(whitened, 0, n);
    backend.solveTriangular("upper", false, factor.upper, columns);
    transposeInto(columns, out, 0);
    return out;
  }
  const { singularValues, rightVectors, regularizer, dimension } = factor;
  const k = singularValues.length;
  if (hasResidual(factor)) {
    const root = Math.sqrt(regularizer);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < dimension; j++) {
        out.data[i * dimension + j] = whitened.data[i * whitened.cols + k + j]! / root;
      }
    }
  }
  if (k > 0) {
    const coefficients = denseMatrix(n, k);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < k; j++) {
        const scale = Math.sqrt(singularValues[j]! ** 2 + regularizer);
        coefficients.data[i * k + j] = whitened.data[i * whitened.cols + j]! / scale;
      }
    }
    backend.gemm(1, coefficients, false, rightVectors, false, 1, out);
  }
  return out;
}

/** ‖row‖² of every row: φᵀ H⁻¹ φ of whitened rows. */
export function squaredNorms(rows: DenseMatrix): Float64Array {
  const out = new Float64Array(rows.rows);
  for (let i = 0; i < rows.rows; i++) {
    let sum = 0;
    for (let j = i * rows.cols; j < (i + 1) * rows.cols; j++) sum += rows.data[j]! ** 2;
    out[i] = sum;
  }
  return out;
}
