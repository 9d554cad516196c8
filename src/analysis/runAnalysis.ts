/**
 * The whole analysis as one readable function: describe → active sets or networks → rows →
 * variants → targets → map. Tasks are cut by the data and merged in order, so any number of workers
 * gives the same bits.
 */
import type { ProjectDocument } from "../project/document.ts";
import { createDescriptorContext } from "./stages/describeStage.ts";
import { trainingEnergies } from "./stages/energies.ts";
import { errorStage } from "./stages/errorStage.ts";
import { fitStage } from "./stages/fitStage.ts";
import { groupStage } from "./stages/groupStage.ts";
import { createJob, type AnalysisOptions } from "./stages/job.ts";
import { mapStage } from "./stages/mapStage.ts";
import { requireMemory } from "./memoryEstimate.ts";
import { resolveRequirements, type LoadedDataset } from "./requirements.ts";
import { mapResult, targetResults, variantResults } from "./stages/resultOf.ts";
import type { AnalysisResult } from "./result.ts";
import { rowStage } from "./stages/rowStage.ts";
import type { TaskRunner } from "./tasks/runner.ts";
import { energyGaps, targetStage } from "./stages/targetStages.ts";

/**
 * Computes the LPR of every target environment under every variant, and whatever else the project
 * asks for.
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
  const job = createJob(runner, options, requirements.model.type);
  // Blocks of features are counted in the documented order, which only the full layout has.
  const layout = requirements.components.length > 0 ? "full" : "symmetric";
  const descriptor = createDescriptorContext(requirements, runner, layout);
  const training = trainingEnergies(requirements);
  const stage = await groupStage(job, requirements, descriptor, training);
  const groups = await rowStage(job, requirements, descriptor, stage.groups);
  const fitted = await fitStage(job, requirements, groups, stage.poolFeatures, training);
  const { fits, regularizer, search } = fitted;
  const gaps = energyGaps(requirements, fits);
  const withEnergies = gaps.length === 0 && fits.every(({ predictor }) => predictor !== null);
  const model = { groups, fits, withEnergies };
  const targets = await targetStage(job, requirements, descriptor, model);
  const [map, errors] = await job.stage("map", (progress) =>
    Promise.all([
      mapStage(job, requirements, targets, groups, progress),
      errorStage(job, requirements, descriptor, groups, regularizer, targets),
    ]),
  );
  options.onProgress?.({ stage: "Done", fraction: 1 });
  return {
    key: options.key,
    backend: options.backend.description,
    threads: options.threads,
    modelType: requirements.model.type,
    regularizer,
    regularizerSearch: search,
    structureRows: requirements.model.structureRows ?? "sum",
    variants: variantResults(requirements, model, targets, errors, training.diagnostics),
    targets: targetResults(requirements, targets, map),
    map: map === null ? null : mapResult(map),
    similarity: requirements.similarity.map(({ name }) => name),
    components: requirements.components.map(({ name }) => name),
    timings: job.timings,
    diagnostics: [
      ...stage.diagnostics,
      ...groups.flatMap(({ diagnostics }) => diagnostics),
      ...fitted.diagnostics,
      ...gaps,
      ...(map?.diagnostics ?? []),
    ],
    fileHashes: Object.fromEntries(
      Object.entries(datasets).map(([name, { hash }]) => [name, hash]),
    ),
  };
}
