import { describe, expect, test } from "vitest";
import { StudioError } from "../../../../src/errors.ts";
import { denseMatrix } from "../../../../src/numerics/matrix.ts";
import { backendCases } from "../../../support/backends.ts";
import { createReferenceBackend } from "../../../../src/numerics/reference/backend.ts";
import { matrixOf, maxDifference, product, randomMatrix } from "../../../support/matrices.ts";

describe.each(backendCases)("linear algebra of the $name backend", ({ backend: available }) => {
  describe.skipIf(available === null)("when it is built", () => {
    const backend = available ?? createReferenceBackend();

    test("a product by hand, with alpha and beta", () => {
      const c = matrixOf([
        [1, 1],
        [1, 1],
      ]);
      const a = matrixOf([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      const b = matrixOf([
        [7, 8],
        [9, 10],
        [11, 12],
      ]);
      backend.gemm(2, a, false, b, false, 10, c);
      expect([...c.data]).toEqual([126, 138, 288, 318]);
    });

    test("transposed operands give the same product", () => {
      const a = randomMatrix(7, 5, 1);
      const b = randomMatrix(5, 9, 2);
      const transposed = (m: typeof a) => {
        const eye = denseMatrix(m.rows, m.rows);
        for (let i = 0; i < m.rows; i++) eye.data[i * m.rows + i] = 1;
        return product(backend, m, eye, true, false);
      };
      const expected = product(backend, a, b);
      for (const [ta, tb] of [
        [false, true],
        [true, false],
        [true, true],
      ] as const) {
        const got = product(backend, ta ? transposed(a) : a, tb ? transposed(b) : b, ta, tb);
        expect(maxDifference(got.data, expected.data)).toBeLessThan(1e-14);
      }
    });

    test("beta = 0 overwrites what was there, even NaN", () => {
      const c = denseMatrix(1, 1, Float64Array.of(Number.NaN));
      backend.gemm(1, matrixOf([[2]]), false, matrixOf([[3]]), false, 0, c);
      expect(c.data[0]).toBe(6);
    });

    test("pivoted Cholesky reproduces a full-rank matrix in pivoted order", () => {
      const x = randomMatrix(12, 12, 3);
      const a = product(backend, x, x, false, true);
      const { rank, pivots, lower } = backend.pivotedCholesky(a, 1e-14);
      expect(rank).toBe(12);
      expect([...pivots].sort((p, q) => p - q)).toEqual(Array.from({ length: 12 }, (_, i) => i));
      const again = product(backend, lower, lower, false, true);
      for (let i = 0; i < 12; i++) {
        for (let j = 0; j < 12; j++) {
          const original = a.data[(pivots[i] ?? 0) * 12 + (pivots[j] ?? 0)];
          expect(again.data[i * 12 + j]).toBeCloseTo(original ?? Number.NaN, 12);
          if (j > i) expect(lower.data[i * 12 + j]).toBe(0);
        }
      }
    });

    test("pivoted Cholesky finds the rank of a product of thin matrices", () => {
      const x = randomMatrix(20, 6, 4);
      const a = product(backend, x, x, false, true);
      const { rank, lower } = backend.pivotedCholesky(a, 1e-12);
      expect(rank).toBe(6);
      expect([lower.rows, lower.cols]).toEqual([20, 6]);
    });

    test("the factor of QR is upper triangular, its diagonal is not negative, RᵀR = AᵀA", () => {
      const a = randomMatrix(15, 8, 5);
      const gram = product(backend, a, a, true, false);
      const r = backend.qrUpper(a);
      expect(maxDifference(product(backend, r, r, true, false).data, gram.data)).toBeLessThan(
        1e-13,
      );
      for (let i = 0; i < 8; i++) {
        expect(r.data[i * 8 + i]).toBeGreaterThanOrEqual(0);
        for (let j = 0; j < i; j++) expect(r.data[i * 8 + j]).toBe(0);
      }
    });

    test("QR keeps small rows below large ones, where AᵀA would lose them", () => {
      const a = matrixOf([
        [1, 1],
        [1e-9, 0],
        [0, 1e-9],
      ]);
      const r = backend.qrUpper(a);
      expect(r.data[3]).toBeCloseTo(Math.SQRT2 * 1e-9, 17);
    });

    test.each([
      ["lower", false],
      ["lower", true],
      ["upper", false],
      ["upper", true],
    ] as const)("solves %s triangles (transposed: %s)", (triangle, transpose) => {
      const t = randomMatrix(9, 9, 6);
      for (let i = 0; i < 9; i++) {
        for (let j = 0; j < 9; j++) {
          if (i === j) t.data[i * 9 + j] = 2 + i;
          else if (triangle === "lower" ? j > i : j < i) t.data[i * 9 + j] = 0;
        }
      }
      const x = randomMatrix(9, 4, 7);
      const b = product(backend, t, x, transpose, false);
      backend.solveTriangular(triangle, transpose, t, b);
      expect(maxDifference(b.data, x.data)).toBeLessThan(1e-13);
    });

    test("a zero on the diagonal is refused", () => {
      const t = matrixOf([
        [1, 0],
        [1, 0],
      ]);
      expect(() => {
        backend.solveTriangular("lower", false, t, matrixOf([[1], [1]]));
      }).toThrow(expect.objectContaining({ code: "NOT_POSITIVE_DEFINITE" }));
    });

    test("eigenvalues ascend and vectors rebuild the matrix", () => {
      const x = randomMatrix(10, 10, 8);
      const a = product(backend, x, x, false, true);
      const { values, vectors } = backend.symmetricEigen(a);
      expect([...values]).toEqual([...values].sort((p, q) => p - q));
      const scaled = denseMatrix(10, 10, vectors.data.slice());
      scaled.data.forEach((value, k) => (scaled.data[k] = value * (values[k % 10] ?? 0)));
      expect(
        maxDifference(product(backend, scaled, vectors, false, true).data, a.data),
      ).toBeLessThan(1e-13);
    });

    test.each([
      [9, 4],
      [4, 9],
      [6, 6],
      [1, 5],
    ])("thin SVD of a %i × %i matrix rebuilds it", (rows, cols) => {
      const a = randomMatrix(rows, cols, 9);
      const { u, values, vt } = backend.thinSvd(a);
      const k = Math.min(rows, cols);
      expect([u.rows, u.cols, values.length, vt.rows, vt.cols]).toEqual([rows, k, k, k, cols]);
      expect([...values]).toEqual([...values].sort((p, q) => q - p));
      const scaled = denseMatrix(rows, k, u.data.slice());
      scaled.data.forEach((value, i) => (scaled.data[i] = value * (values[i % k] ?? 0)));
      expect(maxDifference(product(backend, scaled, vt).data, a.data)).toBeLessThan(1e-14);
    });

    test("decompositions of a matrix with NaN end with an error", () => {
      const a = denseMatrix(3, 3, new Float64Array(9).fill(Number.NaN));
      expect(() => backend.symmetricEigen(a)).toThrow(StudioError);
      expect(() => backend.thinSvd(a)).toThrow(StudioError);
    });

    test("the polynomial kernel is zero between species and a power within one", () => {
      const x = matrixOf([
        [1, 0],
        [0.5, 0.5],
      ]);
      const out = denseMatrix(2, 2);
      backend.polynomialKernel(x, Uint8Array.of(6, 14), x, Uint8Array.of(6, 6), 3, out);
      expect([...out.data]).toEqual([1, 0.125, 0, 0]);
    });

    test("kernel sums equal summed kernels, empty groups are zero", () => {
      const x = randomMatrix(600, 5, 10);
      const y = randomMatrix(7, 5, 11);
      const xSpecies = Uint8Array.from({ length: 600 }, (_, i) => (i % 3 === 0 ? 31 : 33));
      const ySpecies = Uint8Array.from({ length: 7 }, (_, i) => (i % 2 === 0 ? 31 : 33));
      const offsets = Int32Array.of(0, 250, 250, 300, 600);
      const sums = denseMatrix(4, 7);
      backend.polynomialKernelSums(x, xSpecies, offsets, y, ySpecies, 4, sums);
      const kernel = denseMatrix(600, 7);
      backend.polynomialKernel(x, xSpecies, y, ySpecies, 4, kernel);
      const expected = new Float64Array(28);
      for (let a = 0; a < 4; a++) {
        for (let i = offsets[a] ?? 0; i < (offsets[a + 1] ?? 0); i++) {
          for (let j = 0; j < 7; j++) expected[a * 7 + j]! += kernel.data[i * 7 + j] ?? 0;
        }
      }
      expect(maxDifference(sums.data, expected)).toBeLessThan(1e-12);
    });

    test("inconsistent shapes are refused before an output is touched", () => {
      const c = denseMatrix(2, 2, Float64Array.of(1, 2, 3, 4));
      expect(() => {
        backend.gemm(1, denseMatrix(2, 3), false, denseMatrix(2, 2), false, 0, c);
      }).toThrow(expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" }));
      expect([...c.data]).toEqual([1, 2, 3, 4]);
      expect(() => backend.qrUpper(denseMatrix(2, 3))).toThrow(StudioError);
      expect(() => backend.pivotedCholesky(denseMatrix(2, 3), 0)).toThrow(StudioError);
    });
  });
});
