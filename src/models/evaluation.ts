/** How far predicted energies are from reference energies. */
import { StudioError } from "../errors.ts";
import { requireFinite } from "../numerics/checks.ts";

/** Errors per atom, in the unit of the energies. */
export interface PerAtomErrors {
  readonly nStructures: number;
  /** Root mean square over structures of the error per atom. */
  readonly rmse: number;
  /** Mean absolute error per atom. */
  readonly mae: number;
  /** 100 · RMSE / standard deviation of the per-atom references; 0 for a perfect prediction. */
  readonly percentRmse: number;
}

/**
 * Errors of total energies divided by the number of atoms. The standard deviation is that of the
 * population (divided by n).
 *
 * @param predicted - total energies, length nStructures
 * @param reference - total energies, length nStructures
 * @param nAtoms - atoms of each structure
 * @throws StudioError `INVALID_PARAMETER` when empty, not finite or with no atoms,
 * `INCOMPATIBLE_SHAPE`
 */
export function perAtomErrors(
  predicted: Float64Array,
  reference: Float64Array,
  nAtoms: ArrayLike<number>,
): PerAtomErrors {
  const n = reference.length;
  if (predicted.length !== n || nAtoms.length !== n) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `energies: ${predicted.length} predicted, ${n} reference, ${nAtoms.length} atom counts`,
    );
  }
  if (n === 0) throw new StudioError("INVALID_PARAMETER", "no structures to evaluate");
  requireFinite(predicted, "predicted energies");
  requireFinite(reference, "reference energies");
  const perAtom = reference.map((value, a) => value / positive(nAtoms[a]!, a));
  const errors = predicted.map((value, a) => value / nAtoms[a]! - perAtom[a]!);
  const mean = average(perAtom);
  const spread = Math.sqrt(average(perAtom.map((value) => (value - mean) ** 2)));
  const rmse = Math.sqrt(average(errors.map((value) => value * value)));
  return {
    nStructures: n,
    rmse,
    mae: average(errors.map(Math.abs)),
    // One structure, or all alike, has no spread to compare with: then only the perfect fit is 0 %.
    percentRmse: rmse === 0 ? 0 : (100 * rmse) / spread,
  };
}

function positive(count: number, structure: number): number {
  if (count > 0) return count;
  throw new StudioError("INVALID_PARAMETER", `structure ${structure} has ${count} atoms`);
}

function average(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
