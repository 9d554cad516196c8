/** Scales, clips, directions and ranges in one window: rendered atoms against the numbers of the file. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { PNG } from "pngjs";
import { automaticScale } from "../../renderer/color/autoRange.ts";
import { colorIndexOf, type ScaleKind } from "../../renderer/color/colorScale.ts";
import { entryColor, NO_VALUE_COLOR, reverseTable } from "../../renderer/color/colorTable.ts";
import { COLOR_TABLES } from "../../renderer/color/colorTables.ts";
import {
  colorAt,
  colorDistance,
  findDiscs,
  inReadingOrder,
  pictureOf,
  roundDiscs,
  type Disc,
} from "../support/atomDiscs.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { resizeWindow } from "../support/layoutChecks.ts";
import { settledScene } from "../support/sceneStats.ts";

/** Two structures of nine atoms on a square; rows from the top, the last atom has no value. */
const VALUES = [
  [0.02, 0.05, 0.11, -0.3, 0.7, 1.9, 4, 9.5, NaN],
  [-6, 0.4, 1.2, 3, -0.07, 21, 0.009, 55, 2],
] as const;
const SPACING = 6;

type Range = "Grid" | "Row" | "Panel";
type Combination = readonly [
  kind: ScaleKind,
  range: Range,
  percentiles: readonly [number, number],
  reversed: boolean,
  diverging: boolean,
];

/** Every scale with every range; the rest changes with each. */
const COMBINATIONS: readonly Combination[] = [
  ["linear", "Grid", [2, 98], false, false],
  ["linear", "Row", [10, 80], true, true],
  ["linear", "Panel", [0, 100], false, true],
  ["log", "Panel", [0, 100], true, false],
  ["log", "Row", [2, 98], false, false],
  ["log", "Grid", [10, 80], true, true],
  ["symlog", "Grid", [0, 100], false, true],
  ["symlog", "Row", [10, 80], true, false],
  ["symlog", "Panel", [2, 98], true, true],
];

let studio: LaunchedStudio;
let folder: string;

test.describe.configure({ mode: "serial", timeout: 240_000 });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  const frames = VALUES.map((values) => {
    const rows = values.map((value, k) => {
      const x = SPACING * (k % 3);
      const y = SPACING * (2 - Math.floor(k / 3));
      return `C ${String(x)} ${String(y)} 0 ${Number.isNaN(value) ? "nan" : String(value)}`;
    });
    return `9\nProperties=species:S:1:pos:R:3:q:R:1 pbc="F F F"\n${rows.join("\n")}\n`;
  });
  writeFileSync(join(folder, "grid.xyz"), frames.join(""));
  const project = {
    version: 1,
    datasets: { grid: { path: "grid.xyz" } },
    targets: [{ dataset: "grid", labels: ["one", "two"] }],
    views: {
      colorBy: "column:q:0",
      display: { occlusion: false, showAxes: false, showScaleBar: false },
    },
  };
  writeFileSync(join(folder, "grid.lpr.json"), JSON.stringify(project));
  studio = await launchStudio({
    args: [join(folder, "grid.lpr.json")],
    env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") },
  });
  await resizeWindow(studio.app, 1280, 900);
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Sets scale, range, clip, direction and map; whether the range is symmetric. */
async function choose([
  kind,
  range,
  percentiles,
  reversed,
  diverging,
]: Combination): Promise<boolean> {
  const { page } = studio;
  const scales = page.getByLabel("Scale", { exact: true });
  const ranges = page.getByLabel("Range per", { exact: true });
  const words = { linear: "Linear", log: "Log", symlog: "Symlog" } as const;
  await scales.getByRole("radio", { name: words[kind], exact: true }).click();
  await ranges.getByRole("radio", { name: range }).click();
  // The lower end never passes the upper one on the way.
  for (const [name, value] of [
    ["Lower percentile", 0],
    ["Upper percentile", percentiles[1]],
    ["Lower percentile", percentiles[0]],
  ] as const) {
    const field = page.getByRole("textbox", { name });
    await field.fill(String(value));
    await field.press("Enter");
  }
  await page.getByRole("checkbox", { name: "Reversed" }).setChecked(reversed);
  const symmetric = diverging && kind !== "log";
  if (kind !== "log") {
    await page.getByRole("checkbox", { name: "Symmetric about zero" }).setChecked(symmetric);
  }
  const title = diverging ? COLOR_TABLES["lpr-diverge"].label : COLOR_TABLES.viridis.label;
  await page.getByRole("combobox", { name: "Colour map" }).click();
  await page.getByRole("option", { name: title, exact: true }).click();
  await page.mouse.move(4, 300);
  await settledScene(page);
  return symmetric;
}

