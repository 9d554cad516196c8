/** From fitted variants to values on the target atoms. */
import { StudioError, type Diagnostic } from "../../errors.ts";
import { rowScales } from "../../models/structureRows.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { resolveSelector } from "../../project/selectors.ts";
import { distinctEnvironments, type SimilarityReference } from "../../projection/similarity.ts";
import { localPredictionRigidity } from "../../rigidity/rigidityFactor.ts";
import { locateEnvironment } from "../../structures/dataset.ts";
import type { VariantFit } from "./fitStage.ts";
import type { Job } from "./job.ts";
import { mapDimension } from "../tasks/featureMap.ts";
import { mapPlan, type MapInputs, type MapPlan } from "./mapStage.ts";
import { unknownSpecies, type Requirements } from "../requirements.ts";
import type { GroupRows } from "./rowStage.ts";
import { allocateMatrix, runAll } from "../tasks/runner.ts";
import { splitStructure, wholeRange } from "../tasks/sharding.ts";
import type { TargetGroup, TargetTask } from "../tasks/targetTask.ts";
import type { AtomRange, DescriptorContext } from "../tasks/taskContext.ts";

/** Values of all target environments, targets one after the other. */
export interface TargetStage extends MapInputs {
  readonly nEnvironments: number;
  /** First environment of each target entry, length nTargets + 1. */
  readonly targetOffsets: Int32Array;
  /** (variants × nEnvironments). */
  readonly lpr: DenseMatrix;
  /** The same, eV; null without energies. */
  readonly localEnergy: DenseMatrix | null;
  /** Of every variant (members × nEnvironments), eV; null without committees. */
  readonly committee: readonly DenseMatrix[] | null;
  /** (variants × nEnvironments), k_kk − ‖φ‖²; null when not asked for. */
  readonly unexplained: DenseMatrix | null;
  /** (references × nEnvironments). */
  readonly similarity: DenseMatrix;
  /** Of every variant (components × nEnvironments). */
  readonly components: readonly DenseMatrix[];
  /** (variants × nStructures), prediction rigidity of whole structures, over all targets. */
  readonly structureRigidity: DenseMatrix;
  readonly coordination: Uint8Array;
}

/** What the targets are evaluated with. */
export interface FittedModel {
  readonly groups: readonly GroupRows[];
  readonly fits: readonly VariantFit[];
  readonly withEnergies: boolean;
}

interface Placed {
  readonly range: AtomRange;
  /** First environment over all targets. */
  readonly first: number;
  /** Structure over all targets. */
  readonly structure: number;
}

function targetOffsets({ targets }: Requirements): Int32Array {
  const offsets = new Int32Array(targets.length + 1);
  targets.forEach((target, t) => {
    offsets[t + 1] = (offsets[t] ?? 0) + (target.offsets.at(-1) ?? 0);
  });
  return offsets;
}

function placeRanges(requirements: Requirements, starts: Int32Array): readonly Placed[] {
  let count = 0;
  return requirements.targets.flatMap((target, t) =>
    target.structures.flatMap((pool, s) => {
      const structure = count++;
      return splitStructure(pool).map((range) => ({
        range,
        first: (starts[t] ?? 0) + (target.offsets[s] ?? 0) + range.start,
        structure,
      }));
    }),
  );
}

/**
 * LPR of every variant, local energies, coordination and all else that is asked for of all targets.
 * @throws StudioError `INVALID_PROJECT` when an environment has φ = 0, whose LPR is not defined
 */
