/** Training sets as multisets of pool rows, for tests of what-if and suggestions. */
import { denseMatrix, rowRange, type DenseMatrix } from "../../src/numerics/matrix.ts";

/** Every row as often as it counts: the training rows that a multiset stands for. */
export function expandRows(pool: DenseMatrix, counts: readonly number[]): DenseMatrix {
  const indices = counts.flatMap((count, index) => new Array<number>(count).fill(index));
  const out = denseMatrix(indices.length, pool.cols);
  indices.forEach((index, i) => {
    out.data.set(rowRange(pool, index, index + 1).data, i * pool.cols);
  });
  return out;
}

/** One matrix above the other. */
export function stackRows(top: DenseMatrix, bottom: DenseMatrix): DenseMatrix {
  const out = denseMatrix(top.rows + bottom.rows, top.cols);
  out.data.set(top.data);
  out.data.set(bottom.data, top.data.length);
  return out;
}

/** Each row multiplied by its factor. */
export function scaledRows(rows: DenseMatrix, factors: readonly number[]): DenseMatrix {
  const data = rows.data.map((value, k) => value * (factors[Math.floor(k / rows.cols)] ?? 1));
  return denseMatrix(rows.rows, rows.cols, data);
}
