/** Medians of each class of atoms, for the table. Pure. */
import { sortedFinite } from "../color/autoRange.ts";
import { quantileOf } from "../state/statistics.ts";
import type { AtomClasses } from "./atomClasses.ts";

export interface ClassRow {
  readonly label: string;
  /** null for all atoms and for the selected ones. */
  readonly color: string | null;
  /** Entries of the list, ascending. */
  readonly atoms: Uint32Array;
  /** Part of all atoms, 0 … 1. */
  readonly share: number;
  /** Median of each column; null without a value. */
  readonly medians: readonly (number | null)[];
}

function rowOf(
  label: string,
  color: string | null,
  atoms: Uint32Array,
  nAtoms: number,
  columns: readonly Float64Array[],
): ClassRow {
  return {
    label,
    color,
    atoms,
    share: nAtoms === 0 ? 0 : atoms.length / nAtoms,
    medians: columns.map((column) =>
      quantileOf(sortedFinite([Float64Array.from(atoms, (atom) => column[atom] ?? NaN)]), 0.5),
    ),
  };
}

/** One row a class, then all atoms, then the selected ones if there are any. */
export function classTable(
  classes: AtomClasses,
  selected: Uint8Array | null,
  columns: readonly Float64Array[],
): readonly ClassRow[] {
  const { codes, categories } = classes;
  const all = Uint32Array.from(codes.keys());
  const rows = categories.map(({ label, color }, code) =>
    rowOf(
      label,
      color,
      all.filter((atom) => codes[atom] === code),
      all.length,
      columns,
    ),
  );
  rows.push(rowOf("All atoms", null, all, all.length, columns));
  if (selected !== null) {
    const chosen = all.filter((atom) => selected[atom] === 1);
    rows.push(rowOf("Selected", null, chosen, all.length, columns));
  }
  return rows;
}
