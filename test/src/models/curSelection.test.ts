import { describe, expect, test } from "vitest";
import { selectActiveSetByCur } from "../../../src/models/curSelection.ts";
import { leadingSubspace, startVectors } from "../../../src/models/leadingSubspace.ts";
import { leverageRows } from "../../../src/models/leverageRows.ts";
import { gatherRows } from "../../../src/models/farthestPoints.ts";
import { denseMatrix } from "../../../src/numerics/matrix.ts";
import { availableBackends } from "../../support/backends.ts";
import {
  matrixOf,
  maxDifference,
  product,
  randomMatrix,
  soapLikeFeatures,
} from "../../support/matrices.ts";
import { readGolden } from "../../support/readGolden.ts";

interface CurCase {
  readonly k: number;
  readonly size: number;
  readonly zeta: number;
  readonly features: readonly (readonly number[])[];
  readonly selected: readonly number[];
}

const { cases } = readGolden("active-set-cur/cur.json") as { readonly cases: readonly CurCase[] };
const carbon = (count: number) => new Uint8Array(count).fill(6);

describe.each(availableBackends)("CUR active set on the $name backend", (backend) => {
  test.each(cases.map((golden, index) => ({ golden, index })))(
    "selects what scikit-matter selects, in its order (case $index)",
    async ({ golden }) => {
      const features = matrixOf(golden.features);
      const { size, zeta, k: nVectors } = golden;
      const options = { zeta, size, nVectors };
      const found = await selectActiveSetByCur(features, carbon(features.rows), options, backend);
      expect([...found.indices]).toEqual(golden.selected);
      expect(found.diagnostics).toEqual([]);
    },
  );

  test.each([
    { decay: 0.6, nVectors: 2, size: 12 },
    // Singular values fall to 1e-9, those of the covariance to 1e-18 of the first.
    { decay: 0.12, nVectors: 1, size: 11 },
  ])(
    "scores and orthogonalisation are those of the definition, recomputed by SVD (decay $decay)",
    async ({ decay, nVectors, size }) => {
      const matrix = soapLikeFeatures(120, 16, 5, decay);
      const options = { nVectors, distinctSquaredDistance: 0 };
      const found = await leverageRows(matrix, size, options, backend);
      expect(found).toHaveLength(size);
      let rest = matrix;
      for (const index of found) {
        const { u } = backend.thinSvd(rest);
        const scores = Array.from({ length: 120 }, (_, i) => {
          const row = u.data.subarray(i * u.cols, i * u.cols + nVectors);
          return row.reduce((sum, value) => sum + value * value, 0);
        });
        expect(scores[index]).toBeGreaterThan((1 - 1e-6) * Math.max(...scores));
        const chosen = gatherRows(rest, Int32Array.of(index));
        const squared = product(backend, chosen, chosen, false, true).data[0]!;
        const overlaps = product(backend, rest, chosen, false, true);
        const next = denseMatrix(120, 16, rest.data.slice());
        backend.gemm(-1 / squared, overlaps, false, chosen, false, 1, next);
        rest = next;
      }
    },
  );

  test("a kernel of many candidates goes through landmarks and says so", async () => {
    const features = soapLikeFeatures(1500, 5, 9, 0.8);
    const options = { zeta: 3, size: 30 };
    const found = await selectActiveSetByCur(features, carbon(1500), options, backend);
    expect(new Set(found.indices).size).toBe(30);
    expect(found.diagnostics.map(({ code }) => code)).toEqual(["CUR_LANDMARKS"]);
    // (x·y)³ of 5 features has 35 dimensions: 35 landmarks or more make Ψ exact.
    const exact = await selectActiveSetByCur(
      features,
      carbon(1500),
      { ...options, size: 34 },
      backend,
    );
    expect([...found.indices]).toEqual([...exact.indices].slice(0, 30));
  });

  test("each species is selected among its own, ascending, whatever the others are", async () => {
    const features = soapLikeFeatures(90, 10, 11);
    const species = Uint8Array.from({ length: 90 }, (_, i) => (i % 3 === 0 ? 33 : 31));
    const allotment = new Map([
      [33, 4],
      [31, 6],
    ]);
    const both = await selectActiveSetByCur(
      features,
      species,
      { zeta: 2, size: 10, allotment },
      backend,
    );
    expect([...both.species]).toEqual([31, 31, 31, 31, 31, 31, 33, 33, 33, 33]);
    const members = Int32Array.from({ length: 30 }, (_, i) => 3 * i);
    const alone = await selectActiveSetByCur(
      gatherRows(features, members),
      new Uint8Array(30).fill(33),
      { zeta: 2, size: 4 },
      backend,
    );
    expect([...both.indices].slice(6)).toEqual([...alone.indices].map((i) => members[i]));
    expect(both.allotment).toEqual([
      { species: 31, nCandidates: 60, requested: 6, selected: 6 },
      { species: 33, nCandidates: 30, requested: 4, selected: 4 },
    ]);
  });

  test("stops where the kernel has no more dimensions, with a warning", async () => {
    const features = randomMatrix(50, 4, 13);
    const found = await selectActiveSetByCur(features, carbon(50), { zeta: 1, size: 9 }, backend);
    expect(found.indices).toHaveLength(4);
    expect(found.diagnostics[0]?.code).toBe("ACTIVE_SET_DEPENDENT");
    expect(found.diagnostics[0]?.message).toMatch(/Only 4 of the 50/u);
  });

  test("equal rows are tied: the first of them is taken, the second never", async () => {
    const once = randomMatrix(20, 6, 15);
    const twice = denseMatrix(40, 6, Float64Array.of(...once.data, ...once.data));
    const found = await selectActiveSetByCur(twice, carbon(40), { zeta: 1, size: 6 }, backend);
    expect(Math.max(...found.indices)).toBeLessThan(20);
  });

  test("progress is told after each point and can end the selection", async () => {
    const counts: number[] = [];
    const features = randomMatrix(40, 6, 17);
    const selection = selectActiveSetByCur(
      features,
      carbon(40),
      {
        zeta: 1,
        size: 5,
        onSelected: (count) => {
          counts.push(count);
          if (count === 3) throw new Error("enough");
        },
      },
      backend,
    );
    await expect(selection).rejects.toThrow("enough");
    expect(counts).toEqual([1, 2, 3]);
  });

  test("too many points and a fraction of a vector are refused", async () => {
    const features = randomMatrix(5, 3, 19);
    const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    const options = { zeta: 1, size: 6 };
    await expect(selectActiveSetByCur(features, carbon(5), options, backend)).rejects.toEqual(
      invalid,
    );
    await expect(
      selectActiveSetByCur(features, carbon(5), { zeta: 1, size: 2, nVectors: 0.5 }, backend),
    ).rejects.toEqual(invalid);
  });

  test("leading eigenvectors are those of the full decomposition", () => {
    const rows = soapLikeFeatures(300, 40, 21, 0.8);
    const covariance = product(backend, rows, rows, true);
    const full = backend.symmetricEigen(covariance);
    const found = leadingSubspace(covariance, 3, startVectors(40, 3), backend);
    expect(maxDifference(found.values, [...full.values].reverse().slice(0, 3))).toBeLessThan(1e-9);
    for (let j = 0; j < 3; j++) {
      let overlap = 0;
      for (let i = 0; i < 40; i++) {
        overlap += found.vectors.data[j * 40 + i]! * full.vectors.data[i * 40 + 39 - j]!;
      }
      expect(Math.abs(overlap)).toBeCloseTo(1, 12);
    }
  });
});