test("atoms of both panels have the colours of their values, whatever the scale and its range", async () => {
  const { page } = studio;
  const canvases = page.locator(".panel-canvas");
  await expect(canvases).toHaveCount(2);
  await page.getByRole("button", { name: "Look along z" }).click();
  await page.mouse.move(4, 300);
  await settledScene(page);
  // Found before the small legends lie over the panels.
  const places: (readonly Disc[])[] = [];
  for (const index of [0, 1]) {
    places.push(inReadingOrder(findDiscs(await pictureOf(page, canvases.nth(index)))));
  }
  expect(places.map(({ length }) => length)).toEqual([9, 9]);
  for (const combination of COMBINATIONS) {
    const [kind, range, percentiles, reversed] = combination;
    const diverging = combination[4];
    const symmetric = await choose(combination);
    const table = COLOR_TABLES[diverging ? "lpr-diverge" : "viridis"];
    for (const index of [0, 1] as const) {
      const own = range === "Grid" ? VALUES : [VALUES[index]];
      const scale = automaticScale(own, { kind, symmetric, percentiles });
      const legend = page.getByTestId(range === "Grid" ? "legend" : "mini-legend");
      await expect(legend.nth(range === "Grid" ? 0 : index)).toHaveAttribute(
        "aria-label",
        new RegExp(`${kind} from ${String(scale.min)} to ${String(scale.max)},`),
      );
      const picture = await pictureOf(page, canvases.nth(index));
      const shown = places[index]?.map(({ x, y }) => colorAt(picture, x, y));
      const expected = VALUES[index].map((value) =>
        Number.isNaN(value)
          ? NO_VALUE_COLOR
          : entryColor(reversed ? reverseTable(table) : table, colorIndexOf(scale, value)),
      );
      expect(shown, `${kind} ${range} panel ${String(index)}`).toEqual(expected);
    }
  }
  await page.screenshot({ path: "test-results/screenshots/scale-colors.png" });
  expect(studio.pageErrors).toEqual([]);
});

/** What the next dialog that asks where to save is answered with. */
async function saved(name: string, press: () => Promise<void>): Promise<PNG> {
  const file = join(folder, name);
  rmSync(file, { force: true });
  await studio.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await press();
  await expect.poll(() => existsSync(file), { timeout: 60_000 }).toBe(true);
  return PNG.sync.read(readFileSync(file));
}

/** Both panels of the grid, the atoms of each row beside each other. */
async function colorsOnScreen(): Promise<readonly string[]> {
  const { page } = studio;
  await page.mouse.move(4, 300);
  await settledScene(page);
  const canvases = page.locator(".panel-canvas");
  const panels: (readonly Disc[])[] = [];
  for (const index of [0, 1]) {
    const discs = roundDiscs(await pictureOf(page, canvases.nth(index)));
    panels.push(inReadingOrder(discs));
  }
  return [0, 3, 6].flatMap((k) =>
    panels.flatMap((discs) => discs.slice(k, k + 3).map(({ color }) => color)),
  );
}

/** Anti-aliasing takes the mean of four pixels about the middle of an atom. */
const MEAN_OF_FOUR = 3;

function expectColors(picture: PNG, shown: readonly string[], what: string): void {
  const drawn = inReadingOrder(roundDiscs(picture)).map(({ color }) => color);
  expect(drawn, what).toHaveLength(shown.length);
  const far = drawn.filter((color, k) => colorDistance(color, shown[k] ?? "") > MEAN_OF_FOUR);
  expect(far, `${what}: ${drawn.join()} for ${shown.join()}`).toEqual([]);
}

test("figures made from the grid and quick pictures of it have its colours", async () => {
  const { page } = studio;
  await page.getByRole("button", { name: "Look along z" }).click();
  const combinations: readonly Combination[] = [
    ["linear", "Grid", [2, 98], false, false],
    ["log", "Grid", [10, 80], false, false],
    ["symlog", "Grid", [0, 100], true, false],
    ["linear", "Grid", [0, 100], false, true],
  ];
  for (const [k, combination] of combinations.entries()) {
    await choose(combination);
    const shown = await colorsOnScreen();
    expect(shown).toHaveLength(18);
    expect(new Set(shown).size).toBeGreaterThan(8);
    const name = combination.slice(0, 1).join();
    await page.keyboard.press("Control+e");
    const width = page
      .getByRole("dialog", { name: "Export PNG" })
      .getByRole("textbox", { name: "Width" });
    await width.fill("1600");
    await width.press("Tab");
    const quick = await saved(`quick-${String(k)}.png`, () =>
      page
        .getByRole("dialog", { name: "Export PNG" })
        .getByRole("button", { name: "Export" })
        .click(),
    );
    expectColors(quick, shown, `quick picture, ${name}`);
    await page.keyboard.press("Control+4");
    await page
      .getByRole("button", {
        name: k === 0 ? "New figure from the grid" : "New figure",
        exact: true,
      })
      .click();
    if (k > 0) await page.getByRole("menuitem", { name: "From the current grid" }).click();
    await page.getByRole("radio", { name: "PNG", exact: true }).click();
    await page.getByRole("textbox", { name: "Resolution" }).fill("220");
    await page.keyboard.press("Enter");
    const figure = await saved(`figure-${String(k)}.png`, () =>
      page.getByRole("button", { name: "Export PNG", exact: true }).click(),
    );
    expectColors(figure, shown, `figure, ${name}`);
    await page.keyboard.press("Control+1");
  }
  expect(studio.pageErrors).toEqual([]);
});
