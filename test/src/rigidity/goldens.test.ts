import { describe, expect, test } from "vitest";
import { projectToKernelSpace, kernelSpace } from "../../../src/models/kernelSpace.ts";
import { rowScales, scaleRows, sumStructureRows } from "../../../src/models/structureRows.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import { denseMatrix } from "../../../src/numerics/matrix.ts";
import { factorize, localPredictionRigidity } from "../../../src/rigidity/rigidityFactor.ts";
import { spectralRouteRigidity, spectralSpace } from "../../../src/rigidity/spectralRoute.ts";
import {
  subsetOfRegressorsVariance,
  unexplainedKernelVariance,
} from "../../../src/rigidity/uncertainty.ts";
import { backendCases } from "../../support/backends.ts";
import { linearCases, sparseKernelCases } from "../../support/lprGoldens.ts";
import {
  matrixOf,
  maxDifference,
  maxRelativeDifference,
  unitRows,
} from "../../support/matrices.ts";

/** 60-digit references; the double-precision routes lose κ(R) ε at most: 1e5 · 2e-16 here. */
const GOLDEN_TOLERANCE = 1e-10;

describe.each(backendCases)("60-digit LPR by the $name backend", ({ backend: available }) => {
  describe.skipIf(available === null)("when it is built", () => {
    const backend = available ?? createReferenceBackend();

    describe.each(linearCases.map((golden, index) => ({ golden, index })))(
      "linear case $index",
      ({ golden }) => {
        const environments = matrixOf(golden.train_envs.flat());
        const offsets = offsetsOf(golden.train_envs);
        const rows = sumStructureRows(environments, offsets);
        const phi = matrixOf(golden.test_envs);

        test.each(["auto", "qr", "svd"] as const)("%s", (method) => {
          const factor = factorize(rows, golden.mu, backend, method);
          const lpr = localPredictionRigidity(factor, phi, backend);
          expect(maxRelativeDifference(lpr, golden.LPR_mp60)).toBeLessThan(GOLDEN_TOLERANCE);
          expect(maxRelativeDifference(lpr, golden.LPR_constrained_FD)).toBeLessThan(1e-8);
        });

        test("L(ε) − L(0) = ½ LPR ε², the loss re-minimised under the constraint", () => {
          const lpr = localPredictionRigidity(factorize(rows, golden.mu, backend), phi, backend);
          golden.loss_profile.forEach((profile, k) => {
            const parabola = golden.loss_profile_eps.map((e) => 0.5 * (lpr[k] ?? 0) * e * e);
            expect(maxDifference(parabola, profile)).toBeLessThan(1e-8 * Math.max(...parabola));
          });
        });
      },
    );

    describe.each(sparseKernelCases.map((golden, index) => ({ golden, index })))(
      "sparse kernel case $index ($golden.source, $golden.norm)",
      ({ golden }) => {
        const kernelMM = matrixOf(golden.KMM);
        const kernelNM = matrixOf(golden.KNM);
        const kernelM = matrixOf(golden.kM);
        const space = kernelSpace(kernelMM, backend);
        const rows = projectToKernelSpace(space, kernelNM, backend);
        const phi = projectToKernelSpace(space, kernelM, backend);

        test.each(["auto", "qr", "svd"] as const)("pivoted Cholesky and %s", (method) => {
          const lpr = localPredictionRigidity(
            factorize(rows, golden.mu, backend, method),
            phi,
            backend,
          );
          expect(space.rank).toBe(golden.M);
          expect(maxRelativeDifference(lpr, golden.LPR_mp60)).toBeLessThan(GOLDEN_TOLERANCE);
        });

        test("eigendecomposition and SVD", () => {
          const lpr = spectralRouteRigidity(
            spectralSpace(kernelMM, 1e-14, backend),
            kernelNM,
            kernelM,
            golden.mu,
            backend,
          );
          expect(maxRelativeDifference(lpr, golden.LPR_mp60)).toBeLessThan(1e-8);
        });

        test("variances: subset of regressors and projected process", () => {
          const lpr = localPredictionRigidity(factorize(rows, golden.mu, backend), phi, backend);
          const variance = subsetOfRegressorsVariance(lpr, golden.mu);
          const selfKernels = new Float64Array(phi.rows).fill(golden.k_kk);
          const extra = unexplainedKernelVariance(phi, selfKernels);
          const clipped = golden.PP_extra_kkk_minus_kKk.map((value) => Math.max(0, value));
          expect(maxRelativeDifference(variance, golden.SR_variance)).toBeLessThan(1e-9);
          expect(maxDifference(extra, clipped)).toBeLessThan(1e-11);
          const total = variance.map((value, k) => value + (extra[k] ?? 0));
          expect(maxDifference(total, golden.PP_variance)).toBeLessThan(1e-11);
        });

        test.skipIf(golden.train_envs === undefined)("kernels from the environments", () => {
          const train = unitRows(matrixOf((golden.train_envs ?? []).flat()));
          const targets = unitRows(matrixOf(golden.test_envs ?? []));
          const active = denseMatrix(golden.M, train.cols);
          golden.M_indices_fps.forEach((index, i) => {
            active.data.set(
              train.data.subarray(index * train.cols, (index + 1) * train.cols),
              i * train.cols,
            );
          });
          const species = (n: number) => new Uint8Array(n).fill(6);
          const offsets = offsetsOf(golden.train_envs ?? []);
          const sums = denseMatrix(offsets.length - 1, golden.M);
          const { zeta, M, norm } = golden;
          backend.polynomialKernelSums(
            train,
            species(train.rows),
            offsets,
            active,
            species(M),
            zeta,
            sums,
          );
          const counts = (golden.train_envs ?? []).map((environments) => environments.length);
          const scaled = scaleRows(sums, rowScales(counts, norm));
          const kernels = denseMatrix(targets.rows, M);
          backend.polynomialKernel(
            targets,
            species(targets.rows),
            active,
            species(M),
            zeta,
            kernels,
          );
          expect(maxDifference(scaled.data, kernelNM.data)).toBeLessThan(1e-13);
          expect(maxDifference(kernels.data, kernelM.data)).toBeLessThan(1e-14);
        });
      },
    );
  });
});

function offsetsOf(structures: readonly (readonly unknown[])[]): Int32Array {
  const offsets = new Int32Array(structures.length + 1);
  structures.forEach((environments, a) => {
    offsets[a + 1] = (offsets[a] ?? 0) + environments.length;
  });
  return offsets;
}
