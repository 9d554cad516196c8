/** The kernel map of a project, ready for environments that are not in it. */
import type { Diagnostic } from "../../errors.ts";
import { rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import type { PlacingMap } from "../tasks/crystalTask.ts";
import { describeKey, describeStructures } from "../stages/describeStage.ts";
import { speciesBlocks } from "../tasks/featureMap.ts";
import type { Job, StageProgress } from "../stages/job.ts";
import { mapOfRows, mapPlan, targetSpecies, type MapPlan } from "../stages/mapStage.ts";
import type { Requirements } from "../requirements.ts";
import { allocateMatrix } from "../tasks/runner.ts";
import { chooseAtoms, targetStructures } from "./suggestAtoms.ts";
import type { PreparedVariant } from "./suggestVariant.ts";
import type { DescriptorContext } from "../tasks/taskContext.ts";

/** null where the project has no map, or none that the variant can place anything on; said why. */
interface Placing {
  readonly placing: PlacingMap | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The map that an analysis of the project makes: the same from the cache, or made anew from the same
 * rows.
 * @param variant - position of the prepared variant
 */
export async function placingMap(
  job: Job,
  all: Requirements,
  variant: number,
  prepared: PreparedVariant,
  descriptor: DescriptorContext,
  progress: StageProgress,
): Promise<Placing> {
  const { group } = prepared;
  const total = all.targets.reduce((sum, { offsets }) => sum + (offsets.at(-1) ?? 0), 0);
  const plan = mapPlan(all, total, [group], descriptor.nFeatures);
  if (plan.from === "phi" && variant > 0 && hasOwnActivePoints(all)) return ofAnotherVariant();
  const rowsOf = (): Promise<DenseMatrix> =>
    plan.from === "phi"
      ? phiRows(job, all, prepared, descriptor, plan, progress)
      : featureRows(job, all, descriptor, plan, progress);
  const groupKey = group.kernel?.active.key ?? null;
  const fitted = await mapOfRows(job, all, plan, groupKey, rowsOf, progress);
  if (fitted === null) return { placing: null, diagnostics: [] };
  const { from, zeta } = plan;
  return { placing: { ...fitted, from, zeta, species: targetSpecies(all) }, diagnostics: [] };
}

function hasOwnActivePoints({ model }: Requirements): boolean {
  if (model.type !== "sparse-kernel" || model.activeSet.method === "explicit") return false;
  return model.activeSet.perVariant === true;
}

function ofAnotherVariant(): Placing {
  const message =
    "The map is made of the active points of the first variant. This variant has its own, so that " +
    "crystals cannot be placed on it.";
  return {
    placing: null,
    diagnostics: [{ severity: "info", code: "MAP_OF_ANOTHER_VARIANT", message }],
  };
}

/** Leading columns of φ of all targets. */
async function phiRows(
  job: Job,
  all: Requirements,
  { group, fit }: PreparedVariant,
  descriptor: DescriptorContext,
  { width }: MapPlan,
  progress: StageProgress,
): Promise<DenseMatrix> {
  const { pools } = targetStructures(all);
  const model = { map: group.map, factor: fit.factor };
  const { phi } = await chooseAtoms(job, { kind: "all" }, pools, descriptor, model, progress);
  const rows = allocateMatrix(job.runner, phi.rows, width);
  for (let i = 0; i < phi.rows; i++) {
    rowRange(rows, i, i + 1).data.set(phi.data.subarray(i * phi.cols, i * phi.cols + width));
  }
  return rows;
}

/** Features of all targets, in blocks of species where the map wants it so. */
async function featureRows(
  job: Job,
  all: Requirements,
  descriptor: DescriptorContext,
  { from }: MapPlan,
  progress: StageProgress,
): Promise<DenseMatrix> {
  const { pools } = targetStructures(all);
  const key = JSON.stringify([
    describeKey(all, job.backend.name),
    descriptor.nFeatures,
    pools.map((pool) => pool.key),
  ]);
  const features = await describeStructures(job, pools, descriptor, key, progress);
  return from === "features"
    ? features
    : speciesBlocks(features, targetSpecies(all), descriptor.species);
}
