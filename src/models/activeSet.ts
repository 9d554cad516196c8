/** The active set (sparse points) of a kernel model: which environments support it. */
import { StudioError, type Diagnostic } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite } from "../numerics/checks.ts";
import type { DenseMatrix } from "../numerics/matrix.ts";
import { createRandom, integerBelow } from "../random.ts";
import { farthestPoints, gatherRows, type ProductProvider } from "./farthestPoints.ts";

/** How many active points one species was given and got. */
export interface SpeciesAllotment {
  /** Atomic number. */
  readonly species: number;
  /** Candidate environments of the species. */
  readonly nCandidates: number;
  readonly requested: number;
  /** Fewer than requested when the candidates have fewer distinct environments. */
  readonly selected: number;
}

/** Active environments, grouped by ascending species, in order of selection within one. */
export interface ActiveSetSelection {
  /** Indices into the candidate environments. */
  readonly indices: Int32Array;
  /** Atomic number of each active environment. */
  readonly species: Uint8Array;
  readonly allotment: readonly SpeciesAllotment[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Settings of {@link selectActiveSet}. */
export interface ActiveSetOptions {
  /** Positive integer exponent of the kernel. */
  readonly zeta: number;
  /** Active points in total, over all species. */
  readonly size: number;
  /** Seed of the first point of each species. */
  readonly seed: number;
  /** Points per atomic number; default {@link allotActivePoints}. */
  readonly allotment?: ReadonlyMap<number, number> | undefined;
  /**
   * Makes the provider of dot products among the candidates listed (those of one species); default:
   * products in this thread. `features` are the rows of those candidates.
   */
  readonly productsFor?:
    ((members: Int32Array, features: DenseMatrix) => ProductProvider) | undefined;
}

/**
 * Farthest-point sampling in kernel distance, for each species of the centre separately. The first
 * point of a species is drawn with a generator seeded by (seed, species order), so that adding a
 * species leaves the others unchanged.
 *
 * @param features - (n × d), all candidate environments
 * @param species - atomic number of each candidate, length n
 * @throws StudioError `INVALID_PARAMETER` when there are fewer candidates than points
 */
export async function selectActiveSet(
  features: DenseMatrix,
  species: Uint8Array,
  options: ActiveSetOptions,
  backend: NumericsBackend,
): Promise<ActiveSetSelection> {
  return selectBySpecies(
    features,
    species,
    options.allotment ?? allotActivePoints(species, options.size),
    async (rows, members, requested, atomicNumber) => {
      const random = createRandom(options.seed * 256 + atomicNumber);
      const first = integerBelow(random, members.length);
      const products = options.productsFor?.(members, rows);
      const found = await farthestPoints(rows, options.zeta, requested, first, backend, products);
      return { indices: found.indices, diagnostics: [] };
    },
    duplicateDiagnostics,
  );
}

/** What one species' selector found: indices into the rows it was given, in order of selection. */
interface SpeciesChoice {
  readonly indices: Int32Array;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Selects among the candidates of each species separately, species ascending: what every selection
 * method shares.
 *
 * @param features - (n × d), all candidate environments
 * @param species - atomic number of each candidate, length n
 * @param allotment - points per atomic number; species with 0 are left out
 * @param select - chooses among `rows`, the candidates `members` of one species
 * @param shortage - what to say of a species that got fewer points than requested
 * @throws StudioError `INVALID_PARAMETER` when there are fewer candidates than points or features
 * that are not finite, `INCOMPATIBLE_SHAPE`
 */
export async function selectBySpecies(
  features: DenseMatrix,
  species: Uint8Array,
  allotment: ReadonlyMap<number, number>,
  select: (
    rows: DenseMatrix,
    members: Int32Array,
    requested: number,
    atomicNumber: number,
  ) => Promise<SpeciesChoice>,
  shortage: (entry: SpeciesAllotment) => readonly Diagnostic[],
): Promise<ActiveSetSelection> {
  requireFinite(features.data, "features of the active-set candidates");
  requireSpecies(species, features.rows);
  const indices: number[] = [];
  const entries: SpeciesAllotment[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [atomicNumber, requested] of [...allotment].sort(([a], [b]) => a - b)) {
    const members = indicesOf(species, atomicNumber);
    requireEnough(members.length, requested, atomicNumber);
    if (requested === 0) continue;
    // One species (the common case) needs no copy of the candidates.
    const rows = members.length === features.rows ? features : gatherRows(features, members);
    const choice = await select(rows, members, requested, atomicNumber);
    const selected = choice.indices.length;
    const entry = { species: atomicNumber, nCandidates: members.length, requested, selected };
    for (const index of choice.indices) indices.push(members[index]!);
    entries.push(entry);
    diagnostics.push(...choice.diagnostics, ...(selected < requested ? shortage(entry) : []));
  }
  return {
    indices: Int32Array.from(indices),
    species: Uint8Array.from(indices, (index) => species[index]!),
    allotment: entries,
    diagnostics,
  };
}

/**
 * The active set given by environment indices, in that order (to reproduce other codes).
 *
 * @param species - atomic number of each candidate environment
 * @throws StudioError `INVALID_PARAMETER` when empty, out of range or repeated
 */
export function explicitActiveSet(
  indices: readonly number[],
  species: Uint8Array,
): ActiveSetSelection {
  if (indices.length === 0) {
    throw new StudioError("INVALID_PARAMETER", "the active set lists no environments");
  }
  const seen = new Set<number>();
  for (const index of indices) {
    if (!(Number.isInteger(index) && index >= 0 && index < species.length)) {
      throw new StudioError(
        "INVALID_PARAMETER",
        `active-set index ${index}: expected an environment from 0 to ${species.length - 1}`,
      );
    }
    if (seen.has(index)) {
      throw new StudioError("INVALID_PARAMETER", `active-set index ${index} is listed twice`);
    }
    seen.add(index);
  }
  const selected = Uint8Array.from(indices, (index) => species[index]!);
  const allotment = [...countSpecies(selected)].map(([atomicNumber, count]) => ({
    species: atomicNumber,
    nCandidates: indicesOf(species, atomicNumber).length,
    requested: count,
    selected: count,
  }));
  return { indices: Int32Array.from(indices), species: selected, allotment, diagnostics: [] };
}

/**
 * Divides `size` points among the species: one each, the rest in proportion to the environments
 * left (largest remainder, ties to the lower atomic number), never more than a species has.
 *
 * @param species - atomic number of each candidate environment
 * @returns points per atomic number, ascending; together `size`
 * @throws StudioError `INVALID_PARAMETER` when there are more species than points, or fewer
 * candidates than points
 */
export function allotActivePoints(species: Uint8Array, size: number): ReadonlyMap<number, number> {
  const counts = countSpecies(species);
  if (!(Number.isInteger(size) && size >= Math.max(1, counts.size) && size <= species.length)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `the active set has ${size} points, expected from ${Math.max(1, counts.size)} (one a ` +
        `species) to ${species.length} (the candidate environments)`,
      { remedy: "Change model.activeSet.size, or add datasets to model.activeSet.from." },
    );
  }
  const spare = size - counts.size;
  const left = species.length - counts.size;
  const shares = [...counts].map(([atomicNumber, count]) => {
    const exact = left === 0 ? 0 : (spare * (count - 1)) / left;
    return { atomicNumber, points: 1 + Math.floor(exact), remainder: exact - Math.floor(exact) };
  });
  let missing = size - shares.reduce((sum, share) => sum + share.points, 0);
  const order = [...shares].sort(
    (a, b) => b.remainder - a.remainder || a.atomicNumber - b.atomicNumber,
  );
  for (const share of order) {
    if (missing === 0) break;
    share.points++;
    missing--;
  }
  return new Map(shares.map((share) => [share.atomicNumber, share.points]));
}

function countSpecies(species: Uint8Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const atomicNumber of species.slice().sort()) {
    counts.set(atomicNumber, (counts.get(atomicNumber) ?? 0) + 1);
  }
  return counts;
}

function indicesOf(species: Uint8Array, atomicNumber: number): Int32Array {
  const out: number[] = [];
  species.forEach((value, index) => {
    if (value === atomicNumber) out.push(index);
  });
  return Int32Array.from(out);
}

function requireSpecies(species: Uint8Array, nRows: number): void {
  if (species.length === nRows) return;
  throw new StudioError(
    "INCOMPATIBLE_SHAPE",
    `species of the active-set candidates: got ${species.length}, expected ${nRows}`,
  );
}

function requireEnough(available: number, requested: number, atomicNumber: number): void {
  if (Number.isInteger(requested) && requested >= 0 && requested <= available) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    `active points of atomic number ${atomicNumber}: ${requested} asked for, expected an integer ` +
      `from 0 to ${available} (its candidate environments)`,
  );
}

function duplicateDiagnostics(entry: SpeciesAllotment): readonly Diagnostic[] {
  return [
    {
      severity: "warning",
      code: "ACTIVE_SET_DUPLICATES",
      message:
        `Only ${entry.selected} of the ${entry.nCandidates} environments of atomic number ` +
        `${entry.species} are distinct; the active set was to have ${entry.requested}.`,
    },
  ];
}
