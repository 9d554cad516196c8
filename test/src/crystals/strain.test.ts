import { describe, expect, test } from "vitest";
import {
  drawStrain,
  requireStrainRange,
  STRAIN_KINDS,
  strainedCell,
  type Strain,
  type StrainKind,
} from "../../../src/crystals/strain.ts";
import { createRandom } from "../../../src/random.ts";
import { cellVolume } from "../../../src/structures/cell.ts";

function invariants([xx, yy, zz, yz, xz, xy]: Strain): {
  trace: number;
  norm: number;
  det: number;
} {
  return {
    trace: xx + yy + zz,
    norm: Math.sqrt(xx * xx + yy * yy + zz * zz + 2 * (yz * yz + xz * xz + xy * xy)),
    det: xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz),
  };
}

function draws(kind: StrainKind, admissible: "any" | "axial" | "planar", isAdmissible = true) {
  const random = createRandom(5);
  return Array.from({ length: 200 }, () => drawStrain(random, kind, 0.1, admissible, isAdmissible));
}

describe("a strain", () => {
  test("of each kind has that kind's invariants", () => {
    for (const strain of draws("uniaxial", "any")) {
      const { trace, norm, det } = invariants(strain);
      // One eigenvalue e, two zeros.
      expect(Math.abs(trace)).toBeLessThanOrEqual(0.1);
      expect(norm).toBeCloseTo(Math.abs(trace), 12);
      expect(det).toBeCloseTo(0, 12);
    }
    for (const strain of draws("biaxial", "any")) {
      const { trace, norm, det } = invariants(strain);
      expect(norm).toBeCloseTo(Math.abs(trace) / Math.SQRT2, 12);
      expect(det).toBeCloseTo(0, 12);
    }
    for (const strain of draws("shear", "any")) {
      // Eigenvalues e, −e, 0.
      const { trace, norm, det } = invariants(strain);
      expect([trace, det].map((value) => Math.abs(value) < 1e-12)).toEqual([true, true]);
      expect(norm).toBeLessThanOrEqual(0.1 * Math.SQRT2 + 1e-12);
    }
    for (const [xx, yy, zz, ...shears] of draws("volumetric", "any")) {
      expect([yy, zz, ...shears]).toEqual([xx, xx, 0, 0, 0]);
    }
  });

  test("at random fills the range in every component", () => {
    const strains = draws("random", "any");
    for (let component = 0; component < 6; component++) {
      const values = strains.map((strain) => strain[component] ?? 0);
      expect(Math.max(...values)).toBeGreaterThan(0.09);
      expect(Math.min(...values)).toBeLessThan(-0.09);
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.1);
    }
  });

  test.each(STRAIN_KINDS)("of a sheet stays in its plane: %s", (kind) => {
    for (const [xx, yy, zz, yz, xz, xy] of draws(kind, "planar", false)) {
      expect([zz, yz, xz]).toEqual([0, 0, 0]);
      expect(Math.hypot(xx, yy, xy)).toBeGreaterThan(0);
    }
  });

  test("leaves out what breaks a screw axis along z only when asked to", () => {
    for (const strain of draws("random", "axial")) expect(strain.slice(3, 5)).toEqual([0, 0]);
    expect(draws("random", "axial", false).some((strain) => strain[3] !== 0)).toBe(true);
  });

  test("multiplies the cell from the right and the volume by det(1 + ε)", () => {
    const cell = Float64Array.of(2, 0, 0, 0.5, 3, 0, 0.25, -0.5, 4);
    const strain: Strain = [0.1, -0.05, 0.02, 0.03, -0.04, 0.06];
    const strained = strainedCell(cell, strain);
    expect(Array.from(strained.subarray(0, 3))).toEqual([2.2, 0.12, -0.08]);
    const { trace, norm, det } = invariants(strain);
    const factor = 1 + trace + (trace * trace - norm * norm) / 2 + det;
    expect(cellVolume(strained)).toBeCloseTo(24 * factor, 12);
  });

  test("beyond the range in which cells keep their volume is refused", () => {
    for (const amplitude of [-0.1, 0.34, NaN, Infinity]) {
      expect(() => requireStrainRange(amplitude)).toThrow("expected a number from 0 to 0.33");
    }
    // The worst case at the bound is still positive definite.
    const worst = strainedCell(
      Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
      [-0.33, -0.33, -0.33, -0.33, -0.33, -0.33],
    );
    expect(cellVolume(worst)).toBeGreaterThan(0);
  });
});
