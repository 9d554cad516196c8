/** 63 000 atoms in six panels: what goes to the graphics card, counted; charts as densities. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { BIG_ATOMS, BIG_PANELS, writeBigGrid } from "../support/bigGridProject.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { resizeUntilHeard, resizeWindow } from "../support/layoutChecks.ts";
import { sceneStats, settledScene } from "../support/sceneStats.ts";

let studio: LaunchedStudio;
let folder: string;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 240_000 });
test.beforeAll(async () => {
  const project = writeBigGrid();
  ({ folder } = project);
  // Only what is in view is drawn: all six panels are.
  const userData = join(folder, "settings");
  mkdirSync(userData);
  const settings = { theme: "dark", panes: { inspector: 248 } };
  writeFileSync(join(userData, "settings.json"), JSON.stringify(settings));
  studio = await launchStudio({
    args: [project.path],
    userData,
    env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") },
  });
  page = studio.page;
  await resizeWindow(studio.app, 1600, 720);
  await page.keyboard.press("Control+b");
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole("article")).toHaveCount(BIG_PANELS);
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

test("six panels share one buffer of positions", async () => {
  const { uploadedBytes = 0, lastFrameDrawCalls } = await settledScene(page);
  expect(lastFrameDrawCalls).toBe(BIG_PANELS);
  // Positions 16 bytes, once; values 4 and flags 1 in every panel, values twice at most, for species
  // before the result came; tables and corners are less than a byte an atom.
  const shared = 16 * BIG_ATOMS;
  expect(uploadedBytes).toBeGreaterThanOrEqual(shared + BIG_PANELS * 5 * BIG_ATOMS);
  expect(uploadedBytes).toBeLessThan(shared + BIG_PANELS * (5 + 4 + 1) * BIG_ATOMS);
});

test("a recolour is four bytes an atom and one draw a panel, a table alone no byte an atom", async () => {
  const before = await settledScene(page);
  await page.getByRole("radio", { name: "Linear" }).click();
  await expect
    .poll(async () => (await sceneStats(page))["uploadedBytes"])
    .toBeGreaterThan(before["uploadedBytes"]!);
  // A frame may take seconds on a busy machine.
  const linear = await settledScene(page);
  expect(linear["uploadedBytes"]! - before["uploadedBytes"]!).toBe(BIG_PANELS * 4 * BIG_ATOMS);
  expect(linear["lastFrameDrawCalls"]).toBe(BIG_PANELS);
  expect(linear["drawCalls"]! - before["drawCalls"]!).toBe(
    BIG_PANELS * (linear["frames"]! - before["frames"]!),
  );
});

test("panels out of view are not drawn and take no values; those that come into view do so once", async () => {
  // What waits to be uploaded is what the panels out of view have not drawn.
  await resizeUntilHeard(studio, 1280, 720);
  const scroll = page.locator(".panel-scroll");
  const scrollTo = async (end: "start" | "end"): Promise<Record<string, number>> => {
    const { frames = 0 } = await sceneStats(page);
    const isScrolled = await scroll.evaluate((element, where) => {
      const from = element.scrollLeft;
      element.scrollTo({ left: where === "end" ? element.scrollWidth : 0 });
      return element.scrollLeft !== from;
    }, end);
    if (isScrolled) {
      await expect.poll(async () => (await sceneStats(page))["frames"]).toBeGreaterThan(frames);
    }
    return settledScene(page);
  };
  await expect
    .poll(() => scroll.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
    .toBeGreaterThan(100);
  await expect
    .poll(async () => (await sceneStats(page))["lastFrameDrawCalls"], { timeout: 60_000 })
    .toBeLessThan(BIG_PANELS);
  const before = await scrollTo("start");
  const seen = before["lastFrameDrawCalls"]!;
  // So many that either end shows what the other does not.
  expect(seen).toBeGreaterThanOrEqual(BIG_PANELS / 2);
  await page.getByRole("radio", { name: "Log", exact: true }).click();
  await expect
    .poll(async () => (await sceneStats(page))["uploadedBytes"])
    .toBeGreaterThan(before["uploadedBytes"]!);
  const recoloured = await settledScene(page);
  const uploaded = (from: Record<string, number>, to: Record<string, number>): number =>
    to["uploadedBytes"]! - from["uploadedBytes"]!;
  expect(uploaded(before, recoloured)).toBe(seen * 4 * BIG_ATOMS);
  expect(recoloured["lastFrameDrawCalls"]).toBe(seen);
  const there = await scrollTo("end");
  expect(uploaded(recoloured, there)).toBe((BIG_PANELS - seen) * 4 * BIG_ATOMS);
  expect(there["lastFrameDrawCalls"]).toBeLessThan(BIG_PANELS);
  const back = await scrollTo("start");
  expect(uploaded(there, back)).toBe(0);
  expect(back["lastFrameDrawCalls"]).toBe(seen);
  await resizeUntilHeard(studio, 1600, 720);
  await expect
    .poll(async () => (await sceneStats(page))["lastFrameDrawCalls"], { timeout: 60_000 })
    .toBe(BIG_PANELS);
  const wide = await settledScene(page);
  expect([wide["lastFrameDrawCalls"], uploaded(back, wide)]).toEqual([BIG_PANELS, 0]);
});

test("a hover is one pick without a read-back; waiting draws nothing", async () => {
  const box = await page.locator(".panel-canvas").nth(1).boundingBox();
  if (box === null) throw new Error("no panel");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await expect(page.locator(".hover-readout")).toBeVisible();
  const before = await settledScene(page);
  await page.mouse.move(x + 9, y + 4);
  await expect.poll(async () => (await sceneStats(page))["picks"]).toBe(before["picks"]! + 1);
  await page.waitForTimeout(1500);
  const after = await sceneStats(page);
  expect(after["picks"]).toBe(before["picks"]! + 1);
  for (const counter of ["frames", "uploadedBytes", "readbacks"] as const) {
    expect(after[counter], counter).toBe(before[counter]);
  }
  expect(after["readbacks"]).toBe(0);
  await page.mouse.move(5, 300);
});

test("a lost context comes back with all six, uploaded once more", async () => {
  const scene = page.getByTestId("panel-scene");
  const before = await settledScene(page);
  await scene.evaluate((element) => {
    const canvases = [...element.querySelectorAll("canvas")];
    const context = canvases.map((one) => one.getContext("webgl2")).find((one) => one !== null);
    const loss = context?.getExtension("WEBGL_lose_context");
    loss?.loseContext();
    setTimeout(() => loss?.restoreContext(), 300);
  });
  await expect(scene).toHaveAttribute("data-context", "restored");
  const after = await settledScene(page);
  expect(after["lastFrameDrawCalls"]).toBe(BIG_PANELS);
  const uploaded = after["uploadedBytes"]! - before["uploadedBytes"]!;
  expect(uploaded).toBeGreaterThanOrEqual((16 + BIG_PANELS * 5) * BIG_ATOMS);
  expect(uploaded).toBeLessThan((16 + BIG_PANELS * 6) * BIG_ATOMS);
});

test("more points than can be told apart are drawn as a density that says so", async () => {
  await page.getByRole("tab", { name: "Scatter" }).click();
  const plot = page.getByTestId("plot");
  await expect(plot).toHaveAccessibleName(/63,000 atoms/);
  await expect(page.getByText(/drawn as a density/).first()).toBeVisible();
  await page.screenshot({ path: "test-results/screenshots/charts-density-dark.png" });
  // A selection on it is one of atoms.
  await page.getByRole("button", { name: "Select with a rectangle" }).click();
  const box = await plot.boundingBox();
  if (box === null) throw new Error("no plot");
  await page.mouse.move(box.x + 56, box.y + 26);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 4, box.y + box.height - 20, { steps: 3 });
  await page.mouse.up();
  await expect(page.getByText(/[1-9][\d,]* selected/).first()).toBeVisible();
  await page.keyboard.press("Control+z");
});

test("nothing was written to the page's error console", () => {
  expect(studio.pageErrors.filter((line) => !line.includes("CONTEXT_LOST"))).toEqual([]);
});
