/** Which structures could be added to a training set, and their rows. */
import { StudioError, type Diagnostic } from "../../errors.ts";
import type { ProjectDocument } from "../../project/document.ts";
import { resolveSelections, type StructureReference } from "../../project/variants.ts";
import { environmentOffsets } from "../../structures/dataset.ts";
import { speciesSymbol } from "../../structures/species.ts";
import type { Structure } from "../../structures/structure.ts";
import type { VariantGroup } from "../stages/groupStage.ts";
import {
  importedFeaturesError,
  datasetsInUse,
  resolveRequirements,
  type LoadedDataset,
  type PoolStructure,
  type Requirements,
} from "../requirements.ts";
import type { SuggestionRequest } from "./suggestion.ts";

/** A structure that could be added. */
export interface Candidate extends StructureReference {
  readonly pool: PoolStructure;
}

/** Names of the datasets that suggestions read: those of the project's analysis and of the pool. */
export function suggestionDatasets(
  document: ProjectDocument,
  { candidates }: Pick<SuggestionRequest, "candidates">,
): readonly string[] {
  const names = new Set([...datasetsInUse(document), ...candidates.map(({ dataset }) => dataset)]);
  return Object.keys(document.datasets).filter((name) => names.has(name));
}

/**
 * The structures that a request offers, each once, in its order; those with species that the
 * descriptor of the project does not know are left out.
 *
 * @param extra - structures that are not in the project, by the name they are to have
 * @throws StudioError `INVALID_PARAMETER` for no candidates, unknown datasets and names in use;
 * `INVALID_PROJECT` for selectors out of range and for imported features that are missing
 */
export function resolveCandidates(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  extra: Readonly<Record<string, LoadedDataset>>,
  { candidates }: Pick<SuggestionRequest, "candidates">,
  { species }: Pick<Requirements, "species">,
): { readonly candidates: readonly Candidate[]; readonly diagnostics: readonly Diagnostic[] } {
  requireSources(document, datasets, extra, candidates);
  const offered = [
    ...referencesOf(candidates, datasets),
    ...Object.entries(extra).flatMap(([dataset, { structures }]) =>
      structures.map((_, structureIndex) => ({ dataset, structureIndex })),
    ),
  ];
  const all = { ...datasets, ...extra };
  const { kept, diagnostics } = keepKnown(offered, (one) => structureOf(all, one), species);
  const pool = poolStructures(document, all, extra, kept);
  return {
    candidates: kept.map((reference, i) => {
      const found = pool[i];
      if (found === undefined) throw new StudioError("INTERNAL", "a candidate is missing");
      return { ...reference, pool: found };
    }),
    diagnostics,
  };
}

/**
 * The candidates whose species all have active points or networks; φ of others would say nothing.
 * @throws StudioError `INVALID_PARAMETER` when none is left
 */
export function representable(
  candidates: readonly Candidate[],
  source: VariantGroup["source"],
): { readonly candidates: readonly Candidate[]; readonly diagnostics: readonly Diagnostic[] } {
  const species = knownSpecies(source);
  if (species === null) return { candidates, diagnostics: [] };
  const { kept, diagnostics } = keepKnown(candidates, ({ pool }) => pool.structure, species);
  return { candidates: kept, diagnostics };
}

/** Atomic numbers whose environments a model can represent; null: all that its descriptor knows. */
export function knownSpecies(source: VariantGroup["source"]): Uint8Array | null {
  switch (source.kind) {
    case "linear":
      return source.map.centerSpecies;
    case "kernel":
      return source.active.kernel.activeSpecies;
    case "network":
      return source.network.species;
  }
}

/**
 * Requirements whose pool holds the candidates too, as structures of the test: they get rows, and
 * nothing else changes.
 * @returns with the position of each candidate in the pool
 */
export function withCandidates(
  requirements: Requirements,
  candidates: readonly Candidate[],
): { readonly requirements: Requirements; readonly positions: Int32Array } {
  const pool = [...requirements.pool];
  const known = new Map(pool.map(({ name }, position) => [name, position]));
  const positions = Int32Array.from(candidates, ({ pool: structure }) => {
    const position = known.get(structure.name);
    if (position !== undefined) return position;
    known.set(structure.name, pool.length);
    return pool.push(structure) - 1;
  });
  const poolOffsets = environmentOffsets(pool.map(({ structure }) => structure));
  return { requirements: { ...requirements, pool, poolOffsets, test: positions }, positions };
}

