import { strToU8 } from "fflate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { readPoscar } from "../../../src/formats/poscar.ts";
import { writePoscar } from "../../../src/formats/writePoscar.ts";
import { MAX_ATOMIC_NUMBER } from "../../../src/structures/species.ts";
import type { Structure } from "../../../src/structures/structure.ts";

/** A POSCAR line by line; lines are replaced by 1-based number. */
function poscar(changes: Readonly<Record<number, string>> = {}): string {
  const lines = [
    "gallium arsenide",
    "2.0",
    "1 0 0",
    "0 2 0",
    "0 0 4",
    "Ga As",
    "1 2",
    "Direct",
    "0 0 0",
    "0.5 0.25 0.125",
    "-0.5 1.25 0.5",
  ];
  for (const [line, text] of Object.entries(changes)) lines[Number(line) - 1] = text;
  return lines.join("\n");
}

function read(text: string): Structure {
  return readPoscar(strToU8(text), { fileName: "POSCAR" });
}

function failure(text: string): StudioError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
  throw new Error("the file was read");
}

describe("readPoscar", () => {
  it("reads title, scaled cell, species and direct coordinates, never wrapped", () => {
    expect(read(poscar())).toEqual({
      nAtoms: 3,
      species: Uint8Array.of(31, 33, 33),
      positions: Float64Array.of(0, 0, 0, 1, 1, 1, -1, 5, 4),
      cell: Float64Array.of(2, 0, 0, 0, 4, 0, 0, 0, 8),
      pbc: [true, true, true],
      info: { comment: "gallium arsenide" },
      columns: {},
    });
  });

  it("scales Cartesian coordinates too, each axis by its own factor if there are three", () => {
    const cartesian = read(poscar({ 8: "cart", 10: "1 2 3" }));
    expect(Array.from(cartesian.positions.subarray(3, 6))).toEqual([2, 4, 6]);
    const three = read(poscar({ 2: "1 2 3 ! factors", 3: "1 1 1", 8: "K", 10: "1 2 3" }));
    expect(Array.from(three.positions.subarray(3, 6))).toEqual([1, 4, 9]);
    expect(three.cell).toEqual(Float64Array.of(1, 2, 3, 0, 4, 0, 0, 0, 12));
  });

  it("takes a negative factor for the volume, whatever the handedness", () => {
    for (const flip of [1, -1]) {
      const { cell, positions } = read(poscar({ 2: "-64", 3: `${String(flip)} 0 0` }));
      [2 * flip, 0, 0, 0, 4, 0, 0, 0, 8].forEach((value, i) => {
        expect(cell?.[i]).toBeCloseTo(value, 14);
      });
      expect(positions[3]).toBeCloseTo(flip, 14);
    }
  });

  it("reads the species of VASP 4 from a title of symbols or a formula", () => {
    const species = (title: string, counts: string): number[] => {
      const lines = poscar({ 1: title, 7: counts }).split("\n");
      lines.splice(5, 1);
      return Array.from(read(lines.join("\n")).species);
    };
    expect(species("Ga As", "1 2")).toEqual([31, 33, 33]);
    expect(species("Ga4As8 zinc blende", "1 2")).toEqual([31, 33, 33]);
    expect(species("C diamond", "3")).toEqual([6, 6, 6]);
    expect(species("Ga As bulk", "1 2")).toEqual([31, 33, 33]);
    expect(species("In", "3")).toEqual([49, 49, 49]);
    for (const [title, counts] of [
      ["In vacuum", "3"],
      ["gallium arsenide", "1 2"],
      ["Ga As C", "1 2"],
      ["Ga", "1 2"],
      ["Md", "3"],
    ] as const) {
      expect(() => species(title, counts)).toThrow(/The file names no species: line 6/u);
    }
  });

  it("reads what VASP adds to species and counts", () => {
    const { species } = read(poscar({ 6: "Ga_d/6a2f546d  As_GW ! species", 7: "1 2 ! counts" }));
    expect(Array.from(species)).toEqual([31, 33, 33]);
    expect(Array.from(read(poscar({ 6: "C Ga C", 7: "1 0 2" })).species)).toEqual([6, 6, 6]);
  });

  it("keeps selective dynamics as move_mask", () => {
    const text = poscar({
      8: "Selective dynamics\nDirect",
      9: "0 0 0 T F T",
      10: "0.5 0.25 0.125 .TRUE. .F. f",
      11: "0 0 0.5 T T T As",
    });
    expect(read(text).columns["move_mask"]).toEqual({
      type: "L",
      components: 3,
      values: Uint8Array.of(1, 0, 1, 1, 0, 0, 1, 1, 1),
    });
    expect(failure(text.replace("T F T", "T F")).message).toMatch(/Line 10: found no flag 3/u);
  });

  it("keeps Cartesian velocities, also behind lattice velocities", () => {
    const velocities = { type: "R", components: 3, values: new Float64Array(9).fill(0.5) };
    const rows = "\n0.5 0.5 0.5".repeat(3);
    expect(read(`${poscar()}\n${rows}`).columns).toEqual({ velocities });
    expect(read(`${poscar()}\nCartesian${rows}\n\n1\n0.5\n`).columns).toEqual({ velocities });
    const lattice = `Lattice velocities and vectors\n1${"\n0 0 0".repeat(3)}${"\n1 0 0".repeat(3)}`;
    expect(read(`${poscar()}\n${lattice}\n${rows}`).columns).toEqual({ velocities });
  });

  it("passes over what is no velocity: direct ones, charge densities, predictor–corrector", () => {
    for (const tail of ["\nDirect\n1 2 3", "\n\n 48 48 48\n 0.1 0.2", "\n\n 1\n 0.5", "\n\n"]) {
      expect(read(`${poscar()}${tail}`).columns).toEqual({});
    }
  });

  it.each([
    [{ 2: "0" }, 2, /expected the scale factor/u],
    [{ 2: "1 2" }, 2, /found "1 2"; expected the scale factor/u],
    [{ 2: "1 2 -3" }, 2, /three positive ones/u],
    [{ 4: "0 2" }, 4, /ends before the component z of cell vector b/u],
    [{ 4: "0 2 two" }, 4, /found "two"; expected a finite number/u],
    [{ 4: "2 0 0" }, 5, /cell vectors on lines 3 to 5 are dependent/u],
    [{ 3: "1e200 0 0", 2: "1e200" }, 5, /too large/u],
    [{ 6: "Ga Ax" }, 6, /unknown species "Ax"/u],
    [{ 6: "" }, 6, /is empty; expected the species/u],
    [{ 7: "1" }, 7, /has 1 atom counts; expected 2/u],
    [{ 7: "1 2.5" }, 7, /found "2.5"; expected the number of atoms/u],
    [{ 7: "0 0" }, 7, /declares no atoms/u],
    [{ 8: "0 0 0" }, 8, /expected "Direct" or "Cartesian"/u],
    [{ 8: "Direct configuration=  1" }, 8, /XDATCAR/u],
    [{ 10: "0.5 0.25" }, 10, /ends before the third coordinate/u],
    [{ 10: "0.5 nan 0" }, 10, /second coordinate: found "nan"/u],
    [{ 7: "1 5" }, 11, /ends after 3 of the 6 atoms that line 7 declares/u],
    [{ 7: "1 99999999999999" }, 11, /ends after 3 of the 100000000000000 atoms/u],
    [{ 12: "\n0.1 0.2 0.3\n0.1 0.2" }, 14, /ends before the velocity/u],
    [{ 12: "\n0.1 0.2 0.3" }, 13, /ends after 1 of the 3 velocities that begin on line 13/u],
  ])("refuses %j, naming line %i", (changes, line, message) => {
    const error = failure(poscar(changes));
    expect(error.message).toMatch(message);
    expect(error.location).toMatchObject({ file: "POSCAR", line, structureIndex: 0 });
  });

  it("says that a cut-off or empty file ends", () => {
    const lines = poscar().split("\n");
    for (let count = 1; count < 8; count++) {
      expect(failure(lines.slice(0, count).join("\n")).message).toMatch(/ends after line/u);
    }
    expect(failure("").message).toMatch(/empty; expected the title/u);
  });
});

