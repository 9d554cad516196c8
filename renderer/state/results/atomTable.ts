/** Columns and order of the atom table, and what is copied of it. Pure. */
import type { DisplayStructure } from "../../../src/contract/display.ts";
import { speciesSymbol } from "../../../src/structures/species.ts";
import { formatCount, formatFixed } from "../../components/formatNumber.ts";

/** One column: a number an atom, and how it is written. NaN: no value. */
export interface TableColumn {
  readonly id: string;
  readonly heading: string;
  /** In full, with unit and variant. */
  readonly title: string;
  readonly values: Float64Array;
  readonly textOf: (value: number) => string;
  /** Width on screen, CSS px. */
  readonly width: number;
}

/** Decimals that show at least three significant digits of a typical value, the same in all rows. */
export function columnDecimals(values: Float64Array): number {
  const sizes = values
    .filter((value) => Number.isFinite(value) && value !== 0)
    .map(Math.abs)
    .sort();
  const typical = sizes[Math.floor(sizes.length / 2)] ?? 1;
  return Math.max(0, Math.min(8, 2 - Math.floor(Math.log10(typical))));
}

/** A column of numbers: all rows with the same decimals. */
export function numberColumn(
  id: string,
  heading: string,
  title: string,
  values: Float64Array,
): TableColumn {
  const decimals = columnDecimals(values);
  return {
    id,
    heading,
    title,
    values,
    width: Math.min(200, Math.max(84, 7 * heading.length + 26)),
    textOf: (value) => (Number.isFinite(value) ? formatFixed(value, decimals) : "no value"),
  };
}

/** A column of categories, by the place in their list. */
export function categoryColumn(
  id: string,
  heading: string,
  values: Float64Array,
  labels: readonly string[],
): TableColumn {
  return {
    id,
    heading,
    title: heading,
    values,
    width: Math.min(200, Math.max(84, 7 * heading.length + 26)),
    textOf: (value) => labels[value] ?? "no value",
  };
}

/** Number of the atom as everywhere in the window (from 1), species, neighbours, position. */
export function structureColumns(
  structure: DisplayStructure,
): Readonly<Record<"atom" | "species" | "neighbors" | "x" | "y" | "z", TableColumn>> {
  const { nAtoms, species, coordination, positions } = structure;
  const place = (axis: 0 | 1 | 2, name: string): TableColumn => ({
    id: name,
    heading: `${name}, Å`,
    title: `Position along ${name}, Å`,
    values: Float64Array.from({ length: nAtoms }, (_, atom) => positions[3 * atom + axis] ?? NaN),
    textOf: (value) => formatFixed(value, 3),
    width: 76,
  });
  return {
    atom: {
      id: "atom",
      heading: "Atom",
      title: "Number of the atom, from 1",
      values: Float64Array.from({ length: nAtoms }, (_, atom) => atom + 1),
      textOf: formatCount,
      width: 76,
    },
    species: {
      id: "species",
      heading: "Species",
      title: "Species",
      values: Float64Array.from(species),
      textOf: speciesSymbol,
      width: 76,
    },
    neighbors: {
      id: "neighbors",
      heading: "Neighbours",
      title: "Neighbours within the bond cutoff",
      values: Float64Array.from(coordination),
      textOf: String,
      width: 96,
    },
    x: place(0, "x"),
    y: place(1, "y"),
    z: place(2, "z"),
  };
}

/** Atoms in order; equal keys in atom order, atoms without a value always last. */
export function sortAtoms(values: Float64Array, descending: boolean): Uint32Array {
  const order = Uint32Array.from(values.keys());
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => {
    const [x, y] = [values[a] ?? NaN, values[b] ?? NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) {
      return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
    }
    return sign * (x - y) || a - b;
  });
}

/** Atoms of the rows between two, both included, whichever comes first. */
export function rowsBetween(order: Uint32Array, from: number, to: number): Uint32Array {
  return order.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/** The row of the atom whose number is typed; null when there is none. */
export function rowOfNumber(order: Uint32Array, typed: string): number | null {
  const row = order.indexOf(Number(typed) - 1);
  return row < 0 ? null : row;
}

/** Header and rows of these atoms; numbers in full precision, categories by name. */
export function tableCells(
  columns: readonly TableColumn[],
  atoms: Uint32Array,
): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
} {
  const isText = (id: string): boolean => id === "species" || id.startsWith("category:");
  return {
    header: columns.map(({ title }) => title),
    rows: Array.from(atoms, (atom) =>
      columns.map(({ id, values, textOf }) => {
        const value = values[atom] ?? NaN;
        if (!Number.isFinite(value)) return null;
        return isText(id) ? textOf(value) : value;
      }),
    ),
  };
}
