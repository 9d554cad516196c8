import { describe, expect, test } from "vitest";
import { kernelSpace, projectToKernelSpace } from "../../../src/models/kernelSpace.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import {
  fitExactKernelMap,
  fitLandmarkKernelMap,
  projectOntoExactMap,
  projectOntoLandmarkMap,
} from "../../../src/projection/kernelPca.ts";
import { backendCases } from "../../support/backends.ts";
import { matrixOf, maxDifference, unitRows } from "../../support/matrices.ts";
import { readGolden } from "../../support/readGolden.ts";

interface KpcaGolden {
  readonly X: readonly (readonly number[])[];
  readonly X_new: readonly (readonly number[])[];
  readonly K_checks: Readonly<Record<string, number>>;
  readonly eigenvalues: readonly number[];
  readonly projection: readonly (readonly number[])[];
  readonly projection_new: readonly (readonly number[])[];
}

const golden = readGolden("kpca/kpca.json") as KpcaGolden;
const components = golden.eigenvalues.length;

/** Columns compared up to sign, the same sign for all `pairs`. */
function worstUpToSign(pairs: readonly (readonly [DenseMatrix, DenseMatrix])[]): number {
  let worst = 0;
  for (let j = 0; j < components; j++) {
    const column = (m: DenseMatrix) => m.data.filter((_, k) => k % m.cols === j);
    const difference = (sign: number) =>
      Math.max(
        ...pairs.map(([a, b]) =>
          maxDifference(
            column(a).map((v) => sign * v),
            column(b),
          ),
        ),
      );
    worst = Math.max(worst, Math.min(difference(1), difference(-1)));
  }
  return worst;
}

describe.each(backendCases)("kernel PCA by the $name backend", ({ backend: available }) => {
  describe.skipIf(available === null)("when it is built", () => {
    const backend = available ?? createReferenceBackend();
    const points = unitRows(matrixOf(golden.X));
    const added = unitRows(matrixOf(golden.X_new));
    const kernelOf = (x: DenseMatrix, y: DenseMatrix): DenseMatrix => {
      const out = denseMatrix(x.rows, y.rows);
      const species = (n: number) => new Uint8Array(n);
      backend.polynomialKernel(x, species(x.rows), y, species(y.rows), 2, out);
      return out;
    };
    const kernel = kernelOf(points, points);
    const exact = fitExactKernelMap(kernel, components, backend);
    const expected = matrixOf(golden.projection);
    const expectedNew = matrixOf(golden.projection_new);

    test("the kernel is the outside code's", () => {
      expect(kernel.data[1]).toBeCloseTo(golden.K_checks["K[0,1]"] ?? Number.NaN, 13);
      const sum = kernel.data.reduce((total, value) => total + value, 0);
      expect(sum).toBeCloseTo(golden.K_checks["K.sum"] ?? Number.NaN, 8);
    });

    test("exact: eigenvalues, projection and new points", () => {
      const projectedNew = projectOntoExactMap(exact, kernelOf(added, points), backend);
      expect(maxDifference(exact.eigenvalues, golden.eigenvalues)).toBeLessThan(1e-11);
      expect(
        worstUpToSign([
          [exact.projection, expected],
          [projectedNew, expectedNew],
        ]),
      ).toBeLessThan(1e-11);
    });

    test("all points as landmarks give the exact map, signs included", () => {
      const space = kernelSpace(kernel, backend);
      const phi = projectToKernelSpace(space, kernel, backend);
      const map = fitLandmarkKernelMap(phi, components, backend);
      const phiNew = projectToKernelSpace(space, kernelOf(added, points), backend);
      const projectedNew = projectOntoLandmarkMap(map, phiNew, backend);
      expect(space.dropped.length).toBeGreaterThan(0);
      expect(maxDifference(map.projection.data, exact.projection.data)).toBeLessThan(1e-9);
      expect(maxDifference(map.explainedVariance, exact.explainedVariance)).toBeLessThan(1e-11);
      expect(worstUpToSign([[projectedNew, expectedNew]])).toBeLessThan(1e-9);
    });

    test("the first columns of φ are the map with fewer landmarks", () => {
      const space = kernelSpace(kernel, backend);
      const phi = projectToKernelSpace(space, kernel, backend);
      const few = fitLandmarkKernelMap(phi, 2, backend, 30);
      const landmarks = space.pivots.slice(0, 30);
      const own = denseMatrix(30, points.cols);
      landmarks.forEach((index, i) => {
        own.data.set(rowRange(points, index, index + 1).data, i * points.cols);
      });
      const ownSpace = kernelSpace(kernelOf(own, own), backend);
      const ownPhi = projectToKernelSpace(ownSpace, kernelOf(points, own), backend);
      const again = fitLandmarkKernelMap(ownPhi, 2, backend);
      expect(few.nLandmarks).toBe(30);
      expect(maxDifference(few.projection.data, again.projection.data)).toBeLessThan(1e-10);
    });

    test("the largest loading of each component is positive", () => {
      for (let j = 0; j < components; j++) {
        const column = exact.projection.data.filter((_, k) => k % components === j);
        expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
      }
    });

    test("explained variances of all components add up to one", () => {
      const all = fitExactKernelMap(kernel, kernel.rows, backend);
      expect(all.explainedVariance.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
    });
  });
});

describe("kernel maps of awkward points", () => {
  const backend = createReferenceBackend();

  test("identical points lie on the origin, which is said", () => {
    const same = denseMatrix(5, 5, new Float64Array(25).fill(1));
    const map = fitExactKernelMap(same, 2, backend);
    expect([...map.projection.data].every((value) => Math.abs(value) < 1e-15)).toBe(true);
    expect(map.diagnostics[0]?.code).toBe("MAP_COMPONENTS_FLAT");
    expect(projectOntoExactMap(map, rowRange(same, 0, 1), backend).data[0]).toBeCloseTo(0, 15);
  });

  test("more components than points, no points and NaN are refused", () => {
    const refused: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    const eye = matrixOf([
      [1, 0],
      [0, 1],
    ]);
    expect(() => fitExactKernelMap(eye, 3, backend)).toThrow(refused);
    expect(() => fitLandmarkKernelMap(eye, 3, backend)).toThrow(refused);
    expect(() => fitLandmarkKernelMap(eye, 1, backend, 3)).toThrow(refused);
    expect(() => fitLandmarkKernelMap(denseMatrix(0, 2), 1, backend)).toThrow(refused);
    const bad = denseMatrix(1, 1, Float64Array.of(Number.NaN));
    expect(() => fitExactKernelMap(bad, 1, backend)).toThrow(refused);
  });
});
