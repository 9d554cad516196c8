/**
 * Quantities of atoms that a project can show once it is computed: under the names that figures use,
 * and under those that can be typed in expressions.
 */
import type { ProjectDocument } from "./document.ts";
import type { ExpressionName, ExpressionNames } from "./expression/checkExpression.ts";
import { findFunction } from "./expression/expressionFunctions.ts";

/** A column of the file of a dataset. */
export interface FileColumn {
  readonly name: string;
  /** Real or whole numbers, true or false, words. */
  readonly type: "R" | "I" | "L" | "S";
  readonly components: number;
}

/** What a figure can name as a quantity. */
export interface AtomQuantity {
  readonly id: string;
  readonly kind: "number" | "category";
  /** Differs from variant to variant. */
  readonly perVariant: boolean;
  /** Only along axes: atoms are not coloured by it. */
  readonly onlyAxes: boolean;
}

const COMMON = { kind: "number", perVariant: false, onlyAxes: false } as const;

/** Read off the atoms themselves. */
const OF_ATOMS: readonly AtomQuantity[] = [
  { ...COMMON, id: "species", kind: "category" },
  { ...COMMON, id: "coordination", kind: "category" },
  { ...COMMON, id: "hybridization", kind: "category" },
  { ...COMMON, id: "neighbors", onlyAxes: true },
];

/** A quantity of the results, and why the project gives none; null: it does. */
interface Offer {
  readonly quantity: AtomQuantity;
  readonly lack: string | null;
}

function lackOfVariants(document: ProjectDocument, count: 1 | 2): string | null {
  const found = document.variants?.length ?? 0;
  if (found >= count) return null;
  return count === 1 ? "a variant" : "two variants to compare";
}

function lackOfCommittee({ uncertainty }: ProjectDocument): string | null {
  return uncertainty?.committee === undefined
    ? "a committee of models (`uncertainty.committee`)"
    : null;
}

function lackOfProjectedProcess({ model, uncertainty }: ProjectDocument): string | null {
  if (model !== undefined && model.type !== "sparse-kernel") return "a sparse kernel model";
  return uncertainty?.projectedProcess === true
    ? null
    : "the projected process (`uncertainty.projectedProcess`)";
}

function offersOf(document: ProjectDocument): readonly Offer[] {
  const offer = (
    id: string,
    lack: string | null,
    more: Partial<AtomQuantity> = { perVariant: true },
  ): Offer => ({ quantity: { ...COMMON, ...more, id }, lack });
  const axis = { perVariant: true, onlyAxes: true };
  const [one, two] = [lackOfVariants(document, 1), lackOfVariants(document, 2)];
  const committee = one ?? lackOfCommittee(document);
  const components = document.maps?.map((map) => map.components ?? 2)[0] ?? 0;
  return [
    offer("lpr", one),
    offer("enhancement", two),
    ...(document.components ?? []).map(({ name }) => offer(`rigidity:${name}`, one)),
    offer("uncertainty", one),
    offer("projectedProcess", one ?? lackOfProjectedProcess(document)),
    offer("committee", committee),
    offer("committeeVariance", committee),
    // Whether the training structures have energies is in their files.
    offer("localEnergy", one),
    ...(document.similarity ?? []).map(({ name }) => offer(`similarity:${name}`, null, {})),
    ...Array.from({ length: components }, (_, k) => offer(`map:${String(k)}`, null, {})),
    offer("lprRatio", two, axis),
    offer("varianceRatio", two ?? committee, axis),
    offer("referenceLpr", two, { onlyAxes: true }),
  ];
}

/** Why a project does not give a quantity that others may give; null: it does, or none does. */
export function lackOfQuantity(document: ProjectDocument, id: string): string | null {
  const found = offersOf(document).find(({ quantity }) => quantity.id === id);
  if (found !== undefined) return found.lack;
  return id.startsWith("map:") && (document.maps ?? []).length === 0
    ? "a kernel map (`maps`)"
    : null;
}

