/** What the axes of a chart can show: the properties of the atoms and what charts add. Pure. */
import type { AnalysisResult } from "../../src/analysis/result.ts";
import type { ColorTableId } from "../color/colorTables.ts";
import {
  valuesOf,
  type PropertyDescription,
  type PropertyId,
  type ValueSource,
} from "../state/properties.ts";
import { resultValues } from "../state/resultProperties.ts";
import { findTargetSlice } from "../state/resultStore.ts";
import type { TargetRow } from "../state/targets.ts";

/** Quantities that only charts show, beside the properties that colour the atoms. */
type ChartOnlyId =
  | "lprRatio"
  | "varianceRatio"
  | "committeeVariance"
  | "referenceLpr"
  | "neighbors"
  | `map:${string}`;

export type QuantityId = PropertyId | ChartOnlyId;

export interface Quantity {
  readonly id: QuantityId;
  /** In the menus. */
  readonly label: string;
  /** Along an axis: with unit and convention. */
  readonly axisLabel: string;
  readonly scale: "linear" | "log";
  /** `+` on positive ticks. */
  readonly signed: boolean;
  readonly table: ColorTableId;
  /** Differs from variant to variant. */
  readonly perVariant: boolean;
  /** Means nothing for the reference itself. */
  readonly comparesVariants: boolean;
}

function fromProperty(property: PropertyDescription, reference: string): Quantity {
  const { id, label } = property;
  // The name of the committee's says already that it is a standard deviation.
  const unit = id === "committee" ? property.suffix : property.unit;
  const compares = id === "enhancement";
  const name = compares ? `${label} over ${reference}` : label;
  return {
    id,
    label,
    axisLabel: unit === "" ? name : `${name} (${unit === "percent" ? "%" : unit})`,
    scale: property.scale,
    signed: property.diverging,
    table: property.defaultMap,
    perVariant: property.perVariant,
    comparesVariants: compares,
  };
}

const PLAIN = {
  scale: "linear",
  signed: false,
  table: "viridis",
  perVariant: false,
  comparesVariants: false,
} as const;

function mapQuantities(result: AnalysisResult): readonly Quantity[] {
  const { map } = result;
  if (map === null) return [];
  return Array.from({ length: map.components }, (_, k) => {
    const label = `Kernel component ${String(k + 1)}`;
    const share = map.explainedVariance[k];
    const note = share === undefined ? "" : ` (${(100 * share).toFixed(0)} % of variance)`;
    return { ...PLAIN, id: `map:${String(k)}`, label, axisLabel: label + note };
  });
}

/** Every quantity that has values now, those of the result first. */
export function listQuantities(
  result: AnalysisResult | null,
  properties: readonly PropertyDescription[],
  reference: string,
): readonly Quantity[] {
  const known = properties
    .filter(({ kind }) => kind === "number")
    .map((property) => fromProperty(property, reference));
  const hasCommittee = result?.targets.some(({ committee }) => committee !== null) ?? false;
  const extra: Quantity[] = [];
  if (hasCommittee) {
    extra.push({
      ...PLAIN,
      id: "committeeVariance",
      label: "Committee variance",
      axisLabel: "Committee variance (eV²)",
      scale: "log",
      perVariant: true,
    });
  }
  if (result !== null && result.variants.length > 1) {
    const ratio = { ...PLAIN, scale: "log", perVariant: true, comparesVariants: true } as const;
    extra.push({
      ...ratio,
      id: "lprRatio",
      label: "LPR ratio",
      axisLabel: `LPR ratio to ${reference}`,
    });
    if (hasCommittee) {
      extra.push({
        ...ratio,
        id: "varianceRatio",
        label: "Committee variance ratio",
        axisLabel: `Committee variance ratio to ${reference}`,
      });
    }
    extra.push({
      ...PLAIN,
      id: "referenceLpr",
      label: `LPR of ${reference}`,
      axisLabel: `LPR of ${reference} (rows: ${result.structureRows})`,
      scale: "log",
    });
  }
  return [
    ...known.filter(({ id }) => !id.startsWith("column:")),
    ...extra,
    {
      ...PLAIN,
      id: "neighbors",
      label: "Coordination",
      axisLabel: "Neighbours (within bond cutoff)",
    },
    ...(result === null ? [] : mapQuantities(result)),
    ...known.filter(({ id }) => id.startsWith("column:")),
  ];
}

