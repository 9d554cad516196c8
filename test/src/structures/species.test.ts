import { describe, expect, it } from "vitest";
import {
  MAX_ATOMIC_NUMBER,
  atomicNumberOf,
  covalentRadius,
  distinctSpecies,
  speciesColor,
  speciesMass,
  speciesSymbol,
} from "../../../src/structures/species.ts";

describe("species", () => {
  it("goes from symbol to number and back for the whole periodic table, in any letter case", () => {
    expect(MAX_ATOMIC_NUMBER).toBe(118);
    for (let number = 0; number <= MAX_ATOMIC_NUMBER; number++) {
      const symbol = speciesSymbol(number);
      expect(atomicNumberOf(symbol)).toBe(number);
      expect(atomicNumberOf(symbol.toUpperCase())).toBe(number);
      expect(atomicNumberOf(symbol.toLowerCase())).toBe(number);
    }
  });

  it("knows the elements of the examples", () => {
    expect([6, 14, 31, 33, 118].map(speciesSymbol)).toEqual(["C", "Si", "Ga", "As", "Og"]);
    expect([1, 6, 14, 31, 33].map(speciesMass)).toEqual([1.008, 12.011, 28.085, 69.723, 74.921595]);
    expect([6, 14, 31, 33].map(covalentRadius)).toEqual([0.76, 1.11, 1.22, 1.19]);
    expect([6, 14].map(speciesColor)).toEqual(["#909090", "#f0c8a0"]);
  });

  it("has a weight, radius and color for every species", () => {
    for (let number = 1; number <= MAX_ATOMIC_NUMBER; number++) {
      expect(speciesMass(number)).toBeGreaterThan(1);
      expect(covalentRadius(number)).toBeGreaterThan(0.25);
      expect(covalentRadius(number)).toBeLessThan(2.7);
      expect(speciesColor(number)).toMatch(/^#[0-9a-f]{6}$/u);
    }
    expect(speciesMass(0)).toBe(0);
  });

  it("takes labels and unknown symbols for no species", () => {
    for (const text of ["C1", "Fe_a", "Qq", "", "Carbon", "constructor"]) {
      expect(atomicNumberOf(text)).toBeUndefined();
    }
    for (const number of [119, -1, 1.5, Number.NaN]) {
      expect(() => speciesSymbol(number)).toThrow(/not a known species/u);
    }
  });

  it("lists distinct species in ascending order", () => {
    expect(distinctSpecies(Uint8Array.of(33, 31, 33, 0, 31))).toEqual([0, 31, 33]);
    expect(distinctSpecies(new Uint8Array(0))).toEqual([]);
  });
});
