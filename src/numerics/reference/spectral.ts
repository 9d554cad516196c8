/** Symmetric eigendecomposition and thin SVD on ml-matrix. */
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from "ml-matrix";
import { StudioError } from "../../errors.ts";
import type { SymmetricEigen, ThinSvd } from "../backend.ts";
import { requireShape } from "../checks.ts";
import { denseMatrix, type DenseMatrix } from "../matrix.ts";

/**
 * See `NumericsBackend.symmetricEigen`.
 * @throws StudioError `INCOMPATIBLE_SHAPE` when not square, `NO_CONVERGENCE`
 */
export function referenceSymmetricEigen(a: DenseMatrix): SymmetricEigen {
  requireShape(a, a.rows, a.rows, "matrix of the eigendecomposition");
  if (a.rows === 0) return { values: new Float64Array(0), vectors: denseMatrix(0, 0) };
  requireConvergence(a, "eigendecomposition");
  const decomposition = new EigenvalueDecomposition(toMatrix(a), { assumeSymmetric: true });
  const values = Float64Array.from(decomposition.realEigenvalues);
  return { values, vectors: fromMatrix(decomposition.eigenvectorMatrix, a.rows, a.rows) };
}

/**
 * See `NumericsBackend.thinSvd`.
 * @throws StudioError `NO_CONVERGENCE`
 */
export function referenceThinSvd(a: DenseMatrix): ThinSvd {
  const k = Math.min(a.rows, a.cols);
  if (k === 0) {
    return { u: denseMatrix(a.rows, 0), values: new Float64Array(0), vt: denseMatrix(0, a.cols) };
  }
  requireConvergence(a, "singular value decomposition");
  const { leftSingularVectors, rightSingularVectors, diagonal } = new SingularValueDecomposition(
    toMatrix(a),
    { autoTranspose: true },
  );
  const vt = denseMatrix(k, a.cols);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < a.cols; j++) vt.data[i * a.cols + j] = rightSingularVectors.get(j, i);
  }
  return {
    u: fromMatrix(leftSingularVectors, a.rows, k),
    values: Float64Array.from(diagonal.slice(0, k)),
    vt,
  };
}

/** The iterations of ml-matrix never end on NaN: refuse it as what it is. */
function requireConvergence(a: DenseMatrix, subject: string): void {
  if (a.data.every((value) => Number.isFinite(value))) return;
  throw new StudioError(
    "NO_CONVERGENCE",
    `${subject} of a ${a.rows} × ${a.cols} matrix with entries that are not finite`,
  );
}

function toMatrix(a: DenseMatrix): Matrix {
  const matrix = new Matrix(a.rows, a.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) matrix.set(i, j, a.data[i * a.cols + j]!);
  }
  return matrix;
}

/** The leading `rows × cols` block. */
function fromMatrix(matrix: Matrix, rows: number, cols: number): DenseMatrix {
  const out = denseMatrix(rows, cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) out.data[i * cols + j] = matrix.get(i, j);
  }
  return out;
}
