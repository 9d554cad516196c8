/** Small pieces of linear algebra on matrices whose rows are vectors. */
import type { NumericsBackend } from "./backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "./matrix.ts";

/** Squared length, relative to the longest row's, at which a row counts as dependent on others. */
const DEPENDENT = 1e-8;

/** Σ a_i b_i of vectors of one length. Four sums, because one would wait for itself. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    sum0 += a[i]! * b[i]!;
    sum1 += a[i + 1]! * b[i + 1]!;
    sum2 += a[i + 2]! * b[i + 2]!;
    sum3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i++) sum0 += a[i]! * b[i]!;
  return sum0 + sum1 + (sum2 + sum3);
}

/** A B, a new matrix. */
export function multiply(a: DenseMatrix, b: DenseMatrix, backend: NumericsBackend): DenseMatrix {
  const out = denseMatrix(a.rows, b.cols);
  backend.gemm(1, a, false, b, false, 0, out);
  return out;
}

/** A Bᵀ, a new matrix: the products of every row of A with every row of B. */
export function rowProducts(a: DenseMatrix, b: DenseMatrix, backend: NumericsBackend): DenseMatrix {
  const out = denseMatrix(a.rows, b.rows);
  backend.gemm(1, a, false, b, true, 0, out);
  return out;
}

/** Length of each row. */
export function rowLengths(matrix: DenseMatrix): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, i) => {
    const row = rowRange(matrix, i, i + 1).data;
    return Math.sqrt(dot(row, row));
  });
}

/**
 * The rows without their parts in a space, a new matrix. Twice is enough (Parlett, The Symmetric
 * Eigenvalue Problem, sec. 6-9).
 *
 * @param basis - (m × n), orthonormal rows
 */
export function withoutSpace(
  rows: DenseMatrix,
  basis: DenseMatrix,
  backend: NumericsBackend,
): DenseMatrix {
  const rest = denseMatrix(rows.rows, rows.cols, rows.data.slice());
  if (basis.rows === 0) return rest;
  for (let pass = 0; pass < 2; pass++) {
    backend.gemm(-1, rowProducts(rest, basis, backend), false, basis, false, 1, rest);
  }
  return rest;
}

/**
 * An orthonormal basis of the space of the rows, by pivoted Cholesky factorisation of their
 * products, twice. Rows that depend on the others up to 1e-4 of the longest are left out.
 */
export function orthonormalRows(rows: DenseMatrix, backend: NumericsBackend): DenseMatrix {
  let out = rows;
  for (let pass = 0; pass < 2; pass++) {
    const products = rowProducts(out, out, backend);
    const { rank, pivots, lower } = backend.pivotedCholesky(products, DEPENDENT);
    const kept = denseMatrix(rank, out.cols);
    for (let i = 0; i < rank; i++) {
      kept.data.set(rowRange(out, pivots[i]!, pivots[i]! + 1).data, i * out.cols);
    }
    backend.solveTriangular("lower", false, rowRange(lower, 0, rank), kept);
    out = kept;
  }
  return out;
}
