import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { buildCellGrid } from "../../../src/structures/cellGrid.ts";
import { neighborList, neighborsOfRange } from "../../../src/structures/neighborList.ts";
import type { NeighborList } from "../../../src/structures/neighborList.ts";
import type { Structure } from "../../../src/structures/structure.ts";

function structureOf(
  positions: readonly number[],
  cell: readonly number[] | null,
  pbc: readonly [boolean, boolean, boolean],
): Structure {
  const nAtoms = positions.length / 3;
  return {
    nAtoms,
    species: new Uint8Array(nAtoms).fill(6),
    positions: Float64Array.from(positions),
    cell: cell === null ? null : Float64Array.from(cell),
    pbc,
    info: {},
    columns: {},
  };
}

/** Pairs of one center as sortable rows. */
function pairsOf(list: NeighborList, center: number): number[][] {
  const rows: number[][] = [];
  const slot = center - list.start;
  for (let p = list.offsets[slot] ?? 0; p < (list.offsets[slot + 1] ?? 0); p++) {
    rows.push([list.neighbors[p] ?? -1, ...list.vectors.subarray(3 * p, 3 * p + 3)]);
  }
  return sorted(rows);
}

function sorted(rows: number[][]): number[][] {
  const key = (row: number[]): string =>
    row.map((value) => (Math.round(value * 1e6) + 1e9).toString().padStart(12, "0")).join(" ");
  return rows.sort((left, right) => (key(left) < key(right) ? -1 : 1));
}

/** −n … n. */
function stepsUpTo(n: number): number[] {
  return Array.from({ length: 2 * n + 1 }, (_, i) => i - n);
}

/** Component `k` of a whole number of cell vectors. */
function image(cell: ArrayLike<number> | null, shift: readonly number[], k: number): number {
  return shift.reduce((sum, n, row) => sum + n * (cell?.[3 * row + k] ?? 0), 0);
}

/** Every image within ± `images` cells, by the definition. */
function bruteForce(structure: Structure, cutoff: number, images: number): number[][][] {
  const { nAtoms, positions, cell, pbc } = structure;
  const steps = [0, 1, 2].map((d) => stepsUpTo(pbc[d] === true ? images : 0));
  const shifts = (steps[0] ?? []).flatMap((a) =>
    (steps[1] ?? []).flatMap((b) => (steps[2] ?? []).map((c) => [a, b, c])),
  );
  return Array.from({ length: nAtoms }, (_, i) => {
    const rows: number[][] = [];
    for (let j = 0; j < nAtoms; j++) {
      for (const shift of shifts) {
        if (i === j && shift.every((n) => n === 0)) continue;
        const vector = [0, 1, 2].map(
          (k) => (positions[3 * j + k] ?? 0) - (positions[3 * i + k] ?? 0) + image(cell, shift, k),
        );
        if (Math.hypot(...vector) <= cutoff) rows.push([j, ...vector]);
      }
    }
    return sorted(rows);
  });
}

function expectSamePairs(found: number[][], expected: number[][]): void {
  expect(found.map((row) => row[0])).toEqual(expected.map((row) => row[0]));
  found.forEach((row, p) => {
    row.forEach((value, k) => {
      expect(Math.abs(value - (expected[p]?.[k] ?? Infinity))).toBeLessThan(1e-10);
    });
  });
}

const coordinate = fc.double({ min: -12, max: 12, noNaN: true });
const small = fc.double({ min: -1.2, max: 1.2, noNaN: true });
const edge = fc.double({ min: 2, max: 6, noNaN: true });

/** Cells with edges of 2–6 Å on the diagonal and up to 1.2 Å off it: never degenerate. */
const cells = fc
  .tuple(edge, small, small, small, edge, small, small, small, edge)
  .map((cell) => [...cell]);
const flags = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean());

