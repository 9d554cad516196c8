import { describe, expect, test } from "vitest";
import { rigidityEnhancement, summarizeRigidity } from "../../../src/rigidity/statistics.ts";
import { subsetOfRegressorsVariance } from "../../../src/rigidity/uncertainty.ts";

describe("summary of rigidities", () => {
  test("interpolates percentiles between order statistics", () => {
    const summary = summarizeRigidity(Float64Array.of(4, 1, 3, 2));
    expect(summary).toMatchObject({ n: 4, nNotRepresented: 0, min: 1, max: 4, mean: 2.5 });
    expect(summary?.percentiles.p25).toBeCloseTo(1.75, 14);
    expect(summary?.percentiles.p50).toBeCloseTo(2.5, 14);
    expect(summary?.percentiles.p99).toBeCloseTo(3.97, 14);
    expect(summary?.harmonicMean).toBeCloseTo(4 / (1 + 1 / 2 + 1 / 3 + 1 / 4), 14);
  });

  test("leaves infinite values out and counts them", () => {
    expect(summarizeRigidity(Float64Array.of(2, Infinity))).toMatchObject({
      n: 2,
      nNotRepresented: 1,
      mean: 2,
      max: 2,
    });
    expect(summarizeRigidity(Float64Array.of(Infinity))).toBeNull();
    expect(summarizeRigidity(new Float64Array(0))).toBeNull();
  });

  test.each([0, -1, Number.NaN])("%f is not an LPR", (value) => {
    const refused: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    expect(() => summarizeRigidity(Float64Array.of(1, value))).toThrow(refused);
    expect(() => subsetOfRegressorsVariance(Float64Array.of(value), 1)).toThrow(refused);
    expect(() => rigidityEnhancement(Float64Array.of(value), Float64Array.of(1))).toThrow(refused);
  });
});

describe("enhancement", () => {
  test("is the relative change, 0 where both are infinite", () => {
    const enhancement = rigidityEnhancement(
      Float64Array.of(3, 1, Infinity),
      Float64Array.of(2, 2, Infinity),
    );
    expect([...enhancement]).toEqual([0.5, -0.5, 0]);
  });

  test("refuses unequal lengths and a single infinite value", () => {
    const one = Float64Array.of(1);
    expect(() => rigidityEnhancement(one, Float64Array.of(1, 2))).toThrow(
      expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" }),
    );
    expect(() => rigidityEnhancement(one, Float64Array.of(Infinity))).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }),
    );
  });
});
