/** Energies of committee members against their mean. Pure. */
import type { AnalysisResult } from "../../src/analysis/result.ts";
import { sortedFinite } from "../color/autoRange.ts";
import { quantileOf } from "../state/results/statistics.ts";
import { findTargetSlice, variantIndexOf } from "../state/results/resultStore.ts";
import type { AtomList } from "./atomList.ts";

export interface Parity {
  readonly members: number;
  /** eV; entry atom · members + member, the mean repeated for each member. */
  readonly mean: Float64Array;
  /** eV; same order. */
  readonly energies: Float64Array;
  /** √ of the variance averaged over the atoms, divided by members − 1, eV; null without atoms. */
  readonly rmsSpread: number | null;
}

/** Parity of one variant; null when no target of the list has a committee. NaN: no value. */
export function parityOf(result: AnalysisResult, list: AtomList, variant: string): Parity | null {
  const index = variantIndexOf(result, variant);
  const members = result.targets.find(({ committee }) => committee !== null)?.committee?.members;
  if (members === undefined || index < 0) return null;
  const mean = new Float64Array(list.nAtoms * members).fill(NaN);
  const energies = mean.slice();
  let sum = 0;
  let count = 0;
  list.rows.forEach((row, k) => {
    const slice = findTargetSlice(result, row.dataset, row.structureIndex);
    const committee = slice?.target.committee ?? null;
    if (slice === null || committee?.members !== members) return;
    for (let atom = 0; atom < slice.nAtoms; atom++) {
      const environment = slice.first + atom;
      const entry = ((list.offsets[k] ?? 0) + atom) * members;
      const at = index * slice.nEnvironments + environment;
      for (let member = 0; member < members; member++) {
        const energy = (index * members + member) * slice.nEnvironments + environment;
        mean[entry + member] = committee.mean[at] ?? NaN;
        energies[entry + member] = committee.energies[energy] ?? NaN;
      }
      const variance = committee.variance[at] ?? NaN;
      if (!Number.isFinite(variance)) continue;
      sum += variance;
      count++;
    }
  });
  return { members, mean, energies, rmsSpread: count === 0 ? null : Math.sqrt(sum / count) };
}

/** Energies counted from the median of the committee means of all, so that charts can be compared. */
export function fromMedian(parities: readonly Parity[]): {
  readonly zero: number;
  readonly parities: readonly Parity[];
} {
  const zero = quantileOf(sortedFinite(parities.map(({ mean }) => mean)), 0.5) ?? 0;
  return {
    zero,
    parities: parities.map((parity) => ({
      ...parity,
      mean: parity.mean.map((energy) => energy - zero),
      energies: parity.energies.map((energy) => energy - zero),
    })),
  };
}

/** Each entry `times` in a row. */
export function repeatedNumbers(values: Float32Array, times: number): Float32Array {
  return Float32Array.from(
    { length: values.length * times },
    (_, k) => values[Math.floor(k / times)] ?? NaN,
  );
}

/** As {@link repeatedNumbers}, for flags. */
export function repeatedBytes(values: Uint8Array, times: number): Uint8Array {
  return Uint8Array.from(
    { length: values.length * times },
    (_, k) => values[Math.floor(k / times)] ?? 0,
  );
}
