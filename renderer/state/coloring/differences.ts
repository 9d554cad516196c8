/** Columns of the grid that compare two variants: what they are called and their values. Pure. */
import type { DifferenceColumn, DifferenceKind } from "../../../src/project/gridLayout.ts";
import {
  valuesOf,
  type DifferenceId,
  type PanelValues,
  type PropertyDescription,
  type PropertyId,
  type ValueSource,
} from "./properties.ts";
import type { TargetRow } from "../project/targets.ts";

/** Names of the kinds, for menus. */
export const DIFFERENCE_KINDS: Readonly<Record<DifferenceKind, string>> = {
  difference: "Difference, B − A",
  percent: "Change in per cent, 100 (B / A − 1)",
  ratio: "Ratio, log₂(B / A)",
};

const UNITS: Readonly<Record<DifferenceKind, string>> = {
  difference: "B − A",
  percent: "percent of A",
  ratio: "log₂(B / A)",
};

/** What is compared: a gain is a comparison already, so it is LPR that is compared in its place. */
export function comparedProperty(
  property: PropertyDescription,
  properties: readonly PropertyDescription[],
): PropertyDescription {
  if (property.id !== "enhancement") return property;
  return properties.find(({ id }) => id === "lpr") ?? property;
}

/** How the differences of a property are called and drawn: around zero, whatever the property. */
export function differenceProperty(
  property: PropertyDescription,
  kind: DifferenceKind,
): PropertyDescription {
  const unit = kind === "difference" && property.unit !== "" ? `, ${property.unit}` : "";
  const id: DifferenceId = `difference:${kind}:${property.id}`;
  return {
    ...property,
    id,
    label: `Change of ${property.label}`,
    legendTitle: `Δ ${property.legendTitle}`,
    unit: `${UNITS[kind]}${unit}`,
    suffix: kind === "difference" ? property.suffix : kind === "percent" ? "%" : "",
    note: kind === "ratio" ? "+1 is twice as much, −1 is half as much." : "",
    diverging: true,
    scale: "linear",
    defaultMap: "lpr-diverge",
  };
}

/** Title of a column: `Δ B − A`, `Δ % B over A`, or `Δ log₂ B / A`. */
export function differenceTitle({ from, to, as }: DifferenceColumn): string {
  switch (as) {
    case "difference":
      return `Δ ${to} − ${from}`;
    case "percent":
      return `Δ % ${to} over ${from}`;
    case "ratio":
      return `Δ log₂ ${to} / ${from}`;
  }
}

/**
 * B against A, atom by atom: B − A, 100 (B / A − 1), or log₂(B / A). No value (NaN) where either has
 * none and where the ratio is not a positive number.
 */
export function differenceValues(
  kind: DifferenceKind,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): Float64Array {
  return new Float64Array(b.length).map((_, atom) => {
    const value = compare(kind, a[atom] ?? NaN, b[atom] ?? NaN);
    return Number.isFinite(value) ? value : NaN;
  });
}

/**
 * What the column shows of a property at one target; null when either variant has no values (yet).
 * @param property - what is compared, see `comparedProperty`
 */
export function differenceOf(
  source: ValueSource,
  property: PropertyId,
  target: TargetRow,
  { from, to, as }: DifferenceColumn,
): PanelValues | null {
  const a = valuesOf(source, property, target, from, from);
  const b = valuesOf(source, property, target, to, from);
  if (a === null || b === null) return null;
  return { values: differenceValues(as, a.values, b.values), categories: null };
}

function compare(kind: DifferenceKind, a: number, b: number): number {
  switch (kind) {
    case "difference":
      return b - a;
    case "percent":
      return 100 * (b / a - 1);
    case "ratio":
      return Math.log2(b / a);
  }
}
