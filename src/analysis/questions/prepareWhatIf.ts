/** From a project to a what-if session: one fitted variant, the rows of a pool, φ of the targets. */
import { StudioError, type Diagnostic } from "../../errors.ts";
import { requireWithinLimit } from "../../numerics/memoryLimit.ts";
import type { Model, ProjectDocument } from "../../project/document.ts";
import { whatIfMemory } from "../../rigidity/whatIf.ts";
import { environmentOffsets } from "../../structures/dataset.ts";
import { createDescriptorContext } from "../stages/describeStage.ts";
import { createJob, type AnalysisOptions } from "../stages/job.ts";
import {
  datasetsInUse,
  resolveRequirements,
  type LoadedDataset,
  type PoolStructure,
  type Requirements,
} from "../requirements.ts";
import type { TaskRunner } from "../tasks/runner.ts";
import { chooseAtoms, targetStructures, type ChosenAtoms } from "./suggestAtoms.ts";
import { resolveCandidates, type Candidate } from "./suggestCandidates.ts";
import {
  prepareVariant,
  scaledPoolRows,
  variantIndex,
  type PreparedVariant,
} from "./suggestVariant.ts";
import type { PreparedWhatIf, WhatIfRequest, WhatIfStructure, WhatIfTarget } from "./whatIf.ts";

/** Names of the datasets that a session reads: those of the project's analysis and of the pool. */
export function whatIfDatasets(
  document: ProjectDocument,
  { candidates }: Pick<WhatIfRequest, "candidates">,
): readonly string[] {
  const names = new Set([...datasetsInUse(document), ...candidates.map(({ dataset }) => dataset)]);
  return Object.keys(document.datasets).filter((name) => names.has(name));
}

/**
 * Computes everything a what-if session needs. After a `runAnalysis` with the same cache most of it
 * is remembered.
 *
 * @param datasets - at least those of {@link whatIfDatasets}
 * @throws StudioError `INVALID_PARAMETER` for an unknown variant or target, and for a model that
 * chooses its active points anew for every variant; `OUT_OF_MEMORY` when rows and φ exceed the limit;
 * what `runAnalysis` throws
 */
export async function prepareWhatIf(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  request: WhatIfRequest,
  runner: TaskRunner,
  options: Omit<AnalysisOptions, "key">,
): Promise<PreparedWhatIf> {
  const all = resolveRequirements(document, datasets);
  requireSharedModel(all.model);
  const variant = variantIndex(all, request.variant);
  const targets = chooseTargets(all, request.targets);
  const offered = offeredBy(document, datasets, request, all);
  const job = createJob(runner, { ...options, key: "" }, all.model.type);
  // As an analysis of the project does it, so that what that has left in the cache is found.
  const layout = all.components.length > 0 ? "full" : "symmetric";
  const descriptor = createDescriptorContext(all, runner, layout);
  const { memoryLimitBytes: limit } = options;
  const prepared = await prepareVariant(job, all, variant, offered.candidates, limit, descriptor);
  const { group, fit } = prepared;
  const positions = poolPositions(prepared);
  const pools = targets.map(({ pool }) => pool);
  const offsets = environmentOffsets(pools.map(({ structure }) => structure));
  const memory = requireSpace(prepared, positions.length, offsets.at(-1) ?? 0, limit);
  const model = { map: group.map, factor: fit.factor };
  const atoms: ChosenAtoms = await job.stage("targets", (progress) =>
    chooseAtoms(job, { kind: "all" }, pools, descriptor, model, progress),
  );
  const structures = describeRows(prepared, positions, document, datasets);
  return {
    variant: all.variants[variant]?.name ?? "",
    modelType: all.model.type,
    structureRows: all.model.structureRows ?? "sum",
    regularizer: prepared.regularizer,
    structures,
    targets: targets.map(({ described }) => described),
    offsets,
    lpr: atoms.lpr.slice(),
    problem: {
      factor: fit.factor,
      poolRows: scaledPoolRows(runner, prepared, positions),
      rowCounts: structures.map(({ count }) => count),
      targetPhi: atoms.phi,
    },
    ...memory,
    timings: job.timings,
    diagnostics: [...offered.diagnostics, ...prepared.diagnostics, ...keptModel(all.model)],
    fileHashes: Object.fromEntries(
      Object.entries(datasets).map(([name, { hash }]) => [name, hash]),
    ),
  };
}

