/** The colourings of a figure: one range for all elements that name one. */
import type { FigureColoring, FigureElement } from "../../../src/project/figure.ts";
import type { DifferenceKind } from "../../../src/project/gridLayout.ts";
import { DEFAULT_PERCENTILES } from "../../color/autoRange.ts";
import { presentCategories } from "../../color/categories.ts";
import type { LegendModel } from "../../color/legendModel.ts";
import { colorPanels, type ColorGroup, type PanelInput } from "../../state/coloring/coloring.ts";
import { defaultScaleOf, type ColoringChoice } from "../../state/coloring/colorStore.ts";
import {
  comparedProperty,
  differenceOf,
  differenceProperty,
} from "../../state/coloring/differences.ts";
import {
  valuesOf,
  type PanelValues,
  type PropertyDescription,
} from "../../state/coloring/properties.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { atomsOfSpecies } from "./species.ts";
import { countDimmed, flagsOf } from "./selections.ts";
import { problemOf, propertyOf, rowOf, rowsOf, variantOf, type FigureLookup } from "./source.ts";

/** Values and colours of one structure within one element. */
export interface ColoredRow {
  readonly values: Float64Array;
  readonly scalars: Float32Array;
}

/** A colouring with what it gives the elements that name it. */
export interface ResolvedColoring {
  readonly property: PropertyDescription;
  /** The variants of an element: A, what it is relative to, and B, whose values it shows. */
  readonly variantsOf: (element: Compared) => ComparedVariants;
  /** A and B are both part of what is shown. */
  readonly compares: boolean;
  readonly coloring: ColorGroup;
  /** Colours of the atoms of a target within an element; null where it has no values. */
  readonly rowOf: (element: string, row: TargetRow) => ColoredRow | null;
  readonly legend: LegendModel;
  /** For axes and tables: with unit. */
  readonly valueName: string;
  /** For files of structures. */
  readonly columnNameOf: (element: Compared) => string;
}

/** As `lpr-studio run` names columns: `lpr_baseline`, `lpr_percent_more_over_baseline`. */
function columnName(
  { compared, difference, compares }: Shown,
  { from, to }: ComparedVariants,
): string {
  // What stands in the file already needs no second column.
  if (difference === null && compared.id.startsWith("column:")) return "";
  const what = [compared.id, ...(difference === null ? [] : [difference])];
  const of = !compared.perVariant ? [] : compares ? [to, "over", from] : [to];
  return [...what, ...of].join("_").replace(/[^\p{L}\p{N}+.-]+/gu, "_");
}

/** What decides which variants an element shows. */
interface Compared {
  readonly variant?: string | undefined;
  readonly reference?: string | undefined;
  readonly kind: FigureElement["kind"];
}

interface ComparedVariants {
  readonly from: string;
  readonly to: string;
}

/** What a colouring shows, before it is known of which elements. */
interface Shown {
  readonly property: PropertyDescription;
  /** What a difference is taken of; the property itself where none is. */
  readonly compared: PropertyDescription;
  readonly difference: DifferenceKind | null;
  readonly compares: boolean;
}

/**
 * Null when it needs a result and there is none.
 * @throws StudioError `INVALID_PROJECT` for a difference of what is the same for every variant
 */
function shownBy(lookup: FigureLookup, name: string, entry: FigureColoring): Shown | null {
  const plain = propertyOf(lookup, entry.property);
  if (plain === null) return null;
  const { difference } = entry;
  if (difference === undefined) {
    const compares = plain.id === "enhancement";
    return { property: plain, compared: plain, difference: null, compares };
  }
  if (!plain.perVariant || plain.kind === "category") {
    throw problemOf(
      lookup.figure,
      `colouring “${name}” asks for the difference of “${plain.label}”, which is the same for every variant`,
      "Colour by what differs between variants, such as lpr, or leave out the difference.",
    );
  }
  const compared = comparedProperty(plain, lookup.properties);
  const property = differenceProperty(compared, difference);
  return { property, compared, difference, compares: true };
}

