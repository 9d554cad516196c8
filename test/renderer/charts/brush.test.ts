import { describe, expect, it } from "vitest";
import { draggedBrush, movedBrush, NO_BRUSH } from "../../../renderer/charts/useBrush.ts";

describe("a range over an axis", () => {
  it("begins in the middle, moves by keys and stays on the axis", () => {
    const first = movedBrush(NO_BRUSH, "ArrowLeft", false);
    expect(first?.cursor).toBe(0.5);
    if (first === null) throw new Error("The key moves it.");
    expect(movedBrush(first, "ArrowLeft", false)?.cursor).toBeCloseTo(0.49, 12);
    const end = movedBrush(first, "End", false);
    expect(end === null ? null : movedBrush(end, "ArrowRight", false)?.cursor).toBe(1);
    expect(movedBrush(first, "a", false)).toBeNull();
  });

  it("grows with Shift from where it began, and is gone without it", () => {
    const start = { ...NO_BRUSH, cursor: 0.4 };
    const left = movedBrush(start, "Home", true);
    expect(left?.range).toEqual({ from: 0, to: 0.4 });
    if (left === null) throw new Error("The key moves it.");
    expect(movedBrush(left, "End", true)?.range).toEqual({ from: 0.4, to: 1 });
    expect(movedBrush(left, "ArrowRight", false)?.range).toBeNull();
  });

  it("follows the pointer once it has moved far enough to be no press", () => {
    expect(draggedBrush(NO_BRUSH, 0.3, 5, 100)).toMatchObject({ cursor: 0.3, range: null, y: 5 });
    const held = { ...NO_BRUSH, cursor: 0.5, y: 9, drag: { id: 1, x: 100, from: 0.5 } };
    expect(draggedBrush(held, 0.51, 20, 102)).toBe(held);
    const dragged = draggedBrush(held, 0.2, 20, 60);
    expect(dragged).toMatchObject({ range: { from: 0.2, to: 0.5 }, y: 9 });
    // Back at the start it is still a range: of nothing.
    expect(draggedBrush(dragged, 0.5, 20, 100).range).toEqual({ from: 0.5, to: 0.5 });
  });
});
