/** From what is on screen to a question for the engine, or to what is still missing. Pure. */
import type { DatasetSummary } from "../../../src/contract/display.ts";
import { MAX_STRAIN, type SuggestQuestion } from "../../../src/contract/suggestions.ts";
import {
  crystalPrototype,
  PROTOTYPE_NAMES,
  type PrototypeName,
} from "../../../src/crystals/prototypes.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { formatCount, formatPlural } from "../../components/formatNumber.ts";
import { structureKey } from "../project/datasetStore.ts";
import { isDerived, missingForCompute } from "../project/documentEdits.ts";
import { selectedAtoms, type SelectionMap } from "../selection/selectionStore.ts";
import { selectStructures } from "../project/structureSelector.ts";
import type { AtomScope, SuggestDraft } from "./suggestStore.ts";
import type { TargetRow } from "../project/targets.ts";

/** Random selections that the choice is compared with. */
const RANDOM_REPEATS = 20;
const SEED = 1;
/** Share of atoms that is asked about when nothing is selected. */
const DEFAULT_WORST = 0.05;

/** What a question is put together from. */
export interface QuestionInputs {
  readonly draft: SuggestDraft;
  readonly document: ProjectDocument;
  readonly summaries: Readonly<Record<string, DatasetSummary>>;
  readonly selections: SelectionMap;
  /** The target and the variant that are looked at. */
  readonly target: TargetRow | null;
  readonly variant: string;
}

/** A question with its atoms in words, or why there is none. */
export type Question =
  | { readonly ask: SuggestQuestion; readonly about: string; readonly missing: null }
  | { readonly ask: null; readonly missing: string };

/** Where the atoms of a target structure are among all targets. */
interface TargetPlace {
  /** Position among all target structures. */
  readonly index: number;
  /** Position of its first atom among the atoms of all targets. */
  readonly first: number;
}

/** Place of every target structure by key; null while one of the files has not been read. */
function targetPlaces({
  document,
  summaries,
}: QuestionInputs): ReadonlyMap<string, TargetPlace> | null {
  const places = new Map<string, TargetPlace>();
  let index = 0;
  let first = 0;
  for (const { dataset, structures } of document.targets ?? []) {
    const summary = summaries[dataset];
    if (summary === undefined) return null;
    for (const structureIndex of selectStructures(structures, summary.nStructures)) {
      const key = structureKey(dataset, structureIndex);
      if (!places.has(key)) places.set(key, { index, first });
      index += 1;
      first += summary.structures[structureIndex]?.nAtoms ?? 0;
    }
  }
  return places;
}

/** What the draft says, or the selection when there is one. */
export function scopeOf({ draft, selections }: QuestionInputs): AtomScope {
  return draft.scope ?? (selections.size > 0 ? "selection" : DEFAULT_WORST);
}

export function countSelected(selections: SelectionMap): number {
  return [...selections.values()].reduce((sum, { count }) => sum + count, 0);
}

/** A dataset that candidates may come from. */
export interface OfferedDataset {
  readonly name: string;
  readonly label: string;
  readonly nStructures: number;
  readonly isOffered: boolean;
}

/** Every dataset that has been read and can be described, targets last. */
export function offeredDatasets(
  inputs: Pick<QuestionInputs, "draft" | "document" | "summaries" | "variant">,
): readonly OfferedDataset[] {
  const { draft, document, summaries, variant } = inputs;
  const isTarget = (name: string): boolean =>
    (document.targets ?? []).some(({ dataset }) => dataset === name);
  return Object.entries(document.datasets)
    .flatMap(([name, { label, features }]): readonly OfferedDataset[] => {
      const nStructures = summaries[name]?.nStructures;
      const isDescribed = document.descriptor?.type !== "features" || features !== undefined;
      if (nStructures === undefined || !isDescribed) return [];
      const isOffered =
        draft.datasets?.has(name) ?? (!isTarget(name) && !hasWhole(document, variant, name));
      return [{ name, label: label ?? name, nStructures, isOffered }];
    })
    .toSorted((a, b) => Number(isTarget(a.name)) - Number(isTarget(b.name)));
}

/** Whether all structures of a dataset are in the training set that a variant is made from. */
function hasWhole(document: ProjectDocument, variant: string, dataset: string): boolean {
  const variants = document.variants ?? [];
  let name: string | undefined = variant;
  for (let depth = 0; depth <= variants.length; depth++) {
    const found = variants.find((one) => one.name === name);
    if (found === undefined) return false;
    if (!isDerived(found)) {
      return found.train.some((one) => one.dataset === dataset && one.structures === undefined);
    }
    name = found.base;
  }
  return false;
}

