import { describe, expect, test } from "vitest";
import { fitEnergyModel } from "../../../src/models/energyModel.ts";
import { denseMatrix, rowRange } from "../../../src/numerics/matrix.ts";
import {
  componentRigidity,
  factorize,
  localPredictionRigidity,
} from "../../../src/rigidity/rigidityFactor.ts";
import { availableBackends } from "../../support/backends.ts";
import {
  matrixOf,
  maxDifference,
  maxRelativeDifference,
  product,
  randomMatrix,
} from "../../support/matrices.ts";
import { minimizeConstrainedLoss } from "../../support/constrainedLoss.ts";

describe.each(availableBackends)("local prediction rigidity on the $name backend", (backend) => {
  test.each([
    [20, 6, 1e-3],
    [4, 9, 1e-2],
    [12, 12, 1e-4],
  ])(
    "is the curvature of the constrained, re-minimised loss: Eqs. 7–11 (n = %i, d = %i, μ = %f)",
    (n, d, mu) => {
      const rows = randomMatrix(n, d, 31);
      const targets = randomMatrix(n, 1, 32).data;
      const phi = randomMatrix(4, d, 33);
      const lpr = localPredictionRigidity(factorize(rows, mu, backend), phi, backend);
      for (let k = 0; k < 4; k++) {
        const direction = rowRange(phi, k, k + 1).data;
        const loss = (epsilon: number) =>
          minimizeConstrainedLoss(rows, targets, mu, direction, epsilon, backend);
        const curvature = loss(1) - 2 * loss(0) + loss(-1);
        expect(Math.abs(curvature / (lpr[k] ?? 0) - 1)).toBeLessThan(1e-8);
      }
    },
  );

  test("the inverse of H by hand, two features", () => {
    const factor = factorize(matrixOf([[1, 2]]), 1, backend);
    // H = [[2, 2], [2, 5]], H⁻¹ = [[5, −2], [−2, 2]] / 6.
    const lpr = localPredictionRigidity(
      factor,
      matrixOf([
        [1, 0],
        [0, 1],
        [1, 1],
      ]),
      backend,
    );
    expect(maxDifference(lpr, [6 / 5, 3, 2])).toBeLessThan(1e-14);
    const first = componentRigidity(factor, matrixOf([[1, 1]]), [0], backend);
    expect(first[0]).toBeCloseTo(6 / 5, 14);
  });

  test("energies do not enter: the factor of a fitted model is that of its rows alone", () => {
    const rows = randomMatrix(15, 5, 41);
    const training = (energies: Float64Array) => ({
      rows,
      species: new Uint8Array(30).fill(6),
      offsets: Int32Array.from({ length: 16 }, (_, a) => 2 * a),
      energies,
    });
    const phi = randomMatrix(6, 5, 42);
    const expected = localPredictionRigidity(factorize(rows, 1e-3, backend), phi, backend);
    for (const seed of [43, 44]) {
      const energies = randomMatrix(15, 1, seed).data;
      const { factor } = fitEnergyModel(training(energies), 1e-3, "sum", backend);
      const lpr = localPredictionRigidity(factor, phi, backend);
      expect(maxRelativeDifference(lpr, expected)).toBeLessThan(1e-12);
    }
  });

  test("blocks of targets do not change a value", () => {
    const factor = factorize(randomMatrix(40, 8, 51), 1e-3, backend);
    const phi = randomMatrix(700, 8, 52);
    const whole = localPredictionRigidity(factor, phi, backend);
    const parts = [0, 100, 101, 613].map((start, i, starts) =>
      localPredictionRigidity(factor, rowRange(phi, start, starts[i + 1] ?? 700), backend),
    );
    expect(
      maxRelativeDifference(
        parts.flatMap((part) => [...part]),
        whole,
      ),
    ).toBeLessThan(1e-14);
  });

  test("few rows: the SVD keeps the digits that the difference of squares would cancel", () => {
    // Nearly in the span of one row: |φ|² − (vᵀφ)² = 1e-14 is lost in |φ|² = 1.
    const rows = matrixOf([[1, 0, 0, 0]]);
    const phi = matrixOf([[1, 1e-7, 0, 0]]);
    const lpr = localPredictionRigidity(factorize(rows, 1e-14, backend), phi, backend);
    expect(lpr[0]).toBeCloseTo(0.5, 12);
  });

  test("φ = 0 cannot be moved: its rigidity is infinite, not NaN", () => {
    for (const method of ["qr", "svd"] as const) {
      const factor = factorize(randomMatrix(4, 3, 61), 1e-3, backend, method);
      expect([...localPredictionRigidity(factor, denseMatrix(1, 3), backend)]).toEqual([Infinity]);
    }
  });

  test("μ = 0 works when the structures determine every weight", () => {
    const rows = randomMatrix(9, 4, 71);
    const phi = randomMatrix(3, 4, 72);
    const lpr = localPredictionRigidity(factorize(rows, 0, backend), phi, backend);
    const nearly = localPredictionRigidity(factorize(rows, 1e-13, backend), phi, backend);
    expect(maxRelativeDifference(lpr, nearly)).toBeLessThan(1e-10);
  });

  test("μ = 0 with a singular H is explained", () => {
    const singular: unknown = expect.objectContaining({ code: "NOT_POSITIVE_DEFINITE" });
    expect(() => factorize(randomMatrix(3, 4, 73), 0, backend)).toThrow(singular);
    expect(() => factorize(denseMatrix(0, 4), 0, backend)).toThrow(singular);
    const thin = product(backend, randomMatrix(9, 2, 74), randomMatrix(2, 4, 75));
    expect(() => factorize(thin, 0, backend)).toThrow(singular);
    expect(() => factorize(thin, 0, backend)).toThrow(/smallest singular value/u);
  });

  test.each([-1e-3, Number.NaN, Infinity])("the regularizer %f is refused", (mu) => {
    expect(() => factorize(randomMatrix(3, 2, 76), mu, backend)).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }),
    );
  });

  test("NaN in rows or φ and wrong widths are refused", () => {
    const bad = denseMatrix(1, 2, Float64Array.of(1, Number.NaN));
    const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    expect(() => factorize(bad, 1, backend)).toThrow(invalid);
    const factor = factorize(randomMatrix(3, 2, 77), 1, backend);
    expect(() => localPredictionRigidity(factor, bad, backend)).toThrow(invalid);
    expect(() => localPredictionRigidity(factor, denseMatrix(1, 3), backend)).toThrow(
      expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" }),
    );
    expect(() => factorize(denseMatrix(2, 0), 1, backend)).toThrow(invalid);
  });

  test("the condition estimate is that of H within a factor of two", () => {
    const rows = randomMatrix(30, 10, 81);
    const { values } = backend.thinSvd(rows);
    const mu = 1e-2;
    const exact = ((values[0] ?? 0) ** 2 + mu) / ((values[9] ?? 0) ** 2 + mu);
    for (const method of ["qr", "svd"] as const) {
      const { conditionEstimate } = factorize(rows, mu, backend, method);
      expect(conditionEstimate).toBeGreaterThan(exact / 2);
      expect(conditionEstimate).toBeLessThan(exact * 1.001);
    }
  });
});
