/** Coordination numbers by counting neighbors within a cutoff for each pair of species. */
import { StudioError } from "../errors.ts";
import { buildCellGrid } from "./cellGrid.ts";
import { neighborsOfRange } from "./neighborList.ts";
import type { CenterRange, NeighborList } from "./neighborList.ts";
import { covalentRadius, distinctSpecies, speciesSymbol } from "./species.ts";
import type { Structure } from "./structure.ts";

/**
 * Bond cutoffs in Å by pair of symbols in alphabetical order, such as `{"C-C": 1.82, "C-H": 1.3}`.
 * Pairs that are not named keep their default.
 */
export type PairCutoffs = Readonly<Record<string, number>>;

/**
 * Cutoffs, Å, between the bonds and the next shell of the pair, which stand in brackets: 1.82 and 2.7
 * separate the shells of amorphous carbon and silicon (the value of Chong et al. 2023, Sec. IV, for
 * Si); the others lie between the shells of the crystal or molecule that is named.
 */
const KNOWN_CUTOFFS: PairCutoffs = {
  // Gray arsenic (2.52; 3.12).
  "As-As": 2.8,
  // Zincblende GaAs (2.45; 4.69).
  "As-Ga": 2.9,
  // Diamond (1.54; 2.52).
  "C-C": 1.82,
  // Methane (1.09); the hydrogens of a neighboring carbon follow at 2.1.
  "C-H": 1.3,
  // 3C-SiC (1.89; 3.61).
  "C-Si": 2.2,
  // α-Ga (one at 2.48, six from 2.69 to 2.79; 3.75).
  "Ga-Ga": 3.1,
  // Crystalline Ge (2.45; 4.00).
  "Ge-Ge": 2.85,
  // H₂ (0.74); in water and methane 1.5 and 1.8.
  "H-H": 0.95,
  // Water (0.96); hydrogen bonds from 1.6.
  "H-O": 1.25,
  // Silane (1.48).
  "H-Si": 1.75,
  // Silica (1.61; beyond 3).
  "O-Si": 2,
  // Crystalline Si (2.35; 3.84).
  "Si-Si": 2.7,
};

/** Bonds of other pairs reach this many times the sum of the covalent radii. */
const RADIUS_SUM_FACTOR = 1.2;

/** What to count. */
export interface CoordinationOptions {
  readonly cutoffs?: PairCutoffs | undefined;
  /** Only these atoms (default: all). */
  readonly range?: CenterRange | undefined;
}

/**
 * The cutoff below which two species count as bonded, Å: the given one, else that of the table of
 * this file (C–C 1.82, Si–Si 2.7, As–Ga 2.9, …), else 1.2 times the sum of the covalent radii.
 * @throws StudioError INVALID_PARAMETER for a given cutoff that is not positive and finite, or an
 *   unknown atomic number.
 */
export function bondCutoff(first: number, second: number, cutoffs: PairCutoffs = {}): number {
  const name = pairName(first, second);
  const cutoff =
    cutoffs[name] ??
    KNOWN_CUTOFFS[name] ??
    RADIUS_SUM_FACTOR * (covalentRadius(first) + covalentRadius(second));
  if (!Number.isFinite(cutoff) || cutoff <= 0) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `The bond cutoff of ${name} is ${String(cutoff)} Å; expected a positive length.`,
    );
  }
  return cutoff;
}

/**
 * The number of bonded neighbors of each atom, over all periodic images.
 * @returns one count per atom of the range; more than 255 neighbors count as 255.
 * @throws StudioError INVALID_PARAMETER for a bad cutoff, range or cell.
 */
export function coordinationNumbers(
  structure: Structure,
  options: CoordinationOptions = {},
): Uint8Array {
  const { counts, species } = coordinationBySpecies(structure, options);
  const width = species.length;
  return Uint8Array.from({ length: width === 0 ? 0 : counts.length / width }, (_, i) => {
    let total = 0;
    for (let s = 0; s < width; s++) total += counts[i * width + s]!;
    return Math.min(total, 255);
  });
}

/** Bonded neighbors of each atom, counted for each species of the neighbor. */
export interface SpeciesCoordination {
  /** Atomic numbers, ascending: the columns of `counts`. */
  readonly species: readonly number[];
  /** (nCenters × species.length), row-major. */
  readonly counts: Int32Array;
}

/**
 * Counts bonded neighbors by species, so that "Ga with four As" can be told from "Ga with three As
 * and a Ga".
 * @throws StudioError INVALID_PARAMETER for a bad cutoff, range or cell.
 */
