/** Selections with a name, kept in the project document. Pure. */
import type { DatasetSummary } from "../../../src/contract/display.ts";
import {
  formatAtomRanges,
  parseAtomRanges,
  type StructureAtoms,
} from "../../../src/project/atomRanges.ts";
import type { ProjectDocument, SavedSelection } from "../../../src/project/document.ts";
import { structureKey } from "../project/datasetStore.ts";
import { selectedAtoms, type AtomPick, type SelectionMap } from "./selectionStore.ts";

/** What is selected now, as project files hold it. */
export function structureAtomsOf(selections: SelectionMap): readonly StructureAtoms[] {
  return [...selections].map(([key, selection]) => {
    const at = key.lastIndexOf("#");
    return {
      dataset: key.slice(0, at),
      structure: Number(key.slice(at + 1)),
      atoms: formatAtomRanges(selectedAtoms(selection)),
    };
  });
}

/** What is selected now, under a name. */
export function selectionToSave(
  name: string,
  selections: SelectionMap,
  expression: string | null,
): SavedSelection {
  const atoms = structureAtomsOf(selections);
  return { name, ...(expression === null ? {} : { expression }), atoms };
}

/** Adds a selection, or puts it in the place of the one of the same name. */
export function saveSelection(document: ProjectDocument, saved: SavedSelection): ProjectDocument {
  const selections = document.selections ?? [];
  if (saved.atoms.length === 0 || saved.name.trim() === "") return document;
  const at = selections.findIndex(({ name }) => name === saved.name);
  return {
    ...document,
    selections: at < 0 ? [...selections, saved] : selections.with(at, saved),
  };
}

/** A name already taken changes nothing. */
export function renameSelection(
  document: ProjectDocument,
  from: string,
  to: string,
): ProjectDocument {
  const name = to.trim();
  const selections = document.selections ?? [];
  if (name === "" || selections.some((one) => one.name === name)) return document;
  return {
    ...document,
    selections: selections.map((one) => (one.name === from ? { ...one, name } : one)),
  };
}

export function removeSelection(document: ProjectDocument, name: string): ProjectDocument {
  return withSelections(
    document,
    (document.selections ?? []).filter((one) => one.name !== name),
  );
}

/** Takes the atoms of a dataset out of all selections; those that become empty go. */
export function withoutSavedAtoms(document: ProjectDocument, dataset: string): ProjectDocument {
  if (document.selections === undefined) return document;
  return withSelections(
    document,
    document.selections
      .map((one) => ({ ...one, atoms: one.atoms.filter((entry) => entry.dataset !== dataset) }))
      .filter(({ atoms }) => atoms.length > 0),
  );
}

function withSelections(
  { selections: _, ...document }: ProjectDocument,
  selections: readonly SavedSelection[],
): ProjectDocument {
  return selections.length === 0 ? document : { ...document, selections };
}

/** The first free name: "Selection 1", "Selection 2", … */
export function freeSelectionName({ selections = [] }: ProjectDocument): string {
  let number = selections.length + 1;
  const name = (): string => `Selection ${String(number)}`;
  while (selections.some((one) => one.name === name())) number++;
  return name();
}

/** Atoms in all structures. */
export function countSaved({ atoms }: Pick<SavedSelection, "atoms">): number {
  return atoms.reduce((sum, entry) => sum + parseAtomRanges(entry.atoms).length, 0);
}

/** Saved atoms that can be selected, and how many are in no file that has been read. */
export function picksOfSaved(
  { atoms }: SavedSelection,
  summaries: Readonly<Record<string, DatasetSummary>>,
): { readonly picks: readonly AtomPick[]; readonly missing: number } {
  const picks: AtomPick[] = [];
  let missing = 0;
  for (const { dataset, structure, atoms: ranges } of atoms) {
    const indices = parseAtomRanges(ranges);
    const nAtoms = summaries[dataset]?.structures[structure]?.nAtoms ?? 0;
    const known = indices.filter((atom) => atom < nAtoms);
    missing += indices.length - known.length;
    if (known.length === 0) continue;
    picks.push({ structure: structureKey(dataset, structure), nAtoms, atoms: known });
  }
  return { picks, missing };
}
