import { describe, expect, test } from "vitest";
import { searchByMarginalLikelihood } from "../../../src/models/regularizerSearch.ts";
import { factorizeRidge } from "../../../src/models/ridge.ts";
import { denseMatrix } from "../../../src/numerics/matrix.ts";
import { calibrateUncertainty, structureVariance } from "../../../src/rigidity/calibration.ts";
import { factorize, localPredictionRigidity } from "../../../src/rigidity/rigidityFactor.ts";
import { subsetOfRegressorsVariance } from "../../../src/rigidity/uncertainty.ts";
import { createRandom, uniform, type RandomState } from "../../../src/random.ts";
import { availableBackends } from "../../support/backends.ts";
import { matrixOf, maxRelativeDifference, product, randomMatrix } from "../../support/matrices.ts";

function normal(random: RandomState): number {
  return Math.sqrt(-2 * Math.log(1 - uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
}

/** Training and held-out targets of one draw from the Bayesian model, w ~ N(0, τ²), noise N(0, σ²). */
function bayesianDraw(seed: number, tau: number, sigma: number) {
  const random = createRandom(seed);
  const d = 30;
  const train = randomMatrix(20, d, seed + 1);
  const test = randomMatrix(600, d, seed + 2);
  const weights = Float64Array.from({ length: d }, () => tau * normal(random));
  const targetsOf = (rows: typeof train): Float64Array =>
    Float64Array.from({ length: rows.rows }, (_, a) => {
      let sum = sigma * normal(random);
      for (let j = 0; j < d; j++) sum += rows.data[a * d + j]! * weights[j]!;
      return sum;
    });
  return { train, test, trainTargets: targetsOf(train), testTargets: targetsOf(test) };
}

describe.each(availableBackends)("calibration on the $name backend", (backend) => {
  test("by hand: one feature", () => {
    // H = 1 + 1 = 2, μ = 1: v = g²/2.
    const factor = factorize(matrixOf([[1]]), 1, backend);
    const heldOut = { rows: matrixOf([[1], [2]]), residuals: Float64Array.of(1, -1) };
    const bare = calibrateUncertainty(heldOut, factor, "none", backend);
    // r²/(μ v) = 1/0.5 and 1/2.
    expect(bare.scale).toBeCloseTo(1.25, 14);
    expect(bare.deviations[0]).toBeCloseTo(Math.sqrt(0.625), 14);
    expect(bare.deviations[1]).toBeCloseTo(Math.sqrt(2.5), 14);
    expect(bare).toMatchObject({ within1: 0.5, within2: 1, nHeldOut: 2, nExcluded: 0 });
    expect(bare.pearson).toBeNull(); // both residuals have the same size
    const noisy = calibrateUncertainty(heldOut, factor, "model", backend);
    expect(noisy.scale).toBeCloseTo((1 / 1.5 + 1 / 3) / 2, 14);
  });

  test("recovers the prior variance of a Bayesian draw, σ by σ", () => {
    const { train, test: held, trainTargets, testTargets } = bayesianDraw(41, 3, 0.6);
    // μ = σ²/τ², s = τ².
    const { factor, weights } = factorizeRidge(train, trainTargets, 0.04, backend);
    const predicted = product(backend, held, denseMatrix(30, 1, weights!)).data;
    const residuals = testTargets.map((value, a) => value - predicted[a]!);
    const found = calibrateUncertainty({ rows: held, residuals }, factor, "model", backend);
    // One draw of the 30 weights is a sample of its own: s scatters by about √(2/10 unseen).
    expect(found.scale).toBeGreaterThan(4);
    expect(found.scale).toBeLessThan(18);
    expect(Math.abs(found.within1 - 0.683)).toBeLessThan(0.06);
    expect(Math.abs(found.within2 - 0.954)).toBeLessThan(0.03);
    expect(found.pearson).toBeGreaterThan(0.1);
    expect(found.spearman).toBeGreaterThan(0.1);
    expect(found.diagnostics).toEqual([]);
    const evidence = searchByMarginalLikelihood(train, trainTargets, backend);
    expect(evidence.scale / found.scale).toBeGreaterThan(0.3);
    expect(evidence.scale / found.scale).toBeLessThan(3);
  });

  test("the scale is the square of the unit of the residuals; rows and residuals scale together", () => {
    const factor = factorize(randomMatrix(12, 5, 51), 1e-2, backend);
    const rows = randomMatrix(15, 5, 52);
    const residuals = randomMatrix(15, 1, 53).data;
    const base = calibrateUncertainty({ rows, residuals }, factor, "none", backend);
    const meV = calibrateUncertainty(
      { rows, residuals: residuals.map((value) => 1000 * value) },
      factor,
      "none",
      backend,
    );
    expect(meV.scale / base.scale).toBeCloseTo(1e6, 6);
    const perAtom = calibrateUncertainty(
      {
        rows: denseMatrix(
          15,
          5,
          rows.data.map((value) => value / 8),
        ),
        residuals: residuals.map((value) => value / 8),
      },
      factor,
      "none",
      backend,
    );
    expect(perAtom.scale / base.scale).toBeCloseTo(1, 12);
    expect(base.nHeldOut).toBe(15);
  });

  test("structure variances are the subset-of-regressors variance of the structure's row", () => {
    const factor = factorize(randomMatrix(12, 5, 61), 1e-2, backend);
    const rows = randomMatrix(7, 5, 62);
    const rigidity = localPredictionRigidity(factor, rows, backend);
    const bare = structureVariance(factor, rows, 2.5, "none", backend);
    const expected = subsetOfRegressorsVariance(rigidity, 1e-2, 2.5);
    expect(maxRelativeDifference(bare, expected)).toBeLessThan(1e-14);
    const noisy = structureVariance(factor, rows, 2.5, "model", backend);
    expect(
      maxRelativeDifference(
        noisy,
        expected.map((value) => value + 0.025),
      ),
    ).toBeLessThan(1e-14);
  });

  test("few structures, structures without features and no errors at all are said", () => {
    const factor = factorize(randomMatrix(6, 2, 71), 0.1, backend);
    const rows = matrixOf([
      [1, 0],
      [0, 0],
    ]);
    const found = calibrateUncertainty(
      { rows, residuals: Float64Array.of(0, 3) },
      factor,
      "none",
      backend,
    );
    expect(found).toMatchObject({ nHeldOut: 1, nExcluded: 1, scale: 0 });
    expect(found.diagnostics.map(({ code }) => code)).toEqual([
      "CALIBRATION_FEW_STRUCTURES",
      "CALIBRATION_NOT_REPRESENTED",
      "CALIBRATION_NO_ERRORS",
    ]);
  });

  test("μ = 0, nothing held out and lengths that differ are refused", () => {
    const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    const calibrate = (mu: number, n: number, nResiduals: number) => () =>
      calibrateUncertainty(
        { rows: randomMatrix(n, 2, 81), residuals: new Float64Array(nResiduals) },
        factorize(randomMatrix(6, 2, 82), mu, backend),
        "none",
        backend,
      );
    expect(calibrate(0, 3, 3)).toThrow(invalid);
    expect(calibrate(0.1, 0, 0)).toThrow(invalid);
    expect(calibrate(0.1, 3, 2)).toThrow(expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" }));
  });
});
