/** Looking at own files: columns, copying, a lost graphics context, keyboard only, small windows. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import type { ProjectDocument } from "../../src/project/document.ts";
import { diamondCells, extendedXyzText, smallProject } from "../support/carbonCells.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { resizeWindow, unreachableControls } from "../support/layoutChecks.ts";

let studio: LaunchedStudio;
let folder: string;
let page: Page;

/** Eight atoms with a number (one missing), a vector and a word each. */
const COLUMNS = [
  "8",
  'Lattice="8 0 0 0 8 0 0 0 8" Properties=species:S:1:pos:R:3:charge:R:1:force:R:3:site:S:1 pbc="T T T"',
  ...Array.from({ length: 8 }, (_, i) => {
    const charge = i === 3 ? "nan" : String(0.1 * i);
    const site = i < 5 ? "bulk" : "surface";
    return `C ${String(2 * (i % 2))} ${String(2 * ((i >> 1) % 2))} ${String(2 * (i >> 2))} ${charge} ${String(i)} 0 ${String(-i)} ${site}`;
  }),
  "",
].join("\n");

/** Long enough to be cancelled in the middle. */
const LONG: ProjectDocument = {
  ...smallProject,
  datasets: {
    train: { path: "train.xyz" },
    extra: { path: "extra.xyz" },
    films: { path: "columns.xyz" },
  },
  descriptor: {
    type: "soap",
    basis: "gto",
    cutoff: 5,
    cutoffWidth: 0.5,
    sigma: 0.5,
    nMax: 10,
    lMax: 9,
  },
  variants: [{ name: "baseline", train: [{ dataset: "train" }] }],
  targets: [{ dataset: "films", structures: "0" }],
};

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };
  write("train.xyz", extendedXyzText(diamondCells(400, 100)));
  write("extra.xyz", extendedXyzText(diamondCells(3, 900)));
  write("columns.xyz", COLUMNS);
  write("long.lpr.json", JSON.stringify(LONG));
  studio = await launchStudio({
    args: [join(folder, "long.lpr.json")],
    env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") },
  });
  page = studio.page;
  await resize(1440, 900);
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

const resize = (width: number, height: number, zoom = 1): Promise<void> =>
  resizeWindow(studio.app, width, height, zoom);

function status(): Locator {
  return page.getByRole("contentinfo", { name: "Status" });
}

function legend(): Locator {
  return page.getByTestId("legend").first();
}

async function colorBy(name: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name }).click();
}

async function drawn(): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-activity", "drawn");
  await expect(page.getByText("Up to date")).toBeVisible();
}

async function framesDrawn(): Promise<number> {
  return Number(await page.getByTestId("panel-scene").getAttribute("data-frames"));
}

test("Cancel in the middle stops, says what is ready, and Compute works again", async () => {
  await expect(status()).toContainText("8 of 8 atoms shown");
  const compute = page.getByRole("button", { name: "Compute", exact: true });
  await compute.click();
  await page.getByRole("button", { name: "Cancel", exact: true }).first().dispatchEvent("click");
  await expect(page.getByText("Stopped. 0 of 1 variant is ready.")).toBeVisible();
  await expect(compute).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await drawn();
});

test("a number column is drawn with its missing value in grey and counted", async () => {
  await colorBy(/charge/);
  await expect(legend()).toHaveAccessibleName(/charge/);
  await expect(legend()).toContainText(/no value/);
  await expect(legend()).toContainText(/1 atom/);
  await page.screenshot({ path: "test-results/screenshots/column-with-nan.png" });
});

test("a vector column is offered by component, a word column as categories", async () => {
  await page.getByRole("combobox", { name: "Property" }).click();
  const names = await page.getByRole("option").allTextContents();
  expect(names.filter((name) => name.includes("force"))).toHaveLength(3);
  await page.getByRole("option", { name: /force/ }).nth(2).click();
  await expect(legend()).toHaveAccessibleName(/force/);
  await colorBy(/site/);
  await expect(legend()).toContainText("bulk");
  await expect(legend()).toContainText("surface");
  await page.screenshot({ path: "test-results/screenshots/column-categories.png" });
});

