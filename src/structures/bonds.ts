/** Pairs of bonded atoms, for drawing: the pairs that coordination numbers count. */
import { StudioError } from "../errors.ts";
import { inverseCell } from "./cell.ts";
import { buildCellGrid, type CellGrid } from "./cellGrid.ts";
import { bondCutoff, type PairCutoffs } from "./coordination.ts";
import { neighborsOfRange, type NeighborList } from "./neighborList.ts";
import { distinctSpecies } from "./species.ts";
import type { Structure } from "./structure.ts";

/** Every bond once. */
export interface BondList {
  /** Atoms i ≤ j of each bond, two a bond. */
  readonly pairs: Int32Array;
  /**
   * Image of atom j, in whole cell vectors a, b, c from where the file has it, three a bond: the
   * bond is r_j + shift · cell − r_i.
   */
  readonly shifts: Int16Array;
}

/** Centers whose neighbors are held at a time: memory is bounded by the bonds, not by all pairs. */
const BLOCK = 4096;

/** More bonds (about 230 MB) are more than any screen can tell apart. */
const MAX_BONDS = 2 ** 24;

const LARGEST_SHIFT = 2 ** 15 - 1;

/**
 * All bonds of a structure over its periodic images: pairs no farther apart than their
 * {@link bondCutoff}. A bond of an atom to its own image is listed once, from one side.
 * @throws StudioError INVALID_PARAMETER for a bad cutoff or cell, or atoms more than 32 767 cells
 *   outside it; OUT_OF_MEMORY beyond 2²⁴ bonds.
 */
export function bondList(structure: Structure, cutoffs: PairCutoffs = {}): BondList {
  const species = distinctSpecies(structure.species);
  if (species.length === 0) return { pairs: new Int32Array(0), shifts: new Int16Array(0) };
  const limits = new Float64Array(256 * 256);
  let longest = 0;
  for (const first of species) {
    for (const second of species) {
      const cutoff = bondCutoff(first, second, cutoffs);
      limits[256 * first + second] = cutoff * cutoff;
      longest = Math.max(longest, cutoff);
    }
  }
  const grid = buildCellGrid(structure, longest);
  const bonds = new BondCollector(structure, grid, limits);
  for (let start = 0; start < structure.nAtoms; start += BLOCK) {
    const end = Math.min(structure.nAtoms, start + BLOCK);
    bonds.add(neighborsOfRange(grid, { start, end }));
  }
  return bonds.list();
}

class BondCollector {
  readonly #structure: Structure;
  readonly #cell: Float64Array;
  readonly #inverse: Float64Array;
  readonly #limits: Float64Array;
  readonly #shift = new Int32Array(3);
  #pairs = new Int32Array(2 * 1024);
  #shifts = new Int16Array(3 * 1024);
  #count = 0;

  constructor(structure: Structure, grid: CellGrid, limits: Float64Array) {
    this.#structure = structure;
    this.#cell = grid.cell;
    this.#inverse = inverseCell(grid.cell);
    this.#limits = limits;
  }

  add({ start, offsets, neighbors, vectors }: NeighborList): void {
    const { species } = this.#structure;
    for (let slot = 0; slot + 1 < offsets.length; slot++) {
      const i = start + slot;
      for (let pair = offsets[slot]!; pair < offsets[slot + 1]!; pair++) {
        const j = neighbors[pair]!;
        if (j < i) continue;
        const x = vectors[3 * pair]!;
        const y = vectors[3 * pair + 1]!;
        const z = vectors[3 * pair + 2]!;
        if (x * x + y * y + z * z > this.#limits[256 * species[i]! + species[j]!]!) continue;
        this.#findShift(i, j, x, y, z);
        if (j > i || isForward(this.#shift)) this.#push(i, j);
      }
    }
  }

  /** The vector of the pair, less that between the atoms as they stand, in cell vectors. */
  #findShift(i: number, j: number, x: number, y: number, z: number): void {
    const { positions, pbc } = this.#structure;
    const dx = x - positions[3 * j]! + positions[3 * i]!;
    const dy = y - positions[3 * j + 1]! + positions[3 * i + 1]!;
    const dz = z - positions[3 * j + 2]! + positions[3 * i + 2]!;
    for (let d = 0; d < 3; d++) {
      const along =
        dx * this.#inverse[d]! + dy * this.#inverse[3 + d]! + dz * this.#inverse[6 + d]!;
      const whole = pbc[d] === true ? Math.round(along) : 0;
      if (Math.abs(whole) > LARGEST_SHIFT) throw farOutside(i, this.#cell);
      this.#shift[d] = whole;
    }
  }

  #push(i: number, j: number): void {
    const n = this.#count;
    if (n === MAX_BONDS) {
      throw new StudioError(
        "OUT_OF_MEMORY",
        `The structure has more than ${String(MAX_BONDS)} bonds.`,
        { remedy: "Look at a smaller structure, or without bonds." },
      );
    }
    if (2 * n === this.#pairs.length) {
      const [pairs, shifts] = [this.#pairs, this.#shifts];
      this.#pairs = new Int32Array(2 * pairs.length);
      this.#pairs.set(pairs);
      this.#shifts = new Int16Array(2 * shifts.length);
      this.#shifts.set(shifts);
    }
    this.#pairs[2 * n] = i;
    this.#pairs[2 * n + 1] = j;
    this.#shifts.set(this.#shift, 3 * n);
    this.#count = n + 1;
  }

  list(): BondList {
    return {
      pairs: this.#pairs.slice(0, 2 * this.#count),
      shifts: this.#shifts.slice(0, 3 * this.#count),
    };
  }
}

/** One of the two directions of a bond to an own image. */
function isForward(shift: Int32Array): boolean {
  const first = shift.find((value) => value !== 0);
  return first !== undefined && first > 0;
}

function farOutside(atom: number, cell: Float64Array): StudioError {
  return new StudioError(
    "INVALID_PARAMETER",
    `Atom ${String(atom + 1)} is more than ${String(LARGEST_SHIFT)} cells away from its neighbors; the shortest cell vector is ${String(
      Math.min(...[0, 3, 6].map((k) => Math.hypot(cell[k]!, cell[k + 1]!, cell[k + 2]!))),
    )} Å.`,
    { remedy: "Move the atoms into the cell before saving the file." },
  );
}