function offeredBy(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  request: WhatIfRequest,
  all: Requirements,
): { readonly candidates: readonly Candidate[]; readonly diagnostics: readonly Diagnostic[] } {
  if (request.candidates.length === 0) return { candidates: [], diagnostics: [] };
  return resolveCandidates(document, datasets, {}, request, all);
}

/**
 * Rows of one training set say something about another only in the same feature space.
 * @throws StudioError `INVALID_PARAMETER`
 */
export function requireSharedModel(model: Model): void {
  if (model.type !== "sparse-kernel") return;
  if (model.activeSet.method === "explicit" || model.activeSet.perVariant !== true) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    "what-if: the model chooses its active points anew for every variant, so that rows of one " +
      "training set say nothing about another",
    { remedy: "Let all variants share one active set (model.activeSet.perVariant: false)." },
  );
}

/** A network would be trained anew on the changed set; here it is linearised where it is. */
function keptModel({ type }: Model): readonly Diagnostic[] {
  if (type !== "network") return [];
  return [
    {
      severity: "info",
      code: "MODEL_KEPT",
      message:
        "What-if keeps the weights of the network as they are; a saved variant is trained anew, " +
        "and its LPR will differ.",
    },
  ];
}

/** A target structure whose atoms are watched. */
export interface WatchedTarget {
  readonly described: WhatIfTarget;
  readonly pool: PoolStructure;
}

/**
 * The target structures asked for, each once; all without a choice.
 * @throws StudioError `INVALID_PARAMETER` for none, and for one that does not exist
 */
export function chooseTargets(
  requirements: Requirements,
  wanted: WhatIfRequest["targets"],
): readonly WatchedTarget[] {
  const { described, pools } = targetStructures(requirements);
  const positions = wanted === undefined ? [...pools.keys()] : [...new Set(wanted)];
  if (positions.length === 0) throw invalid("no target: at least one is to be watched");
  return positions.map((target) => {
    const pool = pools[target];
    const what = described[target];
    if (pool === undefined || what === undefined) {
      throw invalid(`target ${target}, expected 0 … ${pools.length - 1}, a target structure`);
    }
    return { described: { target, ...what, nAtoms: pool.structure.nAtoms }, pool };
  });
}

function invalid(message: string): StudioError {
  return new StudioError("INVALID_PARAMETER", `what-if: ${message}`);
}

/** Positions in the pool: the training set in its order, then the candidates in theirs, each once. */
function poolPositions({ rowIndices, positions }: PreparedVariant): readonly number[] {
  return [...new Set([...Array.from(rowIndices), ...Array.from(positions)])];
}

function describeRows(
  { requirements: { pool, model }, rowIndices }: PreparedVariant,
  positions: readonly number[],
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
): readonly WhatIfStructure[] {
  const references = new Map<string, Pick<WhatIfStructure, "dataset" | "structureIndex">>();
  for (const dataset of Object.keys(document.datasets)) {
    datasets[dataset]?.structures.forEach((_, structureIndex) => {
      references.set(`${dataset}[${structureIndex}]`, { dataset, structureIndex });
    });
  }
  const counts = new Map<number, number>();
  for (const row of rowIndices) counts.set(row, (counts.get(row) ?? 0) + 1);
  return positions.map((position) => {
    const item = pool[position];
    const reference = references.get(item?.name ?? "");
    if (item === undefined || reference === undefined) {
      throw new StudioError("INTERNAL", "a structure of the pool is in no dataset");
    }
    const { nAtoms, info } = item.structure;
    const energy = info[model.energyKey ?? "energy"];
    return {
      ...reference,
      nAtoms,
      energy: typeof energy === "number" && Number.isFinite(energy) ? energy : null,
      count: counts.get(position) ?? 0,
    };
  });
}

/**
 * Rows and φ must fit; the whitened targets are kept beside them where they fit, too.
 * @throws StudioError `OUT_OF_MEMORY`
 */
function requireSpace(
  { fit: { factor } }: PreparedVariant,
  nRows: number,
  nAtoms: number,
  limit: number,
): Pick<PreparedWhatIf, "mode" | "bytes"> {
  const bytes = 8 * (nRows + nAtoms) * factor.dimension;
  requireWithinLimit({
    bytes,
    limit,
    subject: `what-if: ${nRows} structures and ${nAtoms} atoms`,
    remedy: "Show fewer targets, offer fewer structures, or choose a smaller active set.",
  });
  const kept = whatIfMemory(factor, nAtoms);
  return bytes + kept <= limit
    ? { mode: "kept", bytes: bytes + kept }
    : { mode: "streamed", bytes };
}
