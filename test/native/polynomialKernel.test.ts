/** Native polynomial kernels against the reference backend. */
import { describe, expect, test } from "vitest";
import { createReferenceBackend } from "../../src/numerics/reference/backend.ts";
import { denseMatrix, rowRange } from "../../src/numerics/matrix.ts";
import { createRandom, integerBelow } from "../../src/random.ts";
import { maxDifference, randomMatrix, unitRows } from "../support/matrices.ts";
import { nativeIsMissing, nativeUnderTest } from "../support/nativeAddon.ts";
import { sharedCopy } from "../support/soapBatches.ts";

const reference = createReferenceBackend();

function labels(count: number, choices: readonly number[], seed: number): Uint8Array {
  const random = createRandom(seed);
  return Uint8Array.from(
    { length: count },
    () => choices[integerBelow(random, choices.length)] ?? 0,
  );
}

/** Unit rows: |x·y| ≤ 1, its rounding ≤ d ε, amplified ζ times by the power; margin 4. */
function tolerance(depth: number, zeta: number): number {
  return 4 * depth * zeta * Number.EPSILON;
}

describe.skipIf(nativeIsMissing)("native polynomial kernels", () => {
  const backend = nativeIsMissing ? reference : nativeUnderTest().backend;

  test.each([
    { n: 150, m: 40, depth: 37, zeta: 1, choices: [6] },
    { n: 150, m: 40, depth: 37, zeta: 4, choices: [6, 14] },
    { n: 200, m: 700, depth: 20, zeta: 2, choices: [31, 33, 14] },
    { n: 64, m: 3, depth: 324, zeta: 3, choices: [6] },
    { n: 5, m: 90, depth: 9, zeta: 7, choices: [6, 14] },
    { n: 1, m: 1, depth: 1, zeta: 2, choices: [6] },
  ])(
    "agree at $n × $m × $depth, zeta $zeta, species $choices",
    ({ n, m, depth, zeta, choices }) => {
      const x = unitRows(randomMatrix(n, depth, 1));
      const y = unitRows(randomMatrix(m, depth, 2));
      const [xSpecies, ySpecies] = [labels(n, choices, 3), labels(m, choices, 4)];
      const expected = denseMatrix(n, m);
      const actual = denseMatrix(n, m, sharedCopy(new Float64Array(n * m).fill(Number.NaN)));
      reference.polynomialKernel(x, xSpecies, y, ySpecies, zeta, expected);
      backend.polynomialKernel(x, xSpecies, y, ySpecies, zeta, actual);
      expect(maxDifference(actual.data, expected.data)).toBeLessThan(tolerance(depth, zeta));

      const offsets = Int32Array.of(0, 0, Math.floor(n / 3), Math.floor(n / 2), n, n);
      const expectedSums = denseMatrix(5, m);
      const sums = denseMatrix(5, m);
      reference.polynomialKernelSums(x, xSpecies, offsets, y, ySpecies, zeta, expectedSums);
      backend.polynomialKernelSums(x, xSpecies, offsets, y, ySpecies, zeta, sums);
      expect(maxDifference(sums.data, expectedSums.data)).toBeLessThan(n * tolerance(depth, zeta));
    },
  );

  test("species that differ give exactly zero", () => {
    const x = unitRows(randomMatrix(10, 4, 1));
    const out = denseMatrix(10, 10, new Float64Array(100).fill(3));
    backend.polynomialKernel(x, new Uint8Array(10).fill(6), x, new Uint8Array(10).fill(14), 2, out);
    expect(out.data.every((value) => value === 0)).toBe(true);
  });

  test("digits do not depend on how the rows are split into shards", () => {
    const [n, m, depth] = [300, 57, 45];
    const x = unitRows(randomMatrix(n, depth, 1));
    const y = unitRows(randomMatrix(m, depth, 2));
    const [xSpecies, ySpecies] = [labels(n, [6, 14], 3), labels(m, [6, 14], 4)];
    const whole = denseMatrix(n, m);
    backend.polynomialKernel(x, xSpecies, y, ySpecies, 4, whole);
    for (const cut of [1, 7, 64, 130, 299]) {
      const parts = denseMatrix(n, m);
      for (const [start, end] of [
        [0, cut],
        [cut, n],
      ] as const) {
        const species = xSpecies.subarray(start, end);
        const target = rowRange(parts, start, end);
        backend.polynomialKernel(rowRange(x, start, end), species, y, ySpecies, 4, target);
      }
      expect(maxDifference(parts.data, whole.data)).toBe(0);
    }
  });

  test("empty batches write nothing or zeros", () => {
    const none = new Uint8Array(0);
    const y = randomMatrix(3, 5, 1);
    backend.polynomialKernel(denseMatrix(0, 5), none, y, labels(3, [6], 1), 2, denseMatrix(0, 3));
    backend.polynomialKernel(y, labels(3, [6], 1), denseMatrix(0, 5), none, 2, denseMatrix(3, 0));
    const sums = denseMatrix(1, 3, Float64Array.of(1, 2, 3));
    const offsets = Int32Array.of(0, 0);
    backend.polynomialKernelSums(denseMatrix(0, 5), none, offsets, y, labels(3, [6], 1), 2, sums);
    expect([...sums.data]).toEqual([0, 0, 0]);
  });
});
