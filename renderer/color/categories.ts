/** Colours of things that have no order. */
import { speciesColor, speciesSymbol } from "../../src/structures/species.ts";
import { indexOfFraction } from "./colorScale.ts";
import { categoryTable, type ColorTable } from "./colorTable.ts";

/** One entry of a categorical legend. */
export interface Category {
  readonly label: string;
  readonly color: string;
}

/**
 * Coordination 0 to 8 and more. Neighbouring counts differ in lightness as well as hue, after
 * Okabe and Ito (2008), Color Universal Design, so that sp, sp² and sp³ keep apart for everyone.
 */
const COORDINATION_COLORS = [
  "#b2b2b2",
  "#e69f00",
  "#d55e00",
  "#56b4e9",
  "#0a5fb4",
  "#009e73",
  "#f0e442",
  "#cc79a7",
  "#7a3b8f",
] as const;

/** Any other categories: Okabe and Ito's eight, then Paul Tol's muted set (2021). */
const DISTINCT_COLORS = [
  "#56b4e9",
  "#e69f00",
  "#009e73",
  "#cc79a7",
  "#f0e442",
  "#0072b2",
  "#d55e00",
  "#dddddd",
  "#88ccee",
  "#cc6677",
  "#ddcc77",
  "#117733",
  "#aa4499",
  "#44aa99",
  "#999933",
  "#882255",
] as const;

/** Categories of coordination numbers; code = number of neighbours, 8 stands for 8 and more. */
export function coordinationCategories(): readonly Category[] {
  return COORDINATION_COLORS.map((color, count) => ({
    label: count === COORDINATION_COLORS.length - 1 ? `${String(count)} or more` : String(count),
    color,
  }));
}

/** Category codes of coordination numbers. */
export function coordinationCodes(coordination: Uint8Array): Int32Array {
  const last = COORDINATION_COLORS.length - 1;
  return Int32Array.from(coordination, (count) => Math.min(count, last));
}

/** One category for each atomic number found, ascending, in Jmol-like colours. */
export function speciesCategories(atomicNumbers: readonly number[]): readonly Category[] {
  return atomicNumbers.map((z) => ({ label: speciesSymbol(z), color: speciesColor(z) }));
}

/** Category codes of species; the code is the place in `atomicNumbers`. */
export function speciesCodes(species: Uint8Array, atomicNumbers: readonly number[]): Int32Array {
  const codeOf = new Int32Array(256).fill(-1);
  atomicNumbers.forEach((z, code) => {
    codeOf[z] = code;
  });
  return Int32Array.from(species, (z) => codeOf[z] ?? -1);
}

/** Colours for named categories; they repeat after sixteen. */
export function namedCategories(names: readonly string[]): readonly Category[] {
  return names.map((label, k) => ({
    label,
    color: DISTINCT_COLORS[k % DISTINCT_COLORS.length] ?? DISTINCT_COLORS[0],
  }));
}

/** The table whose entry k is category k. */
export function tableOfCategories(id: string, categories: readonly Category[]): ColorTable {
  return categoryTable(
    id,
    categories.map(({ color }) => color),
  );
}

/** Those categories that some atom has, in their order; a legend lists nothing else. */
export function presentCategories(
  categories: readonly Category[],
  scalars: readonly (Float32Array | null)[],
): readonly Category[] {
  const found = new Set<number>();
  for (const panel of scalars) {
    panel?.forEach((fraction) => found.add(indexOfFraction(fraction)));
  }
  return categories.filter((_, code) => found.has(code));
}
