/** Colours of the points of a plot. Pure. */
import { automaticScale } from "../color/autoRange.ts";
import { tableOfCategories, type Category } from "../color/categories.ts";
import { applyCategories, applyScale, type ColorScale } from "../color/colorScale.ts";
import type { ColorTable } from "../color/colorTable.ts";
import { COLOR_TABLES } from "../color/colorTables.ts";
import type { AtomClasses } from "./atomClasses.ts";
import type { Quantity } from "./quantities.ts";

export interface ScaleColors {
  readonly kind: "scale";
  readonly title: string;
  readonly scale: ColorScale;
  readonly table: ColorTable;
  readonly signed: boolean;
  /** Values beyond the ends, which have the colours of the ends. */
  readonly nBeyond: number;
}

/** What the colours of the points stand for. */
export type ColorKey =
  | {
      readonly kind: "categories";
      readonly title: string;
      readonly categories: readonly Category[];
    }
  | ScaleColors;

export interface PointColors {
  readonly scalars: Float32Array;
  readonly table: ColorTable;
  readonly key: ColorKey;
}

export function colorsByClass({ codes, categories, title }: AtomClasses): PointColors {
  const scalars = new Float32Array(codes.length);
  applyCategories(Int32Array.from(codes), scalars);
  return {
    scalars,
    table: tableOfCategories("class", categories),
    key: { kind: "categories", title, categories },
  };
}

/** On the 2nd to 98th percentile, as the atoms are; symmetric where zero has a meaning. */
export function colorsByValue(quantity: Quantity, values: Float64Array): PointColors {
  const { signed, axisLabel } = quantity;
  const isPositive = values.some((value) => value > 0);
  const kind = quantity.scale === "log" && isPositive ? "log" : "linear";
  const scale = automaticScale([values], { kind, symmetric: signed });
  const scalars = new Float32Array(values.length);
  const { under, over } = applyScale(scale, values, scalars);
  const table = COLOR_TABLES[quantity.table];
  const key = {
    kind: "scale",
    title: axisLabel,
    scale,
    table,
    signed,
    nBeyond: under + over,
  } as const;
  return { scalars, table, key };
}
