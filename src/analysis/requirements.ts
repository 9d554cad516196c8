/** What an analysis works on: the parts of a project that it needs, spelled out and checked. */
import type { SoapHyperparameters } from "../descriptors/hyperparameters.ts";
import { soapSpecies } from "../descriptors/soap.ts";
import { StudioError, type ErrorLocation } from "../errors.ts";
import type { MapEntry, ProjectDocument, SparseKernelModel } from "../project/document.ts";
import { resolveSelector } from "../project/selectors.ts";
import { resolveVariants, type ResolvedVariant } from "../project/variants.ts";
import { environmentOffsets } from "../structures/dataset.ts";
import { speciesSymbol } from "../structures/species.ts";
import type { Structure } from "../structures/structure.ts";

/** A dataset in memory. */
export interface LoadedDataset {
  readonly structures: readonly Structure[];
  /** `sha256:<hex>` of the file's bytes. */
  readonly hash: string;
  /** As the user knows it, for errors. */
  readonly fileName: string;
}

/** A structure with where it comes from. */
export interface PoolStructure {
  readonly structure: Structure;
  /** `dataset[index]`. */
  readonly name: string;
  /** Content hash of the file and index: what results of this structure are remembered by. */
  readonly key: string;
  readonly location: ErrorLocation;
}

/** A target entry, spelled out. */
export interface ResolvedTarget {
  readonly dataset: string;
  readonly structureIndices: Int32Array;
  readonly labels: readonly string[];
  readonly structures: readonly PoolStructure[];
  /** Length nStructures + 1. */
  readonly offsets: Int32Array;
}

/** Everything an analysis needs, with names resolved to structures. */
export interface Requirements {
  readonly descriptor: SoapHyperparameters;
  readonly model: SparseKernelModel;
  readonly map: MapEntry | null;
  readonly variants: readonly (ResolvedVariant & { readonly rowIndices: Int32Array })[];
  /** Every training structure of any variant, once. */
  readonly pool: readonly PoolStructure[];
  readonly poolOffsets: Int32Array;
  /** Structures whose environments may become active points. */
  readonly candidates: readonly PoolStructure[];
  readonly candidateOffsets: Int32Array;
  readonly targets: readonly ResolvedTarget[];
  /** Sorted atomic numbers of all structures in use: the density channels. */
  readonly species: Uint8Array;
}

function missing(jsonPath: string, expected: string): StudioError {
  return new StudioError("INVALID_PROJECT", `missing, expected ${expected}`, {
    location: { jsonPath },
  });
}

/**
 * The parts of a project without which nothing can be computed.
 * @throws StudioError `INVALID_PROJECT` naming the first one missing
 */
export function requireComplete(document: ProjectDocument): {
  readonly descriptor: SoapHyperparameters;
  readonly model: SparseKernelModel;
} {
  const { descriptor, model, variants, targets } = document;
  if (descriptor === undefined) throw missing("descriptor", "a descriptor");
  if (model === undefined) throw missing("model", "a model");
  if ((variants ?? []).length === 0) throw missing("variants", "at least one variant");
  if ((targets ?? []).length === 0) throw missing("targets", "at least one target");
  return { descriptor, model };
}

/** Names of the datasets that computing a project reads. */
export function datasetsInUse(document: ProjectDocument): readonly string[] {
  const names = new Set(document.model?.activeSet.from ?? []);
  for (const variant of document.variants ?? []) {
    const selections =
      "base" in variant
        ? [...(variant.replace?.with ?? []), ...(variant.remove ?? []), ...(variant.add ?? [])]
        : variant.train;
    selections.forEach(({ dataset }) => names.add(dataset));
  }
  (document.targets ?? []).forEach(({ dataset }) => names.add(dataset));
  return Object.keys(document.datasets).filter((name) => names.has(name));
}

/**
 * Spells out what a project computes.
 *
 * @param datasets - at least those of {@link datasetsInUse}
 * @throws StudioError `INVALID_PROJECT`: parts missing, selectors out of range, empty variants, a
 * target species that no active point can have
 */
