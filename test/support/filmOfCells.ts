/** Larger made-up films: diamond cells side by side, every atom shaken by itself. */
import { createRandom, uniform } from "../../src/random.ts";
import type { Structure } from "../../src/structures/structure.ts";
import { diamondCell } from "./carbonCells.ts";

/** A film of nx × ny × nz cells of 8 atoms. */
export function filmOfCells(counts: readonly [number, number, number], seed: number): Structure {
  const unit = diamondCell(seed);
  const random = createRandom(seed + 1000);
  const a = unit.cell?.[0] ?? 3.57;
  const [nx, ny, nz] = counts;
  const nAtoms = 8 * nx * ny * nz;
  const positions = new Float64Array(3 * nAtoms);
  for (let i = 0; i < nAtoms; i++) {
    const cell = Math.floor(i / 8);
    const at = [cell % nx, Math.floor(cell / nx) % ny, Math.floor(cell / (nx * ny))];
    for (let axis = 0; axis < 3; axis++) {
      const within = unit.positions[3 * (i % 8) + axis] ?? 0;
      positions[3 * i + axis] = within + a * (at[axis] ?? 0) + 0.3 * (uniform(random) - 0.5);
    }
  }
  return {
    nAtoms,
    species: new Uint8Array(nAtoms).fill(6),
    positions,
    cell: Float64Array.of(nx * a, 0, 0, 0, ny * a, 0, 0, 0, nz * a),
    pbc: [true, true, true],
    info: {},
    columns: {},
  };
}
