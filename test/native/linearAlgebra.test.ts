/** Native linear algebra against the reference backend and against its own definitions. */
import { describe, expect, test } from "vitest";
import { createReferenceBackend } from "../../src/numerics/reference/backend.ts";
import { denseMatrix } from "../../src/numerics/matrix.ts";
import type { DenseMatrix } from "../../src/numerics/matrix.ts";
import { maxDifference, product, randomMatrix, soapLikeFeatures } from "../support/matrices.ts";
import { nativeIsMissing, nativeUnderTest } from "../support/nativeAddon.ts";
import { sharedCopy } from "../support/soapBatches.ts";

const reference = createReferenceBackend();
const EPSILON = Number.EPSILON;

/** Rounding of sums of `terms` products of numbers ≤ 1: at most terms · ε, times a margin of 4. */
function sumTolerance(terms: number): number {
  return 4 * terms * EPSILON;
}

function diagonalMatrix(values: ArrayLike<number>): DenseMatrix {
  const matrix = denseMatrix(values.length, values.length);
  for (let i = 0; i < values.length; i++) matrix.data[i * values.length + i] = values[i] ?? 0;
  return matrix;
}

/** A positive semi-definite matrix of the given rank. */
function gram(size: number, rank: number, seed: number): DenseMatrix {
  const factor = randomMatrix(size, rank, seed);
  return product(reference, factor, factor, false, true);
}

function permuted(a: DenseMatrix, pivots: Int32Array): DenseMatrix {
  const out = denseMatrix(a.rows, a.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      out.data[i * a.cols + j] = a.data[(pivots[i] ?? 0) * a.cols + (pivots[j] ?? 0)] ?? 0;
    }
  }
  return out;
}

