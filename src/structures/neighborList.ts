/** Neighbors within a cutoff over all periodic images, by linked cells. */
import { StudioError } from "../errors.ts";
import { buildCellGrid } from "./cellGrid.ts";
import type { CellGrid } from "./cellGrid.ts";
import type { Structure } from "./structure.ts";

/**
 * The neighbors of the centers `start` … `start + offsets.length − 2`. The pairs of center i are
 * `offsets[i − start]` … `offsets[i − start + 1] − 1`, in an order that depends only on structure
 * and cutoff. Every pair is listed from both sides; an atom's own images are neighbors, the atom
 * itself is not; r ≤ cutoff is inclusive.
 */
export interface NeighborList {
  /** First center. */
  readonly start: number;
  /** Length nCenters + 1. */
  readonly offsets: Int32Array;
  /** Atom index j of each pair, whichever image it is. */
  readonly neighbors: Int32Array;
  /** r_j − r_i + shift for each pair, Å, three components a pair. */
  readonly vectors: Float64Array;
}

/** Centers [start, end) whose neighbors are wanted. */
export interface CenterRange {
  readonly start: number;
  readonly end: number;
}

/** More pairs than this (about 3.6 GB) mean a cutoff far beyond any use. */
const MAX_PAIRS = 2 ** 27;

/**
 * All neighbors within `cutoff` of the atoms of a structure; any periodicity, triclinic cells,
 * cells smaller than the cutoff, positions outside the cell. Time is linear in the atoms.
 *
 * @param cutoff - Å, hard and inclusive.
 * @param range - only these centers (default: all), so that workers can share a big structure.
 * @throws StudioError INVALID_PARAMETER for a cutoff that is not positive and finite, a range
 *   outside the structure, or a periodic structure without a proper cell; OUT_OF_MEMORY beyond
 *   2²⁷ pairs.
 */
export function neighborList(
  structure: Structure,
  cutoff: number,
  range: CenterRange = { start: 0, end: structure.nAtoms },
): NeighborList {
  return neighborsOfRange(buildCellGrid(structure, cutoff), range);
}

/**
 * Like {@link neighborList}, on a grid that is built once and used for several ranges.
 * @throws StudioError INVALID_PARAMETER, OUT_OF_MEMORY.
 */
export function neighborsOfRange(grid: CellGrid, range: CenterRange): NeighborList {
  const { start, end } = range;
  const valid = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end;
  if (!valid || end > grid.nAtoms) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `The range of centers is ${String(start)}:${String(end)}; expected whole numbers within 0:${String(grid.nAtoms)}.`,
    );
  }
  const search = new PairSearch(grid, end - start);
  const bins = binsOfCenters(grid, range);
  for (const bin of bins) {
    search.gather(bin);
    for (let entry = grid.binStart[bin]!; entry < grid.binStart[bin + 1]!; entry++) {
      const center = grid.order[entry]!;
      if (center >= start && center < end) search.findNeighbors(center, center - start);
    }
  }
  return search.inCenterOrder(start);
}

/** The bins that hold a wanted center, each once, ascending. */
function binsOfCenters(grid: CellGrid, { start, end }: CenterRange): Int32Array {
  if (end - start === grid.nAtoms) return Int32Array.from(filledBins(grid));
  const bins = grid.binOfAtom.slice(start, end).sort();
  let count = 0;
  for (let i = 0; i < bins.length; i++) {
    if (i === 0 || bins[i] !== bins[i - 1]) bins[count++] = bins[i]!;
  }
  return bins.subarray(0, count);
}

function* filledBins({ binStart }: CellGrid): Generator<number, void, undefined> {
  for (let bin = 0; bin + 1 < binStart.length; bin++) {
    if (binStart[bin + 1]! > binStart[bin]!) yield bin;
  }
}

