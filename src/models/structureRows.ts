/** How the atoms of a structure are pooled into one row of the regression. */
import { StudioError } from "../errors.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";

/** How a structure's row is scaled: g_A · N_A^(−p) with p = 0 (sum), ½ (sqrt), 1 (mean). */
export type StructureRows = "sum" | "sqrt" | "mean";

/**
 * The factor N_A^(−p) of every structure; it multiplies the structure's row and its target.
 *
 * @param nAtoms - number of environments of each structure
 * @throws StudioError `INVALID_PARAMETER` when a structure has no environments
 */
export function rowScales(nAtoms: ArrayLike<number>, convention: StructureRows): Float64Array {
  const power = convention === "sum" ? 0 : convention === "sqrt" ? 0.5 : 1;
  return Float64Array.from(nAtoms, (count, index) => {
    if (!(count > 0)) {
      throw new StudioError(
        "INVALID_PARAMETER",
        `structure ${index} has ${count} environments, expected at least 1`,
      );
    }
    return power === 0 ? 1 : count ** -power;
  });
}

/**
 * Multiplies row A by `scales[A]`.
 * @returns a new matrix; `rows` is not modified
 * @throws StudioError `INCOMPATIBLE_SHAPE` when there is not one scale a row
 */
export function scaleRows(rows: DenseMatrix, scales: Float64Array): DenseMatrix {
  if (scales.length !== rows.rows) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `row scales: got ${scales.length}, expected one for each of ${rows.rows} rows`,
    );
  }
  const { cols } = rows;
  const out = denseMatrix(rows.rows, cols, rows.data.slice());
  for (let i = 0; i < rows.rows; i++) {
    const scale = scales[i]!;
    for (let j = 0; j < cols; j++) out.data[i * cols + j]! *= scale;
  }
  return out;
}

/**
 * Sums the environment rows of each structure: g_A = Σ_{i∈A} φ_i.
 *
 * @param environments - (nEnvironments × d), structures one after the other
 * @param offsets - first environment of each structure, length nStructures + 1
 * @returns (nStructures × d), unscaled
 * @throws StudioError `INCOMPATIBLE_SHAPE` when the offsets do not cover the rows
 */
export function sumStructureRows(environments: DenseMatrix, offsets: Int32Array): DenseMatrix {
  const { cols } = environments;
  const nStructures = Math.max(0, offsets.length - 1);
  if ((offsets[nStructures] ?? 0) !== environments.rows) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `structure offsets end at ${offsets[nStructures] ?? 0}, expected ${environments.rows} environments`,
    );
  }
  const out = denseMatrix(nStructures, cols);
  for (let a = 0; a < nStructures; a++) {
    for (let i = offsets[a]!; i < offsets[a + 1]!; i++) {
      for (let j = 0; j < cols; j++) out.data[a * cols + j]! += environments.data[i * cols + j]!;
    }
  }
  return out;
}
