import { describe, expect, test } from "vitest";
import {
  activePointWeights,
  kernelSpace,
  projectToKernelSpace,
} from "../../../src/models/kernelSpace.ts";
import { gatherRows } from "../../../src/models/farthestPoints.ts";
import { denseMatrix } from "../../../src/numerics/matrix.ts";
import { availableBackends } from "../../support/backends.ts";
import { kernelRigidity, soapLikeKernels } from "../../support/kernelModel.ts";
import {
  maxDifference,
  maxRelativeDifference,
  product,
  randomMatrix,
} from "../../support/matrices.ts";

describe.each(availableBackends)("kernel space on the $name backend", (backend) => {
  const x = randomMatrix(14, 20, 1);
  const kernelMM = product(backend, x, x, false, true);

  test("inner products of φ are those of the kernel", () => {
    const space = kernelSpace(kernelMM, backend);
    const phi = projectToKernelSpace(space, kernelMM, backend);
    expect(maxDifference(product(backend, phi, phi, false, true).data, kernelMM.data)).toBeLessThan(
      1e-13,
    );
    expect(space).toMatchObject({ rank: 14, activeSetSize: 14 });
    expect(space.diagnostics).toEqual([]);
  });

  test("many rows are projected in blocks with the same result", () => {
    const space = kernelSpace(kernelMM, backend);
    const rows = randomMatrix(1300, 14, 2);
    const whole = projectToKernelSpace(space, rows, backend);
    const some = Int32Array.of(0, 511, 512, 1299);
    const few = projectToKernelSpace(space, gatherRows(rows, some), backend);
    expect(maxDifference(few.data, gatherRows(whole, some).data)).toBeLessThan(1e-13);
  });

  test("repeated active points are dropped, named, and change no LPR", async () => {
    const kernels = await soapLikeKernels(backend, { size: 40, zeta: 2, decay: 0.6 });
    const twice = (m: typeof kernelMM): typeof kernelMM => {
      const out = denseMatrix(m.rows, m.cols + 2);
      for (let i = 0; i < m.rows; i++) {
        const row = m.data.subarray(i * m.cols, (i + 1) * m.cols);
        out.data.set(row, i * out.cols);
        out.data.set(row.subarray(3, 5), i * out.cols + m.cols);
      }
      return out;
    };
    const extended = twice(kernels.kernelMM);
    const square = denseMatrix(42, 42);
    const order = Int32Array.from([...Array.from({ length: 40 }, (_, i) => i), 3, 4]);
    square.data.set(gatherRows(extended, order).data);
    const space = kernelSpace(square, backend);
    expect(space.rank).toBe(40);
    expect(space.dropped).toHaveLength(2);
    expect([...space.dropped].map((i) => (i >= 40 ? i - 37 : i))).toEqual([3, 4]);
    expect(space.diagnostics[0]?.code).toBe("ACTIVE_POINTS_DROPPED");
    const lpr = kernelRigidity(kernels, 1e-4, backend);
    const again = kernelRigidity(
      {
        kernelMM: square,
        structureKernels: twice(kernels.structureKernels),
        targetKernels: twice(kernels.targetKernels),
      },
      1e-4,
      backend,
    );
    expect(maxRelativeDifference(again, lpr)).toBeLessThan(1e-8);
  });

  test("weights on the active points predict the same", () => {
    const space = kernelSpace(kernelMM, backend);
    const rows = randomMatrix(6, 14, 3);
    const weights = randomMatrix(14, 1, 4);
    const direct = product(backend, projectToKernelSpace(space, rows, backend), weights);
    const active = activePointWeights(space, weights.data, backend);
    const again = product(backend, rows, denseMatrix(14, 1, active));
    expect(maxRelativeDifference(again.data, direct.data)).toBeLessThan(1e-10);
  });

  test("a kernel of zeros, NaN, a wrong shape and a wild tolerance are refused", () => {
    const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    expect(() => kernelSpace(denseMatrix(3, 3), backend)).toThrow(invalid);
    expect(() => kernelSpace(denseMatrix(0, 0), backend)).toThrow(invalid);
    const bad = denseMatrix(1, 1, Float64Array.of(Number.NaN));
    expect(() => kernelSpace(bad, backend)).toThrow(invalid);
    expect(() => kernelSpace(kernelMM, backend, -1)).toThrow(invalid);
    const shape: unknown = expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" });
    expect(() => kernelSpace(denseMatrix(2, 3), backend)).toThrow(shape);
    const space = kernelSpace(kernelMM, backend);
    expect(() => projectToKernelSpace(space, denseMatrix(1, 13), backend)).toThrow(shape);
  });
});