export async function targetStage(
  job: Job,
  requirements: Requirements,
  descriptor: DescriptorContext,
  fitted: FittedModel,
): Promise<TargetStage> {
  const starts = targetOffsets(requirements);
  const plan = mapPlan(requirements, starts.at(-1) ?? 0, fitted.groups, descriptor.nFeatures);
  const outputs = allocateOutputs(job, requirements, starts, fitted, plan);
  const placed = placeRanges(requirements, starts);
  const references = await describeReferences(job, requirements, descriptor);
  return job.stage("targets", async (progress) => {
    const { nEnvironments } = outputs;
    const sums = fitted.groups.map(({ map }) =>
      allocateMatrix(job.runner, placed.length, mapDimension(map, descriptor.nFeatures)),
    );
    const columns = componentColumns(requirements, descriptor);
    const results = await runAll<"target">(
      job.runner,
      placed.map(({ range, first }, i) => (): TargetTask => {
        const end = first + range.end - range.start;
        const cut = (matrix: DenseMatrix, row: number): Float64Array =>
          rowRange(matrix, row, row + 1).data.subarray(first, end);
        const { mapRows } = outputs;
        return {
          kind: "target",
          range,
          descriptor,
          groups: fitted.groups.map((group, g) =>
            targetGroup(group, fitted, outputs, cut, columns, sumOf(sums[g], i)),
          ),
          similarity: references.map((reference, r) => ({
            ...reference,
            out: cut(outputs.similarity, r),
          })),
          zeta: plan.zeta,
          mapRows: mapRows && { from: plan.from, out: rowRange(mapRows, first, end) },
        };
      }),
      (count) => {
        const done = Math.round((nEnvironments * count) / placed.length);
        progress.report(done, nEnvironments, "environments");
      },
    );
    results.forEach((result, i) => {
      outputs.coordination.set(result.coordination, placed[i]?.first);
    });
    requireRepresented(requirements, starts, outputs.lpr);
    fillStructureRigidity(job, requirements, fitted, placed, sums, outputs);
    return outputs;
  });
}

function sumOf(sums: DenseMatrix | undefined, row: number): Float64Array {
  return sums === undefined ? new Float64Array(0) : rowRange(sums, row, row + 1).data;
}

function allocateOutputs(
  job: Job,
  { variants, targets, similarity, components, uncertainty }: Requirements,
  starts: Int32Array,
  { fits, withEnergies }: FittedModel,
  plan: MapPlan,
): TargetStage {
  const { runner } = job;
  const n = starts.at(-1) ?? 0;
  const perVariant = (): DenseMatrix => allocateMatrix(runner, variants.length, n);
  const members = fits.map(({ committee }) => committee.length);
  const hasCommittee = withEnergies && members.every((count) => count > 0);
  const nStructures = targets.reduce((sum, { structures }) => sum + structures.length, 0);
  return {
    nEnvironments: n,
    targetOffsets: starts,
    lpr: perVariant(),
    localEnergy: withEnergies ? perVariant() : null,
    committee: hasCommittee ? members.map((count) => allocateMatrix(runner, count, n)) : null,
    unexplained: uncertainty.projectedProcess === true ? perVariant() : null,
    similarity: allocateMatrix(runner, similarity.length, n),
    components: variants.map(() => allocateMatrix(runner, components.length, n)),
    structureRigidity: denseMatrix(variants.length, nStructures),
    coordination: new Uint8Array(n),
    mapRows: plan.method === null ? null : allocateMatrix(runner, n, plan.width),
    mapPlan: plan,
  };
}

function targetGroup(
  { map, variantIndices }: GroupRows,
  { fits }: FittedModel,
  outputs: TargetStage,
  cut: (matrix: DenseMatrix, row: number) => Float64Array,
  columns: readonly Int32Array[],
  phiSum: Float64Array,
): TargetGroup {
  const { lpr, localEnergy, committee, unexplained, components } = outputs;
  const [first = 0] = variantIndices;
  return {
    map,
    phiSum,
    // The same for all variants of the group; copied to the others afterwards.
    unexplained: unexplained === null ? null : cut(unexplained, first),
    variants: variantIndices.flatMap((v) => {
      const fit = fits[v];
      const members = committee?.[v];
      const blocks = components[v];
      if (fit === undefined || blocks === undefined) return [];
      const { factor, predictor } = fit;
      return [
        {
          factor,
          lpr: cut(lpr, v),
          local:
            predictor === null || localEnergy === null
              ? null
              : { predictor, out: cut(localEnergy, v) },
          committee:
            members === undefined
              ? []
              : fit.committee.map((member, b) => ({ predictor: member, out: cut(members, b) })),
          components: columns.map((list, c) => ({ columns: list, out: cut(blocks, c) })),
        },
      ];
    }),
  };
}

