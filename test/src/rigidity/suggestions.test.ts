import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { denseMatrix, rowRange, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import { createRandom, integerBelow, uniform } from "../../../src/random.ts";
import { rankCandidates } from "../../../src/rigidity/candidateGain.ts";
import {
  createCandidateSpace,
  type CandidateProblem,
} from "../../../src/rigidity/candidateSpace.ts";
import { greedySelect, randomSelections } from "../../../src/rigidity/greedySelection.ts";
import { factorize, localPredictionRigidity } from "../../../src/rigidity/rigidityFactor.ts";
import { backendCases } from "../../support/backends.ts";
import {
  maxDifference,
  maxRelativeDifference,
  randomMatrix,
  soapLikeFeatures,
} from "../../support/matrices.ts";
import { expandRows, scaledRows, stackRows } from "../../support/trainingSets.ts";

/** Exactness of a gain against a full refit. */
const TOLERANCE = 1e-9;

describe.each(backendCases)("suggestions on the $name backend", (entry) => {
  describe.skipIf(entry.backend === null)("when it is built", () => {
    const backend = entry.backend ?? createReferenceBackend();

    /** LPR with some candidates added, by a factor of all rows. */
    const lprWith = (drawn: Problem, chosen: readonly number[]): Float64Array => {
      const counts = Array.from({ length: drawn.candidates.rows }, (_, j) =>
        chosen.includes(j) ? 1 : 0,
      );
      const rows = stackRows(drawn.training, expandRows(drawn.candidates, counts));
      return localPredictionRigidity(
        factorize(rows, drawn.mu, backend, "qr"),
        drawn.targets,
        backend,
      );
    };

    const gainOf = (before: Float64Array, after: Float64Array, weights?: Float64Array): number => {
      const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? before.length;
      return before.reduce(
        (sum, value, k) => sum + ((weights?.[k] ?? 1) / total) * Math.log((after[k] ?? 0) / value),
        0,
      );
    };

    const spaceOf = (drawn: Problem, extra: Partial<CandidateProblem> = {}) => {
      const { training, candidates, targets, mu, method } = drawn;
      const factor = factorize(training, mu, backend, method);
      return createCandidateSpace({ factor, candidates, targets, ...extra }, backend);
    };

    const each = (property: (drawn: Problem) => void, numRuns = 25): void => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
          property(randomProblem(seed));
        }),
        { numRuns, seed: 3 },
      );
    };

    test("a gain is the change of mean log LPR of a full refit, and never below zero", () => {
      each((drawn) => {
        const ranking = rankCandidates(spaceOf(drawn), backend);
        const before = lprWith(drawn, []);
        const expected = Array.from(ranking.gains, (_, j) => gainOf(before, lprWith(drawn, [j])));
        expect(maxDifference(ranking.gains, expected)).toBeLessThan(TOLERANCE);
        expect(Math.min(...ranking.gains)).toBeGreaterThan(-1e-15);
      });
    });

    test("weights count as they say, and only relative to one another", () => {
      each((drawn) => {
        const weights = Float64Array.from({ length: drawn.targets.rows }, (_, k) => k % 4);
        const ranking = rankCandidates(spaceOf(drawn, { weights }), backend);
        const before = lprWith(drawn, []);
        const expected = Array.from(ranking.gains, (_, j) =>
          gainOf(before, lprWith(drawn, [j]), weights),
        );
        expect(maxDifference(ranking.gains, expected)).toBeLessThan(TOLERANCE);
        const equal = new Float64Array(drawn.targets.rows).fill(7);
        expect(
          maxDifference(
            rankCandidates(spaceOf(drawn, { weights: equal }), backend).gains,
            rankCandidates(spaceOf(drawn), backend).gains,
          ),
        ).toBeLessThan(1e-12);
      }, 10);
    });

    test("candidates that outweigh the training set by far are ranked without overflow", () => {
      const drawn = {
        training: randomMatrix(6, 8, 1),
        candidates: scaledRows(randomMatrix(5, 8, 2), [1e7, 1e7, 1e7, 1e7, 1e7]),
        targets: randomMatrix(40, 8, 3),
        mu: 1e-3,
        method: "qr" as const,
      };
      const { gains } = rankCandidates(spaceOf(drawn), backend);
      const weights = new Float64Array(40).fill(1);
      const summed = rankCandidates(spaceOf(drawn, { weights }), backend).gains;
      expect(maxDifference(gains, summed)).toBeLessThan(1e-12);
      expect(Math.min(...gains)).toBeGreaterThan(0);
    });

    test("median and largest lift are those of a full refit", () => {
      each((drawn) => {
        const { medianLifts, maxLifts } = rankCandidates(spaceOf(drawn), backend);
        const before = lprWith(drawn, []);
        medianLifts.forEach((median, j) => {
          const after = lprWith(drawn, [j]);
          const lifts = after.map((value, k) => value / (before[k] ?? Number.NaN) - 1).sort();
          const half = lifts.length >> 1;
          const middle =
            lifts.length % 2 === 1
              ? (lifts[half] ?? 0)
              : ((lifts[half - 1] ?? 0) + (lifts[half] ?? 0)) / 2;
          expect(Math.abs(median - middle)).toBeLessThan(1e-8 * (1 + middle));
          const largest = lifts[lifts.length - 1] ?? 0;
          expect(Math.abs((maxLifts[j] ?? 0) - largest)).toBeLessThan(1e-8 * (1 + largest));
        });
      }, 10);
    });

    test("candidates come best first; by gain per cost when asked", () => {
      const drawn = randomProblem(17);
      const costs = Float64Array.from({ length: drawn.candidates.rows }, (_, j) => 1 + (j % 5));
      const space = spaceOf(drawn, { costs });
      const byGain = rankCandidates(space, backend);
      const byCost = rankCandidates(space, backend, "gainPerCost");
      const falls = (values: readonly number[]): boolean =>
        values.every((value, i) => i === 0 || value <= (values[i - 1] ?? Infinity));
      expect(falls(Array.from(byGain.order, (j) => byGain.gains[j] ?? 0))).toBe(true);
      expect(falls(Array.from(byCost.order, (j) => byCost.gainsPerCost?.[j] ?? 0))).toBe(true);
      expect([...byCost.order]).not.toEqual([...byGain.order]);
      expect([...byGain.order].sort((a, b) => a - b)).toEqual([...byGain.gains.keys()]);
      expect(greedySelect(space, { count: 1, by: "gainPerCost" }, backend).steps[0]).toMatchObject({
        candidate: byCost.order[0],
        totalCost: costs[byCost.order[0] ?? 0],
      });
    });

    test("greedy choices: the first is the best alone, each the best beside those before it", () => {
      each((drawn) => {
        const space = spaceOf(drawn);
        const selection = greedySelect(space, { count: 4 }, backend);
        expect(selection.steps[0]?.candidate).toBe(rankCandidates(space, backend).order[0]);
        const chosen: number[] = [];
        const start = lprWith(drawn, []);
        for (const step of selection.steps) {
          const before = lprWith(drawn, chosen);
          const gains = Array.from({ length: drawn.candidates.rows }, (_, j) =>
            chosen.includes(j) ? 0 : gainOf(before, lprWith(drawn, [...chosen, j])),
          );
          expect(Math.max(...gains) - (gains[step.candidate] ?? 0)).toBeLessThan(TOLERANCE);
          expect(Math.abs(step.gain - (gains[step.candidate] ?? 0))).toBeLessThan(TOLERANCE);
          chosen.push(step.candidate);
          const after = lprWith(drawn, chosen);
          expect(Math.abs(step.totalGain - gainOf(start, after))).toBeLessThan(4 * TOLERANCE);
          const lifts = after.map((value, k) => value / (start[k] ?? Number.NaN) - 1).sort();
          const largest = lifts[lifts.length - 1] ?? 0;
          const mean = lifts.reduce((sum, lift) => sum + lift, 0) / lifts.length;
          expect(Math.abs(step.maxLift - largest)).toBeLessThan(1e-8 * (1 + largest));
          expect(Math.abs(step.meanLift - mean)).toBeLessThan(1e-8 * (1 + largest));
        }
        expect(new Set(chosen).size).toBe(4);
        expect(maxRelativeDifference(selection.lpr, lprWith(drawn, chosen))).toBeLessThan(1e-8);
      }, 12);
    });

    test("greedy selection within little memory makes the same choices", () => {
      const space = spaceOf(randomProblem(23));
      const kept = greedySelect(space, { count: 6 }, backend);
      const remade = greedySelect(space, { count: 6, memoryLimit: 0 }, backend);
      expect(remade.steps.map(({ candidate }) => candidate)).toEqual(
        kept.steps.map(({ candidate }) => candidate),
      );
      expect(maxRelativeDifference(remade.lpr, kept.lpr)).toBeLessThan(1e-10);
    });

    test("candidates alike to a choice are put aside when diversity is asked for", () => {
      const drawn = randomProblem(31);
      const pairs = { ...drawn, candidates: expandRows(drawn.candidates, fill(drawn, 3)) };
      const space = spaceOf(pairs);
      const all = pairs.candidates.rows;
      const selection = greedySelect(space, { count: all, maxSimilarity: 0.999_999 }, backend);
      const aside = selection.steps.flatMap(({ alike }) => [...alike]);
      selection.steps.forEach(({ candidate, alike }) => {
        const group = Math.floor(candidate / 3);
        for (const other of [0, 1, 2].map((i) => 3 * group + i)) {
          expect(other === candidate || alike.includes(other)).toBe(true);
        }
      });
      // Every candidate is chosen or put aside once: the selection ends when none is left.
      const chosen = selection.steps.map(({ candidate }) => candidate);
      expect([...chosen, ...aside].sort((a, b) => a - b)).toEqual([...space.leverages.keys()]);
      expect(greedySelect(space, { count: 2 }, backend).steps[0]?.alike).toHaveLength(0);
    });

    test("random selections: gains of refits, the same for the same seed, below the greedy", () => {
      const drawn = randomProblem(41);
      const space = spaceOf(drawn);
      const one = randomSelections(space, { count: 1, repeats: 200, seed: 9 }, backend);
      const { gains } = rankCandidates(space, backend);
      one.gains.forEach((gain) => {
        const nearest = Math.min(...gains.map((value) => Math.abs(value - gain)));
        expect(nearest).toBeLessThan(TOLERANCE);
      });
      const all = drawn.candidates.rows;
      const every = randomSelections(space, { count: all, repeats: 2, seed: 1 }, backend);
      const expected = gainOf(
        lprWith(drawn, []),
        lprWith(
          drawn,
          Array.from({ length: all }, (_, j) => j),
        ),
      );
      expect(Math.abs(every.mean - expected)).toBeLessThan(TOLERANCE);
      expect(every.standardDeviation).toBeLessThan(TOLERANCE);
      const options = { count: 3, repeats: 20, seed: 4 };
      const three = randomSelections(space, options, backend);
      expect([...randomSelections(space, options, backend).gains]).toEqual([...three.gains]);
      const { mean, standardDeviation } = three;
      expect(mean).toBeCloseTo(three.gains.reduce((sum, gain) => sum + gain, 0) / 20, 12);
      expect(standardDeviation).toBeGreaterThan(0);
      expect(greedySelect(space, { count: 3 }, backend).steps[2]?.totalGain).toBeGreaterThan(mean);
    });

    test("an environment that no row reaches gains nothing and spoils nothing", () => {
      const drawn = randomProblem(51);
      const n = drawn.targets.rows;
      const unreachable = stackRows(drawn.targets, denseMatrix(1, drawn.targets.cols));
      const all = rankCandidates(spaceOf(drawn), backend);
      const space = spaceOf({ ...drawn, targets: unreachable });
      const gains = rankCandidates(space, backend).gains.map((gain) => (gain * (n + 1)) / n);
      expect(maxDifference(gains, all.gains)).toBeLessThan(1e-12);
      const selection = greedySelect(space, { count: 2 }, backend);
      expect(selection.lpr[n]).toBe(Infinity);
      expect(selection.steps[1]?.meanLift).toBeGreaterThan(0);
      const { mean } = randomSelections(space, { count: 2, repeats: 3, seed: 1 }, backend);
      expect(Number.isFinite(mean)).toBe(true);
    });

    test("the work can be followed and cancelled", () => {
      const drawn = randomProblem(61);
      const factor = factorize(drawn.training, drawn.mu, backend);
      const problem = { factor, candidates: drawn.candidates, targets: drawn.targets };
      const space = createCandidateSpace(problem, backend);
      const works = [
        (control: object) => createCandidateSpace(problem, backend, control),
        (control: object) => rankCandidates(space, backend, "gain", control),
        (control: object) => greedySelect(space, { count: 3 }, backend, control),
        (control: object) =>
          randomSelections(space, { count: 3, repeats: 3, seed: 1 }, backend, control),
      ];
      works.forEach((work, index) => {
        const fractions: number[] = [];
        work({ onProgress: (fraction: number) => fractions.push(fraction) });
        expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
        expect(fractions[0]).toBe(0);
        if (index > 0) expect(fractions[fractions.length - 1]).toBe(1);
        expect(() => work({ isCancelled: () => true })).toThrow(/cancelled/);
      });
    });

    test("bad arguments are refused", () => {
      const drawn = randomProblem(71);
      const { cols } = drawn.training;
      const spaceWith = (extra: Partial<CandidateProblem>) => () => spaceOf(drawn, extra);
      expect(spaceWith({ candidates: denseMatrix(0, cols) })).toThrow(/got none/);
      expect(spaceWith({ targets: denseMatrix(0, cols) })).toThrow(/got none/);
      expect(spaceWith({ candidates: randomMatrix(2, cols + 1, 1) })).toThrow(/candidate rows/);
      expect(spaceWith({ weights: new Float64Array(drawn.targets.rows) })).toThrow(/sum to 0/);
      expect(spaceWith({ weights: new Float64Array(3) })).toThrow(/got 3/);
      expect(spaceWith({ costs: new Float64Array(drawn.candidates.rows) })).toThrow(
        /cost of candidate 0 is 0/,
      );
      const factor = factorize(drawn.training, 1e-3, backend);
      const problem = { factor, candidates: drawn.candidates, targets: drawn.targets };
      expect(() => createCandidateSpace(problem, backend, { memoryLimit: 100 })).toThrow(/limit/);
      const space = spaceOf(drawn);
      expect(() => greedySelect(space, { count: 0 }, backend)).toThrow(/candidates to select is 0/);
      expect(() => greedySelect(space, { count: 1, by: "gainPerCost" }, backend)).toThrow(/costs/);
      expect(() => greedySelect(space, { count: 1, maxSimilarity: 0 }, backend)).toThrow(
        /similarity is 0/,
      );
      expect(() => randomSelections(space, { count: 99, repeats: 1, seed: 1 }, backend)).toThrow(
        /99, expected/,
      );
    });
  });
});

