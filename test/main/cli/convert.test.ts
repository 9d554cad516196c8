import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { convertCommand } from "../../../main/cli/convert.ts";
import { StudioError } from "../../../src/errors.ts";
import { readStructures } from "../../../src/formats/readStructures.ts";
import type { Structure } from "../../../src/structures/structure.ts";

let folder: string;
let notes: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-convert-"));
  notes = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function golden(name: string): string {
  return fileURLToPath(new URL(`../../golden/formats/${name}`, import.meta.url));
}

/** Converts into the folder of the test. */
async function convert(input: string, out: string, ...options: string[]): Promise<void> {
  await convertCommand([input, "--out", join(folder, out), ...options], {
    quiet: false,
    print: () => undefined,
    note: (text) => notes.push(text),
    progress: () => undefined,
    clear: () => undefined,
  });
}

async function failure(input: string, out: string, ...options: string[]): Promise<StudioError> {
  try {
    await convert(input, out, ...options);
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
  throw new Error("it was converted");
}

function read(path: string): readonly Structure[] {
  return readStructures(readFileSync(path), { fileName: path });
}

describe("lpr-studio convert", () => {
  it("writes every structure with its columns, plain and gzipped", async () => {
    const input = golden("two-frames.dump");
    for (const out of ["a.xyz", "b.extxyz", "c.xyz.gz"]) {
      await convert(input, out);
      expect(read(join(folder, out))).toEqual(read(input));
    }
    expect(readFileSync(join(folder, "c.xyz.gz"))[0]).toBe(0x1f);
    expect(notes[0]).toBe(`${join(folder, "a.xyz")}: 2 structures of 2`);
  });

  it("chooses structures by a Python slice or an index, in the order asked for", async () => {
    const input = golden("symmetry.cif");
    const all = read(input);
    for (const [selector, indices] of [
      ["::-1", [2, 1, 0]],
      ["1:", [1, 2]],
      ["-1", [2]],
    ] as const) {
      await convert(input, "out.xyz", "--structures", selector);
      expect(read(join(folder, "out.xyz"))).toEqual(indices.map((index) => all[index]));
    }
  });

  it("writes one structure as POSCAR, and warns when that makes it periodic", async () => {
    await convert(golden("two-frames.dump"), "out.poscar", "--structures", "0");
    const [structure] = read(join(folder, "out.poscar"));
    expect(Array.from(structure?.species ?? [])).toEqual([6, 14, 14]);
    expect(notes[0]).toMatch(/^warning: VASP repeats the structure in all directions/u);
    await convert(golden("volume-vasp4.poscar"), "other.vasp");
    expect(notes).toHaveLength(3);
    const many = await failure(golden("symmetry.cif"), "out.poscar");
    expect(many.code).toBe("USAGE");
    expect(many.message).toMatch(/holds one structure and 3 are selected/u);
    const molecule = join(folder, "molecule.xyz");
    writeFileSync(molecule, "1\n\nO 0 0 0\n");
    const free = await failure(molecule, "out.poscar");
    expect(free.message).toMatch(/has no cell; expected three independent cell vectors/u);
    expect(free.location).toEqual({ file: molecule, structureIndex: 0 });
  });

  it("takes the elements of LAMMPS types that the file does not say", async () => {
    const input = join(folder, "types.dump");
    const text = readFileSync(golden("two-frames.dump"), "utf8");
    writeFileSync(input, text.replaceAll(" element", "").replace(/ (?:Si|C) /gu, " "));
    expect((await failure(input, "out.xyz")).message).toMatch(/but not which elements they are/u);
    await convert(golden("two-frames.dump"), "out.xyz", "--types", "Ge,Sn", "--structures", "0");
    expect(Array.from(read(join(folder, "out.xyz"))[0]?.species ?? [])).toEqual([50, 32, 32]);
    const wrong = await failure(input, "out.xyz", "--types", "Ge,Tin");
    expect(wrong).toMatchObject({ code: "USAGE" });
    expect(wrong.message).toMatch(/--types is "Ge,Tin"/u);
  });

  it("writes nothing when the input, the name or the selection is wrong", async () => {
    const broken = join(folder, "broken.xyz");
    writeFileSync(broken, "2\n\nC 0 0 0\n");
    const before = readdirSync(folder);
    expect((await failure(broken, "out.xyz")).location).toMatchObject({ file: broken, line: 3 });
    expect((await failure(golden("nothing.cif"), "out.xyz")).message).toMatch(/no such file/u);
    for (const [out, options, message] of [
      ["out.pdb", [], /ends in .xyz, .xyz.gz, .poscar or .vasp/u],
      ["out.xyz", ["--structures", "5"], /--structures: .*has 3 structures/u],
      ["out.xyz", ["--structures", "a:b"], /expected a slice/u],
    ] as const) {
      const error = await failure(golden("symmetry.cif"), out, ...options);
      expect(error.code).toBe("USAGE");
      expect(error.message).toMatch(message);
    }
    expect(readdirSync(folder)).toEqual(before);
  });
});
