import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { checkStructure, requireSoundStructure } from "../../../src/structures/checkStructure.ts";
import type { Structure } from "../../../src/structures/structure.ts";

function sound(change: Partial<Structure> = {}): Structure {
  return {
    nAtoms: 2,
    species: Uint8Array.of(6, 14),
    positions: Float64Array.of(0, 0, 0, 1, 1, 1),
    cell: Float64Array.of(4, 0, 0, 0, 4, 0, 0, 0, 4),
    pbc: [true, true, true],
    info: {},
    columns: {},
    ...change,
  };
}

describe("checkStructure", () => {
  it("finds nothing wrong with sound structures of any periodicity", () => {
    expect(checkStructure(sound())).toBeUndefined();
    expect(checkStructure(sound({ cell: null, pbc: [false, false, false] }))).toBeUndefined();
    const slab = Float64Array.of(4, 0, 0, 0, 4, 0, 0, 0, 0);
    expect(checkStructure(sound({ cell: slab, pbc: [true, true, false] }))).toBeUndefined();
  });

  it("finds atoms on top of each other, also through the periodic boundary", () => {
    expect(checkStructure(sound({ positions: new Float64Array(6) }))).toMatchObject({
      code: "DUPLICATE_ATOMS",
      message: "Atoms 0 (C) and 1 (Si) are 0.0e+0 Å apart; expected at least 0.001 Å.",
      atoms: [0, 1],
    });
    const image = Float64Array.of(0, 0, 0, 4.0005, -4, 8);
    expect(checkStructure(sound({ positions: image }))?.atoms).toEqual([0, 1]);
    const free = { positions: image, pbc: [false, false, false] } as const;
    expect(checkStructure(sound(free))).toBeUndefined();
    expect(
      checkStructure(sound({ positions: Float64Array.of(0, 0, 0, 0, 0, 1.1e-3) })),
    ).toBeUndefined();
  });

  it.each<[string, Partial<Structure>, string]>([
    [
      "no atoms",
      { nAtoms: 0, species: new Uint8Array(0), positions: new Float64Array(0) },
      "NO_ATOMS",
    ],
    ["nan", { positions: Float64Array.of(0, 0, 0, 0, Number.NaN, 0) }, "NOT_FINITE"],
    ["a coordinate of 1e300", { positions: Float64Array.of(0, 0, 0, 0, 1e300, 0) }, "NOT_FINITE"],
    ["an infinite cell", { cell: new Float64Array(9).fill(Infinity) }, "NOT_FINITE"],
    ["dependent vectors", { cell: Float64Array.of(4, 0, 0, 8, 0, 0, 0, 0, 4) }, "ZERO_VOLUME"],
    ["a missing cell", { cell: null }, "ZERO_VOLUME"],
    [
      "planes closer than atoms may be",
      { cell: Float64Array.of(1, 0, 0, 1, 1e-5, 0, 0, 0, 4) },
      "ZERO_VOLUME",
    ],
  ])("finds %s", (_, change, code) => {
    const structure = sound(change);
    expect(checkStructure(structure)?.code).toBe(code);
    expect(() => {
      requireSoundStructure(structure, { file: "film.xyz", structureIndex: 3 });
    }).toThrow(StudioError);
    expect(() => {
      requireSoundStructure(structure, { file: "film.xyz", structureIndex: 3 });
    }).toThrow(/^Structure 3: /u);
  });
});
