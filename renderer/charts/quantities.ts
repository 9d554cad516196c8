/** What the axes of a chart can show: the properties of the atoms and what charts add. Pure. */
import type { AnalysisResult } from "../../src/analysis/result.ts";
import type { ColorTableId } from "../color/colorTables.ts";
import {
  valuesOf,
  type PropertyDescription,
  type PropertyId,
  type ValueSource,
} from "../state/coloring/properties.ts";
import { defaultScaleOf } from "../state/coloring/colorStore.ts";
import { resultValues } from "../state/coloring/resultProperties.ts";
import type { TargetRow } from "../state/project/targets.ts";

/** Quantities that only charts show, beside the properties that colour the atoms. */
type ChartOnlyId = "lprRatio" | "varianceRatio" | "referenceLpr" | "neighbors";

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
  /** A change in percent, without a largest value. */
  readonly isPercent: boolean;
  readonly table: ColorTableId;
  /** Differs from variant to variant. */
  readonly perVariant: boolean;
  /** Means nothing for the reference itself. */
  readonly comparesVariants: boolean;
}

function fromProperty(property: PropertyDescription, reference: string): Quantity {
  const { id, label } = property;
  // The names of the committee's say already what of it they are.
  const isNamed = id === "committee" || id === "committeeVariance";
  const unit = isNamed ? property.suffix : property.unit;
  const compares = id === "enhancement";
  const name = compares ? `${label} over ${reference}` : label;
  return {
    id,
    label,
    axisLabel: unit === "" ? name : `${name} (${unit === "percent" ? "%" : unit})`,
    scale: property.scale,
    signed: property.diverging,
    isPercent: defaultScaleOf(property) === "automatic",
    table: property.defaultMap,
    perVariant: property.perVariant,
    comparesVariants: compares,
  };
}

const PLAIN = {
  scale: "linear",
  signed: false,
  isPercent: false,
  table: "viridis",
  perVariant: false,
  comparesVariants: false,
} as const;

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
  const isLast = ({ id }: Quantity): boolean => id.startsWith("column:") || id.startsWith("map:");
  return [
    ...known.filter((quantity) => !isLast(quantity)),
    ...extra,
    {
      ...PLAIN,
      id: "neighbors",
      label: "Coordination",
      axisLabel: "Neighbours (within bond cutoff)",
    },
    ...known.filter(isLast),
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
type DerivedId = "lprRatio" | "varianceRatio";

function isDerivedId(id: QuantityId): id is DerivedId {
  return id === "lprRatio" || id === "varianceRatio";
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
