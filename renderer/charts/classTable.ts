/** Medians of each class of atoms, for the table. Pure. */
import { sortedFinite } from "../color/autoRange.ts";
import { quantileOf } from "../state/results/statistics.ts";
import type { AtomClasses } from "./atomClasses.ts";
import type { Cell } from "./csvText.ts";

/** A quantity of one variant, or of all. */
export interface ClassColumn {
  readonly id: string;
  /** "" when the quantity does not depend on it. */
  readonly variant: string;
  /** In full. */
  readonly title: string;
  readonly values: Float64Array;
}

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

/** What the rows are in order of; a number: that column. */
export interface ClassSort {
  readonly by: "class" | "atoms" | number;
  readonly descending: boolean;
}

function rowOf(
  label: string,
  color: string | null,
  atoms: Uint32Array,
  nAtoms: number,
  columns: readonly Pick<ClassColumn, "values">[],
): ClassRow {
  return {
    label,
    color,
    atoms,
    share: nAtoms === 0 ? 0 : atoms.length / nAtoms,
    medians: columns.map(({ values }) =>
      quantileOf(sortedFinite([Float64Array.from(atoms, (atom) => values[atom] ?? NaN)]), 0.5),
    ),
  };
}

/** One row a class, then all atoms, then the selected ones if there are any. */
export function classTable(
  classes: AtomClasses,
  selected: Uint8Array | null,
  columns: readonly Pick<ClassColumn, "values">[],
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

/** Classes in order; what sums them up stays at the end, a class without a value before it. */
export function sortClasses(rows: readonly ClassRow[], sort: ClassSort): readonly ClassRow[] {
  const classes = rows.filter(({ color }) => color !== null);
  const sums = rows.filter(({ color }) => color === null);
  const { by } = sort;
  const sign = sort.descending ? -1 : 1;
  if (by === "class") return [...(sort.descending ? [...classes].reverse() : classes), ...sums];
  const keyOf = (row: ClassRow): number | null =>
    by === "atoms" ? row.atoms.length : (row.medians[by] ?? null);
  const place = new Map(classes.map((row, k) => [row, k]));
  const inOrder = [...classes].sort((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y) || (place.get(a) ?? 0) - (place.get(b) ?? 0);
  });
  return [...inOrder, ...sums];
}

/** Header and rows for CSV and TSV, in full precision. */
export function classCells(
  title: string,
  rows: readonly ClassRow[],
  columns: readonly Pick<ClassColumn, "title">[],
): { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] } {
  return {
    header: [title, "atoms", "share", ...columns.map((column) => column.title)],
    rows: rows.map(({ label, atoms, share, medians }) => [label, atoms.length, share, ...medians]),
  };
}
