import { describe, expect, test } from "vitest";
import { minimizeScalar } from "../../../src/models/minimizeScalar.ts";
import { gatherRows } from "../../../src/models/farthestPoints.ts";
import {
  crossValidationFolds,
  defaultRegularizerGrid,
  searchByCrossValidation,
  searchByMarginalLikelihood,
} from "../../../src/models/regularizerSearch.ts";
import { factorizeRidge } from "../../../src/models/ridge.ts";
import { denseMatrix, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import { availableBackends } from "../../support/backends.ts";
import {
  matrixOf,
  maxDifference,
  maxRelativeDifference,
  product,
  randomMatrix,
} from "../../support/matrices.ts";
import { readGolden } from "../../support/readGolden.ts";

interface EvidenceCase {
  readonly rows: readonly (readonly number[])[];
  readonly targets: readonly number[];
  readonly mus: readonly number[];
  readonly log_evidence: readonly number[];
  readonly noise_variance: readonly number[];
  readonly best_mu: number;
  readonly best_log_evidence: number;
}

const { cases } = readGolden("regularizer/regularizer.json") as {
  readonly cases: readonly EvidenceCase[];
};

/** y = Φ w + noise. */
function problem(n: number, d: number, noise: number, seed: number) {
  const rows = randomMatrix(n, d, seed);
  const weights = randomMatrix(d, 1, seed + 1);
  const errors = randomMatrix(n, 1, seed + 2).data;
  const targets = Float64Array.from(errors, (error, i) => {
    let sum = noise * error;
    for (let j = 0; j < d; j++) sum += rows.data[i * d + j]! * weights.data[j]!;
    return sum;
  });
  return { rows, targets };
}

const pick = (values: Float64Array, indices: Int32Array): Float64Array =>
  Float64Array.from(indices, (index) => values[index]!);

describe.each(availableBackends)("regularizer search on the $name backend", (backend) => {
  test.each(cases.map((golden, index) => ({ golden, index })))(
    "log evidence is the dense Gaussian log density, and so is its maximum (case $index)",
    ({ golden }) => {
      const rows = matrixOf(golden.rows);
      const targets = Float64Array.from(golden.targets);
      golden.mus.forEach((mu, m) => {
        // A grid of three around μ puts μ itself on the curve.
        const grid = { low: mu / 10, high: mu * 10, points: 3 };
        const { curve } = searchByMarginalLikelihood(rows, targets, backend, grid);
        expect(curve[1]?.mu).toBeCloseTo(mu, 14);
        expect(Math.abs((curve[1]?.value ?? 0) - golden.log_evidence[m]!)).toBeLessThan(2e-7);
      });
      const found = searchByMarginalLikelihood(rows, targets, backend);
      expect(Math.abs(Math.log(found.regularizer / golden.best_mu))).toBeLessThan(1e-5);
      expect(Math.abs(found.logEvidence - golden.best_log_evidence)).toBeLessThan(1e-7);
      expect(found.scale * found.regularizer).toBeCloseTo(found.noiseVariance, 14);
    },
  );

  test("finds the noise and prior variances that made the targets", () => {
    // Uniform noise on ±0.3 has variance 0.03, uniform weights on ±1 have 1/3: μ = 0.09.
    const { rows, targets } = problem(600, 120, 0.3, 71);
    const found = searchByMarginalLikelihood(rows, targets, backend);
    expect(found.noiseVariance).toBeGreaterThan(0.025);
    expect(found.noiseVariance).toBeLessThan(0.035);
    expect(found.scale).toBeGreaterThan(0.25);
    expect(found.scale).toBeLessThan(0.45);
    expect(found.diagnostics).toEqual([]);
    expect(found.plausible.low).toBeLessThanOrEqual(found.regularizer * 2);
    expect(found.plausible.high).toBeGreaterThanOrEqual(found.regularizer / 2);
  });

  test.each([
    [40, 7],
    [24, 30],
  ])("cross-validation is the naive refit of every part (n = %i, d = %i)", (n, d) => {
    const { rows, targets } = problem(n, d, 0.5, 73);
    const grid = { low: 1e-4, high: 1e2, points: 7 };
    const found = searchByCrossValidation(rows, targets, { folds: 4, seed: 3, grid }, backend);
    const naive = found.curve.map(({ mu }) => {
      let sum = 0;
      for (const { train, test: left } of crossValidationFolds(n, 4, 3)) {
        const { weights } = factorizeRidge(
          gatherRows(rows, train),
          pick(targets, train),
          mu,
          backend,
          "qr",
        );
        const w = denseMatrix(d, 1, weights ?? new Float64Array(d));
        const predicted = product(backend, gatherRows(rows, left), w).data;
        predicted.forEach((value, i) => (sum += (value - targets[left[i]!]!) ** 2));
      }
      return sum / n;
    });
    expect(
      maxRelativeDifference(
        Float64Array.from(found.curve, (p) => p.value),
        naive,
      ),
    ).toBeLessThan(1e-9);
    expect(found.regularizer).toBe(found.curve[naive.indexOf(Math.min(...naive))]?.mu);
  });

  test("the number of parts n is leave-one-out, known in closed form", () => {
    const { rows, targets } = problem(15, 4, 0.5, 77);
    const grid = { low: 0.1, high: 10, points: 3 };
    const found = searchByCrossValidation(rows, targets, { folds: 15, seed: 1, grid }, backend);
    found.curve.forEach(({ mu, value }) => {
      expect(value).toBeCloseTo(leaveOneOut(rows, targets, mu), 11);
    });
  });

  function leaveOneOut(rows: DenseMatrix, targets: Float64Array, mu: number): number {
    const { u, values } = backend.thinSvd(rows);
    let sum = 0;
    for (let i = 0; i < rows.rows; i++) {
      let predicted = 0;
      let leverage = 0;
      for (let k = 0; k < values.length; k++) {
        const damping = values[k]! ** 2 / (values[k]! ** 2 + mu);
        let coefficient = 0;
        for (let j = 0; j < rows.rows; j++) {
          coefficient += u.data[j * values.length + k]! * targets[j]!;
        }
        const left = u.data[i * values.length + k]!;
        predicted += left * damping * coefficient;
        leverage += left * left * damping;
      }
      sum += ((targets[i]! - predicted) / (1 - leverage)) ** 2;
    }
    return sum / rows.rows;
  }

  test("scaling the targets changes no regularizer, scaling the rows scales it by the square", () => {
    const { rows, targets } = problem(60, 9, 0.4, 79);
    const large = denseMatrix(
      60,
      9,
      rows.data.map((value) => 8 * value),
    );
    const units = targets.map((value) => 1024 * value);
    const base = searchByMarginalLikelihood(rows, targets, backend);
    const scaled = searchByMarginalLikelihood(large, units, backend);
    expect(scaled.regularizer / base.regularizer / 64).toBeCloseTo(1, 4);
    expect(scaled.noiseVariance / base.noiseVariance / 2 ** 20).toBeCloseTo(1, 4);
    const options = { seed: 5 };
    const crossed = searchByCrossValidation(rows, targets, options, backend);
    const crossedLarge = searchByCrossValidation(large, units, options, backend);
    expect(crossedLarge.regularizer / crossed.regularizer).toBeCloseTo(64, 8);
  });

  test("targets without noise push μ to the edge, and that is said", () => {
    const { rows, targets } = problem(50, 5, 0, 81);
    const grid = { low: 1e-6, high: 1, points: 13 };
    const evidence = searchByMarginalLikelihood(rows, targets, backend, grid);
    expect(evidence.regularizer).toBeCloseTo(1e-6, 8);
    expect(evidence.diagnostics.map(({ code }) => code)).toContain("REGULARIZER_AT_EDGE");
    const crossed = searchByCrossValidation(rows, targets, { seed: 1, grid }, backend);
    expect(crossed.regularizer).toBe(1e-6);
    expect(crossed.diagnostics.map(({ code }) => code)).toContain("REGULARIZER_AT_EDGE");
  });

  test("targets that the rows cannot explain leave μ undetermined, and that is said", () => {
    const rows = denseMatrix(6, 2, Float64Array.of(1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0));
    const targets = Float64Array.of(1, 1, -1, -1, 1, -1);
    const grid = { low: 1e3, high: 1e9, points: 13 };
    const found = searchByCrossValidation(rows, targets, { folds: 3, seed: 2, grid }, backend);
    expect(found.diagnostics.map(({ code }) => code)).toContain("REGULARIZER_UNDETERMINED");
    expect(found.plausible).toEqual({ low: 1e3, high: 1e9 });
  });

  test("what cannot be searched is refused", () => {
    const { rows, targets } = problem(6, 3, 0.1, 83);
    const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    const crossed = (folds: number) => () =>
      searchByCrossValidation(rows, targets, { folds, seed: 1 }, backend);
    expect(crossed(1)).toThrow(invalid);
    expect(crossed(7)).toThrow(invalid);
    expect(() => searchByMarginalLikelihood(rows, new Float64Array(6), backend)).toThrow(invalid);
    expect(() => searchByMarginalLikelihood(rows, targets.subarray(1), backend)).toThrow(
      expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" }),
    );
    const grid = { low: 1, high: 1, points: 5 };
    expect(() => searchByMarginalLikelihood(rows, targets, backend, grid)).toThrow(invalid);
    expect(() => defaultRegularizerGrid(denseMatrix(2, 2))).toThrow(invalid);
  });
});

describe("parts of a cross-validation", () => {
  test("leave out every structure once, in sizes that differ by at most one", () => {
    const folds = crossValidationFolds(17, 5, 9);
    const left = folds.flatMap(({ test: out }) => [...out]).sort((a, b) => a - b);
    expect(left).toEqual(Array.from({ length: 17 }, (_, i) => i));
    expect(folds.map(({ test: out }) => out.length).sort()).toEqual([3, 3, 3, 4, 4]);
    for (const { train, test: out } of folds) {
      expect(new Set([...train, ...out]).size).toBe(17);
      expect(train.length + out.length).toBe(17);
    }
    expect(crossValidationFolds(17, 5, 9)).toEqual(folds);
    expect(crossValidationFolds(17, 5, 10)).not.toEqual(folds);
  });
});

describe("Brent's minimisation", () => {
  test.each([
    ["a parabola", (x: number) => (x - 0.3) ** 2, -2, 5, 0.3],
    ["a cosine", Math.cos, 0, 6, Math.PI],
    ["a kink", (x: number) => Math.abs(x + 1), -4, 1, -1],
    ["a minimum at the end", (x: number) => x, 1, 3, 1],
  ] as const)("finds the minimum of %s", (_name, evaluate, low, high, expected) => {
    expect(maxDifference([minimizeScalar(evaluate, low, high, 1e-8)], [expected])).toBeLessThan(
      5e-8,
    );
  });
});
