/** What is done with a draft: saved, duplicated, taken back; and structures suggested for it. */
import { StudioError } from "../../../src/errors.ts";
import type { ProjectDocument, Variant } from "../../../src/project/document.ts";
import { freeVariantName } from "../../../src/project/freeName.ts";
import { typedNameProblem } from "../../../src/project/names.ts";
import { sameCounts, structureName, trainingCounts } from "../../../src/project/trainingCounts.ts";
import { resolveVariant } from "../../../src/project/variants.ts";
import {
  changeCopies,
  draftRows,
  draftVariant,
  emptyDraft,
  type WhatIfDraft,
} from "../../../src/project/whatIfDraft.ts";
import { addVariant, putVariant } from "../project/documentEdits.ts";
import { say } from "../window/messageStore.ts";
import { changeDocument } from "../project/projectStore.ts";
import { selectedAtoms } from "../selection/selectionStore.ts";
import type { Studio } from "../studio.ts";
import { isSuggesting, suggestionsFor } from "../suggest/suggestJob.ts";
import { changeTraining, takeVariant, trainingOfDraft } from "./whatIfActions.ts";
import { datasetLengths, poolDatasets } from "./whatIfSession.ts";
import { settleDraft } from "./whatIfStore.ts";

/** Why the draft cannot be saved under its name; null when it can. */
export function draftNameProblem(
  document: ProjectDocument,
  name: string,
  origin: string | null,
): string | null {
  return typedNameProblem("variant", name, document.variants, origin);
}

/** The draft as a variant of the document. */
function variantOf(studio: Studio, name: string): Variant {
  const { draft, description } = studio.whatIf.getState();
  const { document } = studio.project.getState();
  const lengths = datasetLengths(studio.datasets.getState().summaries);
  if (draftRows(draft, document, lengths).length === 0) {
    throw new StudioError("INVALID_PARAMETER", "the training set is empty", {
      remedy: "Tick at least one structure.",
    });
  }
  const variant = draftVariant(draft, document, lengths, name);
  const about = description.trim();
  return about === "" ? variant : { ...variant, description: about };
}

/**
 * What is ticked and not yet saved, as a variant for the journal: of its own, so that nothing in the
 * project is replaced by it; null when there is none, or when it is no training set.
 */
export function unsavedDraft(studio: Studio): { variant: Variant; edits: number } | null {
  const { draft, name, origin, undoable } = studio.whatIf.getState();
  const { document } = studio.project.getState();
  const variants = document.variants ?? [];
  if (undoable.length === 0 || draft.deltas.size === 0) return null;
  if (!variants.some((variant) => variant.name === draft.base)) return null;
  const training = trainingOfDraft(studio, draft);
  if ("problem" in training || training.rows.length === 0) return null;
  // One that was only looked at is in the project as it is.
  const saved = variants.find((variant) => variant.name === origin);
  if (saved !== undefined) {
    const lengths = datasetLengths(studio.datasets.getState().summaries);
    const rows = resolveVariant(document, lengths, saved);
    if (sameCounts(training.counts, trainingCounts(rows))) return null;
  }
  const wanted = name.trim() === "" ? defaultName(draft) : name.trim();
  const variant = variantOf(studio, freeVariantName(document, wanted));
  return { variant, edits: undoable.length };
}

/** Saves the draft: into the variant it was taken from, or as a new one. */
export function saveDraft(studio: Studio): void {
  const { draft, name, origin } = studio.whatIf.getState();
  const { document } = studio.project.getState();
  const problem = draftNameProblem(document, name, origin);
  if (problem !== null) throw new StudioError("INVALID_PARAMETER", problem);
  const isKnown = (document.variants ?? []).some((variant) => variant.name === origin);
  const wanted = name.trim() === "" ? defaultName(draft) : name.trim();
  const saved = isKnown && origin !== null ? wanted : freeVariantName(document, wanted);
  const variant = variantOf(studio, saved);
  if (isKnown && origin !== null) {
    changeDocument(studio.project, `Save variant ${saved}`, (now) =>
      putVariant(now, origin, variant),
    );
    say(studio.messages, `Variant “${saved}” saved`, true);
  } else {
    changeDocument(studio.project, `Add variant ${saved}`, (now) => addVariant(now, variant));
    say(studio.messages, `Variant “${saved}” added`, true);
  }
  settleDraft(studio.whatIf, saved);
}

