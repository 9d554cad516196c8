import { describe, expect, test } from "vitest";
import type { NumericsBackend } from "../../../src/numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import {
  leadingEigen,
  RESIDUAL_TOLERANCE,
  type LeadingEigen,
} from "../../../src/projection/leadingEigen.ts";
import { backendCases } from "../../support/backends.ts";
import {
  maxDifference,
  product,
  randomMatrix,
  soapLikeFeatures,
  symmetrized,
} from "../../support/matrices.ts";

/** Entries c_|i−j| of a ring: eigenvalues Σ_j c_j cos(2πjk/n), all but one or two in pairs. */
function ring(n: number, entry: (distance: number) => number): DenseMatrix {
  const data = Float64Array.from({ length: n * n }, (_, k) => {
    const apart = Math.abs(Math.floor(k / n) - (k % n));
    return entry(Math.min(apart, n - apart));
  });
  return denseMatrix(n, n, data);
}

function diagonal(values: readonly number[]): DenseMatrix {
  const n = values.length;
  const out = denseMatrix(n, n);
  values.forEach((value, i) => (out.data[i * n + i] = value));
  return out;
}

/** Q diag(values) Qᵀ with the orthogonal Q of a random reflection: nothing is axis-aligned. */
function reflected(values: readonly number[], seed: number): DenseMatrix {
  const n = values.length;
  const normal = randomMatrix(1, n, seed).data;
  const length = Math.hypot(...normal);
  const q = Float64Array.from({ length: n * n }, (_, k) => {
    const i = Math.floor(k / n);
    const j = k % n;
    return (i === j ? 1 : 0) - (2 * (normal[i] ?? 0) * (normal[j] ?? 0)) / length ** 2;
  });
  const backend = createReferenceBackend();
  const half = product(backend, denseMatrix(n, n, q), diagonal(values));
  return product(backend, half, denseMatrix(n, n, q), false, true);
}

/** Notes how many vectors each product with `matrix` takes. */
function watched(backend: NumericsBackend, matrix: DenseMatrix, rows: number[]): NumericsBackend {
  return {
    ...backend,
    gemm: (...call) => {
      if (call[3] === matrix) rows.push(call[1].rows);
      backend.gemm(...call);
    },
  };
}

/** What every answer must be: small residuals, found here, and orthonormal vectors. */
function expectValid(a: DenseMatrix, found: LeadingEigen, backend: NumericsBackend): void {
  const { values, vectors, residuals } = found;
  const images = product(backend, vectors, a);
  const scale = Math.max(1e-300, ...Array.from(values, Math.abs));
  values.forEach((value, j) => {
    const image = rowRange(images, j, j + 1).data;
    const vector = rowRange(vectors, j, j + 1).data;
    const residual = Math.hypot(...image.map((x, i) => x - value * (vector[i] ?? Number.NaN)));
    expect(residual).toBeLessThanOrEqual(RESIDUAL_TOLERANCE * scale);
    expect(Math.abs((residuals[j] ?? Number.NaN) - residual)).toBeLessThan(1e-13 * scale);
  });
  const overlaps = product(backend, vectors, vectors, false, true);
  const identity = diagonal(new Array<number>(values.length).fill(1));
  expect(maxDifference(overlaps.data, identity.data)).toBeLessThan(1e-13);
  expect([...values]).toEqual([...values].sort((x, y) => y - x));
}

/** Largest entry of the difference of the projectors on the leading eigenvectors. */
function spaceDifference(a: DenseMatrix, found: LeadingEigen, backend: NumericsBackend): number {
  const n = a.rows;
  const k = found.values.length;
  const { vectors } = backend.symmetricEigen(a);
  const expected = denseMatrix(k, n);
  for (let j = 0; j < k; j++) {
    for (let i = 0; i < n; i++) expected.data[j * n + i] = vectors.data[i * n + n - 1 - j] ?? 0;
  }
  const projector = (v: DenseMatrix): Float64Array => product(backend, v, v, true).data;
  return maxDifference(projector(found.vectors), projector(expected));
}