describe("neighborList", () => {
  it("finds what brute force over images finds, for any cell and periodicity", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 6 }),
        cells,
        flags,
        fc.double({ min: 0.5, max: 4.5, noNaN: true }),
        (atoms, cell, pbc, cutoff) => {
          const structure = structureOf(atoms.flat(), cell, pbc);
          const list = neighborList(structure, cutoff);
          const expected = bruteForce(structure, cutoff, 20);
          expected.forEach((rows, center) => {
            expectSamePairs(pairsOf(list, center), rows);
          });
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it("finds what brute force finds when the cell holds many bins", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 60, maxLength: 90 }),
        flags,
        fc.double({ min: 0.8, max: 4, noNaN: true }),
        (atoms, pbc, cutoff) => {
          const cell = [13, 0.5, -2, 1, 11, 0.3, -0.7, 3, 12];
          const structure = structureOf(atoms.flat(), cell, pbc);
          const list = neighborList(structure, cutoff);
          const expected = bruteForce(structure, cutoff, 5);
          expected.forEach((rows, center) => {
            expectSamePairs(pairsOf(list, center), rows);
          });
        },
      ),
      { numRuns: 12, seed: 2 },
    );
  });

  it("does not change when the atoms move by cell vectors or the whole structure moves", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 2, maxLength: 8 }),
        cells,
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 24, maxLength: 24 }),
        fc.tuple(coordinate, coordinate, coordinate),
        (atoms, cell, shifts, translation) => {
          const moved = atoms.map((atom, i) =>
            atom.map(
              (x, k) =>
                x +
                (translation[k] ?? 0) +
                [0, 1, 2].reduce(
                  (sum, d) => sum + (shifts[3 * i + d] ?? 0) * (cell[3 * d + k] ?? 0),
                  0,
                ),
            ),
          );
          const pbc = [true, true, true] as const;
          // A cutoff that no pair meets exactly, so that rounding cannot change the pairs.
          const cutoff = 3.456789;
          const before = neighborList(structureOf(atoms.flat(), cell, pbc), cutoff);
          const after = neighborList(structureOf(moved.flat(), cell, pbc), cutoff);
          atoms.forEach((_, center) => {
            expectSamePairs(pairsOf(after, center), pairsOf(before, center));
          });
        },
      ),
      { numRuns: 60, seed: 3 },
    );
  });

  it("gives an atom of a supercell the neighbors it has in the cell", () => {
    const cell = [3.1, 0.2, -0.4, 0.3, 2.9, 0.5, -0.2, 0.6, 3.3];
    const atoms = [0.1, 0.2, 0.3, 1.7, 1.2, 1.9];
    const corners = Array.from({ length: 8 }, (_, n) => [n >> 2, (n >> 1) & 1, n & 1]);
    const doubled = corners.flatMap((shift) =>
      atoms.map((value, index) => value + image(cell, shift, index % 3)),
    );
    const pbc = [true, true, true] as const;
    const one = neighborList(structureOf(atoms, cell, pbc), 5.1);
    const eight = neighborList(
      structureOf(
        doubled,
        cell.map((x) => 2 * x),
        pbc,
      ),
      5.1,
    );
    for (let i = 0; i < 16; i++) {
      const withoutIndex = (rows: number[][]): number[][] =>
        sorted(rows.map(([, ...vector]) => [0, ...vector]));
      expectSamePairs(withoutIndex(pairsOf(eight, i)), withoutIndex(pairsOf(one, i % 2)));
    }
  });

  it("counts an atom's own images but not the atom: simple cubic has 6 neighbors at a", () => {
    const list = neighborList(
      structureOf([0.5, 0.5, 0.5], [2, 0, 0, 0, 2, 0, 0, 0, 2], [true, true, true]),
      2,
    );
    expect(list.neighbors).toEqual(new Int32Array(6));
    const lengths = Array.from({ length: 6 }, (_, p) =>
      Math.hypot(...list.vectors.subarray(3 * p, 3 * p + 3)),
    );
    expect(lengths).toEqual([2, 2, 2, 2, 2, 2]);
  });

  it("counts a pair exactly at the cutoff and none beyond it", () => {
    const structure = structureOf([0, 0, 0, 0, 0, 1.5, 0, 0, 3.1], null, [false, false, false]);
    expect(Array.from(neighborList(structure, 1.5).offsets)).toEqual([0, 1, 2, 2]);
    expect(Array.from(neighborList(structure, 1.6).offsets)).toEqual([0, 1, 3, 4]);
  });

  it("gives a range of centers exactly what the whole list has for them", () => {
    const random = Array.from({ length: 300 }, (_, i) => 10 * Math.abs(Math.sin(12.9898 * i)));
    const structure = structureOf(random, [10, 0, 0, 2, 10, 0, 0, 0, 10], [true, true, false]);
    const whole = neighborList(structure, 3);
    const grid = buildCellGrid(structure, 3);
    for (const [start, end] of [
      [0, 17],
      [17, 60],
      [60, 100],
      [40, 40],
    ] as const) {
      const part = neighborsOfRange(grid, { start, end });
      const from = whole.offsets[start] ?? 0;
      const to = whole.offsets[end] ?? 0;
      expect(part.start).toBe(start);
      expect(Array.from(part.offsets)).toEqual(
        Array.from(whole.offsets.subarray(start, end + 1), (offset) => offset - from),
      );
      expect(part.neighbors).toEqual(whole.neighbors.slice(from, to));
      expect(part.vectors).toEqual(whole.vectors.slice(3 * from, 3 * to));
    }
  });

  it("ignores the cell vector of a direction without periodicity, even a zero one", () => {
    const atoms = [0, 0, 0, 1, 1, 40, 0.5, 2.5, 41];
    const flat = structureOf(atoms, [3, 0, 0, 1, 3, 0, 0, 0, 0], [true, true, false]);
    const tall = structureOf(atoms, [3, 0, 0, 1, 3, 0, 0, 0, 50], [true, true, false]);
    const list = neighborList(flat, 3.5);
    bruteForce(tall, 3.5, 4).forEach((rows, center) => {
      expectSamePairs(pairsOf(list, center), rows);
    });
  });

  it("refuses bad cutoffs, ranges and cells by name", () => {
    const structure = structureOf([0, 0, 0], [2, 0, 0, 0, 2, 0, 0, 0, 2], [true, true, true]);
    const flat = structureOf([0, 0, 0], [2, 0, 0, 4, 0, 0, 0, 0, 2], [true, true, true]);
    const missing = structureOf([0, 0, 0], null, [true, false, false]);
    for (const cutoff of [0, -1, Number.NaN, Infinity]) {
      expect(() => neighborList(structure, cutoff)).toThrow(/cutoff is .* expected a positive/u);
    }
    expect(() => neighborList(structure, 2, { start: 0, end: 2 })).toThrow(/range of centers/u);
    expect(() => neighborList(flat, 2)).toThrow(/zero volume/u);
    expect(() => neighborList(missing, 2)).toThrow(StudioError);
  });
});
