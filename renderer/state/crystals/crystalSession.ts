/** Which crystals can be made, and which session they are tried in. Pure. */
import type { CrystalSessionQuestion } from "../../../src/contract/crystals.ts";
import type { DatasetSummary } from "../../../src/contract/display.ts";
import {
  crystalPrototype,
  PROTOTYPE_NAMES,
  type PrototypeName,
} from "../../../src/crystals/prototypes.ts";
import type { SoapHyperparameters } from "../../../src/descriptors/hyperparameters.ts";
import type { ProjectDocument, Variant } from "../../../src/project/document.ts";
import { speciesSymbol } from "../../../src/structures/species.ts";
import { missingForCompute } from "../project/documentEdits.ts";
import type { TargetRow } from "../project/targets.ts";
import { wantedSession } from "../whatIf/whatIfSession.ts";

type Summaries = Readonly<Record<string, DatasetSummary>>;

/** Symbols of the elements of all files, by atomic number. */
export function offeredSpecies(summaries: Summaries): readonly string[] {
  const numbers = new Set(Object.values(summaries).flatMap(({ species }) => species));
  return [...numbers].sort((a, b) => a - b).map(speciesSymbol);
}

/** Prototypes that so many elements can fill. */
export function fillablePrototypes(nSpecies: number): readonly PrototypeName[] {
  return PROTOTYPE_NAMES.filter((name) => crystalPrototype(name).nSpecies <= nSpecies);
}

/** The species that a prototype is filled with: those before as far as they fit, then others. */
export function fittingSpecies(
  name: PrototypeName,
  offered: readonly string[],
  before: readonly string[],
): readonly string[] {
  const kept = before.filter((symbol) => offered.includes(symbol));
  const all = [...kept, ...offered.filter((symbol) => !kept.includes(symbol))];
  return all.slice(0, crystalPrototype(name).nSpecies);
}

/** The descriptor that tells environments apart; null without one that can describe crystals. */
export function judgingDescriptor({ descriptor }: ProjectDocument): SoapHyperparameters | null {
  return descriptor?.type === "soap" ? descriptor : null;
}

/** A training set that crystals could be added to. */
export interface CrystalBase {
  /** Of the project, with the draft of What if as a variant where that is meant. */
  readonly document: ProjectDocument;
  readonly variant: string;
}

/** The project with a draft beside its variants. */
export function withDraft(document: ProjectDocument, draft: Variant): CrystalBase {
  return {
    document: { ...document, variants: [...(document.variants ?? []), draft] },
    variant: draft.name,
  };
}

/** A session that is wanted. */
export interface WantedCrystals extends CrystalBase {
  readonly question: CrystalSessionQuestion;
  /** Structure keys of its targets, in the order of the question. */
  readonly targets: readonly string[];
  /** Everything that its numbers depend on, as text. */
  readonly key: string;
}

/** Why lifts cannot be predicted, in words that say what would change it; null when they can. */
export function missingForLifts(
  document: ProjectDocument,
  rows: readonly TargetRow[],
): string | null {
  if (document.descriptor?.type === "features") {
    return (
      "Features are imported; those of new crystals cannot be computed, so no lift is predicted. " +
      "Export the crystal, or add it and import its features before you compute."
    );
  }
  const missing = missingForCompute(document);
  if (missing !== null) return missing;
  return rows.length === 0 ? "Every target is hidden. Open an eye under Targets." : null;
}

/** The session for a training set and the targets that are shown; null while a file is not read. */
export function wantedCrystals(
  { document, variant }: CrystalBase,
  summaries: Summaries,
  rows: readonly TargetRow[],
): WantedCrystals | null {
  if (missingForLifts(document, rows) !== null) return null;
  const wanted = wantedSession(document, summaries, variant, rows, new Set());
  if (wanted === null || wanted.targets.length === 0) return null;
  const { targets, question, key } = wanted;
  return {
    document,
    variant,
    question: { variant, targets: question.targets },
    targets,
    key: JSON.stringify([key, targets]),
  };
}
