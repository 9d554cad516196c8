/** The tasks about energies: committees, predictions of structures, calibration. */
import { StudioError } from "../../errors.ts";
import { structureSums } from "../../models/baseline.ts";
import { fitCommittee, type Committee } from "../../models/committee.ts";
import { gatherRows } from "../../models/farthestPoints.ts";
import { networkLocalEnergies } from "../../models/network/networkGradients.ts";
import { predictEnergies } from "../../models/predict.ts";
import type { RidgeFactor } from "../../models/ridge.ts";
import { scaleRows } from "../../models/structureRows.ts";
import type { NumericsBackend } from "../../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { calibrateUncertainty, type UncertaintyCalibration } from "../../rigidity/calibration.ts";
import { gatherSpecies, type TrainingRows } from "./fitTask.ts";
import type { EnergyPredictor } from "./taskContext.ts";

/** Fits the committee of a variant. */
export interface CommitteeTask extends TrainingRows {
  readonly kind: "committee";
  readonly regularizer: number;
  /** Rows of each member, as positions in the variant's rows. */
  readonly members: readonly Int32Array[];
}

/** Finds the scale of the uncertainty from structures that were held out. */
export interface CalibrationTask {
  readonly kind: "calibration";
  readonly factor: RidgeFactor;
  readonly poolRows: DenseMatrix;
  /** Structures of the pool. */
  readonly indices: Int32Array;
  /** N_A^(−p) of each of them. */
  readonly scales: Float64Array;
  /** Y_A − E_A of each of them, unscaled. */
  readonly residuals: Float64Array;
}

/** Predicts the total energies of structures of the pool, eV. */
export interface PredictTask {
  readonly kind: "predict";
  readonly predictor: EnergyPredictor;
  /** (nPool × d), unscaled. */
  readonly poolRows: DenseMatrix;
  /** Features of the environments of the pool; only networks need them. */
  readonly poolFeatures: DenseMatrix | null;
  readonly poolSpecies: Uint8Array;
  readonly poolOffsets: Int32Array;
  /** Structures of the pool. */
  readonly indices: Int32Array;
}

/** Every kind of work about energies. */
export type EnergyTask = CommitteeTask | CalibrationTask | PredictTask;

/** What they give back besides their outputs. */
export interface EnergyTaskResults {
  committee: Committee;
  calibration: UncertaintyCalibration;
  predict: Float64Array;
}

/** Fits the committee of a variant. */
export function committee(task: CommitteeTask, backend: NumericsBackend): Committee {
  const { energies, poolRows, rowIndices, members, regularizer, structureRows } = task;
  if (energies === null) throw new StudioError("INTERNAL", "a committee needs energies");
  const rows = gatherRows(poolRows, rowIndices);
  const training = { rows, ...gatherSpecies(task), energies };
  return fitCommittee(training, members, regularizer, structureRows, backend);
}

/** Total energies of structures of the pool. */
export function predict(task: PredictTask, backend: NumericsBackend): Float64Array {
  const { predictor, poolRows, poolFeatures, indices } = task;
  const { species, offsets } = gatherSpecies({ ...task, rowIndices: indices });
  if (predictor.kind === "weights") {
    return predictEnergies(predictor, gatherRows(poolRows, indices), species, offsets, backend);
  }
  if (poolFeatures === null) throw new StudioError("INTERNAL", "a network predicts from features");
  const features = denseMatrix(species.length, poolFeatures.cols);
  indices.forEach((a, i) => {
    const rows = rowRange(poolFeatures, task.poolOffsets[a]!, task.poolOffsets[a + 1]!);
    features.data.set(rows.data, offsets[i]! * features.cols);
  });
  return structureSums(
    networkLocalEnergies(predictor.network, features, species, backend),
    offsets,
  );
}

/** The scale of σ² = s μ / LPR: residuals are held against the variance of the model alone. */
export function calibrate(task: CalibrationTask, backend: NumericsBackend): UncertaintyCalibration {
  const { factor, poolRows, indices, scales } = task;
  const rows = scaleRows(gatherRows(poolRows, indices), scales);
  const residuals = task.residuals.map((value, i) => value * scales[i]!);
  return calibrateUncertainty({ rows, residuals }, factor, "none", backend);
}
