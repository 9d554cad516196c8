/**
 * Rows of a matrix by CUR leverage scores (Mahoney & Drineas 2009, PNAS 106, 697), in the greedy,
 * deterministic form of Imbalzano et al. 2018 (J. Chem. Phys. 148, 241730, doi:10.1063/1.5024611,
 * Sec. II): take the row of largest score π_i = Σ_{j≤k} u_ij² over the k leading left singular
 * vectors, make all rows orthogonal to it, decompose again. The same choice as scikit-matter's
 * `sample_selection.CUR` with `recompute_every=1`.
 */
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { leadingSubspace, startVectors } from "./leadingSubspace.ts";

/** Settings of {@link leverageRows}. */
export interface LeverageOptions {
  /** k, the singular vectors that enter a score. */
  readonly nVectors: number;
  /** A row whose squared distance to the span of those selected is at most this ends the search. */
  readonly distinctSquaredDistance: number;
  /** Called (and awaited) after each selection: for progress, and to cancel by throwing. */
  readonly onSelected?: ((selected: number) => Promise<void> | void) | undefined;
}

/** Scores this close to the largest, relatively, are ties: they go to the lowest index. */
const TIE = 1e-8;
/**
 * The deflated covariance carries the rounding of the covariance it started as. Once the leading
 * eigenvalue has fallen by this factor, it is formed again from deflated rows.
 */
const STALE = 1e-6;

interface Deflation {
  /** Ψ, deflated by all directions but `directions`. */
  rows: DenseMatrix;
  /** Covariance of Ψ, deflated by all directions. */
  covariance: DenseMatrix;
  /** Leading eigenvalue when the covariance was formed; 0 until known. */
  scale: number;
  /** Unit residuals of the rows selected since then. */
  directions: Float64Array[];
}

/**
 * Selects `size` rows, or fewer when the remaining ones depend on those selected. The singular
 * vectors come from the (d × d) covariance ΨᵀΨ, u_j = Ψ v_j / σ_j, which costs n d² once and one
 * reading of Ψ from memory a selection: meant for n ≫ d. The covariance is deflated with each
 * selection, and formed again from deflated rows before its rounding matters, so that the decay of
 * the spectrum costs no digits.
 *
 * @param matrix - Ψ, (n × d), not modified
 * @returns row indices in order of selection
 * @throws StudioError `NO_CONVERGENCE`
 */
export async function leverageRows(
  matrix: DenseMatrix,
  size: number,
  options: LeverageOptions,
  backend: NumericsBackend,
): Promise<Int32Array> {
  const { nVectors, distinctSquaredDistance } = options;
  const available = new Uint8Array(matrix.rows).fill(1);
  const selected: number[] = [];
  const state: Deflation = {
    rows: matrix,
    covariance: covarianceOf(matrix, backend),
    scale: 0,
    directions: [],
  };
  let start = startVectors(matrix.cols, nVectors);
  while (selected.length < size) {
    if (!(trace(state.covariance) > 0)) break;
    const count = Math.min(nVectors, matrix.cols - selected.length);
    if (count < 1) break;
    let found = leadingSubspace(state.covariance, count, start, backend);
    if (state.scale === 0) state.scale = found.values[0]!;
    if (found.values[0]! < STALE * state.scale) {
      refresh(state, backend);
      found = leadingSubspace(state.covariance, count, found.vectors, backend);
      state.scale = found.values[0]!;
    }
    if (!(found.values[0]! > 0)) break;
    const next = largestScore(state.rows, rowRange(found.vectors, 0, count), found.values, {
      available,
      backend,
    });
    const direction = residualOf(state, next);
    const squared = dot(direction, direction);
    if (!(squared > distinctSquaredDistance)) break;
    const norm = Math.sqrt(squared);
    for (let j = 0; j < direction.length; j++) direction[j]! /= norm;
    selected.push(next);
    available[next] = 0;
    deflate(state, direction);
    start = found.vectors;
    await options.onSelected?.(selected.length);
  }
  return Int32Array.from(selected);
}

/** argmax π_i among the rows still available; scores of rows already deflated would be 0. */
function largestScore(
  rows: DenseMatrix,
  vectors: DenseMatrix,
  values: Float64Array,
  { available, backend }: { readonly available: Uint8Array; readonly backend: NumericsBackend },
): number {
  const k = vectors.rows;
  const images = denseMatrix(rows.rows, k);
  backend.gemm(1, rows, false, vectors, true, 0, images);
  const scores = new Float64Array(rows.rows);
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < rows.rows; i++) {
    if (available[i] === 0) continue;
    let score = 0;
    for (let j = 0; j < k; j++) {
      if (values[j]! > 0) score += images.data[i * k + j]! ** 2 / values[j]!;
    }
    scores[i] = score;
    if (score > largest) largest = score;
  }
  for (let i = 0; i < rows.rows; i++) {
    if (available[i] === 1 && scores[i]! >= (1 - TIE) * largest) return i;
  }
  return 0;
}

function covarianceOf(rows: DenseMatrix, backend: NumericsBackend): DenseMatrix {
  const out = denseMatrix(rows.cols, rows.cols);
  backend.gemm(1, rows, true, rows, false, 0, out);
  return out;
}

function trace({ rows, data }: DenseMatrix): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * rows + i]!;
  return sum;
}

/** Row `index` of Ψ without its parts along the directions since the last refresh. */
function residualOf({ rows, directions }: Deflation, index: number): Float64Array {
  const residual = rowRange(rows, index, index + 1).data.slice();
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of directions) {
      const overlap = dot(residual, direction);
      for (let j = 0; j < residual.length; j++) residual[j]! -= overlap * direction[j]!;
    }
  }
  return residual;
}

/** C ← (I − q qᵀ) C (I − q qᵀ). */
function deflate(state: Deflation, direction: Float64Array): void {
  const { covariance } = state;
  const d = covariance.rows;
  const image = new Float64Array(d);
  for (let i = 0; i < d; i++) image[i] = dot(rowRange(covariance, i, i + 1).data, direction);
  const half = dot(image, direction) / 2;
  for (let j = 0; j < d; j++) image[j]! -= half * direction[j]!;
  for (let i = 0; i < d; i++) {
    const row = rowRange(covariance, i, i + 1).data;
    const a = direction[i]!;
    const b = image[i]!;
    for (let j = 0; j < d; j++) row[j]! -= a * image[j]! + b * direction[j]!;
  }
  state.directions.push(direction);
}

/** Ψ ← Ψ (I − Q Qᵀ), C ← ΨᵀΨ. */
function refresh(state: Deflation, backend: NumericsBackend): void {
  const { rows, directions } = state;
  const q = denseMatrix(directions.length, rows.cols);
  directions.forEach((direction, k) => q.data.set(direction, k * rows.cols));
  const overlaps = denseMatrix(rows.rows, q.rows);
  backend.gemm(1, rows, false, q, true, 0, overlaps);
  const deflated = denseMatrix(rows.rows, rows.cols, rows.data.slice());
  backend.gemm(-1, overlaps, false, q, false, 1, deflated);
  state.rows = deflated;
  state.covariance = covarianceOf(deflated, backend);
  state.directions = [];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
