import { gzipSync, strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { iterateExtendedXyz, readExtendedXyz } from "../../../src/formats/extendedXyz.ts";
import type { Structure } from "../../../src/structures/structure.ts";

const CUBIC = 'Lattice="5 0 0 0 5 0 0 0 5"';
const PLAIN = "Properties=species:S:1:pos:R:3";

function read(text: string): Structure[] {
  return readExtendedXyz(strToU8(text), { fileName: "film.xyz" });
}

/** The structure of a one-atom file with this comment line and atom line. */
function readOne(comment: string, atom = "C 0 0 0"): Structure {
  const [structure] = read(`1\n${comment}\n${atom}\n`);
  if (structure === undefined) throw new Error("no structure");
  return structure;
}

function failure(text: string | Uint8Array): StudioError {
  try {
    readExtendedXyz(typeof text === "string" ? strToU8(text) : text, { fileName: "film.xyz" });
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
  throw new Error("the file was read");
}

describe("readExtendedXyz", () => {
  it("reads cell, periodicity, information and every column type in any order", () => {
    const [structure] = read(
      [
        "2",
        `${CUBIC} Properties=tag:S:1:force:R:3:species:S:1:fixed:L:2:pos:R:3:n:I:1 energy=-3.5 pbc="T F T"`,
        "surface 0.1 0.2 0.3 Si T F 1 2 3 -4",
        "bulk 1e-3 -2.5E+2 .5 c False True 4. 5.5 -6 12",
      ].join("\n"),
    );
    expect(structure).toEqual({
      nAtoms: 2,
      species: Uint8Array.of(14, 6),
      positions: Float64Array.of(1, 2, 3, 4, 5.5, -6),
      cell: Float64Array.of(5, 0, 0, 0, 5, 0, 0, 0, 5),
      pbc: [true, false, true],
      info: { energy: -3.5 },
      columns: {
        tag: { type: "S", components: 1, values: ["surface", "bulk"] },
        force: {
          type: "R",
          components: 3,
          values: Float64Array.of(0.1, 0.2, 0.3, 1e-3, -250, 0.5),
        },
        fixed: { type: "L", components: 2, values: Uint8Array.of(1, 0, 0, 1) },
        n: { type: "I", components: 1, values: Float64Array.of(-4, 12) },
      },
    });
  });

  it("reads plain XYZ with a free comment, further columns ignored", () => {
    const [structure] = read("1\nwater, it's 300 K\nO 0.5 1 2 -0.8 extra\n");
    expect(structure?.info).toEqual({ comment: "water, it's 300 K" });
    expect(structure?.columns).toEqual({});
    expect(structure?.cell).toBeNull();
    expect(structure?.pbc).toEqual([false, false, false]);
    expect(Array.from(structure?.positions ?? [])).toEqual([0.5, 1, 2]);
    expect(readOne("").info).toEqual({});
  });

  it("keeps free text with a stray = or apostrophe as a comment, not as an error", () => {
    expect(readOne("E = -3 eV, don't panic").info).toEqual({
      E: -3,
      "eV,": true,
      "don't": true,
      panic: true,
    });
    expect(readOne("x = 'never closed").info).toEqual({ comment: "x = 'never closed" });
  });

  it("reads CRLF, tabs, a byte order mark, blank lines between and after structures", () => {
    const text = `\uFEFF 1\r\n${CUBIC}\r\nC\t1\t2\t3  \r\n\r\n1\r\n\r\nSi 0 0 0\r\n\r\n \r\n`;
    const structures = read(text);
    expect(structures.map(({ species }) => Array.from(species))).toEqual([[6], [14]]);
    expect(Array.from(structures[0]?.positions ?? [])).toEqual([1, 2, 3]);
    expect(structures[0]?.pbc).toEqual([true, true, true]);
  });

  it("reads Fortran exponents exactly", () => {
    const { positions } = readOne(PLAIN, "C 1.5D+01 -0.25d-2 1.D0");
    expect(Array.from(positions)).toEqual([15, -0.0025, 1]);
  });

  it("takes species from symbols in any case, numbers, or a Z column, X being 0", () => {
    const species = (comment: string, atom: string): number[] =>
      Array.from(readOne(comment, atom).species);
    expect(species(PLAIN, "SI 0 0 0")).toEqual([14]);
    expect(species(PLAIN, "x 0 0 0")).toEqual([0]);
    expect(species(PLAIN, "118 0 0 0")).toEqual([118]);
    expect(species(PLAIN, "6 0 0 0")).toEqual([6]);
    expect(species("Properties=pos:R:3:Z:I:1", "0 0 0 31")).toEqual([31]);
    expect(species("Properties=Z:I:1:species:S:1:pos:R:3", "33 As 0 0 0")).toEqual([33]);
    expect(species("Properties=numbers:I:1:positions:R:3", "33 0 0 0")).toEqual([33]);
  });

  it.each([
    ['pbc="T T F"', [true, true, false]],
    ["pbc=T", [true, true, true]],
    ["pbc=F", [false, false, false]],
    ['pbc="1 0 1"', [true, false, true]],
    ["pbc=[True, false, TRUE]", [true, false, true]],
    ["pbc={F F T}", [false, false, true]],
    ['PBC="F T F"', [false, true, false]],
    ["", [true, true, true]],
  ])("reads periodicity from %s", (text, expected) => {
    expect(readOne(`${CUBIC} ${text}`).pbc).toEqual(expected);
  });

  it("reads a Lattice as nine numbers, nested, with commas or in another case", () => {
    const expected = [1, 2, 3, 0, 5, 6, 0, 0, 9];
    for (const lattice of [
      'Lattice="1 2 3 0 5 6 0 0 9"',
      "Lattice=[[1, 2, 3], [0, 5, 6], [0, 0, 9]]",
      'lattice = " 1,2,3 0,5,6 0 0 9 "',
      "Lattice={1 2 3 0 5 6 0 0 9}",
    ]) {
      expect(Array.from(readOne(lattice).cell ?? [])).toEqual(expected);
    }
    expect(readOne('Lattice="0 0 0 0 0 0 0 0 0" pbc="F F F"').cell).toBeNull();
    expect(Array.from(readOne('Lattice="4 0 0 0 4 0 0 0 0" pbc="T T F"').cell ?? [])).toEqual([
      4, 0, 0, 0, 4, 0, 0, 0, 0,
    ]);
  });

  it("keeps nan in a real column as a missing value", () => {
    const { columns } = readOne(`${PLAIN}:lpr:R:2`, "C 0 0 0 nan -INF");
    expect(columns["lpr"]?.values).toEqual(Float64Array.of(Number.NaN, -Infinity));
  });

  it("survives keys and columns named like parts of an object", () => {
    const structure = readOne(
      `${PLAIN}:constructor:R:1:__proto__:I:1 __proto__=7 toString=x`,
      "C 0 0 0 1.5 2",
    );
    expect(Object.keys(structure.info)).toEqual(["__proto__", "toString"]);
    expect(Object.keys(structure.columns)).toEqual(["constructor", "__proto__"]);
    expect(({} as Record<string, unknown>)["components"]).toBeUndefined();
  });

  it("reads a comment line of megabytes", () => {
    const numbers = Array.from({ length: 200_000 }, (_, i) => String(i)).join(" ");
    const { info } = readOne(`descriptor="${numbers}" after=1`);
    expect(info["after"]).toBe(1);
    expect((info["descriptor"] as number[]).length).toBe(200_000);
  });

  it("reads gzip, also of several members", () => {
    const first = gzipSync(strToU8(`1\n${CUBIC}\nC 0 0 0\n`));
    const second = gzipSync(strToU8("1\n\nSi 0 0 1\n"));
    const both = new Uint8Array(first.length + second.length);
    both.set(first);
    both.set(second, first.length);
    expect(readExtendedXyz(first).length).toBe(1);
    expect(readExtendedXyz(both).map(({ species }) => species[0])).toEqual([6, 14]);
  });

  it("yields good structures before a bad one and stops at maxStructures", () => {
    const text = strToU8("1\n\nC 0 0 0\n1\n\nC zero 0 0\n");
    const iterator = iterateExtendedXyz(text);
    expect(iterator.next().value?.nAtoms).toBe(1);
    expect(() => iterator.next()).toThrow(/found "zero"/u);
    expect(readExtendedXyz(text, { maxStructures: 1 }).length).toBe(1);
  });

  it("reports progress up to the end and obeys a cancellation within one structure", () => {
    const atoms = "C 0.123456 0.123456 0.123456\n".repeat(100_000);
    const bytes = strToU8(`100000\n\n${atoms}`);
    const seen: number[] = [];
    readExtendedXyz(bytes, {
      onProgress: (done, total) => {
        expect(total).toBe(bytes.length);
        seen.push(done);
      },
    });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toBe(bytes.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    let polls = 0;
    expect(() => readExtendedXyz(bytes, { isCancelled: () => ++polls > 3 })).toThrow(/cancelled/u);
    expect(polls).toBe(4);
  });
});

describe("errors of readExtendedXyz", () => {
  it("names line, columns found and columns declared", () => {
    const error = failure(
      `2\n${CUBIC} ${PLAIN}:forces:R:3:local_energy:R:1:coordination:I:1\nC 0 0 0 0 0 0 -7 3\nC 1 1 1 0 0 0\n`,
    );
    expect(error.message).toBe(
      "Line 4 has 7 columns. The header on line 2 declares 9: species, pos (3), forces (3), local_energy, coordination.",
    );
    expect(error.code).toBe("INVALID_FILE");
    expect(error.location).toMatchObject({ file: "film.xyz", line: 4, structureIndex: 0 });
    expect(error.location?.excerpt?.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(error.location?.excerpt?.at(-1)?.text).toBe("C 1 1 1 0 0 0");
  });

  it.each([
    ["an empty file", "", "holds no structure"],
    ["blank lines only", "\n \r\n\n", "holds no structure"],
    ["a count that is text", "hello\n\nC 0 0 0\n", 'found "hello"; expected the number of atoms'],
    ["a count of zero", "0\n\n", "a whole number of at least 1"],
    ["a negative count", "-3\n\n", "a whole number of at least 1"],
    ["a file that ends after the count", "3\n", "The file ends after line 1"],
    [
      "too few atoms at the end",
      "3\n\nC 0 0 0\nC 0 0 1\n",
      "ends after 2 of the 3 atoms that line 1",
    ],
    ["an absurd count", "999999999999\n\nC 0 0 0\n", "ends after 1 of the 999999999999 atoms"],
    [
      "too large a count before another structure",
      "2\n\nC 0 0 0\n1\n\nC 0 0 0\n",
      "start of the next structure, after 1 of the 2 atoms that line 1 declares",
    ],
    [
      "too small a count",
      "1\n\nC 0 0 0\nC 0 0 1\n",
      'found "C 0 0 1"; expected the number of atoms of structure 1',
    ],
    ["a coordinate that is nan", "1\n\nC 0 nan 0\n", 'column pos (2 of 3): found "nan"'],
    ["a coordinate that is infinite", "1\n\nC 0 0 1e999\n", 'column pos (3 of 3): found "1e999"'],
    ["a coordinate full of stars", "1\n\nC 0 0 *****\n", 'found "*****"; expected a finite'],
    ["an unknown species", "1\n\nQq 0 0 0\n", 'unknown species "Qq"'],
    ["a label for a species", "1\n\nFe_a 0 0 0\n", "expected an element symbol such as Fe"],
    ["an atomic number beyond 118", "1\n\n119 0 0 0\n", 'unknown species "119"'],
    [
      "a truth value that is none",
      `1\n${PLAIN}:fixed:L:1\nC 0 0 0 maybe\n`,
      'column fixed: found "maybe"; expected T or F',
    ],
    [
      "an integer with a fraction",
      `1\n${PLAIN}:n:I:1\nC 0 0 0 1.5\n`,
      'column n: found "1.5"; expected an integer',
    ],
    [
      "more columns than declared",
      `1\n${PLAIN}\nC 0 0 0 9\n`,
      "Line 3 has 5 columns. The header on line 2 declares 4",
    ],
    [
      "plain XYZ with missing columns",
      "1\n\nC 0 0\n",
      "Plain XYZ has at least 4: species, pos (3)",
    ],
    ["a cell without volume", '1\nLattice="5 0 0 5 0 0 0 0 5"\nC 0 0 0\n', "cell has zero volume"],
    ["a zero cell that is periodic", '1\nLattice="0 0 0 0 0 0 0 0 0"\nC 0 0 0\n', "zero volume"],
    [
      "a Lattice of six numbers",
      '1\nLattice="5 5 5 90 90 90"\nC 0 0 0\n',
      "Lattice has 6 value(s)",
    ],
    ["a Lattice with nan", '1\nLattice="5 0 0 0 nan 0 0 0 5"\nC 0 0 0\n', "not finite"],
    ["a Lattice of text", "1\nLattice=cubic\nC 0 0 0\n", "Lattice has 1 value(s)"],
    ["periodic without a Lattice", "1\npbc=T\nC 0 0 0\n", "gives no Lattice"],
    ["an unquoted pbc", `1\n${CUBIC} pbc=T T F\nC 0 0 0\n`, "three values that are not quoted"],
    ["a pbc that is text", `1\n${CUBIC} pbc=xy\nC 0 0 0\n`, 'pbc is "xy"; expected three'],
    ["a quote never closed", '1\nLattice="5 0 0 0 5\nC 0 0 0\n', "never closed"],
    [
      "Properties of a wrong length",
      "1\nProperties=species:S\nC 0 0 0\n",
      "triples name:type:count",
    ],
    ["an unknown column type", "1\nProperties=species:S:1:pos:D:3\nC 0 0 0\n", 'with type "D"'],
    ["a column count of zero", `1\n${PLAIN}:q:R:0\nC 0 0 0\n`, 'with count "0"'],
    ["a name declared twice", `1\n${PLAIN}:pos:R:3\nC 0 0 0 0 0 0\n`, 'declares "pos" twice'],
    ["no positions", "1\nProperties=species:S:1\nC\n", "declares no positions"],
    ["no species", "1\nProperties=pos:R:3\n0 0 0\n", "neither species nor atomic numbers"],
    ["positions of two components", "1\nProperties=species:S:1:pos:R:2\nC 0 0\n", "pos:R:2"],
    [
      "species and numbers that disagree",
      "1\nProperties=species:S:1:pos:R:3:Z:I:1\nSi 0 0 0 6\n",
      "column Z says C (6) but an earlier column says Si (14)",
    ],
  ])("refuses %s", (_, text, expected) => {
    const error = failure(text);
    expect(error.message).toContain(expected);
    expect(error.code).toBe("INVALID_FILE");
    expect(error.location?.file).toBe("film.xyz");
  });

  it("refuses binary files, UTF-16 and damaged gzip by name", () => {
    expect(failure(Uint8Array.of(137, 72, 68, 70, 13, 10, 0, 0)).message).toContain("is binary");
    expect(failure(Uint8Array.of(0xff, 0xfe, 49, 0, 10, 0)).message).toContain("UTF-16");
    const gz = gzipSync(strToU8(`1\n\n${"C 0 0 0\n".repeat(50)}`));
    expect(failure(gz.subarray(0, gz.length - 12)).message).toContain("damaged or cut off");
    const flipped = Uint8Array.from(gz);
    flipped[gz.length - 6] = (flipped[gz.length - 6] ?? 0) ^ 1;
    expect(failure(flipped).message).toContain("checksum");
  });

  it("counts structures from 0 and lines from 1 in later structures", () => {
    const error = failure("1\n\nC 0 0 0\n\n1\n\nC 0 0\n");
    expect(error.location).toMatchObject({ line: 7, structureIndex: 1 });
  });

  it("refuses lines that no text of structures has, wherever they are", () => {
    const long = "1 ".repeat(2 ** 23 + 1);
    for (const text of [long, `1\n${PLAIN} ${long}`, `1\n${PLAIN}\nC 0 0 0 ${long}`]) {
      const { code, message, remedy, location } = failure(text);
      const line = text.split("\n").length;
      expect([code, message, location?.line]).toEqual([
        "INVALID_FILE",
        `Line ${String(line)} is 16 MiB long; expected lines of at most 16 MiB.`,
        line,
      ]);
      expect(remedy).toContain("line breaks");
    }
  });

  it("shows short excerpts even of very long lines", () => {
    const error = failure(`1\n${"word ".repeat(100_000)}\nC 0 0\n`);
    for (const { text } of error.location?.excerpt ?? []) expect(text.length).toBeLessThan(200);
  });
});
