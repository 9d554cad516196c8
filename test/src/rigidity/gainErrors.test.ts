/** The error estimate of a ranking, against gains of factors that were damaged on purpose. */
import { describe, expect, test } from "vitest";
import { certainRanks } from "../../../src/analysis/questions/suggestResult.ts";
import { denseMatrix } from "../../../src/numerics/matrix.ts";
import { createRandom } from "../../../src/random.ts";
import { rankCandidates, gainSensitivity } from "../../../src/rigidity/candidateGain.ts";
import { candidateLifts, liftSensitivity } from "../../../src/rigidity/candidateLifts.ts";
import { createCandidateSpace } from "../../../src/rigidity/candidateSpace.ts";
import { perturb } from "../../../src/rigidity/errorEstimate.ts";
import { productErrorBound } from "../../../src/rigidity/productAccuracy.ts";
import { factorize } from "../../../src/rigidity/rigidityFactor.ts";
import { squaredNorms, whiten } from "../../../src/rigidity/whitening.ts";
import { availableBackends } from "../../support/backends.ts";
import { randomMatrix, soapLikeFeatures } from "../../support/matrices.ts";

describe.each(availableBackends)("errors of gains on the $name backend", (backend) => {
  const training = soapLikeFeatures(60, 20, 1, 0.5);
  const candidates = soapLikeFeatures(40, 20, 2, 0.5);
  const targets = soapLikeFeatures(50, 20, 3, 0.5);
  const mu = 1e-6;
  const clean = factorize(training, mu, backend, "qr");
  if (clean.kind !== "qr") throw new Error("expected a QR factor");

  /** Largest error of a gain by a factor with wrong entries, and what is said of it. */
  const damagedBy = (level: number, seed: number) => {
    const upper = perturb(clean.upper, createRandom(seed), level);
    const factor = level === 0 ? clean : { ...clean, upper };
    const rank = (f: typeof clean) =>
      rankCandidates(createCandidateSpace({ factor: f, candidates, targets }, backend), backend);
    const exact = rank(clean);
    const damaged = rank(factor);
    const known = [
      { rows: training, counts: new Uint8Array(60).fill(1) },
      { rows: candidates, counts: new Uint8Array(40) },
    ];
    const inverse = squaredNorms(whiten(factor, targets, backend));
    const gamma = productErrorBound(factor, known, targets, inverse, backend);
    const ratios = exact.gains.map(
      (gain, j) => Math.abs(damaged.gains[j]! - gain) / (gamma * damaged.sensitivities[j]!),
    );
    return { worst: Math.max(...ratios), gamma };
  };

  test.each([1e-6, 1e-9, 1e-12])(
    "no gain is off by more than is said when the factor is off by %d",
    (level) => {
      const all = [11, 12, 13, 14].map((seed) => damagedBy(level, seed));
      for (const { worst, gamma } of all) {
        expect(worst).toBeLessThan(1);
        // The bound has a safety factor of ten and adds what partly cancels; it is no wild guess.
        expect(worst).toBeGreaterThan(1e-4);
        expect(gamma).toBeGreaterThan(level);
      }
    },
  );

  test("an undamaged factor is off by rounding", () => {
    expect(damagedBy(0, 1).gamma).toBeLessThan(1e-10);
  });

  test("the sensitivity is that of the worst errors of the products, tried one by one", () => {
    const h = 3;
    const v = 2;
    const step = 1e-7;
    for (const t of [0.1, 1, 2.2, Math.sqrt(h * v)]) {
      const gain = (dh: number, dv: number, dt: number): number =>
        Math.log1p(h * (1 + dh)) -
        Math.log(1 + h * (1 + dh) - (t + dt * Math.sqrt(h * v)) ** 2 / (v * (1 + dv)));
      const start = gain(0, 0, 0);
      const worst = Math.max(
        ...[1, -1].flatMap((a) =>
          [1, -1].flatMap((b) =>
            [1, -1].map((c) => Math.abs(gain(a * step, b * step, c * step) - start) / step),
          ),
        ),
      );
      const said = gainSensitivity(Float64Array.of((t * t) / v), h, null) - 1;
      expect(said).toBeGreaterThan(worst * (1 - 1e-4));
      expect(said).toBeLessThan(worst * (1 + 1e-4));
    }
  });

  test("so is that of a lift", () => {
    const h = 3;
    const v = 2;
    const step = 1e-7;
    for (const t of [0, 0.1, 1, 2.2, Math.sqrt(h * v)]) {
      const lift = (dh: number, dv: number, dt: number): number => {
        const a = (t + dt * Math.sqrt(h * v)) ** 2 / (v * (1 + dv));
        return a / (1 + h * (1 + dh) - a);
      };
      const start = lift(0, 0, 0);
      const signs = [1, -1];
      const worst = Math.max(
        ...signs.flatMap((a) =>
          signs.flatMap((b) =>
            signs.map((c) => Math.abs(lift(a * step, b * step, c * step) - start) / step),
          ),
        ),
      );
      const said = liftSensitivity(start, h) - (1 + start);
      expect(said).toBeGreaterThanOrEqual(worst * (1 - 1e-4) - 1e-6);
      expect(said).toBeLessThan(worst * (1 + 1e-4) + 1e-6);
    }
  });

  test("no lift is off by more than is said when the factor is off", () => {
    for (const level of [1e-6, 1e-9, 1e-12]) {
      const upper = perturb(clean.upper, createRandom(17), level);
      const damaged = createCandidateSpace(
        { factor: { ...clean, upper }, candidates, targets },
        backend,
      );
      const exact = createCandidateSpace({ factor: clean, candidates, targets }, backend);
      const known = [
        { rows: training, counts: new Uint8Array(60).fill(1) },
        { rows: candidates, counts: new Uint8Array(40) },
      ];
      const { inverse } = damaged;
      const gamma = productErrorBound({ ...clean, upper }, known, targets, inverse, backend);
      const ratios = Array.from({ length: 40 }, (_, j) => {
        const before = candidateLifts(exact, j);
        const h = damaged.leverages[j]!;
        return Array.from(
          candidateLifts(damaged, j),
          (lift, k) => Math.abs(lift - before[k]!) / (gamma * liftSensitivity(lift, h)),
        );
      }).flat();
      expect(Math.max(...ratios)).toBeLessThan(1);
      expect(Math.max(...ratios)).toBeGreaterThan(1e-4);
    }
  });

  test("a candidate that no atom sees has a gain of 0, off by rounding at most", () => {
    const blocks = denseMatrix(2, 4, Float64Array.of(1, 2, 0, 0, 0, 0, 3, 1));
    const factor = factorize(randomMatrix(1, 4, 1), 1, backend, "qr");
    const none = denseMatrix(1, 4);
    none.data.set([1, 0, 0, 0]);
    const space = createCandidateSpace({ factor, candidates: blocks, targets: none }, backend);
    const { sensitivities } = rankCandidates(space, backend);
    expect(Math.min(...sensitivities)).toBeGreaterThanOrEqual(1);
  });
});

describe("places that are certain", () => {
  const ranking = (...entries: readonly (readonly [number, number, number?])[]) =>
    entries.map(([gain, gainError, nAtoms = 1]) => ({ gain, gainError, nAtoms }));

  test("end before the first candidate that one behind could equal", () => {
    expect(certainRanks(ranking([5, 0.1], [4, 0.1], [3, 0.6], [2, 0.6]), "gain")).toBe(2);
    expect(certainRanks(ranking([5, 0.1], [4, 0.1]), "gain")).toBe(2);
    // Not the next one, but the one after it.
    expect(certainRanks(ranking([5, 0.1], [4, 0.1], [3, 2.5]), "gain")).toBe(0);
    expect(certainRanks([], "gain")).toBe(0);
  });

  test("equal gains are never certain", () => {
    expect(certainRanks(ranking([5, 0], [3, 0], [3, 0]), "gain")).toBe(1);
  });

  test("count per atom where that is what the ranking goes by", () => {
    const entries = ranking([4, 0.5, 1], [6, 0.5, 2], [5, 0.5, 2]);
    expect(certainRanks(entries, "gainPerCost")).toBe(1);
  });
});
