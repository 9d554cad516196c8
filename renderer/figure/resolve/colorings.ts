/** The colourings of a figure: one range for all elements that name one. */
import type { FigureColoring, FigureElement } from "../../../src/project/figure.ts";
import { presentCategories } from "../../color/categories.ts";
import type { LegendModel } from "../../color/legendModel.ts";
import { colorPanels, type ColorGroup, type PanelInput } from "../../state/coloring.ts";
import type { PropertyColoring } from "../../state/colorStore.ts";
import { valuesOf, type PanelValues, type PropertyDescription } from "../../state/properties.ts";
import type { TargetRow } from "../../state/targets.ts";
import { atomsOfSpecies } from "./species.ts";
import { propertyOf, rowOf, rowsOf, variantOf, type FigureLookup } from "./source.ts";

/** Values and colours of one structure within one element. */
export interface ColoredRow {
  readonly values: Float64Array;
  readonly scalars: Float32Array;
}

/** A colouring with what it gives the elements that name it. */
export interface ResolvedColoring {
  readonly property: PropertyDescription;
  readonly reference: string;
  readonly coloring: ColorGroup;
  /** Colours of the atoms of a target within an element; null where it has no values. */
  readonly rowOf: (element: string, row: TargetRow) => ColoredRow | null;
  readonly legend: LegendModel;
  /** For axes and tables: with unit. */
  readonly valueName: string;
}

type Colored = Extract<
  FigureElement,
  { readonly kind: "structure" | "map" | "scatter" | "parity" }
>;

function isColored(element: FigureElement): element is Colored {
  const kinds: readonly string[] = ["structure", "map", "scatter", "parity"];
  return element.hidden !== true && kinds.includes(element.kind);
}

/** `LPR gain (%)`: units that are short stand beside the name. */
export function nameWithUnit(title: string, unit: string): string {
  if (unit === "") return title;
  return unit === "percent" ? `${title} (%)` : `${title} (${unit})`;
}

function settingsOf(coloring: FigureColoring, property: PropertyDescription): PropertyColoring {
  const [min, max] = coloring.range ?? [];
  return {
    scale: coloring.scale ?? property.scale,
    manual: min === undefined || max === undefined ? null : { min, max },
    percentiles: coloring.percentiles ?? [2, 98],
    symmetric: coloring.symmetric ?? property.diverging,
    map: coloring.map ?? property.defaultMap,
    reversed: coloring.reversed ?? false,
  };
}

function inputId(element: string, row: TargetRow): string {
  return `${element}|${row.key}`;
}

/** The atoms of an element that is limited to one species. */
function restricted(
  lookup: FigureLookup,
  element: Colored,
  row: TargetRow,
  data: PanelValues,
): PanelValues {
  if (element.kind === "structure" || element.species === undefined) return data;
  const atoms = atomsOfSpecies(lookup, row, element.species);
  return { ...data, values: Float64Array.from(atoms, (atom) => data.values[atom] ?? NaN) };
}

function inputsOf(
  lookup: FigureLookup,
  name: string,
  property: PropertyDescription,
  reference: string,
): readonly PanelInput[] {
  return lookup.figure.elements.flatMap((element) => {
    if (!isColored(element) || element.coloring !== name) return [];
    const compares = property.id === "enhancement";
    const variant = variantOf(lookup, element.variant, compares, reference);
    const rows =
      element.kind === "structure"
        ? [rowOf(lookup, element.target)]
        : rowsOf(lookup, element.targets);
    return rows.map((row): PanelInput => {
      const found = valuesOf(lookup.values, property.id, row, variant, reference);
      const data = found === null ? null : restricted(lookup, element, row, found);
      const nAtoms = data?.values.length ?? row.nAtoms;
      return { id: inputId(element.id, row), group: name, nAtoms, data };
    });
  });
}

function legendOf(
  { title, scale }: Pick<FigureColoring, "title" | "scale">,
  property: PropertyDescription,
  coloring: ColorGroup,
  scalars: readonly (Float32Array | null)[],
): LegendModel {
  const isPercent = property.unit === "percent";
  return {
    title: title ?? (isPercent ? `${property.legendTitle} (%)` : property.legendTitle),
    unit: title !== undefined || isPercent ? "" : property.unit,
    content:
      coloring.scale === null
        ? { kind: "categories", categories: presentCategories(coloring.categories ?? [], scalars) }
        : {
            kind: "scale",
            scale: coloring.scale,
            table: coloring.table,
            under: coloring.counts.under,
            over: coloring.counts.over,
            signed: property.diverging || scale === "symlog",
          },
    noValue: coloring.counts.noValue,
    notSelected: null,
    note: "",
  };
}

/** Every colouring whose property has values; the others are left out. */
export function resolveColorings(lookup: FigureLookup): ReadonlyMap<string, ResolvedColoring> {
  const resolved = new Map<string, ResolvedColoring>();
  for (const [name, entry] of Object.entries(lookup.figure.colorings ?? {})) {
    const property = propertyOf(lookup, entry.property);
    if (property === null) continue;
    const reference = entry.reference ?? lookup.variants[0] ?? "";
    const inputs = inputsOf(lookup, name, property, reference);
    const { panels, groups } = colorPanels(property, settingsOf(entry, property), inputs);
    const coloring = groups.get(name);
    if (coloring === undefined || coloring.nReady === 0) continue;
    resolved.set(name, {
      property,
      reference,
      coloring,
      rowOf: (element, row) => {
        const panel = panels.get(inputId(element, row));
        if (panel === undefined || panel.scalars === null || panel.values === null) return null;
        return { values: panel.values, scalars: panel.scalars };
      },
      legend: legendOf(
        entry,
        property,
        coloring,
        [...panels.values()].map(({ scalars }) => scalars),
      ),
      valueName: nameWithUnit(property.label, property.unit),
    });
  }
  return resolved;
}