interface Problem {
  readonly training: DenseMatrix;
  readonly candidates: DenseMatrix;
  readonly targets: DenseMatrix;
  readonly mu: number;
  readonly method: "auto" | "qr" | "svd";
}

/** Training rows, candidates of very different sizes, targets of which one is a candidate. */
function randomProblem(seed: number): Problem {
  const random = createRandom(seed);
  const d = [4, 10, 60][integerBelow(random, 3)] ?? 10;
  const soapLike = uniform(random) < 0.5;
  const draw = (rows: number, stream: number): DenseMatrix =>
    soapLike ? soapLikeFeatures(rows, d, stream, 0.7) : randomMatrix(rows, d, stream);
  const sizes = (rows: number): number[] =>
    Array.from({ length: rows }, () => 10 ** (2 * uniform(random) - 1));
  const training = scaledRows(draw(2 + integerBelow(random, 20), seed + 1), sizes(30));
  const candidates = scaledRows(draw(14, seed + 2), sizes(14));
  const targets = stackRows(
    draw(10 + integerBelow(random, 2), seed + 3),
    rowRange(candidates, 0, 1),
  );
  const mu = 10 ** (-1 - 4 * uniform(random));
  const method = (["auto", "qr", "svd"] as const)[integerBelow(random, 3)] ?? "auto";
  return { training, candidates, targets, mu, method };
}

function fill({ candidates }: Problem, count: number): number[] {
  return new Array<number>(candidates.rows).fill(count);
}
