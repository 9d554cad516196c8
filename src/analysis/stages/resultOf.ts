/** The parts of a result, copied out of shared memory, which cannot be transferred or stored. */
import type { Diagnostic } from "../../errors.ts";
import { committeeStatistics } from "../../models/committee.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { factorDiagnostics, rigidityWarnings } from "../../rigidity/diagnostics.ts";
import type { Requirements } from "../requirements.ts";
import type {
  CommitteeResult,
  MapResult,
  NetworkTraining,
  TargetResult,
  VariantResult,
} from "../result.ts";
import type { FittedModel, TargetStage } from "./targetStages.ts";
import type { MapTaskResult } from "../tasks/targetTask.ts";
import type { EnergyPredictor } from "../tasks/taskContext.ts";

/** What there is to say about every variant. */
export function variantResults(
  { variants, poolOffsets }: Requirements,
  { groups, fits }: FittedModel,
  { lpr }: TargetStage,
  errors: readonly number[],
  energyRemarks: readonly (readonly Diagnostic[])[],
): readonly VariantResult[] {
  return variants.flatMap(({ name, rowIndices }, v) => {
    const fit = fits[v];
    const errorEstimate = errors[v];
    const group = groups.find(({ variantIndices }) => variantIndices.includes(v));
    if (fit === undefined || errorEstimate === undefined || group === undefined) return [];
    const values = rowRange(lpr, v, v + 1).data;
    return [
      {
        name,
        nStructures: rowIndices.length,
        nEnvironments: rowIndices.reduce(
          (sum, a) => sum + (poolOffsets[a + 1] ?? 0) - (poolOffsets[a] ?? 0),
          0,
        ),
        trainErrors: fit.trainErrors,
        testErrors: fit.testErrors,
        calibration: fit.calibration,
        training: networkTraining(fit.predictor),
        rigidity: factorDiagnostics(group.kernel?.space ?? null, fit.factor, errorEstimate),
        diagnostics: [
          ...(energyRemarks[v] ?? []),
          ...fit.diagnostics,
          ...rigidityWarnings(values, errorEstimate),
        ],
      },
    ];
  });
}

function networkTraining(predictor: EnergyPredictor | null): NetworkTraining | null {
  if (predictor?.kind !== "network") return null;
  const { parameters, loss, gradientNorm, iterations, converged } = predictor.network;
  return { nParameters: parameters.length, loss, gradientNorm, iterations, converged };
}

/** The values of every target entry. */
export function targetResults(
  { targets }: Requirements,
  stage: TargetStage,
  map: MapTaskResult | null,
): readonly TargetResult[] {
  let firstStructure = 0;
  return targets.map(({ dataset, structureIndices, labels, offsets, structures }, t) => {
    const start = stage.targetOffsets[t] ?? 0;
    const end = stage.targetOffsets[t + 1] ?? start;
    const columns = map?.projection.cols ?? 0;
    const from = firstStructure;
    firstStructure += structures.length;
    return {
      dataset,
      structureIndices,
      offsets,
      labels,
      lpr: cutColumns([stage.lpr], start, end),
      localEnergy: stage.localEnergy && cutColumns([stage.localEnergy], start, end),
      structureRigidity: cutColumns([stage.structureRigidity], from, firstStructure),
      committee: stage.committee && committeeResult(stage.committee, start, end),
      unexplainedVariance: stage.unexplained && cutColumns([stage.unexplained], start, end),
      similarity: cutColumns([stage.similarity], start, end),
      componentRigidity: cutColumns(stage.components, start, end),
      coordination: stage.coordination.slice(start, end),
      map: map?.projection.data.slice(start * columns, end * columns) ?? null,
    };
  });
}

/** Columns `start … end − 1` of matrices below one another. */
function cutColumns(matrices: readonly DenseMatrix[], start: number, end: number): Float64Array {
  const rows = matrices.reduce((sum, matrix) => sum + matrix.rows, 0);
  const out = new Float64Array(rows * (end - start));
  let row = 0;
  for (const matrix of matrices) {
    for (let i = 0; i < matrix.rows; i++) {
      const values = matrix.data.subarray(i * matrix.cols + start, i * matrix.cols + end);
      out.set(values, row++ * (end - start));
    }
  }
  return out;
}

function committeeResult(
  committees: readonly DenseMatrix[],
  start: number,
  end: number,
): CommitteeResult {
  const n = end - start;
  const members = committees[0]?.rows ?? 0;
  const energies = cutColumns(committees, start, end);
  const mean = new Float64Array(committees.length * n);
  const variance = new Float64Array(committees.length * n);
  committees.forEach((_, v) => {
    const own = energies.subarray(v * members * n, (v + 1) * members * n);
    const statistics = committeeStatistics(denseMatrix(members, n, own));
    mean.set(statistics.mean, v * n);
    variance.set(statistics.variance, v * n);
  });
  return { members, energies, mean, variance };
}

/** What there is to say about the map. */
export function mapResult(map: MapTaskResult): MapResult {
  return {
    components: map.projection.cols,
    explainedVariance: map.explainedVariance.slice(),
    method: map.method,
    nLandmarks: map.method === "landmark" ? map.nLandmarks : 0,
  };
}
