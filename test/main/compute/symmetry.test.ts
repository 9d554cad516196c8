import { describe, expect, test } from "vitest";
import { loadSymmetryAnalyzer } from "../../../main/compute/symmetry.ts";
import { symmetryCell, type SymmetryCell } from "../../../src/crystals/symmetry.ts";
import { StudioError } from "../../../src/errors.ts";
import type { Structure } from "../../../src/structures/structure.ts";

const analyzer = loadSymmetryAnalyzer();

/** Diamond, the second atom moved along x by `shift` Å. */
function diamond(shift = 0): Structure {
  return {
    nAtoms: 2,
    species: Uint8Array.of(6, 6),
    positions: Float64Array.of(0, 0, 0, 0.9 + shift, 0.9, 0.9),
    cell: Float64Array.of(0, 1.8, 1.8, 1.8, 0, 1.8, 1.8, 1.8, 0),
    pbc: [true, true, true],
    info: {},
    columns: {},
  };
}

function graphene(pbc: Structure["pbc"], order: readonly [number, number, number]): Structure {
  const rows = [
    [2.46, 0, 0],
    [-1.23, 1.23 * Math.sqrt(3), 0],
    [0, 0, 3],
  ];
  return {
    ...diamond(),
    positions: Float64Array.of(0, 0, 1, 0, 2.46 / Math.sqrt(3), 1),
    cell: Float64Array.from(order.flatMap((d) => rows[d] ?? [])),
    pbc,
  };
}

describe("the symmetry analyzer", () => {
  test("finds the space group, orbits and Wyckoff letters of diamond", () => {
    expect(analyzer.analyze(symmetryCell(diamond()), 1e-4)).toEqual({
      spaceGroup: 227,
      symbol: "F d -3 m",
      orbits: [0, 0],
      wyckoffs: ["a", "a"],
      symprec: 1e-4,
    });
    expect(analyzer.description).toMatch(/^moyo \d+\.\d+\.\d+$/u);
  });

  test("counts a displacement below symprec for none", () => {
    const cell = symmetryCell(diamond(1e-3));
    expect(analyzer.analyze(cell, 1e-2).spaceGroup).toBe(227);
    expect(analyzer.analyze(cell, 1e-5).spaceGroup).toBeLessThan(227);
    // Two atoms with an inversion center between them stay on one orbit.
    expect(analyzer.analyze(cell, 1e-5).orbits).toEqual([0, 0]);
  });

  test("tells atoms of two species apart", () => {
    const zincblende = { ...diamond(), species: Uint8Array.of(31, 33) };
    const { spaceGroup, orbits } = analyzer.analyze(symmetryCell(zincblende), 1e-5);
    expect([spaceGroup, orbits]).toEqual([216, [0, 1]]);
  });

  test("refuses input that would break the library, and goes on working", () => {
    const cell = symmetryCell(diamond());
    const broken: readonly (readonly [SymmetryCell, number])[] = [
      [{ ...cell, species: new Uint8Array(0), fractional: new Float64Array(0) }, 1e-5],
      [{ ...cell, fractional: new Float64Array(3) }, 1e-5],
      [{ ...cell, cell: new Float64Array(9).fill(NaN) }, 1e-5],
      [cell, 0],
      [cell, NaN],
    ];
    for (const [input, symprec] of broken) {
      expect(() => analyzer.analyze(input, symprec)).toThrow(StudioError);
    }
    const overlapping = { ...cell, fractional: new Float64Array(6) };
    expect(() => analyzer.analyze(overlapping, 1e-5)).toThrow("symmetry analysis with symprec");
    expect(analyzer.analyze(cell, 1e-5).spaceGroup).toBe(227);
  });
});

describe("a sheet", () => {
  test.each([
    [
      [true, true, false],
      [0, 1, 2],
    ],
    [
      [true, false, true],
      [1, 2, 0],
    ],
    [
      [false, true, true],
      [2, 0, 1],
    ],
  ] as const)("open along any vector gets its own symmetry: %j", (pbc, order) => {
    const cell = symmetryCell(graphene(pbc, order));
    const open = pbc.indexOf(false);
    const normal = cell.cell.subarray(3 * open, 3 * open + 3);
    expect(Math.hypot(...normal)).toBeCloseTo(12.46, 10);
    const { spaceGroup, orbits } = analyzer.analyze(cell, 1e-5);
    expect([spaceGroup, orbits]).toEqual([191, [0, 0]]);
  });

  test("thicker than wide has its thickness and space between its images", () => {
    const positions = Float64Array.of(0, 0, 0, 0, 0, 8);
    const thick = { ...graphene([true, true, false], [0, 1, 2]), positions };
    expect(symmetryCell(thick).cell[8]).toBeCloseTo(8 + 2.46 + 10, 10);
  });

  test("is as far as it goes: chains, molecules and empty cells are refused", () => {
    const chain: Structure = { ...diamond(), pbc: [true, false, false] };
    expect(() => symmetryCell(chain)).toThrow("periodic in 1 directions");
    expect(() => symmetryCell({ ...diamond(), cell: null, pbc: [false, false, false] })).toThrow(
      "expected a crystal or a sheet",
    );
    expect(() => symmetryCell({ ...diamond(), cell: new Float64Array(9) })).toThrow("zero volume");
  });
});
