import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowScales, scaleRows, type StructureRows } from "../../src/models/structureRows.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../src/numerics/reference/backend.ts";
import {
  componentRigidity,
  factorize,
  inverseRigidity,
  localPredictionRigidity,
} from "../../src/rigidity/rigidityFactor.ts";
import { backendCases } from "../support/backends.ts";
import { maxRelativeDifference, product, randomMatrix } from "../support/matrices.ts";

/** Rounding of well-scaled problems; κ(R) ≤ 1e4 over the ranges drawn below. */
const TOLERANCE = 1e-9;

const problem = fc.record({
  nRows: fc.integer({ min: 1, max: 24 }),
  dimension: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  exponent: fc.integer({ min: -6, max: 1 }),
  method: fc.constantFrom("auto", "qr", "svd"),
});

function stack(top: DenseMatrix, bottom: DenseMatrix): DenseMatrix {
  const out = denseMatrix(top.rows + bottom.rows, top.cols);
  out.data.set(top.data);
  out.data.set(bottom.data, top.data.length);
  return out;
}

describe.each(backendCases)("rigidity identities on the $name backend", (entry) => {
  describe.skipIf(entry.backend === null)("when it is built", () => {
    const backend = entry.backend ?? createReferenceBackend();
    const check = (
      property: (drawn: {
        rows: DenseMatrix;
        phi: DenseMatrix;
        mu: number;
        seed: number;
        method: "auto" | "qr" | "svd";
      }) => void,
    ): void => {
      fc.assert(
        fc.property(problem, ({ nRows, dimension, seed, exponent, method }) => {
          const rows = randomMatrix(nRows, dimension, seed);
          const phi = randomMatrix(5, dimension, seed + 1);
          property({ rows, phi, mu: 10 ** exponent, seed, method });
        }),
        { numRuns: 60, seed: 7 },
      );
    };

    test("an empty training set leaves 1 / (φᵀ R⁻¹ φ) = μ / |φ|²", () => {
      check(({ phi, mu, method }) => {
        const lpr = localPredictionRigidity(
          factorize(denseMatrix(0, phi.cols), mu, backend, method),
          phi,
          backend,
        );
        const expected = Array.from({ length: phi.rows }, (_, k) => {
          const row = rowRange(phi, k, k + 1).data;
          return mu / row.reduce((sum, value) => sum + value * value, 0);
        });
        expect(maxRelativeDifference(lpr, expected)).toBeLessThan(1e-13);
      });
    });

    test("a training row has rigidity ≥ 1, and exactly 1 more when it counts once more", () => {
      check(({ rows, mu, method }) => {
        const own = localPredictionRigidity(factorize(rows, mu, backend, method), rows, backend);
        const first = rowRange(rows, 0, 1);
        const twice = localPredictionRigidity(
          factorize(stack(rows, first), mu, backend, method),
          first,
          backend,
        );
        own.forEach((value) => {
          expect(value).toBeGreaterThanOrEqual(1 - 1e-12);
        });
        expect((twice[0] ?? 0) / ((own[0] ?? 0) + 1)).toBeCloseTo(1, 9);
      });
    });

    test("adding a structure never lowers an LPR, and moves it as the closed form says", () => {
      check(({ rows, phi, mu, seed, method }) => {
        const added = randomMatrix(1, rows.cols, seed + 2);
        const before = factorize(rows, mu, backend, method);
        const after = factorize(stack(rows, added), mu, backend, method);
        const v = inverseRigidity(before, phi, backend);
        const lowered = inverseRigidity(after, phi, backend);
        // Polarisation: uᵀH⁻¹φ = ¼ (v(φ + u) − v(φ − u)).
        const [plus, minus] = [1, -1].map((sign) => {
          const shifted = denseMatrix(phi.rows, phi.cols, phi.data.slice());
          shifted.data.forEach((value, k) => {
            shifted.data[k] = value + sign * (added.data[k % phi.cols] ?? 0);
          });
          return inverseRigidity(before, shifted, backend);
        });
        const own = inverseRigidity(before, added, backend)[0] ?? 0;
        v.forEach((value, k) => {
          const now = lowered[k] ?? Number.NaN;
          expect(now).toBeLessThanOrEqual(value * (1 + 1e-12));
          const cross = ((plus?.[k] ?? 0) - (minus?.[k] ?? 0)) / 4;
          const expected = value - cross ** 2 / (1 + own);
          expect(Math.abs(now - expected)).toBeLessThan(TOLERANCE * (value + own));
        });
      });
    });

    test.each(["sum", "sqrt", "mean"] as const)(
      "a crystal of N equal environments gives them LPR ≥ N^(2 − 2p): rows %s",
      (convention: StructureRows) => {
        const power = { sum: 0, sqrt: 0.5, mean: 1 }[convention];
        check(({ rows, mu, seed, method }) => {
          const n = 2 + (seed % 30);
          const environment = randomMatrix(1, rows.cols, seed + 3);
          const crystal = denseMatrix(
            1,
            rows.cols,
            environment.data.map((value) => value * n),
          );
          const counts = [...new Array<number>(rows.rows).fill(1), n];
          const scaled = scaleRows(stack(rows, crystal), rowScales(counts, convention));
          const lpr = localPredictionRigidity(
            factorize(scaled, mu, backend, method),
            environment,
            backend,
          );
          expect(lpr[0]).toBeGreaterThanOrEqual(n ** (2 - 2 * power) * (1 - 1e-11));
        });
      },
    );

    test("an orthogonal change of features changes nothing", () => {
      check(({ rows, phi, mu, seed, method }) => {
        const gram = randomMatrix(rows.cols, rows.cols, seed + 4);
        const symmetric = product(backend, gram, gram, false, true);
        const { vectors } = backend.symmetricEigen(symmetric);
        const original = localPredictionRigidity(
          factorize(rows, mu, backend, method),
          phi,
          backend,
        );
        const turned = localPredictionRigidity(
          factorize(product(backend, rows, vectors), mu, backend, method),
          product(backend, phi, vectors),
          backend,
        );
        expect(maxRelativeDifference(turned, original)).toBeLessThan(TOLERANCE);
      });
    });

    test("the order of the structures changes nothing, QR and SVD agree", () => {
      check(({ rows, phi, mu }) => {
        const reversed = denseMatrix(rows.rows, rows.cols);
        for (let a = 0; a < rows.rows; a++) {
          reversed.data.set(rowRange(rows, a, a + 1).data, (rows.rows - 1 - a) * rows.cols);
        }
        const byQr = localPredictionRigidity(factorize(rows, mu, backend, "qr"), phi, backend);
        const bySvd = localPredictionRigidity(
          factorize(reversed, mu, backend, "svd"),
          phi,
          backend,
        );
        expect(maxRelativeDifference(byQr, bySvd)).toBeLessThan(TOLERANCE);
      });
    });

    test("LPR scales as 1/c² with the environment's features", () => {
      check(({ rows, phi, mu, method }) => {
        const factor = factorize(rows, mu, backend, method);
        const tripled = denseMatrix(
          phi.rows,
          phi.cols,
          phi.data.map((value) => 3 * value),
        );
        const lpr = localPredictionRigidity(factor, phi, backend).map((value) => value / 9);
        const got = localPredictionRigidity(factor, tripled, backend);
        expect(maxRelativeDifference(got, lpr)).toBeLessThan(1e-12);
      });
    });

    test("component-wise rigidity of all features is the LPR; of none, infinite", () => {
      check(({ rows, phi, mu, method }) => {
        const factor = factorize(rows, mu, backend, method);
        const all = Array.from({ length: phi.cols }, (_, j) => j);
        expect([...componentRigidity(factor, phi, all, backend)]).toEqual([
          ...localPredictionRigidity(factor, phi, backend),
        ]);
        expect([...componentRigidity(factor, phi, [], backend)]).toEqual(
          new Array<number>(phi.rows).fill(Infinity),
        );
      });
    });
  });
});
