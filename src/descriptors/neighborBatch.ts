/** From a neighbour list to the neighbourhoods that the power spectrum reads. */
import { StudioError } from "../errors.ts";
import type { NeighborBatch } from "../numerics/backend.ts";
import { speciesSymbol } from "../structures/species.ts";
import type { Structure } from "../structures/structure.ts";

/** Atoms closer than this, Å, are the same atom listed twice. */
const MIN_DISTANCE = 1e-3;

/** Neighbours of consecutive centres: entries `offsets[i] … offsets[i + 1] − 1` belong to centre i. */
export interface CenterNeighbors {
  /** Length nCenters + 1, `offsets[0] = 0`. */
  readonly offsets: Int32Array;
  /** Index of the neighbour atom (of whichever periodic image). */
  readonly neighbors: Int32Array;
  /** r_j − r_i including the image shift, Å, three components each. */
  readonly vectors: Float64Array;
}

/**
 * The neighbourhoods of the atoms `firstCenter … firstCenter + nCenters − 1`.
 *
 * @param list - neighbours of exactly those atoms; `vectors` is shared with the result, not copied
 * @param species - sorted atomic numbers of the plan
 * @throws StudioError `INVALID_FILE` when two atoms are closer than 1e-3 Å (both are named, 0-based),
 * `INVALID_PARAMETER` when an atom's species is not in `species`
 */
export function neighborBatchFromList(
  structure: Structure,
  list: CenterNeighbors,
  species: Uint8Array,
  firstCenter: number,
): NeighborBatch {
  const { offsets, neighbors, vectors } = list;
  const nEnvironments = offsets.length - 1;
  const channels = channelTable(species);
  const centerSpecies = new Int32Array(nEnvironments);
  for (let i = 0; i < nEnvironments; i += 1) {
    centerSpecies[i] = channelOf(structure, firstCenter + i, channels, species);
  }
  const neighborSpecies = new Int32Array(neighbors.length);
  for (let i = 0; i < nEnvironments; i += 1) {
    for (let pair = offsets[i]!; pair < offsets[i + 1]!; pair += 1) {
      const neighbor = neighbors[pair]!;
      const x = vectors[3 * pair]!;
      const y = vectors[3 * pair + 1]!;
      const z = vectors[3 * pair + 2]!;
      if (x * x + y * y + z * z < MIN_DISTANCE * MIN_DISTANCE) {
        throw overlapError(structure, firstCenter + i, neighbor, Math.hypot(x, y, z));
      }
      neighborSpecies[pair] = channelOf(structure, neighbor, channels, species);
    }
  }
  return { nEnvironments, offsets, centerSpecies, neighborSpecies, vectors };
}

/** Density channel of every atomic number, −1 for those that have none. */
function channelTable(species: Uint8Array): Int32Array {
  const channels = new Int32Array(256).fill(-1);
  species.forEach((atomicNumber, index) => {
    channels[atomicNumber] = index;
  });
  return channels;
}

/** Looked up atom by atom: a block of a large structure must not cost a pass over all of it. */
function channelOf(
  structure: Structure,
  atom: number,
  channels: Int32Array,
  species: Uint8Array,
): number {
  const atomicNumber = structure.species[atom]!;
  const channel = channels[atomicNumber]!;
  if (channel >= 0) return channel;
  const known = Array.from(species, speciesSymbol).join(", ");
  throw new StudioError(
    "INVALID_PARAMETER",
    `atom ${atom} (counting from 0) is ${speciesSymbol(atomicNumber)}, but the descriptor covers only ${known}`,
    { remedy: "Build the descriptor from the species of all datasets." },
  );
}

function overlapError(
  structure: Structure,
  center: number,
  neighbor: number,
  distance: number,
): StudioError {
  const name = (atom: number): string => `${speciesSymbol(structure.species[atom] ?? 0)} ${atom}`;
  const subject =
    center === neighbor
      ? `atom ${name(center)} and its own periodic image`
      : `atoms ${name(center)} and ${name(neighbor)} (counting from 0)`;
  return new StudioError(
    "INVALID_FILE",
    `${subject} are ${distance.toExponential(1)} Å apart; expected at least ${MIN_DISTANCE} Å`,
    { remedy: "Remove the duplicate atom or check the cell." },
  );
}
