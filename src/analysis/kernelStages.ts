/** From the active set to fitted variants: K_MM → kernel rows of the pool → one factor a variant. */
import type { KernelSpace } from "../models/kernelSpace.ts";
import type { RidgeFactor } from "../models/ridge.ts";
import { rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { concatSpecies, type ActiveStage } from "./activeStage.ts";
import type { Job, StageProgress } from "./job.ts";
import type { Requirements } from "./requirements.ts";
import { allocateMatrix, runAll, shareMatrix, type TaskRunner } from "./runner.ts";
import { blocksOf, groupStructures, TASK_ROWS, wholeRange } from "./sharding.ts";
import type { FittedVariant, SoapContext, StructureKernelsTask } from "./task.ts";

/** K_MM, the kernel's own space, and the rows of the pool. */
export interface KernelStage {
  readonly kernelMM: DenseMatrix;
  readonly space: KernelSpace;
  /** (nPool × M), unscaled. */
  readonly poolKernels: DenseMatrix;
  /** (nPool × rank), unscaled. */
  readonly poolRows: DenseMatrix;
}

/** Computes the kernel between active set and pool; rows of structures seen before are remembered. */
export async function kernelStage(
  job: Job,
  requirements: Requirements,
  soap: SoapContext,
  active: ActiveStage,
): Promise<KernelStage> {
  return job.stage("kernel", async (progress) => {
    const { kernelMM, space } = await spaceOf(job, active);
    const poolKernels = await poolKernelRows(job, requirements, soap, active, progress);
    const poolRows = allocateMatrix(job.runner, poolKernels.rows, space.rank);
    await runAll<"project">(
      job.runner,
      blocksOf(poolKernels.rows, TASK_ROWS).map(({ start, end }) => () => ({
        kind: "project",
        space,
        kernels: rowRange(poolKernels, start, end),
        out: rowRange(poolRows, start, end),
      })),
    );
    return { kernelMM, space, poolKernels, poolRows };
  });
}

async function spaceOf(
  job: Job,
  { kernel, key }: ActiveStage,
): Promise<Pick<KernelStage, "kernelMM" | "space">> {
  const known = job.cache?.get("kernelSpace", key);
  if (known !== undefined) return known as Pick<KernelStage, "kernelMM" | "space">;
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

async function poolKernelRows(
  job: Job,
  requirements: Requirements,
  soap: SoapContext,
  active: ActiveStage,
  progress: StageProgress,
): Promise<DenseMatrix> {
  const { pool } = requirements;
  const size = active.kernel.active.rows;
  const rows = allocateMatrix(job.runner, pool.length, size);
  const remembered = new Map(
    job.cache?.get("poolKernels", active.key) as ReadonlyMap<string, Float64Array> | undefined,
  );
  const unknown: number[] = [];
  pool.forEach(({ key }, i) => {
    const row = remembered.get(key);
    if (row === undefined) unknown.push(i);
    else rows.data.set(row, i * size);
  });
  const tasks = poolTasks(requirements, soap, active, rows, unknown);
  if (unknown.length === 0) progress.remembered();
  await runAll<"structureKernels">(job.runner, tasks, (count) => {
    const done = Math.round((unknown.length * count) / tasks.length);
    progress.report(done, unknown.length, "structures");
  });
  for (const i of unknown) {
    const key = pool[i]?.key;
    if (key !== undefined) remembered.set(key, rows.data.subarray(i * size, (i + 1) * size));
  }
  job.cache?.set("poolKernels", active.key, remembered, 8 * size * remembered.size);
  return rows;
}

/** Features at hand are used; other structures are described on the way. */
function poolTasks(
  requirements: Requirements,
  soap: SoapContext,
  { kernel, features }: ActiveStage,
  rows: DenseMatrix,
  unknown: readonly number[],
): readonly (() => StructureKernelsTask)[] {
  const { pool, candidates, candidateOffsets } = requirements;
  const candidateOf = new Map(candidates.map(({ key }, i) => [key, i]));
  const offsets = new Int32Array(unknown.length + 1);
  unknown.forEach((i, k) => {
    offsets[k + 1] = (offsets[k] ?? 0) + (pool[i]?.structure.nAtoms ?? 0);
  });
  return groupStructures(offsets).map(({ start, end }) => () => ({
    kind: "structureKernels",
    kernel,
    structures: unknown.slice(start, end).flatMap((i): StructureKernelsTask["structures"] => {
      const item = pool[i];
      if (item === undefined) return [];
      const out = rowRange(rows, i, i + 1);
      const candidate = candidateOf.get(item.key);
      if (features === null || candidate === undefined) {
        return [{ source: { range: wholeRange(item), soap }, out }];
      }
      const first = candidateOffsets[candidate] ?? 0;
      const { nAtoms, species } = item.structure;
      return [{ source: { features: rowRange(features, first, first + nAtoms), species }, out }];
    }),
  }));
}

/** Factors every variant; energies where the structures have them. */
export async function fitStage(
  job: Job,
  requirements: Requirements,
  { poolRows }: KernelStage,
  energies: readonly (Float64Array | null)[],
): Promise<readonly FittedVariant[]> {
  const { model, pool, poolOffsets, variants } = requirements;
  const poolSpecies = concatSpecies(pool);
  return job.stage("fit", async (progress) => {
    const fitted = await runAll<"fit">(
      job.runner,
      variants.map(({ rowIndices }, v) => () => ({
        kind: "fit",
        poolRows,
        rowIndices,
        poolSpecies,
        poolOffsets,
        energies: energies[v] ?? null,
        structureRows: model.structureRows ?? "sum",
        regularizer: model.regularizer,
      })),
      (count) => {
        progress.report(count, variants.length, "variants");
      },
    );
    return fitted.map((variant) => shareFactor(job.runner, variant));
  });
}

/** Every target task reads the factor: in shared memory it is not copied for each. */
function shareFactor(runner: TaskRunner, { factor, model }: FittedVariant): FittedVariant {
  const shared: RidgeFactor =
    factor.kind === "qr"
      ? { ...factor, upper: shareMatrix(runner, factor.upper) }
      : { ...factor, rightVectors: shareMatrix(runner, factor.rightVectors) };
  return { factor: shared, model };
}
