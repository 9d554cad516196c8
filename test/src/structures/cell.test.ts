import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cellVolume,
  completedCell,
  inverseCell,
  isZeroVolume,
  massDensity,
  planeSpacings,
  wrappedPositions,
} from "../../../src/structures/cell.ts";
import type { Structure } from "../../../src/structures/structure.ts";

const entry = fc.double({ min: -9, max: 9, noNaN: true });
const cells = fc
  .array(entry, { minLength: 9, maxLength: 9 })
  .map((values) => Float64Array.from(values))
  .filter((cell) => cellVolume(cell) > 1);

function multiply(left: Float64Array, right: Float64Array): number[] {
  return Array.from({ length: 9 }, (_, index) => {
    const row = Math.floor(index / 3);
    const column = index % 3;
    let sum = 0;
    for (let k = 0; k < 3; k++) sum += (left[3 * row + k] ?? 0) * (right[3 * k + column] ?? 0);
    return sum;
  });
}

describe("cell", () => {
  it("has the volume of the parallelepiped, also when left-handed", () => {
    expect(cellVolume(Float64Array.of(2, 0, 0, 5, 3, 0, 1, 1, 4))).toBeCloseTo(24, 12);
    expect(cellVolume(Float64Array.of(0, 3, 0, 2, 0, 0, 0, 0, 4))).toBeCloseTo(24, 12);
  });

  it("has an inverse", () => {
    fc.assert(
      fc.property(cells, (cell) => {
        multiply(cell, inverseCell(cell)).forEach((value, index) => {
          expect(Math.abs(value - (index % 4 === 0 ? 1 : 0))).toBeLessThan(1e-9);
        });
      }),
      { seed: 1 },
    );
    expect(() => inverseCell(Float64Array.of(1, 0, 0, 2, 0, 0, 0, 0, 1))).toThrow(/zero volume/u);
  });

  it("has plane spacings of volume over the area of the opposite face", () => {
    // Hexagonal: a = 2, c = 5; planes along a and b are a·√3/2 apart.
    const [a, b, c] = planeSpacings(Float64Array.of(2, 0, 0, -1, Math.sqrt(3), 0, 0, 0, 5));
    expect(a).toBeCloseTo(Math.sqrt(3), 12);
    expect(b).toBeCloseTo(Math.sqrt(3), 12);
    expect(c).toBeCloseTo(5, 12);
  });

  it("is without volume only when periodic vectors are dependent, zero or not finite", () => {
    const flat = Float64Array.of(3, 0, 0, 0, 3, 0, 0, 0, 0);
    expect(isZeroVolume(flat, [true, true, true])).toBe(true);
    expect(isZeroVolume(flat, [true, true, false])).toBe(false);
    expect(isZeroVolume(flat, [false, false, false])).toBe(false);
    expect(isZeroVolume(flat, [false, false, true])).toBe(true);
    const parallel = Float64Array.of(1, 2, 3, 2, 4, 6, 0, 0, 1);
    expect(isZeroVolume(parallel, [true, true, false])).toBe(true);
    expect(isZeroVolume(parallel, [true, false, true])).toBe(false);
    expect(
      isZeroVolume(Float64Array.of(Number.NaN, 0, 0, 0, 1, 0, 0, 0, 1), [true, true, true]),
    ).toBe(true);
    // A cell of normal shape has a volume however small or large it is.
    expect(
      isZeroVolume(
        flat.map((_, i) => (i % 4 === 0 ? 1e-3 : 0)),
        [true, true, true],
      ),
    ).toBe(false);
  });

  it("is completed by unit vectors perpendicular to the periodic ones", () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 0, max: 7 }), (cell, mask) => {
        const pbc = [(mask & 1) > 0, (mask & 2) > 0, (mask & 4) > 0] as const;
        const completed = completedCell(cell, pbc);
        expect(cellVolume(completed)).toBeGreaterThan(1e-3);
        for (let d = 0; d < 3; d++) {
          const vector = completed.subarray(3 * d, 3 * d + 3);
          if (pbc[d] === true) {
            expect(vector).toEqual(cell.subarray(3 * d, 3 * d + 3));
            continue;
          }
          expect(Math.hypot(...vector)).toBeCloseTo(1, 12);
          for (let e = 0; e < 3; e++) {
            if (pbc[e] !== true) continue;
            let product = 0;
            for (let k = 0; k < 3; k++) product += (vector[k] ?? 0) * (completed[3 * e + k] ?? 0);
            expect(Math.abs(product)).toBeLessThan(1e-9);
          }
        }
      }),
      { seed: 2 },
    );
    expect(() => completedCell(null, [true, false, false])).toThrow(/cell is missing/u);
  });

  it("wraps atoms by whole vectors along periodic directions only", () => {
    const structure: Structure = {
      nAtoms: 2,
      species: Uint8Array.of(6, 6),
      positions: Float64Array.of(-1, 9, 12, 2, 2, -3),
      cell: Float64Array.of(4, 0, 0, 0, 4, 0, 0, 0, 4),
      pbc: [true, true, false],
      info: {},
      columns: {},
    };
    expect(Array.from(wrappedPositions(structure))).toEqual([3, 1, 12, 2, 2, -3]);
    expect(Array.from(structure.positions)).toEqual([-1, 9, 12, 2, 2, -3]);
  });

  it("gives diamond its density and a slab none", () => {
    const diamond: Structure = {
      nAtoms: 8,
      species: new Uint8Array(8).fill(6),
      positions: new Float64Array(24),
      cell: Float64Array.of(3.567, 0, 0, 0, 3.567, 0, 0, 0, 3.567),
      pbc: [true, true, true],
      info: {},
      columns: {},
    };
    // 8 · 12.011 u / (3.567 Å)³; tabulated density of diamond: 3.515 g/cm³.
    expect(massDensity(diamond)).toBeCloseTo(3.5156, 3);
    expect(massDensity({ ...diamond, pbc: [true, true, false] })).toBeNull();
    expect(massDensity({ ...diamond, cell: null, pbc: [false, false, false] })).toBeNull();
  });
});
