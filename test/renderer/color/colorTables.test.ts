import { describe, expect, it } from "vitest";
import { COLOR_TABLES } from "../../../renderer/color/colorTables.ts";
import {
  categoryTable,
  entryColor,
  NO_VALUE_COLOR,
  parseColor,
  parseHexTable,
  reverseTable,
  TABLE_SIZE,
  trimTable,
} from "../../../renderer/color/colorTable.ts";
import { applyCategories } from "../../../renderer/color/colorScale.ts";
import { barIndex, barPixels } from "../../../renderer/color/legendModel.ts";
import {
  coordinationCategories,
  coordinationCodes,
  presentCategories,
  speciesCategories,
  speciesCodes,
} from "../../../renderer/color/categories.ts";

/** Relative luminance of sRGB, IEC 61966-2-1. */
function luminance(r: number, g: number, b: number): number {
  const [lr = 0, lg = 0, lb = 0] = [r, g, b].map((v) => {
    const c = v / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
}

describe("colour tables", () => {
  it("hold 256 entries, with the published ends", () => {
    const ends = Object.fromEntries(
      Object.values(COLOR_TABLES).map((table) => [
        table.id,
        [entryColor(table, 0), entryColor(table, 255)],
      ]),
    );
    for (const { rgb } of Object.values(COLOR_TABLES)) expect(rgb).toHaveLength(TABLE_SIZE * 3);
    expect(ends["viridis"]?.[1]).toBe("#fde725");
    expect(ends["cividis"]).toEqual(["#00224e", "#fee838"]);
    expect(ends["batlow"]).toEqual(["#011959", "#faccfa"]);
    expect(ends["magma"]).toEqual(["#000004", "#fcfdbf"]);
    expect(ends["lpr-diverge"]).toEqual(["#ab2590", "#009b44"]);
  });

  it("begin viridis at a tenth, so that nothing vanishes on a dark view", () => {
    expect(entryColor(COLOR_TABLES.viridis, 0)).not.toBe("#440154");
    const [r, g, b] = COLOR_TABLES.viridis.rgb;
    expect(luminance(r ?? 0, g ?? 0, b ?? 0)).toBeGreaterThan(0.02);
  });

  it.each(["viridis", "cividis", "batlow", "magma", "grey"] as const)(
    "rise in lightness from end to end: %s",
    (id) => {
      const { rgb } = COLOR_TABLES[id];
      const at = (k: number): number =>
        luminance(rgb[3 * k] ?? 0, rgb[3 * k + 1] ?? 0, rgb[3 * k + 2] ?? 0);
      for (let k = 16; k < TABLE_SIZE; k += 16) expect(at(k)).toBeGreaterThan(at(k - 16));
    },
  );

  it("are lightest in the middle when they diverge", () => {
    const { rgb } = COLOR_TABLES["lpr-diverge"];
    const at = (k: number): number =>
      luminance(rgb[3 * k] ?? 0, rgb[3 * k + 1] ?? 0, rgb[3 * k + 2] ?? 0);
    const lightest = Array.from({ length: 256 }, (_, k) => k).reduce((a, b) =>
      at(b) > at(a) ? b : a,
    );
    expect(Math.abs(lightest - 127.5)).toBeLessThan(16);
  });

  it("read the same backwards when reversed twice, and whole when not trimmed", () => {
    const table = COLOR_TABLES.batlow;
    expect(entryColor(reverseTable(table), 0)).toBe(entryColor(table, 255));
    expect(reverseTable(reverseTable(table)).rgb).toEqual(table.rgb);
    expect(trimTable(table, 0, 1).rgb).toEqual(table.rgb);
  });

  it("read colours in their long and in their short form", () => {
    expect(parseColor("#0f1114")).toEqual([15, 17, 20]);
    expect(parseColor(" #fa0")).toEqual([255, 170, 0]);
  });

  it("refuse a table with a missing entry", () => {
    expect(() => parseHexTable("ff0000")).toThrow(RangeError);
  });
});

describe("legend bar", () => {
  it("shows an entry of the table in every pixel, low end at the bottom or left", () => {
    const table = COLOR_TABLES.viridis;
    for (const length of [1, 100, 256, 777]) {
      const across = barPixels(table, length, "horizontal");
      const upright = barPixels(table, length, "vertical");
      for (let k = 0; k < length; k += 1) {
        const entry = table.rgb.subarray(3 * barIndex(k, length), 3 * barIndex(k, length) + 3);
        expect([...across.subarray(4 * k, 4 * k + 4)]).toEqual([...entry, 255]);
        const up = 4 * (length - 1 - k);
        expect([...upright.subarray(up, up + 4)]).toEqual([...entry, 255]);
      }
    }
  });

  it("shows every entry once when it is 256 pixels long", () => {
    expect(Array.from({ length: 256 }, (_, k) => barIndex(k, 256))).toEqual(
      Array.from({ length: 256 }, (_, k) => k),
    );
  });
});

describe("categories", () => {
  it("name species in order and give each atom its entry", () => {
    const categories = speciesCategories([6, 31, 33]);
    expect(categories.map(({ label }) => label)).toEqual(["C", "Ga", "As"]);
    expect([...speciesCodes(Uint8Array.of(33, 6, 31, 1), [6, 31, 33])]).toEqual([2, 0, 1, -1]);
  });

  it("put eight and more neighbours together", () => {
    expect([...coordinationCodes(Uint8Array.of(0, 3, 4, 8, 12))]).toEqual([0, 3, 4, 8, 8]);
    expect(coordinationCategories()[8]?.label).toBe("8 or more");
    expect(new Set(coordinationCategories().map(({ color }) => color)).size).toBe(9);
  });

  it("are listed in a legend only when some atom has them", () => {
    const scalars = new Float32Array(5);
    applyCategories([3, 2, -1, 2, 4], scalars);
    const present = presentCategories(coordinationCategories(), [null, scalars]);
    expect(present.map(({ label }) => label)).toEqual(["2", "3", "4"]);
    expect(presentCategories(coordinationCategories(), [null])).toEqual([]);
  });

  it("leave the rest of the table without a value", () => {
    const table = categoryTable("two", ["#112233", "#445566"]);
    expect(entryColor(table, 1)).toBe("#445566");
    expect(entryColor(table, 2)).toBe(NO_VALUE_COLOR);
    expect(entryColor(table, -1)).toBe(NO_VALUE_COLOR);
  });
});
