/** The columns of a table that name the atom of a row. Pure. */
import type { AtomClasses } from "./atomClasses.ts";
import { placeOf, type AtomList } from "./atomList.ts";
import type { Cell } from "./csvText.ts";

/**
 * Heading of {@link atomCells}. Tables for programs count from 0, as selectors of the project file, the
 * command line, ASE and OVITO do; what the window shows counts from 1. So the heading says it.
 */
export const ATOM_HEADER = [
  "dataset",
  "structure_from_0",
  "atom_from_0",
  "class",
  "selected",
] as const;

/** Where an entry of the list is: dataset, 0-based structure and atom, class, 1 when selected. */
export function atomCells(
  atoms: {
    readonly list: AtomList;
    readonly classes: AtomClasses;
    readonly selected: Uint8Array | null;
  },
  entry: number,
): readonly Cell[] {
  const place = placeOf(atoms.list, entry);
  const { categories, codes } = atoms.classes;
  return [
    place?.row.dataset ?? null,
    place?.row.structureIndex ?? null,
    place?.atom ?? null,
    categories[codes[entry] ?? -1]?.label ?? null,
    atoms.selected?.[entry] ?? 0,
  ];
}
