/** What an analysis works on: the parts of a project that it needs, spelled out and checked. */
import { soapSpecies } from "../descriptors/soap.ts";
import { StudioError, type ErrorLocation } from "../errors.ts";
import { rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import type {
  ComponentEntry,
  Descriptor,
  MapEntry,
  Model,
  ProjectDocument,
  StructureSelection,
  UncertaintyEntry,
} from "../project/document.ts";
import { resolveSelector } from "../project/selectors.ts";
import {
  resolveSelections,
  resolveVariants,
  type ResolvedVariant,
  type StructureReference,
} from "../project/variants.ts";
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
  /** Imported features of all atoms, structures one after the other, where the project has them. */
  readonly features?: DenseMatrix | undefined;
}

/** A structure with where it comes from. */
export interface PoolStructure {
  readonly structure: Structure;
  /** `dataset[index]`. */
  readonly name: string;
  /** Content hash of the file and index: what results of this structure are remembered by. */
  readonly key: string;
  readonly location: ErrorLocation;
  /** Imported features, (nAtoms × d); null when they are computed. */
  readonly features: DenseMatrix | null;
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
  readonly descriptor: Descriptor;
  readonly model: Model;
  readonly map: MapEntry | null;
  readonly variants: readonly (ResolvedVariant & { readonly rowIndices: Int32Array })[];
  /** Every structure that gets a row: of any variant, of the tests, of the calibration; once. */
  readonly pool: readonly PoolStructure[];
  readonly poolOffsets: Int32Array;
  /** Structures of the pool on which variants are tested; null without a test. */
  readonly test: Int32Array | null;
  /** Structures of the pool on which the uncertainty is calibrated; null without. */
  readonly calibration: Int32Array | null;
  /** Structures whose environments may become active points shared by all variants. */
  readonly candidates: readonly PoolStructure[];
  readonly candidateOffsets: Int32Array;
  readonly targets: readonly ResolvedTarget[];
  readonly similarity: readonly { readonly name: string; readonly structure: PoolStructure }[];
  readonly components: readonly ComponentEntry[];
  readonly uncertainty: UncertaintyEntry;
  /** Sorted atomic numbers of all structures in use: the density channels. */
  readonly species: Uint8Array;
  /** Number of imported features; null when they are computed. */
  readonly importedWidth: number | null;
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
  readonly descriptor: Descriptor;
  readonly model: Model;
} {
  const { descriptor, model, variants, targets } = document;
  if (descriptor === undefined) throw missing("descriptor", "a descriptor");
  if (model === undefined) throw missing("model", "a model");
  if ((variants ?? []).length === 0) throw missing("variants", "at least one variant");
  if ((targets ?? []).length === 0) throw missing("targets", "at least one target");
  // A file that left the project leaves the active set without a source until another is chosen.
  if (model.type === "sparse-kernel" && model.activeSet.from.length === 0) {
    throw missing("model.activeSet.from", "at least one dataset");
  }
  return { descriptor, model };
}

/** Names of the datasets that computing a project reads. */
export function datasetsInUse(document: ProjectDocument): readonly string[] {
  const { model, variants, targets, test, uncertainty, similarity } = document;
  const selections = (variants ?? []).flatMap((variant) =>
    "base" in variant
      ? [...(variant.replace?.with ?? []), ...(variant.remove ?? []), ...(variant.add ?? [])]
      : variant.train,
  );
  const others = [targets, test, uncertainty?.calibration, similarity];
  const entries = others.flatMap((list): readonly { dataset: string }[] => list ?? []);
  const names = new Set([...selections, ...entries].map(({ dataset }) => dataset));
  for (const name of candidateDatasets(model)) names.add(name);
  return Object.keys(document.datasets).filter((name) => names.has(name));
}

/** Datasets whose environments may become shared active points. */
function candidateDatasets(model: Model | undefined): readonly string[] {
  if (model?.type !== "sparse-kernel") return [];
  const { activeSet } = model;
  return activeSet.method !== "explicit" && activeSet.perVariant === true ? [] : activeSet.from;
}

