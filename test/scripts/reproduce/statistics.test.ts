import { describe, expect, it } from "vitest";
import {
  at,
  geometricMean,
  largest,
  lineFit,
  median,
  powerLaw,
  quantile,
  rankCorrelation,
  ranks,
  ratios,
  rootMeanSquare,
  shareAbove,
  varianceBetween,
} from "../../../scripts/reproduce/statistics.ts";

describe("statistics of the reproduction", () => {
  it("interpolates quantiles as numpy does", () => {
    expect(quantile([4, 1, 3, 2], 0.25)).toBeCloseTo(1.75, 12);
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it("takes geometric means, shares, ratios and root mean squares", () => {
    expect(geometricMean([1, 100])).toBeCloseTo(10, 12);
    expect(shareAbove([1, 2, 3, 4], 2)).toBe(0.5);
    expect(ratios([2, 9], [1, 3])).toEqual([2, 3]);
    expect(rootMeanSquare([3, -4])).toBeCloseTo(Math.sqrt(12.5), 12);
  });

  it("finds the exponent of a power law, whatever its prefactor", () => {
    const x = [1, 10, 100, 1000];
    const fit = powerLaw(
      x,
      x.map((value) => 7 / value),
    );
    expect(fit.slope).toBeCloseTo(-1, 12);
    expect(fit.correlation).toBeCloseTo(-1, 12);
  });

  it("fits y on x and not x on y", () => {
    const fit = lineFit([0, 1, 2, 3], [0, 2, 1, 3]);
    expect(fit.slope).toBeCloseTo(0.8, 12);
    expect(fit.correlation).toBeCloseTo(0.8, 12);
    expect(lineFit([0, 2], [0, 6]).slope).toBe(3);
  });

  it("calls a constant uncorrelated", () => {
    expect(lineFit([1, 1, 1], [1, 2, 3])).toEqual({ slope: 0, correlation: 0 });
  });

  it("gives ties their mean rank and correlates ranks", () => {
    expect(ranks([10, 20, 10, 5])).toEqual([2.5, 4, 2.5, 1]);
    expect(rankCorrelation([1, 2, 3], [1, 8, 27])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
  });

  it("splits variance between classes", () => {
    expect(varianceBetween([1, 1, 5, 5], [0, 0, 1, 1])).toBeCloseTo(1, 12);
    expect(varianceBetween([1, 5, 1, 5], [0, 0, 1, 1])).toBeCloseTo(0, 12);
    expect(varianceBetween([0, 2, 4, 6], [0, 0, 1, 1])).toBeCloseTo(0.8, 12);
  });

  it("picks the largest values and what stands at indices", () => {
    expect(largest([3, 9, 1, 9], 3)).toEqual([1, 3, 0]);
    expect(at([5, 6, 7], [2, 0])).toEqual([7, 5]);
  });

  it("refuses nothing, NaN and lists that do not pair", () => {
    expect(() => median([])).toThrow("0 values");
    expect(() => median([1, NaN])).toThrow("value 1 is NaN");
    expect(() => geometricMean([1, 0])).toThrow("-Infinity");
    expect(() => ratios([1], [1, 2])).toThrow("do not pair");
    expect(() => at([1], [1])).toThrow("not below");
  });
});
