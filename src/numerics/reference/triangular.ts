/** Cholesky with pivoting, Householder QR and triangular solves, as in the textbook. */
import { StudioError } from "../../errors.ts";
import type { PivotedCholesky } from "../backend.ts";
import { requireShape } from "../checks.ts";
import { denseMatrix, type DenseMatrix } from "../matrix.ts";

/**
 * Outer-product Cholesky with diagonal pivoting (Higham 2002, Accuracy and Stability of Numerical
 * Algorithms, Alg. 10.13). See `NumericsBackend.pivotedCholesky`.
 * @throws StudioError `INCOMPATIBLE_SHAPE` when not square
 */
export function referencePivotedCholesky(
  a: DenseMatrix,
  relativeTolerance: number,
): PivotedCholesky {
  const n = a.rows;
  requireShape(a, n, n, "matrix of the pivoted Cholesky");
  const pivots = Int32Array.from({ length: n }, (_, i) => i);
  // Row r of `columns` is column r of L in the original row order: appended row by row.
  const columns: Float64Array[] = [];
  const remaining = Float64Array.from({ length: n }, (_, i) => a.data[i * n + i]!);
  const threshold = relativeTolerance * remaining.reduce((m, value) => Math.max(m, value), 0);
  for (let rank = 0; rank < n; rank++) {
    let best = rank;
    for (let i = rank + 1; i < n; i++) {
      if (remaining[pivots[i]!]! > remaining[pivots[best]!]!) best = i;
    }
    const pivot = pivots[best]!;
    const diagonal = remaining[pivot]!;
    if (!(diagonal > threshold && diagonal > 0)) break;
    pivots[best] = pivots[rank]!;
    pivots[rank] = pivot;
    columns.push(nextColumn(a, columns, pivots, rank, Math.sqrt(diagonal), remaining));
  }
  return { rank: columns.length, pivots, lower: lowerFrom(columns, pivots) };
}

function nextColumn(
  a: DenseMatrix,
  columns: readonly Float64Array[],
  pivots: Int32Array,
  rank: number,
  root: number,
  remaining: Float64Array,
): Float64Array {
  const n = a.rows;
  const pivot = pivots[rank]!;
  const column = new Float64Array(n);
  const source = a.data.subarray(pivot * n, (pivot + 1) * n);
  for (let i = rank + 1; i < n; i++) column[pivots[i]!] = source[pivots[i]!]!;
  for (const previous of columns) {
    const factor = previous[pivot]!;
    for (let i = rank + 1; i < n; i++) {
      const row = pivots[i]!;
      column[row]! -= factor * previous[row]!;
    }
  }
  for (let i = rank + 1; i < n; i++) {
    const row = pivots[i]!;
    const value = column[row]! / root;
    column[row] = value;
    remaining[row]! -= value * value;
  }
  column[pivot] = root;
  return column;
}

function lowerFrom(columns: readonly Float64Array[], pivots: Int32Array): DenseMatrix {
  const n = pivots.length;
  const rank = columns.length;
  const lower = denseMatrix(n, rank);
  columns.forEach((column, r) => {
    for (let i = r; i < n; i++) lower.data[i * rank + r] = column[pivots[i]!]!;
  });
  return lower;
}

/**
 * Householder QR, triangular factor only (Golub & Van Loan 2013, Alg. 5.2.1), rows as the unit of
 * work. See `NumericsBackend.qrUpper`; `a` is overwritten.
 * @throws StudioError `INCOMPATIBLE_SHAPE` when there are fewer rows than columns
 */
export function referenceQrUpper(a: DenseMatrix): DenseMatrix {
  const { rows: m, cols: n, data } = a;
  if (m < n) {
    throw new StudioError("INCOMPATIBLE_SHAPE", `QR of ${m} × ${n}, expected rows ≥ columns`);
  }
  const work = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const norm = columnNorm(a, k);
    if (norm === 0) continue;
    // The reflection sends the column to −sign(a_kk)‖·‖ e_k: no cancellation in v_k.
    const alpha = data[k * n + k]! > 0 ? -norm : norm;
    data[k * n + k]! -= alpha;
    const head = data[k * n + k]!;
    work.fill(0, k);
    for (let i = k; i < m; i++) {
      const v = data[i * n + k]! / head;
      if (v === 0) continue;
      for (let j = k + 1; j < n; j++) work[j]! += v * data[i * n + j]!;
    }
    const beta = -head / alpha; // 2 / (vᵀv) with v scaled to v_k = 1
    for (let i = k; i < m; i++) {
      const v = (beta * data[i * n + k]!) / head;
      if (v === 0) continue;
      for (let j = k + 1; j < n; j++) data[i * n + j]! -= v * work[j]!;
    }
    data[k * n + k] = alpha;
  }
  const upper = denseMatrix(n, n);
  for (let i = 0; i < n; i++) {
    const sign = data[i * n + i]! < 0 ? -1 : 1;
    for (let j = i; j < n; j++) upper.data[i * n + j] = sign * data[i * n + j]!;
  }
  return upper;
}

/** ‖a[k:, k]‖, scaled against overflow and underflow. */
function columnNorm(a: DenseMatrix, k: number): number {
  const { rows, cols, data } = a;
  let largest = 0;
  for (let i = k; i < rows; i++) largest = Math.max(largest, Math.abs(data[i * cols + k]!));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = k; i < rows; i++) sum += (data[i * cols + k]! / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/**
 * Substitution for op(T) X = B. See `NumericsBackend.solveTriangular`; `b` is overwritten.
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `NOT_POSITIVE_DEFINITE`
 */
export function referenceSolveTriangular(
  triangle: "lower" | "upper",
  transpose: boolean,
  t: DenseMatrix,
  b: DenseMatrix,
): void {
  const n = t.rows;
  requireShape(t, n, n, "triangular matrix");
  requireShape(b, n, b.cols, "right-hand sides");
  for (let i = 0; i < n; i++) {
    if (t.data[i * n + i] === 0) {
      throw new StudioError("NOT_POSITIVE_DEFINITE", `diagonal entry ${i} of ${n} is zero`);
    }
  }
  const width = b.cols;
  const forward = (triangle === "lower") !== transpose;
  for (let step = 0; step < n; step++) {
    const i = forward ? step : n - 1 - step;
    const row = i * width;
    const from = forward ? 0 : i + 1;
    const to = forward ? i : n;
    for (let k = from; k < to; k++) {
      const factor = transpose ? t.data[k * n + i]! : t.data[i * n + k]!;
      if (factor === 0) continue;
      const other = k * width;
      for (let j = 0; j < width; j++) b.data[row + j]! -= factor * b.data[other + j]!;
    }
    const diagonal = t.data[i * n + i]!;
    for (let j = 0; j < width; j++) b.data[row + j]! /= diagonal;
  }
}
