/**
 * Energies of any model that is linear in its features φ: baseline + ridge regression. Linear models
 * pass SOAP (or imported) features, sparse kernel models φ = L⁻¹ k_M of `kernelSpace.ts`.
 */
import { StudioError, type Diagnostic } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireShape } from "../numerics/checks.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { baselineEnergies, fitBaseline, structureSums, type EnergyBaseline } from "./baseline.ts";
import { perAtomErrors, type PerAtomErrors } from "./evaluation.ts";
import { predictEnergies, type EnergyTrainingSet, type Predictor } from "./predict.ts";
import { factorizeRidge, type RidgeFactor } from "./ridge.ts";
import { rowScales, scaleRows, type StructureRows } from "./structureRows.ts";

/** A fitted model. Plain data: survives structured clone. */
export interface EnergyModel extends Predictor {
  /** The factor of H: the same that gives the rigidities, from the same rows. */
  readonly factor: RidgeFactor;
  readonly trainErrors: PerAtomErrors;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Minimises ½ Σ_A s_A² (Y_A − E_A^base − g_Aᵀw)² + μ/2 ‖w‖², s_A = N_A^(−p) (Chong et al. 2023,
 * Eq. 1), without forming the normal equations.
 *
 * @throws StudioError `INVALID_PARAMETER` for μ < 0, an empty training set or values not finite,
 * `INCOMPATIBLE_SHAPE`, `NOT_POSITIVE_DEFINITE` for μ = 0 with a singular H
 */
export function fitEnergyModel(
  training: EnergyTrainingSet,
  regularizer: number,
  structureRows: StructureRows,
  backend: NumericsBackend,
): EnergyModel {
  const problem = regressionProblem(training, structureRows, backend);
  const { factor, weights } = factorizeRidge(problem.rows, problem.targets, regularizer, backend);
  if (weights === null) throw new StudioError("INTERNAL", "ridge regression gave no weights");
  const { baseline, nAtoms } = problem;
  const { rows, species, offsets } = training;
  const predicted = predictEnergies({ baseline, weights }, rows, species, offsets, backend);
  return {
    baseline,
    weights,
    factor,
    trainErrors: perAtomErrors(predicted, training.energies, nAtoms),
    diagnostics: baseline.diagnostics,
  };
}

/** A training set as the least-squares problem of the ridge regression. */
export interface RegressionProblem {
  /** s_A g_A, (nStructures × d). */
  readonly rows: DenseMatrix;
  /** s_A (Y_A − E_A^base), length nStructures. */
  readonly targets: Float64Array;
  /** Fitted to the same structures with the same weights. */
  readonly baseline: EnergyBaseline;
  /** Environments of each structure. */
  readonly nAtoms: Int32Array;
}

/**
 * Subtracts the fitted baseline and scales rows and targets by s_A = N_A^(−p).
 *
 * @throws StudioError `INVALID_PARAMETER` for an empty training set or values not finite,
 * `INCOMPATIBLE_SHAPE`
 */
export function regressionProblem(
  training: EnergyTrainingSet,
  structureRows: StructureRows,
  backend: NumericsBackend,
): RegressionProblem {
  const { rows, species, offsets, energies } = training;
  const n = energies.length;
  requireShape(rows, n, rows.cols, "structure rows");
  const nAtoms = Int32Array.from({ length: n }, (_, a) => (offsets[a + 1] ?? 0) - offsets[a]!);
  const scales = rowScales(nAtoms, structureRows);
  const baseline = fitBaseline(species, offsets, energies, scales, backend);
  const baselines = structureSums(baselineEnergies(baseline, species), offsets);
  const targets = energies.map((energy, a) => scales[a]! * (energy - baselines[a]!));
  return { rows: scaleRows(rows, scales), targets, baseline, nAtoms };
}

/**
 * Local energies ỹ_k = e_base(species_k) + φ_kᵀ w. Their sum over a structure is its energy.
 *
 * @param phi - (m × d)
 * @param species - atomic number of each environment, length m
 * @returns length m
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` for an unknown species
 */
export function localEnergies(
  model: Pick<EnergyModel, "baseline" | "weights">,
  phi: DenseMatrix,
  species: Uint8Array,
  backend: NumericsBackend,
): Float64Array {
  requireShape(phi, species.length, model.weights.length, "environment features φ");
  const base = baselineEnergies(model.baseline, species);
  return multiply(phi, model.weights, backend).map((value, k) => value + base[k]!);
}

function multiply(
  matrix: DenseMatrix,
  vector: Float64Array,
  backend: NumericsBackend,
): Float64Array {
  const out = denseMatrix(matrix.rows, 1);
  backend.gemm(1, matrix, false, denseMatrix(vector.length, 1, vector), false, 0, out);
  return out.data;
}