describe("writePoscar and readPoscar", () => {
  const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
  const structure = fc
    .array(
      fc.record({
        species: fc.integer({ min: 1, max: MAX_ATOMIC_NUMBER }),
        at: fc.tuple(coordinate, coordinate, coordinate),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .chain((atoms) =>
      fc
        .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 })
        .map((tilt) => ({
          atoms,
          // Diagonally dominant, hence of positive volume.
          cell: Float64Array.from(tilt, (value, i) => value + (i % 4 === 0 ? 6 : 0)),
        })),
    );

  it("give back cell, species and positions, grouped by species", () => {
    fc.assert(
      fc.property(structure, ({ atoms, cell }) => {
        const written: Structure = {
          nAtoms: atoms.length,
          species: Uint8Array.from(atoms, (atom) => atom.species),
          positions: Float64Array.from(atoms.flatMap(({ at }) => at)),
          cell,
          pbc: [true, true, true],
          info: {},
          columns: {},
        };
        const back = read(writePoscar(written, { comment: "a comment" }));
        const kinds = [...new Set(atoms.map((atom) => atom.species))];
        const grouped = kinds.flatMap((kind) => atoms.filter((atom) => atom.species === kind));
        expect(back.cell).toEqual(cell);
        expect(Array.from(back.species)).toEqual(grouped.map((atom) => atom.species));
        grouped
          .flatMap(({ at }) => at)
          .forEach((value, i) => {
            expect(Math.abs((back.positions[i] ?? NaN) - value)).toBeLessThan(1e-13);
          });
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});