describe.each(backendCases)("leading eigenvectors by the $name backend", (backendCase) => {
  describe.skipIf(backendCase.backend === null)("when it is built", () => {
    const backend = backendCase.backend ?? createReferenceBackend();

    test("are those of the full decomposition of a kernel", () => {
      const features = soapLikeFeatures(300, 40, 1, 0.8);
      const kernel = denseMatrix(300, 300);
      const species = new Uint8Array(300);
      backend.polynomialKernel(features, species, features, species, 2, kernel);
      const before = kernel.data.slice();
      for (const count of [1, 3, 10]) {
        const found = leadingEigen(kernel, count, backend);
        const { values } = backend.symmetricEigen(kernel);
        expectValid(kernel, found, backend);
        const expected = values.slice(300 - count).reverse();
        expect(maxDifference(found.values, expected)).toBeLessThan(1e-9);
        expect(spaceDifference(kernel, found, backend)).toBeLessThan(1e-9);
      }
      expect(kernel.data).toEqual(before);
    });

    test("are found in a flat spectrum, which takes restarts", () => {
      const matrix = symmetrized(randomMatrix(400, 400, 5));
      const found = leadingEigen(matrix, 2, backend);
      const { values } = backend.symmetricEigen(matrix);
      expect(found.products).toBeGreaterThan(30);
      expectValid(matrix, found, backend);
      expect(maxDifference(found.values, values.slice(398).reverse())).toBeLessThan(1e-9);
      expect(spaceDifference(matrix, found, backend)).toBeLessThan(1e-9);
    });

    test("come with their whole multiplicity from a ring", () => {
      const n = 240;
      const matrix = ring(n, (distance) => Math.exp(-((distance / 20) ** 2)));
      const spectrum = Array.from({ length: n }, (_, k) => {
        const row = matrix.data.subarray(0, n);
        return row.reduce((sum, value, j) => sum + value * Math.cos((2 * Math.PI * j * k) / n), 0);
      }).sort((x, y) => y - x);
      const found = leadingEigen(matrix, 5, backend);
      expectValid(matrix, found, backend);
      expect(maxDifference(found.values, spectrum.slice(0, 5))).toBeLessThan(1e-11);
      expect(spaceDifference(matrix, found, backend)).toBeLessThan(1e-9);
    });

    test("span part of a space that is larger than the block", () => {
      const matrix = reflected([...Array.from({ length: 150 }, (_, i) => (i < 30 ? 2 : 1 / i))], 3);
      const found = leadingEigen(matrix, 3, backend);
      expectValid(matrix, found, backend);
      expect(maxDifference(found.values, [2, 2, 2])).toBeLessThan(1e-12);
    });

    test("are told apart from a cluster next to them", () => {
      const cluster = [1, 1 - 1e-6, 1 - 1e-6, 1 - 2e-6];
      const rest = Array.from({ length: 196 }, (_, i) => 0.9 * 0.95 ** i);
      const matrix = reflected([...cluster, ...rest], 4);
      const found = leadingEigen(matrix, 4, backend);
      expectValid(matrix, found, backend);
      expect(maxDifference(found.values, cluster)).toBeLessThan(1e-12);
      expect(spaceDifference(matrix, found, backend)).toBeLessThan(1e-9);
    });

    test.each([0, 1, 2])("complete a matrix of rank %i with eigenvalues 0", (rank) => {
      const factor = randomMatrix(150, rank, 7);
      const matrix = product(backend, factor, factor, false, true);
      const rows: number[] = [];
      const found = leadingEigen(matrix, 4, watched(backend, matrix, rows));
      // The first block of 8, what is new in its image, and the check of the 4 that were found.
      expect(rows).toEqual([8, ...(rank === 0 ? [] : [rank]), 4]);
      expect([...found.values].every((value, j) => Math.abs(value) < 1e-12 === j >= rank)).toBe(
        true,
      );
      expect(found.vectors.data.every(Number.isFinite)).toBe(true);
      expect(Math.max(...found.residuals)).toBeLessThan(1e-9);
    });

    test("are those of the identity, and of a single number", () => {
      const identity = diagonal(new Array<number>(100).fill(1));
      expectValid(identity, leadingEigen(identity, 3, backend), backend);
      expect([...leadingEigen(diagonal([-3]), 1, backend).values]).toEqual([-3]);
      expect([...leadingEigen(diagonal([1, 4, 2]), 3, backend).values].map(Math.round)).toEqual([
        4, 2, 1,
      ]);
    });

    test("are the same bits every time", () => {
      const matrix = symmetrized(randomMatrix(200, 200, 8));
      expect(leadingEigen(matrix, 2, backend)).toEqual(leadingEigen(matrix, 2, backend));
    });
  });
});

describe("the iteration", () => {
  const backend = createReferenceBackend();
  const matrix = symmetrized(randomMatrix(300, 300, 9));

  test("asks before every product whether it is cancelled", () => {
    let polls = 0;
    const rows: number[] = [];
    const isCancelled = (): boolean => ++polls > 4;
    expect(() => leadingEigen(matrix, 2, watched(backend, matrix, rows), { isCancelled })).toThrow(
      expect.objectContaining({ code: "CANCELLED" }),
    );
    expect(polls).toBe(5);
    expect(rows).toEqual([6, 6, 6, 6]);
  });

  test("reports progress that never goes back and ends at 1", () => {
    const seen: number[] = [];
    const { products } = leadingEigen(matrix, 2, backend, {
      onProgress: (fraction) => seen.push(fraction),
    });
    expect(seen).toHaveLength(products - 1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(1);
    expect(seen.filter((fraction) => fraction > 0 && fraction < 1).length).toBeGreaterThan(5);
  });

  test("stops at the rounding that the matrix is said to hold", () => {
    const rough = leadingEigen(matrix, 2, backend, {}, 1e-3);
    const fine = leadingEigen(matrix, 2, backend);
    expect(Math.max(...rough.residuals)).toBeLessThanOrEqual(1e-3);
    expect(rough.products).toBeLessThan(fine.products);
  });

  test("says that a matrix that is not symmetric has no such vectors", () => {
    expect(() => leadingEigen(randomMatrix(90, 90, 10), 2, backend)).toThrow(
      expect.objectContaining({ code: "NO_CONVERGENCE" }),
    );
  });

  test("refuses other shapes and counts", () => {
    expect(() => leadingEigen(denseMatrix(2, 3), 1, backend)).toThrow(
      expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" }),
    );
    for (const count of [0, 1.5, 301]) {
      expect(() => leadingEigen(matrix, count, backend)).toThrow(
        expect.objectContaining({ code: "INVALID_PARAMETER" }),
      );
    }
  });
});
