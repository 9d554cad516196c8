import { describe, expect, test } from "vitest";
import { kernelSpace, projectToKernelSpace } from "../../../src/models/kernelSpace.ts";
import { sumStructureRows } from "../../../src/models/structureRows.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import { factorize, localPredictionRigidity } from "../../../src/rigidity/rigidityFactor.ts";
import { createWhatIfSession } from "../../../src/rigidity/whatIf.ts";
import { backendCases } from "../../support/backends.ts";
import { linearCases, sparseKernelCases } from "../../support/lprGoldens.ts";
import { matrixOf, maxRelativeDifference } from "../../support/matrices.ts";
import { expandRows } from "../../support/trainingSets.ts";

/** What an answer may differ from the 60-digit value by, whatever was toggled. */
const BAR = 1e-6;

describe.each(backendCases)("what-if sessions on the $name backend", (entry) => {
  describe.skipIf(entry.backend === null)("when it is built", () => {
    const backend = entry.backend ?? createReferenceBackend();

    const golden = [
      ...linearCases.map((entry) => ({
        rows: sumStructureRows(matrixOf(entry.train_envs.flat()), offsetsOf(entry.train_envs)),
        phi: matrixOf(entry.test_envs),
        mu: entry.mu,
        expected: entry.LPR_mp60,
      })),
      ...sparseKernelCases.map((entry) => {
        const space = kernelSpace(matrixOf(entry.KMM), backend);
        return {
          rows: projectToKernelSpace(space, matrixOf(entry.KNM), backend),
          phi: projectToKernelSpace(space, matrixOf(entry.kM), backend),
          mu: entry.mu,
          expected: entry.LPR_mp60,
        };
      }),
    ].map((problem, index) => ({ ...problem, index }));

    test.each(golden)("60-digit LPR from other training sets, golden $index", (problem) => {
      const { rows, phi, mu, expected } = problem;
      const all = new Array<number>(rows.rows).fill(1);
      const refitted = localPredictionRigidity(factorize(rows, mu, backend, "qr"), phi, backend);
      for (const method of ["auto", "qr", "svd"] as const) {
        const starts = {
          "one missing": all.map((_, i) => (i === 0 ? 0 : 1)),
          "a third missing": all.map((_, i) => (i % 3 === 0 ? 0 : 1)),
          "some twice": all.map((_, i) => (i % 4 === 0 ? 2 : 1)),
          nothing: all.map(() => 0),
        };
        for (const counts of Object.values(starts)) {
          const factor = factorize(expandRows(rows, counts), mu, backend, method);
          const start = { factor, poolRows: rows, rowCounts: counts, targetPhi: phi };
          const session = createWhatIfSession(start, backend);
          session.setCounts(all);
          const answer = session.lpr();
          expect(maxRelativeDifference(answer.lpr, expected)).toBeLessThan(BAR);
          // The estimate speaks of these rows in double precision, not of how they were made.
          const difference = maxRelativeDifference(answer.lpr, refitted);
          expect(difference).toBeLessThanOrEqual(2 * answer.errorEstimate);
          expect(answer.errorEstimate).toBeLessThanOrEqual(BAR);
        }
      }
    });
  });
});

function offsetsOf(structures: readonly (readonly unknown[])[]): Int32Array {
  const offsets = new Int32Array(structures.length + 1);
  structures.forEach((environments, a) => {
    offsets[a + 1] = (offsets[a] ?? 0) + environments.length;
  });
  return offsets;
}