/** Growable buffers of one search: candidates around one bin, and the pairs found so far. */
class PairSearch {
  readonly #grid: CellGrid;
  /** Atom and Cartesian position of each candidate image around the current bin. */
  #candidates = new Int32Array(256);
  #candidatePositions = new Float64Array(768);
  /** 1 for an atom's own image (no shift), 0 for the others. */
  #isHome = new Uint8Array(256);
  #nCandidates = 0;
  readonly #firstPair: Int32Array;
  readonly #pairCount: Int32Array;
  #neighbors: Int32Array;
  #vectors: Float64Array;
  #nPairs = 0;

  constructor(grid: CellGrid, nCenters: number) {
    this.#grid = grid;
    this.#firstPair = new Int32Array(nCenters);
    this.#pairCount = new Int32Array(nCenters);
    const room = Math.max(64, 32 * nCenters);
    this.#neighbors = new Int32Array(room);
    this.#vectors = new Float64Array(3 * room);
  }

  /** Collects every image that can be within the cutoff of any point of `bin`. */
  gather(bin: number): void {
    const { binCounts, reach } = this.#grid;
    const [nx, ny, nz] = binCounts;
    const bx = Math.floor(bin / (ny * nz));
    const by = Math.floor(bin / nz) % ny;
    const bz = bin % nz;
    this.#nCandidates = 0;
    const x = span(this.#grid, 0, bx);
    const y = span(this.#grid, 1, by);
    const z = span(this.#grid, 2, bz);
    const low = [bx / nx - reach[0], by / ny - reach[1], bz / nz - reach[2]] as const;
    const high = [
      (bx + 1) / nx + reach[0],
      (by + 1) / ny + reach[1],
      (bz + 1) / nz + reach[2],
    ] as const;
    for (let ix = x.first; ix <= x.last; ix++) {
      const sx = Math.floor(ix / nx);
      for (let iy = y.first; iy <= y.last; iy++) {
        const sy = Math.floor(iy / ny);
        const row = ((ix - sx * nx) * ny + (iy - sy * ny)) * nz;
        for (let iz = z.first; iz <= z.last; iz++) {
          const sz = Math.floor(iz / nz);
          this.#gatherBin(row + iz - sz * nz, sx, sy, sz, low, high);
        }
      }
    }
  }

  #gatherBin(
    bin: number,
    sx: number,
    sy: number,
    sz: number,
    low: readonly [number, number, number],
    high: readonly [number, number, number],
  ): void {
    const { order, binStart, fractional, wrapped, cell } = this.#grid;
    const shiftX = sx * cell[0]! + sy * cell[3]! + sz * cell[6]!;
    const shiftY = sx * cell[1]! + sy * cell[4]! + sz * cell[7]!;
    const shiftZ = sx * cell[2]! + sy * cell[5]! + sz * cell[8]!;
    const home = sx === 0 && sy === 0 && sz === 0 ? 1 : 0;
    const last = binStart[bin + 1]!;
    let n = this.#nCandidates;
    if (n + last - binStart[bin]! > this.#candidates.length) this.#growCandidates(last);
    const candidates = this.#candidates;
    const positions = this.#candidatePositions;
    const isHome = this.#isHome;
    for (let entry = binStart[bin]!; entry < last; entry++) {
      const atom = order[entry]!;
      const a = fractional[3 * atom]! + sx;
      if (a < low[0] || a > high[0]) continue;
      const b = fractional[3 * atom + 1]! + sy;
      if (b < low[1] || b > high[1]) continue;
      const c = fractional[3 * atom + 2]! + sz;
      if (c < low[2] || c > high[2]) continue;
      candidates[n] = atom;
      isHome[n] = home;
      positions[3 * n] = wrapped[3 * atom]! + shiftX;
      positions[3 * n + 1] = wrapped[3 * atom + 1]! + shiftY;
      positions[3 * n + 2] = wrapped[3 * atom + 2]! + shiftZ;
      n++;
    }
    this.#nCandidates = n;
  }

  #growCandidates(more: number): void {
    const size = 2 * (this.#nCandidates + more);
    this.#candidates = grownInt32(this.#candidates, size);
    this.#candidatePositions = grownFloat64(this.#candidatePositions, 3 * size);
    const isHome = new Uint8Array(size);
    isHome.set(this.#isHome);
    this.#isHome = isHome;
  }

  /** Appends the pairs of `center`, which lies in the bin last gathered. */
  findNeighbors(center: number, slot: number): void {
    const { wrapped, cutoff } = this.#grid;
    const first = this.#nPairs;
    const nCandidates = this.#nCandidates;
    if (first + nCandidates > this.#neighbors.length) this.#growPairs(first + nCandidates);
    const candidates = this.#candidates;
    const positions = this.#candidatePositions;
    const isHome = this.#isHome;
    const neighbors = this.#neighbors;
    const vectors = this.#vectors;
    const x = wrapped[3 * center]!;
    const y = wrapped[3 * center + 1]!;
    const z = wrapped[3 * center + 2]!;
    const limit = cutoff * cutoff;
    let n = first;
    for (let k = 0; k < nCandidates; k++) {
      const dx = positions[3 * k]! - x;
      const dy = positions[3 * k + 1]! - y;
      const dz = positions[3 * k + 2]! - z;
      if (dx * dx + dy * dy + dz * dz > limit) continue;
      const neighbor = candidates[k]!;
      if (neighbor === center && isHome[k] === 1) continue;
      neighbors[n] = neighbor;
      vectors[3 * n] = dx;
      vectors[3 * n + 1] = dy;
      vectors[3 * n + 2] = dz;
      n++;
    }
    this.#firstPair[slot] = first;
    this.#pairCount[slot] = n - first;
    this.#nPairs = n;
  }

  #growPairs(needed: number): void {
    if (this.#nPairs > MAX_PAIRS) {
      throw new StudioError(
        "OUT_OF_MEMORY",
        `The structure has more than ${String(MAX_PAIRS)} pairs within ${String(this.#grid.cutoff)} Å.`,
        { remedy: "Choose a smaller cutoff." },
      );
    }
    const size = Math.ceil(1.5 * needed);
    this.#neighbors = grownInt32(this.#neighbors, size);
    this.#vectors = grownFloat64(this.#vectors, 3 * size);
  }

  /** The pairs sorted by center: they were found bin by bin. */
  inCenterOrder(start: number): NeighborList {
    const nCenters = this.#firstPair.length;
    const offsets = new Int32Array(nCenters + 1);
    const neighbors = new Int32Array(this.#nPairs);
    const vectors = new Float64Array(3 * this.#nPairs);
    let target = 0;
    for (let slot = 0; slot < nCenters; slot++) {
      const first = this.#firstPair[slot]!;
      const end = first + this.#pairCount[slot]!;
      for (let source = first; source < end; source++) {
        neighbors[target] = this.#neighbors[source]!;
        vectors[3 * target] = this.#vectors[3 * source]!;
        vectors[3 * target + 1] = this.#vectors[3 * source + 1]!;
        vectors[3 * target + 2] = this.#vectors[3 * source + 2]!;
        target++;
      }
      offsets[slot + 1] = target;
    }
    return { start, offsets, neighbors, vectors };
  }
}

/** Bins along direction d, images included, that reach into the surroundings of bin `b`. */
function span(grid: CellGrid, d: 0 | 1 | 2, b: number): { first: number; last: number } {
  const n = grid.binCounts[d];
  const first = Math.floor(b - grid.reach[d] * n);
  const last = Math.floor(b + 1 + grid.reach[d] * n);
  if (grid.pbc[d]) return { first, last };
  return { first: Math.max(0, first), last: Math.min(n - 1, last) };
}

function grownInt32(values: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(size);
  grown.set(values);
  return grown;
}

function grownFloat64(values: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(size);
  grown.set(values);
  return grown;
}
