/** What selection expressions can name: every quantity of the atoms, under a name that can be typed. */
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import type { ColumnDescription } from "../../../src/contract/display.ts";
import type {
  ExpressionName,
  ExpressionNames,
} from "../../../src/project/expression/checkExpression.ts";
import type { ExpressionAtoms, NamedValues } from "../../expression/evaluateExpression.ts";
import {
  NAMES_OF_ATOMS,
  SQUARED_NAMES,
  typedColumnName,
  typedName,
} from "../../../src/project/atomQuantities.ts";
import { listQuantities, quantityValues, type QuantityId } from "../../charts/quantities.ts";
import {
  listProperties,
  valuesOf,
  type PropertyId,
  type ValueSource,
} from "../coloring/properties.ts";
import type { AtomSelection } from "./selectionStore.ts";
import type { TargetRow } from "../project/targets.ts";

/** Where the values of a name come from. */
type NameSource =
  | { readonly kind: "quantity"; readonly id: QuantityId; readonly isSquared: boolean }
  | { readonly kind: "category"; readonly id: PropertyId }
  | { readonly kind: "place"; readonly axis: 0 | 1 | 2 }
  | { readonly kind: "index" | "selected" };

/** A name with where its values come from. */
export interface SourcedName extends ExpressionName {
  readonly source: NameSource;
  /** Its values are those of one variant. */
  readonly perVariant: boolean;
}

/** Where the values of what the atoms themselves say come from. */
const SOURCES: Readonly<Record<string, NameSource>> = {
  species: { kind: "category", id: "species" },
  hybridization: { kind: "category", id: "hybridization" },
  x: { kind: "place", axis: 0 },
  y: { kind: "place", axis: 1 },
  z: { kind: "place", axis: 2 },
  index: { kind: "index" },
  selected: { kind: "selected" },
};

/** All names, those of results first. File columns that would hide another get `file_` before them. */
export function listNames(
  result: AnalysisResult | null,
  columns: readonly ColumnDescription[],
  reference: string,
): ReadonlyMap<string, SourcedName> {
  const names = new Map<string, SourcedName>();
  const add = (entry: SourcedName): void => {
    if (!names.has(entry.name)) names.set(entry.name, entry);
  };
  for (const quantity of listQuantities(result, listProperties(result, []), reference)) {
    const { id, axisLabel, perVariant } = quantity;
    const source = { kind: "quantity", id, isSquared: false } as const;
    add({ name: typedName(id), about: axisLabel, kind: "number", perVariant, source });
    for (const [of, name, about] of SQUARED_NAMES) {
      if (of !== id) continue;
      add({ name, about, kind: "number", perVariant, source: { ...source, isSquared: true } });
    }
  }
  for (const entry of NAMES_OF_ATOMS) {
    const source = SOURCES[entry.name];
    if (source !== undefined) add({ ...entry, perVariant: false, source });
  }
  for (const column of columns) {
    for (const entry of columnNames(column, (name) => names.has(name))) add(entry);
  }
  return names satisfies ExpressionNames;
}

function columnNames(
  column: ColumnDescription,
  isTaken: (name: string) => boolean,
): readonly SourcedName[] {
  const { name, type, components } = column;
  return Array.from({ length: components }, (_, component) => {
    const id = `column:${name}:${String(component)}` as const;
    return {
      name: typedColumnName(column, component, isTaken),
      about: "From the file",
      perVariant: false,
      kind: type === "S" ? "category" : type === "L" ? "truth" : "number",
      source:
        type === "S"
          ? ({ kind: "category", id } as const)
          : ({ kind: "quantity", id, isSquared: false } as const),
    };
  });
}

/** What the values of one structure are taken from. */
export interface NameContext {
  readonly names: ReadonlyMap<string, SourcedName>;
  readonly values: ValueSource;
  readonly variant: string;
  readonly reference: string;
  readonly selections: ReadonlyMap<string, AtomSelection>;
}

/** Values are taken once for as long as nothing they depend on changes: not at every key. */
const TAKEN = new WeakMap<NameContext, Map<string, ExpressionAtoms>>();

/** The atoms of one structure as expressions see them. */
export function expressionAtoms(context: NameContext, row: TargetRow): ExpressionAtoms {
  const rows = TAKEN.get(context) ?? new Map<string, ExpressionAtoms>();
  TAKEN.set(context, rows);
  const taken = rows.get(row.key) ?? atomsOf(context, row);
  rows.set(row.key, taken);
  return taken;
}

function atomsOf(context: NameContext, row: TargetRow): ExpressionAtoms {
  const known = new Map<string, NamedValues | null>();
  return {
    nAtoms: row.nAtoms,
    valuesOf: (name) => {
      const found = known.get(name);
      if (found !== undefined) return found;
      const source = context.names.get(name)?.source;
      const values = source === undefined ? null : sourceValues(context, source, row);
      known.set(name, values);
      return values;
    },
  };
}

function sourceValues(
  { values: all, variant, reference, selections }: NameContext,
  source: NameSource,
  row: TargetRow,
): NamedValues | null {
  switch (source.kind) {
    case "quantity": {
      const values = quantityValues(all, source.id, row, variant, reference);
      if (values === null) return null;
      return numbers(source.isSquared ? values.map((value) => value * value) : values);
    }
    case "category": {
      const found = valuesOf(all, source.id, row, variant, reference);
      if (found === null) return null;
      return {
        values: found.values,
        categories: (found.categories ?? []).map(({ label }) => label),
      };
    }
    case "place": {
      const positions = all.structures.get(row.key)?.positions;
      if (positions === undefined) return null;
      return numbers(
        Float64Array.from(
          { length: row.nAtoms },
          (_, atom) => positions[3 * atom + source.axis] ?? NaN,
        ),
      );
    }
    case "index":
      return numbers(Float64Array.from({ length: row.nAtoms }, (_, atom) => atom));
    case "selected": {
      const mask = selections.get(row.key)?.mask;
      return numbers(mask === undefined ? new Float64Array(row.nAtoms) : Float64Array.from(mask));
    }
  }
}

function numbers(values: Float64Array): NamedValues {
  return { values, categories: null };
}
