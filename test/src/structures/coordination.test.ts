import { describe, expect, it } from "vitest";
import {
  bondCutoff,
  coordinationByPair,
  coordinationBySpecies,
  coordinationLabel,
  coordinationLabels,
  coordinationNumbers,
} from "../../../src/structures/coordination.ts";
import type { Structure } from "../../../src/structures/structure.ts";
import { crystal, zincblende } from "../../support/crystals.ts";

const FCC = [
  [0, 0, 0],
  [0, 0.5, 0.5],
  [0.5, 0, 0.5],
  [0.5, 0.5, 0],
] as const;

/** The cubic cell of zincblende: the first four species on one sublattice, the rest on the other. */
function cubicZincblende(a: number, species: number[]): Structure {
  const positions = [0, 0.25].flatMap((shift) =>
    FCC.flatMap((site) => site.map((fraction) => (fraction + shift) * a)),
  );
  return crystal(species, positions, [a, 0, 0, 0, a, 0, 0, 0, a]);
}

/** α-Ga, Cmce, sites 8f with y = 0.1549, z = 0.081. */
function alphaGallium(): Structure {
  const lengths = [4.519, 7.658, 4.526];
  const y = 0.1549;
  const z = 0.081;
  const sites = [
    [0, y, z],
    [0, 0.5 - y, 0.5 + z],
    [0, 0.5 + y, 0.5 - z],
    [0, -y, -z],
  ];
  const centred = [...sites, ...sites.map(([x = 0, v = 0, w = 0]) => [x + 0.5, v + 0.5, w])];
  const positions = centred.flatMap((site) => site.map((value, k) => value * (lengths[k] ?? 0)));
  const cell = [4.519, 0, 0, 0, 7.658, 0, 0, 0, 4.526];
  return crystal(Array<number>(8).fill(31), positions, cell);
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
    expect([bondCutoff(33, 31), bondCutoff(31, 33)]).toEqual([2.9, 2.9]);
    expect(bondCutoff(15, 49)).toBeCloseTo(1.2 * (1.07 + 1.42), 12);
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

  it("counts bonds by pair of elements", () => {
    expect(coordinationByPair(zincblende(33, 31, 5.653))).toEqual({
      pairs: ["As-As", "As-Ga", "Ga-Ga"],
      counts: Int32Array.of(0, 4, 0, 0, 4, 0),
    });
    // One Ga of the cubic cell becomes As: an antisite with four wrong bonds.
    const antisite = cubicZincblende(5.653, [33, 31, 31, 31, 33, 33, 33, 33]);
    const { pairs, counts } = coordinationByPair(antisite);
    expect(pairs).toEqual(["As-As", "As-Ga", "Ga-Ga"]);
    expect(Array.from(counts.subarray(0, 3))).toEqual([4, 0, 0]);
    expect(Array.from(counts.subarray(3, 6))).toEqual([0, 4, 0]);
    expect(Array.from(counts.subarray(12, 15))).toEqual([1, 3, 0]);
    const range = { start: 4, end: 6 };
    expect(coordinationByPair(antisite, { range }).counts).toEqual(counts.slice(12, 18));
  });

  it("sums over pairs to the coordination number", () => {
    const sic = cubicZincblende(4.36, [14, 6, 14, 14, 6, 6, 6, 14]);
    const { pairs, counts } = coordinationByPair(sic);
    const totals = Array.from(coordinationNumbers(sic));
    totals.forEach((total, i) => {
      const row = counts.subarray(i * pairs.length, (i + 1) * pairs.length);
      expect(row.reduce((sum, count) => sum + count, 0)).toBe(total);
    });
    expect(coordinationByPair(crystal([], [], [9, 0, 0, 0, 9, 0, 0, 0, 9]))).toEqual({
      pairs: [],
      counts: new Int32Array(0),
    });
  });

  it("finds the bonds of the crystals and molecules that its table names", () => {
    const counts = (structure: Structure): number[] => Array.from(coordinationNumbers(structure));
    expect(counts(zincblende(6, 14, 4.36))).toEqual([4, 4]);
    expect(counts(zincblende(32, 32, 5.658))).toEqual([4, 4]);
    // Gray arsenic, rhombohedral: a = 3.760, c = 10.548, z = 0.227.
    const r = 3.76 / Math.sqrt(3);
    const h = 10.548 / 3;
    const arsenic = crystal(
      [33, 33],
      [0, 0, 0.227 * 10.548, 0, 0, -0.227 * 10.548],
      [0, r, h, -1.88, -r / 2, h, 1.88, -r / 2, h],
    );
    expect(counts(arsenic)).toEqual([3, 3]);
    expect(counts(alphaGallium())).toEqual(Array(8).fill(7));
    // Idealised β-cristobalite: silicon on diamond sites, oxygen half-way.
    const a = 7.16;
    const half = [0, 1, 2, 3].map((bond) =>
      [0, 1, 2].map((k) => (a / 8) * (bond === 0 || bond === k + 1 ? 1 : -1)),
    );
    const silica = zincblende(14, 14, a);
    const positions = [...silica.positions, ...half.flat()];
    const cell = Array.from(silica.cell ?? []);
    expect(counts(crystal([14, 14, 8, 8, 8, 8], positions, cell))).toEqual([4, 4, 2, 2, 2, 2]);
    const box = [12, 0, 0, 0, 12, 0, 0, 0, 12];
    const water = crystal([8, 1, 1], [0, 0, 0, 0.76, 0.59, 0, -0.76, 0.59, 0], box);
    expect(counts(water)).toEqual([2, 1, 1]);
    expect(counts(crystal([1, 1], [0, 0, 0, 0.741, 0, 0], box))).toEqual([1, 1]);
    const tetrahedron = (length: number): number[] => {
      const d = length / Math.sqrt(3);
      return [0, 0, 0, d, d, d, d, -d, -d, -d, d, -d, -d, -d, d];
    };
    expect(counts(crystal([6, 1, 1, 1, 1], tetrahedron(1.09), box))).toEqual([4, 1, 1, 1, 1]);
    expect(counts(crystal([14, 1, 1, 1, 1], tetrahedron(1.48), box))).toEqual([4, 1, 1, 1, 1]);
  });

  it("labels the atoms of diamond sp³, of graphite sp², of a chain sp, of silicon 4-fold", () => {
    expect(coordinationLabels(zincblende(6, 6, 3.567))).toEqual(["sp³", "sp³"]);
    expect(coordinationLabels(graphite)).toEqual(["sp²", "sp²", "sp²", "sp²"]);
    const chain = crystal([6], [0, 0, 0], [1.28, 0, 0, 0, 12, 0, 0, 0, 12]);
    expect(coordinationLabels(chain)).toEqual(["sp"]);
    const carbide = zincblende(6, 14, 4.36);
    expect(coordinationLabels(carbide)).toEqual(["sp³", "4-fold"]);
    expect(coordinationLabels(carbide, { range: { start: 1, end: 2 } })).toEqual(["4-fold"]);
  });
});
