import { describe, expect, test } from "vitest";
import { leadingSubspace, startVectors } from "../../../src/models/leadingSubspace.ts";
import { largestScore, scoredRows } from "../../../src/models/leverageScores.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import { dot, withoutSpace } from "../../../src/numerics/rowSpace.ts";
import { availableBackends } from "../../support/backends.ts";
import { maxDifference, product, randomMatrix, soapLikeFeatures } from "../../support/matrices.ts";

/** π_i of every row, by the definition. */
function scoresOf(rows: DenseMatrix, vectors: DenseMatrix, values: Float64Array): number[] {
  return Array.from({ length: rows.rows }, (_, i) =>
    values.reduce((sum, value, j) => {
      const image = dot(
        rowRange(rows, i, i + 1).data,
        vectors.data.subarray(j * rows.cols, (j + 1) * rows.cols),
      );
      return sum + image ** 2 / value;
    }, 0),
  );
}

describe.each(availableBackends)("leverage scores on the $name backend", (backend) => {
  test.each([1, 3])(
    "the bounds never lose the largest of a deflated matrix (%i vectors), and spare most rows",
    (nVectors) => {
      const rows = soapLikeFeatures(900, 60, 3, 0.93);
      const scored = scoredRows(rows);
      const available = new Uint8Array(900).fill(1);
      let directions = denseMatrix(0, 60);
      let start = startVectors(60, nVectors);
      let multiplied = 0;
      for (let step = 0; step < 20; step++) {
        const rest = withoutSpace(rows, directions, backend);
        const covariance = product(backend, rest, rest, true);
        const { vectors, values } = leadingSubspace(covariance, nVectors, start, backend);
        start = vectors;
        const before = scored.multiplied;
        const next = largestScore(scored, { vectors, values, directions }, available, backend);
        multiplied += scored.multiplied - (scored.multiplied < before ? 0 : before);
        const scores = scoresOf(rest, vectors, values).map((s, i) => (available[i] === 1 ? s : -1));
        expect(scores[next]).toBeGreaterThan((1 - 2e-8) * Math.max(...scores));
        available[next] = 0;
        const residual = rowRange(rest, next, next + 1).data;
        const length = Math.sqrt(dot(residual, residual));
        directions = denseMatrix(
          step + 1,
          60,
          Float64Array.of(...directions.data, ...residual.map((value) => value / length)),
        );
      }
      // 20 × 900 without bounds.
      expect(multiplied).toBeLessThan(20 * 300);
    },
  );

  test("rows that are taken do not count", () => {
    const rows = randomMatrix(30, 5, 1);
    const covariance = product(backend, rows, rows, true);
    const { vectors, values } = leadingSubspace(covariance, 1, startVectors(5, 1), backend);
    const leading = { vectors, values, directions: denseMatrix(0, 5) };
    const scores = scoresOf(rows, vectors, values);
    const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
    const available = new Uint8Array(30).fill(1);
    for (const expected of order.slice(0, 10)) {
      expect(largestScore(scoredRows(rows), leading, available, backend)).toBe(expected);
      available[expected] = 0;
    }
  });

  test("a nearly flat spectrum takes more steps than the subspace holds", () => {
    const n = 400;
    const values = Float64Array.from({ length: n }, (_, i) => 1 - i * 1e-4);
    const diagonal = denseMatrix(n, n);
    values.forEach((value, i) => (diagonal.data[i * n + i] = value));
    const found = leadingSubspace(diagonal, 2, startVectors(n, 2), backend);
    expect(maxDifference(found.values, [1, 1 - 1e-4])).toBeLessThan(1e-12);
    expect(Math.abs(found.vectors.data[0]!)).toBeCloseTo(1, 8);
    expect(Math.abs(found.vectors.data[n + 1]!)).toBeCloseTo(1, 8);
  });
});
