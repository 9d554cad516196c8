import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COLOR_TABLES } from "../../../renderer/color/colorTables.ts";
import { entryColor, NO_VALUE_COLOR, parseColor } from "../../../renderer/color/colorTable.ts";
import { indexOfFraction } from "../../../renderer/color/colorScale.ts";
import { rasterMap } from "../../../renderer/mapView/mapDrawing.ts";
import { indexPoints, nearestPoint, pointsInLasso } from "../../../renderer/mapView/mapIndex.ts";
import type { MapSeries } from "../../../renderer/mapView/mapSpec.ts";
import {
  boxOfSeries,
  fitBox,
  plotAreaOf,
  refitMap,
  shownBox,
  zoomMap,
} from "../../../renderer/mapView/mapTransform.ts";
import {
  drawPoints,
  makeRaster,
  type RasterPoints,
} from "../../../renderer/mapView/pointRaster.ts";
import { extendLasso, startLasso } from "../../../renderer/scene/lassoPath.ts";
import { ATOM_FLAGS } from "../../../renderer/scene/panelSpec.ts";

const PLOT = plotAreaOf(500, 400);

function series(points: readonly number[], active = true): MapSeries {
  return {
    structureId: "film",
    points: Float32Array.from(points),
    scalars: null,
    flags: null,
    colorTable: COLOR_TABLES.viridis,
    active,
  };
}

describe("a map of many points", () => {
  const theme = {
    background: "#ffffff",
    foreground: "#000000",
    accent: "#0000ff",
    grid: "#ffffff",
    muted: "#888888",
    line: "#888888",
    lineWidth: 1,
  };
  const pictureOf = (n: number, scalarOf: (i: number) => number) => {
    // All on one spot, but for one point at each corner.
    const points = Float32Array.from({ length: 2 * n }, () => 0.5);
    points.set([0, 0, 1, 1]);
    const one: MapSeries = {
      ...series([]),
      points,
      scalars: Float32Array.from({ length: n }, (_, i) => scalarOf(i)),
    };
    const transform = fitBox(boxOfSeries([one]), PLOT);
    const names = { xLabel: "x", yLabel: "y", marks: [] };
    const raster = rasterMap(
      { series: [one], transform, plot: PLOT, theme, pointRadius: 2, ...names },
      1,
    );
    const x = Math.round(transform.xOffset + 0.5 * transform.xFactor - PLOT.left);
    const y = Math.round(transform.yOffset + 0.5 * transform.yFactor - PLOT.top);
    const at = 4 * (y * raster.width + x);
    return { full: raster.fullDensity, middle: [...raster.pixels.subarray(at, at + 3)] };
  };
  // Violet below, yellow last: one by one only the last point would be seen.
  const violetThenYellow = (n: number) => (i: number) => (i === n - 1 ? 1 : 0);

  it("is a density, in which the last point does not hide the others", () => {
    const few = pictureOf(20_000, violetThenYellow(20_000));
    expect(few.full).toBeNull();
    expect(few.middle).toEqual(parseColor(entryColor(COLOR_TABLES.viridis, 255)));
    const many = pictureOf(20_001, violetThenYellow(20_001));
    expect(many.full).toBeGreaterThan(1000);
    const violet = parseColor(entryColor(COLOR_TABLES.viridis, 0));
    many.middle.forEach((value, c) => {
      expect(Math.abs(value - (violet[c] ?? 0))).toBeLessThan(3);
    });
  });
});

describe("map transform", () => {
  it("shows every finite point, those of the faint series too", () => {
    const all = [series([0, 0, 2, 1, Number.NaN, 5]), series([-3, 0.5], false)];
    expect(boxOfSeries(all)).toEqual({ x0: -3, x1: 2, y0: 0, y1: 1 });
    const shown = shownBox(fitBox(boxOfSeries(all), PLOT), PLOT);
    expect(shown.x0).toBeLessThan(-3);
    expect(shown.x1).toBeGreaterThan(2);
    expect(shown.y0).toBeLessThan(0);
    expect(shown.y1).toBeGreaterThan(1);
  });

  it("can show a single point, and nothing at all", () => {
    for (const points of [[3, 3], []]) {
      const { xFactor, yOffset } = fitBox(boxOfSeries([series(points)]), PLOT);
      expect(Number.isFinite(xFactor) && Number.isFinite(yOffset)).toBe(true);
    }
  });

  it("keeps the data under the pointer while zooming and the data in view while resizing", () => {
    const before = fitBox({ x0: -1, x1: 1, y0: -2, y1: 2 }, PLOT);
    const px = fc.double({ min: 0, max: 400, noNaN: true });
    fc.assert(
      fc.property(px, px, fc.double({ min: 0.1, max: 10, noNaN: true }), (x, y, factor) => {
        const after = zoomMap(before, factor, x, y);
        const dataX = (x - before.xOffset) / before.xFactor;
        expect(after.xOffset + after.xFactor * dataX).toBeCloseTo(x, 6);
        const dataY = (y - before.yOffset) / before.yFactor;
        expect(after.yOffset + after.yFactor * dataY).toBeCloseTo(y, 6);
      }),
    );
    const larger = plotAreaOf(900, 300);
    const resized = shownBox(refitMap(before, PLOT, larger), larger);
    const shown = shownBox(before, PLOT);
    for (const key of ["x0", "x1", "y0", "y1"] as const) {
      expect(resized[key]).toBeCloseTo(shown[key], 6);
    }
  });
});

