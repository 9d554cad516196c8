import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  automaticScale,
  percentileOfSorted,
  roundMagnitude,
} from "../../../renderer/color/autoRange.ts";
import {
  scaleProblem,
  type ColorScale,
  type ScaleKind,
} from "../../../renderer/color/colorScale.ts";
import { formatTickValue, niceStep, scaleTicks } from "../../../renderer/color/scaleTicks.ts";

const labels = (scale: ColorScale, maxLabels: number, signed = false): string[] =>
  scaleTicks(scale, { maxLabels, signed })
    .map(({ label }) => label)
    .filter((label) => label !== "");

describe("an automatic symlog range", () => {
  it("is rounded at each end by the size of that end", () => {
    const range = (...values: readonly number[]): readonly number[] => {
      const options = { kind: "symlog", symmetric: false, percentiles: [0, 100] } as const;
      const { min, max } = automaticScale([Float64Array.from(values)], options);
      return [min, max];
    };
    expect(range(-12, 0, 171_000)).toEqual([-15, 200_000]);
    expect(range(0.7, 4200)).toEqual([0.6, 5000]);
    expect(range(-4200, -0.7)).toEqual([-5000, -0.6]);
    expect(range(-3, 0)).toEqual([-3, 0]);
    expect(range(7, 7)[0]).toBeLessThan(7);
  });
});

describe("automatic range", () => {
  it("rounds outwards to 1-2-5 steps and their multiples of three", () => {
    expect([0.07, 1, 1.1, 1.6, 2.4, 4, 5.5, 7].map((v) => roundMagnitude(v, "up"))).toEqual([
      0.1, 1, 1.5, 2, 3, 5, 6, 10,
    ]);
    expect([0.0034, 0.9, 1, 1.7, 7].map((v) => roundMagnitude(v, "down"))).toEqual([
      0.003, 0.6, 1, 1.5, 6,
    ]);
  });

  it("holds the asked percentiles and can always be used", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.constantFrom("linear", "log", "symlog"), (array, kind) => {
        const scale = automaticScale([array], { kind, symmetric: false });
        expect(scaleProblem(scale)).toBeNull();
        expect(scale.max).toBeGreaterThan(scale.min);
        if (kind === "log") return;
        const sorted = Float64Array.from(array).sort();
        const slack = 1e-9 * Math.max(1, Math.abs(scale.min), Math.abs(scale.max));
        expect(scale.min).toBeLessThanOrEqual(percentileOfSorted(sorted, 2) + slack);
        expect(scale.max).toBeGreaterThanOrEqual(percentileOfSorted(sorted, 98) - slack);
      }),
    );
  });

  it("is symmetric about zero when asked", () => {
    const gains = Array.from({ length: 101 }, (_, k) => -1 + 0.06 * k);
    const scale = automaticScale([gains], { kind: "linear", symmetric: true });
    expect([scale.min, scale.max]).toEqual([-5, 5]);
  });

  it("leaves out what is not a number, and zeros on a log scale", () => {
    const values = [Number.NaN, 0, Infinity, -1, 0.004, 0.05, 0.09];
    const scale = automaticScale([values], {
      kind: "log",
      symmetric: false,
      percentiles: [0, 100],
    });
    expect([scale.min, scale.max]).toEqual([0.003, 0.1]);
  });

  it("answers with a usable range when there is nothing to show", () => {
    expect(automaticScale([[Number.NaN]], { kind: "linear", symmetric: false })).toMatchObject({
      min: 0,
      max: 1,
    });
    expect(automaticScale([[-1, 0]], { kind: "log", symmetric: false })).toMatchObject({
      min: 1,
      max: 10,
    });
  });
});

