import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyScale,
  categoryFraction,
  colorIndexOf,
  indexOfFraction,
  scaleFraction,
  scaleProblem,
  valueAtFraction,
  type ColorScale,
  type ScaleKind,
} from "../../../renderer/color/colorScale.ts";

const scales: fc.Arbitrary<ColorScale> = fc
  .record({
    kind: fc.constantFrom<ScaleKind>("linear", "log", "symlog"),
    low: fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
    factor: fc.double({ min: 1.01, max: 1e6, noNaN: true }),
    linearThreshold: fc.double({ min: 1e-4, max: 10, noNaN: true }),
  })
  .map(({ kind, low, factor, linearThreshold }) => ({
    kind,
    min: kind === "log" ? low : -low,
    max: low * factor,
    linearThreshold,
  }));

/** The arithmetic of the vertex shader, in single precision. */
function shaderIndex(scalar: number): number {
  const s = Math.fround(scalar);
  return s < 0 ? -1 : Math.min(255, Math.floor(Math.fround(s * 256)));
}

describe("colour scale", () => {
  it("gives the shader a number that fetches the entry the legend and charts use", () => {
    fc.assert(
      fc.property(scales, fc.double({ min: -1e9, max: 1e9 }), (scale, value) => {
        const out = new Float32Array(1);
        applyScale(scale, [value], out);
        expect(shaderIndex(out[0] ?? Number.NaN)).toBe(colorIndexOf(scale, value));
      }),
    );
  });

  it("never decreases with the value and stays within the table", () => {
    fc.assert(
      fc.property(
        scales,
        fc.double({ min: -1e7, max: 1e7, noNaN: true }),
        fc.double({ min: -1e7, max: 1e7, noNaN: true }),
        (scale, a, b) => {
          const low = colorIndexOf(scale, Math.min(a, b));
          const high = colorIndexOf(scale, Math.max(a, b));
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(255);
          expect(low).toBeLessThanOrEqual(high);
        },
      ),
    );
  });

  it("puts the lower end on the first entry and the upper end on the last", () => {
    fc.assert(
      fc.property(scales, (scale) => {
        expect(colorIndexOf(scale, scale.min)).toBe(0);
        expect(colorIndexOf(scale, scale.max)).toBe(255);
      }),
    );
  });

  it("finds a value again from its fraction", () => {
    fc.assert(
      fc.property(scales, fc.double({ min: 0, max: 1, noNaN: true }), (scale, fraction) => {
        const again = scaleFraction(scale, valueAtFraction(scale, fraction));
        expect(Math.abs(again - fraction)).toBeLessThan(1e-5);
      }),
    );
  });

  it("places decades evenly on a log scale and puts zero at the centre of a symmetric symlog", () => {
    const log: ColorScale = { kind: "log", min: 0.001, max: 1, linearThreshold: 1 };
    expect(scaleFraction(log, 0.01)).toBeCloseTo(1 / 3, 6);
    expect(scaleFraction(log, 0.1)).toBeCloseTo(2 / 3, 6);
    const symlog: ColorScale = { kind: "symlog", min: -50, max: 50, linearThreshold: 0.5 };
    expect(scaleFraction(symlog, 0)).toBe(0.5);
    expect(scaleFraction(symlog, -7) + scaleFraction(symlog, 7)).toBeCloseTo(1, 6);
  });

  it("counts values beyond both ends and values that are missing", () => {
    const scale: ColorScale = { kind: "log", min: 0.1, max: 10, linearThreshold: 1 };
    const values = [0.01, 0, -3, 0.1, 1, 10, 11, Infinity, -Infinity, Number.NaN];
    const out = new Float32Array(values.length);
    expect(applyScale(scale, values, out)).toEqual({ under: 4, over: 2, noValue: 1 });
    expect([...out].map(indexOfFraction)).toEqual([0, 0, 0, 0, 128, 255, 255, 255, 0, -1]);
  });

  it("colours a single value from the middle when both ends are equal", () => {
    const scale: ColorScale = { kind: "linear", min: 3, max: 3, linearThreshold: 1 };
    expect(colorIndexOf(scale, 3)).toBe(128);
    expect(colorIndexOf(scale, 2)).toBe(0);
    expect(colorIndexOf(scale, 4)).toBe(255);
  });

  it("says what is wrong with a range", () => {
    expect(scaleProblem({ kind: "log", min: 0, max: 1, linearThreshold: 1 })).toMatch(/above zero/);
    expect(scaleProblem({ kind: "linear", min: 2, max: 1, linearThreshold: 1 })).toMatch(/lower/);
    expect(scaleProblem({ kind: "symlog", min: -1, max: 1, linearThreshold: 0 })).toMatch(/symlog/);
    expect(
      scaleProblem({ kind: "linear", min: Number.NaN, max: 1, linearThreshold: 1 }),
    ).not.toBeNull();
    expect(scaleProblem({ kind: "linear", min: -1, max: 1, linearThreshold: 1 })).toBeNull();
  });

  it("fetches entry k for category k and no value for a negative code", () => {
    for (const code of [0, 1, 7, 255]) expect(indexOfFraction(categoryFraction(code))).toBe(code);
    expect(indexOfFraction(categoryFraction(-1))).toBe(-1);
    expect(indexOfFraction(categoryFraction(256))).toBe(-1);
  });
});