describe.skipIf(nativeIsMissing)("native linear algebra", () => {
  const backend = nativeIsMissing ? reference : nativeUnderTest().backend;

  test("says which BLAS and which instruction set are in use", () => {
    expect(backend.name).toBe("native");
    expect(backend.description).toMatch(/^native · (OpenBLAS \d+\.\d+\.\d+|Accelerate).* · \S+/);
  });

  test.each([
    [7, 5, 9],
    [64, 33, 17],
    [1, 200, 1],
    [130, 1, 65],
  ])("gemm agrees for all transpositions at %i × %i × %i", (m, k, n) => {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const a = transposeA ? randomMatrix(k, m, 1) : randomMatrix(m, k, 1);
        const b = transposeB ? randomMatrix(n, k, 2) : randomMatrix(k, n, 2);
        const expected = randomMatrix(m, n, 3);
        const actual = denseMatrix(m, n, expected.data.slice());
        reference.gemm(1.5, a, transposeA, b, transposeB, -0.5, expected);
        backend.gemm(1.5, a, transposeA, b, transposeB, -0.5, actual);
        expect(maxDifference(actual.data, expected.data)).toBeLessThan(sumTolerance(1.5 * k + 1));
      }
    }
  });

  test("gemm with beta 0 overwrites whatever the output held", () => {
    const c = denseMatrix(2, 2, Float64Array.of(Number.NaN, Infinity, Number.NaN, 1));
    backend.gemm(1, randomMatrix(2, 3, 1), false, randomMatrix(3, 2, 2), false, 0, c);
    expect(c.data.every(Number.isFinite)).toBe(true);
    const empty = denseMatrix(2, 2, Float64Array.of(Number.NaN, 1, 2, 3));
    backend.gemm(1, denseMatrix(2, 0), false, denseMatrix(0, 2), false, 0, empty);
    expect([...empty.data]).toEqual([0, 0, 0, 0]);
  });

  test("works in place on views of shared memory", () => {
    const a = randomMatrix(20, 30, 1);
    const b = randomMatrix(30, 10, 2);
    const memory = new Float64Array(new SharedArrayBuffer(8 * 300)).fill(7);
    const c = denseMatrix(20, 10, memory.subarray(50, 250));
    const shared = denseMatrix(20, 30, sharedCopy(a.data));
    backend.gemm(1, shared, false, b, false, 0, c);
    expect(maxDifference(c.data, product(reference, a, b).data)).toBeLessThan(sumTolerance(30));
    expect(memory[49]).toBe(7);
    expect(memory[250]).toBe(7);
  });

  test.each([
    [1, 1],
    [40, 40],
    [90, 90],
    [90, 23],
  ])("pivoted Cholesky reconstructs a matrix of size %i and rank %i", (size, rank) => {
    const a = gram(size, rank, 5);
    const before = a.data.slice();
    const { rank: found, pivots, lower } = backend.pivotedCholesky(a, 1e-11);
    expect(found).toBe(rank);
    expect([lower.rows, lower.cols]).toEqual([size, rank]);
    expect([...pivots].sort((x, y) => x - y)).toEqual(Array.from({ length: size }, (_, i) => i));
    expect(a.data).toEqual(before);
    const rebuilt = product(reference, lower, lower, false, true);
    expect(maxDifference(rebuilt.data, permuted(a, pivots).data)).toBeLessThan(
      sumTolerance(size * rank),
    );
    for (let i = 0; i < size; i++) {
      for (let j = i + 1; j < rank; j++) expect(lower.data[i * rank + j]).toBe(0);
    }
  });

  test("pivoted Cholesky chooses the pivots of the reference on a SOAP-like kernel", () => {
    const features = soapLikeFeatures(60, 40, 8);
    const a = product(reference, features, features, false, true);
    const expected = reference.pivotedCholesky(a, 1e-10);
    const actual = backend.pivotedCholesky(a, 1e-10);
    expect(actual.rank).toBe(expected.rank);
    expect([...actual.pivots.subarray(0, 8)]).toEqual([...expected.pivots.subarray(0, 8)]);
  });

  test("pivoted Cholesky of zero, of nothing and at tolerance 1 has rank 0", () => {
    expect(backend.pivotedCholesky(denseMatrix(3, 3), 1e-12).rank).toBe(0);
    expect(backend.pivotedCholesky(denseMatrix(0, 0), 1e-12).rank).toBe(0);
    const { rank, pivots, lower } = backend.pivotedCholesky(gram(4, 4, 1), 1);
    expect([rank, lower.rows, lower.cols, ...pivots]).toEqual([0, 4, 0, 0, 1, 2, 3]);
  });

  test.each([
    [5, 5],
    [50, 20],
    [700, 30], // several slices of 9 × 30 rows
    [571, 30],
  ])("QR of %i × %i agrees with the reference", (m, n) => {
    const a = randomMatrix(m, n, 6);
    const expected = reference.qrUpper(denseMatrix(m, n, a.data.slice()));
    const actual = backend.qrUpper(denseMatrix(m, n, a.data.slice()));
    // Both backward stable: error ≲ m n ε ‖A‖, entries of R ≲ √m.
    expect(maxDifference(actual.data, expected.data)).toBeLessThan(10 * m * EPSILON * Math.sqrt(m));
    for (let i = 0; i < n; i++) expect(actual.data[i * n + i]).toBeGreaterThan(0);
  });

  test("QR of a rank-deficient matrix keeps RᵀR = AᵀA and a non-negative diagonal", () => {
    const a = product(reference, randomMatrix(60, 4, 1), randomMatrix(4, 10, 2));
    const r = backend.qrUpper(denseMatrix(60, 10, a.data.slice()));
    const expected = product(reference, a, a, true);
    expect(maxDifference(product(reference, r, r, true).data, expected.data)).toBeLessThan(
      sumTolerance(60 * 16),
    );
    for (let i = 0; i < 10; i++) expect(r.data[i * 11]).toBeGreaterThanOrEqual(0);
  });

  test("triangular solves agree for both triangles and transpositions", () => {
    const n = 50;
    const lower = backend.pivotedCholesky(gram(n, n, 3), 0).lower;
    const upper = denseMatrix(n, n);
    lower.data.forEach(
      (value, index) => (upper.data[(index % n) * n + Math.floor(index / n)] = value),
    );
    for (const [triangle, t] of [
      ["lower", lower],
      ["upper", upper],
    ] as const) {
      for (const transpose of [false, true]) {
        const solution = randomMatrix(n, 7, 4);
        const right = product(reference, t, solution, transpose);
        backend.solveTriangular(triangle, transpose, t, right);
        expect(maxDifference(right.data, solution.data)).toBeLessThan(1e-9); // condition number ~1e3
      }
    }
  });

  test("eigenvalues agree and the vectors diagonalise", () => {
    const a = gram(70, 50, 9);
    const expected = reference.symmetricEigen(a);
    const { values, vectors } = backend.symmetricEigen(a);
    const norm = values.at(-1) ?? 0;
    expect(maxDifference(values, expected.values)).toBeLessThan(70 * EPSILON * norm);
    const rebuilt = product(
      reference,
      product(reference, vectors, diagonalMatrix(values)),
      vectors,
      false,
      true,
    );
    expect(maxDifference(rebuilt.data, a.data)).toBeLessThan(70 * EPSILON * norm);
    const identity = product(reference, vectors, vectors, true);
    expect(
      maxDifference(identity.data, diagonalMatrix(new Float64Array(70).fill(1)).data),
    ).toBeLessThan(sumTolerance(70));
  });

  test.each([
    [30, 12],
    [12, 30],
    [1, 9],
    [25, 25],
  ])("the thin SVD of %i × %i rebuilds the matrix with the reference's values", (m, n) => {
    const a = randomMatrix(m, n, 10);
    const before = a.data.slice();
    const { u, values, vt } = backend.thinSvd(a);
    expect(a.data).toEqual(before);
    expect([u.rows, u.cols, vt.rows, vt.cols]).toEqual([m, Math.min(m, n), Math.min(m, n), n]);
    expect(maxDifference(values, reference.thinSvd(a).values)).toBeLessThan(1e-13);
    const rebuilt = product(reference, product(reference, u, diagonalMatrix(values)), vt);
    expect(maxDifference(rebuilt.data, a.data)).toBeLessThan(1e-13);
  });

  test("empty matrices have empty decompositions", () => {
    expect(backend.symmetricEigen(denseMatrix(0, 0)).values).toHaveLength(0);
    expect(backend.thinSvd(denseMatrix(4, 0)).values).toHaveLength(0);
    expect(backend.qrUpper(denseMatrix(4, 0)).data).toHaveLength(0);
    backend.solveTriangular("lower", false, denseMatrix(0, 0), denseMatrix(0, 3));
  });
});
