import { strFromU8, strToU8 } from "fflate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { readExtendedXyz } from "../../../src/formats/extendedXyz.ts";
import { gzip } from "../../../src/formats/compression.ts";
import { writeExtendedXyz } from "../../../src/formats/writeExtendedXyz.ts";
import type { AtomColumn, InfoValue, Structure } from "../../../src/structures/structure.ts";

const finite = fc.double({ min: -1e8, max: 1e8, noNaN: true });
const anyReal = fc.oneof(fc.double(), finite);
const text = fc.string({ unit: "grapheme", maxLength: 12 });
const scalar = fc.oneof(anyReal, fc.boolean(), text);
const info: fc.Arbitrary<InfoValue> = fc.oneof(
  scalar,
  fc.constantFrom("12", "T", "1 2 3", "_JSON 4", "[1, 2]", "{x}", 'a "b" \\', "two\nlines", ""),
  fc.array(anyReal, { maxLength: 5 }),
  fc.array(fc.boolean(), { maxLength: 5 }),
  fc.array(fc.constantFrom("a", "b c", "7", 'q"'), { maxLength: 3 }),
  fc.constantFrom([
    [1, 2.5],
    [-3e-7, 4],
  ]),
);
const key = fc
  .oneof(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,8}$/u), text)
  .filter((name) => name !== "" && !/^(?:lattice|properties|pbc|t|f)$/iu.test(name));
const columnName = fc
  .stringMatching(/^[A-Za-z_][A-Za-z0-9_./-]{0,8}$/u)
  .filter((name) => !/^(?:species|symbols|pos|positions|Z|numbers)$/iu.test(name));

function columnOf(nAtoms: number): fc.Arbitrary<AtomColumn> {
  const values = <T>(value: fc.Arbitrary<T>, components: number): fc.Arbitrary<T[]> =>
    fc.array(value, { minLength: nAtoms * components, maxLength: nAtoms * components });
  const word = fc.stringMatching(/^[!-~]{1,9}$/u);
  return fc.integer({ min: 1, max: 3 }).chain((components): fc.Arbitrary<AtomColumn> =>
    fc.oneof(
      values(anyReal, components).map((v): AtomColumn => ({
        type: "R",
        components,
        values: Float64Array.from(v),
      })),
      values(fc.integer(), components).map((v): AtomColumn => ({
        type: "I",
        components,
        values: Float64Array.from(v),
      })),
      values(fc.constantFrom(0, 1), components).map((v): AtomColumn => ({
        type: "L",
        components,
        values: Uint8Array.from(v),
      })),
      values(word, components).map((v): AtomColumn => ({ type: "S", components, values: v })),
    ),
  );
}

const structures: fc.Arbitrary<Structure> = fc.integer({ min: 1, max: 6 }).chain((nAtoms) =>
  fc
    .record({
      species: fc.uint8Array({ min: 0, max: 118, minLength: nAtoms, maxLength: nAtoms }),
      positions: fc.array(finite, { minLength: 3 * nAtoms, maxLength: 3 * nAtoms }),
      hasCell: fc.boolean(),
      offDiagonal: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
        minLength: 3,
        maxLength: 3,
      }),
      pbc: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      info: fc.dictionary(key, info, { maxKeys: 5 }),
      columns: fc.dictionary(columnName, columnOf(nAtoms), { maxKeys: 4 }),
    })
    .map(({ species, positions, hasCell, offDiagonal, pbc, info: pairs, columns }) => {
      const [p = 0, q = 0, r = 0] = offDiagonal;
      return {
        nAtoms,
        species,
        positions: Float64Array.from(positions),
        cell: hasCell ? Float64Array.of(3, p, q, r, 4, p, q, r, 5) : null,
        pbc: hasCell ? pbc : ([false, false, false] as const),
        info: { ...pairs },
        columns: { ...columns },
      };
    }),
);

const carbon: Structure = {
  nAtoms: 2,
  species: Uint8Array.of(6, 6),
  positions: Float64Array.of(0, 0, 0.1 + 0.2, 1, 1, 1),
  cell: Float64Array.of(4, 0, 0, 0, 4, 0, 0, 0, 4),
  pbc: [true, true, false],
  info: { energy: -1.5, config_type: "film", note: "two words" },
  columns: { force: { type: "R", components: 3, values: new Float64Array(6) } },
};

