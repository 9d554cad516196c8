import { expect, test } from "vitest";
import { densityOpacity, drawDensity } from "../../../renderer/mapView/densityRaster.ts";
import { keySize, placeKey, roomAbove } from "../../../renderer/charts/keyPlace.ts";
import { categoryTable } from "../../../renderer/color/colorTable.ts";
import { makeRaster } from "../../../renderer/mapView/pointRaster.ts";

const PLOT = { width: 400, height: 90 };
/** About 165 × 52 px. */
const KEY = ["baseline", "more", "fewer cells"];

/** Peaks of height 1 at parts of the axis, narrower than what a mean over a half would notice. */
function curve(...peaks: readonly number[]): { heights: Float64Array; count: number } {
  const heights = Float64Array.from({ length: 201 }, (_, k) =>
    peaks.reduce((sum, at) => sum + Math.exp(-(((k / 200 - at) / 0.01) ** 2)), 0.02),
  );
  return { heights, count: 100 };
}

test("the key stays clear of a narrow peak, wherever the rest of the curve lies", () => {
  expect(placeKey([curve(0.1)], 1.06, KEY, PLOT).side).toBe("right");
  expect(placeKey([curve(0.9)], 1.06, KEY, PLOT).side).toBe("left");
  // A broad hump at the right has more under it than the peak at the left, and is lower.
  const hump = Float64Array.from({ length: 201 }, (_, k) => (k > 110 ? 0.3 : 0));
  expect(placeKey([curve(0.1), { heights: hump, count: 9 }], 1.06, KEY, PLOT).side).toBe("right");
  expect(placeKey([curve(0.5)], 1.06, KEY, PLOT).side).toMatch(/left|right/);
});

test("with peaks on both sides it goes above the plot", () => {
  expect(placeKey([curve(0.1), curve(0.92)], 1.06, KEY, PLOT).side).toBe("above");
  expect(placeKey([curve(0.1, 0.9)], 1.06, KEY, PLOT).side).toBe("above");
  expect(placeKey([], 0, KEY, PLOT).side).toBe("right");
});

test("above, means go before names do, and many names take two lines", () => {
  const both = [curve(0.1, 0.9)];
  expect(placeKey(both, 1.06, ["a", "b"], PLOT)).toEqual({
    side: "above",
    lines: 1,
    hasMeans: true,
  });
  expect(placeKey(both, 1.06, KEY, { ...PLOT, width: 300 })).toMatchObject({ hasMeans: false });
  const six = Array.from({ length: 6 }, (_, k) => `graphite-like ${String(k)}`);
  const place = placeKey(both, 1.06, six, PLOT);
  expect(place).toMatchObject({ lines: 2, hasMeans: false });
  expect(roomAbove(place)).toBe(34);
  expect(roomAbove({ side: "left" })).toBe(0);
});

test("longer names and more curves make a larger key, within the plot", () => {
  const small = keySize(["a", "b"], PLOT);
  const large = keySize(["a".repeat(12), "b", "c"], PLOT);
  expect(large.width).toBeGreaterThan(small.width);
  expect(large.height).toBe(small.height + 16);
  expect(keySize(["a".repeat(200)], PLOT).width).toBe(240);
});

test("a density shows single points, and tells ten from a hundred", () => {
  expect(densityOpacity(0, 50)).toBe(0);
  expect(densityOpacity(1, 50)).toBeCloseTo(0.3, 12);
  expect(densityOpacity(10, 1000)).toBeLessThan(densityOpacity(100, 1000) - 0.1);
  expect(densityOpacity(1000, 1000)).toBe(1);
  expect(densityOpacity(5000, 1000)).toBe(1);
});

test("the key of a density ends at the number of points on its densest spots", () => {
  const points = new Float32Array(2 * 120);
  points.fill(4.5, 0, 200);
  points.fill(20.5, 200);
  const raster = makeRaster(32, 32, "#000000");
  const full = drawDensity(raster, {
    points,
    scalars: new Float32Array(120),
    flags: null,
    table: categoryTable("test", ["#ff0000"]),
    xFactor: 1,
    xOffset: 0,
    yFactor: 1,
    yOffset: 0,
    radius: 2,
    dimmedRadius: 1,
    dimmedColor: "#888888",
    accent: "#ffffff",
  });
  expect(full).toBeGreaterThan(80);
  expect(full).toBeLessThanOrEqual(100);
});
