/** The first stages: describe the candidate structures and choose the active set. */
import type { Diagnostic } from "../errors.ts";
import { explicitActiveSet, selectActiveSet } from "../models/activeSet.ts";
import { gatherRows } from "../models/farthestPoints.ts";
import { createSoapPlan } from "../descriptors/soap.ts";
import type { SoapPlan } from "../numerics/backend.ts";
import { rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { locateEnvironment } from "../structures/dataset.ts";
import type { Job, StageProgress } from "./job.ts";
import type { PoolStructure, Requirements } from "./requirements.ts";
import { allocateMatrix, runAll, shareMatrix, type TaskRunner } from "./runner.ts";
import { atomRange, blocksOf, groupStructures, TASK_ROWS, wholeRange } from "./sharding.ts";
import type { AtomRange, KernelContext, SoapContext } from "./task.ts";

/** Rows of a product or kernel block: ≤ 100 ms of work natively. */
const BLOCK_ROWS = 2048;

/**
 * The descriptor's tables in memory that tasks share.
 * @param layout - `full` for export, `symmetric` (fewer columns, same kernels) otherwise
 */
export function createSoapContext(
  { descriptor, species }: Pick<Requirements, "descriptor" | "species">,
  runner: TaskRunner,
  layout: SoapPlan["layout"] = "symmetric",
): SoapContext {
  const plan = createSoapPlan(descriptor, species, layout);
  const share = (values: Float64Array): Float64Array => {
    const shared = runner.allocate(values.length);
    shared.set(values);
    return shared;
  };
  const { radialTable } = plan;
  return {
    species,
    plan: {
      ...plan,
      radialTable: {
        ...radialTable,
        values: share(radialTable.values),
        derivatives: share(radialTable.derivatives),
      },
    },
  };
}

/** Text of all that the features of a structure depend on, apart from the structure. */
export function describeKey({ descriptor, species }: Requirements, backend: string): string {
  return JSON.stringify([descriptor, Array.from(species), backend]);
}

/** The active set: features, and what its choice had to say. */
export interface ActiveStage {
  readonly kernel: KernelContext;
  readonly diagnostics: readonly Diagnostic[];
  /** Candidate features, when they were needed: (nCandidates × d). */
  readonly features: DenseMatrix | null;
  /** Text of all that the active set depends on. */
  readonly key: string;
}

/** Describes the candidates and chooses the active set. */
export async function activeStage(
  job: Job,
  requirements: Requirements,
  soap: SoapContext,
): Promise<ActiveStage> {
  const { model, candidates } = requirements;
  const { activeSet, zeta } = model;
  const describedKey = JSON.stringify([
    describeKey(requirements, job.backend.name),
    candidates.map(({ key }) => key),
  ]);
  const key = JSON.stringify([describedKey, activeSet, zeta]);
  const species = concatSpecies(candidates);
  const features =
    activeSet.method === "explicit"
      ? null
      : await job.stage("describe", (progress) =>
          describeCandidates(job, requirements, soap, describedKey, progress),
        );
  return job.stage("activeSet", async (progress) => {
    const known = job.cache?.get("activeSet", key);
    if (known !== undefined) {
      progress.remembered();
      return { ...(known as Omit<ActiveStage, "features">), features };
    }
    const chosen =
      features === null || activeSet.method === "explicit"
        ? await explicitStage(job, requirements, soap, species)
        : await farthestStage(job, requirements, features, species, progress);
    const kernel = {
      active: shareMatrix(job.runner, chosen.active),
      activeSpecies: chosen.species,
      zeta,
    };
    const stage = { kernel, diagnostics: chosen.diagnostics, key };
    job.cache?.set("activeSet", key, stage, 8 * kernel.active.data.length);
    return { ...stage, features };
  });
}

/** Atomic numbers of all atoms, structures one after the other. */
export function concatSpecies(structures: readonly PoolStructure[]): Uint8Array {
  return Uint8Array.from(structures.flatMap(({ structure }) => Array.from(structure.species)));
}

async function describeCandidates(
  job: Job,
  requirements: Requirements,
  soap: SoapContext,
  key: string,
  progress: StageProgress,
): Promise<DenseMatrix> {
  const known = job.cache?.get("features", key);
  if (known !== undefined) {
    progress.remembered();
    return known as DenseMatrix;
  }
  const { candidates, candidateOffsets } = requirements;
  const total = candidateOffsets.at(-1) ?? 0;
  const features = allocateMatrix(job.runner, total, soap.plan.nFeatures);
  const groups = groupStructures(candidateOffsets);
  await runAll<"describe">(
    job.runner,
    groups.map(({ start, end }) => () => ({
      kind: "describe",
      ranges: candidates.slice(start, end).map(wholeRange),
      soap,
      out: rowRange(features, candidateOffsets[start] ?? 0, candidateOffsets[end] ?? 0),
    })),
    (count) => {
      progress.report(Math.round((total * count) / groups.length), total, "environments");
    },
  );
  job.cache?.set("features", key, features, 8 * features.data.length);
  return features;
}

interface Chosen {
  readonly active: DenseMatrix;
  readonly species: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
}

async function explicitStage(
  job: Job,
  { model, candidates, candidateOffsets }: Requirements,
  soap: SoapContext,
  species: Uint8Array,
): Promise<Chosen> {
  const indices = model.activeSet.method === "explicit" ? model.activeSet.indices : [];
  const selection = explicitActiveSet(indices, species);
  const active = allocateMatrix(job.runner, indices.length, soap.plan.nFeatures);
  const ranges = Array.from(selection.indices, (index) => {
    const { structureIndex, atomIndex } = locateEnvironment(candidateOffsets, index);
    const pool = candidates[structureIndex];
    return pool === undefined ? null : atomRange(pool, atomIndex, atomIndex + 1);
  }).filter((range): range is AtomRange => range !== null);
  await runAll<"describe">(
    job.runner,
    blocksOf(ranges.length, TASK_ROWS).map(({ start, end }) => () => ({
      kind: "describe",
      ranges: ranges.slice(start, end),
      soap,
      out: rowRange(active, start, end),
    })),
  );
  return { active, species: selection.species, diagnostics: selection.diagnostics };
}

async function farthestStage(
  job: Job,
  { model }: Requirements,
  features: DenseMatrix,
  species: Uint8Array,
  progress: StageProgress,
): Promise<Chosen> {
  const { activeSet, zeta } = model;
  const { size, seed } = activeSet.method === "fps" ? activeSet : { size: 0, seed: 0 };
  const { runner } = job;
  let made = 0;
  const productsFor = (_members: Int32Array, rows: DenseMatrix) => {
    // Rows of one species among several are a copy of this thread: tasks need them shared.
    const shared = rows === features ? features : shareMatrix(runner, rows);
    return async (chosen: Int32Array): Promise<DenseMatrix> => {
      const out = allocateMatrix(runner, chosen.length, shared.rows);
      const picked = gatherRows(shared, chosen);
      await runAll<"products">(
        runner,
        blocksOf(shared.rows, BLOCK_ROWS).map(({ start, end }) => () => ({
          kind: "products",
          rows: picked,
          features: rowRange(shared, start, end),
          start,
          out,
        })),
      );
      made += chosen.length;
      progress.report(Math.min(made, size), size, "active points");
      return out;
    };
  };
  const selection = await selectActiveSet(
    features,
    species,
    { zeta, size, seed: seed ?? 0, productsFor },
    job.backend,
  );
  return {
    active: gatherRows(features, selection.indices),
    species: selection.species,
    diagnostics: selection.diagnostics,
  };
}