/** A crystal that can be generated as a candidate. */
export interface OfferedPrototype {
  readonly name: PrototypeName;
  /** 2 for a compound. */
  readonly nSpecies: 1 | 2;
}

/** Prototypes that the species of the targets can fill; none for imported features. */
export function offeredPrototypes(
  document: ProjectDocument,
  summaries: Readonly<Record<string, DatasetSummary>>,
): readonly OfferedPrototype[] {
  if (document.descriptor?.type === "features") return [];
  const species = new Set(
    (document.targets ?? []).flatMap(({ dataset }) => summaries[dataset]?.species ?? []),
  );
  return PROTOTYPE_NAMES.map((name) => ({
    name,
    nSpecies: crystalPrototype(name).nSpecies,
  })).filter(({ nSpecies }) => nSpecies <= species.size);
}

/** The question as it would be asked now. */
export function buildQuestion(inputs: QuestionInputs): Question {
  const { draft, document, variant } = inputs;
  const missing = missingForCompute(document) ?? wrongNumber(draft);
  if (missing !== null) return { ask: null, missing };
  const atoms = atomsOf(inputs);
  if ("missing" in atoms) return { ask: null, missing: atoms.missing };
  const datasets = offeredDatasets(inputs).filter(({ isOffered }) => isOffered);
  const crystals = crystalsOf(inputs);
  if (crystals === "none") {
    return { ask: null, missing: "Choose at least one prototype, or leave out crystals." };
  }
  if (datasets.length === 0 && crystals === null) {
    const others = hasPrototypes(inputs) ? ", or have crystals generated" : "";
    return { ask: null, missing: `Offer a file with candidates${others}.` };
  }
  const request = {
    variant,
    atoms: atoms.choice,
    candidates: datasets.map(({ name }) => ({ dataset: name })),
    count: draft.count,
    by: draft.by,
    random: { repeats: RANDOM_REPEATS, seed: SEED },
  };
  return { ask: { request, crystals }, about: atoms.about, missing: null };
}

function hasPrototypes({ document, summaries }: QuestionInputs): boolean {
  return offeredPrototypes(document, summaries).length > 0;
}

function wrongNumber({ count, withCrystals, crystalCount, strain }: SuggestDraft): string | null {
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;
  if (!isCount(count) || count > 1000) return "Choose 1 to 1,000 structures.";
  if (!withCrystals) return null;
  if (!isCount(crystalCount) || crystalCount > 10_000) return "Generate 1 to 10,000 crystals.";
  const most = 100 * MAX_STRAIN;
  return strain >= 0 && strain <= most ? null : `Strain reaches 0 to ${String(most)} %.`;
}

function crystalsOf({
  draft,
  document,
  summaries,
}: QuestionInputs): SuggestQuestion["crystals"] | "none" {
  const offered = offeredPrototypes(document, summaries);
  // Where none can be made the tick of an earlier question asks for nothing.
  if (!draft.withCrystals || offered.length === 0) return null;
  const prototypes = offered.map(({ name }) => name).filter((name) => draft.prototypes.has(name));
  if (prototypes.length === 0) return "none";
  return { prototypes, count: draft.crystalCount, strain: draft.strain / 100, seed: SEED };
}

function atomsOf(
  inputs: QuestionInputs,
):
  | { readonly choice: SuggestQuestion["request"]["atoms"]; readonly about: string }
  | { readonly missing: string } {
  const { selections, target, variant } = inputs;
  const places = targetPlaces(inputs);
  if (places === null) return { missing: "A target has not been read. Problems says why." };
  const scope = scopeOf(inputs);
  if (scope === "selection") {
    const indices = [...selections].flatMap(([key, selection]) => {
      const place = places.get(key);
      if (place === undefined) return [];
      return Array.from(selectedAtoms(selection), (atom) => place.first + atom);
    });
    if (indices.length === 0) {
      return { missing: "Select atoms on the film or lasso the map, or lift the worst." };
    }
    const choice = { kind: "listed" as const, indices: indices.sort((a, b) => a - b) };
    return { choice, about: selectedText(indices.length) };
  }
  const place = target === null ? undefined : places.get(target.key);
  if (target === null || place === undefined) return { missing: "No target is shown." };
  const choice = { kind: "worst" as const, fraction: scope, target: place.index };
  return { choice, about: `${worstText(scope)} of ${target.label} under ${variant}` };
}

export function selectedText(count: number): string {
  return count === 0 ? "Selected atoms" : formatPlural(count, "selected atom", "selected atoms");
}

export function worstText(fraction: number): string {
  return `Worst ${formatCount(100 * fraction)} %`;
}
