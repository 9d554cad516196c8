/** Legend and atoms are the same pixels: what is read off the legend is what the file says. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { PNG } from "pngjs";
import { colorIndexOf, indexOfFraction, type ColorScale } from "../../renderer/color/colorScale.ts";
import {
  entryColor,
  NO_VALUE_COLOR,
  reverseTable,
  TABLE_SIZE,
  type ColorTable,
} from "../../renderer/color/colorTable.ts";
import { COLOR_TABLES } from "../../renderer/color/colorTables.ts";
import { colorAt, findDiscs, inReadingOrder, pictureOf } from "../support/atomDiscs.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { settledScene } from "../support/sceneStats.ts";

/** Rows from the top of the picture (largest y) to the bottom; the last atom has no value. */
const VALUES = [0.02, 0.05, 0.11, 0.3, 0.7, 1.9, 4, 9.5, Number.NaN] as const;
const SPACING = 6;
const RANGE = { min: 0.05, max: 5 } as const;

let studio: LaunchedStudio;
let folder: string;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") } });
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Nine atoms on a square grid in one plane, the first at the top left when seen along z. */
function gridFile(): string {
  const lines = VALUES.map((value, k) => {
    const x = SPACING * (k % 3);
    const y = SPACING * (2 - Math.floor(k / 3));
    return `C ${String(x)} ${String(y)} 0 ${Number.isNaN(value) ? "nan" : String(value)}`;
  });
  const header = 'Properties=species:S:1:pos:R:3:q:R:1 pbc="F F F"';
  return `${String(VALUES.length)}\n${header}\n${lines.join("\n")}\n`;
}

async function expectAtoms(page: Page, scale: ColorScale, table: ColorTable): Promise<void> {
  await page.mouse.move(4, 300);
  await settledScene(page);
  const picture = await pictureOf(page, page.locator(".panel-canvas"));
  const discs = inReadingOrder(findDiscs(picture));
  expect(discs.map(({ color }) => color)).toEqual(
    VALUES.map((value) =>
      Number.isNaN(value) ? NO_VALUE_COLOR : entryColor(table, colorIndexOf(scale, value)),
    ),
  );
}

/** Every pixel along the middle of the bar is the entry that belongs to its height. */
async function expectLegend(page: Page, table: ColorTable): Promise<void> {
  const box = await page.getByTestId("legend-bar").boundingBox();
  if (box === null) throw new Error("no legend");
  const clip = { x: Math.round(box.x) + 8, y: Math.round(box.y), width: 1 };
  const height = Math.round(box.height);
  const bar = PNG.sync.read(await page.screenshot({ clip: { ...clip, height }, scale: "device" }));
  const n = bar.height;
  const pixels = Array.from({ length: n }, (_, row) => colorAt(bar, 0, row));
  const expected = pixels.map((_, row) =>
    entryColor(table, indexOfFraction((n - 1 - row + 0.5) / n)),
  );
  expect(pixels).toEqual(expected);
  expect(pixels.at(-1)).toBe(entryColor(table, 0));
  expect(pixels[0]).toBe(entryColor(table, TABLE_SIZE - 1));
}

async function setEnd(page: Page, label: string, value: number): Promise<void> {
  const field = page.getByRole("textbox", { name: label });
  await field.fill(String(value));
  await field.press("Enter");
}

async function setRange(page: Page): Promise<void> {
  await setEnd(page, "Upper end", RANGE.max);
  await setEnd(page, "Lower end", RANGE.min);
  const words = new RegExp(`from ${String(RANGE.min)} to ${String(RANGE.max)}`);
  await expect(page.getByTestId("legend")).toHaveAttribute("aria-label", words);
}

test("a column of a file colours its atoms, seen straight and without shading", async () => {
  const { app, page } = studio;
  const file = join(folder, "grid.xyz");
  writeFileSync(file, gridFile());
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
  await page.keyboard.press("Control+o");
  await expect(page.getByRole("contentinfo", { name: "Status" })).toContainText(
    "9 of 9 atoms shown",
  );
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name: "q", exact: true }).click();
  for (const name of ["Occlusion", "Axes", "Scale bar"]) {
    await page.getByRole("checkbox", { name }).uncheck();
  }
  await page.getByRole("button", { name: /along z/i }).click();
  await settledScene(page);
  const discs = findDiscs(await pictureOf(page, page.locator(".panel-canvas")));
  expect(discs).toHaveLength(VALUES.length);
});

for (const kind of ["linear", "log"] as const) {
  for (const reversed of [false, true]) {
    const name = `${kind}${reversed ? ", reversed" : ""}`;
    test(`the middle of every atom is the legend's entry for its value: ${name}`, async () => {
      const { page } = studio;
      await page.getByText(kind === "log" ? "Log" : "Linear", { exact: true }).click();
      await page.getByRole("checkbox", { name: "Reversed" }).setChecked(reversed);
      await setRange(page);
      const id = await page.getByTestId("legend-bar").getAttribute("data-table");
      const table = COLOR_TABLES.viridis;
      expect(id).toBe(reversed ? `${table.id}-reversed` : table.id);
      const shown = reversed ? reverseTable(table) : table;
      const scale: ColorScale = { kind, ...RANGE, linearThreshold: 1 };
      await expectAtoms(page, scale, shown);
      await expectLegend(page, shown);
      await expect(page.getByTestId("legend")).toHaveAttribute(
        "aria-label",
        /1 under, 1 over, 1 without value/,
      );
    });
  }
}

test("nothing was written to the page's error console", () => {
  expect(studio.pageErrors).toEqual([]);
});
