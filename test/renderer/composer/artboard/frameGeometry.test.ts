import { describe, expect, it } from "vitest";
import {
  alignFrames,
  distributeFrames,
  readingOrder,
  scaleFrames,
} from "../../../../renderer/composer/artboard/frameGeometry.ts";
import { rulerTicks } from "../../../../renderer/composer/artboard/rulerTicks.ts";

describe("several frames", () => {
  const frames = new Map([
    ["a", { x: 0, y: 0, width: 10, height: 10 }],
    ["b", { x: 14, y: 3, width: 10, height: 20 }],
    ["c", { x: 50, y: 6, width: 10, height: 10 }],
  ]);
  const bounds = { x: 0, y: 0, width: 60, height: 23 };

  it("are lined up along an edge", () => {
    const lined = alignFrames(frames, "bottom", bounds);
    expect([...lined.values()].map(({ y, height }) => y + height)).toEqual([23, 23, 23]);
  });

  it("get equal gaps, the outermost staying", () => {
    const spread = distributeFrames(frames, "x");
    expect(["a", "b", "c"].map((id) => spread.get(id)?.x)).toEqual([0, 25, 50]);
  });

  it("keep their places within a frame that is resized", () => {
    const scaled = scaleFrames(frames, bounds, { ...bounds, width: 120 });
    expect(scaled.get("b")).toEqual({ x: 28, y: 3, width: 20, height: 20 });
  });
});

describe("readingOrder", () => {
  it("reads rows from the left, whatever their exact heights", () => {
    const at = (id: string, x: number, y: number) => ({
      id,
      frame: { x, y, width: 30, height: 30 },
    });
    const order = readingOrder([at("d", 0, 41), at("b", 35, 8), at("c", 70, 12), at("a", 0, 10)]);
    expect(order.map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
  });
});

describe("rulerTicks", () => {
  it("has numbers apart from each other and ticks between them", () => {
    const ticks = rulerTicks(-3, 42, 4.4);
    const numbers = ticks.filter(({ rank }) => rank === 2).map(({ at }) => at);
    expect(numbers).toEqual([0, 10, 20, 30, 40]);
  });
});
