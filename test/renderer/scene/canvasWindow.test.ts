/** What the one canvas covers of a grid that scrolls. */
import { expect, test } from "vitest";
import { coveredSpan, meet, spanInView } from "../../../renderer/scene/canvasWindow.ts";

test("a grid that is little larger than its place is covered whole", () => {
  expect(coveredSpan(null, { start: 0, size: 500 }, 500)).toEqual({ start: 0, size: 500 });
  expect(coveredSpan(null, { start: 300, size: 500 }, 900)).toEqual({ start: 0, size: 900 });
});

test("a long grid never makes the canvas longer, and what is in view is always covered", () => {
  let covered = coveredSpan(null, { start: 0, size: 400 }, 20_000);
  let moves = 0;
  for (let start = 0; start <= 19_600; start += 37) {
    const next = coveredSpan(covered, { start, size: 400 }, 20_000);
    if (next !== covered) moves += 1;
    covered = next;
    expect(covered.size).toBe(800);
    expect(covered.start).toBeGreaterThanOrEqual(0);
    expect(covered.start).toBeLessThanOrEqual(start);
    expect(covered.start + covered.size).toBeGreaterThanOrEqual(start + 400);
    expect(covered.start + covered.size).toBeLessThanOrEqual(20_000);
  }
  // Not at every step of the scrolling: the canvas scrolls along in between.
  expect(moves).toBeLessThan(110);
});

test("a grid that becomes shorter takes the canvas along", () => {
  const before = coveredSpan(null, { start: 3000, size: 400 }, 4000);
  const after = coveredSpan(before, { start: 600, size: 400 }, 1000);
  expect(after.start + after.size).toBeLessThanOrEqual(1000);
});

test("what is in view is the part that both share", () => {
  expect(spanInView({ start: -300, size: 1000 }, { start: 0, size: 400 })).toEqual({
    start: 300,
    size: 400,
  });
  expect(spanInView({ start: 500, size: 100 }, { start: 0, size: 400 }).size).toBe(0);
  const box = { left: 0, top: 0, width: 10, height: 10 };
  expect(meet(box, { ...box, left: 9.5 })).toBe(true);
  expect(meet(box, { ...box, left: 10 })).toBe(false);
});
