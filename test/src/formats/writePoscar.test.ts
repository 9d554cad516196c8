import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { writePoscar } from "../../../src/formats/writePoscar.ts";
import type { Structure } from "../../../src/structures/structure.ts";

const arsenide: Structure = {
  nAtoms: 3,
  species: Uint8Array.of(31, 33, 31),
  positions: Float64Array.of(0, 0, 0, 1, 2, 4, -2, 3, 1.5),
  cell: Float64Array.of(4, 0, 0, 0, 8, 0, 0, 0, 8),
  pbc: [true, true, true],
  info: { energy: -1 },
  columns: {},
};

function failure(structure: Structure, comment?: string): StudioError {
  try {
    writePoscar(structure, { comment });
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
  throw new Error("it was written");
}

describe("writePoscar", () => {
  it("groups the atoms by species in order of first appearance and writes fractions", () => {
    expect(writePoscar(arsenide)).toBe(
      [
        "Ga As",
        "1.0",
        "4 0 0",
        "0 8 0",
        "0 0 8",
        "Ga As",
        "2 1",
        "Direct",
        "0 0 0",
        "-0.5 0.375 0.1875",
        "0.25 0.25 0.5",
        "",
      ].join("\n"),
    );
  });

  it("takes a comment of one line", () => {
    expect(writePoscar(arsenide, { comment: "GaAs, As vacancy" })).toMatch(/^GaAs, As vacancy\n/u);
    expect(failure(arsenide, "one\ntwo").message).toMatch(/several lines/u);
  });

  it("exchanges b and c of a left-handed cell, which VASP refuses", () => {
    const cell = Float64Array.of(4, 0, 0, 0, 0, 8, 0, 8, 0);
    expect(writePoscar({ ...arsenide, cell })).toBe(writePoscar(arsenide));
  });

  it("refuses what VASP cannot have", () => {
    expect(failure({ ...arsenide, cell: null, pbc: [false, false, false] }).message).toMatch(
      /has no cell; expected three independent cell vectors/u,
    );
    const flat = Float64Array.of(4, 0, 0, 0, 8, 0, 4, 8, 0);
    expect(failure({ ...arsenide, cell: flat }).message).toMatch(/dependent/u);
    expect(failure({ ...arsenide, species: Uint8Array.of(31, 0, 33) }).message).toMatch(
      /Atom 1 is the dummy species X/u,
    );
    expect(failure({ ...arsenide, positions: new Float64Array(9).fill(NaN) }).message).toMatch(
      /not finite/u,
    );
    const empty = { nAtoms: 0, species: new Uint8Array(0), positions: new Float64Array(0) };
    expect(failure({ ...arsenide, ...empty }).message).toMatch(/no atoms/u);
  });
});
