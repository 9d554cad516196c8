/** From values to what the panels, the legend and the charts draw: one colouring for all of them. */
import { automaticScale, suitableScale } from "../../color/autoRange.ts";
import { tableOfCategories, type Category } from "../../color/categories.ts";
import {
  applyCategories,
  applyScale,
  type ColorScale,
  type ScaleCounts,
} from "../../color/colorScale.ts";
import { reverseTable, type ColorTable } from "../../color/colorTable.ts";
import { COLOR_TABLES, isColorTableId } from "../../color/colorTables.ts";
import type { ColoringChoice, PropertyColoring } from "./colorStore.ts";
import type { PanelValues, PropertyDescription } from "./properties.ts";
import { meanOf } from "../results/statistics.ts";

/** What one panel shows; null values: nothing computed yet. */
export interface PanelInput {
  readonly id: string;
  readonly nAtoms: number;
  readonly data: PanelValues | null;
  /** Panels of one group share a range. */
  readonly group: string;
}

export interface ColoredPanel {
  readonly id: string;
  readonly property: PropertyDescription;
  readonly group: string;
  readonly table: ColorTable;
  readonly values: Float64Array | null;
  /** 0 … 1, −1 for no value; null: no atom has a value. */
  readonly scalars: Float32Array | null;
  readonly scale: ColorScale;
  readonly counts: ScaleCounts;
  readonly mean: number | null;
}

/** Panels with one range, which one legend explains. */
export interface ColorGroup {
  readonly id: string;
  readonly property: PropertyDescription;
  /** As asked for. */
  readonly choice: ColoringChoice;
  /** As it is. */
  readonly settings: PropertyColoring;
  readonly table: ColorTable;
  /** null for categories. */
  readonly scale: ColorScale | null;
  readonly categories: readonly Category[] | null;
  readonly counts: ScaleCounts;
  /** In the order of the grid. */
  readonly panels: readonly string[];
  /** Panels that have values. */
  readonly nReady: number;
}

export interface Coloring {
  readonly panels: ReadonlyMap<string, ColoredPanel>;
  /** In the order of their first panels. */
  readonly groups: ReadonlyMap<string, ColorGroup>;
  /** Panels that have values. */
  readonly nReady: number;
}

/** All groups have one kind of scale, so that their legends can be compared. */
function settle(choice: ColoringChoice, inputs: readonly PanelInput[]): PropertyColoring {
  const { scale, percentiles } = choice;
  if (scale !== "automatic") return { ...choice, scale };
  return { ...choice, scale: suitableScale(inputs.flatMap(valuesOfInput), percentiles) };
}

function valuesOfInput({ data }: PanelInput): readonly Float64Array[] {
  return data === null ? [] : [data.values];
}

function scaleFor(
  property: PropertyDescription,
  coloring: PropertyColoring,
  arrays: readonly Float64Array[],
): ColorScale {
  const symmetric = coloring.symmetric && coloring.scale !== "log";
  const automatic = automaticScale(arrays, {
    kind: coloring.scale,
    symmetric,
    percentiles: coloring.percentiles,
  });
  // Percentages within ± 1 % are told apart linearly.
  const linearThreshold = property.suffix === "%" ? 1 : automatic.linearThreshold;
  return { ...automatic, linearThreshold, ...coloring.manual };
}

function tableFor(coloring: PropertyColoring): ColorTable {
  const table = COLOR_TABLES[isColorTableId(coloring.map) ? coloring.map : "viridis"];
  return coloring.reversed ? reverseTable(table) : table;
}

/** The union of the categories of all panels, and each panel's codes within it. */
function uniteCategories(inputs: readonly PanelInput[]): {
  readonly categories: readonly Category[];
  readonly codes: ReadonlyMap<string, Float64Array>;
} {
  const categories: Category[] = [];
  const position = new Map<string, number>();
  const codes = new Map<string, Float64Array>();
  for (const { id, data } of inputs) {
    const own = data?.categories ?? null;
    if (data === null || own === null) continue;
    const place = own.map((category) => {
      const known = position.get(category.label);
      if (known !== undefined) return known;
      position.set(category.label, categories.length);
      categories.push(category);
      return categories.length - 1;
    });
    codes.set(
      id,
      Float64Array.from(data.values, (code) => place[code] ?? NaN),
    );
  }
  return { categories, codes };
}

function addCounts(a: ScaleCounts, b: ScaleCounts): ScaleCounts {
  return {
    under: a.under + b.under,
    over: a.over + b.over,
    noValue: a.noValue + b.noValue,
  };
}

const UNIT_SCALE: ColorScale = { kind: "linear", min: 0, max: 1, linearThreshold: 1 };

const NO_COUNTS: ScaleCounts = { under: 0, over: 0, noValue: 0 };

/** Colours the panels of one property; each group of them has a range of its own. */
export function colorPanels(
  property: PropertyDescription,
  choice: ColoringChoice,
  inputs: readonly PanelInput[],
): Coloring {
  const settings = settle(choice, inputs);
  const isCategory = inputs.some((input) => (input.data?.categories ?? null) !== null);
  const united = uniteCategories(inputs);
  const table = isCategory ? tableOfCategories(property.id, united.categories) : tableFor(settings);
  const panels = new Map<string, ColoredPanel>();
  const groups = new Map<string, ColorGroup>();
  for (const group of new Set(inputs.map((input) => input.group))) {
    const members = inputs.filter((input) => input.group === group);
    const arrays = members.flatMap(valuesOfInput);
    const scale = isCategory ? UNIT_SCALE : scaleFor(property, settings, arrays);
    let counts = NO_COUNTS;
    for (const member of members) {
      const look = { property, group, table, scale };
      const panel = colorPanel(member, look, united.codes.get(member.id));
      counts = addCounts(counts, panel.counts);
      panels.set(member.id, panel);
    }
    groups.set(group, {
      id: group,
      property,
      choice,
      settings,
      table,
      scale: isCategory ? null : scale,
      categories: isCategory ? united.categories : null,
      counts,
      panels: members.map(({ id }) => id),
      nReady: arrays.length,
    });
  }
  return { panels, groups, nReady: countReady(groups) };
}

function countReady(groups: ReadonlyMap<string, ColorGroup>): number {
  return [...groups.values()].reduce((sum, { nReady }) => sum + nReady, 0);
}

/** Colourings of different properties side by side; their groups have different names. */
export function uniteColorings(colorings: readonly Coloring[]): Coloring {
  return {
    panels: new Map(colorings.flatMap(({ panels }) => [...panels])),
    groups: new Map(colorings.flatMap(({ groups }) => [...groups])),
    nReady: colorings.reduce((sum, { nReady }) => sum + nReady, 0),
  };
}

type PanelColors = Pick<ColoredPanel, "property" | "group" | "table" | "scale">;

function colorPanel(
  { id, nAtoms, data }: PanelInput,
  look: PanelColors,
  codes: Float64Array | undefined,
): ColoredPanel {
  if (data === null) {
    const counts = { under: 0, over: 0, noValue: nAtoms };
    return { ...look, id, values: null, scalars: null, counts, mean: null };
  }
  const { values } = data;
  const scalars = new Float32Array(values.length);
  if (codes !== undefined) {
    const integers = Int32Array.from(codes, (code) => (Number.isNaN(code) ? -1 : code));
    return { ...look, id, values, scalars, counts: applyCategories(integers, scalars), mean: null };
  }
  const counts = applyScale(look.scale, values, scalars);
  return { ...look, id, values, scalars, counts, mean: meanOf(values) };
}
