import { strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { readLammpsData } from "../../../src/formats/lammpsData.ts";
import { speciesOfMass } from "../../../src/formats/lammpsSpecies.ts";
import type { ReadOptions } from "../../../src/formats/textFile.ts";
import type { Structure } from "../../../src/structures/structure.ts";

const BOX = "1 5 xlo xhi\n2 8 ylo yhi\n3 10 zlo zhi";
const MASSES = "Masses\n\n1 12.01\n2 28.0855";

/** A file with two atoms of two types; the parts are replaced by name. */
function data(
  parts: {
    readonly comment?: string;
    readonly counts?: string;
    readonly box?: string;
    readonly masses?: string;
    readonly atoms?: string;
  } = {},
): string {
  const {
    comment = "two atoms",
    counts = "2 atoms\n2 atom types",
    box = BOX,
    masses = MASSES,
    atoms = "Atoms # atomic\n\n2 2 4 5 6\n1 1 1.5 2.5 3.5",
  } = parts;
  return `${comment}\n\n${counts}\n\n${box}\n\n${masses}\n\n${atoms}\n`;
}

function read(text: string, options: ReadOptions = {}): Structure {
  return readLammpsData(strToU8(text), { fileName: "c.data", ...options });
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

describe("readLammpsData", () => {
  it("reads box, species by mass, and positions in the order of the ids", () => {
    expect(read(data())).toEqual({
      nAtoms: 2,
      species: Uint8Array.of(6, 14),
      positions: Float64Array.of(1.5, 2.5, 3.5, 4, 5, 6),
      cell: Float64Array.of(4, 0, 0, 0, 6, 0, 0, 0, 7),
      pbc: [true, true, true],
      info: { comment: "two atoms" },
      columns: {
        id: { type: "I", components: 1, values: Float64Array.of(1, 2) },
        type: { type: "I", components: 1, values: Float64Array.of(1, 2) },
      },
    });
  });

  it("reads tilt factors and general triclinic vectors", () => {
    expect(read(data({ box: `${BOX}\n0.5 -1 2 xy xz yz` })).cell).toEqual(
      Float64Array.of(4, 0, 0, 0.5, 6, 0, -1, 2, 7),
    );
    const general = "0 2 2 avec\n2 0 2 bvec\n2 2 0 cvec\n0 0 0 abc origin";
    expect(read(data({ box: general })).cell).toEqual(Float64Array.of(0, 2, 2, 2, 0, 2, 2, 2, 0));
  });

  it.each([
    ["atomic", "1 2 4 5 6", {}],
    ["charge", "1 2 -0.5 4 5 6", { charge: [-0.5] }],
    ["bond", "1 7 2 4 5 6", { molecule: [7] }],
    ["angle", "1 7 2 4 5 6", { molecule: [7] }],
    ["molecular", "1 7 2 4 5 6", { molecule: [7] }],
    ["full", "1 7 2 -0.5 4 5 6", { molecule: [7], charge: [-0.5] }],
    ["sphere", "1 2 1.0 3.0 4 5 6", {}],
    ["dipole", "1 2 -0.5 4 5 6 0 0 1", { charge: [-0.5] }],
  ] as const)("reads the atom style %s with and without image flags", (style, line, extra) => {
    for (const images of ["", " 0 -1 2"]) {
      const atoms = `Atoms # ${style}\n\n${line}${images} # the only atom`;
      const { positions, species, columns } = read(data({ counts: "1 atoms", atoms }));
      expect(Array.from(positions)).toEqual([4, 5, 6]);
      expect(Array.from(species)).toEqual([14]);
      const { id, type, image, ...others } = columns;
      expect([id?.values[0], type?.values[0]]).toEqual([1, 2]);
      expect(image?.values).toEqual(images === "" ? undefined : Float64Array.of(0, -1, 2));
      const values = Object.entries(others).map(([name, column]) => [name, [...column.values]]);
      expect(Object.fromEntries(values)).toEqual(extra);
    }
  });

  it.each([
    ["1 2 4 5 6", "", {}],
    ["1 2 4 5 6 0 0 0", "", {}],
    ["1 7 2 -1 4 5 6", "", { molecule: 7, charge: -1 }],
    ["1 7 2 -0.5 4 5 6 0 0 0", "", { molecule: 7, charge: -0.5 }],
    ["1 2 -0.5 4 5 6", "", { charge: -0.5 }],
    ["1 2 -5e-1 4 5 6 1 0 0", "", { charge: -0.5 }],
    ["1 7 2 4 5 6", "1 bonds", { molecule: 7 }],
  ])("tells the style of %j by its fields (%j in the header)", (line, header, extra) => {
    const { positions, columns } = read(
      data({ counts: `1 atoms\n${header}`, atoms: `Atoms\n\n${line}` }),
    );
    expect(Array.from(positions)).toEqual([4, 5, 6]);
    const found = [columns["molecule"]?.values[0], columns["charge"]?.values[0]];
    expect(found).toEqual([
      (extra as { molecule?: number }).molecule,
      (extra as { charge?: number }).charge,
    ]);
  });

  it("takes species from type labels, from comments, and from the caller before all", () => {
    const labels = "Atom Type Labels\n\n1 C\n2 Si";
    const atoms = "Atoms # atomic\n\n1 Si 1 1 1\n2 C 2 2 2";
    expect(Array.from(read(data({ masses: labels, atoms })).species)).toEqual([14, 6]);
    const byLabel = `${labels}\n\nMasses\n\nC 12.011\nSi 28.085`;
    const labelled = read(data({ masses: byLabel, atoms }));
    expect(Array.from(labelled.species)).toEqual([14, 6]);
    expect(labelled.columns["type"]?.values).toEqual(["Si", "C"]);
    expect(Array.from(read(data({ masses: labels })).species)).toEqual([6, 14]);
    const comments = "Masses\n\n1 1.0 # CT\n2 58.8 # Ni nickel";
    expect(Array.from(read(data({ masses: comments })).species)).toEqual([1, 28]);
    const typeSpecies = [79, 78];
    expect(Array.from(read(data(), { typeSpecies }).species)).toEqual([79, 78]);
    expect(Array.from(read(data({ masses: labels, atoms }), { typeSpecies }).species)).toEqual([
      78, 79,
    ]);
  });

  it("says which type is no element and how to tell it", () => {
    const error = failure(data({ masses: "Masses\n\n1 12.01\n2 100.0" }));
    expect(error.message).toMatch(/Atom type 2 has the mass 100; expected/u);
    expect(error.remedy).toMatch(/lpr-studio convert FILE --types C,Si/u);
    expect(error.location?.line).toBe(17);
    expect(failure(data({ masses: "" })).message).toMatch(/type 2 has neither mass nor label/u);
    expect(failure(data({ masses: "Masses\n\n1 12.01 # N\n2 28" })).message).toMatch(
      /type 1 has the mass 12.01 of C but the label N/u,
    );
  });

  it("keeps velocities by id and passes over other sections", () => {
    const rest =
      "\n\nVelocities\n\n1 0.1 0.2 0.3\n2 0.4 0.5 0.6\n\nBonds\n\n1 1 1 2\n\nPair Coeffs # lj/cut\n\n1 0.1 3.4";
    const atoms = "Atoms # atomic\n\n2 2 4 5 6\n1 1 1.5 2.5 3.5";
    const { columns } = read(data({ atoms: atoms + rest }));
    expect(columns["velocities"]?.values).toEqual(Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6));
    expect(failure(data({ atoms: atoms + rest.replace("\n2 0.4", "\n3 0.4") })).message).toMatch(
      /Velocities section has no line for atom id 2/u,
    );
    expect(failure(data({ atoms: atoms + rest.replace("2 0.4 0.5 0.6", "") })).message).toMatch(
      /no line for atom id 2/u,
    );
  });

  it("refuses units whose length is not the ångström", () => {
    expect(failure(data({ comment: "written, timestep = 0, units = lj" })).message).toMatch(
      /LAMMPS units "lj"; expected metal or real/u,
    );
    expect(read(data({ comment: "written, units = real" })).nAtoms).toBe(2);
  });

  it.each([
    [{ counts: "3 atoms" }, 17, /ends after 2 of the 3 atoms that line 3 declares/u],
    [{ counts: "9999999999 atoms" }, 17, /ends after 2 of the 9999999999 atoms/u],
    [{ counts: "1 atoms" }, 17, /follows the 1 atoms that line 3 declares/u],
    [{ counts: "0 atoms" }, 3, /declares no atoms/u],
    [{ counts: "" }, 9, /declares no number of atoms/u],
    [{ counts: "2 atoms\nnonsense" }, 4, /found "nonsense"; expected a line of the header/u],
    [{ box: "1 5 xlo xhi\n2 8 ylo yhi" }, 9, /without "zlo zhi"/u],
    [{ box: BOX.replace("1 5", "1 five") }, 6, /found "1 five"/u],
    [{ box: BOX.replace("1 5", "1 5 6") }, 6, /before "xlo xhi"; expected 2 numbers/u],
    [{ box: BOX.replace("1 5", "5 1") }, 10, /lower bounds below upper bounds/u],
    [{ box: "0 1 1 avec\n0 1 1 bvec\n1 1 0 cvec" }, 10, /independent vectors/u],
    [{ masses: "Masses\n\n1 -12\n2 28" }, 12, /the mass is -12/u],
    [{ masses: "Masses\n\n1\n2 28" }, 12, /ends before the mass/u],
    [
      { atoms: "Atoms\n\n1 2 0 4 5 6\n2 2 4 5 6" },
      17,
      /cannot be told; the styles read are atomic/u,
    ],
    [{ atoms: "Atoms\n\n1 2 1.0 3.0 4 5 6" }, 17, /has 7 fields and the section does not name/u],
    [
      { atoms: "Atoms # tdpd\n\n1 2 4 5 6\n2 2 4 5 6" },
      17,
      /the atom style is "tdpd"; expected one of/iu,
    ],
    [
      { atoms: "Atoms # charge\n\n1 2 4 5 6\n2 2 4 5 6" },
      17,
      /has 5 fields; expected 6 of atom style/u,
    ],
    [{ atoms: "Atoms # atomic\n\n1 2 4 5 6\n2 2 4 5" }, 18, /has 4 fields; expected 5/u],
    [{ atoms: "Atoms # atomic\n\n1 2 4 5 6\n2 2 4 5 6 7" }, 18, /has 6 fields; expected 5/u],
    [{ atoms: "Atoms # atomic\n\n1 2 4 5 6\n2 2 4 5 inf" }, 18, /coordinate z: found "inf"/u],
    [{ atoms: "Atoms # atomic\n\n0 2 4 5 6\n2 2 4 5 6" }, 17, /atom id: found "0"/u],
    [{ atoms: "Atoms # atomic\n\n7 2 4 5 6\n7 2 1 1 1" }, 18, /id 7 is given twice, .* line 17/u],
    [{ atoms: "Atoms # atomic\n\n1 2 4 5 6\n\nBonds\n\n1 1" }, 19, /section ends before line 19/u],
    [{ atoms: "Bonds\n\n1 1 1 2" }, 17, /ends after line 17 without an Atoms section/u],
    [{ masses: "", atoms: "" }, 12, /without a section; expected "Atoms"/u],
  ])("refuses %j, naming line %i", (parts, line, message) => {
    const error = failure(data(parts));
    expect(error.message).toMatch(message);
    expect(error.location).toMatchObject({ file: "c.data", line });
  });
});

describe("speciesOfMass", () => {
  it.each([
    [12, 6],
    [12.0107, 6],
    [1, 1],
    [28.0855, 14],
    [69.723, 31],
    [58.9332, 27],
    [58.6934, 28],
    [39.948, 18],
    [238.03, 92],
  ])("knows %d", (mass, species) => {
    expect(speciesOfMass(mass)).toBe(species);
  });

  it.each([0, 2.014, 58.8, 40.01, 13.019, 100, 1e9, -1])("does not guess %d", (mass) => {
    expect(speciesOfMass(mass)).toBeUndefined();
  });
});
