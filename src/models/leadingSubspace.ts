/**
 * The leading eigenvectors of a symmetric matrix that changes a little at a time, each search
 * starting from the last: locally optimal block conjugate gradients without preconditioner (Knyazev
 * 2001, SIAM J. Sci. Comput. 23, 517, doi:10.1137/S1064827500366124), the trial basis made
 * orthonormal each time so that rounding costs speed and not correctness.
 */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { createRandom, uniform } from "../random.ts";

/** Leading eigenpairs, and where the next search starts. */
export interface LeadingSubspace {
  /** Descending, length `count`. */
  readonly values: Float64Array;
  /** (block × n), orthonormal rows; the first `count` are the eigenvectors. */
  readonly vectors: DenseMatrix;
}

/** A pair is accepted when ‖A v − λ v‖ ≤ this · λ_max. */
const RESIDUAL_TOLERANCE = 1e-9;
/** Vectors beyond those wanted: they become the next eigenvectors after a deflation. */
const EXTRA_VECTORS = 3;
const MAX_ITERATIONS = 2000;
/** A trial direction shorter than this after orthogonalisation is left out. */
const SHORTEST = 1e-10;
/** Any number: an eigenvector orthogonal to every start vector has probability zero. */
const SEED = 20_180_611;

/** Start vectors for {@link leadingSubspace}: the same ones every time. */
export function startVectors(size: number, count: number): DenseMatrix {
  const random = createRandom(SEED);
  const block = Math.min(size, count + EXTRA_VECTORS);
  const data = Float64Array.from({ length: block * size }, () => 2 * uniform(random) - 1);
  return denseMatrix(block, size, data);
}

/**
 * The `count` largest eigenvalues and their eigenvectors, ‖A v − λ v‖ ≤ 1e-9 λ_max. Within a
 * degenerate eigenvalue the vectors are whatever the start leads to.
 *
 * @param a - (n × n), symmetric, not modified
 * @param start - (block × n), block ≥ count: {@link startVectors} or the vectors of the last search
 * @throws StudioError `NO_CONVERGENCE` after 2000 products
 */
export function leadingSubspace(
  a: DenseMatrix,
  count: number,
  start: DenseMatrix,
  backend: NumericsBackend,
): LeadingSubspace {
  const n = a.rows;
  const block = start.rows;
  let trial = orthonormalRows([start], n);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const images = denseMatrix(trial.rows, n);
    backend.gemm(1, trial, false, a, false, 0, images);
    const { values, combinations } = rayleighRitz(trial, images, block, backend);
    const vectors = multiply(combinations, trial, backend);
    const residuals = multiply(combinations, images, backend);
    subtractScaled(residuals, vectors, values);
    const tolerance = RESIDUAL_TOLERANCE * Math.abs(values[0] ?? 0);
    if (largestNorm(residuals, count) <= tolerance) {
      return { values: values.slice(0, count), vectors };
    }
    // The step of conjugate gradients: the new vectors without their part along the old ones.
    const steps = denseMatrix(combinations.rows, combinations.cols, combinations.data.slice());
    for (let i = 0; i < steps.rows; i++) {
      steps.data.fill(0, i * steps.cols, i * steps.cols + Math.min(block, steps.cols));
    }
    trial = orthonormalRows([vectors, residuals, multiply(steps, trial, backend)], n);
  }
  throw new StudioError(
    "NO_CONVERGENCE",
    `the ${count} leading eigenvectors of a ${n} × ${n} covariance: not found in ` +
      `${MAX_ITERATIONS} products`,
  );
}

function rayleighRitz(
  trial: DenseMatrix,
  images: DenseMatrix,
  block: number,
  backend: NumericsBackend,
): { readonly values: Float64Array; readonly combinations: DenseMatrix } {
  const m = trial.rows;
  const projected = denseMatrix(m, m);
  backend.gemm(1, trial, false, images, true, 0, projected);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) projected.data[j * m + i] = projected.data[i * m + j]!;
  }
  const eigen = backend.symmetricEigen(projected);
  const kept = Math.min(block, m);
  const combinations = denseMatrix(kept, m);
  const values = new Float64Array(kept);
  for (let j = 0; j < kept; j++) {
    values[j] = eigen.values[m - 1 - j]!;
    for (let i = 0; i < m; i++)
      combinations.data[j * m + i] = eigen.vectors.data[i * m + m - 1 - j]!;
  }
  return { values, combinations };
}

function multiply(a: DenseMatrix, b: DenseMatrix, backend: NumericsBackend): DenseMatrix {
  const out = denseMatrix(a.rows, b.cols);
  backend.gemm(1, a, false, b, false, 0, out);
  return out;
}

/** images ← images − diag(values) vectors. */
function subtractScaled(images: DenseMatrix, vectors: DenseMatrix, values: Float64Array): void {
  const { cols } = images;
  for (let i = 0; i < images.rows; i++) {
    for (let j = 0; j < cols; j++) {
      images.data[i * cols + j]! -= values[i]! * vectors.data[i * cols + j]!;
    }
  }
}

function largestNorm(matrix: DenseMatrix, count: number): number {
  let largest = 0;
  for (let i = 0; i < Math.min(count, matrix.rows); i++) {
    const row = rowRange(matrix, i, i + 1).data;
    largest = Math.max(largest, Math.sqrt(dot(row, row)));
  }
  return largest;
}

/**
 * An orthonormal basis of the rows, in their order: Gram–Schmidt on normalised rows, twice ("twice
 * is enough"). Rows that (nearly) depend on those before are left out.
 */
function orthonormalRows(parts: readonly DenseMatrix[], n: number): DenseMatrix {
  const total = parts.reduce((sum, part) => sum + part.rows, 0);
  const out = denseMatrix(Math.min(total, n), n);
  let kept = 0;
  for (const part of parts) {
    for (let i = 0; i < part.rows && kept < out.rows; i++) {
      const row = out.data.subarray(kept * n, (kept + 1) * n);
      row.set(rowRange(part, i, i + 1).data);
      if (!normalize(row, 0)) continue;
      removeRows(row, out, kept);
      if (!normalize(row, SHORTEST)) continue;
      removeRows(row, out, kept);
      normalize(row, 0);
      kept++;
    }
  }
  return rowRange(out, 0, kept);
}

function removeRows(row: Float64Array, basis: DenseMatrix, count: number): void {
  for (let k = 0; k < count; k++) {
    const other = rowRange(basis, k, k + 1).data;
    const overlap = dot(row, other);
    for (let j = 0; j < row.length; j++) row[j]! -= overlap * other[j]!;
  }
}

function normalize(row: Float64Array, shortest: number): boolean {
  const norm = Math.sqrt(dot(row, row));
  if (!(norm > shortest)) return false;
  for (let j = 0; j < row.length; j++) row[j]! /= norm;
  return true;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
