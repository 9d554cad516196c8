import { expect, test } from "vitest";
import {
  axisFraction,
  decadeAxis,
  linePath,
  steppedAxis,
} from "../../../renderer/charts/linePath.ts";

test("a log axis runs over whole decades, one at least", () => {
  expect(decadeAxis([[0.003, 0.4], [0.02]])).toMatchObject({ kind: "log", min: 0.001, max: 1 });
  expect(decadeAxis([[1, 1]])).toMatchObject({ min: 1, max: 10 });
  expect(decadeAxis([[]])).toMatchObject({ min: 0.1, max: 1 });
});

test("a stepped axis holds all values between multiples of its step", () => {
  expect(steppedAxis([-0.2, 0.9], 0.5)).toMatchObject({ kind: "linear", min: -0.5, max: 1 });
  expect(steppedAxis([1, 1], 0.5)).toMatchObject({ min: 1, max: 1.5 });
});

test("values beyond an axis lie outside it, not on its ends", () => {
  const axis = decadeAxis([[0.01, 1]]);
  expect(axisFraction(axis, 0.1)).toBeCloseTo(0.5, 12);
  expect(axisFraction(axis, 10)).toBeCloseTo(1.5, 12);
  expect(axisFraction(steppedAxis([0, 2], 1), 3)).toBe(1.5);
});

test("a path goes through its points and is cut far outside the chart", () => {
  const same = (value: number): number => value;
  expect(linePath([0, 1], [2, 3.25], same, same)).toBe("M0.0 2.0L1.0 3.3");
  expect(linePath([0], [1e12], same, same)).toBe("M0.0 10000.0");
});
