/** Dense row-major matrices over caller-owned `Float64Array`s (possibly views of shared memory). */
import { StudioError } from "../errors.ts";

/** A `rows × cols` matrix, row-major and contiguous: element (i, j) is `data[i * cols + j]`. */
export interface DenseMatrix {
  readonly rows: number;
  readonly cols: number;
  /** Length `rows * cols`. Mutable; owned by whoever allocated it. */
  readonly data: Float64Array;
}

/**
 * Wraps or allocates a matrix.
 * @param data - length `rows * cols`, row-major; zeros are allocated when omitted
 * @throws StudioError `INCOMPATIBLE_SHAPE` when `data.length !== rows * cols`
 */
export function denseMatrix(rows: number, cols: number, data?: Float64Array): DenseMatrix {
  const values = data ?? new Float64Array(rows * cols);
  if (values.length !== rows * cols) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `a ${rows} × ${cols} matrix needs ${rows * cols} values, got ${values.length}`,
    );
  }
  return { rows, cols, data: values };
}

/** Rows `[start, end)` as a view on the same memory. */
export function rowRange(matrix: DenseMatrix, start: number, end: number): DenseMatrix {
  return {
    rows: end - start,
    cols: matrix.cols,
    data: matrix.data.subarray(start * matrix.cols, end * matrix.cols),
  };
}
