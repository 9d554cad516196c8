import { expect, test } from "vitest";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import { rowRange } from "../../../src/numerics/matrix.ts";
import { foldAlike, MAX_COMPARED } from "../../../src/rigidity/alikeCandidates.ts";
import { candidateLifts } from "../../../src/rigidity/candidateLifts.ts";
import { createCandidateSpace } from "../../../src/rigidity/candidateSpace.ts";
import { factorize, localPredictionRigidity } from "../../../src/rigidity/rigidityFactor.ts";
import { maxDifference, matrixOf, randomMatrix } from "../../support/matrices.ts";
import { stackRows } from "../../support/trainingSets.ts";

const backend = createReferenceBackend();

test("the first of each kind stands for it, whatever the size of the rows", () => {
  // Kernel distances: rows 0, 2 and 4 within 0.1 of each other; row 1 at 0.2 of row 0; row 3 alone.
  const rows = matrixOf([
    [1, 0],
    [Math.cos(0.2), Math.sin(0.2)],
    [5 * Math.cos(0.09), 5 * Math.sin(0.09)],
    [0, 1],
    [0.1, 0],
  ]);
  expect([...foldAlike(rows, [0, 1, 2, 3, 4], backend)]).toEqual([0, 1, 0, 3, 0]);
  // By another order others come first: row 2 is within 0.11 of row 1, not within 0.1.
  expect([...foldAlike(rows, [2, 1, 4, 3, 0], backend)]).toEqual([0, 1, 0, 3, 0]);
});

test("a row of zeros is like nothing, one that is not finite is refused", () => {
  expect([
    ...foldAlike(
      matrixOf([
        [0, 0],
        [0, 0],
      ]),
      [0, 1],
      backend,
    ),
  ]).toEqual([0, 1]);
  expect(() => foldAlike(matrixOf([[NaN, 0]]), [0], backend)).toThrow("not finite");
});

test("beyond the limit every structure stands for itself", () => {
  const n = MAX_COMPARED + 3;
  const rows = matrixOf(Array.from({ length: n }, () => [1]));
  const alike = foldAlike(
    rows,
    Array.from({ length: n }, (_, i) => i),
    backend,
  );
  expect([...alike.slice(0, 3)]).toEqual([0, 0, 0]);
  expect([...alike.slice(-3)]).toEqual([n - 3, n - 2, n - 1]);
});

test("lifts of single candidates are those of a full refit", () => {
  const training = randomMatrix(12, 5, 1);
  const candidates = randomMatrix(4, 5, 2);
  const targets = randomMatrix(6, 5, 3);
  const factor = factorize(training, 0.1, backend, "qr");
  const space = createCandidateSpace({ factor, candidates, targets }, backend);
  const before = localPredictionRigidity(factor, targets, backend);
  for (let j = 0; j < 4; j++) {
    const grown = stackRows(training, rowRange(candidates, j, j + 1));
    const refit = factorize(grown, 0.1, backend, "qr");
    const after = localPredictionRigidity(refit, targets, backend);
    const expected = after.map((value, k) => value / (before[k] ?? NaN) - 1);
    expect(maxDifference(candidateLifts(space, j), expected)).toBeLessThan(1e-9);
  }
});
