/** Classes of atoms that charts and tables are split by. Pure. */
import type { DisplayStructure } from "../../src/contract/display.ts";
import { distinctSpecies } from "../../src/structures/species.ts";
import {
  coordinationCategories,
  speciesCategories,
  speciesCodes,
  type Category,
} from "../color/categories.ts";
import {
  valuesOf,
  type PropertyDescription,
  type ValueSource,
} from "../state/coloring/properties.ts";
import type { AtomList } from "./atomList.ts";

export interface AtomClasses {
  /** What the classes are, for headings. */
  readonly title: string;
  readonly categories: readonly Category[];
  /** Class of each atom of the list; −1 while its structure is not read. */
  readonly codes: Int16Array;
}

const CARBON = 6;
/** Largest number of neighbours with a class of its own. */
const MOST_NEIGHBORS = 8;

function carbonLabel(neighbors: number): string {
  switch (neighbors) {
    case 2:
      return "sp";
    case 3:
      return "sp²";
    case 4:
      return "sp³";
    default:
      return `${String(neighbors)}-fold`;
  }
}

/**
 * Compounds are split by species, elements by coordination: sp, sp² and sp³ for two, three and four
 * neighbours of carbon, n-fold for others. Only classes that some atom has, in a fixed order.
 */
export function classesOf(
  list: AtomList,
  structures: ReadonlyMap<string, DisplayStructure>,
): AtomClasses {
  const found = new Set<number>();
  for (const { key } of list.rows) {
    const structure = structures.get(key);
    if (structure !== undefined) distinctSpecies(structure.species).forEach((z) => found.add(z));
  }
  const species = [...found].sort((a, b) => a - b);
  if (species.length > 1) {
    return classesFrom(list, structures, "Species", speciesCategories(species), (structure) =>
      speciesCodes(structure.species, species),
    );
  }
  const isCarbon = species[0] === CARBON;
  const categories = coordinationCategories().map(({ color }, n) => ({
    color,
    label:
      n === MOST_NEIGHBORS ? "8-fold or more" : isCarbon ? carbonLabel(n) : `${String(n)}-fold`,
  }));
  return classesFrom(list, structures, "Coordination", categories, ({ coordination }) =>
    coordination.map((n) => Math.min(n, MOST_NEIGHBORS)),
  );
}

/**
 * Classes by a property of categories, e.g. a column of the file. Structures may name their
 * categories in different order: those of the same name are one class. Atoms without a value, and
 * those whose column is still being read, have no class.
 */
export function classesByProperty(
  list: AtomList,
  source: ValueSource,
  property: PropertyDescription,
): AtomClasses {
  const codes = new Int16Array(list.nAtoms).fill(-1);
  const found = new Map<string, { readonly color: string; readonly code: number }>();
  list.rows.forEach((row, k) => {
    const panel = valuesOf(source, property.id, row, "", "");
    const categories = panel?.categories ?? null;
    if (panel === null || categories === null || panel.values.length !== row.nAtoms) return;
    const { values } = panel;
    const first = list.offsets[k] ?? 0;
    values.forEach((value, atom) => {
      const category = categories[value];
      if (category === undefined) return;
      const known = found.get(category.label) ?? { color: category.color, code: found.size };
      found.set(category.label, known);
      codes[first + atom] = known.code;
    });
  });
  // In the order of the names, numbers as numbers, whatever atom comes first.
  const order = [...found.entries()].sort(([a], [b]) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const place = new Map(order.map(([, { code }], index) => [code, index]));
  return {
    title: property.label,
    categories: order.map(([label, { color }]) => ({ label, color })),
    codes: codes.map((code) => place.get(code) ?? -1),
  };
}

function classesFrom(
  list: AtomList,
  structures: ReadonlyMap<string, DisplayStructure>,
  title: string,
  all: readonly Category[],
  codesOf: (structure: DisplayStructure) => ArrayLike<number>,
): AtomClasses {
  const codes = new Int16Array(list.nAtoms).fill(-1);
  list.rows.forEach(({ key, nAtoms }, k) => {
    const structure = structures.get(key);
    if (structure?.nAtoms === nAtoms) codes.set(codesOf(structure), list.offsets[k]);
  });
  const present = new Set(codes);
  const order = all.map((_, code) => code).filter((code) => present.has(code));
  const place = new Map(order.map((code, index) => [code, index]));
  return {
    title,
    categories: order.flatMap((code) => all[code] ?? []),
    codes: codes.map((code) => place.get(code) ?? -1),
  };
}
