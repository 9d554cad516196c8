import { expect, it } from "vitest";
import { previewFeatures } from "../../../main/compute/previewFeatures.ts";
import { StudioError } from "../../../src/errors.ts";
import { writeNpy } from "../../../src/formats/npy.ts";
import { writeNpz } from "../../../src/formats/npz.ts";

it("shows name, shape, type and first values of every array", () => {
  const bytes = writeNpz({
    features: { data: Float64Array.from({ length: 28 }, (_, i) => i), shape: [4, 7] },
    structures: { data: Int32Array.of(0, 2, 2, 0), shape: [4] },
  });
  expect(previewFeatures(bytes, "f.npz")).toEqual([
    {
      name: "features",
      shape: [4, 7],
      descriptor: "<f8",
      head: [
        [0, 1, 2, 3, 4],
        [7, 8, 9, 10, 11],
        [14, 15, 16, 17, 18],
      ],
      notFinite: 0,
      rowsOfStructures: null,
    },
    {
      name: "structures",
      shape: [4],
      descriptor: "<i4",
      head: [[0, 2, 2, 0]],
      notFinite: 0,
      rowsOfStructures: [2, 0, 2],
    },
  ]);
});

it("counts what is not finite, and takes no vector of other numbers for indices", () => {
  const matrix = writeNpy(Float64Array.of(1, NaN, Infinity, 2), [2, 2]);
  expect(previewFeatures(matrix, "f.npy")).toMatchObject([{ name: null, notFinite: 2 }]);
  for (const values of [
    [0, -1],
    [0, 0.5],
    [0, 2],
  ]) {
    const vector = writeNpy(Float64Array.from(values), [2]);
    expect(previewFeatures(vector, "f.npy")[0]?.rowsOfStructures).toBeNull();
  }
  expect(previewFeatures(writeNpy(new Float64Array(0), [0, 4]), "f.npy")[0]?.head).toEqual([]);
});

it("refuses a damaged file by name", () => {
  const good = writeNpz({ features: { data: new Float64Array(4), shape: [2, 2] } });
  for (const bytes of [good.slice(0, 60), Uint8Array.of(1, 2, 3)]) {
    expect(() => previewFeatures(bytes, "f.npz")).toThrow(StudioError);
    expect(() => previewFeatures(bytes, "f.npz")).toThrow(/damaged|does not begin/);
  }
});
