/** Reference energies of training structures. Optional: LPR does not need them. */
import type { Diagnostic } from "../errors.ts";
import type { Structure } from "../structures/structure.ts";
import type { Requirements } from "./requirements.ts";

/**
 * The total energies of every variant's rows, or null where a structure has none, with a remark on
 * variants of which only some have.
 */
export function trainingEnergies({ model, variants, pool }: Requirements): {
  readonly energies: readonly (Float64Array | null)[];
  readonly diagnostics: readonly (readonly Diagnostic[])[];
} {
  const key = model.energyKey ?? "energy";
  const known = pool.map(({ structure }) => energyOf(structure, key));
  const energies: (Float64Array | null)[] = [];
  const diagnostics = variants.map(({ rowIndices }): readonly Diagnostic[] => {
    const values = Array.from(rowIndices, (i) => known[i] ?? null);
    const present = values.filter((value) => value !== null);
    const complete = present.length === values.length;
    energies.push(complete ? Float64Array.from(present) : null);
    if (complete || (present.length === 0 && model.energyKey === undefined)) return [];
    return [
      {
        severity: "warning",
        code: "ENERGIES_MISSING",
        message:
          `${values.length - present.length} of ${values.length} training structures have no ` +
          `number "${key}" in their comment line; energies were not fitted. LPR does not need them.`,
      },
    ];
  });
  return { energies, diagnostics };
}

function energyOf(structure: Structure, key: string): number | null {
  const value = structure.info[key];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
