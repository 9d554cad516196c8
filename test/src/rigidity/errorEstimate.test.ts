import { describe, expect, test } from "vitest";
import { defaultDropTolerance } from "../../../src/models/kernelSpace.ts";
import { denseMatrix } from "../../../src/numerics/matrix.ts";
import { createRandom } from "../../../src/random.ts";
import { factorDiagnostics, rigidityWarnings } from "../../../src/rigidity/diagnostics.ts";
import {
  errorSample,
  featureErrorEstimate,
  kernelErrorEstimate,
  perturb,
  perturbSymmetric,
  takeSample,
} from "../../../src/rigidity/errorEstimate.ts";
import { factorize, localPredictionRigidity } from "../../../src/rigidity/rigidityFactor.ts";
import { spectralRouteRigidity, spectralSpace } from "../../../src/rigidity/spectralRoute.ts";
import { availableBackends } from "../../support/backends.ts";
import { kernelRigidity, soapLikeKernels } from "../../support/kernelModel.ts";
import { maxRelativeDifference, randomMatrix } from "../../support/matrices.ts";

const hardKernels = [
  { size: 80, zeta: 4, decay: 0.6, mu: 1e-4 },
  { size: 120, zeta: 2, decay: 0.4, mu: 1e-6 },
  { size: 120, zeta: 4, decay: 0.4, mu: 1e-6 },
  { size: 60, zeta: 2, decay: 0.3, mu: 1e-8 },
] as const;

describe.each(availableBackends)("error of sparse kernel LPR on the $name backend", (backend) => {
  describe.each(hardKernels)("M = $size, ζ = $zeta, decay $decay, μ = $mu", (setting) => {
    test("no relative perturbation of 1e-14 moves an LPR by more than the estimate", async () => {
      const kernels = await soapLikeKernels(backend, setting);
      const lpr = kernelRigidity(kernels, setting.mu, backend);
      const sample = takeSample(kernels.targetKernels, lpr, errorSample(lpr));
      const estimate = kernelErrorEstimate(
        { ...kernels, targetKernels: sample.rows, rigidity: sample.rigidity },
        setting.mu,
        defaultDropTolerance(kernels.kernelMM.rows),
        backend,
      );
      for (let seed = 1; seed <= 8; seed++) {
        const random = createRandom(seed);
        const perturbed = {
          kernelMM: perturbSymmetric(kernels.kernelMM, random),
          structureKernels: perturb(kernels.structureKernels, random),
          targetKernels: perturb(kernels.targetKernels, random),
        };
        const moved = maxRelativeDifference(kernelRigidity(perturbed, setting.mu, backend), lpr);
        expect(moved).toBeLessThan(estimate);
      }
      expect(estimate).toBeLessThan(1e-2);
    });

    test("the eigendecomposition route agrees to 1e-4", async () => {
      const kernels = await soapLikeKernels(backend, setting);
      const lpr = kernelRigidity(kernels, setting.mu, backend);
      const second = spectralRouteRigidity(
        spectralSpace(kernels.kernelMM, 1e-14, backend),
        kernels.structureKernels,
        kernels.targetKernels,
        setting.mu,
        backend,
      );
      expect(maxRelativeDifference(second, lpr)).toBeLessThan(1e-4);
    });
  });

  test("the estimate grows with the perturbation sensitivity, not with the data", async () => {
    const kernels = await soapLikeKernels(backend, { size: 60, zeta: 2, decay: 0.3 });
    const estimates = [1e-2, 1e-8].map((mu) => {
      const rigidity = kernelRigidity(kernels, mu, backend);
      return kernelErrorEstimate({ ...kernels, rigidity }, mu, 1e-14, backend);
    });
    expect(estimates[1]).toBeGreaterThan(100 * (estimates[0] ?? Infinity));
  });

  test("features: the same promise", () => {
    const structureRows = randomMatrix(30, 12, 5);
    const phi = randomMatrix(40, 12, 6);
    const rigidity = localPredictionRigidity(factorize(structureRows, 1e-6, backend), phi, backend);
    const estimate = featureErrorEstimate({ structureRows, phi, rigidity }, 1e-6, backend);
    const random = createRandom(9);
    const factor = factorize(perturb(structureRows, random), 1e-6, backend);
    const moved = localPredictionRigidity(factor, perturb(phi, random), backend);
    expect(maxRelativeDifference(moved, rigidity)).toBeLessThan(estimate);
    expect(estimate).toBeLessThan(1e-9);
  });
});

describe("sample of the error estimate", () => {
  test("holds the smallest and the largest values, no infinite one, no more than asked", () => {
    const values = Float64Array.from({ length: 1000 }, (_, k) => ((k * 7919) % 1000) + 1);
    values[3] = Infinity;
    const chosen = errorSample(values, 30);
    expect(chosen).toHaveLength(30);
    expect(new Set(chosen).size).toBe(30);
    const sorted = [...chosen].map((k) => values[k] ?? 0).sort((a, b) => a - b);
    expect(sorted.slice(0, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(Math.max(...sorted)).toBe(1000);
    expect(errorSample(values, 5000)).toHaveLength(999);
  });

  test("a perturbation is symmetric where it must be and bounded", () => {
    const matrix = denseMatrix(6, 6, new Float64Array(36).fill(1));
    const moved = perturbSymmetric(matrix, createRandom(1), 1e-3);
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 6; j++) {
        expect(moved.data[i * 6 + j]).toBe(moved.data[j * 6 + i]);
        expect(Math.abs((moved.data[i * 6 + j] ?? 0) - 1)).toBeLessThanOrEqual(1e-3);
      }
    }
    expect(moved.data[1]).not.toBe(1);
  });
});

describe("diagnostics of an LPR", () => {
  test("say that nothing was added to the kernel", () => {
    const backend = availableBackends[0]!;
    const factor = factorize(randomMatrix(3, 2, 1), 1e-3, backend);
    const { jitter, effectiveRank, droppedActivePoints } = factorDiagnostics(null, factor, 1e-12);
    expect({ jitter, effectiveRank, droppedActivePoints }).toEqual({
      jitter: 0,
      effectiveRank: 2,
      droppedActivePoints: 0,
    });
  });

  test("warn of doubtful digits and of environments without active points", () => {
    expect(rigidityWarnings(Float64Array.of(1, 2), 1e-6)).toEqual([]);
    const codes = rigidityWarnings(Float64Array.of(1, Infinity), 0.05).map(({ code }) => code);
    expect(codes).toEqual(["RIGIDITY_INACCURATE", "ENVIRONMENTS_NOT_REPRESENTED"]);
  });
});
