import { describe, expect, test } from "vitest";
import {
  allotActivePoints,
  explicitActiveSet,
  selectActiveSet,
} from "../../../src/models/activeSet.ts";
import { farthestPoints, inProcessProducts } from "../../../src/models/farthestPoints.ts";
import { denseMatrix, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import { sparseKernelCases } from "../../support/lprGoldens.ts";
import { matrixOf, randomMatrix, soapLikeFeatures, unitRows } from "../../support/matrices.ts";

const backend = createReferenceBackend();

/** The definition, one point at a time. */
function greedy(features: DenseMatrix, zeta: number, size: number, first: number): number[] {
  const { rows, cols, data } = features;
  const dot = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < cols; k++) sum += data[i * cols + k]! * data[j * cols + k]!;
    return sum;
  };
  const distances = new Array<number>(rows).fill(Number.POSITIVE_INFINITY);
  const chosen = [first];
  while (chosen.length < size) {
    const last = chosen.at(-1)!;
    let next = 0;
    for (let i = 0; i < rows; i++) {
      const distance = dot(i, i) ** zeta + dot(last, last) ** zeta - 2 * dot(i, last) ** zeta;
      distances[i] = Math.min(distances[i]!, distance);
      if (distances[i]! > distances[next]!) next = i;
    }
    chosen.push(next);
  }
  return chosen;
}

describe("farthest-point sampling", () => {
  test.each([
    [1, 1],
    [2, 150],
    [4, 400],
  ])("is the greedy choice, point by point (zeta %i, %i points)", async (zeta, size) => {
    const features = unitRows(randomMatrix(500, 6, 21));
    const found = await farthestPoints(features, zeta, size, 17, backend);
    expect([...found.indices]).toEqual(greedy(features, zeta, size, 17));
  });

  const random = sparseKernelCases.filter((golden) => golden.train_envs !== undefined);
  test.each(random.map((golden, index) => ({ golden, index })))(
    "in feature distance, selects what the outside code selected (case $index)",
    async ({ golden }) => {
      const features = unitRows(matrixOf((golden.train_envs ?? []).flat()));
      const found = await farthestPoints(features, 1, golden.M, 0, backend);
      expect([...found.indices]).toEqual(golden.M_indices_fps);
    },
  );

  test("distances of successive points never grow, and the coverage is below the last", async () => {
    const features = soapLikeFeatures(400, 10, 3);
    const { squaredDistances, coverage } = await farthestPoints(features, 2, 40, 0, backend);
    for (let i = 1; i < 40; i++) {
      expect(squaredDistances[i]).toBeLessThanOrEqual(squaredDistances[i - 1]!);
    }
    expect(coverage).toBeLessThanOrEqual(squaredDistances[39]!);
  });

  test("ties go to the lowest index", async () => {
    const features = matrixOf([
      [1, 0],
      [0, 1],
      [0, 1],
      [0, -1],
    ]);
    const { indices } = await farthestPoints(features, 1, 3, 0, backend);
    expect([...indices]).toEqual([0, 1, 3]);
  });

  test("the products may be made elsewhere, in column blocks", async () => {
    const features = unitRows(randomMatrix(300, 8, 5));
    const whole = inProcessProducts(features, backend);
    const sharded = async (candidates: Int32Array): Promise<DenseMatrix> => {
      const all = await whole(candidates);
      const out = denseMatrix(all.rows, all.cols);
      for (const [from, to] of [
        [0, 120],
        [120, 300],
      ] as const) {
        for (let b = 0; b < all.rows; b++) {
          out.data.set(all.data.subarray(b * 300 + from, b * 300 + to), b * 300 + from);
        }
      }
      return out;
    };
    const here = await farthestPoints(features, 4, 60, 0, backend);
    const there = await farthestPoints(features, 4, 60, 0, backend, sharded);
    expect([...there.indices]).toEqual([...here.indices]);
  });
});

describe("active set", () => {
  const features = unitRows(randomMatrix(90, 5, 8));
  const species = Uint8Array.from({ length: 90 }, (_, i) => (i < 60 ? 33 : 31));

  test("is allotted in proportion to the environments, at least one each", () => {
    expect([...allotActivePoints(species, 30)]).toEqual([
      [31, 10],
      [33, 20],
    ]);
    const rare = Uint8Array.from({ length: 100 }, (_, i) => (i === 0 ? 1 : 6));
    expect([...allotActivePoints(rare, 10)]).toEqual([
      [1, 1],
      [6, 9],
    ]);
    expect([...allotActivePoints(rare, 100)]).toEqual([
      [1, 1],
      [6, 99],
    ]);
  });

  test("selects for each species among its own environments", async () => {
    const set = await selectActiveSet(features, species, { zeta: 2, size: 30, seed: 4 }, backend);
    expect(set.indices).toHaveLength(30);
    expect(new Set(set.indices).size).toBe(30);
    set.indices.forEach((index, i) => expect(species[index]).toBe(set.species[i]));
    expect([...set.species].filter((value) => value === 31)).toHaveLength(10);
    expect(set.diagnostics).toEqual([]);
  });

  test("depends on the seed and on nothing else", async () => {
    const select = async (seed: number) =>
      (await selectActiveSet(features, species, { zeta: 2, size: 12, seed }, backend)).indices;
    expect(await select(1)).toEqual(await select(1));
    expect(await select(1)).not.toEqual(await select(2));
  });

  test("stops at the number of distinct environments and says so", async () => {
    const copies = denseMatrix(40, 5);
    for (let i = 0; i < 40; i++) {
      copies.data.set(features.data.subarray((i % 7) * 5, (i % 7) * 5 + 5), i * 5);
    }
    const options = { zeta: 2, size: 20, seed: 1 };
    const set = await selectActiveSet(copies, new Uint8Array(40).fill(6), options, backend);
    expect(set.indices).toHaveLength(7);
    expect(set.diagnostics[0]?.code).toBe("ACTIVE_SET_DUPLICATES");
    expect(set.allotment[0]).toEqual({ species: 6, nCandidates: 40, requested: 20, selected: 7 });
  });

  test("refuses more points than environments, and fewer than species", () => {
    const refused: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    expect(() => allotActivePoints(species, 91)).toThrow(refused);
    expect(() => allotActivePoints(species, 1)).toThrow(refused);
    expect(() => allotActivePoints(species, 2.5)).toThrow(refused);
  });

  test("an explicit list keeps its order and is checked", () => {
    const set = explicitActiveSet([70, 3, 5], species);
    expect([...set.indices]).toEqual([70, 3, 5]);
    expect([...set.species]).toEqual([31, 33, 33]);
    const refused: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    for (const bad of [[], [90], [-1], [0.5], [3, 3]]) {
      expect(() => explicitActiveSet(bad, species)).toThrow(refused);
    }
  });
});
