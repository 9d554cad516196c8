import { describe, expect, it } from "vitest";
import {
  bondCutoff,
  coordinationBySpecies,
  coordinationLabel,
  coordinationNumbers,
} from "../../../src/structures/coordination.ts";
import type { Structure } from "../../../src/structures/structure.ts";

function crystal(species: number[], positions: number[], cell: number[]): Structure {
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

function zincblende(first: number, second: number, a: number): Structure {
  const h = a / 2;
  return crystal([first, second], [0, 0, 0, a / 4, a / 4, a / 4], [0, h, h, h, 0, h, h, h, 0]);
}

const graphite = crystal(
  [6, 6, 6, 6],
  [0, 0, 0, 1.2299, 0.71, 0, 0, 0, 3.35, 0, 1.42, 3.35],
  [2.4597, 0, 0, -1.22985, 2.13016, 0, 0, 0, 6.7],
);

describe("coordination", () => {
  it("is four in diamond, silicon and GaAs, three in graphite", () => {
    expect(Array.from(coordinationNumbers(zincblende(6, 6, 3.567)))).toEqual([4, 4]);
    expect(Array.from(coordinationNumbers(zincblende(14, 14, 5.431)))).toEqual([4, 4]);
    expect(Array.from(coordinationNumbers(zincblende(31, 33, 5.653)))).toEqual([4, 4]);
    expect(Array.from(coordinationNumbers(graphite))).toEqual([3, 3, 3, 3]);
  });

  it("tells neighbors of one species from those of another", () => {
    expect(coordinationBySpecies(zincblende(33, 31, 5.653))).toEqual({
      species: [31, 33],
      counts: Int32Array.of(4, 0, 0, 4),
    });
  });

  it("uses each pair's own cutoff", () => {
    const structure = zincblende(31, 33, 5.653);
    // As–Ga bonds are 2.45 Å, the shells of equal species 4.0 Å.
    expect(coordinationBySpecies(structure, { cutoffs: { "Ga-Ga": 4.1 } }).counts).toEqual(
      Int32Array.of(12, 4, 4, 0),
    );
    expect(Array.from(coordinationNumbers(structure, { cutoffs: { "As-Ga": 2.4 } }))).toEqual([
      0, 0,
    ]);
  });

  it("counts a range of atoms as it counts all of them", () => {
    const range = { start: 1, end: 3 };
    expect(coordinationNumbers(graphite, { range })).toEqual(
      coordinationNumbers(graphite).slice(1, 3),
    );
  });

  it("has documented cutoffs and refuses bad ones", () => {
    expect(bondCutoff(6, 6)).toBe(1.82);
    expect(bondCutoff(14, 14)).toBe(2.7);
    expect(bondCutoff(33, 31)).toBeCloseTo(1.2 * (1.22 + 1.19), 12);
    expect(bondCutoff(1, 6, { "C-H": 1.3 })).toBe(1.3);
    expect(() => bondCutoff(6, 6, { "C-C": -1 })).toThrow(/bond cutoff of C-C is -1/u);
    expect(() => coordinationNumbers(graphite, { cutoffs: { "C-C": Number.NaN } })).toThrow(/C-C/u);
  });

  it("labels carbon by hybridization and everything else by number", () => {
    expect([1, 2, 3, 4, 5].map((count) => coordinationLabel(6, count))).toEqual([
      "1-fold",
      "sp",
      "sp²",
      "sp³",
      "5-fold",
    ]);
    expect(coordinationLabel(14, 4)).toBe("4-fold");
  });
});
