/** The tasks that factor: one variant's H, and the estimate of its error. */
import { fitEnergyModel } from "../models/energyModel.ts";
import { gatherRows } from "../models/farthestPoints.ts";
import { rowScales, scaleRows } from "../models/structureRows.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix } from "../numerics/matrix.ts";
import { kernelErrorEstimate } from "../rigidity/errorEstimate.ts";
import { factorize } from "../rigidity/rigidityFactor.ts";
import type { ErrorEstimateTask, FittedVariant, FitTask } from "./task.ts";

/** Factors H of a variant and, where its structures have energies, fits them. */
export function fit(task: FitTask, backend: NumericsBackend): FittedVariant {
  const { poolRows, rowIndices, poolOffsets, structureRows, regularizer, energies } = task;
  const rows = gatherRows(poolRows, rowIndices);
  if (energies === null) {
    const nAtoms = Int32Array.from(rowIndices, (a) => poolOffsets[a + 1]! - poolOffsets[a]!);
    const scaled = scaleRows(rows, rowScales(nAtoms, structureRows));
    return { factor: factorize(scaled, regularizer, backend), model: null };
  }
  const { species, offsets } = gatherSpecies(task);
  const training = { rows, species, offsets, energies };
  const { factor, ...model } = fitEnergyModel(training, regularizer, structureRows, backend);
  return { factor, model };
}

function gatherSpecies({ poolSpecies, poolOffsets, rowIndices }: FitTask): {
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

/** See `kernelErrorEstimate`. */
export function estimateError(task: ErrorEstimateTask, backend: NumericsBackend): number {
  const { kernel, kernelMM, features, species, rigidity, regularizer, dropTolerance } = task;
  const targetKernels = denseMatrix(features.rows, kernel.active.rows);
  backend.polynomialKernel(
    features,
    species,
    kernel.active,
    kernel.activeSpecies,
    kernel.zeta,
    targetKernels,
  );
  const scales = Float64Array.from(task.rowIndices, (a) => task.scales[a]!);
  const structureKernels = scaleRows(gatherRows(task.poolKernels, task.rowIndices), scales);
  const sample = { kernelMM, structureKernels, targetKernels, rigidity };
  return kernelErrorEstimate(sample, regularizer, dropTolerance, backend);
}
