import { describe, expect, it } from "vitest";
import { composeFigure } from "../../../renderer/figure/compose/composeFigure.ts";
import {
  fullDensityOf,
  rasterPoints,
  rememberDensities,
} from "../../../renderer/figure/page/densityPixels.ts";
import { leavesOf, type CirclesItem } from "../../../renderer/figure/page/displayList.ts";
import { densityOpacity } from "../../../renderer/mapView/densityRaster.ts";
import { sampleContent, sampleFigure, typefaces } from "../../support/figures.ts";

const AREA = { x: 10, y: 5, width: 20, height: 10 };

/** `n` red and `n` blue discs of 1 mm in the middle, and one red disc alone. */
function discs(n: number, first: "red" | "blue"): CirclesItem {
  const colors = [...Array<number>(n).fill(0), ...Array<number>(n).fill(1)];
  if (first === "blue") colors.reverse();
  return {
    kind: "circles",
    centers: Float64Array.from([...colors.flatMap(() => [20, 10]), 13, 7]),
    radius: 1,
    colors: Uint16Array.from([...colors, 0]),
    palette: ["#ff0000", "#0000ff"],
  };
}

function pixelAt(
  circles: CirclesItem,
  fullDensity: number | null,
  [x, y]: readonly [number, number],
  zoom: number,
): readonly number[] {
  const size = { width: AREA.width * zoom, height: AREA.height * zoom };
  const { pixels } = rasterPoints({ rect: AREA, circles, fullDensity }, size);
  const at = 4 * (Math.floor((y - AREA.y) * zoom) * size.width + Math.floor((x - AREA.x) * zoom));
  return [...pixels.subarray(at, at + 4)];
}

describe("points as a density", () => {
  it("have their mean colour, whatever their order; as discs the last hides the others", () => {
    const middle = [20, 10] as const;
    expect(pixelAt(discs(50, "red"), 100, middle, 10)).toEqual([128, 0, 128, 255]);
    expect(pixelAt(discs(50, "blue"), 100, middle, 10)).toEqual([128, 0, 128, 255]);
    expect(pixelAt(discs(50, "red"), null, middle, 10)).toEqual([0, 0, 255, 255]);
  });

  it("are the more opaque the more lie on each other, at any resolution", () => {
    for (const zoom of [6, 24]) {
      const alpha = (n: number): number =>
        (pixelAt(discs(n, "red"), 400, [20, 10], zoom)[3] ?? NaN) / 255;
      expect(alpha(10)).toBeCloseTo(densityOpacity(20, 400), 2);
      expect(alpha(200)).toBe(1);
      const alone = pixelAt(discs(5, "red"), 400, [13, 7], zoom);
      expect(alone.slice(0, 3)).toEqual([255, 0, 0]);
      expect((alone[3] ?? NaN) / 255).toBeCloseTo(0.3, 2);
    }
  });

  it("lie over what is there for comparison only, which does not count with them", () => {
    const circles = { ...discs(50, "blue"), nBeneath: 50 };
    const [red = 0, , blue = 0] = pixelAt(circles, 50, [20, 10], 10);
    expect([red, blue]).toEqual([255, 0]);
  });

  it("are opaque on the densest spots", () => {
    expect(fullDensityOf(discs(50, "red"), AREA)).toBe(100);
  });

  it("are what more than 20,000 points become; the page has a key and a remark says so", () => {
    for (const [n, isDense] of [
      [20_000, false],
      [20_001, true],
    ] as const) {
      const composed = composeFigure(sampleFigure, sampleContent(n), typefaces);
      const images = composed.requests.filter((request) => request.kind === "circles");
      expect(images.length).toBeGreaterThan(0);
      const words = [...leavesOf(composed.page.items)].flatMap((item) =>
        item.kind === "text" ? [item.text] : [],
      );
      for (const { fullDensity } of images) {
        expect(fullDensity !== null).toBe(isDense);
        if (fullDensity !== null) expect(words).toContain(`${String(fullDensity)}+ points`);
      }
      expect(composed.remarks.some((remark) => remark.includes("as a density"))).toBe(isDense);
    }
  });

  it("are summed once while they only move or change their colours", () => {
    const asked: number[] = [];
    const densityOf = rememberDensities((circles, area) => {
      asked.push(circles.colors.length);
      return fullDensityOf(circles, area);
    });
    const red = discs(50, "red");
    const first = densityOf(red, AREA);
    const moved = {
      ...red,
      centers: red.centers.map((at, k) => at + (k % 2 === 0 ? 3.3 : -0.7)),
      palette: ["#00ff00", "#000000"],
    };
    expect(densityOf(moved, { ...AREA, x: AREA.x + 3.3, y: AREA.y - 0.7 })).toBe(first);
    expect(asked).toEqual([101]);
    // Points that moved within their panel, other sizes, other layers.
    densityOf(moved, AREA);
    densityOf({ ...red, radius: 2 }, AREA);
    densityOf({ ...red, nBeneath: 50 }, AREA);
    densityOf(red, { ...AREA, width: 30 });
    densityOf(discs(40, "red"), AREA);
    expect(asked).toHaveLength(6);
    expect(densityOf(red, AREA)).toBe(first);
    expect(asked).toHaveLength(6);
  });
});
