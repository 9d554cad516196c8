/** The tasks about one variant's rows: factor of H, search for μ, and the error estimate. */
import { fitEnergyModel, regressionProblem } from "../../models/energyModel.ts";
import { gatherRows } from "../../models/farthestPoints.ts";
import {
  defaultRegularizerGrid,
  searchByCrossValidation,
  searchByMarginalLikelihood,
  type EvidenceSearch,
  type RegularizerSearch,
} from "../../models/regularizerSearch.ts";
import { rowScales, scaleRows, type StructureRows } from "../../models/structureRows.ts";
import { StudioError } from "../../errors.ts";
import type { NumericsBackend } from "../../numerics/backend.ts";
import type { DenseMatrix } from "../../numerics/matrix.ts";
import type { RegularizerMethod } from "../../project/document.ts";
import { featureErrorEstimate, kernelErrorEstimate } from "../../rigidity/errorEstimate.ts";
import { factorize } from "../../rigidity/rigidityFactor.ts";
import { applyFeatureMap, kernelToActive } from "./featureMap.ts";
import type { FeatureMap, FittedVariant, KernelContext } from "./taskContext.ts";

/** The rows of a variant (or of a member of its committee) and what belongs to them. */
export interface TrainingRows {
  /** (nPool × d): structure rows in the space of φ, unscaled. */
  readonly poolRows: DenseMatrix;
  /** Rows of the variant, a multiset. */
  readonly rowIndices: Int32Array;
  /** Atomic number of every environment of the pool, structures one after the other. */
  readonly poolSpecies: Uint8Array;
  /** First environment of every pool structure, length nPool + 1. */
  readonly poolOffsets: Int32Array;
  /** Total energy of every row, eV; null when one of them has none. */
  readonly energies: Float64Array | null;
  readonly structureRows: StructureRows;
}

/** Fits one variant. */
export interface FitTask extends TrainingRows {
  readonly kind: "fit";
  readonly regularizer: number;
}

/** Finds μ from the rows and energies of a variant. */
export interface RegularizerTask extends TrainingRows {
  readonly kind: "regularizer";
  readonly method: RegularizerMethod;
}

/** Rows behind the error estimate of one variant. */
interface ErrorEstimateCommon {
  readonly rowIndices: Int32Array;
  /** N_A^(−p) of every pool structure. */
  readonly scales: Float64Array;
  /** Features of sampled targets, (m × d), their species and LPR. */
  readonly features: DenseMatrix;
  readonly species: Uint8Array;
  readonly rigidity: Float64Array;
  readonly regularizer: number;
}

/** A-posteriori error estimate of the LPR of one variant. */
export interface ErrorEstimateTask extends ErrorEstimateCommon {
  readonly kind: "errorEstimate";
  readonly basis:
    | {
        readonly kind: "kernel";
        readonly kernel: KernelContext;
        /** (M × M). */
        readonly kernelMM: DenseMatrix;
        /** (nPool × M), unscaled. */
        readonly poolKernels: DenseMatrix;
        readonly dropTolerance: number;
      }
    | { readonly kind: "rows"; readonly map: FeatureMap; readonly poolRows: DenseMatrix };
}

/** Every kind of work on one variant's rows. */
export type VariantTask = FitTask | RegularizerTask | ErrorEstimateTask;

/** What they give back besides their outputs. */
export interface VariantTaskResults {
  fit: FittedVariant;
  regularizer: RegularizerSearch | EvidenceSearch;
  errorEstimate: number;
}

/** Factors H of a variant and, where its structures have energies, fits them. */
export function fit(task: FitTask, backend: NumericsBackend): FittedVariant {
  const { poolRows, rowIndices, poolOffsets, structureRows, regularizer, energies } = task;
  const rows = gatherRows(poolRows, rowIndices);
  if (energies === null) {
    const nAtoms = Int32Array.from(rowIndices, (a) => poolOffsets[a + 1]! - poolOffsets[a]!);
    const scaled = scaleRows(rows, rowScales(nAtoms, structureRows));
    const factor = factorize(scaled, regularizer, backend);
    return { factor, predictor: null, trainErrors: null, diagnostics: [] };
  }
  const { species, offsets } = gatherSpecies(task);
  const training = { rows, species, offsets, energies };
  const model = fitEnergyModel(training, regularizer, structureRows, backend);
  const { factor, baseline, weights, trainErrors, diagnostics } = model;
  return { factor, predictor: { kind: "weights", baseline, weights }, trainErrors, diagnostics };
}

/** Finds μ from scaled rows and scaled, baseline-free energies. */
export function searchForRegularizer(
  task: RegularizerTask,
  backend: NumericsBackend,
): RegularizerSearch {
  const { energies, method, poolRows, rowIndices, structureRows } = task;
  if (energies === null) {
    throw new StudioError("INTERNAL", "the search for a regularizer needs energies");
  }
  const training = { rows: gatherRows(poolRows, rowIndices), ...gatherSpecies(task), energies };
  const { rows, targets } = regressionProblem(training, structureRows, backend);
  const standard = defaultRegularizerGrid(rows);
  const { range: [low, high] = [standard.low, standard.high], points = standard.points } = method;
  const grid = { low, high, points };
  return method.method === "cross-validation"
    ? searchByCrossValidation(
        rows,
        targets,
        { folds: method.folds, seed: method.seed ?? 0, grid },
        backend,
      )
    : searchByMarginalLikelihood(rows, targets, backend, grid);
}

/** Atomic numbers of the environments of a variant's rows, and where each row begins. */
export function gatherSpecies({
  poolSpecies,
  poolOffsets,
  rowIndices,
}: Pick<TrainingRows, "poolSpecies" | "poolOffsets" | "rowIndices">): {
  readonly species: Uint8Array;
  readonly offsets: Int32Array;
} {
  const offsets = new Int32Array(rowIndices.length + 1);
  rowIndices.forEach((a, i) => {
    offsets[i + 1] = offsets[i]! + poolOffsets[a + 1]! - poolOffsets[a]!;
  });
  const species = new Uint8Array(offsets[rowIndices.length]!);
  rowIndices.forEach((a, i) => {
    species.set(poolSpecies.subarray(poolOffsets[a], poolOffsets[a + 1]), offsets[i]);
  });
  return { species, offsets };
}

/** See `kernelErrorEstimate` and `featureErrorEstimate`. */
export function estimateError(task: ErrorEstimateTask, backend: NumericsBackend): number {
  const { basis, features, species, rigidity, regularizer, rowIndices } = task;
  const scales = Float64Array.from(rowIndices, (a) => task.scales[a]!);
  if (basis.kind === "rows") {
    const structureRows = scaleRows(gatherRows(basis.poolRows, rowIndices), scales);
    const phi = applyFeatureMap(basis.map, features, species, backend);
    return featureErrorEstimate({ structureRows, phi, rigidity }, regularizer, backend);
  }
  const targetKernels = kernelToActive(basis.kernel, features, species, backend);
  const structureKernels = scaleRows(gatherRows(basis.poolKernels, rowIndices), scales);
  const sample = { kernelMM: basis.kernelMM, structureKernels, targetKernels, rigidity };
  return kernelErrorEstimate(sample, regularizer, basis.dropTolerance, backend);
}
