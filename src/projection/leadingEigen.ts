/**
 * A few leading eigenpairs of a large symmetric matrix by thick-restart block Lanczos with full
 * reorthogonalisation (Wu & Simon 2000, doi:10.1137/S0895479898334605; Parlett, The Symmetric
 * Eigenvalue Problem, ch. 11 and 13). A product with a few vectors costs n² a vector, a full
 * eigendecomposition n³, and between two products a caller can be heard.
 *
 * The projected matrix VAVᵀ is formed from the products themselves, not from the Lanczos
 * recurrence, so that rounding in the new directions costs speed and never correctness.
 */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireShape } from "../numerics/checks.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { createRandom, uniform } from "../random.ts";

/** How an iteration talks to whoever runs it. */
export interface IterationControl {
  /** Polled before every product; true ends the iteration with `CANCELLED`. */
  readonly isCancelled?: (() => boolean) | undefined;
  /** 0 … 1, never going back. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** The leading eigenpairs of a matrix. */
export interface LeadingEigen {
  /** Descending, length k. */
  readonly values: Float64Array;
  /** (k × n), orthonormal rows: row j belongs to `values[j]`. */
  readonly vectors: DenseMatrix;
  /** ‖A v − λ v‖ of each pair, from a product of its own. */
  readonly residuals: Float64Array;
  /** Products with a block of vectors that it took. */
  readonly products: number;
}

/** A pair is accepted when ‖A v − λ v‖ ≤ this · max |λ|. */
export const RESIDUAL_TOLERANCE = 1e-11;
/** Vectors beyond those wanted: a wider block converges in fewer products, for little more each. */
const EXTRA_VECTORS = 4;
/** Blocks held before a restart. */
const BASIS_BLOCKS = 20;
const MAX_PRODUCTS = 1000;
/** A new direction shorter than this · max |λ| is rounding: what A reaches has been reached. */
const DIRECTION_TOLERANCE = 1e-13;
/** Any number: an eigenvector orthogonal to every start vector has probability zero. */
const SEED = 20_260_101;

/** Rows of the matrices beyond `size` are free. */
interface Basis {
  size: number;
  /** (capacity × n), orthonormal rows. */
  readonly vectors: DenseMatrix;
  /** (capacity × n): each row of `vectors` times A. */
  readonly images: DenseMatrix;
  /** (capacity × capacity): V A Vᵀ. */
  readonly projected: DenseMatrix;
}

interface Ritz {
  /** Descending, length m. */
  readonly values: Float64Array;
  /** (m × m), row j belongs to `values[j]`: combinations of the basis. */
  readonly combinations: DenseMatrix;
  /** max |value|. */
  readonly scale: number;
}

/** Working memory of {@link leadingEigen}, in doubles for each row of the matrix. */
export function leadingEigenWidth(count: number): number {
  return 3 * BASIS_BLOCKS * (count + EXTRA_VECTORS);
}

/**
 * The `count` (algebraically) largest eigenvalues of a symmetric matrix and orthonormal
 * eigenvectors, with ‖A v − λ v‖ ≤ max(10⁻¹¹ max |λ|, `noise`). An eigenvalue may be as often
 * degenerate as it likes: any orthonormal basis of (part of) its space is a right answer, and the
 * seeded start makes it the same one every time. A rank below `count` gives eigenvalues 0 up to
 * rounding. The sign of a vector is left to the caller.
 *
 * @param a - (n × n), symmetric, not modified and not copied
 * @param count - k, 1 ≤ k ≤ n; meant for k ≪ n
 * @param noise - the rounding already in A (a bound on its 2-norm): no residual need be smaller
 * @throws StudioError `INCOMPATIBLE_SHAPE` when not square, `INVALID_PARAMETER` when k is out of
 * range, `NO_CONVERGENCE` when the residuals are still larger after 1000 products (or A is not
 * symmetric or not finite), `CANCELLED`
 */
export function leadingEigen(
  a: DenseMatrix,
  count: number,
  backend: NumericsBackend,
  control: IterationControl = {},
  noise = 0,
): LeadingEigen {
  const n = a.rows;
  requireShape(a, n, n, "matrix of the leading eigenvectors");
  if (!(Number.isInteger(count) && count >= 1 && count <= n)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `${count} leading eigenvectors, expected an integer from 1 to ${n}`,
    );
  }
  const width = Math.min(n, count + EXTRA_VECTORS);
  const basis = createBasis(n, Math.min(n, BASIS_BLOCKS * width));
  const report = progressReporter(control);
  let block = startBlock(width, n, backend);
  let worst = Infinity;
  for (let products = 1; products < MAX_PRODUCTS && block.rows > 0; products++) {
    requireNotCancelled(control);
    append(basis, a, block, backend);
    const ritz = ritzPairs(basis, backend);
    const tolerance = Math.max(RESIDUAL_TOLERANCE * ritz.scale, noise);
    const vectors = combine(ritz, basis.vectors, count, backend);
    const images = combine(ritz, basis.images, count, backend);
    worst = Math.max(...residualNorms(vectors, images, ritz.values));
    if (worst <= tolerance) {
      const values = ritz.values.slice(0, count);
      // Restarts recombine the images, so the last word is a fresh product.
      backend.gemm(1, vectors, false, a, false, 0, images);
      const residuals = residualNorms(vectors, images, values);
      worst = Math.max(...residuals);
      if (!(worst <= tolerance)) break;
      report(worst, tolerance);
      return { values, vectors, residuals, products: products + 1 };
    }
    report(worst, tolerance);
    block = nextBlock(basis, block.rows, ritz.scale, backend);
    if (basis.size + block.rows > basis.vectors.rows) restart(basis, ritz, width, backend);
  }
  throw new StudioError(
    "NO_CONVERGENCE",
    `the leading ${count} eigenvectors of a ${n} × ${n} matrix: the residual stays at ${worst}`,
  );
}

