/** From fitted variants to values on the target atoms, the kernel map and error estimates. */
import { StudioError, type Diagnostic } from "../errors.ts";
import { gatherRows } from "../models/farthestPoints.ts";
import { rowScales } from "../models/structureRows.ts";
import { rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import type { MapEntry } from "../project/document.ts";
import { errorSample } from "../rigidity/errorEstimate.ts";
import { locateEnvironment } from "../structures/dataset.ts";
import type { ActiveStage } from "./activeStage.ts";
import type { Job, StageProgress } from "./job.ts";
import type { KernelStage } from "./kernelStages.ts";
import { unknownSpecies, type Requirements } from "./requirements.ts";
import { allocateMatrix, runAll } from "./runner.ts";
import { atomRange, splitStructure } from "./sharding.ts";
import type {
  AtomRange,
  FittedVariant,
  MapMethod,
  MapTaskResult,
  SoapContext,
  TargetTask,
} from "./task.ts";

/** Up to this many environments the kernel map is exact: its kernel takes n² memory. */
const EXACT_MAP_ENVIRONMENTS = 5000;
/** Landmarks of larger maps: the first pivots of the active set, which cover it best. */
const MAX_LANDMARKS = 512;

/** Values of all target environments, targets one after the other. */
export interface TargetStage {
  readonly nEnvironments: number;
  /** First environment of each target entry, length nTargets + 1. */
  readonly targetOffsets: Int32Array;
  /** (variants × nEnvironments). */
  readonly lpr: DenseMatrix;
  /** The same, eV; null without energies. */
  readonly localEnergy: DenseMatrix | null;
  readonly coordination: Uint8Array;
  /** Rows for the kernel map; null without one. */
  readonly mapRows: { readonly method: MapMethod; readonly rows: DenseMatrix } | null;
}

interface Placed {
  readonly range: AtomRange;
  /** First environment over all targets. */
  readonly first: number;
}

function targetOffsets({ targets }: Requirements): Int32Array {
  const offsets = new Int32Array(targets.length + 1);
  targets.forEach((target, t) => {
    offsets[t + 1] = (offsets[t] ?? 0) + (target.offsets.at(-1) ?? 0);
  });
  return offsets;
}

function placeRanges(requirements: Requirements, starts: Int32Array): readonly Placed[] {
  return requirements.targets.flatMap((target, t) =>
    target.structures.flatMap((structure, s) =>
      splitStructure(structure).map((range) => ({
        range,
        first: (starts[t] ?? 0) + (target.offsets[s] ?? 0) + range.start,
      })),
    ),
  );
}

/** How the map of a project is made, and how wide its rows are. */
export function mapLayout(
  nEnvironments: number,
  rank: number,
  nFeatures: number,
): { readonly method: MapMethod; readonly width: number } {
  return nEnvironments <= EXACT_MAP_ENVIRONMENTS
    ? { method: "exact", width: nFeatures }
    : { method: "landmark", width: Math.min(rank, MAX_LANDMARKS) };
}

/**
 * LPR of every variant, local energies and coordination of all targets.
 * @throws StudioError `INVALID_PROJECT` when an environment has φ = 0, whose LPR is not defined
 */
export async function targetStage(
  job: Job,
  requirements: Requirements,
  soap: SoapContext,
  active: ActiveStage,
  { space }: KernelStage,
  variants: readonly FittedVariant[],
  withEnergies: boolean,
): Promise<TargetStage> {
  const starts = targetOffsets(requirements);
  const nEnvironments = starts.at(-1) ?? 0;
  const { runner } = job;
  const lpr = allocateMatrix(runner, variants.length, nEnvironments);
  const localEnergy = withEnergies ? allocateMatrix(runner, variants.length, nEnvironments) : null;
  const layout = mapLayout(nEnvironments, space.rank, soap.plan.nFeatures);
  const map =
    requirements.map === null
      ? null
      : { method: layout.method, rows: allocateMatrix(runner, nEnvironments, layout.width) };
  const placed = placeRanges(requirements, starts);
  const coordination = new Uint8Array(nEnvironments);
  return job.stage("targets", async (progress) => {
    const results = await runAll<"target">(
      runner,
      placed.map(({ range, first }) => (): TargetTask => {
        const end = first + range.end - range.start;
        const cut = (matrix: DenseMatrix): readonly Float64Array[] =>
          variants.map((_, v) => rowRange(matrix, v, v + 1).data.subarray(first, end));
        return {
          kind: "target",
          range,
          soap,
          kernel: active.kernel,
          space,
          variants,
          lpr: cut(lpr),
          localEnergy: localEnergy === null ? null : cut(localEnergy),
          mapRows:
            map === null ? null : { method: map.method, out: rowRange(map.rows, first, end) },
        };
      }),
      (count) => {
        const done = Math.round((nEnvironments * count) / placed.length);
        progress.report(done, nEnvironments, "environments");
      },
    );
    results.forEach((result, i) => {
      coordination.set(result.coordination, placed[i]?.first);
    });
    requireRepresented(requirements, starts, lpr);
    return { nEnvironments, targetOffsets: starts, lpr, localEnergy, coordination, mapRows: map };
  });
}

function requireRepresented(
  { targets }: Requirements,
  starts: Int32Array,
  { data, cols }: DenseMatrix,
): void {
  const bad = data.findIndex((value) => !(value > 0 && value < Infinity));
  if (bad === -1) return;
  const { structureIndex: t, atomIndex } = locateEnvironment(starts, bad % cols);
  const target = targets[t];
  if (target === undefined) throw new StudioError("INTERNAL", "an LPR belongs to no target");
  const found = locateEnvironment(target.offsets, atomIndex);
  const structure = target.structures[found.structureIndex];
  throw unknownSpecies(
    structure?.structure.species[found.atomIndex] ?? 0,
    structure?.name ?? target.dataset,
    t,
  );
}

/** Components that a map has when there are enough environments. */
export function mapComponents({ components }: MapEntry): number {
  return components ?? 2;
}

/** The kernel map, or null when the project asks for none. */
export async function mapStage(
  job: Job,
  requirements: Requirements,
  { mapRows }: TargetStage,
  progress: StageProgress,
): Promise<(MapTaskResult & { readonly method: MapMethod; readonly nLandmarks: number }) | null> {
  if (mapRows === null || requirements.map === null) return null;
  const { method, rows } = mapRows;
  const species = Uint8Array.from(
    requirements.targets.flatMap(({ structures }) =>
      structures.flatMap(({ structure }) => Array.from(structure.species)),
    ),
  );
  const wanted = mapComponents(requirements.map);
  const components = Math.min(wanted, rows.rows, method === "landmark" ? rows.cols : rows.rows);
  const { zeta } = requirements.model;
  const result = await job.runner.run<"map">(
    { kind: "map", method, rows, species, zeta, components },
    progress.fraction,
  );
  return { ...result, method, nLandmarks: method === "landmark" ? rows.cols : 0 };
}

/** The error estimate of every variant's LPR, by perturbing the kernel entries behind a sample. */
export async function errorStage(
  job: Job,
  requirements: Requirements,
  soap: SoapContext,
  { kernel }: ActiveStage,
  { kernelMM, poolKernels, space }: KernelStage,
  { lpr, targetOffsets: starts }: TargetStage,
): Promise<readonly number[]> {
  const { model, variants, poolOffsets, targets } = requirements;
  const samples = variants.map((_, v) => errorSample(rowRange(lpr, v, v + 1).data));
  const all = Int32Array.from(new Set(samples.flatMap((sample) => Array.from(sample)))).sort();
  const located = Array.from(all, (environment) => {
    const { structureIndex: t, atomIndex } = locateEnvironment(starts, environment);
    const target = targets[t];
    const found = target && locateEnvironment(target.offsets, atomIndex);
    const structure = target?.structures[found?.structureIndex ?? 0];
    if (structure === undefined || found === undefined) {
      throw new StudioError("INTERNAL", "an LPR belongs to no target");
    }
    return atomRange(structure, found.atomIndex, found.atomIndex + 1);
  });
  const features = allocateMatrix(job.runner, all.length, soap.plan.nFeatures);
  await job.runner.run<"describe">({ kind: "describe", ranges: located, soap, out: features });
  const nAtoms = Int32Array.from(
    { length: poolOffsets.length - 1 },
    (_, a) => (poolOffsets[a + 1] ?? 0) - (poolOffsets[a] ?? 0),
  );
  const scales = rowScales(nAtoms, model.structureRows ?? "sum");
  return runAll<"errorEstimate">(
    job.runner,
    variants.map(({ rowIndices }, v) => () => {
      const sample = samples[v] ?? new Int32Array(0);
      const positions = Int32Array.from(sample, (environment) => all.indexOf(environment));
      return {
        kind: "errorEstimate",
        kernel,
        kernelMM,
        poolKernels,
        rowIndices,
        scales,
        features: gatherRows(features, positions),
        species: Uint8Array.from(positions, (i) => {
          const range = located[i];
          return range?.atoms.species[range.start] ?? 0;
        }),
        rigidity: Float64Array.from(
          sample,
          (environment) => lpr.data[v * lpr.cols + environment] ?? 0,
        ),
        regularizer: model.regularizer,
        dropTolerance: space.dropTolerance,
      };
    }),
  );
}

/** The part of a target's species that a variant's energy baseline does not know. */
export function energyGaps(
  { targets, variants }: Requirements,
  fitted: readonly FittedVariant[],
): readonly Diagnostic[] {
  const species = new Set(
    targets.flatMap(({ structures }) =>
      structures.flatMap(({ structure }) => [...new Set(structure.species)]),
    ),
  );
  return fitted.flatMap(({ model }, v) => {
    const name = variants[v]?.name ?? "";
    if (model === null) return [];
    const gaps = [...species].filter(
      (atomicNumber) => !model.baseline.species.includes(atomicNumber),
    );
    if (gaps.length === 0) return [];
    return [
      {
        severity: "warning" as const,
        code: "NO_LOCAL_ENERGIES",
        message:
          `Variant "${name}" has no structure with some species of the targets, so it has no ` +
          "local energies for them; local energies were left out.",
      },
    ];
  });
}
