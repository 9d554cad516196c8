/**
 * What should be computed next? The candidates that would lift the LPR of chosen atoms most: ranked
 * one by one, chosen greedily together, and compared with random choices.
 */
import { StudioError } from "../../errors.ts";
import { gatherRows } from "../../models/farthestPoints.ts";
import { rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { requireWithinLimit } from "../../numerics/memoryLimit.ts";
import type { ProjectDocument } from "../../project/document.ts";
import { foldAlike } from "../../rigidity/alikeCandidates.ts";
import type { CandidateSpace } from "../../rigidity/candidateSpace.ts";
import { whitenedDimension } from "../../rigidity/whitening.ts";
import { concatSpecies } from "../stages/activeStage.ts";
import { createDescriptorContext } from "../stages/describeStage.ts";
import { createJob, type AnalysisOptions } from "../stages/job.ts";
import { resolveRequirements, type LoadedDataset } from "../requirements.ts";
import { BLOCK_ROWS, rankAll, whitenRowsOf } from "../stages/rankStage.ts";
import type { JobProgress, StageTiming } from "../result.ts";
import { runAll, type TaskRunner } from "../tasks/runner.ts";
import { blocksOf } from "../tasks/sharding.ts";
import { chooseAtoms, requireAtoms, targetStructures, type ChosenAtoms } from "./suggestAtoms.ts";
import { resolveCandidates } from "./suggestCandidates.ts";
import type { SuggestionRequest, SuggestionResult } from "./suggestion.ts";
import { suggestionResult, type SuggestionParts } from "./suggestResult.ts";
import type { ChooseTask, ChooseTaskResult } from "../tasks/suggestTask.ts";
import {
  prepareVariant,
  scaledPoolRows,
  variantIndex,
  type PreparedVariant,
} from "./suggestVariant.ts";
import type { TrainingRows } from "../tasks/fitTask.ts";

/** Part of the progress bar that the model and the atoms take; ranking and choosing take the rest. */
const MODEL_SHARE = 0.6;
/** Where in the rest whitening and choice end; then comes the check. */
const WHITE_SHARE = 0.2;
const CHOICE_SHARE = 0.85;

/** Candidates and atoms in the coordinates of H, by rank: what `candidateLifts` is asked of later. */
export interface RankedSpace {
  readonly space: CandidateSpace;
  /** Candidate of each rank. */
  readonly order: Int32Array;
}

/** As for an analysis; `keep` takes what single candidates can be looked up in. */
export type SuggestionOptions = Omit<AnalysisOptions, "key"> & {
  readonly keep?: ((ranked: RankedSpace) => void) | undefined;
};

/**
 * Ranks candidates by the exact gain in mean log LPR of some target atoms, and chooses the best few.
 * After a `runAnalysis` with the same cache most of the model is remembered.
 *
 * @param datasets - at least those of `suggestionDatasets`
 * @param extra - structures to be offered that are in no dataset, such as generated crystals, by name
 * @throws StudioError `INVALID_PARAMETER` for an unknown variant, no atoms or no candidates;
 * `INVALID_PROJECT`, `INVALID_FILE`, `OUT_OF_MEMORY`, `CANCELLED` as `runAnalysis`
 */
export async function runSuggestions(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  extra: Readonly<Record<string, LoadedDataset>>,
  request: SuggestionRequest,
  runner: TaskRunner,
  options: SuggestionOptions,
): Promise<SuggestionResult> {
  const all = resolveRequirements(document, datasets);
  const variant = variantIndex(all, request.variant);
  const { described: targets, pools } = targetStructures(all);
  requireAtoms(request.atoms, pools);
  requireCount(request);
  const offered = resolveCandidates(document, datasets, extra, request, all);
  const report = (from: number, to: number) => (progress: JobProgress) => {
    const fraction = from + (to - from) * progress.fraction;
    options.onProgress?.({ ...progress, fraction });
  };
  const job = createJob(
    runner,
    { ...options, key: "", onProgress: report(0, MODEL_SHARE) },
    all.model.type,
  );
  // As an analysis of the project does it, so that what that has left in the cache is found.
  const layout = all.components.length > 0 ? "full" : "symmetric";
  const descriptor = createDescriptorContext(all, runner, layout);
  const prepared = await prepareVariant(
    job,
    all,
    variant,
    offered.candidates,
    options.memoryLimitBytes,
    descriptor,
  );
  const model = { map: prepared.group.map, factor: prepared.fit.factor };
  const atoms = await job.stage("targets", (progress) =>
    chooseAtoms(job, request.atoms, pools, descriptor, model, progress),
  );
  const answer = await rankAndChoose(runner, prepared, atoms, request, {
    ...options,
    onProgress: report(MODEL_SHARE, 1),
  });
  options.onProgress?.({ stage: "Done", fraction: 1 });
  return suggestionResult({
    request,
    options,
    requirements: all,
    variant,
    targets,
    atoms,
    ...answer,
    candidates: prepared.candidates,
    timesInTraining: timesInTraining(prepared),
    regularizer: prepared.regularizer,
    timings: [...job.timings, ...answer.timings],
    diagnostics: [...offered.diagnostics, ...prepared.diagnostics],
    datasets: { ...datasets, ...extra },
  });
}

function timesInTraining({ positions, rowIndices }: PreparedVariant): Int32Array {
  return positions.map((position) => rowIndices.filter((row) => row === position).length);
}

function requireCount({ count, random }: SuggestionRequest): void {
  const numbers: readonly (readonly [string, number])[] = [
    ["number of structures to choose", count],
    ["number of random selections", random?.repeats ?? 1],
  ];
  for (const [what, value] of numbers) {
    if (Number.isInteger(value) && value >= 1 && value <= 1e6) continue;
    throw new StudioError("INVALID_PARAMETER", `${what} is ${value}, expected an integer ≥ 1`);
  }
}

/**
 * Bytes of rows, φ and both whitened.
 * @throws StudioError `OUT_OF_MEMORY` when they exceed the limit
 */
function requireSpace(
  { fit, candidates }: PreparedVariant,
  atoms: ChosenAtoms,
  limit: number,
): number {
  const count = candidates.length + atoms.lpr.length;
  const bytes = 8 * count * (fit.factor.dimension + whitenedDimension(fit.factor));
  requireWithinLimit({
    bytes,
    limit,
    subject: `suggestions: ${candidates.length} candidates and ${atoms.lpr.length} atoms`,
    remedy: "Choose fewer atoms, or offer fewer candidates.",
  });
  return bytes;
}

/** Candidates and atoms where H is the identity. */
async function whitenAll(
  runner: TaskRunner,
  { candidates, fit: { factor } }: PreparedVariant,
  rows: DenseMatrix,
  { phi }: ChosenAtoms,
): Promise<CandidateSpace> {
  const first = await whitenRowsOf(runner, factor, rows);
  const second = await whitenRowsOf(runner, factor, phi);
  return {
    candidates: first.whitened,
    leverages: first.squaredNorms,
    targets: second.whitened,
    inverse: second.squaredNorms,
    weights: null,
    costs: Float64Array.from(candidates, ({ pool }) => pool.structure.nAtoms),
  };
}

/** Whitens, ranks and chooses, and checks what comes out by a new factor. */
async function rankAndChoose(
  runner: TaskRunner,
  prepared: PreparedVariant,
  atoms: ChosenAtoms,
  request: SuggestionRequest,
  { memoryLimitBytes, onProgress, backend, keep }: SuggestionOptions,
): Promise<
  Pick<SuggestionParts, "ranking" | "chosen" | "lprAfter" | "alikeTo" | "productError"> & {
    readonly timings: readonly StageTiming[];
  }
> {
  const timings: StageTiming[] = [];
  const timed = async <T>(stage: string, fraction: number, work: Promise<T>): Promise<T> => {
    const start = Date.now();
    const value = await work;
    timings.push({ stage, seconds: (Date.now() - start) / 1000, cached: false });
    onProgress?.({ stage, fraction });
    return value;
  };
  const memoryLeft = memoryLimitBytes - requireSpace(prepared, atoms, memoryLimitBytes);
  const rows = scaledPoolRows(runner, prepared, prepared.positions);
  const whitening = whitenAll(runner, prepared, rows, atoms);
  const space = await timed("Candidates and atoms in coordinates of H", WHITE_SHARE, whitening);
  // The long choice in one worker, the ranking block by block in the others.
  const choosing = runner.run<"choose">(choiceOf(space, request, memoryLeft), (done) => {
    const fraction = WHITE_SHARE + (CHOICE_SHARE - WHITE_SHARE) * done;
    onProgress?.({ stage: "Ranking and choice", fraction });
  });
  const measuring = runner.run<"accuracy">({
    kind: "accuracy",
    factor: prepared.fit.factor,
    training: scaledPoolRows(runner, prepared, prepared.rowIndices),
    candidates: rows,
    phi: atoms.phi,
    inverse: space.inverse,
  });
  const all = Promise.all([rankAll(runner, space, request.by), choosing, measuring]);
  const [ranking, chosen, productError] = await timed("Ranking and choice", CHOICE_SHARE, all);
  keep?.({ space, order: ranking.order });
  const refit = refitted(runner, prepared, atoms, chosen);
  const lprAfter = await timed("Check by a new factor", 1, refit);
  const alikeTo = foldAlike(
    gatherRows(prepared.group.poolRows, prepared.positions),
    ranking.order,
    backend,
  );
  return { ranking, chosen, lprAfter, alikeTo, productError, timings };
}

function choiceOf(
  space: CandidateSpace,
  { by, count, maxSimilarity, random }: SuggestionRequest,
  memoryLimit: number,
): ChooseTask {
  const greedy = { count, by, maxSimilarity, memoryLimit };
  return { kind: "choose", space, greedy, random: random ?? null };
}

/** LPR of the atoms by a factor of exactly the training set with all choices in it. */
async function refitted(
  runner: TaskRunner,
  { requirements, positions, group, rowIndices, regularizer }: PreparedVariant,
  { phi }: ChosenAtoms,
  { greedy }: ChooseTaskResult,
): Promise<Float64Array> {
  const added = greedy.steps.map(({ candidate }) => positions[candidate] ?? 0);
  const rows: TrainingRows = {
    poolRows: group.poolRows,
    rowIndices: Int32Array.from([...rowIndices, ...added]),
    poolSpecies: concatSpecies(requirements.pool),
    poolOffsets: requirements.poolOffsets,
    energies: null,
    structureRows: requirements.model.structureRows ?? "sum",
  };
  const { factor } = await runner.run<"fit">({ ...rows, kind: "fit", regularizer });
  const lpr = runner.allocate(phi.rows);
  await runAll<"rigidity">(
    runner,
    blocksOf(phi.rows, BLOCK_ROWS).map(({ start, end }) => () => ({
      kind: "rigidity",
      factor,
      phi: rowRange(phi, start, end),
      lpr: lpr.subarray(start, end),
    })),
  );
  return lpr;
}
