/** From a project to a session in which designed crystals are tried: what they lift, where they lie. */
import { StudioError, type Diagnostic } from "../../errors.ts";
import { rowScales } from "../../models/structureRows.ts";
import { rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { requireWithinLimit } from "../../numerics/memoryLimit.ts";
import type { ProjectDocument, StructureRows } from "../../project/document.ts";
import { environmentOffsets } from "../../structures/dataset.ts";
import { speciesSymbol } from "../../structures/species.ts";
import type { Structure } from "../../structures/structure.ts";
import type { CrystalTask, PlacingMap } from "../tasks/crystalTask.ts";
import { createDescriptorContext } from "../stages/describeStage.ts";
import { createJob, type AnalysisOptions } from "../stages/job.ts";
import { liftAccuracy, type LiftAccuracy } from "./liftAccuracy.ts";
import { placingMap } from "./placingMap.ts";
import { chooseTargets, type WatchedTarget } from "./prepareWhatIf.ts";
import { whitenRowsOf } from "../stages/rankStage.ts";
import {
  importedFeaturesError,
  resolveRequirements,
  type LoadedDataset,
  type Requirements,
} from "../requirements.ts";
import type { TaskRunner } from "../tasks/runner.ts";
import { chooseAtoms, targetStructures } from "./suggestAtoms.ts";
import { knownSpecies } from "./suggestCandidates.ts";
import { prepareVariant, variantIndex, type PreparedVariant } from "./suggestVariant.ts";
import type { WhatIfRequest, WhatIfTarget } from "./whatIf.ts";

/** Which training set crystals could be added to, and who is watched. */
export type CrystalRequest = Pick<WhatIfRequest, "variant" | "targets">;

/** A session ready for crystals. */
export interface CrystalSession {
  readonly variant: string;
  readonly structureRows: StructureRows;
  readonly targets: readonly WhatIfTarget[];
  /** First atom of each target, length targets + 1. */
  readonly offsets: Int32Array;
  /** LPR of the watched atoms without any crystal. */
  readonly lpr: Float64Array;
  /** Places of the atoms of each target on the map, (nAtoms × components); null without one. */
  readonly places: readonly DenseMatrix[] | null;
  /** Atomic numbers that the model can represent. */
  readonly species: Uint8Array;
  readonly accuracy: LiftAccuracy;
  /** Everything of a task but the structure. */
  readonly task: Omit<CrystalTask, "kind" | "range" | "scale">;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a crystal would do. */
export interface CrystalEffect {
  /** LPR of its own environments, without it in the training set. */
  readonly lpr: Float64Array;
  /** LPR' / LPR − 1 of the atoms of each target of the session, were it in the training set once. */
  readonly lifts: readonly Float64Array[];
  /**
   * How far each of {@link lifts} is at most from that of a full analysis with the crystal: rounding of
   * the closed form (`liftSensitivity`), and noise of both LPR.
   */
  readonly liftErrors: readonly Float64Array[];
  /** (nAtoms × components) on the kernel map; null without one. */
  readonly places: DenseMatrix | null;
}

/**
 * Computes all that trying crystals needs. After a `runAnalysis` with the same cache the training set
 * and the map are remembered.
 *
 * @param datasets - at least those of `datasetsInUse`
 * @throws StudioError `INVALID_PARAMETER` for imported features, an unknown variant or target;
 * `OUT_OF_MEMORY`; what `runAnalysis` throws
 */
export async function prepareCrystals(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  request: CrystalRequest,
  runner: TaskRunner,
  options: Omit<AnalysisOptions, "key">,
): Promise<CrystalSession> {
  const all = resolveRequirements(document, datasets);
  requireComputedFeatures(all);
  const variant = variantIndex(all, request.variant);
  const watched = chooseTargets(all, request.targets);
  const pools = watched.map(({ pool }) => pool);
  const job = createJob(runner, { ...options, key: "" }, all.model.type);
  // As an analysis of the project does it, so that what that has left in the cache is found.
  const layout = all.components.length > 0 ? "full" : "symmetric";
  const descriptor = createDescriptorContext(all, runner, layout);
  const limit = options.memoryLimitBytes;
  const prepared = await prepareVariant(job, all, variant, [], limit, descriptor);
  const { group, fit } = prepared;
  const offsets = environmentOffsets(pools.map(({ structure }) => structure));
  requireSpace(prepared, offsets.at(-1) ?? 0, limit);
  const model = { map: group.map, factor: fit.factor };
  const { phi, lpr } = await job.stage("targets", (progress) =>
    chooseAtoms(job, { kind: "all" }, pools, descriptor, model, progress),
  );
  const white = await whitenRowsOf(runner, fit.factor, phi);
  const atoms = { pools, phi, lpr, inverse: white.squaredNorms };
  const [{ placing, diagnostics }, accuracy] = await job.stage("map", (progress) =>
    Promise.all([
      placingMap(job, all, variant, prepared, descriptor, progress),
      liftAccuracy(job, prepared, descriptor, atoms),
    ]),
  );
  return {
    variant: all.variants[variant]?.name ?? "",
    structureRows: all.model.structureRows ?? "sum",
    targets: watched.map(({ described }) => described),
    offsets,
    lpr,
    places: placing && placesOf(all, placing, watched),
    species: knownSpecies(group.group.source) ?? all.species,
    accuracy,
    task: {
      ...model,
      descriptor,
      watched: { targets: white.whitened, inverse: white.squaredNorms },
      placing,
    },
    diagnostics: [...prepared.diagnostics, ...diagnostics],
  };
}

/** Rows of the watched targets among those of all targets, which made the map. */
function placesOf(
  all: Requirements,
  { map }: PlacingMap,
  watched: readonly WatchedTarget[],
): readonly DenseMatrix[] {
  const starts = environmentOffsets(targetStructures(all).pools.map(({ structure }) => structure));
  return watched.map(({ described: { target } }) =>
    rowRange(map.projection, starts[target] ?? 0, starts[target + 1] ?? 0),
  );
}

/**
 * What a crystal would do; exact for the model of the session.
 *
 * @param name - of the structure, for errors
 * @throws StudioError `INVALID_PARAMETER` for species that the model does not know, and for a
 * structure that cannot be described
 */
export async function tryCrystal(
  runner: TaskRunner,
  { task, species, structureRows, offsets, accuracy }: CrystalSession,
  structure: Structure,
  name: string,
): Promise<CrystalEffect> {
  const strange = [...new Set(structure.species)].filter((one) => !species.includes(one));
  if (strange.length > 0) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `The model does not know ${strange.map(speciesSymbol).join(", ")}, so that LPR says nothing about it.`,
      { remedy: "Train on structures with these species first." },
    );
  }
  const { nAtoms } = structure;
  const [scale = 1] = rowScales([nAtoms], structureRows);
  const range = { atoms: structure, start: 0, end: nAtoms, features: null, name, location: {} };
  const found = await runner.run<"crystal">({ ...task, kind: "crystal", range, scale });
  const { productError, lprError } = accuracy;
  // Both LPR of a ratio carry the noise of the numbers behind φ.
  const errors = found.lifts.map(
    (lift, k) => productError * (found.sensitivities[k] ?? 0) + 2 * lprError * (1 + lift),
  );
  const byTarget = (values: Float64Array): readonly Float64Array[] =>
    Array.from({ length: offsets.length - 1 }, (_, t) =>
      values.slice(offsets[t] ?? 0, offsets[t + 1] ?? 0),
    );
  return {
    lpr: found.lpr,
    places: found.places,
    lifts: byTarget(found.lifts),
    liftErrors: byTarget(errors),
  };
}

function requireComputedFeatures({ importedWidth }: Requirements): void {
  if (importedWidth === null) return;
  throw importedFeaturesError("crystals", "Choose a SOAP descriptor under Model.");
}

/** @throws StudioError `OUT_OF_MEMORY` when φ of the watched atoms and their whitened form exceed it */
function requireSpace({ fit: { factor } }: PreparedVariant, nAtoms: number, limit: number): void {
  requireWithinLimit({
    bytes: 8 * nAtoms * 3 * factor.dimension,
    limit,
    subject: `crystals: ${nAtoms} atoms`,
    remedy: "Show fewer targets, or choose a smaller active set.",
  });
}