describe("ticks", () => {
  it("label round values of a diverging linear scale with signs and mark zero", () => {
    const scale: ColorScale = { kind: "linear", min: -6, max: 6, linearThreshold: 1 };
    expect(labels(scale, 7, true)).toEqual(["−6", "−4", "−2", "0", "+2", "+4", "+6"]);
    const zero = scaleTicks(scale, { maxLabels: 7, signed: true }).find((tick) => tick.isZero);
    expect(zero?.fraction).toBe(0.5);
  });

  it.each([7, 12, 16, 22, 31])("end where ±15 ends, with room for %i labels", (room) => {
    const scale: ColorScale = { kind: "linear", min: -15, max: 15, linearThreshold: 1 };
    const all = labels(scale, room, true);
    expect([all[0], all.at(-1)]).toEqual(["−15", "+15"]);
    expect(all.length).toBeLessThanOrEqual(room);
  });

  it("keep the finer step where no step meets both ends", () => {
    const scale: ColorScale = { kind: "linear", min: -14, max: 15, linearThreshold: 1 };
    expect(labels(scale, 16)).toContain("−14");
    expect(labels(scale, 16)).toContain("14");
  });

  it("label one to three values a decade of a log scale, with minor ticks between", () => {
    const scale: ColorScale = { kind: "log", min: 0.003, max: 0.2, linearThreshold: 1 };
    expect(labels(scale, 5)).toEqual(["0.003", "0.01", "0.03", "0.1", "0.2"]);
    const ticks = scaleTicks(scale, { maxLabels: 5, signed: false });
    const values = ticks.map(({ value }) => value);
    expect(values).toEqual([
      ...[0.003, 0.004, 0.005, 0.006, 0.007, 0.008, 0.009],
      ...[0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.2],
    ]);
  });

  it("do not overcrowd a log scale of many decades", () => {
    const scale: ColorScale = { kind: "log", min: 1e-12, max: 1, linearThreshold: 1 };
    expect(labels(scale, 5).length).toBeLessThanOrEqual(7);
  });

  it("mirror the decades of a symlog scale about zero", () => {
    const scale: ColorScale = { kind: "symlog", min: -100, max: 100, linearThreshold: 1 };
    expect(labels(scale, 7, true)).toEqual(["−100", "−10", "−1", "0", "+1", "+10", "+100"]);
  });

  it("leave zero its room where the linear part is small", () => {
    const scale: ColorScale = { kind: "symlog", min: -30_000, max: 30_000, linearThreshold: 1 };
    expect(labels(scale, 9, true)).toEqual(["−10000", "−100", "0", "+100", "+10000"]);
  });

  it("ascend, lie within the scale and stand where their value is", () => {
    const anyScale = fc
      .record({
        kind: fc.constantFrom<ScaleKind>("linear", "log", "symlog"),
        low: fc.double({ min: 1e-5, max: 1e3, noNaN: true }),
        factor: fc.double({ min: 1.5, max: 1e5, noNaN: true }),
        maxLabels: fc.integer({ min: 2, max: 12 }),
      })
      .map(({ kind, low, factor, maxLabels }) => ({
        maxLabels,
        scale: {
          kind,
          min: kind === "log" ? low : -low * factor,
          max: low * factor,
          linearThreshold: low,
        },
      }));
    fc.assert(
      fc.property(anyScale, ({ scale, maxLabels }) => {
        const ticks = scaleTicks(scale, { maxLabels, signed: false });
        const fractions = ticks.map(({ fraction }) => fraction);
        expect(ticks.length).toBeGreaterThan(0);
        expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
        expect(ticks.some(({ label }) => label !== "")).toBe(true);
        for (const { fraction } of ticks) {
          expect(fraction).toBeGreaterThanOrEqual(0);
          expect(fraction).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("write a true minus, and powers of ten for very small and very large numbers", () => {
    expect(formatTickValue(-0.5, 1, true)).toBe("−0.5");
    expect(formatTickValue(0, 2, true)).toBe("0");
    expect(formatTickValue(2e-6, 6, false)).toBe("2×10⁻⁶");
    expect(formatTickValue(1e7, 0, true)).toBe("+10⁷");
  });

  it("are powers of ten all or none, but for what is read at once", () => {
    const log = { kind: "log", linearThreshold: 1 } as const;
    expect(labels({ ...log, min: 1e-6, max: 100 }, 9)).toEqual([
      "10⁻⁶",
      "10⁻⁵",
      "10⁻⁴",
      "10⁻³",
      "10⁻²",
      "0.1",
      "1",
      "10",
      "10²",
    ]);
    expect(labels({ ...log, min: 1e-3, max: 1e4 }, 9)).toContain("0.001");
    const symlog = { kind: "symlog", linearThreshold: 1, min: -1e6, max: 1e6 } as const;
    expect(labels(symlog, 15, true).slice(-4)).toEqual(["+10³", "+10⁴", "+10⁵", "+10⁶"]);
  });

  it("stand at the ends of a legend, and of an axis only where nothing else is", () => {
    const scale = { kind: "log", linearThreshold: 1, min: 3e-9, max: 0.07 } as const;
    const axis = (min: number, max: number): readonly string[] =>
      scaleTicks({ ...scale, min, max }, { maxLabels: 8, signed: false, labelEnds: false })
        .map(({ label }) => label)
        .filter((label) => label !== "");
    expect(labels(scale, 8)[0]).toBe("3×10⁻⁹");
    expect(axis(3e-9, 0.07)[0]).toBe("10⁻⁸");
    expect(axis(3, 8)).toEqual(labels({ ...scale, min: 3, max: 8 }, 8));
  });

  it("choose 1, 2 or 5 as step", () => {
    expect(niceStep(12, 7)).toBe(2);
    expect(niceStep(1, 6)).toBe(0.2);
    expect(niceStep(45, 10)).toBe(5);
  });
});
