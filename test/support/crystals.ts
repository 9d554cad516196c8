/** Small periodic crystals. */
import type { Structure } from "../../src/structures/structure.ts";

/** Atomic numbers, positions in Å (3 each) and cell vectors as rows. */
export function crystal(species: number[], positions: number[], cell: number[]): Structure {
  return {
    nAtoms: species.length,
    species: Uint8Array.from(species),
    positions: Float64Array.from(positions),
    cell: Float64Array.from(cell),
    pbc: [true, true, true],
    info: {},
    columns: {},
  };
}

/** Two atoms in the primitive cell of a cubic lattice constant, Å. */
export function zincblende(first: number, second: number, a: number): Structure {
  const h = a / 2;
  return crystal([first, second], [0, 0, 0, a / 4, a / 4, a / 4], [0, h, h, h, 0, h, h, h, 0]);
}
