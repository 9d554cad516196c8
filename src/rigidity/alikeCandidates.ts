/** Which structures are nearly the same to the model: for lists in which each kind stands once. */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";

/**
 * Kernel distance √(2 − 2k) up to which structures count as alike, k the normalised average kernel:
 * k ≥ 0.995.
 */
export const ALIKE_DISTANCE = 0.1;
/** Structures that are compared with each other; the rest of a longer list stands for itself. */
export const MAX_COMPARED = 1000;

/**
 * Folds near duplicates into the first of their kind. Structures are compared by the cosine of their
 * rows: with φ the features or the kernel space, the row of a structure is the sum of φ over its atoms,
 * so the cosine is the normalised average kernel of both (De, Bartók, Csányi and Ceriotti 2016,
 * Phys. Chem. Chem. Phys. 18, 13754, eq. 8). Supercells are alike to their cell. n² d operations.
 *
 * @param rows - one row a structure; scaled in any way
 * @param order - places in `rows`, best first
 * @returns for each place in `order`, the place in `order` of the one it is alike to: its own for the
 * first of a kind
 * @throws StudioError `INVALID_PARAMETER` for a row that is not finite
 */
export function foldAlike(
  rows: DenseMatrix,
  order: ArrayLike<number>,
  backend: NumericsBackend,
): Int32Array {
  const n = Math.min(order.length, MAX_COMPARED);
  const unit = denseMatrix(n, rows.cols);
  for (let place = 0; place < n; place++) {
    const row = rowOf(rows, order[place]!);
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (!Number.isFinite(norm)) {
      throw new StudioError("INVALID_PARAMETER", `row ${order[place]!} is not finite`);
    }
    unit.data.set(norm > 0 ? row.map((value) => value / norm) : row, place * rows.cols);
  }
  const kernel = denseMatrix(n, n);
  backend.gemm(1, unit, false, unit, true, 0, kernel);
  const least = 1 - ALIKE_DISTANCE ** 2 / 2;
  const leaders: number[] = [];
  return Int32Array.from({ length: order.length }, (_, place) => {
    if (place >= n) return place;
    const leader = leaders.find((one) => kernel.data[one * n + place]! >= least);
    if (leader !== undefined) return leader;
    leaders.push(place);
    return place;
  });
}

function rowOf({ data, cols }: DenseMatrix, index: number): Float64Array {
  return data.subarray(index * cols, (index + 1) * cols);
}