/**
 * The refusal of structures that have no features where those of a project are imported.
 * @param of - what cannot be described, such as `crystals`
 */
export function importedFeaturesError(of: string, remedy: string): StudioError {
  return new StudioError(
    "INVALID_PARAMETER",
    `the features of this project are imported; those of ${of} cannot be computed`,
    { remedy },
  );
}

/**
 * Spells out what a project computes.
 *
 * @param datasets - at least those of {@link datasetsInUse}
 * @throws StudioError `INVALID_PROJECT`: parts missing, selectors out of range, empty variants, a
 * target species that the model cannot represent, imported features that are missing;
 * `INCOMPATIBLE_SHAPE` for imported features of different widths
 */
export function resolveRequirements(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
): Requirements {
  const { descriptor, model } = requireComplete(document);
  const lengths = Object.fromEntries(
    Object.entries(datasets).map(([name, { structures }]) => [name, structures.length]),
  );
  const importedWidth = descriptor.type === "features" ? commonWidth(document, datasets) : null;
  const take = structureTaker(datasets, importedWidth !== null);
  const candidates = candidateDatasets(model).flatMap((dataset) =>
    Array.from({ length: lengths[dataset] ?? 0 }, (_, index) => take(dataset, index)),
  );
  const { test, uncertainty = {} } = document;
  const select = (list: readonly StructureSelection[] | undefined, path: string) =>
    list === undefined ? null : resolveSelections(list, path, lengths);
  const { pool, variants, extras } = buildPool(
    resolveVariants(document, lengths),
    [select(test, "test"), select(uncertainty.calibration, "uncertainty.calibration")],
    take,
  );
  const targets = resolveTargets(document, lengths, take);
  const similarity = resolveSimilarity(document, lengths, take);
  requireKnownSpecies(model, { candidates, pool, variants }, targets);
  const used = [
    ...candidates,
    ...pool,
    ...targets.flatMap(({ structures }) => structures),
    ...similarity.map(({ structure }) => structure),
  ];
  return {
    descriptor,
    model,
    map: document.maps?.[0] ?? null,
    variants,
    pool,
    poolOffsets: environmentOffsets(pool.map(({ structure }) => structure)),
    test: extras[0] ?? null,
    calibration: extras[1] ?? null,
    candidates,
    candidateOffsets: environmentOffsets(candidates.map(({ structure }) => structure)),
    targets,
    similarity,
    components: document.components ?? [],
    uncertainty,
    species: soapSpecies(
      descriptor.type === "soap" ? descriptor : {},
      used.map(({ structure }) => structure),
    ),
    importedWidth,
  };
}

/** Structures by dataset and index, with their rows of the imported features. */
function structureTaker(
  datasets: Readonly<Record<string, LoadedDataset>>,
  isImported: boolean,
): (dataset: string, index: number) => PoolStructure {
  const offsets = new Map<string, Int32Array>();
  return (dataset, index) => {
    const loaded = datasets[dataset];
    const structure = loaded?.structures[index];
    if (loaded === undefined || structure === undefined) {
      throw new StudioError("INTERNAL", `dataset "${dataset}" has no structure ${index} in memory`);
    }
    let features: DenseMatrix | null = null;
    if (isImported && loaded.features !== undefined) {
      const known = offsets.get(dataset) ?? environmentOffsets(loaded.structures);
      offsets.set(dataset, known);
      features = rowRange(loaded.features, known[index] ?? 0, known[index + 1] ?? 0);
    }
    return {
      structure,
      name: `${dataset}[${index}]`,
      key: `${loaded.hash}#${index}`,
      location: { file: loaded.fileName, structureIndex: index },
      features,
    };
  };
}

