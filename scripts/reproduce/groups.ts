/** Comparisons of two training sets over groups of environments. */
import { figures, percent, times } from "./format.ts";
import { ofVariant, requiredRows, type RunResults } from "./runResults.ts";
import {
  at,
  geometricMean,
  mean,
  median,
  ratios,
  rootMeanSquare,
  shareAbove,
} from "./statistics.ts";

/** A named set of environments. */
export interface Group {
  readonly label: string;
  readonly environments: readonly number[];
}

/** How LPR (or a variance) changes from the first variant to another, over a group. */
export interface Change {
  readonly label: string;
  readonly count: number;
  readonly median: number;
  readonly geometricMean: number;
  readonly max: number;
  /** Share of the environments whose value rises. */
  readonly risingShare: number;
}

/** Ratio of the rows of two variants, environment by environment. */
export function variantRatio(rows: readonly Float64Array[], variant: number, base = 0): number[] {
  return ratios(ofVariant(rows, variant), ofVariant(rows, base));
}

/** Changes of `name` in every group that has environments. */
export function changes(
  results: RunResults,
  name: string,
  variant: number,
  groups: readonly Group[],
): readonly Change[] {
  const all = variantRatio(requiredRows(results, name), variant);
  return groups
    .filter((group) => group.environments.length > 0)
    .map((group) => {
      const values = at(all, group.environments);
      return {
        label: group.label,
        count: values.length,
        median: median(values),
        geometricMean: geometricMean(values),
        max: values.reduce((top, value) => Math.max(top, value), -Infinity),
        risingShare: shareAbove(values, 1),
      };
    });
}

/** `sp2 ×3.6 (100 % of 896 atoms up), …`. */
export function describeRise(list: readonly Change[]): string {
  return list
    .map(
      (change) =>
        `${change.label} ${times(change.geometricMean)} ` +
        `(${percent(change.risingShare)} of ${change.count} atoms up)`,
    )
    .join(", ");
}

/** `sp2 ×0.31 (94 % of 896 atoms down), …`. */
export function describeFall(list: readonly Change[]): string {
  return list
    .map(
      (change) =>
        `${change.label} ${times(change.geometricMean)} ` +
        `(${percent(1 - change.risingShare)} of ${change.count} atoms down)`,
    )
    .join(", ");
}

/** A rise of LPR from this factor on is called notable. */
const NOTABLE = 1.2;

/** Whether a quantity rises in every group: on average; notably and for nearly all environments. */
export function risesEverywhere(list: readonly Change[]): { direction: boolean; size: boolean } {
  return {
    direction: list.every((change) => change.geometricMean > 1),
    size: list.every((change) => change.geometricMean >= NOTABLE && change.risingShare >= 0.9),
  };
}

/** Whether it falls in every group: on average, and for three environments in four. */
export function fallsEverywhere(list: readonly Change[]): { direction: boolean; size: boolean } {
  return {
    direction: list.every((change) => change.geometricMean < 1),
    size: list.every((change) => change.risingShare <= 0.25),
  };
}

/** Groups by coordination number (neighbours within the bond cutoff). */
export function byCoordination(
  results: RunResults,
  classes: readonly { readonly label: string; readonly has: (neighbors: number) => boolean }[],
): readonly Group[] {
  const neighbors = ofVariant(requiredRows(results, "coordination"), 0);
  return classes.map(({ label, has }) => ({
    label,
    environments: Array.from(neighbors, (_, k) => k).filter((k) => has(neighbors[k] ?? 0)),
  }));
}

/**
 * Spread of a committee's local energies about their mean, eV: root mean square over members and
 * environments of a group. Null when the run had no committee.
 */
export function committeeSpread(
  results: RunResults,
  variant: number,
  group: readonly number[],
): number | null {
  const energies = results.rows("committee_energy");
  if (energies === null) return null;
  const members = energies.length / results.summary.variants.length;
  const own = energies.slice(variant * members, (variant + 1) * members);
  const average = group.map((k) => mean(own.map((member) => member[k] ?? NaN)));
  return rootMeanSquare(
    own.flatMap((member) => group.map((k, i) => (member[k] ?? NaN) - (average[i] ?? NaN))),
  );
}

/** eV as `12.3 meV`. */
export function milli(value: number): string {
  return `${figures(1000 * value)} meV`;
}
