/** What atoms can be coloured by, and the value of each atom. NaN stands for "no value". */
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import type {
  ColumnDescription,
  ColumnValues,
  DisplayStructure,
} from "../../../src/contract/display.ts";
import type { DifferenceKind } from "../../../src/project/gridLayout.ts";
import { distinctSpecies } from "../../../src/structures/species.ts";
import {
  coordinationCategories,
  coordinationCodes,
  namedCategories,
  speciesCategories,
  speciesCodes,
  type Category,
} from "../../color/categories.ts";
import { columnKey } from "../project/datasetStore.ts";
import { PLAIN, type PropertyOf } from "./propertyDescription.ts";
import {
  isResultProperty,
  resultProperties,
  resultValues,
  type ResultPropertyId,
} from "./resultProperties.ts";
import type { TargetRow } from "../project/targets.ts";

/**
 * `column:<name>:<component>` for a column of the file, `difference:<kind>:<property>` for what a
 * column of differences shows.
 */
export type PropertyId =
  | "species"
  | "coordination"
  | "hybridization"
  | ResultPropertyId
  | `column:${string}:${string}`
  | DifferenceId;

export type DifferenceId = `difference:${DifferenceKind}:${string}`;

/** True for what needs no result: it can be shown as soon as the files are read. */
export function isPropertyOfFiles(id: string): id is PropertyId {
  return STRUCTURE_PROPERTIES.some((property) => property.id === id) || id.startsWith("column:");
}

/** What a property is called and how it is drawn. */
export type PropertyDescription = PropertyOf<PropertyId>;

/** Values of the atoms of one panel. */
export interface PanelValues {
  /** Numbers, or category indices; NaN: no value. */
  readonly values: Float64Array;
  /** Names and colours of the categories; null for numbers. */
  readonly categories: readonly Category[] | null;
}

/** Properties that can be shown now: results only once there are any. */
export function listProperties(
  result: AnalysisResult | null,
  columns: readonly ColumnDescription[],
): readonly PropertyDescription[] {
  return [
    ...(result === null ? [] : resultProperties(result)),
    ...STRUCTURE_PROPERTIES,
    ...columns.flatMap(columnProperties),
  ];
}

const STRUCTURE_PROPERTIES: readonly PropertyDescription[] = [
  {
    ...PLAIN,
    id: "species",
    label: "Species",
    legendTitle: "Species",
    unit: "",
    kind: "category",
  },
  {
    ...PLAIN,
    id: "coordination",
    label: "Coordination",
    legendTitle: "Neighbours",
    unit: "within bond cutoff",
    kind: "category",
  },
  {
    ...PLAIN,
    id: "hybridization",
    label: "sp, sp², sp³",
    legendTitle: "Bonding",
    unit: "by coordination",
    kind: "category",
  },
];

function columnProperties(column: ColumnDescription): readonly PropertyDescription[] {
  const isCategory = column.type === "S" || column.type === "L";
  return Array.from({ length: column.components }, (_, component) => {
    const suffix = column.components === 1 ? "" : ` ${componentName(column.components, component)}`;
    return {
      ...PLAIN,
      id: `column:${column.name}:${String(component)}`,
      label: `${column.name}${suffix}`,
      legendTitle: `${column.name}${suffix}`,
      unit: "from the file",
      kind: isCategory ? "category" : "number",
    } as const;
  });
}

function componentName(components: number, component: number): string {
  return components === 3 ? (["x", "y", "z"][component] ?? "") : String(component + 1);
}

/** The column and component that a property stands for; null when it is not a column. */
export function columnOf(
  id: PropertyId,
): { readonly column: string; readonly component: number } | null {
  if (!id.startsWith("column:")) return null;
  const end = id.lastIndexOf(":");
  return { column: id.slice("column:".length, end), component: Number(id.slice(end + 1)) };
}

/** Everything the values of a panel are taken from. */
export interface ValueSource {
  readonly result: AnalysisResult | null;
  readonly structures: ReadonlyMap<string, DisplayStructure>;
  readonly columns: ReadonlyMap<string, ColumnValues>;
}

/** Values of one target under one variant; null when they are not there (yet). */
export function valuesOf(
  source: ValueSource,
  property: PropertyId,
  target: TargetRow,
  variant: string,
  reference: string,
): PanelValues | null {
  const structure = source.structures.get(target.key);
  switch (property) {
    case "species":
      return structure === undefined ? null : speciesValues(structure);
    case "coordination":
      return structure === undefined ? null : coordinationValues(structure.coordination, false);
    case "hybridization":
      return structure === undefined ? null : coordinationValues(structure.coordination, true);
    default:
      return isResultProperty(property)
        ? resultPanelValues(source.result, property, target, variant, reference)
        : columnValues(source, property, target);
  }
}

/** Value of one atom, without those of all others where that can be; undefined: not there (yet). */
export function valueAt(
  source: ValueSource,
  property: PropertyId,
  target: TargetRow,
  variant: string,
  reference: string,
  atom: number,
): number | undefined {
  if (!isResultProperty(property)) {
    return valuesOf(source, property, target, variant, reference)?.values[atom];
  }
  if (source.result === null || atom >= target.nAtoms) return undefined;
  const [value] = resultValues(source.result, property, target, variant, reference, atom) ?? [];
  return value === undefined ? undefined : finiteOrNaN(value);
}

function resultPanelValues(
  result: AnalysisResult | null,
  property: ResultPropertyId,
  target: TargetRow,
  variant: string,
  reference: string,
): PanelValues | null {
  if (result === null) return null;
  const values = resultValues(result, property, target, variant, reference);
  // Not Float64Array.from with a function: that takes ten times as long.
  return values === null ? null : { values: values.map(finiteOrNaN), categories: null };
}

function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}

function speciesValues(structure: DisplayStructure): PanelValues {
  const found = distinctSpecies(structure.species);
  return {
    values: Float64Array.from(speciesCodes(structure.species, found)),
    categories: speciesCategories(found),
  };
}

const HYBRIDIZATION = ["other", "sp", "sp²", "sp³"] as const;

/** Two, three and four neighbours stand for sp, sp² and sp³; anything else is "other". */
function coordinationValues(coordination: Uint8Array, asHybridization: boolean): PanelValues {
  const categories = coordinationCategories();
  if (asHybridization) {
    return {
      values: Float64Array.from(coordination, (n) => (n >= 2 && n <= 4 ? n - 1 : 0)),
      categories: HYBRIDIZATION.map((label, index) => ({
        label,
        color: categories[index === 0 ? 0 : index + 1]?.color ?? "",
      })),
    };
  }
  return { values: Float64Array.from(coordinationCodes(coordination)), categories };
}

function columnValues(
  source: ValueSource,
  property: PropertyId,
  target: TargetRow,
): PanelValues | null {
  const which = columnOf(property);
  if (which === null) return null;
  const column = source.columns.get(columnKey(target.key, which.column, which.component));
  if (column === undefined) return null;
  if (column.kind === "number") {
    return { values: Float64Array.from(column.values, finiteOrNaN), categories: null };
  }
  return {
    values: Float64Array.from(column.codes, (code) => (code < 0 ? NaN : code)),
    categories: namedCategories(column.categories),
  };
}
