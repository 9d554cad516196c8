/**
 * Farthest-point sampling in kernel distance d²(i, j) = k_ii + k_jj − 2 k_ij, k_ij = (p_i · p_j)^ζ.
 *
 * The greedy choice is exact, but its products are made in batches: the next few choices are
 * foretold among the candidates farthest at present, one matrix product gives their dot products
 * with every point, and the greedy loop runs as long as the true farthest point is in the batch.
 * The product is the whole cost and can be sharded over row blocks.
 */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";

/**
 * Dot products of some points with all points, (candidates.length × n), entry (b, i) =
 * p_candidates[b] · p_i. Asynchronous, so that a pool can compute column blocks of it.
 */
export type ProductProvider = (candidates: Int32Array) => Promise<DenseMatrix>;

/** What was selected, in order. */
export interface FarthestPoints {
  /** Indices into the points, in order of selection; the first is `first`. */
  readonly indices: Int32Array;
  /** Squared kernel distance of each selected point to those before it; `Infinity` for the first. */
  readonly squaredDistances: Float64Array;
  /** Largest squared distance left: how well the selection covers all points. */
  readonly coverage: number;
}

/** Below this squared distance two points count as the same. */
export const DISTINCT_SQUARED_DISTANCE = 1e-12;

/** Points per product: large enough for a fast product, small enough to be mostly used. */
const BATCH = 64;
/** Candidates among which the next `BATCH` choices are foretold. */
const POOL = 384;

/**
 * Selects `size` points, or all distinct ones if there are fewer (stops when the largest squared
 * distance is ≤ 1e-12). Ties go to the lowest index.
 *
 * @param features - (n × d), rows p_i
 * @param zeta - positive integer
 * @param first - index of the first point
 * @param products - default: one product on `backend` in this thread
 * @throws StudioError `INVALID_PARAMETER` when `size`, ζ or `first` is out of range
 */
export async function farthestPoints(
  features: DenseMatrix,
  zeta: number,
  size: number,
  first: number,
  backend: NumericsBackend,
  products: ProductProvider = inProcessProducts(features, backend),
): Promise<FarthestPoints> {
  const n = features.rows;
  requireRange(size, 1, n, "number of farthest points");
  requireRange(first, 0, n - 1, "first farthest point");
  requireRange(zeta, 1, Number.MAX_SAFE_INTEGER, "zeta");
  const selfKernels = selfProducts(features).map((value) => integerPower(value, zeta));
  const distances = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const indices = new Int32Array(size);
  const squaredDistances = new Float64Array(size);
  const slot = new Int32Array(n).fill(-1);
  let count = 0;
  let next = first;
  let farthest = Number.POSITIVE_INFINITY;
  while (count < size && farthest > DISTINCT_SQUARED_DISTANCE) {
    const batch =
      count === 0
        ? Int32Array.of(first)
        : foretell(features, selfKernels, distances, zeta, Math.min(BATCH, size - count), backend);
    const block = await products(batch);
    requireBlock(block, batch.length, n);
    batch.forEach((point, b) => (slot[point] = b));
    if (slot[next]! < 0) {
      throw new StudioError("INTERNAL", `farthest point ${next} is not among those multiplied`);
    }
    // The farthest point heads the batch, so each product selects at least one point.
    while (count < size && farthest > DISTINCT_SQUARED_DISTANCE && slot[next]! >= 0) {
      indices[count] = next;
      squaredDistances[count] = farthest;
      count++;
      const row = rowRange(block, slot[next]!, slot[next]! + 1).data;
      next = absorb(row, selfKernels, selfKernels[next]!, zeta, distances);
      farthest = distances[next]!;
    }
    batch.forEach((point) => (slot[point] = -1));
  }
  return {
    indices: indices.slice(0, count),
    squaredDistances: squaredDistances.slice(0, count),
    coverage: Math.max(0, farthest),
  };
}

