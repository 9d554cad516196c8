import { describe, expect, it } from "vitest";
import {
  COLOR_VISION,
  filterValues,
  seenColor,
  type ColorVision,
} from "../../../renderer/figure/page/colorVision.ts";

const VISIONS = Object.keys(COLOR_VISION) as ColorVision[];

describe.each(VISIONS)("seen with %s", (vision) => {
  it("greys stay what they are", () => {
    for (const grey of [0, 1, 90, 128, 254, 255]) {
      expect(seenColor([grey, grey, grey], vision)).toEqual([grey, grey, grey]);
    }
  });

  it("a filter has the same numbers", () => {
    const values = filterValues(vision).split(" ").map(Number);
    expect(values).toHaveLength(20);
    expect([0, 1, 2, 5, 6, 7, 10, 11, 12].map((k) => values[k])).toEqual(COLOR_VISION[vision]);
  });
});

it("red and green come closer to each other for a deuteranope", () => {
  const distance = (a: readonly number[], b: readonly number[]): number =>
    Math.hypot(...a.map((value, k) => value - (b[k] ?? 0)));
  const [red, green] = [
    [200, 60, 60],
    [90, 130, 60],
  ] as const;
  const seen = distance(seenColor(red, "deuteranopia"), seenColor(green, "deuteranopia"));
  expect(seen).toBeLessThan(0.6 * distance(red, green));
});
