/** Checks at the edges of public numerical functions: shapes and finiteness. */
import { StudioError } from "../errors.ts";
import type { DenseMatrix } from "./matrix.ts";

/**
 * @param subject - what the matrix is, for the message
 * @throws StudioError `INCOMPATIBLE_SHAPE` when the matrix is not `rows × cols`
 */
export function requireShape(
  matrix: DenseMatrix,
  rows: number,
  cols: number,
  subject: string,
): void {
  if (matrix.rows !== rows || matrix.cols !== cols || matrix.data.length !== rows * cols) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `${subject}: got ${matrix.rows} × ${matrix.cols} (${matrix.data.length} values), ` +
        `expected ${rows} × ${cols}`,
    );
  }
}

/**
 * @param subject - what the values are, for the message
 * @throws StudioError `INVALID_PARAMETER` when a value is NaN or infinite
 */
export function requireFinite(values: Float64Array, subject: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new StudioError(
        "INVALID_PARAMETER",
        `${subject}: value ${i} is ${values[i]}, expected a finite number`,
      );
    }
  }
}

/**
 * @param subject - what the numbers belong to, for the message
 * @throws StudioError `INVALID_PARAMETER` unless `regularizer` is finite and ≥ 0
 */
export function requireRegularizer(regularizer: number, subject: string): void {
  if (!(Number.isFinite(regularizer) && regularizer >= 0)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `${subject}: the regularizer μ is ${regularizer}, expected a finite number ≥ 0`,
      { remedy: "Choose μ > 0, for example 1e-3." },
    );
  }
}
