/**
 * Rows of a matrix by CUR leverage scores (Mahoney & Drineas 2009, PNAS 106, 697), in the greedy,
 * deterministic form of Imbalzano et al. 2018 (J. Chem. Phys. 148, 241730, doi:10.1063/1.5024611,
 * Sec. II): take the row of largest score π_i = Σ_{j≤k} u_ij² over the k leading left singular
 * vectors, make all rows orthogonal to it, decompose again. The same choice as scikit-matter's
 * `sample_selection.CUR` with `recompute_every=1`.
 */
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { dot, multiply, rowProducts, withoutSpace } from "../numerics/rowSpace.ts";
import { leadingSubspace, startVectors } from "./leadingSubspace.ts";
import { largestScore, scoredRows, type ScoredRows } from "./leverageScores.ts";

/** Settings of {@link leverageRows}. */
export interface LeverageOptions {
  /** k, the singular vectors that enter a score. */
  readonly nVectors: number;
  /** A row whose squared distance to the span of those selected is at most this ends the search. */
  readonly distinctSquaredDistance: number;
  /** Called (and awaited) after each selection: for progress, and to cancel by throwing. */
  readonly onSelected?: ((selected: number) => Promise<void> | void) | undefined;
}

/**
 * The deflated covariance carries the rounding of the covariance it started as. Once the leading
 * eigenvalue has fallen by this factor, it is formed again from deflated rows.
 */
const STALE = 1e-6;

interface Deflation {
  /** Ψ, deflated by all directions but `directions`. */
  scored: ScoredRows;
  /** Covariance of Ψ, deflated by all directions. */
  covariance: DenseMatrix;
  /** Leading eigenvalue when the covariance was formed; 0 until known. */
  scale: number;
  /** (m × d), orthonormal rows: residuals of the rows selected since then. */
  directions: DenseMatrix;
  /** (size × d): where the directions lie. */
  readonly memory: DenseMatrix;
}

/**
 * Selects `size` rows, or fewer when the remaining ones depend on those selected. The singular
 * vectors come from the (d × d) covariance ΨᵀΨ, u_j = Ψ v_j / σ_j, which costs n d² once: meant for
 * n ≫ d. The covariance is deflated with each selection, and formed again from deflated rows before
 * its rounding matters, so that the decay of the spectrum costs no digits.
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
  const memory = denseMatrix(size, matrix.cols);
  const state: Deflation = {
    scored: scoredRows(matrix),
    covariance: covarianceOf(matrix, backend),
    scale: 0,
    directions: rowRange(memory, 0, 0),
    memory,
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
    const values = found.values.filter((value) => value > 0);
    if (values.length === 0) break;
    const leading = { vectors: found.vectors, values, directions: state.directions };
    const next = largestScore(state.scored, leading, available, backend);
    const { rows } = state.scored;
    const residual = withoutSpace(rowRange(rows, next, next + 1), state.directions, backend);
    const squared = dot(residual.data, residual.data);
    if (!(squared > distinctSquaredDistance)) break;
    const norm = Math.sqrt(squared);
    deflate(
      state,
      denseMatrix(
        1,
        matrix.cols,
        residual.data.map((value) => value / norm),
      ),
      backend,
    );
    selected.push(next);
    available[next] = 0;
    start = found.vectors;
    await options.onSelected?.(selected.length);
  }
  return Int32Array.from(selected);
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

/** C ← (I − qᵀq) C (I − qᵀq) for the row q, which joins the directions. */
function deflate(state: Deflation, q: DenseMatrix, backend: NumericsBackend): void {
  const { covariance, directions, memory } = state;
  const d = q.cols;
  const image = multiply(q, covariance, backend);
  const half = dot(image.data, q.data) / 2;
  for (let j = 0; j < d; j++) image.data[j]! -= half * q.data[j]!;
  const pair = denseMatrix(2, d);
  const swapped = denseMatrix(2, d);
  for (const [first, second, out] of [
    [q, image, pair],
    [image, q, swapped],
  ] as const) {
    out.data.set(first.data);
    out.data.set(second.data, d);
  }
  backend.gemm(-1, pair, true, swapped, false, 1, covariance);
  memory.data.set(q.data, directions.rows * d);
  state.directions = rowRange(memory, 0, directions.rows + 1);
}

/** Ψ ← Ψ (I − QᵀQ), C ← ΨᵀΨ. */
function refresh(state: Deflation, backend: NumericsBackend): void {
  const { rows } = state.scored;
  const deflated = denseMatrix(rows.rows, rows.cols, rows.data.slice());
  const overlaps = rowProducts(rows, state.directions, backend);
  backend.gemm(-1, overlaps, false, state.directions, false, 1, deflated);
  state.scored = scoredRows(deflated);
  state.covariance = covarianceOf(deflated, backend);
  state.directions = rowRange(state.memory, 0, 0);
}
