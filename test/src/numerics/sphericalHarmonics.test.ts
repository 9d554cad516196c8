import { describe, expect, it } from "vitest";
import { gaussLegendre } from "../../../src/numerics/quadrature.ts";
import {
  createSphericalHarmonicsPlan,
  evaluateSphericalHarmonics,
} from "../../../src/numerics/sphericalHarmonics.ts";

function harmonics(lMax: number, x: number, y: number, z: number): Float64Array {
  const out = new Float64Array((lMax + 1) ** 2);
  evaluateSphericalHarmonics(createSphericalHarmonicsPlan(lMax), x, y, z, out);
  return out;
}

describe("evaluateSphericalHarmonics", () => {
  it("equals the Cartesian closed forms up to l = 2, in the order m = −l … l", () => {
    const [x, y, z] = [2 / 7, -3 / 7, 6 / 7];
    const c1 = Math.sqrt(3 / (4 * Math.PI));
    const c2 = Math.sqrt(15 / (4 * Math.PI));
    const expected = [
      Math.sqrt(1 / (4 * Math.PI)),
      c1 * y,
      c1 * z,
      c1 * x,
      c2 * x * y,
      c2 * y * z,
      Math.sqrt(5 / (16 * Math.PI)) * (3 * z * z - 1),
      c2 * x * z,
      0.5 * c2 * (x * x - y * y),
    ];
    const values = harmonics(2, x, y, z);
    expected.forEach((value, index) => {
      expect(Math.abs(values[index]! - value)).toBeLessThan(2e-16);
    });
  });

  it("is orthonormal over the sphere up to l = 20", () => {
    const lMax = 20;
    const count = (lMax + 1) ** 2;
    const { nodes, weights } = gaussLegendre(lMax + 1);
    const nAngles = 2 * lMax + 2;
    const overlap = new Float64Array(count * count);
    nodes.forEach((z, i) => {
      const s = Math.sqrt(1 - z * z);
      for (let k = 0; k < nAngles; k += 1) {
        const phi = (2 * Math.PI * k) / nAngles;
        const values = harmonics(lMax, s * Math.cos(phi), s * Math.sin(phi), z);
        const weight = (weights[i]! * 2 * Math.PI) / nAngles;
        for (let p = 0; p < count; p += 1) {
          const factor = weight * values[p]!;
          for (let q = 0; q <= p; q += 1) overlap[p * count + q]! += factor * values[q]!;
        }
      }
    });
    let worst = 0;
    for (let p = 0; p < count; p += 1) {
      for (let q = 0; q <= p; q += 1) {
        worst = Math.max(worst, Math.abs(overlap[p * count + q]! - (p === q ? 1 : 0)));
      }
    }
    expect(worst).toBeLessThan(1e-13);
  });

  it("keeps Σ_m Y_lm² = (2l + 1)/4π everywhere, the poles included", () => {
    const directions = [
      [0, 0, 1],
      [0, 0, -1],
      [1, 0, 0],
      [0, -1, 0],
      [1e-12, 0, 1],
      [0.6, 0, 0.8],
      [0.48, -0.6, 0.64],
    ] as const;
    for (const [x, y, z] of directions) {
      const values = harmonics(20, x, y, z);
      for (let l = 0; l <= 20; l += 1) {
        let sum = 0;
        for (let lm = l * l; lm < (l + 1) ** 2; lm += 1) sum += values[lm]! ** 2;
        expect(Math.abs((sum * 4 * Math.PI) / (2 * l + 1) - 1)).toBeLessThan(1e-13);
      }
    }
  });
});