function createBasis(n: number, capacity: number): Basis {
  return {
    size: 0,
    vectors: denseMatrix(capacity, n),
    images: denseMatrix(capacity, n),
    projected: denseMatrix(capacity, capacity),
  };
}

function startBlock(width: number, n: number, backend: NumericsBackend): DenseMatrix {
  const random = createRandom(SEED);
  const data = Float64Array.from({ length: width * n }, () => 2 * uniform(random) - 1);
  return orthonormalized(denseMatrix(width, n, data), denseMatrix(0, n), 0, backend);
}

/** Adds the rows of `block`, their images (the product) and their part of the projected matrix. */
function append(basis: Basis, a: DenseMatrix, block: DenseMatrix, backend: NumericsBackend): void {
  const { vectors, images, projected } = basis;
  const start = basis.size;
  const end = start + block.rows;
  vectors.data.set(block.data, start * vectors.cols);
  const added = rowRange(images, start, end);
  backend.gemm(1, block, false, a, false, 0, added);
  const part = denseMatrix(block.rows, end);
  backend.gemm(1, added, false, rowRange(vectors, 0, end), true, 0, part);
  for (let i = start; i < end; i++) {
    for (let j = 0; j <= i; j++) {
      const value = part.data[(i - start) * end + j]!;
      projected.data[i * projected.cols + j] = value;
      projected.data[j * projected.cols + i] = value;
    }
  }
  basis.size = end;
}

function ritzPairs({ projected, size }: Basis, backend: NumericsBackend): Ritz {
  const square = denseMatrix(size, size);
  for (let i = 0; i < size; i++) {
    const row = i * projected.cols;
    square.data.set(projected.data.subarray(row, row + size), i * size);
  }
  const { values: ascending, vectors } = backend.symmetricEigen(square);
  const values = ascending.slice().reverse();
  const combinations = denseMatrix(size, size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      combinations.data[j * size + i] = vectors.data[i * size + size - 1 - j]!;
    }
  }
  const scale = Math.max(Math.abs(values[0]!), Math.abs(values[size - 1]!));
  return { values, combinations, scale };
}

/** The leading Ritz combinations of the rows of the basis (or of their images). */
function combine(
  { combinations }: Ritz,
  rows: DenseMatrix,
  count: number,
  backend: NumericsBackend,
): DenseMatrix {
  const out = denseMatrix(count, rows.cols);
  const used = rowRange(rows, 0, combinations.cols);
  backend.gemm(1, rowRange(combinations, 0, count), false, used, false, 0, out);
  return out;
}

