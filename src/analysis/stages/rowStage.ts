/** Structure rows of the pool in the space of φ, for every group of variants. */
import type { Diagnostic } from "../../errors.ts";
import type { KernelSpace } from "../../models/kernelSpace.ts";
import { rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import type { ActiveStage, Candidates } from "./activeStage.ts";
import { mapDimension } from "../tasks/featureMap.ts";
import type { VariantGroup } from "./groupStage.ts";
import type { Job, StageProgress } from "./job.ts";
import type { PoolStructure, Requirements } from "../requirements.ts";
import { allocateMatrix, runAll, shareMatrix } from "../tasks/runner.ts";
import { blocksOf, groupStructures, TASK_ROWS, wholeRange } from "../tasks/sharding.ts";
import type { DescriptorContext, FeatureMap, FeatureSource } from "../tasks/taskContext.ts";

/** K_MM and the kernel rows of the pool, of which the error estimate is made. */
export interface KernelRows {
  readonly active: ActiveStage;
  readonly space: KernelSpace;
  /** (M × M). */
  readonly kernelMM: DenseMatrix;
  /** (nPool × M), unscaled. */
  readonly poolKernels: DenseMatrix;
}

/** A group with its feature map and the rows that its variants, tests and calibration need. */
export interface GroupRows {
  readonly variantIndices: readonly number[];
  readonly map: FeatureMap;
  /** (nPool × d), unscaled; rows that nobody in the group needs are zero. */
  readonly poolRows: DenseMatrix;
  /** null for linear and network models. */
  readonly kernel: KernelRows | null;
  readonly group: VariantGroup;
  readonly diagnostics: readonly Diagnostic[];
}

/** Computes the rows of every group. */
export async function rowStage(
  job: Job,
  requirements: Requirements,
  descriptor: DescriptorContext,
  groups: readonly VariantGroup[],
): Promise<readonly GroupRows[]> {
  return job.stage("kernel", async (progress) => {
    const done: GroupRows[] = [];
    for (const group of groups) {
      done.push(await rowsOfGroup(job, requirements, descriptor, group, progress));
    }
    return done;
  });
}

async function rowsOfGroup(
  job: Job,
  requirements: Requirements,
  descriptor: DescriptorContext,
  group: VariantGroup,
  progress: StageProgress,
): Promise<GroupRows> {
  const { pool } = requirements;
  const { variantIndices, source, candidates } = group;
  const needed = neededRows(requirements, variantIndices);
  if (source.kind === "kernel") {
    const kernel = await kernelRows(job, pool, descriptor, source.active, needed, group, progress);
    const { space, poolKernels } = kernel;
    const poolRows = allocateMatrix(job.runner, pool.length, space.rank);
    await runAll<"project">(
      job.runner,
      blocksOf(pool.length, TASK_ROWS).map(({ start, end }) => () => ({
        kind: "project",
        space,
        kernels: rowRange(poolKernels, start, end),
        out: rowRange(poolRows, start, end),
      })),
    );
    const map = { kind: "kernel", kernel: source.active.kernel, space } as const;
    return { variantIndices, map, poolRows, kernel, group, diagnostics: space.diagnostics };
  }
  const map: FeatureMap =
    source.kind === "linear" ? source.map : { kind: "network", network: source.network };
  const width = mapDimension(map, descriptor.nFeatures);
  const poolRows = allocateMatrix(job.runner, pool.length, width);
  const tasks = sourceGroups(pool, needed, descriptor, candidates).map((members) => () => ({
    kind: "structureRows" as const,
    map,
    structures: members.map(({ position, source: from }) => ({
      source: from,
      out: rowRange(poolRows, position, position + 1),
    })),
  }));
  await runAll<"structureRows">(job.runner, tasks, reporter(progress, needed, tasks));
  return { variantIndices, map, poolRows, kernel: null, group, diagnostics: [] };
}

/** Positions in the pool that the variants of a group, the test and the calibration use. */
function neededRows(
  { variants, test, calibration }: Requirements,
  variantIndices: readonly number[],
): readonly number[] {
  const lists = variantIndices.map((v) => variants[v]?.rowIndices ?? new Int32Array(0));
  const all = [...lists, test ?? [], calibration ?? []].flatMap((list) => Array.from(list));
  return [...new Set(all)].sort((a, b) => a - b);
}

function reporter(
  progress: StageProgress,
  needed: readonly number[],
  tasks: readonly unknown[],
): (count: number) => void {
  return (count) => {
    progress.report(
      Math.round((needed.length * count) / tasks.length),
      needed.length,
      "structures",
    );
  };
}

interface Member {
  readonly position: number;
  readonly source: FeatureSource;
}

/** Structures in tasks of about a block. Features at hand are used; others are described. */
function sourceGroups(
  pool: readonly PoolStructure[],
  positions: readonly number[],
  descriptor: DescriptorContext,
  candidates: Candidates | null,
): readonly (readonly Member[])[] {
  const candidateOf = new Map(candidates?.structures.map(({ key }, i) => [key, i]));
  const offsets = new Int32Array(positions.length + 1);
  positions.forEach((position, k) => {
    offsets[k + 1] = (offsets[k] ?? 0) + (pool[position]?.structure.nAtoms ?? 0);
  });
  return groupStructures(offsets).map(({ start, end }) =>
    positions.slice(start, end).flatMap((position): readonly Member[] => {
      const item = pool[position];
      if (item === undefined) return [];
      const candidate = candidateOf.get(item.key);
      const features = candidates?.features ?? null;
      if (features === null || candidate === undefined) {
        return [{ position, source: { range: wholeRange(item), descriptor } }];
      }
      const first = candidates?.offsets[candidate] ?? 0;
      const { nAtoms, species } = item.structure;
      const source = { features: rowRange(features, first, first + nAtoms), species };
      return [{ position, source }];
    }),
  );
}

async function kernelRows(
  job: Job,
  pool: readonly PoolStructure[],
  descriptor: DescriptorContext,
  active: ActiveStage,
  needed: readonly number[],
  { candidates }: VariantGroup,
  progress: StageProgress,
): Promise<KernelRows> {
  const { kernelMM, space } = await spaceOf(job, active);
  const size = active.kernel.active.rows;
  const rows = allocateMatrix(job.runner, pool.length, size);
  const remembered = new Map(
    job.cache?.get("poolKernels", active.key) as ReadonlyMap<string, Float64Array> | undefined,
  );
  const unknown = needed.filter((position) => {
    const row = remembered.get(pool[position]?.key ?? "");
    if (row !== undefined) rows.data.set(row, position * size);
    return row === undefined;
  });
  const tasks = sourceGroups(pool, unknown, descriptor, candidates).map((members) => () => ({
    kind: "structureKernels" as const,
    kernel: active.kernel,
    structures: members.map(({ position, source }) => ({
      source,
      out: rowRange(rows, position, position + 1),
    })),
  }));
  if (unknown.length === 0) progress.remembered();
  await runAll<"structureKernels">(job.runner, tasks, reporter(progress, unknown, tasks));
  for (const position of unknown) {
    const key = pool[position]?.key;
    if (key === undefined) continue;
    remembered.set(key, rows.data.subarray(position * size, (position + 1) * size));
  }
  job.cache?.set("poolKernels", active.key, remembered, 8 * size * remembered.size);
  return { active, space, kernelMM, poolKernels: rows };
}

async function spaceOf(
  job: Job,
  { kernel, key }: ActiveStage,
): Promise<Pick<KernelRows, "kernelMM" | "space">> {
  const known = job.cache?.get("kernelSpace", key);
  if (known !== undefined) return known as Pick<KernelRows, "kernelMM" | "space">;
  const size = kernel.active.rows;
  const kernelMM = allocateMatrix(job.runner, size, size);
  await runAll<"activeKernel">(
    job.runner,
    blocksOf(size, TASK_ROWS).map(({ start, end }) => () => ({
      kind: "activeKernel",
      kernel,
      start,
      out: rowRange(kernelMM, start, end),
    })),
  );
  const space = await job.runner.run<"kernelSpace">({ kind: "kernelSpace", kernelMM });
  const shared = { ...space, lower: shareMatrix(job.runner, space.lower) };
  const value = { kernelMM, space: shared };
  job.cache?.set("kernelSpace", key, value, 16 * size * size);
  return value;
}
