import { strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { readLammpsDump } from "../../../src/formats/lammpsDump.ts";
import type { ReadOptions } from "../../../src/formats/textFile.ts";
import type { Structure } from "../../../src/structures/structure.ts";

const BOX = "ITEM: BOX BOUNDS pp pp ff\n1 5\n2 8\n3 10";
const ATOMS = "ITEM: ATOMS id element x y z\n2 C 4 5 6\n1 Si 1 2 3";

function frame(
  parts: { readonly step?: string; readonly box?: string; readonly atoms?: string } = {},
): string {
  const { step = "ITEM: TIMESTEP\n0", box = BOX, atoms = ATOMS } = parts;
  return `${step}\nITEM: NUMBER OF ATOMS\n2\n${box}\n${atoms}\n`;
}

function read(text: string, options: ReadOptions = {}): Structure[] {
  return readLammpsDump(strToU8(text), { fileName: "c.dump", ...options });
}

function readOne(parts: Parameters<typeof frame>[0], options: ReadOptions = {}): Structure {
  const [structure] = read(frame(parts), options);
  if (structure === undefined) throw new Error("no structure");
  return structure;
}

function failure(text: string, options: ReadOptions = {}): StudioError {
  try {
    read(text, options);
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
  throw new Error("the file was read");
}

describe("readLammpsDump", () => {
  it("reads box, periodicity, species and positions in the order of the ids", () => {
    expect(readOne({})).toEqual({
      nAtoms: 2,
      species: Uint8Array.of(14, 6),
      positions: Float64Array.of(1, 2, 3, 4, 5, 6),
      cell: Float64Array.of(4, 0, 0, 0, 6, 0, 0, 0, 7),
      pbc: [true, true, false],
      info: { timestep: 0 },
      columns: { id: { type: "I", components: 1, values: Float64Array.of(1, 2) } },
    });
  });

  it("takes the box out of the bounding box of a tilted one", () => {
    // a = (4, 0, 0), b = (1, 6, 0), c = (-2, -0.5, 7) from (1, 2, 3): LAMMPS writes
    // xlo + min(0, xy, xz, xy + xz) = −1 and xhi + max(…) = 6, ylo + min(0, yz) = 1.5.
    const box = "ITEM: BOX BOUNDS xy xz yz pp pp pp\n-1 6 1\n1.5 8 -2\n3 10 -0.5";
    const { cell, positions } = readOne({ box, atoms: ATOMS.replace("x y z", "xs ys zs") });
    expect(cell).toEqual(Float64Array.of(4, 0, 0, 1, 6, 0, -2, -0.5, 7));
    expect(Array.from(positions.subarray(0, 3))).toEqual([1 + 4 + 2 - 6, 2 + 12 - 1.5, 3 + 21]);
  });

  it.each([
    ["x y z", [1, 2, 3]],
    ["xu yu zu", [1, 2, 3]],
    ["xs ys zs", [5, 14, 24]],
    ["xsu ysu zsu", [5, 14, 24]],
  ])("reads the coordinates %s", (names, expected) => {
    const { positions } = readOne({ atoms: ATOMS.replace("x y z", names) });
    expect(Array.from(positions.subarray(0, 3))).toEqual(expected);
  });

  it("prefers wrapped coordinates and keeps the others and all columns", () => {
    const { positions, columns } = readOne({
      atoms:
        "ITEM: ATOMS element xu yu zu id x y z vx vy vz ix iy iz fx fy c_1[2] i_kind label\n" +
        "C 40 50 60 2 4 5 6 .1 .2 .3 1 0 -1 7 8 nan 3 a\n" +
        "Si 10 20 30 1 1 2 3 .4 .5 .6 0 0 0 9 10 2.5 4 b",
    });
    expect(positions).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
    expect(columns).toEqual({
      xu: { type: "R", components: 1, values: Float64Array.of(10, 40) },
      yu: { type: "R", components: 1, values: Float64Array.of(20, 50) },
      zu: { type: "R", components: 1, values: Float64Array.of(30, 60) },
      id: { type: "I", components: 1, values: Float64Array.of(1, 2) },
      velocities: {
        type: "R",
        components: 3,
        values: Float64Array.of(0.4, 0.5, 0.6, 0.1, 0.2, 0.3),
      },
      image: { type: "I", components: 3, values: Float64Array.of(0, 0, 0, 1, 0, -1) },
      fx: { type: "R", components: 1, values: Float64Array.of(9, 7) },
      fy: { type: "R", components: 1, values: Float64Array.of(10, 8) },
      c_1_2: { type: "R", components: 1, values: Float64Array.of(2.5, NaN) },
      i_kind: { type: "I", components: 1, values: Float64Array.of(4, 3) },
      label: { type: "S", components: 1, values: ["b", "a"] },
    });
  });

  it("reads frames one after the other, each with its own box and columns", () => {
    const second = frame({
      step: "ITEM: TIMESTEP\n10\nITEM: TIME\n0.5",
      atoms: "ITEM: ATOMS mass xs ys zs\n12.011 0 0 0\n28.085 1 1 1",
    });
    const structures = read(`ITEM: UNITS\nmetal\n${frame()}${second}\n`);
    expect(structures.map(({ info }) => info)).toEqual([
      { timestep: 0 },
      { timestep: 10, time: 0.5 },
    ]);
    expect(Array.from(structures[1]?.species ?? [])).toEqual([6, 14]);
    expect(read(frame() + second, { maxStructures: 1 }).length).toBe(1);
  });

  it("takes species from the caller, elements, type labels, masses or types that are symbols", () => {
    const species = (names: string, first: string, second: string, options = {}): number[] =>
      Array.from(
        readOne({ atoms: `ITEM: ATOMS ${names} x y z\n${first} 0 0 0\n${second} 1 1 1` }, options)
          .species,
      );
    expect(species("element type", "si 1", "C 2")).toEqual([14, 6]);
    expect(species("element type", "C 1", "C 2", { typeSpecies: [14, 79] })).toEqual([14, 79]);
    expect(species("type", "2", "1", { typeSpecies: [14, 79] })).toEqual([79, 14]);
    expect(species("element", "C", "O", { typeSpecies: [14, 79] })).toEqual([6, 8]);
    expect(species("type typelabel", "1 Ga", "2 As")).toEqual([31, 33]);
    expect(species("type mass", "1 69.72", "2 74.92")).toEqual([31, 33]);
    expect(species("type", "Ga", "As")).toEqual([31, 33]);
  });

  it("says that types alone name no elements, and what to do", () => {
    const atoms = "ITEM: ATOMS id type x y z\n1 1 0 0 0\n2 3 1 1 1";
    const error = failure(frame({ atoms }));
    expect(error.message).toMatch(
      /Line 10: the dump says atom types \(1\) but not which elements/u,
    );
    expect(error.remedy).toMatch(/dump_modify … element C Si.*convert FILE --types C,Si/u);
    expect(failure(frame({ atoms }), { typeSpecies: [6, 14] }).message).toMatch(
      /Line 11 has an atom of type 3, but only 2 types are given/u,
    );
  });

  it.each([
    [{ box: "ITEM: BOX BOUNDS\n1 5\n2 8\n3 10" }, 5, /does not say the boundary conditions/u],
    [{ box: BOX.replace("1 5", "5 1") }, 8, /lower bounds below upper bounds/u],
    [{ box: BOX.replace("1 5", "1 5 0") }, 6, /more than the 2 numbers that line 5 announces/u],
    [{ box: BOX.replace("1 5", "1 x") }, 6, /box bound: found "x"/u],
    [{ box: BOX.replace("pp pp", "xy xz yz pp pp") }, 6, /ends before the box bound/u],
    [{ box: "" }, 6, /no "ITEM: BOX BOUNDS"/u],
    [{ step: "ITEM: UNITS\nlj" }, 2, /LAMMPS units "lj"/u],
    [{ step: "ITEM: ENTRIES\n5" }, 1, /"ITEM: ENTRIES" is not of a dump of atoms/u],
    [{ step: "timestep 5" }, 1, /found "timestep 5"; expected a line that begins with "ITEM:"/u],
    [{ step: "ITEM: TIMESTEP\nfive" }, 2, /time step: found "five"/u],
    [{ atoms: ATOMS.replace(" y z", "") }, 9, /names no three coordinates/u],
    [{ atoms: ATOMS.replace("element", "x") }, 9, /names the column "x" twice/u],
    [{ atoms: ATOMS.replace("element", "q") }, 9, /names no column that says the species/u],
    [{ atoms: ATOMS.replace("Si", "Sx") }, 11, /column element: "Sx" is no element/u],
    [{ atoms: ATOMS.replace("1 Si", "2 Si") }, 11, /id 2 is given twice, .* line 10/u],
    [{ atoms: ATOMS.replace("4 5 6", "4 5") }, 10, /has 4 columns; expected 5/u],
    [{ atoms: ATOMS.replace("4 5 6", "4 5 6 7") }, 10, /has 6 columns; expected 5/u],
    [{ atoms: ATOMS.replace("4 5 6", "4 inf 6") }, 10, /column y: found "inf"/u],
    [{ atoms: ATOMS.replace("1 Si", "1.5 Si") }, 11, /column id: found "1.5"; expected a whole/u],
    [{ atoms: ATOMS.replace("\n1 Si 1 2 3", "") }, 10, /ends after 1 of the 2 atoms .* line 4/u],
    [{ atoms: "" }, 9, /ends after line 9 before the atoms of frame 0/u],
  ])("refuses %j, naming line %i", (parts, line, message) => {
    const error = failure(frame(parts));
    expect(error.message).toMatch(message);
    expect(error.location).toMatchObject({ file: "c.dump", line, structureIndex: 0 });
  });

  it("names the frame that is wrong", () => {
    const short = failure(frame().replace("\n2 C 4 5 6", "") + frame());
    expect(short.message).toMatch(/frame ends before line 11 with 1 of the 2 atoms/u);
    const later = failure(frame() + frame({ atoms: ATOMS.replace("Si", "Sx") }));
    expect(later.location).toMatchObject({ structureIndex: 1, line: 22 });
    const count = failure(frame().replace("ATOMS\n2", "ATOMS\n0"));
    expect(count.message).toMatch(/number of atoms: found "0"/u);
    const huge = failure(frame().replace("ATOMS\n2", "ATOMS\n999999999999"));
    expect(huge.message).toMatch(/ends after 2 of the 999999999999 atoms/u);
  });
});
