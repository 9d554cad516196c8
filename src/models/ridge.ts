/**
 * Ridge regression in any feature space: minimises ½‖y − Φ w‖² + μ/2 ‖w‖². The factor of
 * H = Φᵀ Φ + μ I is found from Φ itself, by QR of [Φ; √μ I] or by SVD; Φᵀ Φ, whose condition
 * number is the square, is never formed.
 */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite, requireRegularizer } from "../numerics/checks.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { conditionOfTriangle } from "./conditionEstimate.ts";

interface RidgeFactorCommon {
  /** Dimension d of the feature space. */
  readonly dimension: number;
  /** Rows that went in (structures). */
  readonly nRows: number;
  /** μ. */
  readonly regularizer: number;
  /** Estimated 2-norm condition number of H. */
  readonly conditionEstimate: number;
}

/** RᵀR = Φᵀ Φ + μ I. */
export interface QrRidgeFactor extends RidgeFactorCommon {
  readonly kind: "qr";
  /** (d × d) upper-triangular R. */
  readonly upper: DenseMatrix;
}

/** Φ = U diag(σ) Vᵀ, thin. */
export interface SvdRidgeFactor extends RidgeFactorCommon {
  readonly kind: "svd";
  /** σ, descending, length k. */
  readonly singularValues: Float64Array;
  /** (k × d): the rows are right singular vectors. */
  readonly rightVectors: DenseMatrix;
}

/** A factor of H = Φᵀ Φ + μ I. Plain data: survives structured clone. */
export type RidgeFactor = QrRidgeFactor | SvdRidgeFactor;

/** `auto`: SVD when there are far fewer rows than features (or μ = 0), else QR. */
export type RidgeMethod = "auto" | "qr" | "svd";

/** With at most d / 4 rows, evaluating by 2 k d products is cheaper than a d²/2 triangle. */
const SVD_ROW_FRACTION = 0.25;

/**
 * Factors H = Φᵀ Φ + μ I and, when targets are given, solves for the weights.
 *
 * @param rows - Φ, (n × d), already scaled by the structure-row convention; n = 0 allowed for μ > 0
 * @param targets - y, length n, or null
 * @throws StudioError `INVALID_PARAMETER` for μ < 0 or values that are not finite,
 * `INCOMPATIBLE_SHAPE`, and `NOT_POSITIVE_DEFINITE` for μ = 0 when H is singular
 */
export function factorizeRidge(
  rows: DenseMatrix,
  targets: Float64Array | null,
  regularizer: number,
  backend: NumericsBackend,
  method: RidgeMethod = "auto",
): { readonly factor: RidgeFactor; readonly weights: Float64Array | null } {
  requireRegularizer(regularizer, "ridge regression");
  requireFinite(rows.data, "structure rows");
  if (rows.cols === 0) {
    throw new StudioError("INVALID_PARAMETER", "structure rows have 0 features, expected ≥ 1");
  }
  if (targets !== null) {
    requireFinite(targets, "targets");
    if (targets.length !== rows.rows) {
      throw new StudioError(
        "INCOMPATIBLE_SHAPE",
        `targets: got ${targets.length}, expected one for each of ${rows.rows} rows`,
      );
    }
  }
  const useSvd =
    method === "svd" ||
    regularizer === 0 ||
    rows.rows === 0 ||
    (method === "auto" && rows.rows <= SVD_ROW_FRACTION * rows.cols);
  return useSvd
    ? factorizeBySvd(rows, targets, regularizer, backend)
    : factorizeByQr(rows, targets, regularizer, backend);
}

/**
 * The target rides along as one more column: in the R of [Φ y; √μ I 0] it becomes R⁻ᵀ Φᵀ y, found
 * by orthogonal transformations only.
 */
function factorizeByQr(
  rows: DenseMatrix,
  targets: Float64Array | null,
  regularizer: number,
  backend: NumericsBackend,
): { readonly factor: RidgeFactor; readonly weights: Float64Array | null } {
  const n = rows.rows;
  const d = rows.cols;
  const width = targets === null ? d : d + 1;
  // Large rows first: Householder QR is then stable row by row when √μ is tiny (Powell & Reid 1969).
  const stacked = denseMatrix(n + d, width);
  for (let i = 0; i < n; i++) {
    stacked.data.set(rows.data.subarray(i * d, (i + 1) * d), i * width);
    if (targets !== null) stacked.data[i * width + d] = targets[i]!;
  }
  const root = Math.sqrt(regularizer);
  for (let j = 0; j < d; j++) stacked.data[(n + j) * width + j] = root;
  const triangle = backend.qrUpper(stacked);
  const upper = targets === null ? triangle : denseMatrix(d, d);
  const right = denseMatrix(d, 1);
  if (targets !== null) {
    for (let i = 0; i < d; i++) {
      upper.data.set(triangle.data.subarray(i * width, i * width + d), i * d);
      right.data[i] = triangle.data[i * width + d]!;
    }
    backend.solveTriangular("upper", false, upper, right);
  }
  return {
    factor: {
      kind: "qr",
      dimension: d,
      nRows: n,
      regularizer,
      conditionEstimate: conditionOfTriangle(upper, backend),
      upper,
    },
    weights: targets === null ? null : right.data,
  };
}

function factorizeBySvd(
  rows: DenseMatrix,
  targets: Float64Array | null,
  regularizer: number,
  backend: NumericsBackend,
): { readonly factor: RidgeFactor; readonly weights: Float64Array | null } {
  const n = rows.rows;
  const d = rows.cols;
  const { u, values, vt } =
    n === 0
      ? { u: denseMatrix(0, 0), values: new Float64Array(0), vt: denseMatrix(0, d) }
      : backend.thinSvd(rows);
  const largest = values[0] ?? 0;
  const smallest = n >= d ? (values[d - 1] ?? 0) : 0;
  if (regularizer === 0) requireFullRank(largest, smallest, n, d);
  const weights = targets === null ? null : new Float64Array(d);
  if (targets !== null && weights !== null) {
    for (let k = 0; k < values.length; k++) {
      const sigma = values[k]!;
      let coefficient = 0;
      for (let i = 0; i < n; i++) coefficient += u.data[i * values.length + k]! * targets[i]!;
      const damping = sigma ** 2 + regularizer;
      coefficient = damping === 0 ? 0 : (coefficient * sigma) / damping;
      for (let j = 0; j < d; j++) weights[j]! += coefficient * vt.data[k * d + j]!;
    }
  }
  return {
    factor: {
      kind: "svd",
      dimension: d,
      nRows: n,
      regularizer,
      conditionEstimate: (largest ** 2 + regularizer) / (smallest ** 2 + regularizer),
      singularValues: values,
      rightVectors: vt,
    },
    weights,
  };
}

function requireFullRank(largest: number, smallest: number, n: number, d: number): void {
  const tolerance = Math.max(n, d) * Number.EPSILON * largest;
  if (smallest > tolerance) return;
  throw new StudioError(
    "NOT_POSITIVE_DEFINITE",
    n < d
      ? `with μ = 0, ${n} structures cannot determine ${d} weights: H is singular`
      : `with μ = 0, H is singular: the smallest singular value of the ${n} × ${d} structure rows ` +
          `is ${smallest.toExponential(2)}, expected more than ${tolerance.toExponential(2)}`,
    { remedy: "Choose a regularizer μ > 0, or add structures, or use fewer features." },
  );
}