/** Lowers every distance to that from the new point; returns the farthest point, lowest index. */
function absorb(
  dots: Float64Array,
  selfKernels: Float64Array,
  selfKernel: number,
  zeta: number,
  distances: Float64Array,
): number {
  let farthest = 0;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < distances.length; i++) {
    const distance = selfKernels[i]! + selfKernel - 2 * integerPower(dots[i]!, zeta);
    let current = distances[i]!;
    if (distance < current) {
      current = distance;
      distances[i] = distance;
    }
    if (current > largest) {
      largest = current;
      farthest = i;
    }
  }
  return farthest;
}

/**
 * Guesses the next choices by running the greedy loop on the farthest few candidates alone. Only a
 * guess of which products will be needed: it cannot change what is selected.
 */
function foretell(
  features: DenseMatrix,
  selfKernels: Float64Array,
  distances: Float64Array,
  zeta: number,
  count: number,
  backend: NumericsBackend,
): Int32Array {
  const pool = largestEntries(distances, Math.min(POOL, distances.length));
  if (pool.length <= count) return pool;
  const rows = gatherRows(features, pool);
  const gram = denseMatrix(pool.length, pool.length);
  backend.gemm(1, rows, false, rows, true, 0, gram);
  const local = Float64Array.from(pool, (point) => distances[point]!);
  const kernels = Float64Array.from(pool, (point) => selfKernels[point]!);
  const batch = new Int32Array(count);
  let next = 0;
  for (let b = 0; b < count; b++) {
    batch[b] = pool[next]!;
    const dots = rowRange(gram, next, next + 1).data;
    const self = kernels[next]!;
    local[next] = Number.NEGATIVE_INFINITY;
    next = absorb(dots, kernels, self, zeta, local);
  }
  return batch;
}

/** Indices of the `count` largest values, largest first, ties to the lowest index. */
function largestEntries(values: Float64Array, count: number): Int32Array {
  const order = (a: number, b: number): number => values[b]! - values[a]! || a - b;
  const threshold = values.slice().sort()[values.length - count]!;
  const chosen: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i]! >= threshold) chosen.push(i);
  }
  return Int32Array.from(chosen.sort(order).slice(0, count));
}

/** The provider that multiplies in this thread. */
export function inProcessProducts(
  features: DenseMatrix,
  backend: NumericsBackend,
): ProductProvider {
  return (candidates) => {
    const out = denseMatrix(candidates.length, features.rows);
    backend.gemm(1, gatherRows(features, candidates), false, features, true, 0, out);
    return Promise.resolve(out);
  };
}

/** The listed rows, copied, in the listed order. */
export function gatherRows(source: DenseMatrix, indices: Int32Array): DenseMatrix {
  const { cols } = source;
  const out = denseMatrix(indices.length, cols);
  indices.forEach((index, i) => {
    out.data.set(source.data.subarray(index * cols, (index + 1) * cols), i * cols);
  });
  return out;
}

function selfProducts(features: DenseMatrix): Float64Array {
  const { rows, cols, data } = features;
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = i * cols; j < (i + 1) * cols; j++) sum += data[j]! * data[j]!;
    out[i] = sum;
  }
  return out;
}

function integerPower(base: number, exponent: number): number {
  if (exponent === 1) return base;
  const square = base * base;
  if (exponent === 2) return square;
  if (exponent === 4) return square * square;
  let result = 1;
  for (let k = 0; k < exponent; k++) result *= base;
  return result;
}

function requireRange(value: number, lowest: number, highest: number, subject: string): void {
  if (Number.isInteger(value) && value >= lowest && value <= highest) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    `${subject} is ${value}, expected an integer from ${lowest} to ${highest}`,
  );
}

function requireBlock(block: DenseMatrix, rows: number, cols: number): void {
  if (block.rows === rows && block.cols === cols) return;
  throw new StudioError(
    "INCOMPATIBLE_SHAPE",
    `dot products: got ${block.rows} × ${block.cols}, expected ${rows} × ${cols}`,
  );
}
