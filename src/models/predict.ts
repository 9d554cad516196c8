/** Total energies of structures that a fitted model may never have seen, and how far off they are. */
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite, requireShape } from "../numerics/checks.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { baselineEnergies, structureSums, type EnergyBaseline } from "./baseline.ts";
import { perAtomErrors, type PerAtomErrors } from "./evaluation.ts";

/** The part of a model that predictions need. */
export interface Predictor {
  readonly baseline: EnergyBaseline;
  /** w, length d, in the space of φ. */
  readonly weights: Float64Array;
}

/** Structures with energies: a training set, or one for tests. */
export interface EnergyTrainingSet {
  /** Φ: unscaled structure rows g_A = Σ_{i∈A} φ_i, (nStructures × d). */
  readonly rows: DenseMatrix;
  /** Atomic number of each environment, structures one after the other. */
  readonly species: Uint8Array;
  /** First environment of each structure, length nStructures + 1. */
  readonly offsets: Int32Array;
  /** Total energies Y_A, length nStructures. */
  readonly energies: Float64Array;
}

/** Predictions for structures with reference energies. */
export interface EnergyEvaluation {
  /** Total energies, length nStructures. */
  readonly predicted: Float64Array;
  readonly errors: PerAtomErrors;
}

/**
 * Total energies E_A = Σ_{i∈A} e_base(species_i) + g_Aᵀ w.
 *
 * @param rows - unscaled g_A = Σ_{i∈A} φ_i, (nStructures × d)
 * @param species - atomic number of each environment, structures one after the other
 * @param offsets - first environment of each structure, length nStructures + 1
 * @returns length nStructures
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` for rows that are not finite or a
 * species that the training set has not
 */
export function predictEnergies(
  model: Predictor,
  rows: DenseMatrix,
  species: Uint8Array,
  offsets: Int32Array,
  backend: NumericsBackend,
): Float64Array {
  requireShape(rows, offsets.length - 1, model.weights.length, "structure rows");
  requireFinite(rows.data, "structure rows");
  const baselines = structureSums(baselineEnergies(model.baseline, species), offsets);
  const out = denseMatrix(rows.rows, 1);
  const weights = denseMatrix(model.weights.length, 1, model.weights);
  backend.gemm(1, rows, false, weights, false, 0, out);
  return out.data.map((value, a) => value + baselines[a]!);
}

/**
 * Predicts a test set and compares: RMSE and MAE per atom, and %RMSE against its own spread.
 *
 * @param test - structures and reference energies, laid out as a training set
 * @throws StudioError as {@link predictEnergies} and `perAtomErrors`
 */
export function evaluateEnergies(
  model: Predictor,
  test: EnergyTrainingSet,
  backend: NumericsBackend,
): EnergyEvaluation {
  const { rows, species, offsets, energies } = test;
  const predicted = predictEnergies(model, rows, species, offsets, backend);
  const nAtoms = Int32Array.from(energies, (_, a) => (offsets[a + 1] ?? 0) - (offsets[a] ?? 0));
  return { predicted, errors: perAtomErrors(predicted, energies, nAtoms) };
}