/** ‖image − value · vector‖ of each row. */
function residualNorms(
  vectors: DenseMatrix,
  images: DenseMatrix,
  values: Float64Array,
): Float64Array {
  const { rows, cols } = vectors;
  const norms = new Float64Array(rows);
  for (let j = 0; j < rows; j++) {
    let squared = 0;
    for (let i = j * cols; i < (j + 1) * cols; i++) {
      const difference = images.data[i]! - values[j]! * vectors.data[i]!;
      squared += difference * difference;
    }
    norms[j] = Math.sqrt(squared);
  }
  return norms;
}

/** The part of the last images that the basis lacks; fewer rows, or none, where nothing is new. */
function nextBlock(
  { vectors, images, size }: Basis,
  lastRows: number,
  scale: number,
  backend: NumericsBackend,
): DenseMatrix {
  const last = rowRange(images, size - lastRows, size);
  const candidates = denseMatrix(last.rows, last.cols, last.data.slice());
  const used = rowRange(vectors, 0, size);
  const block = orthonormalized(candidates, used, DIRECTION_TOLERANCE * scale, backend);
  return rowRange(block, 0, Math.min(block.rows, vectors.cols - size));
}

/** Keeps the leading half of the Ritz vectors. The next block is orthogonal to them as before. */
function restart(basis: Basis, ritz: Ritz, width: number, backend: NumericsBackend): void {
  const { vectors, images, projected } = basis;
  const kept = Math.min(basis.size, vectors.rows - Math.floor(BASIS_BLOCKS / 2) * width);
  vectors.data.set(combine(ritz, vectors, kept, backend).data);
  images.data.set(combine(ritz, images, kept, backend).data);
  projected.data.fill(0);
  for (let j = 0; j < kept; j++) projected.data[j * projected.cols + j] = ritz.values[j]!;
  basis.size = kept;
}

/**
 * An orthonormal basis of the rows of `block` (overwritten) beyond the span of `against`: twice
 * classical Gram–Schmidt against the basis and modified within the block ("twice is enough").
 * Rows that are no longer than `shortest` after the first pass are left out.
 */
function orthonormalized(
  block: DenseMatrix,
  against: DenseMatrix,
  shortest: number,
  backend: NumericsBackend,
): DenseMatrix {
  removeSpan(block, against, backend);
  const first = gramSchmidt(block, shortest);
  removeSpan(first, against, backend);
  return gramSchmidt(first, 0);
}

function removeSpan(block: DenseMatrix, against: DenseMatrix, backend: NumericsBackend): void {
  if (against.rows === 0 || block.rows === 0) return;
  const overlaps = denseMatrix(block.rows, against.rows);
  backend.gemm(1, block, false, against, true, 0, overlaps);
  backend.gemm(-1, overlaps, false, against, false, 1, block);
}

/** In place; returns the leading rows, those that were longer than `shortest`. */
function gramSchmidt(block: DenseMatrix, shortest: number): DenseMatrix {
  const { cols } = block;
  let kept = 0;
  for (let i = 0; i < block.rows; i++) {
    const row = block.data.subarray(i * cols, (i + 1) * cols);
    for (let j = 0; j < kept; j++) {
      const other = block.data.subarray(j * cols, (j + 1) * cols);
      const overlap = dot(row, other);
      for (let k = 0; k < cols; k++) row[k]! -= overlap * other[k]!;
    }
    const norm = Math.sqrt(dot(row, row));
    if (!(norm > shortest)) continue;
    const target = block.data.subarray(kept * cols, (kept + 1) * cols);
    for (let k = 0; k < cols; k++) target[k] = row[k]! / norm;
    kept++;
  }
  return rowRange(block, 0, kept);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Residuals fall about geometrically: progress is how far their logarithm has come. */
function progressReporter({
  onProgress,
}: IterationControl): (residual: number, tolerance: number) => void {
  let first = 0;
  let reached = 0;
  return (residual, tolerance) => {
    if (first === 0) first = residual;
    const fraction = Math.log(first / residual) / Math.log(first / tolerance);
    if (residual <= tolerance) reached = 1;
    else if (fraction > reached && fraction < 1) reached = fraction;
    onProgress?.(reached);
  };
}

function requireNotCancelled({ isCancelled }: IterationControl): void {
  if (isCancelled?.() === true) throw new StudioError("CANCELLED", "The job was cancelled.");
}
