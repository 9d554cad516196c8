/** Selected atoms of the active structure beside the whole structure, in numbers. Pure. */
import { sortedFinite } from "../../color/autoRange.ts";
import { selectedAtoms, type AtomSelection } from "./selectionStore.ts";
import { meanOf, quantileOf } from "../results/statistics.ts";

export interface SummaryRow {
  readonly label: string;
  readonly kind: "value" | "gain" | "share";
  readonly selected: number | null;
  readonly whole: number | null;
}

export interface SummaryInputs {
  readonly selection: AtomSelection | undefined;
  readonly lpr: Float64Array | null;
  readonly gain: Float64Array | null;
  readonly coordination: Uint8Array | null;
  /** The coloured quantity, when it is a number that is not summarised anyway. */
  readonly colored: { readonly label: string; readonly values: Float64Array } | null;
}

function pick(values: ArrayLike<number>, atoms: Uint32Array): Float64Array {
  return Float64Array.from(atoms, (atom) => values[atom] ?? NaN);
}

/** Percent of atoms with `n` neighbours; null when there is no atom. */
function shareOf(coordination: ArrayLike<number>, n: number): number | null {
  if (coordination.length === 0) return null;
  let count = 0;
  for (let atom = 0; atom < coordination.length; atom++) if (coordination[atom] === n) count++;
  return (100 * count) / coordination.length;
}

export function summarizeSelection(inputs: SummaryInputs): readonly SummaryRow[] {
  const atoms = selectedAtoms(inputs.selection);
  const rows: SummaryRow[] = [];
  const { lpr, gain, coordination, colored } = inputs;
  if (lpr !== null) {
    const whole = sortedFinite([lpr]);
    const selected = sortedFinite([pick(lpr, atoms)]);
    for (const [label, fraction] of [
      ["Median LPR", 0.5],
      ["5th percentile", 0.05],
    ] as const) {
      rows.push({
        label,
        kind: "value",
        selected: quantileOf(selected, fraction),
        whole: quantileOf(whole, fraction),
      });
    }
  }
  if (colored !== null) {
    rows.push({
      label: `Median ${colored.label}`,
      kind: "value",
      selected: quantileOf(sortedFinite([pick(colored.values, atoms)]), 0.5),
      whole: quantileOf(sortedFinite([colored.values]), 0.5),
    });
  }
  if (coordination !== null) {
    const selected = Uint8Array.from(atoms, (atom) => coordination[atom] ?? 0);
    for (const n of [2, 3, 4]) {
      const whole = shareOf(coordination, n);
      if ((whole ?? 0) < 0.5) continue;
      rows.push({
        label: `${String(n)}-coordinated`,
        kind: "share",
        selected: shareOf(selected, n),
        whole,
      });
    }
  }
  if (gain !== null) {
    rows.push({
      label: "Mean gain",
      kind: "gain",
      selected: meanOf(pick(gain, atoms)),
      whole: meanOf(gain),
    });
  }
  return rows;
}
