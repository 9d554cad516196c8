/**
 * The leading eigenvectors of a symmetric matrix that changes a little at a time: Davidson's method
 * without preconditioner, that is, Lanczos from a whole subspace (Davidson 1975, J. Comput. Phys. 17,
 * 87; Wu & Simon 2000, doi:10.1137/S0895479898334605). Each search starts from the leading Ritz
 * vectors of the last one, in which the next eigenvectors nearly lie, and its images are products of
 * its own, so that nothing drifts.
 */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import {
  multiply,
  orthonormalRows,
  rowLengths,
  rowProducts,
  withoutSpace,
} from "../numerics/rowSpace.ts";
import { createRandom, uniform } from "../random.ts";
import { gatherRows } from "./farthestPoints.ts";

/** Leading eigenpairs, and where the next search starts. */
export interface LeadingSubspace {
  /** Descending, length `count`. */
  readonly values: Float64Array;
  /** (block × n), orthonormal rows; the first `count` are the eigenvectors. */
  readonly vectors: DenseMatrix;
}

/** A pair is accepted when ‖A v − λ v‖ ≤ this · λ_max. */
const RESIDUAL_TOLERANCE = 1e-9;
/** Vectors beyond those wanted. More of them make a search dearer and save steps. */
const EXTRA_VECTORS = 31;
/** Steps before the subspace is cut back to its block. */
const STEPS_HELD = 32;
const MAX_STEPS = 2000;
/** A direction of which less is left when the subspace is taken out of it is rounding. */
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
 * degenerate eigenvalue the vectors are whatever the start leads to. Costs block · n² for the images
 * of the start, then n² for each vector and step.
 *
 * @param a - (n × n), symmetric, not modified
 * @param start - (block × n), block ≥ count: {@link startVectors} or the vectors of the last search
 * @throws StudioError `NO_CONVERGENCE` after 2000 steps
 */
export function leadingSubspace(
  a: DenseMatrix,
  count: number,
  start: DenseMatrix,
  backend: NumericsBackend,
): LeadingSubspace {
  const basis = createBasis(start.rows + STEPS_HELD * count, a.rows);
  append(basis, a, orthonormalRows(start, backend), backend);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { values, combinations } = rayleighRitz(basis, start.rows, backend);
    const residuals = residualsOf(basis, rowRange(combinations, 0, count), values, backend);
    const open = rowsLongerThan(residuals, RESIDUAL_TOLERANCE * Math.abs(values[0] ?? 0));
    if (open.rows === 0) {
      const vectors = multiply(combinations, held(basis, basis.vectors), backend);
      return { values: values.slice(0, count), vectors };
    }
    const directions = newDirections(open, held(basis, basis.vectors), backend);
    if (directions.rows === 0) break;
    if (basis.size + directions.rows > basis.vectors.rows) cutBack(basis, combinations, backend);
    append(basis, a, directions, backend);
  }
  throw new StudioError(
    "NO_CONVERGENCE",
    `the ${count} leading eigenvectors of a ${a.rows} × ${a.rows} covariance: not found in ` +
      `${MAX_STEPS} steps`,
  );
}

/** A subspace and what A makes of it; rows beyond `size` are free. */
interface Basis {
  size: number;
  /** (capacity × n), orthonormal rows. */
  readonly vectors: DenseMatrix;
  /** (capacity × n): each row of `vectors` times A. */
  readonly images: DenseMatrix;
}

function createBasis(capacity: number, n: number): Basis {
  return { size: 0, vectors: denseMatrix(capacity, n), images: denseMatrix(capacity, n) };
}

function held({ size }: Basis, matrix: DenseMatrix): DenseMatrix {
  return rowRange(matrix, 0, size);
}

function append(
  basis: Basis,
  a: DenseMatrix,
  directions: DenseMatrix,
  backend: NumericsBackend,
): void {
  const end = basis.size + directions.rows;
  rowRange(basis.vectors, basis.size, end).data.set(directions.data);
  backend.gemm(1, directions, false, a, false, 0, rowRange(basis.images, basis.size, end));
  basis.size = end;
}

/** The basis becomes the leading Ritz vectors. */
function cutBack(basis: Basis, combinations: DenseMatrix, backend: NumericsBackend): void {
  const vectors = multiply(combinations, held(basis, basis.vectors), backend);
  const images = multiply(combinations, held(basis, basis.images), backend);
  basis.vectors.data.set(vectors.data);
  basis.images.data.set(images.data);
  basis.size = combinations.rows;
}

/** The leading eigenpairs of A within the basis: values descending, vectors as rows. */
function rayleighRitz(
  basis: Basis,
  block: number,
  backend: NumericsBackend,
): { readonly values: Float64Array; readonly combinations: DenseMatrix } {
  const m = basis.size;
  const projected = rowProducts(held(basis, basis.vectors), held(basis, basis.images), backend);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) projected.data[j * m + i] = projected.data[i * m + j]!;
  }
  const eigen = backend.symmetricEigen(projected);
  const kept = Math.min(block, m);
  const combinations = denseMatrix(kept, m);
  const values = new Float64Array(kept);
  for (let j = 0; j < kept; j++) {
    values[j] = eigen.values[m - 1 - j]!;
    for (let i = 0; i < m; i++) {
      combinations.data[j * m + i] = eigen.vectors.data[i * m + m - 1 - j]!;
    }
  }
  return { values, combinations };
}

/** A v − λ v of some Ritz vectors. */
function residualsOf(
  basis: Basis,
  combinations: DenseMatrix,
  values: Float64Array,
  backend: NumericsBackend,
): DenseMatrix {
  const residuals = multiply(combinations, held(basis, basis.images), backend);
  const scaled = denseMatrix(combinations.rows, combinations.cols);
  scaled.data.forEach((_, k) => {
    scaled.data[k] = values[Math.floor(k / scaled.cols)]! * combinations.data[k]!;
  });
  backend.gemm(-1, scaled, false, held(basis, basis.vectors), false, 1, residuals);
  return residuals;
}

/** Orthonormal rows for what the basis lacks of these; none when all of that is rounding. */
function newDirections(
  rows: DenseMatrix,
  basis: DenseMatrix,
  backend: NumericsBackend,
): DenseMatrix {
  const rest = withoutSpace(normalizedRows(rows), basis, backend);
  const directions = rowsLongerThan(rest, SHORTEST);
  return directions.rows === 0 ? directions : orthonormalRows(normalizedRows(directions), backend);
}

function rowsLongerThan(matrix: DenseMatrix, length: number): DenseMatrix {
  const indices = Array.from(rowLengths(matrix)).flatMap((own, i) => (own > length ? [i] : []));
  return gatherRows(matrix, Int32Array.from(indices));
}

function normalizedRows(matrix: DenseMatrix): DenseMatrix {
  const lengths = rowLengths(matrix);
  const data = matrix.data.map((value, k) => value / lengths[Math.floor(k / matrix.cols)]!);
  return denseMatrix(matrix.rows, matrix.cols, data);
}
