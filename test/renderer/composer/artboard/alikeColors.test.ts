import { expect, it } from "vitest";
import { COLOR_TABLES } from "../../../../renderer/color/colorTables.ts";
import { alikeColors } from "../../../../renderer/composer/artboard/alikeColors.ts";
import { colorDifference, seenColor } from "../../../../renderer/figure/page/colorVision.ts";
import { legendOn } from "../../../support/figures.ts";

const GAIN = { kind: "linear", min: -6, max: 6, linearThreshold: 1 } as const;

it("is told of a map that is as dark below zero as above, seen in grey", () => {
  const gain = legendOn(GAIN, COLOR_TABLES["lpr-diverge"], "LPR gain (%)");
  const [sentence = "", ...more] = alikeColors([gain], "grey");
  expect(more).toEqual([]);
  const [, below = "", above = ""] =
    /^In grey, (−[\d.]+) and (\+[\d.]+) of “LPR gain \(%\)” look alike\.$/.exec(sentence) ?? [];
  expect(Number(above)).toBeGreaterThan(5);
  expect(-Number(below.replace("−", "-"))).toBeGreaterThan(2);
  // Its two hues are kept apart by all who see two.
  expect(alikeColors([gain], "deuteranopia")).toEqual([]);
  expect(alikeColors([gain], "protanopia")).toEqual([]);
});

it.each(["viridis", "cividis", "batlow", "magma", "grey"] as const)(
  "says nothing of %s, whose lightness runs one way",
  (map) => {
    const legend = legendOn(GAIN, COLOR_TABLES[map], "LPR");
    for (const vision of ["grey", "deuteranopia", "protanopia"] as const) {
      expect(alikeColors([legend], vision)).toEqual([]);
    }
  },
);

it("names categories of one lightness", () => {
  const legend = {
    ...legendOn(GAIN, COLOR_TABLES.viridis, "Bonding"),
    content: {
      kind: "categories",
      categories: [
        { label: "sp", color: "#ff0000" },
        { label: "sp²", color: "#0000ff" },
        { label: "sp³", color: "#7f7f7f" },
      ],
    },
  } as const;
  const grey = seenColor([255, 0, 0], "grey");
  expect(colorDifference(grey, [127, 127, 127])).toBeLessThan(5);
  expect(alikeColors([legend], "grey")).toEqual(["In grey, sp and sp³ of “Bonding” look alike."]);
});

it("measures colours as CIE 1976 does", () => {
  // White and black are 100 apart; red and blue of sRGB 176.3 (Lindbloom's calculator).
  expect(colorDifference([255, 255, 255], [0, 0, 0])).toBeCloseTo(100, 1);
  expect(colorDifference([255, 0, 0], [0, 0, 255])).toBeCloseTo(176.3, 0);
});
