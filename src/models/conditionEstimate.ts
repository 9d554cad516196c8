/** Condition number of a symmetric positive definite matrix from its triangular factor. */
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";

/** Power iterations; the estimate approaches each extreme eigenvalue from inside. */
const ITERATIONS = 12;

/**
 * Estimates cond₂(H), H = RᵀR, as λ_max / λ_min by power and inverse iteration from a fixed start
 * vector. A lower bound, usually within a factor of two: for diagnostics, never for decisions.
 *
 * @param upper - R, (d × d), upper triangular, no zero on the diagonal
 */
export function conditionOfTriangle(upper: DenseMatrix, backend: NumericsBackend): number {
  const multiply = (x: DenseMatrix): DenseMatrix => {
    const rx = denseMatrix(upper.rows, 1);
    backend.gemm(1, upper, false, x, false, 0, rx);
    const out = denseMatrix(upper.rows, 1);
    backend.gemm(1, upper, true, rx, false, 0, out);
    return out;
  };
  const solve = (x: DenseMatrix): DenseMatrix => {
    const out = denseMatrix(x.rows, 1, x.data.slice());
    backend.solveTriangular("upper", true, upper, out);
    backend.solveTriangular("upper", false, upper, out);
    return out;
  };
  return powerIteration(multiply, upper.rows) * powerIteration(solve, upper.rows);
}

function powerIteration(apply: (x: DenseMatrix) => DenseMatrix, size: number): number {
  let x = denseMatrix(size, 1);
  // Varied signs and sizes, so that no structured eigenvector is orthogonal to the start.
  for (let i = 0; i < size; i++) x.data[i] = Math.cos(i * (i + 1)) + 0.5;
  let norm = norm2(x.data);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    for (let i = 0; i < size; i++) x.data[i]! /= norm;
    x = apply(x);
    norm = norm2(x.data);
  }
  return norm;
}

function norm2(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}
