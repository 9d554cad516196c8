import { expect, test } from "vitest";
import {
  labelsThatFit,
  legendText,
  type LegendModel,
} from "../../../renderer/color/legendModel.ts";

const SCALE: LegendModel = {
  title: "LPR",
  unit: "log scale",
  content: {
    kind: "scale",
    scale: { kind: "log", min: 0.01, max: 2, linearThreshold: 1 },
    table: { rgb: new Uint8Array(0) } as never,
    under: 1234,
    over: 5,
    signed: false,
  },
  noValue: 7,
  notSelected: null,
  note: "one range, 6 panels",
};

test("a legend in words says quantity, unit, ends, what is beyond them and what has no value", () => {
  expect(legendText(SCALE)).toBe(
    "LPR, log scale, log from 0.01 to 2, 1,234 under, 5 over, 7 without value",
  );
  expect(legendText({ ...SCALE, unit: "", notSelected: 3500 })).toBe(
    "LPR, log from 0.01 to 2, 1,234 under, 5 over, 7 without value, 3,500 not selected",
  );
});

test("a legend of categories names them in order", () => {
  const categories = ["sp", "sp²"].map((label) => ({ label, color: "#000000" }));
  const model: LegendModel = { ...SCALE, unit: "", content: { kind: "categories", categories } };
  expect(legendText(model)).toBe("LPR, sp, sp², 7 without value");
});

test("labels across need more room than labels one above the other, and two always fit", () => {
  expect(labelsThatFit(340, "vertical")).toBe(10);
  expect(labelsThatFit(340, "horizontal")).toBe(5);
  expect(labelsThatFit(10, "vertical")).toBe(2);
});
