import { readFileSync } from "node:fs";
import { strFromU8, strToU8 } from "fflate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { gzip } from "../../../src/formats/compression.ts";
import { readStructures } from "../../../src/formats/readStructures.ts";
import { writeExtendedXyz } from "../../../src/formats/writeExtendedXyz.ts";
import { inverseCell } from "../../../src/structures/cell.ts";
import { requireSoundStructure } from "../../../src/structures/checkStructure.ts";
import type { Structure } from "../../../src/structures/structure.ts";

interface ExpectedFrame {
  readonly species: readonly number[];
  readonly positions: readonly number[];
  readonly cell: readonly number[];
  readonly pbc: readonly boolean[];
}

function golden(name: string): Uint8Array {
  return readFileSync(new URL(`../../golden/formats/${name}`, import.meta.url));
}

const expected = JSON.parse(strFromU8(golden("expected.json"))) as Readonly<
  Record<string, readonly ExpectedFrame[]>
>;
const names = Object.keys(expected);

/** Distance modulo whole vectors of a periodic cell, Å. */
function distance(structure: Structure, atom: number, point: readonly number[]): number {
  const { cell, pbc, positions } = structure;
  const vector = point.map((value, k) => value - (positions[3 * atom + k] ?? 0));
  if (cell === null) return Math.hypot(...vector);
  const inverse = inverseCell(cell);
  const images = [0, 1, 2].map((d) => {
    const fraction = vector.reduce((sum, value, k) => sum + value * (inverse[3 * k + d] ?? 0), 0);
    return pbc[d] === true ? Math.round(fraction) : 0;
  });
  return Math.hypot(
    ...vector.map(
      (value, k) => value - images.reduce((sum, n, d) => sum + n * (cell[3 * d + k] ?? 0), 0),
    ),
  );
}

describe("readStructures", () => {
  it.each(names)("reads %s as ASE does", (name) => {
    const structures = readStructures(golden(name), { fileName: name });
    expect(structures.length).toBe(expected[name]?.length);
    expected[name]?.forEach(({ species, positions, cell, pbc }, frame) => {
      const structure = structures[frame];
      if (structure === undefined) throw new Error("a frame is missing");
      requireSoundStructure(structure);
      expect(structure.nAtoms).toBe(species.length);
      expect(structure.pbc).toEqual(pbc);
      Array.from(structure.cell ?? new Float64Array(9)).forEach((value, i) => {
        expect(value).toBeCloseTo(cell[i] ?? NaN, 12);
      });
      // Atoms of a CIF stand in another order.
      const left = new Set(species.keys());
      for (const [index, number] of species.entries()) {
        const point = positions.slice(3 * index, 3 * index + 3);
        const atom = name.endsWith(".cif")
          ? [...left].find(
              (i) => structure.species[i] === number && distance(structure, i, point) < 1e-10,
            )
          : index;
        if (atom === undefined) throw new Error(`atom ${String(index)} of ASE is not there`);
        left.delete(atom);
        expect(structure.species[atom]).toBe(number);
        expect(distance(structure, atom, point)).toBeLessThan(1e-10);
      }
      expect(left.size).toBe(0);
    });
  });

  it.each(names)("reads %s gzipped and with line ends of Windows alike", (name) => {
    const bytes = golden(name);
    const structures = readStructures(bytes, { fileName: name });
    expect(readStructures(gzip(bytes), { fileName: `${name}.gz` })).toEqual(structures);
    const windows = strToU8(strFromU8(bytes).replace(/\n/gu, "\r\n"));
    expect(readStructures(windows, { fileName: name })).toEqual(structures);
  });

  it.each(names)("gives what extended XYZ holds without loss for %s", (name) => {
    const structures = readStructures(golden(name), { fileName: name });
    expect(readStructures(writeExtendedXyz(structures))).toEqual(structures);
  });

  it("stops after maxStructures, reports progress and can be cancelled", () => {
    for (const name of names) {
      const options = { fileName: name, maxStructures: 1 };
      expect(readStructures(golden(name), options).length).toBe(1);
      expect(readStructures(golden(name), { maxStructures: 0 })).toEqual([]);
      const calls: number[][] = [];
      const { length } = golden(name);
      readStructures(golden(name), { onProgress: (done, total) => calls.push([done, total]) });
      expect(calls.at(-1)).toEqual([length, length]);
      expect(() => readStructures(golden(name), { isCancelled: () => true })).toThrow(/cancelled/u);
    }
  });

  it("says what a file is that it cannot read", () => {
    expect(() => readStructures(strToU8("{}"), { fileName: "a.json" })).toThrow(/a JSON file/u);
  });
});

describe("a damaged file", () => {
  const files = names.map((name) => ({ name, bytes: golden(name) }));

  it("is read or refused with a StudioError, wherever it is cut off", () => {
    for (const { name, bytes } of files) {
      for (let end = 0; end < bytes.length; end += name === "symmetry.cif" ? 211 : 5) {
        try {
          readStructures(bytes.subarray(0, end), { fileName: name });
        } catch (error) {
          if (!(error instanceof StudioError)) throw error;
          expect(error.code).toBe("INVALID_FILE");
        }
      }
    }
  });

  it("is read or refused with a StudioError, whatever its bytes", () => {
    const piece = fc.constantFrom(
      ..."\n|\r\n| |-|#|'|\"|;|nan|1e999|99999999999|0|-1|x|C|Cx|ITEM: ATOMS id x y z\n|loop_\n|data_|_cell_length_a|Atoms\n\n|direct\n|\u0000|(|__proto__".split(
        "|",
      ),
    );
    const edit = fc.record({ at: fc.nat(), remove: fc.nat({ max: 12 }), insert: piece });
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        ({ name, bytes }, edits) => {
          let damaged = Uint8Array.from(bytes);
          for (const { at, remove, insert } of edits) {
            const start = at % (damaged.length + 1);
            damaged = Uint8Array.of(
              ...damaged.subarray(0, start),
              ...strToU8(insert),
              ...damaged.subarray(start + remove),
            );
          }
          try {
            for (const structure of readStructures(damaged, { fileName: name })) {
              const { nAtoms, species, positions, columns } = structure;
              expect(nAtoms).toBeGreaterThan(0);
              expect(positions.length).toBe(3 * nAtoms);
              expect(species.length).toBe(nAtoms);
              expect(positions.every(Number.isFinite)).toBe(true);
              for (const { components, values } of Object.values(columns)) {
                expect(values.length).toBe(components * nAtoms);
              }
            }
          } catch (error) {
            if (!(error instanceof StudioError)) throw error;
            expect(error.code).toBe("INVALID_FILE");
          }
        },
      ),
      { numRuns: 1000, seed: 7 },
    );
  });
});
