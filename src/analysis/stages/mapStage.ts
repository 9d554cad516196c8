/** The kernel map of all targets: how it is made, and making it. */
import { StudioError } from "../../errors.ts";
import type { DenseMatrix } from "../../numerics/matrix.ts";
import type { MapEntry, Model } from "../../project/document.ts";
import type { KernelMap } from "../../projection/kernelPca.ts";
import { describeKey } from "./describeStage.ts";
import type { Job, StageProgress } from "./job.ts";
import type { Requirements } from "../requirements.ts";
import type { GroupRows } from "./rowStage.ts";
import type { MapMethod, MapRowSource } from "../tasks/targetTask.ts";
import type { FittedMap } from "../tasks/taskContext.ts";

/** Up to this many environments the kernel map is exact: its kernel takes n² memory. */
const EXACT_MAP_ENVIRONMENTS = 5000;
/** Landmarks of larger maps: the first pivots of the active set, which cover it best. */
const MAX_LANDMARKS = 512;
/** Features of a larger map without active set: PCA needs the square of this. */
const MAX_FEATURES = 8192;

/** How the map of a project is made. */
export interface MapPlan {
  /** null without a map. */
  readonly method: MapMethod | null;
  /** What the rows of the map are. */
  readonly from: MapRowSource;
  /** Columns of the rows that the map is made of. */
  readonly width: number;
  /** Exponent of the kernel: the model's, 1 for models without one. */
  readonly zeta: number;
}

/**
 * Rows of a map of `nEnvironments`. A kernel of exponent 1 is the product of the features
 * themselves, so models without an active set need no landmarks: their large maps are the PCA of
 * the features, in the block of the centre's species.
 *
 * @param rank - that of the kernel space; null for a model without one
 */
export function mapLayout(
  nEnvironments: number,
  rank: number | null,
  nFeatures: number,
  nSpecies: number,
): { readonly method: MapMethod; readonly from: MapRowSource; readonly width: number } {
  if (nEnvironments <= EXACT_MAP_ENVIRONMENTS) {
    return { method: "exact", from: "features", width: nFeatures };
  }
  return rank === null
    ? { method: "landmark", from: "speciesBlocks", width: nFeatures * nSpecies }
    : { method: "landmark", from: "phi", width: Math.min(rank, MAX_LANDMARKS) };
}

/**
 * The map of a project.
 * @throws StudioError `OUT_OF_MEMORY` for a large map of too many features
 */
export function mapPlan(
  { map, model, species }: Requirements,
  nEnvironments: number,
  groups: readonly Pick<GroupRows, "map">[],
  nFeatures: number,
): MapPlan {
  const zeta = mapExponent(model);
  if (map === null) return { method: null, from: "features", width: 0, zeta };
  const [group] = groups;
  const rank = group?.map.kind === "kernel" ? group.map.space.rank : null;
  const layout = mapLayout(nEnvironments, rank, nFeatures, species.length);
  if (layout.method === "landmark" && layout.width > MAX_FEATURES) {
    throw new StudioError(
      "OUT_OF_MEMORY",
      `a map of ${nEnvironments} environments by ${layout.width} features: expected at most ` +
        `${EXACT_MAP_ENVIRONMENTS} environments or ${MAX_FEATURES} features`,
      { location: { jsonPath: "maps" }, remedy: "Leave out the map, or choose fewer targets." },
    );
  }
  return { ...layout, zeta };
}

/** ζ of map and similarity: the model's, 1 for models without a kernel. */
function mapExponent(model: Model): number {
  return model.type === "sparse-kernel" ? model.zeta : 1;
}

/** Components that a map has when there are enough environments. */
export function mapComponents({ components }: MapEntry): number {
  return components ?? 2;
}

/** Everything that a map depends on, as text; equal texts mean the same map. */
function mapKey(
  { descriptor, species, map, model, targets }: Requirements,
  { method, from, width, zeta }: MapPlan,
  groupKey: string | null,
  backend: string,
): string {
  const structures = targets.flatMap((target) => target.structures.map(({ key }) => key));
  const described = describeKey({ descriptor, species }, backend);
  const rows = from === "phi" ? groupKey : model.type;
  return JSON.stringify([described, structures, map, method, from, width, zeta, rows]);
}

/** Species of all target environments, one target after the other. */
export function targetSpecies({ targets }: Pick<Requirements, "targets">): Uint8Array {
  return Uint8Array.from(
    targets.flatMap(({ structures }) =>
      structures.flatMap(({ structure }) => Array.from(structure.species)),
    ),
  );
}

/** The kernel map of rows, made anew or found in the cache, where it stays. */
export async function mapOfRows(
  job: Job,
  requirements: Requirements,
  plan: MapPlan,
  groupKey: string | null,
  rowsOf: () => Promise<DenseMatrix>,
  progress: StageProgress,
): Promise<FittedMap | null> {
  if (plan.method === null || requirements.map === null) return null;
  // Structures are known by their content, imported features are not.
  const cache = requirements.importedWidth === null ? job.cache : undefined;
  const key = mapKey(requirements, plan, groupKey, job.backend.name);
  const known = cache?.get("kernelMap", key);
  if (known !== undefined) return known as FittedMap;
  const rows = await rowsOf();
  const { method, zeta } = plan;
  const wanted = mapComponents(requirements.map);
  const components = Math.min(wanted, rows.rows, method === "landmark" ? rows.cols : rows.rows);
  const species = targetSpecies(requirements);
  const map = await job.runner.run<"map">(
    { kind: "map", method, rows, species, zeta, components },
    progress.fraction,
  );
  const fitted: FittedMap = { map, rows: map.method === "exact" ? rows : null };
  const kept = (fitted.rows?.data.length ?? 0) + map.projection.data.length;
  cache?.set("kernelMap", key, fitted, 8 * kept);
  return fitted;
}

/** What the targets leave for their map. */
export interface MapInputs {
  /** Rows for the kernel map; null without one. */
  readonly mapRows: DenseMatrix | null;
  readonly mapPlan: MapPlan;
}

/** The kernel map of an analysis, or null when the project asks for none. */
export async function mapStage(
  job: Job,
  requirements: Requirements,
  { mapRows, mapPlan: plan }: MapInputs,
  groups: readonly GroupRows[],
  progress: StageProgress,
): Promise<KernelMap | null> {
  if (mapRows === null) return null;
  const key = groups[0]?.kernel?.active.key ?? null;
  const rowsOf = (): Promise<DenseMatrix> => Promise.resolve(mapRows);
  return (await mapOfRows(job, requirements, plan, key, rowsOf, progress))?.map ?? null;
}