/** The number of features, the same in all datasets in use. */
function commonWidth(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
): number {
  let width: number | null = null;
  for (const name of datasetsInUse(document)) {
    const features = datasets[name]?.features;
    const location = { jsonPath: `datasets.${name}.features` };
    if (features === undefined) {
      throw new StudioError("INVALID_PROJECT", "missing, expected the file of its features", {
        location,
        remedy: 'The descriptor "features" reads those of every dataset in use.',
      });
    }
    width ??= features.cols;
    if (features.cols !== width) {
      throw new StudioError(
        "INCOMPATIBLE_SHAPE",
        `found ${features.cols} features an atom, expected ${width} as in the other datasets`,
        { location },
      );
    }
  }
  return width ?? 0;
}

function resolveSimilarity(
  { similarity = [] }: ProjectDocument,
  lengths: Readonly<Record<string, number>>,
  take: (dataset: string, index: number) => PoolStructure,
): Requirements["similarity"] {
  return similarity.map(({ name, dataset, structure = 0 }, i) => {
    const length = lengths[dataset] ?? 0;
    if (structure >= length) {
      throw new StudioError(
        "INVALID_PROJECT",
        `found ${structure}, but "${dataset}" has ${length} structures, 0 … ${length - 1}`,
        { location: { jsonPath: `similarity[${i}].structure` } },
      );
    }
    return { name, structure: take(dataset, structure) };
  });
}

/** Positions in the pool of every variant's rows and of the extra lists. */
function buildPool(
  resolved: readonly ResolvedVariant[],
  lists: readonly (readonly StructureReference[] | null)[],
  take: (dataset: string, index: number) => PoolStructure,
): Pick<Requirements, "pool" | "variants"> & { readonly extras: readonly (Int32Array | null)[] } {
  const pool: PoolStructure[] = [];
  const positions = new Map<string, number>();
  const place = ({ dataset, structureIndex }: StructureReference): number => {
    const name = `${dataset}[${structureIndex}]`;
    const known = positions.get(name);
    if (known !== undefined) return known;
    positions.set(name, pool.length);
    return pool.push(take(dataset, structureIndex)) - 1;
  };
  const variants = resolved.map((variant) => ({
    ...variant,
    rowIndices: Int32Array.from(variant.rows, place),
  }));
  const extras = lists.map((list) => (list === null ? null : Int32Array.from(list, place)));
  return { pool, variants, extras };
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

/**
 * Without an active point of its species an environment has φ = 0 and no defined LPR; without a
 * trained network of its species there is nothing to differentiate. A linear model has φ = x.
 */
function requireKnownSpecies(
  model: Model,
  { candidates, pool, variants }: Pick<Requirements, "candidates" | "pool" | "variants">,
  targets: readonly ResolvedTarget[],
): void {
  if (model.type === "linear") return;
  const speciesOf = (structures: readonly PoolStructure[]): ReadonlySet<number> =>
    new Set(structures.flatMap(({ structure }) => [...new Set(structure.species)]));
  const sources =
    candidates.length > 0
      ? [speciesOf(candidates)]
      : variants.map(({ rowIndices }) =>
          speciesOf(pool.filter((_, position) => rowIndices.includes(position))),
        );
  targets.forEach((target, i) => {
    for (const { structure, name } of target.structures) {
      for (const atomicNumber of new Set(structure.species)) {
        const isKnown = sources.every((known) => known.has(atomicNumber));
        if (!isKnown) throw unknownSpecies(atomicNumber, name, i);
      }
    }
  });
}

/** The error for a target species that the model cannot represent. */
export function unknownSpecies(atomicNumber: number, name: string, target: number): StudioError {
  return new StudioError(
    "INVALID_PROJECT",
    `${name} contains ${speciesSymbol(atomicNumber)}, which the model has not been shown (no training ` +
      "structure, or no active environment, has it): its LPR is not defined",
    {
      location: { jsonPath: `targets[${target}]` },
      remedy:
        "Add structures with this species to the training data (and, for a sparse kernel model, to model.activeSet.from).",
    },
  );
}
