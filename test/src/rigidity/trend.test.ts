import { describe, expect, test } from "vitest";
import { pearson, secondMoments, spearman } from "../../../src/numerics/correlation.ts";
import { trendOnAxes } from "../../../src/rigidity/trend.ts";
import { readGolden } from "../../support/readGolden.ts";

const logLog = (x: Float64Array, y: Float64Array) => trendOnAxes(x, y, "log", "log");

interface TrendCase {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly slope: number;
  readonly intercept: number;
  readonly pearson: number;
  readonly spearman: number;
  readonly pearson_linear: number;
}

const { cases } = readGolden("statistics/trend.json") as { readonly cases: readonly TrendCase[] };

describe("trend on logarithmic axes", () => {
  test.each(cases.map((golden, index) => ({ golden, index })))(
    "slope, intercept and correlations are scipy's (case $index)",
    ({ golden }) => {
      const x = Float64Array.from(golden.x);
      const y = Float64Array.from(golden.y);
      const trend = logLog(x, y);
      expect(trend).toMatchObject({ n: x.length, nExcluded: 0 });
      expect(trend.slope).toBeCloseTo(golden.slope, 12);
      expect(trend.intercept).toBeCloseTo(golden.intercept, 12);
      expect(trend.pearson).toBeCloseTo(golden.pearson, 12);
      expect(trend.spearman).toBeCloseTo(golden.spearman, 12);
      expect(pearson(x, y)).toBeCloseTo(golden.pearson_linear, 12);
    },
  );

  test("a power law has its exponent and correlation ±1", () => {
    const x = Float64Array.of(0.01, 0.5, 3, 40);
    const trend = logLog(
      x,
      x.map((value) => 5 / value),
    );
    expect(trend.slope).toBeCloseTo(-1, 13);
    expect(trend.intercept).toBeCloseTo(Math.log10(5), 13);
    expect(trend.pearson).toBeCloseTo(-1, 13);
    expect(trend.spearman).toBe(-1);
  });

  test("values that have no logarithm are left out and counted", () => {
    const trend = logLog(
      Float64Array.of(1, 10, Infinity, 0, 100),
      Float64Array.of(1, 10, 5, 3, -2),
    );
    expect(trend).toMatchObject({ n: 2, nExcluded: 3 });
    expect(trend.slope).toBeCloseTo(1, 14);
  });

  test("a linear axis takes the values as they are, negative ones too", () => {
    const x = Float64Array.of(0.1, 1, 10, 100, Number.NaN);
    const y = Float64Array.of(-2, 0, 2, 4, 1);
    const trend = trendOnAxes(x, y, "log", "linear");
    expect(trend).toMatchObject({ n: 4, nExcluded: 1 });
    expect(trend.slope).toBeCloseTo(2, 13);
    expect(trend.pearson).toBeCloseTo(1, 13);
    expect(trendOnAxes(x, y, "linear", "linear").pearson).toBeCloseTo(
      pearson(x.subarray(0, 4), y.subarray(0, 4)) ?? NaN,
      13,
    );
  });

  test("what does not vary has no slope and no correlation", () => {
    const same = Float64Array.of(0.1, 0.1, 0.1);
    const varied = Float64Array.of(1, 2, 3);
    expect(logLog(same, varied)).toEqual({
      n: 3,
      nExcluded: 0,
      slope: null,
      intercept: null,
      pearson: null,
      spearman: null,
    });
    expect(logLog(varied, same).slope).toBe(0);
    expect(logLog(varied, same).pearson).toBeNull();
    expect(spearman(same, varied)).toBeNull();
    expect(secondMoments(same, same).xx).toBe(0);
  });

  test("different lengths and a single point are refused", () => {
    const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    const shape: unknown = expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" });
    const two = Float64Array.of(1, 2);
    expect(() => logLog(two, Float64Array.of(1, Number.NaN))).toThrow(invalid);
    expect(() => logLog(two, Float64Array.of(1, -1))).toThrow(invalid);
    expect(() => logLog(two, Float64Array.of(1))).toThrow(shape);
    expect(() => pearson(two, Float64Array.of(1))).toThrow(shape);
    expect(() => spearman(two, Float64Array.of(1, Infinity))).toThrow(invalid);
  });
});
