import { strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { gunzipIfNeeded, gzip, headOf } from "../../../src/formats/compression.ts";
import { detectFormat } from "../../../src/formats/detect.ts";

describe("detectFormat", () => {
  it("knows XYZ by its content, whatever the name, plain or gzipped", () => {
    const xyz = strToU8("\uFEFF  12\r\nLattice=…\nC 0 0 0\n");
    expect(detectFormat(xyz, "film.xyz")).toBe("extendedXyz");
    expect(detectFormat(xyz, "snapshot")).toBe("extendedXyz");
    expect(detectFormat(gzip(xyz), "film.data.gz")).toBe("extendedXyz");
    expect(detectFormat(strToU8("\n\n3\n"), "film.txt")).toBe("extendedXyz");
  });

  it("leaves a damaged .xyz to the reader, which can name the line", () => {
    expect(detectFormat(strToU8("twelve\n"), "film.xyz")).toBe("extendedXyz");
    expect(detectFormat(new Uint8Array(0), "/data/film.EXTXYZ.gz")).toBe("extendedXyz");
  });

  it.each([
    ["si.dat", "Si2\n1.0\n5 0 0\n0 5 0\n0 0 5\nSi\n2\n", "poscar"],
    ["2.xyz", "2\n1.0 1.0 2 ! factors\r\n5 0 0 # a\n0 5 0\n0 0 5\nSi\n2\n", "poscar"],
    ["a.txt", "# made by hand\n\ndata_Si\n_cell_length_a 5\n", "cif"],
    ["a.txt", "\uFEFFdata_\n", "cif"],
    ["dump.0", "ITEM: TIMESTEP\n0\n", "lammpsDump"],
    ["c", "comment\n\n 8 atoms\n 1 atom types\n\n0 5 xlo xhi\n", "lammpsData"],
    ["c", "comment\n8 atoms # all\n0 2 2 avec\n", "lammpsData"],
    ["c.xyz", "6\n1.0\n6 0 0 0\n", "extendedXyz"],
  ])("knows the content of %s, %j", (name, text, format) => {
    expect(detectFormat(strToU8(text), name)).toBe(format);
    expect(detectFormat(gzip(strToU8(text)), `${name}.gz`)).toBe(format);
  });

  it.each([
    ["run/POSCAR", "poscar"],
    ["CONTCAR.gz", "poscar"],
    ["GaAs.vasp", "poscar"],
    ["a.CIF", "cif"],
    ["a.lmp", "lammpsData"],
    ["a.lammpstrj.gz", "lammpsDump"],
  ])("leaves damaged content to the reader that the name %s asks for", (name, format) => {
    expect(detectFormat(strToU8("damaged\n"), name)).toBe(format);
  });

  it.each([
    ["p.lpr.json", '{ "version": 1 }', "a JSON file"],
    ["p.xyz", '{ "version": 1 }', "a JSON file"],
    ["OUTCAR", " vasp.5.4.4.18Apr17\n", "an OUTCAR of VASP"],
    ["a.cfg", "Number of particles = 64\n", "an AtomEye configuration"],
    ["x.npz", "PK\u0003\u0004", "a zip archive file"],
    ["x.xyz.bz2", "BZh91AY&SY", "a bzip2-compressed file"],
    ["poscar-notes/notes.txt", "some words", "format of the file is not known"],
  ])("says what %s is and what can be read", (name, text, expected) => {
    expect(() => detectFormat(strToU8(text, true), name)).toThrow(expected);
    expect(() => detectFormat(strToU8(text, true), name)).toThrow(/expected extended XYZ, POSCAR/u);
    expect(() => detectFormat(strToU8(text, true), name)).toThrow(StudioError);
  });
});

describe("gunzipIfNeeded", () => {
  const text = strToU8("carbon ".repeat(20_000));

  it("unpacks what gzip packs and leaves other bytes alone", () => {
    expect(gunzipIfNeeded(gzip(text))).toEqual(text);
    expect(gunzipIfNeeded(text)).toBe(text);
    expect(gunzipIfNeeded(gzip(new Uint8Array(0)))).toEqual(new Uint8Array(0));
    expect(headOf(gzip(text), 14)).toEqual(text.slice(0, 14));
  });

  it("stops at the size limit, before filling memory", () => {
    expect(() => gunzipIfNeeded(gzip(text), { maxBytes: 1000, fileName: "big.xyz.gz" })).toThrow(
      /unpacks to more than 1000 bytes/u,
    );
  });

  it("can be cancelled", () => {
    expect(() => gunzipIfNeeded(gzip(text), { isCancelled: () => true })).toThrow(/cancelled/u);
  });

  it("refuses every cut and every flipped bit of checksum or size", () => {
    const packed = gzip(strToU8("C 0 0 0\n".repeat(20)));
    for (let length = 2; length < packed.length; length++) {
      expect(() => gunzipIfNeeded(packed.subarray(0, length))).toThrow(StudioError);
    }
    for (let at = packed.length - 8; at < packed.length; at++) {
      const flipped = Uint8Array.from(packed);
      flipped[at] = (flipped[at] ?? 0) ^ 16;
      expect(() => gunzipIfNeeded(flipped)).toThrow(/damaged or cut off/u);
    }
  });
});