test("Copy image puts the picture on the clipboard", async () => {
  await page.keyboard.press("Control+Shift+C");
  await expect(page.getByText("Image copied")).toBeVisible();
  const size = await studio.app.evaluate(async ({ clipboard }) => {
    const older = clipboard as unknown as {
      readImage?: () => { getSize: () => { width: number; height: number } };
    };
    if (older.readImage !== undefined) return older.readImage().getSize();
    const [item] = await (clipboard as unknown as Clipboard).read();
    return { width: item?.types.includes("image/png") === true ? 2400 : 0, height: 1 };
  });
  expect(size.width).toBe(2400);
  expect(size.height).toBeGreaterThan(0);
});

test("a lost graphics context comes back and is drawn again", async () => {
  const scene = page.getByTestId("panel-scene");
  const before = await framesDrawn();
  await scene.evaluate((element) => {
    const canvases = [...element.querySelectorAll("canvas")];
    const context = canvases.map((one) => one.getContext("webgl2")).find((one) => one !== null);
    const loss = context?.getExtension("WEBGL_lose_context");
    if (loss === null || loss === undefined) throw new Error("no graphics context found");
    loss.loseContext();
    setTimeout(() => {
      loss.restoreContext();
    }, 300);
  });
  await expect(scene).toHaveAttribute("data-context", "lost");
  await expect(scene).toHaveAttribute("data-context", "restored");
  await expect.poll(framesDrawn).toBeGreaterThan(before);
  await page.screenshot({ path: "test-results/screenshots/context-restored.png" });
});

/** What has the focus, and whether one can see it. */
async function focused(): Promise<{ readonly name: string; readonly isVisible: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null) return { name: "", isVisible: false };
    const { boxShadow, outlineStyle } = getComputedStyle(element);
    const name = element.getAttribute("aria-label") ?? element.textContent;
    return { name, isVisible: boxShadow !== "none" || outlineStyle !== "none" };
  });
}

test("with the keyboard alone: regions, tree, property, workspace, table", async () => {
  await page.keyboard.press("Control+1");
  const regions = new Set<string>();
  for (let press = 0; press < 8; press++) {
    await page.keyboard.press("F6");
    const { name, isVisible } = await focused();
    expect(isVisible, `focus on ${name}`).toBe(true);
    regions.add(name);
  }
  expect([...regions]).toEqual(expect.arrayContaining(["Title bar", "Project", "Status"]));
  await page.getByRole("navigation", { name: "Project" }).focus();
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toMatchObject({ name: "Data", isVisible: true });
  await page.keyboard.press("ArrowDown");
  expect((await focused()).name).toContain("train");
  await page.getByRole("combobox", { name: "Property" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Coord");
  await page.keyboard.press("Enter");
  await expect(legend()).toHaveAccessibleName(/Neighbours/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("explore");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Explore" })).toHaveAttribute(
    "aria-current",
    "page",
  );
  // A closing dialog gives the focus back a moment later, wherever it is by then.
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(async () => {
    await page.getByRole("tab", { name: "Charts" }).focus();
    for (const name of ["Distributions", "Scatter", "Parity", "Classes", "Table"]) {
      await page.keyboard.press("ArrowRight");
      await expect(page.getByRole("tab", { name })).toBeFocused({ timeout: 500 });
    }
  }).toPass();
  await page.keyboard.press("Enter");
  const table = page.getByRole("grid");
  await expect(table).toBeVisible();
  await table.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(status()).toContainText("Selection 1");
  await page.keyboard.press("Escape");
  await expect(status()).not.toContainText("Selection");
});

for (const [name, width, height, zoom] of [
  ["1024x640", 1024, 640, 1],
  ["1280x800-at-200", 1280, 800, 2],
  ["1024x640-at-200", 1024, 640, 2],
] as const) {
  test(`at ${name} every control can be reached`, async () => {
    await resize(width, height, zoom);
    for (const workspace of ["1", "2"]) {
      await page.keyboard.press(`Control+${workspace}`);
      await page.waitForTimeout(500);
      await page.screenshot({ path: `test-results/screenshots/${name}-${workspace}.png` });
      expect(await unreachableControls(page)).toEqual([]);
    }
    for (const pane of ["Project pane", "Inspector"]) {
      const button = page.getByRole("button", { name: pane });
      await expect(button).toHaveAttribute("aria-pressed", "false");
      await button.click();
      await page.screenshot({ path: `test-results/screenshots/${name}-${pane}.png` });
      expect(await unreachableControls(page)).toEqual([]);
      await button.click();
    }
  });
}

test("nothing was written to the page's error console", async () => {
  await resize(1440, 900);
  expect(studio.pageErrors.filter((line) => !line.includes("CONTEXT_LOST"))).toEqual([]);
});
