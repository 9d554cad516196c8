/** Growing a selection by one shell of neighbours, for the view only: no numbers depend on it. */
import type { DisplayStructure } from "../../../src/contract/display.ts";
import { covalentRadius } from "../../../src/structures/species.ts";

/** Bonds are at most this much longer than the sum of covalent radii. */
const BOND_TOLERANCE = 1.25;

interface CellGrid {
  readonly size: number;
  readonly origin: readonly [number, number, number];
  readonly shape: readonly [number, number, number];
  /** First entry of each grid cell in `atoms`, one more than there are cells. */
  readonly starts: Int32Array;
  readonly atoms: Int32Array;
}

/** Atoms as drawn, sorted into boxes of the bond length; coordinates are not wrapped. */
function buildGrid(positions: Float32Array, size: number): CellGrid {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    const axis = (i % 3) as 0 | 1 | 2;
    const value = positions[i] ?? 0;
    low[axis] = Math.min(low[axis], value);
    high[axis] = Math.max(high[axis], value);
  }
  const count = (axis: 0 | 1 | 2): number =>
    Math.max(1, Math.min(256, Math.floor((high[axis] - low[axis]) / size) + 1));
  const shape = [count(0), count(1), count(2)] as const;
  const nAtoms = positions.length / 3;
  const boxOf = new Int32Array(nAtoms);
  const starts = new Int32Array(shape[0] * shape[1] * shape[2] + 1);
  for (let atom = 0; atom < nAtoms; atom++) {
    const place = (axis: 0 | 1 | 2): number =>
      Math.min(shape[axis] - 1, Math.floor(((positions[3 * atom + axis] ?? 0) - low[axis]) / size));
    const box = (place(0) * shape[1] + place(1)) * shape[2] + place(2);
    boxOf[atom] = box;
    starts[box + 1] = (starts[box + 1] ?? 0) + 1;
  }
  for (let box = 0; box < starts.length - 1; box++) {
    starts[box + 1] = (starts[box + 1] ?? 0) + (starts[box] ?? 0);
  }
  const next = starts.slice();
  const atoms = new Int32Array(nAtoms);
  boxOf.forEach((box, atom) => {
    const at = next[box] ?? 0;
    atoms[at] = atom;
    next[box] = at + 1;
  });
  return { size, origin: low, shape, starts, atoms };
}

/** Calls `visit` for every atom in the boxes around a point. */
function visitNear(
  grid: CellGrid,
  x: number,
  y: number,
  z: number,
  visit: (atom: number) => void,
): void {
  const point = [x, y, z] as const;
  const span = (axis: 0 | 1 | 2): readonly [number, number] => {
    const at = Math.floor((point[axis] - grid.origin[axis]) / grid.size);
    const last = grid.shape[axis] - 1;
    return [Math.min(last, Math.max(0, at - 1)), Math.min(last, at + 1)];
  };
  const [xs, ys, zs] = [span(0), span(1), span(2)];
  for (let i = xs[0]; i <= xs[1]; i++) {
    for (let j = ys[0]; j <= ys[1]; j++) {
      const row = (i * grid.shape[1] + j) * grid.shape[2];
      const last = grid.starts[row + zs[1] + 1] ?? 0;
      for (let k = grid.starts[row + zs[0]] ?? 0; k < last; k++) visit(grid.atoms[k] ?? 0);
    }
  }
}

/** The periodic shifts of neighbouring images, home cell first. */
function imageShifts(structure: DisplayStructure): readonly (readonly [number, number, number])[] {
  const shifts: [number, number, number][] = [[0, 0, 0]];
  const { cell, pbc } = structure;
  if (cell === null) return shifts;
  const range = (axis: 0 | 1 | 2): readonly number[] => (pbc[axis] ? [0, -1, 1] : [0]);
  for (const a of range(0)) {
    for (const b of range(1)) {
      for (const c of range(2)) {
        if (a === 0 && b === 0 && c === 0) continue;
        const along = (axis: number): number =>
          a * (cell[axis] ?? 0) + b * (cell[3 + axis] ?? 0) + c * (cell[6 + axis] ?? 0);
        shifts.push([along(0), along(1), along(2)]);
      }
    }
  }
  return shifts;
}

/** The mask with every bonded neighbour of a selected atom added, across periodic boundaries too. */
export function growMask(structure: DisplayStructure, mask: Uint8Array): Uint8Array {
  const { positions, species } = structure;
  const radius = Float64Array.from(species, (z) => covalentRadius(z));
  const largest = radius.reduce((most, r) => Math.max(most, r), 0);
  const grid = buildGrid(positions, Math.max(0.5, 2 * largest * BOND_TOLERANCE));
  const grown = mask.slice();
  for (const [dx, dy, dz] of imageShifts(structure)) {
    for (let atom = 0; atom < species.length; atom++) {
      if (mask[atom] !== 1) continue;
      const x = (positions[3 * atom] ?? 0) + dx;
      const y = (positions[3 * atom + 1] ?? 0) + dy;
      const z = (positions[3 * atom + 2] ?? 0) + dz;
      visitNear(grid, x, y, z, (other) => {
        const bond = BOND_TOLERANCE * ((radius[atom] ?? 0) + (radius[other] ?? 0));
        const distance = Math.hypot(
          (positions[3 * other] ?? 0) - x,
          (positions[3 * other + 1] ?? 0) - y,
          (positions[3 * other + 2] ?? 0) - z,
        );
        if (distance <= bond) grown[other] = 1;
      });
    }
  }
  return grown;
}
