import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { denseMatrix, rowRange, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import { createRandom, integerBelow, uniform } from "../../../src/random.ts";
import { factorize, localPredictionRigidity } from "../../../src/rigidity/rigidityFactor.ts";
import {
  createWhatIfSession,
  whatIfMemory,
  type WhatIfOptions,
  type WhatIfSession,
} from "../../../src/rigidity/whatIf.ts";
import { backendCases } from "../../support/backends.ts";
import {
  matrixOf,
  maxRelativeDifference,
  randomMatrix,
  soapLikeFeatures,
} from "../../support/matrices.ts";
import { expandRows, scaledRows, stackRows } from "../../support/trainingSets.ts";

type Method = "auto" | "qr" | "svd";

/** What an answer may differ from a full refit by, whatever was toggled. */
const BAR = 1e-6;

describe.each(backendCases)("what-if sessions on the $name backend", (entry) => {
  describe.skipIf(entry.backend === null)("when it is built", () => {
    const backend = entry.backend ?? createReferenceBackend();

    const open = (
      pool: DenseMatrix,
      counts: readonly number[],
      phi: DenseMatrix,
      mu: number,
      options: WhatIfOptions & { readonly method?: Method } = {},
    ): WhatIfSession => {
      const factor = factorize(expandRows(pool, counts), mu, backend, options.method ?? "auto");
      const problem = { factor, poolRows: pool, rowCounts: counts, targetPhi: phi };
      return createWhatIfSession(problem, backend, options);
    };

    const refitted = (
      pool: DenseMatrix,
      counts: readonly number[],
      phi: DenseMatrix,
      mu: number,
    ): Float64Array =>
      localPredictionRigidity(factorize(expandRows(pool, counts), mu, backend, "qr"), phi, backend);

    test("random problems agree with a refit within the estimate, which keeps its promise", () => {
      let updates = 0;
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
          const { pool, phi, counts, mu, method, random } = randomProblem(seed);
          const session = open(pool, counts, phi, mu, { method });
          for (let round = 0; round < 4; round++) {
            const changes = 1 + integerBelow(random, 6);
            for (let c = 0; c < changes; c++) {
              session.setCount(integerBelow(random, pool.rows), integerBelow(random, 3));
            }
            const answer = session.lpr();
            const expected = refitted(pool, session.counts, phi, mu);
            const difference = maxRelativeDifference(answer.lpr, expected);
            expect(difference).toBeLessThan(BAR);
            // The refit has an error of its own: a few units in the last place at least.
            expect(difference).toBeLessThanOrEqual(2 * answer.errorEstimate);
            if (!answer.exact) updates++;
          }
        }),
        { numRuns: 60, seed: 11 },
      );
      expect(updates).toBeGreaterThan(100); // otherwise it was refits that were tested
    });

    test("toggling there and back gives the baseline's digits", () => {
      const pool = randomMatrix(20, 8, 1);
      const counts = [3, ...new Array<number>(9).fill(1), ...new Array<number>(10).fill(0)];
      const phi = randomMatrix(15, 8, 2);
      const session = open(pool, counts, phi, 1e-2, { method: "qr" });
      const before = session.lpr();
      expect([...before.lpr]).toEqual([
        ...localPredictionRigidity(
          factorize(expandRows(pool, counts), 1e-2, backend, "qr"),
          phi,
          backend,
        ),
      ]);
      expect(before).toMatchObject({ exact: true, needsRefit: false, changedRows: 0 });
      expect(session.toggle(0)).toBe(0);
      expect(session.toggle(15)).toBe(1);
      const changed = session.lpr();
      expect(changed).toMatchObject({ exact: false, changedRows: 2 });
      expect(maxRelativeDifference(changed.lpr, before.lpr)).toBeGreaterThan(1e-3);
      expect(session.toggle(0)).toBe(3);
      session.toggle(15);
      expect([...session.lpr().lpr]).toEqual([...before.lpr]);
      session.setCounts(counts.map(() => 1));
      session.refit();
      session.reset();
      expect([...session.lpr().lpr]).toEqual([...before.lpr]);
    });

    test("a removed structure that was alone in its direction asks for a refit", () => {
      // The last row holds feature 5 alone, 1e4 times √μ: leverage 1 − 1e-14.
      const pool = stackRows(randomMatrix(12, 6, 3), matrixOf([[0, 0, 0, 0, 0, 1]]));
      for (let i = 0; i < 12; i++) pool.data[i * 6 + 5] = 0;
      const phi = randomMatrix(9, 6, 4);
      const counts = new Array<number>(13).fill(1);
      const mu = 1e-14;
      const session = open(pool, counts, phi, mu, { method: "qr" });
      session.setCount(12, 0);
      const expected = refitted(pool, session.counts, phi, mu);
      const answer = session.lpr();
      expect(answer.exact).toBe(true);
      expect(maxRelativeDifference(answer.lpr, expected)).toBeLessThan(BAR);
      // Back on the first factor the baseline is remembered, other edits are still right.
      session.reset();
      session.toggle(0);
      const other = session.lpr();
      expect(
        maxRelativeDifference(other.lpr, refitted(pool, session.counts, phi, mu)),
      ).toBeLessThan(BAR);
    });

    test("a structure alone in its direction may change places with its double", () => {
      // Taken out first, it would leave 1 − h = 1e-12 with no digit; the double goes in before.
      const alone = matrixOf([[0, 0, 0, 0, 0, 1]]);
      const pool = stackRows(stackRows(alone, randomMatrix(12, 6, 3)), alone);
      for (let i = 1; i < 13; i++) pool.data[i * 6 + 5] = 0;
      const counts = Array.from({ length: 14 }, (_, i) => (i < 13 ? 1 : 0));
      const session = open(pool, counts, randomMatrix(9, 6, 4), 1e-12, { method: "qr" });
      const before = session.lpr();
      session.toggle(0);
      session.toggle(13);
      const after = session.lpr();
      expect(after).toMatchObject({ exact: false, needsRefit: false, changedRows: 2 });
      expect(after.errorEstimate).toBeLessThan(1e-11);
      expect(maxRelativeDifference(after.lpr, before.lpr)).toBeLessThan(1e-11);
    });

    test("the baseline is remembered however many refits lie between", () => {
      const pool = randomMatrix(25, 5, 17);
      const session = open(pool, new Array<number>(25).fill(1), randomMatrix(4, 5, 18), 1e-2);
      const before = session.lpr();
      for (let row = 0; row < 24; row++) {
        session.toggle(row);
        session.refit();
      }
      session.reset();
      const after = session.lpr();
      expect(after.exact).toBe(true);
      expect([...after.lpr]).toEqual([...before.lpr]);
    });

    test("manual refits: the answer says so, and the estimate covers the difference", () => {
      const pool = stackRows(randomMatrix(12, 6, 3), matrixOf([[0, 0, 0, 0, 0, 1]]));
      for (let i = 0; i < 12; i++) pool.data[i * 6 + 5] = 0;
      const phi = randomMatrix(9, 6, 4);
      const mu = 1e-10;
      const session = open(pool, new Array<number>(13).fill(1), phi, mu, { tolerance: 1e-8 });
      session.setCount(12, 0);
      const rough = session.lpr("manual");
      expect(rough).toMatchObject({ exact: false, needsRefit: true, changedRows: 1 });
      const exact = session.refit();
      expect(exact).toMatchObject({ exact: true, needsRefit: false, changedRows: 0 });
      expect(maxRelativeDifference(rough.lpr, exact.lpr)).toBeLessThan(rough.errorEstimate);
      expect(exact.errorEstimate).toBeLessThan(1e-2 * rough.errorEstimate);
    });

    test("a session can start from an empty training set, and rows can be added to the pool", () => {
      const phi = randomMatrix(10, 7, 5);
      const factor = factorize(denseMatrix(0, 7), 1e-3, backend);
      const problem = { factor, poolRows: denseMatrix(0, 7), rowCounts: [], targetPhi: phi };
      const session = createWhatIfSession(problem, backend);
      const rows = randomMatrix(12, 7, 6);
      expect(session.addRows(rowRange(rows, 0, 5))).toBe(0);
      expect(session.addRows(rowRange(rows, 5, 12))).toBe(5);
      expect(session.counts).toEqual(new Array(12).fill(0));
      const counts = Array.from({ length: 12 }, (_, i) => i % 3);
      session.setCounts(counts);
      const expected = refitted(rows, counts, phi, 1e-3);
      expect(maxRelativeDifference(session.lpr().lpr, expected)).toBeLessThan(1e-9);
      expect(maxRelativeDifference(session.refit().lpr, expected)).toBeLessThan(1e-12);
      expect(session.currentFactor().nRows).toBe(8); // rows that count twice are one row times √2
    });

    test("streamed targets give the answers of kept ones", () => {
      const pool = randomMatrix(30, 40, 7);
      const counts = pool.data.subarray(0, 30);
      const ones = Array.from(counts, (_, i) => (i < 20 ? 1 : 0));
      const phi = randomMatrix(2500, 40, 8);
      const answers = (["kept", "streamed"] as const).map((targets) => {
        const session = open(pool, ones, phi, 1e-3, { targets, memoryLimit: 1e6 });
        session.toggle(2);
        session.toggle(25);
        return session.lpr();
      });
      expect(answers.map(({ exact }) => exact)).toEqual([false, false]);
      const [kept, streamed] = answers;
      expect(maxRelativeDifference(streamed?.lpr ?? [], kept?.lpr ?? [])).toBeLessThan(1e-12);
    });

    test("more changes than an update is worth are refitted", () => {
      const pool = randomMatrix(60, 10, 9);
      const phi = randomMatrix(5, 10, 10);
      const session = open(pool, new Array<number>(60).fill(1), phi, 1e-2);
      session.setCounts(Array.from({ length: 60 }, (_, i) => (i < 20 ? 1 : 0)));
      expect(session.lpr().exact).toBe(true);
    });

    test("environments that the model cannot represent stay infinitely rigid", () => {
      const pool = randomMatrix(10, 5, 11);
      const phi = stackRows(randomMatrix(3, 5, 12), denseMatrix(1, 5));
      const session = open(pool, new Array<number>(10).fill(1), phi, 1e-2);
      session.toggle(3);
      const answer = session.lpr();
      expect(answer.lpr[3]).toBe(Infinity);
      expect(answer.exact).toBe(false);
      expect(answer.lpr.subarray(0, 3).every((value) => Number.isFinite(value))).toBe(true);
    });

    describe("facts that hold exactly", () => {
      const each = (
        property: (drawn: ReturnType<typeof randomProblem>, session: WhatIfSession) => void,
        phiOf: (drawn: ReturnType<typeof randomProblem>) => DenseMatrix = ({ phi }) => phi,
      ): void => {
        fc.assert(
          fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
            const drawn = randomProblem(seed);
            const { pool, counts, mu, method } = drawn;
            property(drawn, open(pool, counts, phiOf(drawn), mu, { method }));
          }),
          { numRuns: 40, seed: 5 },
        );
      };

      test("a training row counted once more has exactly 1 more rigidity", () => {
        each(
          ({ pool, counts, random }, session) => {
            const row = integerBelow(random, pool.rows);
            const before = session.lpr();
            session.setCount(row, (counts[row] ?? 0) + 1);
            const after = session.lpr();
            const expected = (before.lpr[row] ?? 0) + 1;
            expect(Math.abs((after.lpr[row] ?? 0) / expected - 1)).toBeLessThan(1e-8);
            expect(after.lpr[row]).toBeGreaterThan(1 - 1e-8);
          },
          ({ pool }) => pool,
        );
      });

      test("adding never lowers, removing never raises an LPR", () => {
        each(({ pool, counts, random }, session) => {
          const before = session.lpr();
          const row = integerBelow(random, pool.rows);
          session.setCount(row, (counts[row] ?? 0) + 2);
          const more = session.lpr();
          session.setCount(row, 0);
          const less = session.lpr();
          const slack = 1 + 1e-9 + before.errorEstimate;
          before.lpr.forEach((value, k) => {
            expect(more.lpr[k]).toBeGreaterThanOrEqual(value / slack);
            expect(less.lpr[k]).toBeLessThanOrEqual(value * slack);
          });
        });
      });

      test("a crystal of N equal environments gives them LPR ≥ N² (rows summed)", () => {
        each(
          ({ seed, pool }, session) => {
            const n = 2 + (seed % 30);
            const environment = randomMatrix(1, pool.cols, seed + 3);
            const first = session.addRows(scaledRows(environment, [n]));
            session.toggle(first);
            expect(session.lpr().lpr[0]).toBeGreaterThanOrEqual(n * n * (1 - 1e-9));
          },
          ({ seed, pool }) => randomMatrix(1, pool.cols, seed + 3),
        );
      });
    });

    test("bad arguments are refused", () => {
      const pool = randomMatrix(6, 4, 13);
      const ones = new Array<number>(6).fill(1);
      const phi = randomMatrix(3, 4, 14);
      const session = open(pool, ones, phi, 1e-2);
      const factor = factorize(pool, 1e-2, backend);
      const problem = { factor, poolRows: pool, rowCounts: ones, targetPhi: phi };
      const opening =
        (changes: Partial<typeof problem>, options: WhatIfOptions = {}) =>
        () =>
          createWhatIfSession({ ...problem, ...changes }, backend, options);
      expect(opening({ rowCounts: [1] })).toThrow(/got 1 counts/);
      expect(opening({ rowCounts: [1, 1, 1, 1, 1, 0.5] })).toThrow(/count 0.5 times/);
      expect(opening({ rowCounts: [5, 1, 1, 1, 1, 1] })).toThrow(/made from other rows/);
      expect(opening({ poolRows: randomMatrix(6, 5, 1) })).toThrow(/pool rows/);
      expect(opening({ targetPhi: matrixOf([[1, 2, 3, Number.NaN]]) })).toThrow(/finite/);
      expect(whatIfMemory(factor, 3)).toBe(96);
      expect(opening({}, { memoryLimit: 95 })).toThrow(/limit/);
      expect(opening({}, { isCancelled: () => true })).toThrow(/cancelled/);
      expect(() => session.setCount(6, 1)).toThrow(/index from 0 to 5/);
      expect(() => session.setCount(0, -1)).toThrow(/-1 times/);
      expect(() => session.toggle(1.5)).toThrow(/row 1.5/);
      expect(() => session.setCounts(new Array<number>(7).fill(1))).toThrow(/row 6/);
      expect(() => session.addRows(randomMatrix(1, 3, 1))).toThrow(/added rows/);
      expect(session.counts).toEqual(ones);
    });

    test("without a regularizer a set that determines no model is refused, and undone", () => {
      const pool = randomMatrix(6, 4, 15);
      const session = open(pool, new Array<number>(6).fill(1), randomMatrix(3, 4, 16), 0);
      const before = session.lpr();
      for (const row of [0, 1, 2]) session.toggle(row);
      expect(() => session.lpr()).toThrow(/singular/);
      session.reset();
      expect([...session.lpr().lpr]).toEqual([...before.lpr]);
      session.toggle(0);
      expect(
        maxRelativeDifference(
          session.lpr().lpr,
          localPredictionRigidity(
            factorize(rowRange(pool, 1, 6), 0, backend),
            randomMatrix(3, 4, 16),
            backend,
          ),
        ),
      ).toBeLessThan(1e-9);
    });
  });
});

/** Pools of very different row sizes, some targets in the pool; nearly singular or not. */
function randomProblem(seed: number) {
  const random = createRandom(seed);
  // 90 features and up to 32 rows: the explicit residual of networks' SVD factors.
  const d = [5, 12, 90][integerBelow(random, 3)] ?? 12;
  const nRows = 3 + integerBelow(random, 30);
  const soapLike = uniform(random) < 0.6;
  const decay = 0.4 + 0.5 * uniform(random);
  const draw = (rows: number, stream: number): DenseMatrix =>
    soapLike ? soapLikeFeatures(rows, d, stream, decay) : randomMatrix(rows, d, stream);
  const pool = scaledRows(
    draw(nRows, seed + 1),
    Array.from({ length: nRows }, () => 10 ** (4 * uniform(random) - 2)),
  );
  const phi = stackRows(draw(12, seed + 2), rowRange(pool, 0, 3));
  const counts = Array.from({ length: nRows }, () => integerBelow(random, 3));
  const mu = 10 ** (-8 * uniform(random));
  const method = (["auto", "qr", "svd"] as const)[integerBelow(random, 3)] ?? "auto";
  return { seed, pool, phi, counts, mu, method, random };
}