export function coordinationBySpecies(
  structure: Structure,
  options: CoordinationOptions = {},
): SpeciesCoordination {
  const range = options.range ?? { start: 0, end: structure.nAtoms };
  const species = distinctSpecies(structure.species);
  const limits = species.map((first) =>
    species.map((second) => bondCutoff(first, second, options.cutoffs)),
  );
  if (species.length === 0) return { species, counts: new Int32Array(0) };
  const grid = buildCellGrid(structure, Math.max(...limits.flat()));
  const pairs = neighborsOfRange(grid, range);
  return { species, counts: countPairs(structure.species, pairs, species, limits) };
}

/** Bonds of each atom, counted for each pair of elements. */
export interface PairCoordination {
  /** Such as `As-Ga`: symbols in alphabetical order, as in {@link PairCutoffs}; the columns. */
  readonly pairs: readonly string[];
  /** (nCenters × pairs.length), row-major; 0 for pairs that the atom's species is not in. */
  readonly counts: Int32Array;
}

/**
 * Counts the bonds of each atom by pair of elements, over all periodic images: a Ga atom of GaAs has
 * 4 in column `As-Ga`; a wrong bond shows in `Ga-Ga` or `As-As`.
 * @throws StudioError INVALID_PARAMETER for a bad cutoff, range or cell.
 */
export function coordinationByPair(
  structure: Structure,
  options: CoordinationOptions = {},
): PairCoordination {
  const { species, counts } = coordinationBySpecies(structure, options);
  const width = species.length;
  const names = species.map((a) => species.map((b) => pairName(a, b)));
  const pairs = [...new Set(names.flat())].sort();
  const start = options.range?.start ?? 0;
  const nCenters = width === 0 ? 0 : counts.length / width;
  const byPair = new Int32Array(nCenters * pairs.length);
  for (let i = 0; i < nCenters; i++) {
    const center = species.indexOf(structure.species[start + i]!);
    names[center]!.forEach((name, s) => {
      byPair[i * pairs.length + pairs.indexOf(name)] = counts[i * width + s]!;
    });
  }
  return { pairs, counts: byPair };
}

function pairName(first: number, second: number): string {
  return [speciesSymbol(first), speciesSymbol(second)].sort().join("-");
}

function countPairs(
  atomSpecies: Uint8Array,
  pairs: NeighborList,
  species: readonly number[],
  limits: readonly (readonly number[])[],
): Int32Array {
  const width = species.length;
  const columnOf = new Int32Array(256);
  species.forEach((atomicNumber, column) => (columnOf[atomicNumber] = column));
  const squaredLimits = Float64Array.from(limits.flat(), (limit) => limit * limit);
  const { start, offsets, neighbors, vectors } = pairs;
  const counts = new Int32Array((offsets.length - 1) * width);
  for (let slot = 0; slot + 1 < offsets.length; slot++) {
    const center = columnOf[atomSpecies[start + slot]!]!;
    for (let pair = offsets[slot]!; pair < offsets[slot + 1]!; pair++) {
      const column = columnOf[atomSpecies[neighbors[pair]!]!]!;
      const x = vectors[3 * pair]!;
      const y = vectors[3 * pair + 1]!;
      const z = vectors[3 * pair + 2]!;
      if (x * x + y * y + z * z > squaredLimits[center * width + column]!) continue;
      counts[slot * width + column] = counts[slot * width + column]! + 1;
    }
  }
  return counts;
}

const HYBRIDIZATION_OF_CARBON: ReadonlyMap<number, string> = new Map([
  [2, "sp"],
  [3, "sp²"],
  [4, "sp³"],
]);

/**
 * What a coordination number is called: `sp`, `sp²`, `sp³` for carbon with 2, 3, 4 neighbors, and
 * `4-fold` and the like otherwise.
 */
export function coordinationLabel(atomicNumber: number, coordination: number): string {
  const hybridization = atomicNumber === 6 ? HYBRIDIZATION_OF_CARBON.get(coordination) : undefined;
  return hybridization ?? `${String(coordination)}-fold`;
}

/**
 * What every atom is called: {@link coordinationLabel} of its species and coordination number.
 * @returns one label per atom of the range.
 * @throws StudioError INVALID_PARAMETER for a bad cutoff, range or cell.
 */
export function coordinationLabels(
  structure: Structure,
  options: CoordinationOptions = {},
): string[] {
  const start = options.range?.start ?? 0;
  return Array.from(coordinationNumbers(structure, options), (count, i) =>
    coordinationLabel(structure.species[start + i]!, count),
  );
}
