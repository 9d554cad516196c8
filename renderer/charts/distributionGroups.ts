/** The atoms of a chart in groups, by variant or by class. Pure. */
import type { ColorScale } from "../color/colorScale.ts";
import {
  valuesOf,
  type PropertyDescription,
  type ValueSource,
} from "../state/coloring/properties.ts";
import type { TargetRow } from "../state/project/targets.ts";
import type { AtomClasses } from "./atomClasses.ts";
import { gatherValues, type AtomList } from "./atomList.ts";
import { csvText } from "./csvText.ts";
import { summarizeGroup, type DistributionGroup } from "./distributionData.ts";
import { quantityValues, variantFor, type Quantity } from "./quantities.ts";
import { ATOM_HEADER, atomCells } from "./atomCells.ts";
import { styleOf } from "./seriesStyle.ts";

export interface GroupInputs {
  readonly list: AtomList;
  readonly source: ValueSource;
  readonly classes: AtomClasses;
  /** 1 where selected; null when nothing is. */
  readonly selected: Uint8Array | null;
  readonly variants: readonly string[];
  readonly reference: string;
  readonly activeVariant: string;
}

function chosenOf(values: Float64Array, selected: Uint8Array | null): Float64Array | null {
  return selected === null ? null : values.filter((_, entry) => selected[entry] === 1);
}

/** One group a variant, or one in all when the quantity does not depend on it. */
export function groupsByVariant(
  inputs: GroupInputs,
  quantity: Quantity,
): readonly DistributionGroup[] {
  const { list, source, selected, variants, reference } = inputs;
  const group = (label: string, variant: string, place: number): DistributionGroup => {
    const values = gatherValues(list, (row) =>
      quantityValues(source, quantity.id, row, variant, reference),
    );
    const chosen = chosenOf(values, selected);
    return { label, ...styleOf(place), values, entries: null, selected: chosen };
  };
  if (!quantity.perVariant) return [group(quantity.label, reference, 0)];
  return variants.flatMap((variant, place) =>
    quantity.comparesVariants && variant === reference ? [] : [group(variant, variant, place)],
  );
}

/** One group a class, under the variant that is looked at. */
export function groupsByClass(
  inputs: GroupInputs,
  quantity: Quantity,
): readonly DistributionGroup[] {
  const { list, source, classes, selected, variants, reference, activeVariant } = inputs;
  const variant = variantFor([quantity], variants, activeVariant, reference);
  const values = gatherValues(list, (row) =>
    quantityValues(source, quantity.id, row, variant, reference),
  );
  return classes.categories.map(({ label }, code) => {
    const entries = Uint32Array.from(classes.codes.keys()).filter(
      (entry) => classes.codes[entry] === code,
    );
    const own = Float64Array.from(entries, (entry) => values[entry] ?? NaN);
    const chosen = selected === null ? null : own.filter((_, k) => selected[entries[k] ?? 0] === 1);
    return { label, ...styleOf(code), values: own, entries, selected: chosen };
  });
}

/** The variants of one target, for the overview: what colours its panels. */
export function groupsOfTarget(
  source: ValueSource,
  row: TargetRow,
  property: PropertyDescription,
  shown: readonly string[],
  { variants, reference }: Pick<GroupInputs, "variants" | "reference">,
): readonly DistributionGroup[] {
  return shown.flatMap((variant): readonly DistributionGroup[] => {
    const values = valuesOf(source, property.id, row, variant, reference)?.values ?? null;
    if (values === null) return [];
    const label = variant === "" ? property.label : variant;
    const style = styleOf(Math.max(0, variants.indexOf(variant)));
    return [{ label, ...style, values, entries: null, selected: null }];
  });
}

/** The same groups with those of their atoms that are selected. */
export function withSelection(
  groups: readonly DistributionGroup[],
  mask: Uint8Array | null,
): readonly DistributionGroup[] {
  if (mask === null) return groups;
  return groups.map((group) => ({ ...group, selected: chosenOf(group.values, mask) }));
}

/** The group that a range over the chart is about: groups by variant share their atoms. */
export function focusOf(
  groups: readonly DistributionGroup[],
  activeVariant: string,
): number | null {
  if (groups.some(({ entries }) => entries !== null)) return null;
  return Math.max(
    0,
    groups.findIndex(({ label }) => label === activeVariant),
  );
}

/** `7,000 atoms; 28 beyond the axis`: what a chart does not show is said. */
export interface GroupCounts {
  readonly count: number;
  readonly beyond: number;
  /** Atoms of the list without a value in any group. */
  readonly without: number;
}

export function countsOf(
  list: AtomList,
  groups: readonly DistributionGroup[],
  scale: ColorScale,
): GroupCounts {
  const summaries = groups.map(({ values }) => summarizeGroup(values, scale));
  const has = new Uint8Array(list.nAtoms);
  for (const { values, entries } of groups) {
    values.forEach((value, k) => {
      if (Number.isFinite(value)) has[entries?.[k] ?? k] = 1;
    });
  }
  const count = has.reduce((sum, bit) => sum + bit, 0);
  const beyond = summaries.reduce((sum, one) => sum + one.beyond, 0);
  return { count, beyond, without: list.nAtoms - count };
}

/** One row an atom; groups that share atoms side by side, others in one column. */
export function distributionCsv(
  inputs: GroupInputs,
  axisLabel: string,
  quantity: Pick<Quantity, "label">,
  groups: readonly DistributionGroup[],
): string {
  if (groups.every(({ entries }) => entries === null)) {
    const headings = groups.map(({ label }) =>
      label === quantity.label ? axisLabel : `${axisLabel}, ${label}`,
    );
    return csvText(
      [...ATOM_HEADER, ...headings],
      Array.from({ length: inputs.list.nAtoms }, (_, k) => [
        ...atomCells(inputs, k),
        ...groups.map(({ values }) => values[k] ?? null),
      ]),
    );
  }
  return csvText(
    [...ATOM_HEADER, axisLabel],
    groups.flatMap(({ values, entries }) =>
      Array.from(values, (value, k) => [...atomCells(inputs, entries?.[k] ?? k), value] as const),
    ),
  );
}