function ratioValues(
  result: AnalysisResult,
  of: "lpr" | "committee",
  row: TargetRow,
  variant: string,
  reference: string,
): Float64Array | null {
  const value = resultValues(result, of, row, variant, reference);
  const to = resultValues(result, of, row, reference, reference);
  if (value === null || to === null) return null;
  return finite(value.map((one, atom) => one / (to[atom] ?? NaN)));
}

/** Committees come as standard deviations. */
function squared(values: Float64Array | null): Float64Array | null {
  return values?.map((value) => value * value) ?? null;
}

function mapComponent(
  result: AnalysisResult,
  row: TargetRow,
  component: number,
): Float64Array | null {
  const slice = findTargetSlice(result, row.dataset, row.structureIndex);
  const map = slice?.target.map ?? null;
  const components = result.map?.components ?? 0;
  if (slice === null || map === null || component >= components) return null;
  return Float64Array.from(
    { length: slice.nAtoms },
    (_, atom) => map[(slice.first + atom) * components + component] ?? NaN,
  );
}

/** One number an atom of a structure, NaN for no value; null when there are none. */
export function quantityValues(
  source: ValueSource,
  id: QuantityId,
  row: TargetRow,
  variant: string,
  reference: string,
): Float64Array | null {
  if (id === "neighbors") {
    const structure = source.structures.get(row.key);
    return structure === undefined ? null : Float64Array.from(structure.coordination);
  }
  if (id === "referenceLpr") {
    return valuesOf(source, "lpr", row, reference, reference)?.values ?? null;
  }
  if (isDerivedId(id)) {
    const { result } = source;
    return result === null ? null : derivedValues(result, id, row, variant, reference);
  }
  return valuesOf(source, id, row, variant, reference)?.values ?? null;
}

/** Quantities that are worked out from the tables of a result. */
type DerivedId = "lprRatio" | "varianceRatio" | "committeeVariance" | `map:${string}`;

const DERIVED: readonly string[] = ["lprRatio", "varianceRatio", "committeeVariance"];

function isDerivedId(id: QuantityId): id is DerivedId {
  return DERIVED.includes(id) || id.startsWith("map:");
}

function derivedValues(
  result: AnalysisResult,
  id: DerivedId,
  row: TargetRow,
  variant: string,
  reference: string,
): Float64Array | null {
  switch (id) {
    case "lprRatio":
      return ratioValues(result, "lpr", row, variant, reference);
    case "varianceRatio":
      return squared(ratioValues(result, "committee", row, variant, reference));
    case "committeeVariance":
      return squared(resultValues(result, "committee", row, variant, reference));
    default:
      return finite(mapComponent(result, row, Number(id.slice(4))));
  }
}

function finite(values: Float64Array | null): Float64Array | null {
  return values?.map((value) => (Number.isFinite(value) ? value : NaN)) ?? null;
}

/** A variant that the quantities mean something for: the reference has no ratio to itself. */
export function variantFor(
  quantities: readonly Quantity[],
  variants: readonly string[],
  active: string,
  reference: string,
): string {
  if (active !== reference || !quantities.some((one) => one.comparesVariants)) return active;
  return variants.find((name) => name !== reference) ?? active;
}

/** Axes to begin with: Fig. 4c of Chong et al. 2023 where there are committees. */
export function startAxes(quantities: readonly Quantity[]): {
  readonly x: Quantity | undefined;
  readonly y: Quantity | undefined;
} {
  const find = (...ids: readonly QuantityId[]): Quantity | undefined =>
    ids.flatMap((id) => quantities.find((one) => one.id === id) ?? [])[0];
  if (find("varianceRatio") !== undefined) return { x: find("lprRatio"), y: find("varianceRatio") };
  return {
    x: find("referenceLpr", "lpr", "neighbors"),
    y: find("enhancement", "localEnergy", "neighbors"),
  };
}
