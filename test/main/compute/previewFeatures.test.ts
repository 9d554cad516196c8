import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkFeatures } from "../../../main/compute/checkFeatures.ts";
import { previewFeatures } from "../../../main/compute/previewFeatures.ts";
import { readFeatures } from "../../../main/compute/readFeatures.ts";
import type { ArrayPreview, FeatureCheck } from "../../../src/contract/features.ts";
import { readNpy, writeNpy } from "../../../src/formats/npy.ts";
import { writeNpz } from "../../../src/formats/npz.ts";
import type { Structure } from "../../../src/structures/structure.ts";
import { diamondCells } from "../../support/carbonCells.ts";

let folder: string;
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-features-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(bytes: Uint8Array): string {
  const path = join(folder, `f${String(count++)}.bin`);
  writeFileSync(path, bytes);
  return path;
}

const golden = (name: string): Uint8Array =>
  readFileSync(new URL(`../../golden/numpy-arrays/${name}`, import.meta.url));

const preview = async (bytes: Uint8Array): Promise<readonly ArrayPreview[]> =>
  (await previewFeatures(file(bytes), "f.npz")).arrays;

/** `array` of a matrix whose header says what is given. */
function rawNpy(header: string, data: Uint8Array): Uint8Array {
  const text = `${header.padEnd(117)}\n`;
  const bytes = new Uint8Array(10 + text.length + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8]);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes.set(data, 10 + text.length);
  return bytes;
}

describe("a look at a file", () => {
  it("shows name, shape, type and first values of every array", async () => {
    const arrays = {
      features: { data: Float64Array.from({ length: 28 }, (_, i) => i), shape: [4, 7] },
      structures: { data: Int32Array.of(0, 2, 2, 0), shape: [4] },
    };
    for (const compress of [false, true]) {
      expect(await preview(writeNpz(arrays, compress))).toEqual([
        {
          name: "features",
          shape: [4, 7],
          descriptor: "<f8",
          fortranOrder: false,
          head: [
            [0, 1, 2, 3, 4],
            [7, 8, 9, 10, 11],
            [14, 15, 16, 17, 18],
          ],
          rowsOfStructures: null,
        },
        {
          name: "structures",
          shape: [4],
          descriptor: "<i4",
          fortranOrder: false,
          head: [[0, 2, 2, 0]],
          rowsOfStructures: [2, 0, 2],
        },
      ]);
    }
  });

  it("shows rows as rows, whatever the order of the file and of its bytes", async () => {
    const rows = [
      [0.5, 1.5, 2.5],
      [3.5, 4.5, 5.5],
    ];
    for (const name of ["f8.npy", "f4.npy", "big_endian.npy"]) {
      expect((await preview(golden(name)))[0]).toMatchObject({ name: null, head: rows });
    }
    const byColumns = new Uint8Array(Float64Array.of(0.5, 3.5, 1.5, 4.5, 2.5, 5.5).buffer);
    const fortran = rawNpy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }", byColumns);
    expect(await preview(fortran)).toMatchObject([{ fortranOrder: true, head: rows }]);
    for (const name of ["stored.npz", "deflated.npz"]) {
      expect((await preview(golden(name))).length).toBeGreaterThan(0);
    }
  });

  it("takes no vector of other numbers for indices", async () => {
    for (const values of [
      [0, -1],
      [0, 0.5],
      [0, 2],
    ]) {
      const [vector] = await preview(writeNpy(Float64Array.from(values), [2]));
      expect(vector?.rowsOfStructures).toBeNull();
    }
    expect((await preview(writeNpy(new Float64Array(0), [0, 4])))[0]?.head).toEqual([]);
  });

  it.each([
    [
      "objects",
      rawNpy("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", new Uint8Array(16)),
      /holds Python objects; expected real/,
    ],
    [
      "records",
      rawNpy(
        "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,), }",
        new Uint8Array(16),
      ),
      /record type/,
    ],
    [
      "a cut array",
      writeNpy(new Float64Array(64), [8, 8]).slice(0, -8),
      /cut off: it has 504 bytes of data; expected 512 for shape \(8, 8\)/,
    ],
    [
      "a long array",
      rawNpy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", new Uint8Array(16)),
      /has 16 bytes of data; expected 8/,
    ],
    ["complex numbers", golden("complex.npy"), /type <c16/],
    ["no array", Uint8Array.of(1, 2, 3), /does not begin/],
    ["nothing", new Uint8Array(0), /does not begin/],
    [
      "a cut archive",
      writeNpz({ features: { data: new Float64Array(4), shape: [2, 2] } }).slice(0, 60),
      /damaged or no zip file/,
    ],
  ])("refuses %s", async (_what, bytes, message) => {
    await expect(preview(bytes)).rejects.toMatchObject({
      code: "INVALID_FILE",
      message: expect.stringMatching(message) as string,
    });
  });

  it("reads headers and a few rows of a file larger than memory", async () => {
    const rows = 4_000_000;
    const path = file(
      rawNpy(
        `{'descr': '<f8', 'fortran_order': False, 'shape': (${String(rows)}, 128), }`,
        new Uint8Array(0),
      ),
    );
    // Sparse: 4 GB that take no room.
    truncateSync(path, 128 + 8 * 128 * rows);
    const [array] = (await previewFeatures(path, "huge.npy")).arrays;
    expect(array).toMatchObject({
      shape: [rows, 128],
      head: [
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
      ],
    });
    await expect(check(path, { memoryLimitBytes: 2 ** 30 })).rejects.toMatchObject({
      code: "OUT_OF_MEMORY",
      message: expect.stringContaining("3.81 GiB") as string,
    });
    let asked = 0;
    await expect(check(path, { isCancelled: () => ++asked > 3 })).rejects.toMatchObject({
      code: "CANCELLED",
    });
  });
});

