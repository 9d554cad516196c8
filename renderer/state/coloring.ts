/** From values to what the panels, the legend and the charts draw: one colouring for all of them. */
import { automaticScale } from "../color/autoRange.ts";
import { tableOfCategories, type Category } from "../color/categories.ts";
import {
  applyCategories,
  applyScale,
  type ColorScale,
  type ScaleCounts,
} from "../color/colorScale.ts";
import { reverseTable, type ColorTable } from "../color/colorTable.ts";
import { COLOR_TABLES, isColorTableId } from "../color/colorTables.ts";
import type { PropertyColoring } from "./colorStore.ts";
import type { PanelValues, PropertyDescription } from "./properties.ts";
import { meanOf } from "./statistics.ts";

/** What one panel shows; null values: nothing computed yet. */
export interface PanelInput {
  readonly id: string;
  readonly nAtoms: number;
  readonly data: PanelValues | null;
}

export interface ColoredPanel {
  readonly id: string;
  readonly values: Float64Array | null;
  /** 0 … 1, −1 for no value; null: no atom has a value. */
  readonly scalars: Float32Array | null;
  readonly scale: ColorScale;
  readonly counts: ScaleCounts;
  readonly mean: number | null;
}

export interface Coloring {
  readonly panels: ReadonlyMap<string, ColoredPanel>;
  readonly table: ColorTable;
  /** null for categories. */
  readonly scale: ColorScale | null;
  readonly categories: readonly Category[] | null;
  readonly counts: ScaleCounts;
  /** Panels that have values. */
  readonly nReady: number;
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
  const linearThreshold = property.id === "enhancement" ? 1 : automatic.linearThreshold;
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

/** Colours all panels; with `shared` they have one range, else each its own. */
export function colorPanels(
  property: PropertyDescription,
  coloring: PropertyColoring,
  shared: boolean,
  inputs: readonly PanelInput[],
): Coloring {
  const isCategory = inputs.some((input) => (input.data?.categories ?? null) !== null);
  const united = uniteCategories(inputs);
  const arrays = inputs.flatMap((input) => (input.data === null ? [] : [input.data.values]));
  const common = isCategory ? UNIT_SCALE : scaleFor(property, coloring, arrays);
  const panels = new Map<string, ColoredPanel>();
  let counts: ScaleCounts = { under: 0, over: 0, noValue: 0 };
  for (const { id, nAtoms, data } of inputs) {
    const panel = colorPanel(id, nAtoms, data, united.codes.get(id), (values) =>
      shared || isCategory ? common : scaleFor(property, coloring, [values]),
    );
    counts = addCounts(counts, panel.counts);
    panels.set(id, panel);
  }
  return {
    panels,
    table: isCategory ? tableOfCategories(property.id, united.categories) : tableFor(coloring),
    scale: isCategory ? null : common,
    categories: isCategory ? united.categories : null,
    counts,
    nReady: arrays.length,
  };
}

function colorPanel(
  id: string,
  nAtoms: number,
  data: PanelValues | null,
  codes: Float64Array | undefined,
  scaleOf: (values: Float64Array) => ColorScale,
): ColoredPanel {
  if (data === null) {
    const counts = { under: 0, over: 0, noValue: nAtoms };
    return { id, values: null, scalars: null, scale: UNIT_SCALE, counts, mean: null };
  }
  const scalars = new Float32Array(data.values.length);
  const scale = scaleOf(data.values);
  if (codes !== undefined) {
    const integers = Int32Array.from(codes, (code) => (Number.isNaN(code) ? -1 : code));
    const counts = applyCategories(integers, scalars);
    return { id, values: data.values, scalars, scale, counts, mean: null };
  }
  const counts = applyScale(scale, data.values, scalars);
  return { id, values: data.values, scalars, scale, counts, mean: meanOf(data.values) };
}
