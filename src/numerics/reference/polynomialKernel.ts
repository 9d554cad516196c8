/** The polynomial kernel k(i, j) = δ(s_i, s_j) (x_i · y_j)^ζ between feature rows. */
import { StudioError } from "../../errors.ts";
import { requireShape } from "../checks.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../matrix.ts";
import { referenceGemm } from "./gemm.ts";

/** Rows of x handled at a time in the sums: the (block × m) kernel stays small. */
const BLOCK_ROWS = 256;

/**
 * See `NumericsBackend.polynomialKernel`.
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when ζ is not a positive integer
 */
export function referencePolynomialKernel(
  x: DenseMatrix,
  xSpecies: Uint8Array,
  y: DenseMatrix,
  ySpecies: Uint8Array,
  zeta: number,
  out: DenseMatrix,
): void {
  requireArguments(x, xSpecies, y, ySpecies, zeta);
  requireShape(out, x.rows, y.rows, "kernel output");
  referenceGemm(1, x, false, y, true, 0, out);
  const m = y.rows;
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < m; j++) {
      out.data[i * m + j] =
        xSpecies[i] === ySpecies[j] ? integerPower(out.data[i * m + j]!, zeta) : 0;
    }
  }
}

/**
 * See `NumericsBackend.polynomialKernelSums`.
 * @throws StudioError as {@link referencePolynomialKernel}
 */
export function referencePolynomialKernelSums(
  x: DenseMatrix,
  xSpecies: Uint8Array,
  offsets: Int32Array,
  y: DenseMatrix,
  ySpecies: Uint8Array,
  zeta: number,
  out: DenseMatrix,
): void {
  requireArguments(x, xSpecies, y, ySpecies, zeta);
  const nGroups = Math.max(0, offsets.length - 1);
  requireShape(out, nGroups, y.rows, "kernel sums output");
  requireOffsets(offsets, x.rows);
  out.data.fill(0);
  const m = y.rows;
  let group = 0;
  for (let start = 0; start < x.rows; start += BLOCK_ROWS) {
    const end = Math.min(start + BLOCK_ROWS, x.rows);
    const block = denseMatrix(end - start, m);
    referencePolynomialKernel(
      rowRange(x, start, end),
      xSpecies.subarray(start, end),
      y,
      ySpecies,
      zeta,
      block,
    );
    for (let i = start; i < end; i++) {
      while (i >= offsets[group + 1]!) group++;
      for (let j = 0; j < m; j++) out.data[group * m + j]! += block.data[(i - start) * m + j]!;
    }
  }
}

/** base^exponent by repeated squaring: exact sign, same rounding on every machine. */
function integerPower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

function requireArguments(
  x: DenseMatrix,
  xSpecies: Uint8Array,
  y: DenseMatrix,
  ySpecies: Uint8Array,
  zeta: number,
): void {
  requireShape(y, y.rows, x.cols, "second kernel argument");
  if (xSpecies.length !== x.rows || ySpecies.length !== y.rows) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `species: got ${xSpecies.length} and ${ySpecies.length}, expected ${x.rows} and ${y.rows}`,
    );
  }
  if (!(Number.isInteger(zeta) && zeta >= 1)) {
    throw new StudioError("INVALID_PARAMETER", `zeta is ${zeta}, expected a positive integer`);
  }
}

function requireOffsets(offsets: Int32Array, nRows: number): void {
  const ordered = offsets.every((value, i) => i === 0 || value >= offsets[i - 1]!);
  if (offsets[0] === 0 && offsets[offsets.length - 1] === nRows && ordered) return;
  throw new StudioError(
    "INCOMPATIBLE_SHAPE",
    `group offsets: expected a non-decreasing list from 0 to ${nRows}`,
  );
}
