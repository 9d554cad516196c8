import { describe, expect, it } from "vitest";
import type { SoapHyperparameters } from "../../../src/descriptors/hyperparameters.ts";
import {
  buildRadialBasis,
  gtoOverlap,
  gtoPrimitive,
  gtoWidths,
} from "../../../src/descriptors/radialBasis.ts";
import { gaussLegendre } from "../../../src/numerics/quadrature.ts";

const CARBON: SoapHyperparameters = {
  type: "soap",
  basis: "gto",
  cutoff: 3.7,
  cutoffWidth: 0.5,
  sigma: 0.5,
  nMax: 8,
  lMax: 8,
};

/**
 * ∫ r² R̃_n g dr for every n, from the projection weights P_in = w_i x_i² R̃_n(x_i) of the basis.
 * The weights depend only on the nodes, so any g that the grid resolves will do.
 */
function project(hypers: SoapHyperparameters, g: (r: number) => number): Float64Array {
  const { nodes, projection, nMax } = buildRadialBasis(hypers);
  const result = new Float64Array(nMax);
  nodes.forEach((x, i) => {
    for (let n = 0; n < nMax; n += 1) result[n]! += projection[i * nMax + n]! * g(x);
  });
  return result;
}

describe("the GTO basis", () => {
  it("has primitives whose closed-form overlaps equal quadrature", () => {
    const widths = gtoWidths(3.7, 8);
    const { nodes, weights } = gaussLegendre(200, 0, 20);
    for (let n = 0; n < 8; n += 1) {
      expect(gtoOverlap(n, widths[n]!, n, widths[n]!)).toBeCloseTo(1, 14);
      for (let m = 0; m < 8; m += 1) {
        let sum = 0;
        nodes.forEach((r, i) => {
          const product = gtoPrimitive(n, widths[n]!, r) * gtoPrimitive(m, widths[m]!, r);
          sum += weights[i]! * r * r * product;
        });
        const closed = gtoOverlap(n, widths[n]!, m, widths[m]!);
        expect(Math.abs(sum - closed)).toBeLessThan(2e-15);
      }
    }
  });

  it("spreads σ_n as cutoff · max(√n, 1) / nMax", () => {
    const widths = gtoWidths(4, 5);
    const expected = [0.8, 0.8, 0.8 * Math.SQRT2, 0.8 * Math.sqrt(3), 1.6];
    expected.forEach((width, n) => {
      expect(widths[n]).toBeCloseTo(width, 14);
    });
  });

  it.each([
    [2, 1e-13],
    [8, 1e-13],
    [12, 1e-13],
    [16, 1e-12],
    [24, 1e-9],
  ])("is orthonormal and the symmetric square root for nMax %i", (nMax, tolerance) => {
    const hypers = { ...CARBON, nMax };
    const widths = gtoWidths(hypers.cutoff, nMax);
    // M_mn = ∫ r² R_m R̃_n dr. With R̃ = S^{−1/2} R it is S^{1/2}: symmetric, and M Mᵀ = S holds
    // exactly when R̃ is orthonormal.
    const m = Array.from(widths, (width, k) => project(hypers, (r) => gtoPrimitive(k, width, r)));
    for (let i = 0; i < nMax; i += 1) {
      for (let j = 0; j < nMax; j += 1) {
        expect(Math.abs(m[i]![j]! - m[j]![i]!)).toBeLessThan(tolerance);
        let square = 0;
        for (let k = 0; k < nMax; k += 1) square += m[i]![k]! * m[j]![k]!;
        const overlap = gtoOverlap(i, widths[i]!, j, widths[j]!);
        expect(Math.abs(square - overlap)).toBeLessThan(1e-13);
      }
      expect(m[i]![i]).toBeGreaterThan(0);
    }
  });

  it("reports how nearly dependent the primitives are", () => {
    const condition = (nMax: number): number =>
      buildRadialBasis({ ...CARBON, nMax }).conditionNumber;
    expect(condition(1)).toBe(1);
    expect(condition(8)).toBeGreaterThan(100);
    expect(condition(16)).toBeGreaterThan(1e5);
  });
});

describe("the DVR basis", () => {
  it("has Gauss–Legendre nodes on [0, cutoff + 3 sigma] and weights √w_n x_n on the diagonal", () => {
    const { nodes, projection } = buildRadialBasis({ ...CARBON, basis: "dvr", nMax: 3 });
    const rule = gaussLegendre(3, 0, 5.2);
    expect([...nodes]).toEqual([...rule.nodes]);
    projection.forEach((value, index) => {
      const i = Math.floor(index / 3);
      const isDiagonal = i === index % 3;
      expect(value).toBe(isDiagonal ? Math.sqrt(rule.weights[i]!) * rule.nodes[i]! : 0);
    });
  });
});
