import { describe, expect, it } from "vitest";
import {
  alignFrames,
  distributeFrames,
  readingOrder,
  scaleFrames,
  snapLines,
  snapMove,
  snapResize,
} from "../../../renderer/composer/frameGeometry.ts";
import { rulerTicks } from "../../../renderer/composer/rulerTicks.ts";

const PAGE = { width: 178, height: 112 };
const OTHER = { x: 60, y: 10, width: 40, height: 40 };
const BOX = { x: 10, y: 12, width: 40, height: 40 };
const options = { lines: snapLines(PAGE, [OTHER]), reach: 1.5, isOn: true };

describe("snapMove", () => {
  it("lands on half millimetres where no line is near", () => {
    const { value, guides } = snapMove(BOX, 3.13, 30.21, options);
    expect(BOX.x + value.dx).toBe(13);
    expect(BOX.y + value.dy).toBe(42);
    expect(guides).toEqual([]);
  });

  it("joins edges of a neighbour and says along which line", () => {
    const { value, guides } = snapMove(BOX, 8.8, -1.4, options);
    expect(BOX.x + value.dx + BOX.width).toBe(60);
    expect(BOX.y + value.dy).toBe(10);
    const [upright] = guides.filter(({ axis }) => axis === "x");
    expect(upright).toEqual({ axis: "x", at: 60, from: 10, to: 50 });
    expect(guides.filter(({ axis }) => axis === "y").map(({ at }) => at)).toEqual([10, 30, 50]);
  });

  it("leaves the hand alone when it is off", () => {
    const { value } = snapMove(BOX, 3.13, 0.21, { ...options, isOn: false });
    expect(value).toEqual({ dx: 3.13, dy: 0.21 });
  });
});

describe("snapResize", () => {
  const plain = { ...options, keepAspect: false };

  it("keeps the opposite edge and never turns inside out", () => {
    const { value } = snapResize(BOX, "w", 80, 0, plain);
    expect(value).toEqual({ x: 49, y: 12, width: 1, height: 40 });
  });

  it("snaps the dragged edge alone", () => {
    const { value, guides } = snapResize(BOX, "e", 9.3, 5, plain);
    expect(value).toEqual({ x: 10, y: 12, width: 50, height: 40 });
    expect(guides.map(({ at }) => at)).toEqual([60]);
  });

  it("keeps the shape with the other corner where it is", () => {
    const { value } = snapResize(BOX, "nw", -10, 0, { ...plain, keepAspect: true, isOn: false });
    expect(value).toEqual({ x: 0, y: 2, width: 50, height: 50 });
  });
});

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
