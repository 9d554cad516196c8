/** Environments in batches, sorted by species, so that each species' network is one matrix product. */
import { StudioError } from "../../errors.ts";

/** Consecutive rows of a batch that belong to one species. */
export interface SpeciesRun {
  readonly speciesIndex: number;
  readonly start: number;
  readonly end: number;
}

/** Some environments, sorted by species; within a species in their own order. */
export interface EnvironmentBatch {
  /** The environment of each row. Those of species without a network are left out. */
  readonly environments: Int32Array;
  readonly runs: readonly SpeciesRun[];
}

/** Rows of a batch that belong to one structure and one species. */
export interface StructureRun extends SpeciesRun {
  readonly structure: number;
}

/** Position of each environment's species in the model's list; −1 where it has none. */
export function speciesIndices(species: Uint8Array, known: Uint8Array): Int32Array {
  const indexOf = new Int32Array(256).fill(-1);
  known.forEach((atomicNumber, index) => (indexOf[atomicNumber] = index));
  return Int32Array.from(species, (atomicNumber) => indexOf[atomicNumber]!);
}

/** Sorts the environments `start … end − 1` by species (counting sort). */
export function environmentBatch(
  speciesIndex: Int32Array,
  start: number,
  end: number,
  nSpecies: number,
): EnvironmentBatch {
  const first = new Int32Array(nSpecies + 1);
  for (let i = start; i < end; i++) {
    if (speciesIndex[i]! >= 0) first[speciesIndex[i]! + 1]! += 1;
  }
  const runs: SpeciesRun[] = [];
  for (let s = 0; s < nSpecies; s++) {
    first[s + 1]! += first[s]!;
    if (first[s + 1]! > first[s]!) {
      runs.push({ speciesIndex: s, start: first[s]!, end: first[s + 1]! });
    }
  }
  const environments = new Int32Array(first[nSpecies]!);
  const next = first.slice(0, nSpecies);
  for (let i = start; i < end; i++) {
    const s = speciesIndex[i]!;
    if (s < 0) continue;
    environments[next[s]!] = i;
    next[s]! += 1;
  }
  return { environments, runs };
}

/** Where each structure's environments lie in a batch. */
export function structureRuns(
  batch: EnvironmentBatch,
  structureOf: Int32Array,
): readonly StructureRun[] {
  const found: StructureRun[] = [];
  for (const { speciesIndex, start, end } of batch.runs) {
    let first = start;
    for (let row = start + 1; row <= end; row++) {
      const structure = structureOf[batch.environments[first]!]!;
      if (row < end && structureOf[batch.environments[row]!] === structure) continue;
      found.push({ structure, speciesIndex, start: first, end: row });
      first = row;
    }
  }
  return found;
}

/** The structure of each environment. */
export function structureOfEnvironments(offsets: Int32Array): Int32Array {
  const structureOf = new Int32Array(offsets[offsets.length - 1] ?? 0);
  for (let a = 0; a + 1 < offsets.length; a++) structureOf.fill(a, offsets[a], offsets[a + 1]);
  return structureOf;
}

/**
 * @throws StudioError `INCOMPATIBLE_SHAPE` unless the offsets rise from 0 to the number of
 * environments
 */
export function requireOffsets(offsets: Int32Array, nEnvironments: number): void {
  const last = offsets[offsets.length - 1];
  const isRising = offsets.every((value, a) => a === 0 || value >= offsets[a - 1]!);
  if (offsets[0] === 0 && last === nEnvironments && isRising) return;
  throw new StudioError(
    "INCOMPATIBLE_SHAPE",
    `structure offsets: ${offsets.length} from ${offsets[0] ?? "none"} to ${last ?? "none"}, ` +
      `expected to rise from 0 to ${nEnvironments} environments`,
  );
}