/** `+10 −10`: what a draft without a name is called. */
export function defaultName(draft: WhatIfDraft): string {
  const deltas = [...draft.deltas.values()];
  const coming = deltas.filter((delta) => delta > 0).reduce((sum, delta) => sum + delta, 0);
  const leaving = deltas.filter((delta) => delta < 0).reduce((sum, delta) => sum - delta, 0);
  const parts = [
    ...(coming > 0 ? [`+${String(coming)}`] : []),
    ...(leaving > 0 ? [`−${String(leaving)}`] : []),
  ];
  return parts.length === 0 ? `${draft.base} copy` : parts.join(" ");
}

/** Saves the draft as a variant of its own, and goes on with that. */
export function duplicateDraft(studio: Studio): void {
  const { draft, name } = studio.whatIf.getState();
  const { document } = studio.project.getState();
  const stem = name.trim() === "" ? defaultName(draft) : `${name.trim()} copy`;
  const copy = freeVariantName(document, stem);
  const variant = variantOf(studio, copy);
  changeDocument(studio.project, `Add variant ${copy}`, (now) => addVariant(now, variant));
  say(studio.messages, `Variant “${copy}” added`, true);
  settleDraft(studio.whatIf, copy);
}

/** Back to the variant as it is saved, or to the base. One step of undo. */
export function revertDraft(studio: Studio): void {
  const { draft, origin } = studio.whatIf.getState();
  const { document } = studio.project.getState();
  const isKnown = (document.variants ?? []).some((variant) => variant.name === origin);
  if (origin === null || !isKnown) {
    changeTraining(studio, () => emptyDraft(draft.base));
    return;
  }
  takeVariant(studio, origin);
}

/** Share of the atoms of lowest LPR that Suggest next lifts unless told otherwise. */
export const WORST_SHARE = 0.05;

/**
 * Asks for the best structures to add to the draft, and ticks them.
 * @param key - structure key of the target whose atoms are to be lifted
 */
export async function suggestForDraft(studio: Studio, key: string): Promise<void> {
  if (isSuggesting(studio)) return;
  const { session, suggestCount, draft, datasets } = studio.whatIf.getState();
  const target = session?.opened.targets[session.targets.indexOf(key)]?.target;
  if (target === undefined) return;
  const { document } = studio.project.getState();
  const { summaries } = studio.datasets.getState();
  const name = freeVariantName(document, "what if");
  const variant = variantOf(studio, name);
  const candidates = poolDatasets(document, summaries, datasets)
    .filter(({ isOffered }) => isOffered)
    .map((one) => ({ dataset: one.name }));
  const answer = await suggestionsFor(
    studio,
    { ...document, variants: [...(document.variants ?? []), variant] },
    {
      request: {
        variant: name,
        atoms: atomsToLift(studio, target, key),
        candidates,
        count: suggestCount,
      },
      crystals: null,
    },
  );
  if (answer === null) return;
  if (studio.whatIf.getState().draft !== draft) {
    say(studio.messages, "The training set has changed since; nothing was added");
    return;
  }
  const { steps, ranking } = answer.result;
  const changes = steps.flatMap(({ rank }): readonly (readonly [string, number])[] => {
    const candidate = ranking[rank];
    return candidate === undefined ? [] : [[structureName(candidate), 1]];
  });
  changeTraining(studio, (now) => changeCopies(now, changes));
  say(studio.messages, `${String(changes.length)} suggested structures ticked`);
}

/** Atoms of the target that is looked at, as Suggest next is to lift them. */
function atomsToLift(studio: Studio, target: number, key: string) {
  const { suggestScope } = studio.whatIf.getState();
  const selection = studio.selection.getState().selections.get(key);
  if (suggestScope === "selected" && selection !== undefined) {
    return { kind: "listed" as const, indices: Array.from(selectedAtoms(selection)), target };
  }
  if (suggestScope === "all") return { kind: "all" as const, target };
  return { kind: "worst" as const, fraction: WORST_SHARE, target };
}
