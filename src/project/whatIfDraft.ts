/**
 * A training set that is being tried out: a variant and how many copies of which structures come and go.
 * What it stands for is a derived variant; nothing else decides what is in it.
 */
import { createRandom, sampleWithoutReplacement } from "../random.ts";
import type { DerivedVariant, ProjectDocument, StructureSelection, Variant } from "./document.ts";
import { sameCounts, structureName, trainingCounts } from "./trainingCounts.ts";
import {
  resolveSelections,
  resolveTrial,
  resolveVariant,
  type StructureReference,
} from "./variants.ts";

/** How the size of the training set is treated: what comes in is added, or takes the place of others. */
export type DraftMode = "add" | "replace";

/** A training set that is being tried out. */
export interface WhatIfDraft {
  /** Name of the variant it starts from. */
  readonly base: string;
  readonly mode: DraftMode;
  /** Of the random structures that leave in mode `replace`. */
  readonly seed: number;
  /** Copies that come in (> 0) or leave (< 0), by `structureName`; never 0. */
  readonly deltas: ReadonlyMap<string, number>;
}

/** Lengths of the datasets by name. */
export type DatasetLengths = Readonly<Record<string, number>>;

/** The variant as it is. */
export function emptyDraft(base: string): WhatIfDraft {
  return { base, mode: "add", seed: 0, deltas: new Map() };
}

/** `dataset[index]` taken apart. */
export function parseStructureName(name: string): StructureReference {
  const open = name.lastIndexOf("[");
  return { dataset: name.slice(0, open), structureIndex: Number(name.slice(open + 1, -1)) };
}

/**
 * The draft as a variant. In mode `replace` as many random structures of the base leave as come in
 * without one leaving by name, so that the size stays.
 *
 * @param lengths - of every dataset that the base reads
 * @throws StudioError `INVALID_PROJECT` when the base cannot be resolved
 */
export function draftVariant(
  draft: WhatIfDraft,
  document: ProjectDocument,
  lengths: DatasetLengths,
  name: string,
): DerivedVariant {
  const base = rowsOf(document, lengths, draft.base);
  const counts = trainingCounts(base);
  const coming = [...draft.deltas].filter(([, delta]) => delta > 0);
  const leaving = [...draft.deltas].filter(
    ([structure, delta]) => delta < 0 && (counts.get(structure) ?? 0) > 0,
  );
  const { count, left } = randomlyLeaving(draft, base, coming, leaving);
  const remaining = trainingCounts(left);
  const removed = leaving.flatMap(([structure, delta]): readonly (readonly [string, number])[] => {
    const had = counts.get(structure) ?? 0;
    const rest = remaining.get(structure) ?? 0;
    const wanted = Math.max(0, had + delta);
    if (rest <= wanted) return [];
    // Every copy, or so many of them.
    return [[structure, wanted === 0 ? Infinity : rest - wanted]];
  });
  const entering = selections(coming, 1);
  return {
    name,
    base: draft.base,
    ...(count > 0 ? { replace: { count, seed: draft.seed, with: entering } } : {}),
    ...(removed.length > 0 ? { remove: selections(removed, Infinity) } : {}),
    ...(count === 0 && entering.length > 0 ? { add: entering } : {}),
  };
}

/**
 * The training set that a draft stands for; empty where every structure is taken out.
 * @throws StudioError `INVALID_PROJECT` when the base cannot be resolved
 */
export function draftRows(
  draft: WhatIfDraft,
  document: ProjectDocument,
  lengths: DatasetLengths,
): readonly StructureReference[] {
  // A name that no variant of a project can have.
  const variant = draftVariant(draft, document, lengths, "");
  return resolveTrial(document, lengths, variant);
}

/**
 * A derived variant as a draft of its base, where a draft can say the same; else null.
 * @throws StudioError `INVALID_PROJECT` when the variant cannot be resolved
 */
export function draftOfVariant(
  variant: Variant,
  document: ProjectDocument,
  lengths: DatasetLengths,
): WhatIfDraft | null {
  if (!("base" in variant)) return null;
  const { base, replace, remove = [], add = [] } = variant;
  const counts = trainingCounts(rowsOf(document, lengths, base));
  const deltas = new Map<string, number>();
  const change = (structure: string, by: number): void => {
    const delta = (deltas.get(structure) ?? 0) + by;
    if (delta === 0) deltas.delete(structure);
    else deltas.set(structure, delta);
  };
  for (const row of resolveSelections([...(replace?.with ?? []), ...add], "", lengths)) {
    change(structureName(row), 1);
  }
  for (const { repeat, ...once } of remove) {
    for (const row of resolveSelections([once], "", lengths)) {
      change(structureName(row), -(repeat ?? counts.get(structureName(row)) ?? 0));
    }
  }
  const mode = replace === undefined ? "add" : "replace";
  const draft: WhatIfDraft = { base, mode, seed: replace?.seed ?? 0, deltas };
  const wanted = trainingCounts(rowsOf(document, lengths, variant.name));
  return sameCounts(trainingCounts(draftRows(draft, document, lengths)), wanted) ? draft : null;
}

