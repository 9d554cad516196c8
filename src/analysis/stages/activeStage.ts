/** The active set of a sparse kernel model: candidates described, points chosen. */
import type { Diagnostic } from "../../errors.ts";
import { explicitActiveSet, selectActiveSet } from "../../models/activeSet.ts";
import { gatherRows } from "../../models/farthestPoints.ts";
import { rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import type { ActiveSet, SparseKernelModel } from "../../project/document.ts";
import { environmentOffsets, locateEnvironment } from "../../structures/dataset.ts";
import { describeKey, describeStructures } from "./describeStage.ts";
import type { Job, StageProgress } from "./job.ts";
import type { PoolStructure, Requirements } from "../requirements.ts";
import { allocateMatrix, runAll, shareMatrix } from "../tasks/runner.ts";
import { atomRange, blocksOf, TASK_ROWS } from "../tasks/sharding.ts";
import type { AtomRange, DescriptorContext, KernelContext } from "../tasks/taskContext.ts";

/** Rows of a product or kernel block: ≤ 100 ms of work natively. */
const BLOCK_ROWS = 2048;

/** Structures whose environments may become active points, with their features when needed. */
export interface Candidates {
  readonly structures: readonly PoolStructure[];
  readonly offsets: Int32Array;
  /** (nCandidates × d); null for an explicit active set, of which only the points are described. */
  readonly features: DenseMatrix | null;
  /** Text of all that the features depend on. */
  readonly key: string;
}

/** The active set, and what its choice had to say. */
export interface ActiveStage {
  readonly kernel: KernelContext;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of all that the active set depends on. */
  readonly key: string;
}

/** Describes candidate structures. */
export async function describeCandidates(
  job: Job,
  requirements: Requirements,
  descriptor: DescriptorContext,
  structures: readonly PoolStructure[],
  needsFeatures: boolean,
  progress: StageProgress,
): Promise<Candidates> {
  const key = JSON.stringify([
    describeKey(requirements, job.backend.name),
    structures.map((structure) => structure.key),
  ]);
  return {
    structures,
    offsets: environmentOffsets(structures.map(({ structure }) => structure)),
    features: needsFeatures
      ? await describeStructures(job, structures, descriptor, key, progress)
      : null,
    key,
  };
}

/** Chooses the active set among the candidates. */
export async function activeStage(
  job: Job,
  { activeSet, zeta }: SparseKernelModel,
  descriptor: DescriptorContext,
  candidates: Candidates,
  progress: StageProgress,
): Promise<ActiveStage> {
  const key = JSON.stringify([candidates.key, activeSet, zeta]);
  const known = job.cache?.get("activeSet", key);
  if (known !== undefined) {
    progress.remembered();
    return known as ActiveStage;
  }
  const chosen = await choose(job, activeSet, zeta, descriptor, candidates, progress);
  const kernel = {
    active: shareMatrix(job.runner, chosen.active),
    activeSpecies: chosen.species,
    zeta,
  };
  const stage = { kernel, diagnostics: chosen.diagnostics, key };
  job.cache?.set("activeSet", key, stage, 8 * kernel.active.data.length);
  return stage;
}

/** Atomic numbers of all atoms, structures one after the other. */
export function concatSpecies(structures: readonly PoolStructure[]): Uint8Array {
  return Uint8Array.from(structures.flatMap(({ structure }) => Array.from(structure.species)));
}

interface Chosen {
  readonly active: DenseMatrix;
  readonly species: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
}

async function choose(
  job: Job,
  activeSet: ActiveSet,
  zeta: number,
  descriptor: DescriptorContext,
  candidates: Candidates,
  progress: StageProgress,
): Promise<Chosen> {
  const species = concatSpecies(candidates.structures);
  const { features } = candidates;
  if (activeSet.method === "explicit" || features === null) {
    const indices = activeSet.method === "explicit" ? activeSet.indices : [];
    return explicitStage(job, indices, descriptor, candidates, species);
  }
  if (activeSet.method === "fps") {
    return farthestStage(job, activeSet, zeta, features, species, progress);
  }
  const selection = await job.runner.run<"leverage">(
    {
      kind: "leverage",
      features,
      species,
      zeta,
      size: activeSet.size,
    },
    progress.fraction,
  );
  return {
    active: gatherRows(features, selection.indices),
    species: selection.species,
    diagnostics: selection.diagnostics,
  };
}

async function explicitStage(
  job: Job,
  indices: readonly number[],
  descriptor: DescriptorContext,
  { structures, offsets }: Candidates,
  species: Uint8Array,
): Promise<Chosen> {
  const selection = explicitActiveSet(indices, species);
  const active = allocateMatrix(job.runner, indices.length, descriptor.nFeatures);
  const ranges = Array.from(selection.indices, (index) => {
    const { structureIndex, atomIndex } = locateEnvironment(offsets, index);
    const pool = structures[structureIndex];
    return pool === undefined ? null : atomRange(pool, atomIndex, atomIndex + 1);
  }).filter((range): range is AtomRange => range !== null);
  await runAll<"describe">(
    job.runner,
    blocksOf(ranges.length, TASK_ROWS).map(({ start, end }) => () => ({
      kind: "describe",
      ranges: ranges.slice(start, end),
      descriptor,
      out: rowRange(active, start, end),
    })),
  );
  return { active, species: selection.species, diagnostics: selection.diagnostics };
}

async function farthestStage(
  job: Job,
  { size, seed }: Extract<ActiveSet, { readonly size: number }>,
  zeta: number,
  features: DenseMatrix,
  species: Uint8Array,
  progress: StageProgress,
): Promise<Chosen> {
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
