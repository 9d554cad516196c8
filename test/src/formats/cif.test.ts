import { strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { readCif } from "../../../src/formats/cif.ts";
import {
  hasCentering,
  isIdentity,
  missingProduct,
  parseOperation,
} from "../../../src/formats/symmetryOperations.ts";
import type { Structure } from "../../../src/structures/structure.ts";

const CELL = [
  "_cell_length_a 4.0(1)",
  "_cell_length_b 5",
  "_cell_length_c 6.",
  "_cell_angle_alpha 90",
  "_cell_angle_beta 90.00(2)",
  "_cell_angle_gamma 90",
];
const HEAD = ["loop_", "_atom_site_label", "_atom_site_fract_x", "_atom_site_fract_y"];
const SITES = [...HEAD, "_atom_site_fract_z", "Si1 0.25 0.5 0", "O1 -.25 0.1(2) 1.5"];

function cif(
  parts: {
    readonly cell?: readonly string[];
    readonly symmetry?: readonly string[];
    readonly sites?: readonly string[];
  } = {},
): string {
  const { cell = CELL, symmetry = [], sites = SITES } = parts;
  return ["data_test", ...cell, ...symmetry, ...sites, ""].join("\n");
}

function read(text: string): Structure[] {
  return readCif(strToU8(text), { fileName: "a.cif" });
}

function readOne(parts: Parameters<typeof cif>[0]): Structure {
  const [structure] = read(cif(parts));
  if (structure === undefined) throw new Error("no structure");
  return structure;
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

function operations(...texts: readonly string[]): string[] {
  return ["loop_", "_symmetry_equiv_pos_as_xyz", ...texts.map((text) => `'${text}'`)];
}

/** Sites with one more column. */
function withColumn(name: string, ...values: readonly string[]): string[] {
  return SITES.flatMap((line, i) => {
    if (i < 5) return i === 4 ? [line, name] : [line];
    return [`${line} ${values[i - 5] ?? ""}`];
  });
}

describe("readCif", () => {
  it("reads cell, elements from labels, and coordinates with uncertainties, wrapped", () => {
    expect(readOne({})).toEqual({
      nAtoms: 2,
      species: Uint8Array.of(14, 8),
      positions: Float64Array.of(1, 2.5, 0, 3, 0.5, 3),
      cell: Float64Array.of(4, 0, 0, 0, 5, 0, 0, 0, 6),
      pbc: [true, true, true],
      info: { data_block: "test" },
      columns: { site: { type: "S", components: 1, values: ["Si1", "O1"] } },
    });
  });

  it("reads an oblique cell with a along x and b in the xy plane", () => {
    const angle = (name: string, value: number): string => `_cell_angle_${name} ${String(value)}`;
    const cell = [...CELL.slice(0, 3), angle("alpha", 80), angle("beta", 70), angle("gamma", 60)];
    const [a, b, c] = [0, 3, 6].map((i) => readOne({ cell }).cell?.subarray(i, i + 3) ?? []);
    const dot = (u: ArrayLike<number> = [], v: ArrayLike<number> = []): number =>
      Array.from(u).reduce((sum, value, k) => sum + value * (v[k] ?? 0), 0);
    const cosine = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
    expect(dot(a, a)).toBeCloseTo(16, 12);
    expect(dot(b, b)).toBeCloseTo(25, 12);
    expect(dot(c, c)).toBeCloseTo(36, 12);
    expect(dot(b, c)).toBeCloseTo(30 * cosine(80), 12);
    expect(dot(a, c)).toBeCloseTo(24 * cosine(70), 12);
    expect(dot(a, b)).toBeCloseTo(20 * cosine(60), 12);
    expect(Array.from(a ?? [])).toEqual([4, 0, 0]);
    expect(b?.[2]).toBe(0);
  });

  it("multiplies general positions and merges special ones", () => {
    const symmetry = operations("x,y,z", "-x,-y,-z", "x+1/2,y+1/2,z", "1/2-x,0.5-y,-z");
    const sites = [...HEAD, "_atom_site_fract_z", "C1 0 0 0", "O1 0.1 0.2 0.3"];
    const { species, columns } = readOne({ symmetry, sites });
    expect(Array.from(species)).toEqual([6, 6, 8, 8, 8, 8]);
    expect(columns["site"]?.values).toEqual(["C1", "C1", "O1", "O1", "O1", "O1"]);
  });

  it("merges images that three digits of a coordinate keep apart", () => {
    const symmetry = operations("x,y,z", "-y,x-y,z", "-x+y,-x,z");
    const cell = [
      "_cell_length_a 3",
      "_cell_length_b 3",
      "_cell_length_c 6",
      "_cell_angle_alpha 90",
      "_cell_angle_beta 90",
      "_cell_angle_gamma 120",
    ];
    const sites = (x: string, y: string): string[] => [
      ...HEAD,
      "_atom_site_fract_z",
      `C1 ${x} ${y} 0`,
    ];
    expect(readOne({ cell, symmetry, sites: sites("0.3333", "0.6667") }).nAtoms).toBe(1);
    expect(readOne({ cell, symmetry, sites: sites("0.333", "0.667") }).nAtoms).toBe(1);
    expect(failure(cif({ cell, symmetry, sites: sites("0.30", "0.64") })).message).toMatch(
      /Site C1 is 0\.\d+ Å from its own symmetry image/u,
    );
    expect(readOne({ cell, symmetry, sites: sites("0.1", "0.4") }).nAtoms).toBe(3);
  });

  it.each([
    ["Si", 14],
    ["SI", 14],
    ["Si4+", 14],
    ["O2-", 8],
    ["D", 1],
    ["ca", 20],
  ])("reads the type symbol %s", (symbol, species) => {
    const sites = withColumn("_atom_site_type_symbol", symbol, "C");
    expect(readOne({ sites }).species[0]).toBe(species);
  });

  it.each([
    ["Ow1", 8],
    ["OW1", 8],
    ["C12A", 6],
    ["Ca2", 20],
    ["H", 1],
    ["Fe_a", 26],
  ])("reads the element of the label %s", (label, species) => {
    const sites = SITES.map((line) => line.replace("Si1", label));
    expect(readOne({ sites }).species[0]).toBe(species);
  });

  it.each(["CA1", "FE1", "CL", "M1", "X1", "12", "?", "Wat1"])("refuses the label %s", (label) => {
    const error = failure(cif({ sites: SITES.map((line) => line.replace("Si1", label)) }));
    expect(error.message).toMatch(/names no element with certainty/u);
    expect(error.remedy).toMatch(/_atom_site_type_symbol/u);
    expect(error.location?.line).toBe(13);
  });

  it("reads quotes, comments, text fields, tags in any case, dots and forgotten quotes", () => {
    const text = [
      "#\\#CIF_1.1",
      "data_O'Brien # a comment",
      "_publ_author_name 'O'Brien, P.'",
      '_note "it\'s"',
      "_publ_section_title",
      ";",
      "loop_ _cell_length_a data_x 'unbalanced",
      ";",
      "_symmetry_space_group_name_H-M P 1",
      "LOOP_",
      "_Symmetry_Equiv_Pos_As_XYZ",
      "x, y, z",
      ...CELL.map((line) => line.replace("_cell_", "_CELL.")),
      ...SITES.slice(0, 5),
      "'Si1' 0.25 # the rest follows",
      " 0.5\t0 O1 .1 .2 .3",
      "loop_",
      "_refln_index_h",
      "1 2 3",
    ].join("\n");
    const [structure] = read(text);
    expect(Array.from(structure?.species ?? [])).toEqual([14, 8]);
    expect(structure?.info).toEqual({ data_block: "O'Brien" });
  });

  it("reads each data block with atoms as a structure and names the wrong one", () => {
    const two = `${cif()}data_global\n_note none\n${cif().replace("data_test", "data_two")}`;
    expect(read(two).map(({ info }) => info["data_block"])).toEqual(["test", "two"]);
    const error = failure(two.replace(/Si1(?![\s\S]*Si1)/u, "Zz1"));
    expect(error.location).toMatchObject({ structureIndex: 1, file: "a.cif" });
  });

  it("reads P 1 with or without its operation, and a block that says nothing", () => {
    for (const symmetry of [
      [],
      ["_space_group_name_H-M_alt 'P 1'", "_space_group_IT_number 1"],
      ["_symmetry_space_group_name_H-M P1", ...operations("x,y,z")],
      ["_symmetry_space_group_name_H-M ?", "_symmetry_Int_Tables_number ."],
      ["_space_group_symop.operation_xyz 'x,y,z'"],
    ]) {
      expect(readOne({ symmetry }).nAtoms).toBe(2);
    }
  });

  it.each([
    [["_symmetry_space_group_name_H-M 'P -1'"], 8, /"P -1" but the data block lists no symmetry/u],
    [["_space_group_IT_number 227"], 8, /"227" but the data block lists no symmetry/u],
    [["_symmetry_Int_Tables_number 2", ...operations("x,y,z")], 8, /only symmetry operation/u],
    [operations("x,y"), 10, /"x,y" is no symmetry operation/u],
    [operations("x,y,z", "x,y,x"), 11, /"x,y,x" is no symmetry operation/u],
    [operations("-x,-y,-z"), 10, /lack the identity/u],
    [operations("x,y,z", "-y,x,z", "-x,-y,z"), 10, /are no group: "-y,x,z" after "-x,-y,z"/u],
    [
      ["_symmetry_space_group_name_H-M 'C 2/m'", ...operations("x,y,z", "-x,-y,-z")],
      8,
      /is centered but none of the 2 symmetry operations is a centering translation/u,
    ],
    [["_cell_modulation_dimension 1"], 8, /modulated/u],
    [["_space_group_symop_magn_operation.xyz x,y,z,+1"], 1, /magnetic structure/u],
  ])("refuses the symmetry %j, naming line %i", (symmetry, line, message) => {
    const error = failure(cif({ symmetry }));
    expect(error.message).toMatch(message);
    expect(error.location?.line).toBe(line);
  });

  it.each([
    [withColumn("_atom_site_occupancy", "1.0", "0.5(1)"), 15, /O1 has the occupancy "0.5\(1\)"/u],
    [withColumn("_atom_site_occupancy", "1", "x"), 15, /O1 has the occupancy "x"/u],
    [withColumn("_atom_site_disorder_group", ".", "1"), 15, /O1 is disordered/u],
    [withColumn("_atom_site_attached_hydrogens", "0", "2"), 15, /"2" attached hydrogen atoms/u],
    [SITES.map((s) => s.replace("0.25", "?")), 13, /Site Si1: .* coordinate x is "\?"/u],
    [SITES.map((s) => s.replace(".1(2)", ".1.2")), 14, /Site O1: .* coordinate y is "0.1.2"/u],
    [SITES.map((s) => s.replace("fract", "Cartn")), 1, /no fractional coordinates/u],
    [SITES.slice(1), 8, /"_atom_site_label" has no value/u],
    [[...SITES, "C1 0.1 0.2"], 8, /has 11 values for 4 names/u],
    [["loop_", "value"], 8, /"loop_" is not followed by names/u],
    [[...SITES, "C1 0.1 0.2 'x"], 15, /the quote before "x" does not end/u],
    [[...SITES, ";text"], 15, /begins with the semicolon of line 15 does not end/u],
    [[...SITES, "C1 0.25 0.5 0.0001"], 15, /Sites Si1 and C1 are 0\.00060 Å apart/u],
    [[...SITES, "_cell_length_a 4"], 15, /"_cell_length_a" a second time/u],
    [["save_frame", ...SITES], 8, /"save_frame" belongs to dictionaries/u],
    [["_cell_volume 1", "stray", ...SITES], 9, /the value "stray" has no name/u],
  ])("refuses the sites %j, naming line %i", (sites, line, message) => {
    const error = failure(cif({ sites }));
    expect(error.message).toMatch(message);
    expect(error.location).toMatchObject({ file: "a.cif", line });
  });

  it.each([
    [CELL.slice(1), 1, /no _cell_length_a/u],
    [CELL.map((line) => line.replace("4.0(1)", "-4")), 2, /_cell_length_a is "-4"/u],
    [CELL.map((line) => line.replace("alpha 90", "alpha 180")), 5, /angle between 0° and 180°/u],
    [
      CELL.map((line) => line.replace("alpha 90", "alpha 170").replace("gamma 90", "gamma 60")),
      7,
      /angles 170, 90, 60 span no volume/u,
    ],
  ])("refuses the cell %j, naming line %i", (cell, line, message) => {
    const error = failure(cif({ cell }));
    expect(error.message).toMatch(message);
    expect(error.location?.line).toBe(line);
  });

  it("refuses what is no CIF and what holds no atoms", () => {
    expect(failure("hello\n").message).toMatch(/found "hello"; expected "data_"/u);
    expect(failure("data_x\n_note 1\n").message).toMatch(/no structure; expected a data block/u);
    expect(failure("").message).toMatch(/no structure/u);
  });
});

describe("symmetry operations", () => {
  it("are read in every spelling", () => {
    const identity = { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] };
    expect(parseOperation("x,y,z")).toEqual(identity);
    expect(parseOperation(" +X , Y,1*z+1 ")).toEqual(identity);
    expect(parseOperation("1/2-x, y-x+0.333, -.25+z")).toEqual({
      rotation: [-1, 0, 0, -1, 1, 0, 0, 0, 1],
      translation: [0.5, 8 / 24, 0.75],
    });
    expect(parseOperation("x+1/5,y,z")?.translation[0]).toBe(0.2);
    for (const text of ["", "x,y", "x,y,z,t", "2x,y,z", "x y,y,z", "x,,z", "x,y,w", "x+1/0,y,z"]) {
      expect(parseOperation(text)).toBeUndefined();
    }
  });

  it("form a group, or the missing product is named", () => {
    const group = (...texts: readonly string[]): NonNullable<ReturnType<typeof parseOperation>>[] =>
      texts.flatMap((text) => parseOperation(text) ?? []);
    const screw = group("x,y,z", "-y,x,z+1/4", "-x,-y,z+1/2", "y,-x,z+3/4");
    expect(missingProduct(screw)).toBeUndefined();
    expect(missingProduct(screw.slice(0, 3))).toEqual([1, 2]);
    expect(missingProduct(group("x,y,z", "-y,x,z+1/3", "-x,-y,z+1/2", "y,-x,z+3/4"))).toBeDefined();
    expect(hasCentering(screw)).toBe(false);
    expect(hasCentering(group("x,y,z", "x+1/2,y+1/2,z"))).toBe(true);
    expect(screw.map(isIdentity)).toEqual([true, false, false, false]);
  });
});
