/** Cache-blocked transposes between row-major layouts; the triangular solves work on columns. */
import { denseMatrix, type DenseMatrix } from "./matrix.ts";

/** Edge of the square tile: two tiles of doubles fit the first-level cache. */
const TILE = 32;

/**
 * Rows `[start, end)` of `source`, transposed, columns picked in the order of `columns`.
 * @returns (columns.length × (end − start))
 */
export function transposeColumns(
  source: DenseMatrix,
  start: number,
  end: number,
  columns: Int32Array,
): DenseMatrix {
  const width = end - start;
  const out = denseMatrix(columns.length, width);
  for (let c0 = 0; c0 < columns.length; c0 += TILE) {
    const c1 = Math.min(c0 + TILE, columns.length);
    for (let i = 0; i < width; i++) {
      const row = (start + i) * source.cols;
      for (let c = c0; c < c1; c++) out.data[c * width + i] = source.data[row + columns[c]!]!;
    }
  }
  return out;
}

/** Rows `[start, end)` of `source`, transposed. @returns (cols × (end − start)) */
export function transposeRows(source: DenseMatrix, start: number, end: number): DenseMatrix {
  const width = end - start;
  const { cols } = source;
  const out = denseMatrix(cols, width);
  for (let c0 = 0; c0 < cols; c0 += TILE) {
    const c1 = Math.min(c0 + TILE, cols);
    for (let i = 0; i < width; i++) {
      const row = (start + i) * cols;
      for (let c = c0; c < c1; c++) out.data[c * width + i] = source.data[row + c]!;
    }
  }
  return out;
}

/** Writes `sourceᵀ` into rows `rowStart …` of `target`; `source` is (target.cols × n). */
export function transposeInto(source: DenseMatrix, target: DenseMatrix, rowStart: number): void {
  const { cols } = target;
  for (let c0 = 0; c0 < cols; c0 += TILE) {
    const c1 = Math.min(c0 + TILE, cols);
    for (let i = 0; i < source.cols; i++) {
      const row = (rowStart + i) * cols;
      for (let c = c0; c < c1; c++) target.data[row + c] = source.data[c * source.cols + i]!;
    }
  }
}
