import { describe, expect, it } from "vitest";
import { HANDLES } from "../../../../renderer/composer/artboard/frameGeometry.ts";
import { snapLines } from "../../../../renderer/composer/artboard/snapLines.ts";
import { snapMove, snapResize } from "../../../../renderer/composer/artboard/snapping.ts";

const PAGE = { width: 178, height: 112 };
const OTHER = { x: 60, y: 10, width: 40, height: 40 };
const BOX = { x: 10, y: 12, width: 40, height: 40 };
const options = { lines: snapLines(PAGE, [OTHER]), others: [OTHER], reach: 1.5, isOn: true };

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

  it.each(HANDLES)("%s moves its own edges by the drag and no others", (handle) => {
    const { value } = snapResize(BOX, handle, 1.7, -2.3, { ...plain, isOn: false });
    const edges = [value.x, value.y, value.x + value.width, value.y + value.height];
    const dx = [handle.includes("w") ? 1.7 : 0, handle.includes("e") ? 1.7 : 0];
    const dy = [handle.includes("n") ? -2.3 : 0, handle.includes("s") ? -2.3 : 0];
    [10 + dx[0]!, 12 + dy[0]!, 50 + dx[1]!, 52 + dy[1]!].forEach((edge, k) => {
      expect(edges[k]).toBeCloseTo(edge, 9);
    });
  });

  it("finds the margin of the page", () => {
    const { value, guides } = snapResize(BOX, "nw", -6.2, -8.1, plain);
    expect([value.x, value.y]).toEqual([3, 3]);
    expect(guides.map(({ at }) => at)).toEqual([3, 3]);
  });
});

describe("equal gaps", () => {
  const row = [
    { x: 10, y: 20, width: 30, height: 30 },
    { x: 44, y: 20, width: 30, height: 30 },
  ];
  // No lines: what is found here are gaps.
  const alone = { lines: [], others: row, reach: 1.5, isOn: true };

  it("continue a row, and are drawn", () => {
    const moved = snapMove({ x: 90, y: 24, width: 20, height: 20 }, -11, 0.1, alone);
    expect(90 + moved.value.dx).toBe(78);
    expect(moved.gaps).toEqual([
      { axis: "x", from: 40, to: 44, at: 35 },
      { axis: "x", from: 74, to: 78, at: 34 },
    ]);
  });

  it("put a frame in the middle between two", () => {
    const others = [row[0]!, { ...row[1]!, x: 80 }];
    const moved = snapMove({ x: 0, y: 22, width: 20, height: 20 }, 51, 0, { ...alone, others });
    expect(moved.value.dx).toBe(50);
    expect(moved.gaps.map(({ from, to }) => to - from)).toEqual([10, 10]);
  });

  it("end an edge that is resized", () => {
    const frame = { x: 84, y: 20, width: 20, height: 30 };
    const { value, gaps } = snapResize(frame, "w", -5.2, 0, { ...alone, keepAspect: false });
    expect(value.x).toBe(78);
    expect(gaps.map(({ from }) => from)).toEqual([40, 74]);
  });

  it("are not those of other rows, nor of what lies on a panel", () => {
    const below = { x: 90, y: 60, width: 20, height: 20 };
    expect(snapMove(below, -11.2, 0, alone).value.dx).toBeCloseTo(-11, 9);
    const onPanel = { x: 12, y: 40, width: 10, height: 5 };
    const moved = snapMove({ x: 90, y: 24, width: 20, height: 20 }, -11, 0, {
      ...alone,
      others: [...row, onPanel],
    });
    expect(90 + moved.value.dx).toBe(78);
  });
});