/** Columns of φ of every component: those of the features, in the block of every species. */
function componentColumns(
  { components, model, species, descriptor: { type } }: Requirements,
  { nFeatures }: DescriptorContext,
): readonly Int32Array[] {
  if (model.type !== "linear") return [];
  const perSpecies = model.perSpecies ?? type === "soap";
  const nBlocks = perSpecies ? species.length : 1;
  return components.map(({ columns }, c) => {
    const jsonPath = `components[${c}].columns`;
    const chosen = resolveSelector(columns, {
      dataset: "",
      things: { item: "column", owner: "the descriptor" },
      length: nFeatures,
      jsonPath,
    });
    return Int32Array.from(
      Array.from({ length: nBlocks }, (_, block) =>
        Array.from(chosen, (column) => block * nFeatures + column),
      ).flat(),
    );
  });
}

async function describeReferences(
  job: Job,
  { similarity }: Requirements,
  descriptor: DescriptorContext,
): Promise<readonly SimilarityReference[]> {
  const references = similarity.map(({ structure }) => ({
    range: wholeRange(structure),
    features: allocateMatrix(job.runner, structure.structure.nAtoms, descriptor.nFeatures),
    species: structure.structure.species,
  }));
  await runAll<"describe">(
    job.runner,
    references.map(({ range, features }) => () => ({
      kind: "describe",
      ranges: [range],
      descriptor,
      out: features,
    })),
  );
  return references.map(({ features, species }) => distinctEnvironments({ features, species }));
}

/** g_A = Σ φ over a structure's ranges, scaled by the convention; and shared values copied. */
function fillStructureRigidity(
  job: Job,
  { targets, model }: Requirements,
  { groups, fits }: FittedModel,
  placed: readonly Placed[],
  sums: readonly DenseMatrix[],
  { structureRigidity, unexplained, nEnvironments }: TargetStage,
): void {
  const structures = targets.flatMap((target) => target.structures);
  const nAtoms = structures.map(({ structure }) => structure.nAtoms);
  const scales = rowScales(nAtoms, model.structureRows ?? "sum");
  groups.forEach(({ variantIndices }, g) => {
    const parts = sums[g];
    if (parts === undefined) return;
    const rows = denseMatrix(structures.length, parts.cols);
    placed.forEach(({ structure }, i) => {
      const row = rowRange(rows, structure, structure + 1).data;
      const scale = scales[structure] ?? 1;
      rowRange(parts, i, i + 1).data.forEach((value, j) => {
        row[j] = (row[j] ?? 0) + scale * value;
      });
    });
    for (const v of variantIndices) {
      const fit = fits[v];
      if (fit === undefined) continue;
      const values = localPredictionRigidity(fit.factor, rows, job.backend);
      structureRigidity.data.set(values, v * structures.length);
      const [first = v] = variantIndices;
      if (unexplained === null || first === v) continue;
      const from = unexplained.data.subarray(first * nEnvironments, (first + 1) * nEnvironments);
      unexplained.data.set(from, v * nEnvironments);
    }
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

/** The part of a target's species that a variant's energy baseline does not know. */
export function energyGaps(
  { targets, variants }: Requirements,
  fitted: readonly VariantFit[],
): readonly Diagnostic[] {
  const species = new Set(
    targets.flatMap(({ structures }) =>
      structures.flatMap(({ structure }) => [...new Set(structure.species)]),
    ),
  );
  return fitted.flatMap(({ predictor }, v) => {
    const name = variants[v]?.name ?? "";
    if (predictor === null) return [];
    const { baseline } = predictor.kind === "weights" ? predictor : predictor.network;
    const gaps = [...species].filter((atomicNumber) => !baseline.species.includes(atomicNumber));
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
