import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DisplayStructure } from "../../../../src/contract/display.ts";
import {
  measureAtoms,
  NOTHING_PICKED,
  pickNext,
  shortestVector,
} from "../../../../renderer/state/display/measure.ts";
import {
  environmentScope,
  neighborCount,
} from "../../../../renderer/state/display/environmentScope.ts";
import { displayStructure } from "../../../support/displayStructure.ts";

type Point = readonly [number, number, number];

function periodic(points: readonly Point[], cell: readonly number[]): DisplayStructure {
  return { ...displayStructure(points), cell: Float64Array.from(cell), pbc: [true, true, true] };
}

/** Points in a sheared cell of about 6 Å. */
const arbitrary = fc
  .record({
    points: fc.array(
      fc.tuple(...([0, 1, 2] as const).map(() => fc.double({ min: -9, max: 9, noNaN: true }))),
      { minLength: 2, maxLength: 12 },
    ),
    shear: fc.double({ min: -3, max: 3, noNaN: true }),
  })
  .map(({ points, shear }) =>
    periodic(points as unknown as Point[], [6, 0, 0, shear, 5, 0, 0, shear, 7]),
  );

/** Lengths of the vectors from one atom to all images of another, within four cells. */
function imageDistances(structure: DisplayStructure, from: number, to: number): number[] {
  const lengths: number[] = [];
  for (let a = -6; a <= 6; a++) {
    for (let b = -6; b <= 6; b++) {
      for (let c = -6; c <= 6; c++) {
        const vector = [0, 1, 2].map((axis) => {
          const { positions: p, cell } = structure;
          const shift = [a, b, c].reduce((sum, k, d) => sum + k * (cell?.[3 * d + axis] ?? 0), 0);
          return p[3 * to + axis]! - p[3 * from + axis]! + shift;
        });
        lengths.push(Math.hypot(...vector));
      }
    }
  }
  return lengths;
}

describe("measurements", () => {
  it("go the shortest way across periodic boundaries", () => {
    fc.assert(
      fc.property(arbitrary, (structure) => {
        const shortest = Math.min(...imageDistances(structure, 0, 1));
        expect(Math.hypot(...shortestVector(structure, 0, 1))).toBeCloseTo(shortest, 6);
      }),
      { numRuns: 60 },
    );
  });

  it("are exact in a cell so skewed that the nearest image is many cells away", () => {
    const skewed = periodic(
      [
        [0, 0, 0],
        [5.97, 0.09, 0],
      ],
      [10, 0, 0, 9.9, 0.3, 0, 0, 0, 8],
    );
    const found = Math.hypot(...shortestVector(skewed, 0, 1));
    let best = Infinity;
    for (let a = -40; a <= 40; a++) {
      for (let b = -40; b <= 40; b++) {
        best = Math.min(best, Math.hypot(5.97 + 10 * a + 9.9 * b, 0.09 + 0.3 * b));
      }
    }
    expect(best).toBeLessThan(3.8);
    expect(found).toBeCloseTo(best, 5);
  });

  it("cross only periodic boundaries, and none without a cell", () => {
    const points: readonly Point[] = [
      [0, 0, 0.5],
      [5.5, 0, 7.5],
    ];
    const slab: DisplayStructure = {
      ...periodic(points, [6, 0, 0, 0, 5, 0, 0, 0, 8]),
      pbc: [true, true, false],
    };
    const vector = shortestVector(slab, 0, 1);
    expect(vector[0]).toBeCloseTo(-0.5, 6);
    expect(vector[2]).toBeCloseTo(7, 6);
    expect(shortestVector(displayStructure(points), 0, 1)[0]).toBeCloseTo(5.5, 6);
  });

  it("measure an atom against its own image as nothing, and lone atoms not at all", () => {
    const lone = periodic([[1, 1, 1]], [3, 0, 0, 0, 3, 0, 0, 0, 3]);
    expect(measureAtoms(lone, [0])).toBeNull();
    expect(measureAtoms(lone, [0, 0])).toEqual({ kind: "distance", value: 0 });
  });

  it("are distance, angle at the second atom, and signed dihedral", () => {
    const atoms = displayStructure([
      [1, 0, 0],
      [0, 0, 0],
      [0, 1.5, 0],
      [0, 1.5, 2],
    ]);
    expect(measureAtoms(atoms, [1, 2])).toEqual({ kind: "distance", value: 1.5 });
    expect(measureAtoms(atoms, [0, 1, 2])?.value).toBeCloseTo(90, 9);
    expect(measureAtoms(atoms, [0, 1, 3])?.value).toBeCloseTo(90, 9);
    expect(measureAtoms(atoms, [0, 1, 2, 3])).toMatchObject({ kind: "dihedral" });
    const turn = measureAtoms(atoms, [0, 1, 2, 3])?.value ?? 0;
    // IUPAC: seen along the middle bond, the far bond stands 90° anticlockwise of the near one.
    expect(turn).toBeCloseTo(-90, 9);
    const bent = displayStructure([
      [1, 0, 0],
      [0, 0, 0],
      [-0.5, Math.sqrt(0.75), 0],
    ]);
    expect(measureAtoms(bent, [0, 1, 2])?.value).toBeCloseTo(120, 5);
    const mirrored = displayStructure([
      [1, 0, 0],
      [0, 0, 0],
      [0, 1.5, 0],
      [0, 1.5, -2],
    ]);
    expect(measureAtoms(mirrored, [0, 1, 2, 3])?.value).toBeCloseTo(-turn, 9);
    expect(measureAtoms(atoms, [0])).toBeNull();
    expect(measureAtoms(atoms, [0, 0, 1])).toBeNull();
  });

  it("follow the order of the clicks", () => {
    const first = pickNext(NOTHING_PICKED, "film#0", 7, "replace");
    const second = pickNext(first, "film#0", 3, "add");
    expect(pickNext(second, "film#0", 5, "add").atoms).toEqual([7, 3, 5]);
    expect(pickNext(second, "film#0", 7, "remove").atoms).toEqual([3]);
    expect(pickNext(second, "film#1", 5, "add").atoms).toEqual([5]);
    expect(pickNext(second, "film#0", 9, "replace").atoms).toEqual([9]);
  });
});

describe("environment", () => {
  it("of a slab, a molecule and a lone atom hold what is there", () => {
    const lone = periodic([[0, 0, 0]], [2, 0, 0, 0, 2, 0, 0, 0, 2]);
    expect(neighborCount(lone, environmentScope(lone, 0, 2.1))).toBe(6);
    const flat = { ...lone, pbc: [true, true, false] } as const;
    expect(neighborCount(flat, environmentScope(flat, 0, 2.1))).toBe(4);
    const apart = displayStructure([[0, 0, 0]]);
    expect(neighborCount(apart, environmentScope(apart, 0, 5))).toBe(0);
    expect(environmentScope(apart, 0, 5).copies.counts).toEqual([1, 1, 1]);
  });

  it("holds every periodic image within the cutoff, however small the cell", () => {
    fc.assert(
      fc.property(arbitrary, fc.double({ min: 1, max: 9, noNaN: true }), (structure, cutoff) => {
        const expected = Array.from({ length: structure.nAtoms }, (_, other) =>
          imageDistances(structure, 0, other),
        )
          .flat()
          .filter((distance) => distance <= cutoff + 1e-4).length;
        const scope = environmentScope(structure, 0, cutoff);
        expect(neighborCount(structure, scope)).toBe(expected - 1);
      }),
      { numRuns: 40 },
    );
  });
});
