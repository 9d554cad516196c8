/** Per-species energy baseline: what a structure's energy is before its environments are looked at. */
import { StudioError, type Diagnostic } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite } from "../numerics/checks.ts";
import { denseMatrix } from "../numerics/matrix.ts";

/** One energy per species. Plain data. */
export interface EnergyBaseline {
  /** Atomic numbers, ascending. */
  readonly species: Uint8Array;
  /** Energy of one atom of each species, in the unit of the targets. */
  readonly energies: Float64Array;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Least squares of the energies on the compositions, min Σ_A s_A² (Y_A − Σ_a n_Aa e_a)²; the
 * solution of minimum norm when the compositions do not determine it (as with a single
 * stoichiometry), which is then said.
 *
 * @param species - atomic number of each environment, structures one after the other
 * @param offsets - first environment of each structure, length nStructures + 1
 * @param energies - total energies, length nStructures
 * @param scales - s_A, the structure-row factors of the model
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when empty or not finite
 */
export function fitBaseline(
  species: Uint8Array,
  offsets: Int32Array,
  energies: Float64Array,
  scales: Float64Array,
  backend: NumericsBackend,
): EnergyBaseline {
  const n = energies.length;
  requireTargets(offsets, energies, scales, species.length);
  const present = Uint8Array.from([...new Set(species)].sort((a, b) => a - b));
  const column = new Map([...present].map((atomicNumber, j) => [atomicNumber, j]));
  const width = present.length;
  const compositions = denseMatrix(n, width);
  for (let a = 0; a < n; a++) {
    for (let i = offsets[a]!; i < offsets[a + 1]!; i++) {
      compositions.data[a * width + column.get(species[i]!)!]! += scales[a]!;
    }
  }
  const { u, values, vt } = backend.thinSvd(compositions);
  const threshold = Math.max(n, width) * Number.EPSILON * (values[0] ?? 0);
  const solution = new Float64Array(width);
  let rank = 0;
  for (let k = 0; k < values.length && values[k]! > threshold; k++) {
    rank++;
    let coefficient = 0;
    for (let a = 0; a < n; a++) {
      coefficient += u.data[a * values.length + k]! * scales[a]! * energies[a]!;
    }
    coefficient /= values[k]!;
    for (let j = 0; j < width; j++) solution[j]! += coefficient * vt.data[k * width + j]!;
  }
  return { species: present, energies: solution, diagnostics: rankDiagnostics(rank, width) };
}

function rankDiagnostics(rank: number, width: number): readonly Diagnostic[] {
  if (rank === width) return [];
  return [
    {
      severity: "info",
      code: "BASELINE_UNDETERMINED",
      message:
        `The compositions of the training set determine ${rank} of ${width} atomic energies; the ` +
        "baseline of minimum norm was taken. Differences of local energies between species are " +
        "arbitrary to that extent.",
    },
  ];
}

/**
 * The baseline energy of each environment.
 *
 * @param species - atomic number of each environment
 * @throws StudioError `INVALID_PARAMETER` for a species that the training set has not
 */
export function baselineEnergies(baseline: EnergyBaseline, species: Uint8Array): Float64Array {
  const energyOf = new Map<number, number>();
  baseline.species.forEach((atomicNumber, j) => {
    energyOf.set(atomicNumber, baseline.energies[j]!);
  });
  return Float64Array.from(species, (atomicNumber) => {
    const energy = energyOf.get(atomicNumber);
    if (energy !== undefined) return energy;
    throw new StudioError(
      "INVALID_PARAMETER",
      `atomic number ${atomicNumber} does not occur in the training set, so it has no baseline`,
      { remedy: "Add structures with this species to the training set." },
    );
  });
}

/**
 * Σ_{i∈A} of one number an environment.
 *
 * @param values - length nEnvironments, structures one after the other
 * @param offsets - first environment of each structure, length nStructures + 1
 * @returns length nStructures
 * @throws StudioError `INCOMPATIBLE_SHAPE` when the offsets do not cover the values
 */
export function structureSums(values: Float64Array, offsets: Int32Array): Float64Array {
  const n = Math.max(0, offsets.length - 1);
  if ((offsets[n] ?? 0) !== values.length) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `structure offsets end at ${offsets[n] ?? 0}, expected ${values.length} environments`,
    );
  }
  return Float64Array.from({ length: n }, (_, a) => {
    let sum = 0;
    for (let i = offsets[a]!; i < offsets[a + 1]!; i++) sum += values[i]!;
    return sum;
  });
}

function requireTargets(
  offsets: Int32Array,
  energies: Float64Array,
  scales: Float64Array,
  nEnvironments: number,
): void {
  const n = energies.length;
  if (n === 0) throw new StudioError("INVALID_PARAMETER", "the training set has no structures");
  requireFinite(energies, "training energies");
  if (offsets.length !== n + 1 || scales.length !== n || offsets[n] !== nEnvironments) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `training set: ${n} energies, ${scales.length} scales, ${offsets.length} offsets ending at ` +
        `${offsets[offsets.length - 1] ?? 0} of ${nEnvironments} environments`,
    );
  }
}