/** Every quantity that a project gives; `columns` are those of the files of its targets. */
export function atomQuantities(
  document: ProjectDocument,
  columns: readonly FileColumn[],
): readonly AtomQuantity[] {
  return [
    ...offersOf(document).flatMap(({ quantity, lack }) => (lack === null ? [quantity] : [])),
    ...OF_ATOMS,
    ...columns.flatMap(({ name, type, components }) =>
      Array.from({ length: components }, (_, component): AtomQuantity => ({
        ...COMMON,
        id: `column:${name}:${String(component)}`,
        kind: type === "S" || type === "L" ? "category" : "number",
      })),
    ),
  ];
}

/** Names of quantities whose id is not what one would type. */
const TYPED: Readonly<Partial<Record<string, string>>> = {
  projectedProcess: "pp_uncertainty",
  committee: "committee_deviation",
  localEnergy: "local_energy",
  neighbors: "coordination",
  lprRatio: "lpr_ratio",
  varianceRatio: "variance_ratio",
  referenceLpr: "reference_lpr",
};

/** Squares of standard deviations. */
export const SQUARED_NAMES: readonly (readonly [id: string, name: string, about: string])[] = [
  ["uncertainty", "sr_variance", "SR variance"],
  ["projectedProcess", "pp_variance", "Projected-process variance"],
  ["committee", "variance", "Committee variance, eV²"],
];

/** Letters, digits and `_` only; digits not first. */
function typable(text: string): string {
  const word = text.replace(/[^\p{L}\p{N}_]+/gu, "_").replace(/^_+|_+$/g, "");
  return /^\p{N}/u.test(word) ? `_${word}` : word;
}

/** What is typed for a quantity that is no column. */
export function typedName(id: string): string {
  const known = TYPED[id];
  if (known !== undefined) return known;
  const [group = "", ...rest] = id.split(":");
  const detail = rest.join(":");
  if (group === "map") return `map_${String(Number(detail) + 1)}`;
  if (group === "rigidity") return typable(`lcpr_${detail}`);
  return rest.length === 0 ? id : typable(`${group}_${detail}`);
}

/** What is typed for a component of a column; `file_` before it where it would hide another name. */
export function typedColumnName(
  { name, components }: FileColumn,
  component: number,
  isTaken: (name: string) => boolean,
): string {
  const part =
    components === 1
      ? ""
      : `_${components === 3 ? (["x", "y", "z"][component] ?? "") : String(component + 1)}`;
  const typed = typable(name) + part;
  return isTaken(typed) || findFunction(typed) !== null || /^p\d/i.test(typed)
    ? `file_${typed}`
    : typed;
}

/** What expressions can name beside quantities: what the atoms themselves say. */
export const NAMES_OF_ATOMS: readonly ExpressionName[] = [
  { name: "species", kind: "category", about: 'Species, such as "C"' },
  { name: "hybridization", kind: "category", about: '"sp", "sp2", "sp3" or "other"' },
  { name: "x", kind: "number", about: "Position along x, Å" },
  { name: "y", kind: "number", about: "Position along y, Å" },
  { name: "z", kind: "number", about: "Position along z, Å" },
  { name: "index", kind: "number", about: "Atom index, from 0" },
  { name: "selected", kind: "truth", about: "Selected now" },
];

/** Everything that expressions of a project can name once it is computed. */
export function expressionNamesOf(
  document: ProjectDocument,
  columns: readonly FileColumn[],
): ExpressionNames {
  const names = new Map<string, ExpressionName>();
  const add = (entry: ExpressionName): void => {
    if (!names.has(entry.name)) names.set(entry.name, entry);
  };
  for (const { id, kind } of atomQuantities(document, [])) {
    if (kind !== "number") continue;
    add({ name: typedName(id), kind, about: "" });
    for (const [of, name, about] of SQUARED_NAMES) if (of === id) add({ name, kind, about });
  }
  NAMES_OF_ATOMS.forEach(add);
  for (const column of columns) {
    for (let component = 0; component < column.components; component += 1) {
      const name = typedColumnName(column, component, (taken) => names.has(taken));
      const kind = column.type === "S" ? "category" : column.type === "L" ? "truth" : "number";
      add({ name, kind, about: "From the file" });
    }
  }
  return names;
}
