import { describe, expect, it } from "vitest";
import type { SoapHyperparameters } from "../../../src/descriptors/hyperparameters.ts";
import { buildRadialBasis } from "../../../src/descriptors/radialBasis.ts";
import { buildRadialTable, radialIntegrals } from "../../../src/descriptors/radialIntegrals.ts";
import { interpolateRadialTable } from "../../../src/numerics/reference/soapPowerSpectrum.ts";

function soap(
  basis: "gto" | "dvr",
  cutoff: number,
  sigma: number,
  nMax: number,
  lMax: number,
): SoapHyperparameters {
  return { type: "soap", basis, cutoff, cutoffWidth: 0.1, sigma, nMax, lMax };
}

function exact(hypers: SoapHyperparameters, r: number): { v: Float64Array; d: Float64Array } {
  const size = hypers.nMax * (hypers.lMax + 1);
  const v = new Float64Array(size);
  const d = new Float64Array(size);
  radialIntegrals(buildRadialBasis(hypers), hypers.sigma, hypers.lMax, r, v, d);
  return { v, d };
}

describe("radialIntegrals", () => {
  it("equals the closed form of one Gaussian primitive, all l", () => {
    // nMax = 1: R_0 ∝ e^{−r²/2s²} with s = cutoff, so the integral is a Gaussian one for l = 0:
    // 4π N ∫ r² e^{−a r²} i_0(b r) dr e^{−d²/2σ²} = 4π N √π/(4 a^{3/2}) e^{b²/4a − d²/2σ²}.
    const sigma = 0.5;
    const cutoff = 3;
    const norm = Math.sqrt(4 / (Math.sqrt(Math.PI) * cutoff ** 3));
    const a = 0.5 / sigma ** 2 + 0.5 / cutoff ** 2;
    for (const r of [0, 0.3, 1.7, 3]) {
      const { v, d } = exact(soap("gto", cutoff, sigma, 1, 0), r);
      const exponent = r ** 2 / sigma ** 4 / (4 * a) - r ** 2 / (2 * sigma ** 2);
      const value = 4 * Math.PI * norm * (Math.sqrt(Math.PI) / (4 * a ** 1.5)) * Math.exp(exponent);
      const slope = value * 2 * r * (1 / sigma ** 4 / (4 * a) - 1 / (2 * sigma ** 2));
      expect(Math.abs(v[0]! / value - 1)).toBeLessThan(1e-13);
      expect(Math.abs(d[0]! - slope)).toBeLessThan(1e-13 * value);
    }
  });

  it("obeys ∫ r^{l+2} e^{−a r²} i_l(b r) dr = √π b^l e^{b²/4a} / (4 a^{3/2} (2a)^l) for l = n", () => {
    // With two primitives R_0 and R_1 of equal width the span holds r e^{−r²/2s²}; the sum of squares
    // over n is the squared projection onto that span and does not depend on the square root.
    const sigma = 0.6;
    const cutoff = 2;
    const width = cutoff / 2;
    const r = 1.1;
    const { v } = exact(soap("gto", cutoff, sigma, 2, 1), r);
    const a = 0.5 / sigma ** 2 + 0.5 / width ** 2;
    const b = r / sigma ** 2;
    const boost = Math.exp(b ** 2 / (4 * a) - r ** 2 / (2 * sigma ** 2));
    const gaussian = (4 * Math.PI * Math.sqrt(Math.PI) * boost) / (4 * a ** 1.5);
    const n0 = Math.sqrt(4 / (Math.sqrt(Math.PI) * width ** 3));
    const n1 = Math.sqrt(8 / (3 * Math.sqrt(Math.PI) * width ** 5));
    const overlap = 2 * Math.sqrt(2 / (3 * Math.PI));
    // S = [[1, s], [s, 1]] has S^{1/2} = [[p, q], [q, p]] with p, q = (√(1+s) ± √(1−s))/2.
    const p = 0.5 * (Math.sqrt(1 + overlap) + Math.sqrt(1 - overlap));
    const q = 0.5 * (Math.sqrt(1 + overlap) - Math.sqrt(1 - overlap));
    const at = (n: number, l: number): number => v[2 * l + n]!;
    expect(Math.abs(p * at(0, 0) + q * at(1, 0) - n0 * gaussian)).toBeLessThan(1e-12);
    const linear = (n1 * gaussian * b) / (2 * a);
    expect(Math.abs(q * at(0, 1) + p * at(1, 1) - linear)).toBeLessThan(1e-12);
  });

  it("has derivatives that equal central differences, r = 0 included", () => {
    for (const basis of ["gto", "dvr"] as const) {
      const hypers = soap(basis, 3.7, 0.5, 6, 6);
      const h = 1e-4;
      for (const r of [0.4, 1.9, 3.6]) {
        const up = exact(hypers, r + h).v;
        const down = exact(hypers, r - h).v;
        exact(hypers, r).d.forEach((slope, k) => {
          expect(Math.abs(slope - (up[k]! - down[k]!) / (2 * h))).toBeLessThan(2e-6);
        });
      }
      const { v, d } = exact(hypers, 0);
      const near = exact(hypers, h).v;
      d.forEach((slope, k) => {
        expect(Math.abs(slope - (near[k]! - v[k]!) / h)).toBeLessThan(2e-2);
        if (k >= 6) expect(v[k]).toBe(0);
      });
    }
  });

  it("is converged: a wider grid of other nodes gives the same power at 1e-13", () => {
    // A smaller sigma refines the grid of the basis without changing the basis functions.
    const hypers = soap("gto", 3.7, 0.5, 8, 8);
    const fine = buildRadialBasis({ ...hypers, sigma: 0.2 });
    const coarse = buildRadialBasis(hypers);
    expect(fine.nodes.length).toBeGreaterThan(coarse.nodes.length * 1.5);
    const size = 72;
    let largest = 0;
    let error = 0;
    for (let r = 0; r <= 3.7; r += 0.1) {
      const [v, w, d] = [0, 1, 2].map(() => new Float64Array(size)) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      radialIntegrals(coarse, 0.5, 8, r, v, d);
      radialIntegrals(fine, 0.5, 8, r, w, d);
      v.forEach((value, k) => {
        largest = Math.max(largest, Math.abs(value));
        error = Math.max(error, Math.abs(value - w[k]!));
      });
    }
    expect(error / largest).toBeLessThan(1e-13);
  });
});

