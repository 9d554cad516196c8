/**
 * The whole analysis as one readable function: describe → active set → kernel → variants → targets
 * → map. Tasks are cut by the data and merged in order, so any number of workers gives the same
 * bits.
 */
import type { Diagnostic } from "../errors.ts";
import type { ProjectDocument } from "../project/document.ts";
import { factorDiagnostics, rigidityWarnings } from "../rigidity/diagnostics.ts";
import { activeStage, createSoapContext } from "./activeStage.ts";
import { trainingEnergies } from "./energies.ts";
import { createJob, type AnalysisOptions } from "./job.ts";
import { fitStage, kernelStage, type KernelStage } from "./kernelStages.ts";
import { requireMemory } from "./memoryEstimate.ts";
import { resolveRequirements, type LoadedDataset, type Requirements } from "./requirements.ts";
import type { AnalysisResult, MapResult, TargetResult, VariantResult } from "./result.ts";
import type { TaskRunner } from "./runner.ts";
import { energyGaps, errorStage, mapStage, targetStage, type TargetStage } from "./targetStages.ts";
import type { FittedVariant, MapTaskResult } from "./task.ts";

/**
 * Computes the LPR of every target environment under every variant.
 *
 * @param datasets - structures of all datasets in use
 * @throws StudioError `INVALID_PROJECT`, `INVALID_FILE` (structures that cannot be described),
 * `OUT_OF_MEMORY` (before anything is computed), `CANCELLED`, and what the models throw
 */
export async function runAnalysis(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  runner: TaskRunner,
  options: AnalysisOptions,
): Promise<AnalysisResult> {
  const requirements = resolveRequirements(document, datasets);
  requireMemory(requirements, options.memoryLimitBytes);
  const job = createJob(runner, options);
  const soap = createSoapContext(requirements, runner);
  const active = await activeStage(job, requirements, soap);
  const kernel = await kernelStage(job, requirements, soap, active);
  const { energies, diagnostics: energyRemarks } = trainingEnergies(requirements);
  const fitted = await fitStage(job, requirements, kernel, energies);
  const gaps = energyGaps(requirements, fitted);
  const withEnergies = gaps.length === 0 && fitted.every(({ model }) => model !== null);
  const targets = await targetStage(job, requirements, soap, active, kernel, fitted, withEnergies);
  const [map, errors] = await job.stage("map", (progress) =>
    Promise.all([
      mapStage(job, requirements, targets, progress),
      errorStage(job, requirements, soap, active, kernel, targets),
    ]),
  );
  options.onProgress?.({ stage: "Done", fraction: 1 });
  return {
    key: options.key,
    backend: options.backend.description,
    threads: options.threads,
    regularizer: requirements.model.regularizer,
    structureRows: requirements.model.structureRows ?? "sum",
    variants: variantResults(requirements, kernel, fitted, targets, errors, energyRemarks),
    targets: targetResults(requirements, targets, map),
    map: map === null ? null : mapResult(map),
    timings: job.timings,
    diagnostics: [
      ...active.diagnostics,
      ...kernel.space.diagnostics,
      ...gaps,
      ...(map?.diagnostics ?? []),
    ],
    fileHashes: Object.fromEntries(
      Object.entries(datasets).map(([name, { hash }]) => [name, hash]),
    ),
  };
}

function variantResults(
  { variants, poolOffsets }: Requirements,
  { space }: KernelStage,
  fitted: readonly FittedVariant[],
  { lpr }: TargetStage,
  errors: readonly number[],
  energyRemarks: readonly (readonly Diagnostic[])[],
): readonly VariantResult[] {
  return variants.flatMap(({ name, rowIndices }, v) => {
    const variant = fitted[v];
    const errorEstimate = errors[v];
    if (variant === undefined || errorEstimate === undefined) return [];
    const values = lpr.data.subarray(v * lpr.cols, (v + 1) * lpr.cols);
    return [
      {
        name,
        nStructures: rowIndices.length,
        nEnvironments: rowIndices.reduce(
          (sum, a) => sum + (poolOffsets[a + 1] ?? 0) - (poolOffsets[a] ?? 0),
          0,
        ),
        trainErrors: variant.model?.trainErrors ?? null,
        rigidity: factorDiagnostics(space, variant.factor, errorEstimate),
        diagnostics: [
          ...(energyRemarks[v] ?? []),
          ...(variant.model?.diagnostics ?? []),
          ...rigidityWarnings(values, errorEstimate),
        ],
      },
    ];
  });
}

/** Copies out of shared memory, which cannot be transferred or stored. */
function targetResults(
  { targets, variants }: Requirements,
  stage: TargetStage,
  map: MapTaskResult | null,
): readonly TargetResult[] {
  const nVariants = variants.length;
  return targets.map(({ dataset, structureIndices, labels, offsets }, t) => {
    const start = stage.targetOffsets[t] ?? 0;
    const end = stage.targetOffsets[t + 1] ?? start;
    const cut = (data: Float64Array): Float64Array => {
      const out = new Float64Array(nVariants * (end - start));
      for (let v = 0; v < nVariants; v++) {
        const row = v * stage.nEnvironments;
        out.set(data.subarray(row + start, row + end), v * (end - start));
      }
      return out;
    };
    const columns = map?.projection.cols ?? 0;
    return {
      dataset,
      structureIndices,
      offsets,
      labels,
      lpr: cut(stage.lpr.data),
      localEnergy: stage.localEnergy === null ? null : cut(stage.localEnergy.data),
      coordination: stage.coordination.slice(start, end),
      map: map?.projection.data.slice(start * columns, end * columns) ?? null,
    };
  });
}

function mapResult(map: NonNullable<Awaited<ReturnType<typeof mapStage>>>): MapResult {
  return {
    components: map.projection.cols,
    explainedVariance: map.explainedVariance.slice(),
    method: map.method,
    nLandmarks: map.nLandmarks,
  };
}