/** Charts take their own `reference` for their axes only. */
function variantsOf(
  lookup: FigureLookup,
  { compares }: Shown,
  entry: FigureColoring,
  element: Compared,
): ComparedVariants {
  const isPanel = element.kind === "structure" || element.kind === "map";
  const own = isPanel ? element.reference : undefined;
  const from = own ?? entry.reference ?? lookup.variants[0] ?? "";
  return { from, to: variantOf(lookup, element.variant, compares, from) };
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

function settingsOf(coloring: FigureColoring, property: PropertyDescription): ColoringChoice {
  const [min, max] = coloring.range ?? [];
  return {
    scale: coloring.scale ?? defaultScaleOf(property),
    manual: min === undefined || max === undefined ? null : { min, max },
    percentiles: coloring.percentiles ?? DEFAULT_PERCENTILES,
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

function numbersOf(
  { values }: FigureLookup,
  { compared, difference }: Shown,
  row: TargetRow,
  { from, to }: ComparedVariants,
): PanelValues | null {
  return difference === null
    ? valuesOf(values, compared.id, row, to, from)
    : differenceOf(values, compared.id, row, { from, to, as: difference });
}

function inputsOf(
  lookup: FigureLookup,
  name: string,
  shown: Shown,
  entry: FigureColoring,
): readonly PanelInput[] {
  return lookup.figure.elements.flatMap((element) => {
    if (!isColored(element) || element.coloring !== name) return [];
    const variants = variantsOf(lookup, shown, entry, element);
    return shownRows(lookup, element).map((row): PanelInput => {
      const found = numbersOf(lookup, shown, row, variants);
      const data = found === null ? null : restricted(lookup, element, row, found);
      const nAtoms = data?.values.length ?? row.nAtoms;
      return { id: inputId(element.id, row), group: name, nAtoms, data };
    });
  });
}

/** Atoms that are grey in the elements of a colouring; null where none is. */
function notSelectedIn(lookup: FigureLookup, name: string): number | null {
  let count = 0;
  for (const element of lookup.figure.elements) {
    if (!isColored(element) || element.coloring !== name) continue;
    for (const row of shownRows(lookup, element))
      count += countDimmed(flagsOf(lookup, element, row));
  }
  return count === 0 ? null : count;
}

function shownRows(lookup: FigureLookup, element: Colored): readonly TargetRow[] {
  return element.kind === "structure"
    ? [rowOf(lookup, element.target)]
    : rowsOf(lookup, element.targets);
}

function legendOf(
  { title }: Pick<FigureColoring, "title">,
  property: PropertyDescription,
  coloring: ColorGroup,
  scalars: readonly (Float32Array | null)[],
  notSelected: number | null,
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
            signed: property.diverging || coloring.scale.kind === "symlog",
          },
    noValue: coloring.counts.noValue,
    notSelected,
    note: "",
  };
}

/** Every colouring whose property has values; the others are left out. */
export function resolveColorings(lookup: FigureLookup): ReadonlyMap<string, ResolvedColoring> {
  const resolved = new Map<string, ResolvedColoring>();
  for (const [name, entry] of Object.entries(lookup.figure.colorings ?? {})) {
    const shown = shownBy(lookup, name, entry);
    if (shown === null) continue;
    const { property, compares } = shown;
    const inputs = inputsOf(lookup, name, shown, entry);
    const { panels, groups } = colorPanels(property, settingsOf(entry, property), inputs);
    const coloring = groups.get(name);
    if (coloring === undefined || coloring.nReady === 0) continue;
    resolved.set(name, {
      property,
      variantsOf: (element) => variantsOf(lookup, shown, entry, element),
      compares,
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
        notSelectedIn(lookup, name),
      ),
      columnNameOf: (element) => columnName(shown, variantsOf(lookup, shown, entry, element)),
      valueName: nameWithUnit(property.label, property.unit),
    });
  }
  return resolved;
}