describe("buildRadialTable", () => {
  it.each([
    soap("gto", 3.7, 0.5, 8, 8),
    soap("dvr", 3.7, 0.5, 8, 8),
    soap("gto", 2.85, 0.5, 10, 12),
    soap("gto", 4.5, 0.3, 6, 5),
    soap("gto", 2, 0.4, 8, 6),
    soap("dvr", 5, 0.3, 16, 12),
    soap("gto", 6, 2, 3, 2),
    soap("gto", 1.5, 1.5, 1, 0),
  ])("interpolates to 1e-10 of the largest value: %o", (hypers) => {
    const table = buildRadialTable(hypers);
    const size = hypers.nMax * (hypers.lMax + 1);
    expect(table.values.length).toBe(table.nKnots * size);
    expect((table.nKnots - 1) * table.step).toBeCloseTo(hypers.cutoff, 12);
    expect(table.nKnots).toBeLessThan((110 * hypers.cutoff) / hypers.sigma + 400);
    const largest = table.values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const basis = buildRadialBasis(hypers);
    const [v, d, out] = [0, 1, 2].map(() => new Float64Array(size)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    let error = 0;
    for (let k = 0; k <= 200; k += 1) {
      const r = (hypers.cutoff * k) / 200;
      radialIntegrals(basis, hypers.sigma, hypers.lMax, r, v, d);
      interpolateRadialTable(table, size, r, out);
      v.forEach((value, index) => (error = Math.max(error, Math.abs(value - out[index]!))));
    }
    expect(error / largest).toBeLessThan(1e-10);
  });
});