function check(
  path: string,
  control: { memoryLimitBytes?: number; isCancelled?: () => boolean; fractions?: number[] } = {},
  array: string | null = null,
): Promise<FeatureCheck> {
  return checkFeatures(
    { path, array },
    {
      memoryLimitBytes: control.memoryLimitBytes ?? Infinity,
      isCancelled: control.isCancelled ?? (() => false),
      onProgress: ({ fraction }) => control.fractions?.push(fraction),
    },
  );
}

describe("an archive that holds words beside numbers", () => {
  it.each([
    ["rows", "False", "(8, 5000000)", [1, 5]],
    ["columns", "True", "(3000000, 9)", [3, 1]],
  ] as const)("does not read %s of gigabytes for a few values", async (_, order, shape, [n, m]) => {
    const header = `{'descr': '<f8', 'fortran_order': ${order}, 'shape': ${shape}, }`;
    const path = file(rawNpy(header, new Uint8Array(0)));
    const length = shape === "(8, 5000000)" ? 40_000_000 : 27_000_000;
    truncateSync(path, 128 + 8 * length);
    const [array] = (await previewFeatures(path, "wide.npy")).arrays;
    expect(array?.head).toEqual(Array.from({ length: n }, () => new Array(m).fill(0)));
  });

  it("offers the numbers and says why not the words", async () => {
    const found = await previewFeatures(file(golden("mixed.npz")), "mixed.npz");
    expect(found.arrays).toEqual([
      {
        name: "features",
        shape: [4, 2],
        descriptor: "<f4",
        fortranOrder: true,
        head: [
          [0, 1],
          [2, 3],
          [4, 5],
        ],
        rowsOfStructures: null,
      },
    ]);
    expect(found.refused.map(({ name }) => name)).toEqual(["species", "structures"]);
    expect(found.refused[0]?.reason).toContain("has the type <U1; expected real");
    const path = file(golden("mixed.npz"));
    expect(await check(path, {}, "features")).toMatchObject({ notFinite: 0 });
  });

  it("does not take rows to follow the atoms where their structures cannot be read", async () => {
    const path = file(golden("mixed.npz"));
    const structures: readonly Structure[] = diamondCells(1, 1);
    const allocate = (length: number): Float64Array => new Float64Array(length);
    for (const array of ["features", "species"]) {
      await expect(readFeatures({ path, array }, structures, { allocate })).rejects.toMatchObject({
        code: "INVALID_FILE",
        message: expect.stringContaining("type <U1") as string,
      });
    }
  });

  it("is refused when it holds words alone, or nothing", async () => {
    await expect(preview(golden("words.npz"))).rejects.toMatchObject({ code: "INVALID_FILE" });
    await expect(preview(writeNpz({}))).rejects.toMatchObject({
      message: expect.stringContaining("holds no arrays") as string,
    });
  });
});