describe("map index", () => {
  const points = Float32Array.of(0, 0, 1, 0, Number.NaN, 0, 1, 1);
  const transform = fitBox({ x0: 0, x1: 1, y0: 0, y1: 1 }, PLOT);
  const place = (x: number, y: number): { x: number; y: number } => ({
    x: transform.xOffset + transform.xFactor * x,
    y: transform.yOffset + transform.yFactor * y,
  });

  it("finds the nearest point within reach on screen, never a hidden one", () => {
    const index = indexPoints(points);
    const near = place(1, 1);
    expect(nearestPoint(index, transform, { x: near.x + 3, y: near.y - 4 }, 8, null)).toBe(3);
    expect(nearestPoint(index, transform, { x: near.x + 30, y: near.y }, 8, null)).toBeNull();
    const flags = Uint8Array.of(0, 0, 0, ATOM_FLAGS.hidden);
    expect(nearestPoint(index, transform, near, 8, flags)).toBeNull();
  });

  it("finds the points a lasso holds, in ascending order", () => {
    const index = indexPoints(points);
    // The corners of a lasso are px or data: only their order matters here.
    let lasso = startLasso(-5, -5);
    for (const [x, y] of [
      [5, -5],
      [5, 0.5],
      [-5, 0.5],
    ] as const)
      lasso = extendLasso(lasso, x, y);
    expect([...pointsInLasso(index, lasso, null)]).toEqual([0, 1]);
    expect([...pointsInLasso(indexPoints(new Float32Array()), lasso, null)]).toEqual([]);
  });
});

describe("point raster", () => {
  const layer: RasterPoints = {
    points: Float32Array.of(10, 10, 30, 10, 50, 10, 70, 10),
    scalars: Float32Array.of(0, 0.5, -1, 1),
    flags: null,
    table: COLOR_TABLES.viridis,
    xFactor: 1,
    xOffset: 0,
    yFactor: 1,
    yOffset: 0,
    radius: 3,
    dimmedRadius: 2,
    dimmedColor: "#555555",
    accent: "#6ea8fe",
  };
  const at = (raster: ReturnType<typeof makeRaster>, x: number, y: number): number[] => [
    ...raster.pixels.subarray(4 * (y * raster.width + x), 4 * (y * raster.width + x) + 3),
  ];
  const entry = (fraction: number): readonly number[] =>
    parseColor(entryColor(COLOR_TABLES.viridis, indexOfFraction(fraction)));

  it("has exactly the colours of the table in the middle of each point", () => {
    const raster = makeRaster(80, 20, "#0f1114");
    expect(drawPoints(raster, layer)).toBe(4);
    expect(at(raster, 10, 10)).toEqual(entry(0));
    expect(at(raster, 30, 10)).toEqual(entry(0.5));
    expect(at(raster, 50, 10)).toEqual([...parseColor(NO_VALUE_COLOR)]);
    expect(at(raster, 70, 10)).toEqual(entry(1));
    expect(at(raster, 20, 10)).toEqual([...parseColor("#0f1114")]);
  });

  it("draws dimmed points underneath, marked ones with a rim, and leaves hidden ones out", () => {
    const raster = makeRaster(80, 20, "#ffffff");
    const crowded = {
      ...layer,
      points: Float32Array.of(10, 10, 10, 10, 50, 10, 70, 10),
      flags: Uint8Array.of(0, ATOM_FLAGS.dimmed, ATOM_FLAGS.marked, ATOM_FLAGS.hidden),
    };
    expect(drawPoints(raster, crowded)).toBe(3);
    expect(at(raster, 10, 10)).toEqual(entry(0));
    const [r = 0, g = 0, b = 0] = at(raster, 53, 10);
    expect(Math.hypot(r - 0x6e, g - 0xa8, b - 0xfe)).toBeLessThan(20);
    expect(at(raster, 70, 10)).toEqual([255, 255, 255]);
  });

  it("counts points outside the picture, but not those without a place", () => {
    const raster = makeRaster(20, 20, "#ffffff");
    const far = { ...layer, points: Float32Array.of(-500, 3, Number.NaN, 1, 10, Infinity, 5, 5) };
    expect(drawPoints(raster, far)).toBe(2);
  });
});
