import { describe, expect, it } from "vitest";
import {
  createSoapPlan,
  describeStructures,
  exactPowerSpectrum,
  neighborBatch,
} from "../../../src/descriptors/soap.ts";
import { denseMatrix, rowRange } from "../../../src/numerics/matrix.ts";
import type { DenseMatrix } from "../../../src/numerics/matrix.ts";
import { availableBackends } from "../../support/backends.ts";
import { gram, maxDifference } from "../../support/maxDifference.ts";
import {
  largestRecoveredShift,
  readSoapGoldens,
  soapStructure,
} from "../../support/soapGoldens.ts";
import type { SoapGolden } from "../../support/soapGoldens.ts";

function storedRows(features: DenseMatrix, { environments }: SoapGolden): Float64Array {
  const rows = environments.map((i) => rowRange(features, i, i + 1).data);
  return Float64Array.from(rows.flatMap((row) => [...row]));
}

describe.each(readSoapGoldens())("librascal $name", ({ hypers, cases, carbon }) => {
  it("is reproduced to 1e-9 with exact radial integrals, kernels to 1e-10", () => {
    for (const golden of cases) {
      const features = exactPowerSpectrum(golden.structure, hypers);
      expect(features.cols).toBe(golden.nFeatures);
      const featureError = maxDifference(storedRows(features, golden), golden.features);
      expect(featureError, `features of ${golden.name}`).toBeLessThan(1e-12);
      expect(maxDifference(gram(features), golden.kernel), golden.name).toBeLessThan(1e-12);
    }
  });

  it.each(availableBackends)("is reproduced to 1e-9 with the radial table by $name", (backend) => {
    for (const golden of cases) {
      const plan = createSoapPlan(hypers, golden.species, "full");
      const features = denseMatrix(golden.structure.nAtoms, plan.nFeatures);
      const batch = neighborBatch(golden.structure, golden.species, plan.cutoff);
      backend.soapPowerSpectrum(batch, plan, features);
      const featureError = maxDifference(storedRows(features, golden), golden.features);
      expect(featureError, `features of ${golden.name}`).toBeLessThan(1e-9);
      expect(maxDifference(gram(features), golden.kernel), golden.name).toBeLessThan(1e-9);
    }
  });

  it.each(availableBackends)("has the same kernels in the symmetric layout by $name", (backend) => {
    const structures = carbon.names.map(soapStructure);
    const full = describeStructures(structures, hypers, backend, "full");
    const symmetric = describeStructures(structures, hypers, backend, "symmetric");
    const { nMax } = hypers;
    expect(symmetric.plan.nFeatures / full.plan.nFeatures).toBeCloseTo((nMax + 1) / (2 * nMax), 12);
    const kernel = gram(symmetric.features);
    expect(maxDifference(kernel, gram(full.features))).toBeLessThan(1e-13);
    expect(maxDifference(kernel, carbon.kernel)).toBeLessThan(1e-9);
  });
});

describe("the golden structures", () => {
  it("stay within the rounding of the published coordinates", () => {
    expect(largestRecoveredShift).toBeLessThan(5.01e-9);
    expect(largestRecoveredShift).toBeGreaterThan(1e-9);
  });
});
