import { describe, expect, test } from "vitest";
import { kernelSpace, projectToKernelSpace } from "../../../src/models/kernelSpace.ts";
import { sumStructureRows } from "../../../src/models/structureRows.ts";
import { denseMatrix, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import {
  factorize,
  inverseRigidity,
  localPredictionRigidity,
} from "../../../src/rigidity/rigidityFactor.ts";
import {
  componentRigidities,
  consecutiveBlocks,
  kernelComponentRigidities,
  structureRigidity,
} from "../../../src/rigidity/structureRigidity.ts";
import { unexplainedKernelVariance } from "../../../src/rigidity/uncertainty.ts";
import { availableBackends } from "../../support/backends.ts";
import { sparseKernelCases } from "../../support/lprGoldens.ts";
import {
  matrixOf,
  maxDifference,
  maxRelativeDifference,
  product,
  randomMatrix,
} from "../../support/matrices.ts";

/** kᵀ A⁻¹ k for every row k, by Gaussian elimination on the explicit matrix. */
function explicitForms(matrix: DenseMatrix, rows: DenseMatrix): number[] {
  const n = matrix.rows;
  return Array.from({ length: rows.rows }, (_, r) => {
    const work = Array.from({ length: n }, (__, i) => [
      ...matrix.data.subarray(i * n, (i + 1) * n),
      rows.data[r * n + i]!,
    ]);
    for (let p = 0; p < n; p++) {
      for (let i = p + 1; i < n; i++) {
        const ratio = work[i]![p]! / work[p]![p]!;
        for (let j = p; j <= n; j++) work[i]![j]! -= ratio * work[p]![j]!;
      }
    }
    const x = new Float64Array(n);
    for (let i = n - 1; i >= 0; i--) {
      let value = work[i]![n]!;
      for (let j = i + 1; j < n; j++) value -= work[i]![j]! * x[j]!;
      x[i] = value / work[i]![i]!;
    }
    return x.reduce((sum, value, i) => sum + value * rows.data[r * n + i]!, 0);
  });
}

describe.each(availableBackends)("rigidities of structures and parts on $name", (backend) => {
  const offsets = Int32Array.of(0, 1, 4, 6);
  const phi = randomMatrix(6, 5, 21);
  const rows = sumStructureRows(phi, offsets);
  const factor = factorize(randomMatrix(14, 5, 22), 1e-2, backend);

  test("a structure of one environment has the LPR of that environment", () => {
    const total = structureRigidity(factor, rows, [1, 3, 2], "total", backend);
    const local = localPredictionRigidity(factor, phi, backend);
    expect(total[0]! / local[0]!).toBeCloseTo(1, 13);
  });

  test("per atom, rigidity is N² times that of the total energy", () => {
    const total = structureRigidity(factor, rows, [1, 3, 2], "total", backend);
    const perAtom = structureRigidity(factor, rows, [1, 3, 2], "perAtom", backend);
    expect(maxRelativeDifference(perAtom, [total[0]!, 9 * total[1]!, 4 * total[2]!])).toBeLessThan(
      1e-13,
    );
  });

  test("a training structure's own rigidity is at least 1, once more raises it by exactly 1", () => {
    const own = factorize(rows, 1e-2, backend);
    const once = structureRigidity(own, rows, [1, 3, 2], "total", backend);
    for (const value of once) expect(value).toBeGreaterThanOrEqual(1);
    const repeated = denseMatrix(4, 5, Float64Array.of(...rows.data, ...rows.data.subarray(5, 10)));
    const twice = structureRigidity(
      factorize(repeated, 1e-2, backend),
      rows,
      [1, 3, 2],
      "total",
      backend,
    );
    expect(twice[1]! - once[1]!).toBeCloseTo(1, 10);
  });

  test("variances of a structure are at most the sum of standard deviations, squared", () => {
    const total = inverseRigidity(factor, rows, backend);
    const local = inverseRigidity(factor, phi, backend);
    for (let a = 0; a < 3; a++) {
      const deviations = local.slice(offsets[a], offsets[a + 1]).map(Math.sqrt);
      const sum = deviations.reduce((x, y) => x + y, 0);
      expect(total[a]).toBeLessThanOrEqual(sum ** 2 * (1 + 1e-12));
    }
  });

  test("one component of all features is the whole; what it lacks is infinitely rigid", () => {
    const all = componentRigidities(factor, phi, consecutiveBlocks([5], 5), backend);
    expect(maxDifference(all.data, localPredictionRigidity(factor, phi, backend))).toBe(0);
    const lacking = matrixOf([[1, 2, 0, 0, 0]]);
    const parts = componentRigidities(factor, lacking, consecutiveBlocks([2, 3], 5), backend);
    expect(parts.data[0]! / localPredictionRigidity(factor, lacking, backend)[0]!).toBeCloseTo(
      1,
      13,
    );
    expect(parts.data[1]).toBe(Infinity);
  });

  test("components of a feature space without correlations add their variances", () => {
    // H is block diagonal when training rows are zero outside one block each.
    const train = matrixOf([
      [1, 2, 0, 0, 0],
      [2, -1, 0, 0, 0],
      [0, 0, 1, 1, 3],
    ]);
    const blocks = factorize(train, 0.1, backend);
    const parts = componentRigidities(blocks, phi, consecutiveBlocks([2, 3], 5), backend);
    const whole = inverseRigidity(blocks, phi, backend);
    for (let k = 0; k < 6; k++) {
      const sum = 1 / parts.data[2 * k]! + 1 / parts.data[2 * k + 1]!;
      expect(sum / whole[k]!).toBeCloseTo(1, 12);
    }
  });

  test("components of a kernel model are groups of active points", () => {
    const kernelMM = product(backend, randomMatrix(6, 9, 31), randomMatrix(6, 9, 31), false, true);
    const kernelNM = randomMatrix(12, 6, 32);
    const targets = randomMatrix(4, 6, 33);
    const mu = 0.05;
    const space = kernelSpace(kernelMM, backend);
    const inner = factorize(projectToKernelSpace(space, kernelNM, backend), mu, backend);
    const groups = [Int32Array.of(0, 3, 4), Int32Array.of(1, 2, 5)];
    const found = kernelComponentRigidities(space, inner, targets, groups, backend);
    const hessian = product(backend, kernelNM, kernelNM, true);
    hessian.data.forEach((_, i) => (hessian.data[i]! += mu * kernelMM.data[i]!));
    groups.forEach((columns, c) => {
      const masked = denseMatrix(4, 6);
      for (const j of columns) {
        for (let i = 0; i < 4; i++) masked.data[i * 6 + j] = targets.data[i * 6 + j]!;
      }
      explicitForms(hessian, masked).forEach((form, i) => {
        expect(found.data[i * 2 + c]! * form).toBeCloseTo(1, 10);
      });
    });
  });

  test.each(sparseKernelCases.map((golden, index) => ({ golden, index })))(
    "what the projected process adds is the golden's, clipped at 0 (case $index)",
    ({ golden }) => {
      const space = kernelSpace(matrixOf(golden.KMM), backend);
      const inner = projectToKernelSpace(space, matrixOf(golden.kM), backend);
      const selfKernels = new Float64Array(inner.rows).fill(golden.k_kk);
      const added = unexplainedKernelVariance(inner, selfKernels);
      const expected = golden.PP_extra_kkk_minus_kKk.map((value) => Math.max(0, value));
      expect(maxDifference(added, expected)).toBeLessThan(1e-10);
    },
  );

  test("blocks that do not fill the features and columns out of range are refused", () => {
    const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    expect(() => consecutiveBlocks([2, 2], 5)).toThrow(invalid);
    expect(() => consecutiveBlocks([5, 0], 5)).toThrow(invalid);
    expect(() => componentRigidities(factor, phi, [Int32Array.of(5)], backend)).toThrow(invalid);
    expect(() => structureRigidity(factor, rows, [1, 0, 2], "total", backend)).toThrow(invalid);
  });
});
