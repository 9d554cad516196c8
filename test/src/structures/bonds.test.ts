import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bondList } from "../../../src/structures/bonds.ts";
import { coordinationNumbers } from "../../../src/structures/coordination.ts";
import type { Structure } from "../../../src/structures/structure.ts";

function carbon(
  positions: readonly number[],
  cell: readonly number[] | null,
  pbc: Structure["pbc"] = [cell !== null, cell !== null, cell !== null],
): Structure {
  return {
    nAtoms: positions.length / 3,
    species: new Uint8Array(positions.length / 3).fill(6),
    positions: Float64Array.from(positions),
    cell: cell === null ? null : Float64Array.from(cell),
    pbc,
    info: {},
    columns: new Map(),
  } as unknown as Structure;
}

/** r_j + shift · cell − r_i of every bond. */
function bondLengths(structure: Structure): number[] {
  const { pairs, shifts } = bondList(structure);
  const { positions, cell } = structure;
  return Array.from({ length: pairs.length / 2 }, (_, k) => {
    const [i, j] = [pairs[2 * k]!, pairs[2 * k + 1]!];
    const vector = [0, 1, 2].map((axis) => {
      let value = positions[3 * j + axis]! - positions[3 * i + axis]!;
      for (let d = 0; d < 3; d++) value += shifts[3 * k + d]! * (cell?.[3 * d + axis] ?? 0);
      return value;
    });
    return Math.hypot(...vector);
  });
}

describe("bonds", () => {
  it("lists each bond once, with the image it goes to", () => {
    const pair = carbon([0.1, 0, 0, 9.6, 0, 0], [10, 0, 0, 0, 10, 0, 0, 0, 10]);
    expect(bondList(pair)).toEqual({
      pairs: Int32Array.of(0, 1),
      shifts: Int16Array.of(-1, 0, 0),
    });
    expect(bondLengths(pair)[0]).toBeCloseTo(0.5, 12);
  });

  it("refers shifts to atoms where the file has them, also outside the cell", () => {
    const pair = carbon([30.1, 0, 0, 0.9, 0, -20], [10, 0, 0, 0, 10, 0, 0, 0, 10]);
    expect([...bondList(pair).shifts]).toEqual([3, 0, 2]);
    expect(bondLengths(pair)[0]).toBeCloseTo(0.8, 12);
  });

  it("lists the bond of an atom to its own image from one side", () => {
    const chain = carbon([0, 0, 0], [1.4, 0, 0, 0, 9, 0, 0, 0, 9]);
    expect([...bondList(chain).pairs]).toEqual([0, 0]);
    expect([...bondList(chain).shifts]).toEqual([1, 0, 0]);
  });

  it("does not cross a boundary that is not periodic", () => {
    const cell = [10, 0, 0, 0, 10, 0, 0, 0, 10];
    expect(bondList(carbon([0.1, 0, 0, 9.6, 0, 0], cell, [false, true, true])).pairs).toHaveLength(
      0,
    );
    expect(bondList(carbon([], null)).pairs).toHaveLength(0);
  });

  it("agrees with the coordination numbers, in triclinic cells and across blocks", () => {
    const coordinate = fc.double({ min: -12, max: 12, noNaN: true });
    const shear = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 40 }),
        fc.tuple(shear, shear, shear),
        (atoms, [p, q, r]) => {
          const structure = carbon(atoms.flat(), [5, 0, 0, p, 4, 0, q, r, 3]);
          const { pairs } = bondList(structure);
          const counts = new Uint8Array(structure.nAtoms);
          for (const atom of pairs) counts[atom]! += 1;
          expect(counts).toEqual(coordinationNumbers(structure));
          for (const length of bondLengths(structure))
            expect(length).toBeLessThanOrEqual(1.82 + 1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });
});
