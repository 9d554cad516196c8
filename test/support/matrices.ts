/** Seeded matrices and small helpers on them, for tests. */
import { createRandom, uniform } from "../../src/random.ts";
import { denseMatrix, type DenseMatrix } from "../../src/numerics/matrix.ts";
import type { NumericsBackend } from "../../src/numerics/backend.ts";

/** Entries uniform on [−1, 1). */
export function randomMatrix(rows: number, cols: number, seed: number): DenseMatrix {
  const random = createRandom(seed);
  const data = Float64Array.from({ length: rows * cols }, () => 2 * uniform(random) - 1);
  return denseMatrix(rows, cols, data);
}

/** A + Aᵀ. */
export function symmetrized(matrix: DenseMatrix): DenseMatrix {
  const { rows: n, data } = matrix;
  const sums = data.map((value, k) => value + (data[(k % n) * n + Math.floor(k / n)] ?? 0));
  return denseMatrix(n, n, sums);
}

/** From nested arrays. */
export function matrixOf(rows: readonly (readonly number[])[]): DenseMatrix {
  return denseMatrix(rows.length, rows[0]?.length ?? 0, Float64Array.from(rows.flat()));
}

/** op(a) op(b). */
export function product(
  backend: NumericsBackend,
  a: DenseMatrix,
  b: DenseMatrix,
  transposeA = false,
  transposeB = false,
): DenseMatrix {
  const out = denseMatrix(transposeA ? a.cols : a.rows, transposeB ? b.rows : b.cols);
  backend.gemm(1, a, transposeA, b, transposeB, 0, out);
  return out;
}

/** Each row divided by its norm. */
export function unitRows(matrix: DenseMatrix): DenseMatrix {
  const data = matrix.data.slice();
  for (let i = 0; i < matrix.rows; i++) {
    const row = data.subarray(i * matrix.cols, (i + 1) * matrix.cols);
    const norm = Math.hypot(...row);
    row.forEach((value, j) => (row[j] = value / norm));
  }
  return denseMatrix(matrix.rows, matrix.cols, data);
}

/**
 * Unit feature rows like SOAP's: all components positive, all rows close to one another, singular
 * values falling by `decay` each. Their kernels are nearly singular.
 */
export function soapLikeFeatures(
  rows: number,
  cols: number,
  seed: number,
  decay = 0.6,
): DenseMatrix {
  const random = createRandom(seed);
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      data[i * cols + j] = (j === 0 ? 1 : 2 * uniform(random) - 1) * decay ** j;
    }
  }
  return unitRows(denseMatrix(rows, cols, data));
}

/** max |a − b| over the entries. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN));
    if (!(difference <= worst)) worst = difference;
  }
  return worst;
}

/** max |a − b| / |b| over the entries. */
export function maxRelativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i++) {
    const expected = b[i] ?? Number.NaN;
    const difference = Math.abs((a[i] ?? Number.NaN) - expected) / Math.abs(expected);
    if (!(difference <= worst)) worst = difference;
  }
  return worst;
}