/** The draft with more or fewer copies of some structures. */
export function changeCopies(
  draft: WhatIfDraft,
  changes: Iterable<readonly [structure: string, by: number]>,
): WhatIfDraft {
  const deltas = new Map(draft.deltas);
  for (const [structure, by] of changes) {
    const delta = (deltas.get(structure) ?? 0) + by;
    if (delta === 0) deltas.delete(structure);
    else deltas.set(structure, delta);
  }
  return { ...draft, deltas };
}

/**
 * The draft with a structure in the training set or out of it. Out means every copy; in means as often
 * as the base has it, or once.
 *
 * @param present - copies of it that the draft has now
 * @param atBase - copies of it in the base
 */
export function setMembership(
  draft: WhatIfDraft,
  structure: string,
  isIn: boolean,
  { present, atBase }: { readonly present: number; readonly atBase: number },
): WhatIfDraft {
  if (isIn === present > 0) return draft;
  const delta = draft.deltas.get(structure) ?? 0;
  // Out: what came in goes first; what is then left of the base leaves, too.
  if (!isIn) return withDelta(draft, structure, -atBase);
  // In: one that was taken out comes back; one that left at random comes in by name.
  return withDelta(draft, structure, delta < 0 ? 0 : 1);
}

function withDelta(draft: WhatIfDraft, structure: string, delta: number): WhatIfDraft {
  const deltas = new Map(draft.deltas);
  if (delta === 0) deltas.delete(structure);
  else deltas.set(structure, delta);
  return { ...draft, deltas };
}

function rowsOf(
  document: ProjectDocument,
  lengths: DatasetLengths,
  name: string,
): readonly StructureReference[] {
  const variant = document.variants?.find((one) => one.name === name);
  return variant === undefined ? [] : resolveVariant(document, lengths, variant);
}

/** How many rows leave at random, and what they leave of the base. */
function randomlyLeaving(
  { mode, seed, deltas }: WhatIfDraft,
  base: readonly StructureReference[],
  coming: readonly (readonly [string, number])[],
  leaving: readonly (readonly [string, number])[],
): { readonly count: number; readonly left: readonly StructureReference[] } {
  const entering = coming.reduce((sum, [, copies]) => sum + copies, 0);
  if (mode === "add" || entering === 0) return { count: 0, left: base };
  const counts = trainingCounts(base);
  const named = leaving.reduce(
    (sum, [structure, delta]) => sum + Math.min(-delta, counts.get(structure) ?? 0),
    0,
  );
  const most = Math.min(entering, base.length);
  for (let count = Math.max(0, Math.min(most, entering - named)); ; count++) {
    const chosen = new Set(sampleWithoutReplacement(createRandom(seed), base.length, count));
    const left = base.filter((_, row) => !chosen.has(row));
    const remaining = trainingCounts(left);
    const more = leaving.reduce((sum, [structure]) => {
      const wanted = Math.max(0, (counts.get(structure) ?? 0) + (deltas.get(structure) ?? 0));
      return sum + Math.max(0, (remaining.get(structure) ?? 0) - wanted);
    }, 0);
    if (count + more >= most || count >= most) return { count, left };
  }
}

/** One selection for each dataset and number of copies; `unsaid` is what no `repeat` means. */
function selections(
  copies: readonly (readonly [string, number])[],
  unsaid: number,
): readonly StructureSelection[] {
  const groups = new Map<string, { dataset: string; repeat: number; structures: number[] }>();
  for (const [structure, repeat] of copies) {
    const { dataset, structureIndex } = parseStructureName(structure);
    const key = `${dataset} ${String(repeat)}`;
    const group = groups.get(key) ?? { dataset, repeat, structures: [] };
    group.structures.push(structureIndex);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ dataset, repeat, structures }) => ({
    dataset,
    structures: structures.sort((a, b) => a - b),
    ...(repeat === unsaid ? {} : { repeat }),
  }));
}
