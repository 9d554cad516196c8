/** C ← α op(A) op(B) + β C in plain loops: the specification of the native product. */
import { StudioError } from "../../errors.ts";
import type { DenseMatrix } from "../matrix.ts";
import { transposeRows } from "../transpose.ts";

/**
 * See `NumericsBackend.gemm`. Each element is one sum in the order of the inner index.
 * @throws StudioError `INCOMPATIBLE_SHAPE`
 */
export function referenceGemm(
  alpha: number,
  a: DenseMatrix,
  transposeA: boolean,
  b: DenseMatrix,
  transposeB: boolean,
  beta: number,
  c: DenseMatrix,
): void {
  const rows = transposeA ? a.cols : a.rows;
  const inner = transposeA ? a.rows : a.cols;
  const innerB = transposeB ? b.cols : b.rows;
  const cols = transposeB ? b.rows : b.cols;
  if (inner !== innerB || c.rows !== rows || c.cols !== cols) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `product of ${rows} × ${inner} and ${innerB} × ${cols} into ${c.rows} × ${c.cols}`,
    );
  }
  for (let i = 0; i < c.data.length; i++) c.data[i] = beta === 0 ? 0 : beta * c.data[i]!;
  const left = transposeA ? transposeRows(a, 0, a.rows).data : a.data;
  if (transposeB) multiplyByRows(alpha, left, b.data, rows, inner, cols, c.data);
  else multiplyByColumns(alpha, left, b.data, rows, inner, cols, c.data);
}

/** c_ij += α Σ_k a_ik b_jk: dot products of rows. */
function multiplyByRows(
  alpha: number,
  a: Float64Array,
  b: Float64Array,
  rows: number,
  inner: number,
  cols: number,
  c: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[j * inner + k]!;
      c[i * cols + j]! += alpha * sum;
    }
  }
}

/** c_i += Σ_k (α a_ik) b_k: rows of b added up. */
function multiplyByColumns(
  alpha: number,
  a: Float64Array,
  b: Float64Array,
  rows: number,
  inner: number,
  cols: number,
  c: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    const row = i * cols;
    for (let k = 0; k < inner; k++) {
      const factor = alpha * a[i * inner + k]!;
      const start = k * cols;
      for (let j = 0; j < cols; j++) c[row + j]! += factor * b[start + j]!;
    }
  }
}
