/** What describes environments, and the features of whole lists of structures. */
import { createSoapPlan } from "../../descriptors/soap.ts";
import type { SoapPlan } from "../../numerics/backend.ts";
import { rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { environmentOffsets } from "../../structures/dataset.ts";
import type { Job, StageProgress } from "./job.ts";
import type { PoolStructure, Requirements } from "../requirements.ts";
import { allocateMatrix, runAll, type TaskRunner } from "../tasks/runner.ts";
import { groupStructures, wholeRange } from "../tasks/sharding.ts";
import type { DescriptorContext } from "../tasks/taskContext.ts";

/**
 * The descriptor, its tables in memory that tasks share.
 * @param layout - `full` for export and for blocks of features, `symmetric` (fewer columns, same
 * inner products) otherwise
 */
export function createDescriptorContext(
  {
    descriptor,
    species,
    importedWidth,
  }: Pick<Requirements, "descriptor" | "species" | "importedWidth">,
  runner: TaskRunner,
  layout: SoapPlan["layout"] = "symmetric",
): DescriptorContext {
  if (descriptor.type === "features") {
    const isNormalized = descriptor.normalize ?? false;
    return { plan: null, isNormalized, nFeatures: importedWidth ?? 0, species };
  }
  const plan = createSoapPlan(descriptor, species, layout);
  const share = (values: Float64Array): Float64Array => {
    const shared = runner.allocate(values.length);
    shared.set(values);
    return shared;
  };
  const { radialTable } = plan;
  return {
    species,
    isNormalized: true,
    nFeatures: plan.nFeatures,
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
export function describeKey(
  { descriptor, species }: Pick<Requirements, "descriptor" | "species">,
  backend: string,
): string {
  return JSON.stringify([descriptor, Array.from(species), backend]);
}

/**
 * Features of all environments of the structures, one after the other.
 * @param key - text of all that they depend on
 * @returns (nEnvironments × d) in shared memory
 */
export async function describeStructures(
  job: Job,
  structures: readonly PoolStructure[],
  descriptor: DescriptorContext,
  key: string,
  progress: StageProgress,
): Promise<DenseMatrix> {
  const known = job.cache?.get("features", key);
  if (known !== undefined) {
    progress.remembered();
    return known as DenseMatrix;
  }
  const offsets = environmentOffsets(structures.map(({ structure }) => structure));
  const total = offsets.at(-1) ?? 0;
  const features = allocateMatrix(job.runner, total, descriptor.nFeatures);
  const groups = groupStructures(offsets);
  await runAll<"describe">(
    job.runner,
    groups.map(({ start, end }) => () => ({
      kind: "describe",
      ranges: structures.slice(start, end).map(wholeRange),
      descriptor,
      out: rowRange(features, offsets[start] ?? 0, offsets[end] ?? 0),
    })),
    (count) => {
      progress.report(Math.round((total * count) / groups.length), total, "environments");
    },
  );
  job.cache?.set("features", key, features, 8 * features.data.length);
  return features;
}
