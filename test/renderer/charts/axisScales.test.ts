/** Gains of some percent are seen beside those of ten thousand. */
import { expect, test } from "vitest";
import { axisKind, scaleNote } from "../../../renderer/charts/axisScales.ts";
import { distributionAxis } from "../../../renderer/charts/distributionData.ts";
import { wholeScale } from "../../../renderer/charts/scatterData.ts";
import { readCharts } from "../../../renderer/charts/savedCharts.ts";
import { scaleFraction } from "../../../renderer/color/colorScale.ts";

const GAIN = { scale: "linear", isPercent: true } as const;
const RATIO = { scale: "log", isPercent: false } as const;
/** −9 … 9 990 %, most of them below 1 000. */
const GAINS = Float64Array.from({ length: 1000 }, (_, k) => (k < 900 ? k - 9 : 111 * (k - 910)));

function group(values: Float64Array) {
  return { label: "", stroke: "", dash: "none", values, entries: null, selected: null };
}

test("wide changes in percent are symlog unless something else was chosen", () => {
  expect(axisKind(null, GAIN, [GAINS])).toBe("symlog");
  expect(axisKind("linear", GAIN, [GAINS])).toBe("linear");
  expect(axisKind(null, GAIN, [Float64Array.of(-5, 3, 200)])).toBe("linear");
  expect(axisKind(null, RATIO, [GAINS])).toBe("log");
});

test("a symlog axis has every value, half of them in its linear part, and says how large that is", () => {
  const one = Float64Array.from([...GAINS, 5e6]);
  for (const scale of [
    distributionAxis([group(one)], "symlog", "all"),
    wholeScale([one], "symlog"),
  ]) {
    expect(scale.kind).toBe("symlog");
    expect(scale.min).toBeLessThanOrEqual(-9);
    expect(scale.max).toBeGreaterThanOrEqual(5e6);
    // It holds half of the atoms: one far out does not widen it, which would hide all others.
    const within = one.filter((gain) => Math.abs(gain) <= scale.linearThreshold).length;
    expect(within / one.length).toBeGreaterThanOrEqual(0.5);
    expect(within / one.length).toBeLessThan(0.8);
    expect(scaleFraction(scale, 200) - scaleFraction(scale, 0)).toBeGreaterThan(0.02);
    expect(scaleNote(scale, GAIN)).toMatch(/^symlog: linear within ±\d+ %\.$/);
  }
  expect(scaleNote(wholeScale([GAINS], "linear"), GAIN)).toBe("");
});

test("the choice is kept in the project", () => {
  const x = { quantity: "enhancement", scale: "symlog" };
  expect(readCharts({ x }).settings.x).toEqual(x);
});