function requireSources(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  extra: Readonly<Record<string, LoadedDataset>>,
  candidates: SuggestionRequest["candidates"],
): void {
  for (const { dataset } of candidates) {
    if (Object.hasOwn(datasets, dataset)) continue;
    throw new StudioError(
      "INVALID_PARAMETER",
      `candidates are to come from "${dataset}", expected a dataset of the project: ` +
        Object.keys(document.datasets).join(", "),
    );
  }
  const names = Object.keys(extra);
  const taken = names.find((name) => Object.hasOwn(document.datasets, name));
  if (taken !== undefined) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `the additional candidates are called "${taken}", as a dataset of the project is`,
    );
  }
  if (names.length > 0 && document.descriptor?.type === "features") {
    const remedy = "Offer structures of datasets that have features.";
    throw importedFeaturesError("other structures", remedy);
  }
  if (candidates.length + names.length > 0) return;
  throw new StudioError("INVALID_PARAMETER", "no candidates: no structure is offered", {
    remedy: "Name datasets of the project, or have crystals generated.",
  });
}

function referencesOf(
  selections: SuggestionRequest["candidates"],
  datasets: Readonly<Record<string, LoadedDataset>>,
): readonly StructureReference[] {
  const lengths = Object.fromEntries(
    Object.entries(datasets).map(([name, { structures }]) => [name, structures.length]),
  );
  const once = selections.map(({ dataset, structures }) => ({ dataset, structures }));
  const seen = new Set<string>();
  return resolveSelections(once, "candidates", lengths).filter(({ dataset, structureIndex }) => {
    const name = `${dataset}[${structureIndex}]`;
    return !seen.has(name) && seen.add(name);
  });
}

function structureOf(
  datasets: Readonly<Record<string, LoadedDataset>>,
  { dataset, structureIndex }: StructureReference,
): Structure {
  const structure = datasets[dataset]?.structures[structureIndex];
  if (structure !== undefined) return structure;
  throw new StudioError("INTERNAL", `dataset "${dataset}" has no structure ${structureIndex}`);
}

/** As the structures of a test, which is how requirements hold structures outside of variants. */
function poolStructures(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  extra: Readonly<Record<string, LoadedDataset>>,
  references: readonly StructureReference[],
): readonly PoolStructure[] {
  const entries = Object.entries(extra).map(
    ([name, { fileName }]) => [name, { path: fileName }] as const,
  );
  const offered: ProjectDocument = {
    ...document,
    datasets: { ...document.datasets, ...Object.fromEntries(entries) },
    test: references.map(({ dataset, structureIndex }) => ({
      dataset,
      structures: [structureIndex],
    })),
  };
  const { pool, test } = resolveRequirements(offered, datasets);
  return Array.from(test ?? []).flatMap((position) => pool[position] ?? []);
}

/** The structures whose species are all known, with a remark on the others. */
function keepKnown<T>(
  offered: readonly T[],
  structureOfItem: (item: T) => Structure,
  species: Uint8Array,
): { readonly kept: readonly T[]; readonly diagnostics: readonly Diagnostic[] } {
  const known = new Set(species);
  const unknown = new Set<number>();
  const kept = offered.filter((item) => {
    const strange = structureOfItem(item).species.filter((number) => !known.has(number));
    for (const atomicNumber of strange) unknown.add(atomicNumber);
    return strange.length === 0;
  });
  if (kept.length === offered.length) return { kept, diagnostics: [] };
  const symbols = [...unknown].sort((a, b) => a - b).map(speciesSymbol);
  const message =
    `${offered.length - kept.length} of ${offered.length} candidates were left out: they contain ` +
    `species that the model does not know (${symbols.join(", ")}).`;
  if (kept.length === 0) {
    throw new StudioError("INVALID_PARAMETER", `no candidates: ${message}`, {
      remedy: "Add structures with these species to the training data.",
    });
  }
  return { kept, diagnostics: [{ severity: "warning", code: "CANDIDATES_LEFT_OUT", message }] };
}
