/** Which crystals are worth computing: volume per atom and closest contact. */
import { StudioError } from "../errors.ts";
import { cellVolume } from "../structures/cell.ts";
import { neighborList } from "../structures/neighborList.ts";
import { covalentRadius, distinctSpecies } from "../structures/species.ts";
import type { Structure } from "../structures/structure.ts";

/** Bounds; what is left out does not reject. */
export interface CrystalFilters {
  /** Smallest and largest volume, Å³ per atom. Sheets have none and pass. */
  readonly volumePerAtom?: readonly [number, number] | undefined;
  /** Shortest distance allowed, Å. */
  readonly shortestDistance?: number | undefined;
  /** Shortest distance allowed, as a part of the sum of the covalent radii, up to 1.5. */
  readonly shortestRelative?: number | undefined;
}

/** The closest two atoms of a structure, periodic images included. */
export interface ClosestContact {
  /** Å. */
  readonly distance: number;
  /** Smallest r / (r₁ + r₂), covalent radii; exact below 1.5. */
  readonly relative: number;
}

const MAX_RELATIVE = 1.5;

/**
 * Finds the closest contact.
 * @param structure - periodic in at least one direction
 * @throws StudioError `INVALID_PARAMETER` for a cell without volume
 */
export function closestContact(structure: Structure): ClosestContact {
  const { cell, pbc, species } = structure;
  const lengths = [0, 1, 2]
    .filter((d) => pbc[d] === true)
    .map((d) => Math.hypot(...(cell ?? new Float64Array(9)).subarray(3 * d, 3 * d + 3)));
  const radii = Float64Array.from(species, covalentRadius);
  const widest = 2 * Math.max(...distinctSpecies(species).map(covalentRadius));
  // An atom's own image along the shortest vector is always found; rounding must not lose it.
  const reach = Math.max(Math.min(...lengths) * (1 + 1e-12), MAX_RELATIVE * widest);
  const { offsets, neighbors, vectors } = neighborList(structure, reach);
  let distance = Infinity;
  let relative = Infinity;
  for (let atom = 0; atom + 1 < offsets.length; atom++) {
    for (let pair = offsets[atom] ?? 0; pair < (offsets[atom + 1] ?? 0); pair++) {
      const r = Math.hypot(...vectors.subarray(3 * pair, 3 * pair + 3));
      distance = Math.min(distance, r);
      const sum = (radii[atom] ?? 0) + (radii[neighbors[pair] ?? 0] ?? 0);
      relative = Math.min(relative, r / sum);
    }
  }
  return { distance, relative };
}

/** Volume per atom, Å³; null for a structure that is not periodic in all directions. */
export function volumePerAtom({ cell, pbc, nAtoms }: Structure): number | null {
  if (cell === null || !pbc.every(Boolean)) return null;
  return cellVolume(cell) / nAtoms;
}

/**
 * Checks bounds before they are used.
 * @throws StudioError `INVALID_PARAMETER` for bounds that are not positive or in the wrong order
 */
export function requireFilters(filters: CrystalFilters): void {
  const { volumePerAtom: volume, shortestDistance, shortestRelative } = filters;
  if (volume !== undefined && !(volume[0] >= 0 && volume[0] < volume[1])) {
    throw invalid(`volumePerAtom is ${volume.join(" to ")} Å³; expected 0 ≤ smallest < largest`);
  }
  if (shortestDistance !== undefined && !(shortestDistance >= 0 && shortestDistance < 1e3)) {
    throw invalid(`shortestDistance is ${shortestDistance} Å; expected a distance ≥ 0`);
  }
  const relative = shortestRelative ?? 0;
  if (!(relative >= 0 && relative <= MAX_RELATIVE)) {
    throw invalid(`shortestRelative is ${relative}; expected a number from 0 to ${MAX_RELATIVE}`);
  }
}

function invalid(message: string): StudioError {
  return new StudioError("INVALID_PARAMETER", message);
}

/**
 * Why a crystal is left out.
 * @param volume - Å³ per atom, null for a sheet
 * @returns null when it passes
 */
export function filterReason(
  volume: number | null,
  contact: ClosestContact,
  filters: CrystalFilters,
): "volume" | "overlap" | null {
  const [smallest, largest] = filters.volumePerAtom ?? [0, Infinity];
  if (volume !== null && (volume < smallest || volume > largest)) return "volume";
  const isTooClose =
    contact.distance < (filters.shortestDistance ?? 0) ||
    contact.relative < (filters.shortestRelative ?? 0);
  return isTooClose ? "overlap" : null;
}