describe("looking through a file", () => {
  it("counts what is not finite, names the first place, and hashes the file", async () => {
    const path = file(writeNpy(Float64Array.of(1, 2, 3, NaN, Infinity, 2), [3, 2]));
    const fractions: number[] = [];
    expect(await check(path, { fractions })).toEqual({
      hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      notFinite: 2,
      firstNotFinite: { row: 1, column: 1 },
    });
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    const archive = file(writeNpz({ a: { data: Float64Array.of(1, 2), shape: [1, 2] } }, true));
    expect(await check(archive, {}, "a")).toMatchObject({ notFinite: 0, firstNotFinite: null });
    await expect(check(archive, {}, "b")).rejects.toMatchObject({ code: "INVALID_FILE" });
  });
});

describe("features of structures", () => {
  const structures: readonly Structure[] = diamondCells(3, 1);
  const nAtoms = structures.reduce((sum, one) => sum + one.nAtoms, 0);
  const allocate = (length: number): Float64Array => new Float64Array(length);
  const data = Float64Array.from({ length: nAtoms * 3 }, (_, i) => i / 7);

  it("are those of the array read at once, however the file holds them", async () => {
    const bytes = writeNpy(data, [nAtoms, 3]);
    const read = await readFeatures({ path: file(bytes) }, structures, { allocate });
    expect(read.data).toEqual(readNpy(bytes).data);
    const byColumns = Float64Array.from(
      data,
      (_, k) => data[(k % nAtoms) * 3 + Math.floor(k / nAtoms)] ?? 0,
    );
    const fortran = rawNpy(
      `{'descr': '<f8', 'fortran_order': True, 'shape': (${String(nAtoms)}, 3), }`,
      new Uint8Array(byColumns.buffer),
    );
    expect((await readFeatures({ path: file(fortran) }, structures, { allocate })).data).toEqual(
      data,
    );
  });

  it("of another number of rows, with NaN, or without room are refused", async () => {
    const short = file(writeNpy(data.slice(3), [nAtoms - 1, 3]));
    await expect(readFeatures({ path: short }, structures, { allocate })).rejects.toMatchObject({
      code: "INCOMPATIBLE_SHAPE",
      message: `found ${String(nAtoms - 1)} rows, expected ${String(nAtoms)}, one for each atom of the structures`,
    });
    const wrong = file(writeNpy(data.with(7, NaN), [nAtoms, 3]));
    await expect(readFeatures({ path: wrong }, structures, { allocate })).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
      message: "the feature in row 2, column 1 is NaN, expected a finite number",
    });
    const good = file(writeNpy(data, [nAtoms, 3]));
    const refuse = (): Float64Array => new Float64Array(-1);
    await expect(
      readFeatures({ path: good }, structures, { allocate: refuse }),
    ).rejects.toMatchObject({ code: "OUT_OF_MEMORY" });
    await expect(
      readFeatures({ path: good }, structures, { allocate, isCancelled: () => true }),
    ).rejects.toMatchObject({ code: "CANCELLED" });
  });
});
