import type { DisplayStructure } from "../../src/contract/display.ts";

/** A structure ready to draw, carbon unless species are given. */
export function displayStructure(
  positions: readonly (readonly [number, number, number])[],
  species: readonly number[] = positions.map(() => 6),
): DisplayStructure {
  return {
    nAtoms: positions.length,
    species: Uint8Array.from(species),
    positions: Float32Array.from(positions.flat()),
    cell: null,
    pbc: [false, false, false],
    info: {},
    columns: [],
    coordination: new Uint8Array(positions.length),
  };
}