describe("writeExtendedXyz", () => {
  it("writes what readExtendedXyz reads back, every bit of it", () => {
    fc.assert(
      fc.property(fc.array(structures, { minLength: 1, maxLength: 3 }), (written) => {
        const read = readExtendedXyz(writeExtendedXyz(written));
        expect(read).toEqual(written);
        expect(read.map((structure) => Object.keys(structure.info))).toEqual(
          written.map((structure) => Object.keys(structure.info)),
        );
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it("writes the lines that ASE and OVITO know", () => {
    expect(
      strFromU8(writeExtendedXyz([carbon]))
        .split("\n")
        .slice(0, 3),
    ).toEqual([
      "2",
      'Lattice="4 0 0 0 4 0 0 0 4" Properties=species:S:1:pos:R:3:force:R:3 energy=-1.5 config_type=film note="two words" pbc="T T F"',
      "C 0 0 0.30000000000000004 0 0 0",
    ]);
  });

  it("appends columns and values, replacing those of the same name, missing ones as nan", () => {
    const lpr: AtomColumn = { type: "R", components: 1, values: Float64Array.of(12.5, Number.NaN) };
    const [read] = readExtendedXyz(
      writeExtendedXyz([carbon], () => ({
        extraColumns: { lpr_base: lpr, force: lpr },
        extraInfo: { energy: 2, rows: "mean" },
      })),
    );
    expect(read?.columns).toEqual({ force: lpr, lpr_base: lpr });
    expect(read?.info).toMatchObject({ energy: 2, rows: "mean", config_type: "film" });
  });

  it("gives equal files for equal structures, also gzipped, and gzip reads back", () => {
    const bytes = writeExtendedXyz([carbon, carbon]);
    expect(gzip(bytes)).toEqual(gzip(bytes));
    expect(readExtendedXyz(gzip(bytes))).toEqual([carbon, carbon]);
  });

  it.each<[string, Partial<Structure>, RegExp]>([
    [
      "a column of the wrong length",
      { columns: { q: real(3) } },
      /Column q has 3 values; expected 2/u,
    ],
    ["a column name with a space", { columns: { "a b": real(2) } }, /"a b" cannot name a column/u],
    ["a column named pos", { columns: { pos: real(2) } }, /"pos" cannot name a column/u],
    [
      "a text with a space in a column",
      { columns: { s: { type: "S", components: 1, values: ["a b", "c"] } } },
      /Column s has a text/u,
    ],
    [
      "a fraction in an integer column",
      { columns: { n: { type: "I", components: 1, values: Float64Array.of(1, 1.5) } } },
      /declared integer/u,
    ],
    ["a reserved key", { info: { Properties: "x" } }, /"Properties" is empty or reserved/u],
    [
      "a coordinate that is not finite",
      { positions: new Float64Array(6).fill(Number.NaN) },
      /coordinate that is not finite/u,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(() => writeExtendedXyz([{ ...carbon, ...change }])).toThrow(message);
    expect(() => writeExtendedXyz([{ ...carbon, ...change }])).toThrow(StudioError);
  });
});

function real(length: number): AtomColumn {
  return { type: "R", components: 1, values: new Float64Array(length) };
}

describe("a damaged file", () => {
  it("is read or refused with a StudioError, whatever its bytes", () => {
    const valid = fc.array(structures, { minLength: 1, maxLength: 2 }).map(writeExtendedXyz);
    const edit = fc.record({
      at: fc.nat(),
      remove: fc.nat({ max: 12 }),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 8 }),
        fc
          .constantFrom(
            "\n",
            '"',
            "[",
            "{",
            "=",
            "\\",
            "nan",
            "1e999",
            "99999999999",
            "T",
            "\u0000",
          )
          .map((inserted) => strToU8(inserted)),
      ),
    });
    fc.assert(
      fc.property(
        valid,
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (bytes, edits, zip) => {
          let damaged = zip ? gzip(bytes) : bytes;
          for (const { at, remove, insert } of edits) {
            const start = at % (damaged.length + 1);
            damaged = Uint8Array.of(
              ...damaged.subarray(0, start),
              ...insert,
              ...damaged.subarray(start + remove),
            );
          }
          try {
            for (const { positions, nAtoms, species } of readExtendedXyz(damaged)) {
              expect(positions.length).toBe(3 * nAtoms);
              expect(species.length).toBe(nAtoms);
              expect(positions.every(Number.isFinite)).toBe(true);
            }
          } catch (error) {
            if (!(error instanceof StudioError)) throw error;
            expect(error.code).toBe("INVALID_FILE");
          }
        },
      ),
      { numRuns: 1500, seed: 2 },
    );
  });

  it("is refused when it is noise", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          readExtendedXyz(bytes);
        } catch (error) {
          if (!(error instanceof StudioError)) throw error;
        }
      }),
      { numRuns: 2000, seed: 3 },
    );
  });
});