export function resolveRequirements(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
): Requirements {
  const { descriptor, model } = requireComplete(document);
  const lengths = Object.fromEntries(
    Object.entries(datasets).map(([name, { structures }]) => [name, structures.length]),
  );
  const take = (dataset: string, index: number): PoolStructure => {
    const loaded = datasets[dataset];
    const structure = loaded?.structures[index];
    if (loaded === undefined || structure === undefined) {
      throw new StudioError("INTERNAL", `dataset "${dataset}" has no structure ${index} in memory`);
    }
    return {
      structure,
      name: `${dataset}[${index}]`,
      key: `${loaded.hash}#${index}`,
      location: { file: loaded.fileName, structureIndex: index },
    };
  };
  const candidates = model.activeSet.from.flatMap((dataset) =>
    Array.from({ length: lengths[dataset] ?? 0 }, (_, index) => take(dataset, index)),
  );
  const { pool, variants } = buildPool(resolveVariants(document, lengths), take);
  const targets = resolveTargets(document, lengths, take);
  requireKnownSpecies(candidates, targets);
  const used = [...candidates, ...pool, ...targets.flatMap(({ structures }) => structures)];
  return {
    descriptor,
    model,
    map: document.maps?.[0] ?? null,
    variants,
    pool,
    poolOffsets: environmentOffsets(pool.map(({ structure }) => structure)),
    candidates,
    candidateOffsets: environmentOffsets(candidates.map(({ structure }) => structure)),
    targets,
    species: soapSpecies(
      descriptor,
      used.map(({ structure }) => structure),
    ),
  };
}

function buildPool(
  resolved: readonly ResolvedVariant[],
  take: (dataset: string, index: number) => PoolStructure,
): Pick<Requirements, "pool" | "variants"> {
  const pool: PoolStructure[] = [];
  const positions = new Map<string, number>();
  const variants = resolved.map((variant) => ({
    ...variant,
    rowIndices: Int32Array.from(variant.rows, ({ dataset, structureIndex }) => {
      const name = `${dataset}[${structureIndex}]`;
      let position = positions.get(name);
      if (position === undefined) {
        position = pool.length;
        positions.set(name, position);
        pool.push(take(dataset, structureIndex));
      }
      return position;
    }),
  }));
  return { pool, variants };
}

function resolveTargets(
  document: ProjectDocument,
  lengths: Readonly<Record<string, number>>,
  take: (dataset: string, index: number) => PoolStructure,
): readonly ResolvedTarget[] {
  return (document.targets ?? []).map(({ dataset, structures: selector, labels }, i) => {
    const length = lengths[dataset] ?? 0;
    const jsonPath = `targets[${i}].structures`;
    const structureIndices = resolveSelector(selector, { dataset, length, jsonPath });
    if (labels !== undefined && labels.length !== structureIndices.length) {
      throw new StudioError(
        "INVALID_PROJECT",
        `found ${labels.length} labels for ${structureIndices.length} structures`,
        { location: { jsonPath: `targets[${i}].labels` } },
      );
    }
    const structures = Array.from(structureIndices, (index) => take(dataset, index));
    return {
      dataset,
      structureIndices,
      labels: labels ?? structures.map(({ name }) => name),
      structures,
      offsets: environmentOffsets(structures.map(({ structure }) => structure)),
    };
  });
}

/** Without an active point of its species an environment has φ = 0 and no defined LPR. */
function requireKnownSpecies(
  candidates: readonly PoolStructure[],
  targets: readonly ResolvedTarget[],
): void {
  const known = new Set(candidates.flatMap(({ structure }) => [...new Set(structure.species)]));
  targets.forEach((target, i) => {
    for (const { structure, name } of target.structures) {
      for (const atomicNumber of new Set(structure.species)) {
        if (!known.has(atomicNumber)) throw unknownSpecies(atomicNumber, name, i);
      }
    }
  });
}

/** The error for a target species that the model cannot represent. */
export function unknownSpecies(atomicNumber: number, name: string, target: number): StudioError {
  return new StudioError(
    "INVALID_PROJECT",
    `${name} contains ${speciesSymbol(atomicNumber)}, which none of the active environments has: ` +
      "its LPR is not defined",
    {
      location: { jsonPath: `targets[${target}]` },
      remedy: "Add structures with this species to the training data and to model.activeSet.from.",
    },
  );
}
