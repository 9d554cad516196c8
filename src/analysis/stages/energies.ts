/** Reference energies of structures. Optional: LPR does not need them. */
import type { Diagnostic } from "../../errors.ts";
import { committeeMembers } from "../../models/committee.ts";
import type { Structure } from "../../structures/structure.ts";
import type { Requirements } from "../requirements.ts";

/** Energies of the rows of every variant and of the members of its committee. */
export interface TrainingEnergies {
  readonly energies: readonly (Float64Array | null)[];
  /** Rows of each member of each variant's committee, as positions in the variant's rows. */
  readonly members: readonly (readonly Int32Array[])[];
}

/** Total energy of every structure of the pool, eV; null where it has none. */
export function poolEnergies({
  model,
  pool,
}: Pick<Requirements, "model" | "pool">): readonly (number | null)[] {
  const key = model.energyKey ?? "energy";
  return pool.map(({ structure }) => energyOf(structure, key));
}

/** Atoms of every structure of the pool. */
export function poolSizes({ pool }: Pick<Requirements, "pool">): Int32Array {
  return Int32Array.from(pool, ({ structure }) => structure.nAtoms);
}

/**
 * The total energies of every variant's rows, or null where a structure has none, with a remark on
 * variants of which only some have; and the rows of the members of each variant's committee.
 */
export function trainingEnergies(
  requirements: Requirements,
): TrainingEnergies & { readonly diagnostics: readonly (readonly Diagnostic[])[] } {
  const { model, variants, uncertainty } = requirements;
  const key = model.energyKey ?? "energy";
  const known = poolEnergies(requirements);
  const energies: (Float64Array | null)[] = [];
  const diagnostics = variants.map(({ rowIndices }): readonly Diagnostic[] => {
    const values = Array.from(rowIndices, (i) => known[i] ?? null);
    const present = values.filter((value) => value !== null);
    const complete = present.length === values.length;
    energies.push(complete ? Float64Array.from(present) : null);
    const isWanted = model.energyKey !== undefined || uncertainty.committee !== undefined;
    if (complete || (present.length === 0 && !isWanted)) return [];
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
  const { committee } = uncertainty;
  const members = variants.map(({ rowIndices }, v) =>
    committee === undefined || energies[v] === null
      ? []
      : committeeMembers(rowIndices.length, { ...committee, seed: committee.seed ?? 0 }),
  );
  return { energies, members, diagnostics };
}

function energyOf(structure: Structure, key: string): number | null {
  const value = structure.info[key];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
