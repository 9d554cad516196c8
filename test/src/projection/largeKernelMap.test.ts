import { describe, expect, test } from "vitest";
import type { NumericsBackend } from "../../../src/numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import { fitExactKernelMap, projectOntoExactMap } from "../../../src/projection/kernelPca.ts";
import { backendCases } from "../../support/backends.ts";
import {
  maxDifference,
  randomMatrix,
  soapLikeFeatures,
  symmetrized,
} from "../../support/matrices.ts";

/** More than the points up to which the whole decomposition is made. */
const N = 520;

function kernelOf(features: DenseMatrix, backend: NumericsBackend): DenseMatrix {
  const out = denseMatrix(features.rows, features.rows);
  const species = new Uint8Array(features.rows);
  backend.polynomialKernel(features, species, features, species, 2, out);
  return out;
}

/** `copies` times the same points, one set after the other. */
function repeated(points: DenseMatrix, copies: number): DenseMatrix {
  const out = denseMatrix(copies * points.rows, points.cols);
  for (let c = 0; c < copies; c++) out.data.set(points.data, c * points.data.length);
  return out;
}

function centered(kernel: DenseMatrix): DenseMatrix {
  const n = kernel.rows;
  const out = denseMatrix(n, n, kernel.data.slice());
  for (const stride of [1, n]) {
    for (let i = 0; i < n; i++) {
      const at = (j: number): number => i * (n + 1 - stride) + j * stride;
      let mean = 0;
      for (let j = 0; j < n; j++) mean += (out.data[at(j)] ?? 0) / n;
      for (let j = 0; j < n; j++) out.data[at(j)]! -= mean;
    }
  }
  return out;
}

function columnOf(matrix: DenseMatrix, j: number): Float64Array {
  return matrix.data.filter((_, k) => k % matrix.cols === j);
}

describe.each(backendCases)("the map of many points by the $name backend", (backendCase) => {
  describe.skipIf(backendCase.backend === null)("when it is built", () => {
    const backend = backendCase.backend ?? createReferenceBackend();

    test("is that of the full decomposition", () => {
      const kernel = kernelOf(soapLikeFeatures(N, 30, 1, 0.8), backend);
      const map = fitExactKernelMap(kernel, 3, backend);
      const { values, vectors } = backend.symmetricEigen(centered(kernel));
      const total = values.reduce((sum, value) => sum + value, 0);
      for (let j = 0; j < 3; j++) {
        const value = values[N - 1 - j] ?? Number.NaN;
        const column = columnOf(map.projection, j);
        const expected = columnOf(vectors, N - 1 - j).map((v) => v * Math.sqrt(value));
        const sign = Math.max(...expected) > Math.max(...expected.map((v) => -v)) ? 1 : -1;
        expect(Math.abs((map.eigenvalues[j] ?? 0) - value)).toBeLessThan(1e-9);
        expect(Math.abs((map.explainedVariance[j] ?? 0) - value / total)).toBeLessThan(1e-11);
        expect(
          maxDifference(
            column,
            expected.map((v) => sign * v),
          ),
        ).toBeLessThan(1e-9);
        expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
      }
      const again = projectOntoExactMap(map, kernel, backend);
      expect(maxDifference(again.data, map.projection.data)).toBeLessThan(1e-9);
    });

    test("is the same when it may overwrite the kernel", () => {
      const kernel = kernelOf(soapLikeFeatures(N, 20, 2, 0.8), backend);
      const kept = kernel.data.slice();
      const map = fitExactKernelMap(kernel, 2, backend);
      expect(kernel.data).toEqual(kept);
      expect(fitExactKernelMap(kernel, 2, backend, { overwriteKernel: true })).toEqual(map);
      expect(kernel.data).not.toEqual(kept);
    });

    test("puts equal points in one place", () => {
      const points = soapLikeFeatures(N / 4, 20, 3, 0.8);
      const map = fitExactKernelMap(kernelOf(repeated(points, 4), backend), 3, backend);
      const set = map.projection.data.length / 4;
      for (let copy = 1; copy < 4; copy++) {
        const others = map.projection.data.subarray(copy * set, (copy + 1) * set);
        expect(maxDifference(others, map.projection.data.subarray(0, set))).toBeLessThan(1e-10);
      }
      const few = fitExactKernelMap(kernelOf(points, backend), 3, backend);
      expect(maxDifference(map.projection.data.subarray(0, set), few.projection.data)).toBeLessThan(
        1e-9,
      );
      expect(maxDifference(map.explainedVariance, few.explainedVariance)).toBeLessThan(1e-11);
    });

    test("keeps the whole plane of a ring of points, signs by the rule", () => {
      const angles = Array.from({ length: N }, (_, i) => (2 * Math.PI * i) / N);
      const circle = denseMatrix(
        N,
        3,
        Float64Array.from(angles.flatMap((t) => [0.8, 0.6 * Math.cos(t), 0.6 * Math.sin(t)])),
      );
      const map = fitExactKernelMap(kernelOf(circle, backend), 2, backend);
      const [first = 0, second = 0] = map.eigenvalues;
      expect(Math.abs(first / second - 1)).toBeLessThan(1e-12);
      const radii = angles.map((_, i) =>
        Math.hypot(map.projection.data[2 * i] ?? 0, map.projection.data[2 * i + 1] ?? 0),
      );
      expect(Math.max(...radii) - Math.min(...radii)).toBeLessThan(1e-10);
      for (const j of [0, 1]) {
        const column = columnOf(map.projection, j);
        const largest = Math.max(...column.map(Math.abs));
        const leading = column.find((value) => Math.abs(value) >= (1 - 1e-8) * largest) ?? 0;
        expect(leading).toBeGreaterThan(0);
      }
    });

    test("has empty components where the points differ in fewer ways", () => {
      const two = denseMatrix(2, 2, Float64Array.of(1, 0, 0.6, 0.8));
      const map = fitExactKernelMap(kernelOf(repeated(two, N / 2), backend), 3, backend);
      expect([...map.eigenvalues].slice(1)).toEqual([0, 0]);
      expect([...map.explainedVariance].map((value) => Math.round(1e12 * value) / 1e12)).toEqual([
        1, 0, 0,
      ]);
      for (const j of [1, 2]) expect(columnOf(map.projection, j).every((v) => v === 0)).toBe(true);
      expect(map.dual.data.every(Number.isFinite)).toBe(true);
      // Both kinds lie at the same distance from the middle: the first of them is the positive one.
      expect(map.projection.data[0]).toBeGreaterThan(0);
      expect(map.diagnostics[0]?.message).toContain("2 of 3 map components");
    });

    test("of identical points is flat, rounding notwithstanding", () => {
      const last = 2 ** -56; // of 0.1
      const noise = symmetrized(randomMatrix(N, N, 4)).data;
      const same = noise.map((value) => 0.1 + Math.round(value) * last);
      const map = fitExactKernelMap(denseMatrix(N, N, same), 2, backend);
      expect([...map.eigenvalues, ...map.explainedVariance]).toEqual([0, 0, 0, 0]);
      expect(map.projection.data.every((value) => value === 0)).toBe(true);
    });
  });
});
