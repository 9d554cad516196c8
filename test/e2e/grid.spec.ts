/** The panel grid as an instrument: content, cameras, ranges, differences, one panel alone, saved. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import type { ProjectDocument } from "../../src/project/document.ts";
import type { SavedCamera } from "../../src/project/gridLayout.ts";
import { GRID_ATOMS as N_ATOMS, writeGridProject } from "../support/gridProject.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { resizeUntilHeard } from "../support/layoutChecks.ts";
import { sceneStats, settledScene } from "../support/sceneStats.ts";

let studio: LaunchedStudio;
let folder: string;
let page: Page;
test.describe.configure({ mode: "serial", timeout: 90_000 });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  writeGridProject(folder);
  await open();
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await drawn();
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  studio = await launchStudio({
    args: [join(folder, "grid.lpr.json")],
    env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") },
  });
  page = studio.page;
  await resizeUntilHeard(studio, 1440, 900);
}

async function drawn(): Promise<void> {
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 60_000 });
  await expect(page.locator("html")).toHaveAttribute("data-activity", "drawn");
}

async function choose(menu: string, item: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${menu}:`) }).click();
  await page.getByRole("menuitemradio", { name: item, exact: true }).click();
}

const panel = (name: RegExp): Locator => page.getByRole("article", { name });

const firstCamera = ({ views }: ProjectDocument): SavedCamera | undefined =>
  views?.grid?.cameras?.[0];

test("recolouring six films is one upload and one draw a panel; hovering and waiting draw nothing", async () => {
  await expect(page.getByRole("article")).toHaveCount(6);
  await drawn();
  const before = await settledScene(page);
  await page.getByRole("checkbox", { name: "Reversed" }).click();
  const reversed = await settledScene(page);
  const upload = reversed["uploadedBytes"]! - before["uploadedBytes"]!;
  // Another table, the same values.
  expect(upload).toBeLessThanOrEqual(6 * 4 * N_ATOMS + 1024);
  expect(reversed["lastFrameDrawCalls"]).toBe(6);
  await page.getByRole("radio", { name: "Linear" }).click();
  const linear = await settledScene(page);
  expect(linear["uploadedBytes"]! - reversed["uploadedBytes"]!).toBe(6 * 4 * N_ATOMS);
  expect(linear["lastFrameDrawCalls"]).toBe(6);
  const box = await page.locator(".panel-canvas").first().boundingBox();
  if (box === null) throw new Error("no panel");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.move(box.x + box.width / 2 + 3, box.y + box.height / 2, { steps: 3 });
  await expect(page.locator(".hover-readout")).toContainText("LPR");
  const hovered = await settledScene(page);
  expect(hovered).toMatchObject({
    frames: linear["frames"],
    uploadedBytes: linear["uploadedBytes"],
  });
  await page.getByRole("radio", { name: "Log", exact: true }).click();
  await page.getByRole("checkbox", { name: "Reversed" }).click();
});

test("panels show structures, maps or both; maps move together and share the hover", async () => {
  await choose("Show in the panels", "Structures and maps");
  await expect(page.locator(".panel-canvas")).toHaveCount(6);
  const maps = page.getByTestId("kernel-map");
  await expect(maps).toHaveCount(6);
  const frames = async (index: number): Promise<number> =>
    Number(await maps.nth(index).getAttribute("data-base-frames"));
  await expect.poll(() => frames(5)).toBeGreaterThan(0);
  await page.waitForTimeout(500);
  const before = await frames(5);
  await maps.first().hover();
  await page.mouse.wheel(0, -200);
  await expect.poll(() => frames(5)).toBeGreaterThan(before);
  await page.screenshot({ path: "test-results/screenshots/grid-both.png" });
  const first = panel(/^low, baseline/);
  await first.getByRole("button", { name: "This panel" }).click();
  await page.getByRole("menuitemradio", { name: "Kernel maps" }).click();
  await expect(first.locator(".panel-canvas")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(first.locator(".panel-canvas")).toHaveCount(1);
  await choose("Show in the panels", "Structures");
  await expect(maps).toHaveCount(0);
});

test("a lost context comes back with maps beside the structures", async () => {
  await choose("Show in the panels", "Structures and maps");
  const scene = page.getByTestId("panel-scene");
  await scene.evaluate((element) => {
    const canvases = [...element.querySelectorAll("canvas")];
    const context = canvases.map((one) => one.getContext("webgl2")).find((one) => one !== null);
    const loss = context?.getExtension("WEBGL_lose_context");
    loss?.loseContext();
    setTimeout(() => loss?.restoreContext(), 300);
  });
  await expect(scene).toHaveAttribute("data-context", "restored");
  const now = await settledScene(page);
  expect(now["lastFrameDrawCalls"]).toBe(6);
  await choose("Show in the panels", "Structures");
});

test("cameras turn together, by row, or alone, and the headers say which", async () => {
  const marks = page.locator(".link-mark");
  await expect(marks.first()).toHaveAttribute("data-lock", "all");
  await choose("Cameras", "Panels of a row turn together");
  await expect(marks.first()).toHaveAttribute("data-lock", "row");
  await choose("Cameras", "Every panel turns by itself");
  await expect(marks.first()).toHaveAttribute("data-lock", "own");
  await choose("Cameras", "All panels turn together");
  const first = panel(/^low, baseline/);
  const box = await first.locator(".panel-canvas").boundingBox();
  if (box === null) throw new Error("no panel");
  await page.keyboard.down("Alt");
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 90, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up("Alt");
  await first.getByRole("button", { name: "Join the linked cameras again" }).click();
  await expect(first.locator(".link-mark")).toHaveAttribute("data-lock", "all");
});

test("ranges are shared, by row or by panel, and a legend tells each of them", async () => {
  const legends = page.getByTestId("legend");
  await expect(legends).toHaveCount(1);
  await expect(legends.first()).toContainText(/one range, ?6 panels/);
  await choose("Colour range", "A colour range for each row");
  await expect(legends).toHaveCount(2);
  await expect(legends.last()).toContainText("one range in each row");
  await choose("Colour range", "A colour range for each panel");
  await expect(page.getByTestId("mini-legend")).toHaveCount(6);
  await expect(legends.first()).toContainText("own range in each panel");
  await page.screenshot({ path: "test-results/screenshots/grid-own-ranges.png" });
  await page.keyboard.press("Control+z");
  await expect(page.getByTestId("mini-legend")).toHaveCount(0);
  await choose("Colour range", "One colour range for all panels");
});

test("a column of differences is centred on zero, for every quantity of the variants", async () => {
  await page.getByRole("button", { name: "Add a column of differences" }).click();
  await page.getByRole("combobox", { name: "Kind of difference" }).click();
  await page.getByRole("option", { name: /per cent/ }).click();
  await page.getByRole("button", { name: "Add the column" }).click();
  await expect(page.getByRole("article")).toHaveCount(8);
  const legend = page.getByTestId("legend").nth(1);
  await expect(legend).toContainText("Δ LPR");
  await expect(legend).toContainText("percent of A");
  const [, low = "", high = ""] =
    / from (\S+) to (\S+),/.exec((await legend.getAttribute("aria-label")) ?? "") ?? [];
  expect(Number(low)).toBe(-Number(high));
  await page.screenshot({ path: "test-results/screenshots/grid-difference.png" });
  await panel(/^low, Δ %/)
    .locator(".panel-canvas")
    .click({ position: { x: 5, y: 5 } });
  await expect(page.getByText("Of the column of differences")).toBeVisible();
  for (const property of ["SR uncertainty", "Local energy"]) {
    await page.getByRole("combobox", { name: "Property" }).click();
    await page.getByRole("option", { name: property }).click();
    await expect(page.getByRole("article")).toHaveCount(8);
    await expect(panel(/^low, Δ %/).locator(".panel-mean")).toContainText("%");
  }
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name: "LPR", exact: true }).click();
});

test("hovering a column of differences reads A, B and the change with its unit", async () => {
  // Another panel is the active one: what is under the pointer is read all the same.
  await panel(/^low, baseline/)
    .locator(".panel-canvas")
    .click({ position: { x: 5, y: 5 } });
  const canvas = panel(/^low, Δ %/).locator(".panel-canvas");
  const box = await canvas.boundingBox();
  if (box === null) throw new Error("no panel");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.move(box.x + box.width / 2 + 2, box.y + box.height / 2, { steps: 2 });
  const tip = page.getByRole("tooltip");
  await expect(tip).toContainText(/LPR, A: baseline[\d.]+/);
  await expect(tip).toContainText(/LPR, B: \S.*[\d.]+/);
  await expect(tip).toContainText(/B over A[+−]?[\d.]+ %/);
  await expect(page.locator(".hover-readout")).toContainText(
    /LPR, A: baseline [\d.]+.* · LPR, B: .* · B over A [+−]?[\d.]+ %/,
  );
  await page.mouse.move(5, 5);
});

test("a variant or target dragged onto a panel is shown there; the header's menu does the same", async () => {
  const titles = async (): Promise<string[]> =>
    page
      .locator(".panel-title")
      .allTextContents()
      .then((all) => all.slice(0, 3));
  const dragTo = async (from: Locator, to: Locator): Promise<void> => {
    const [start, end] = [await from.boundingBox(), await to.boundingBox()];
    if (start === null || end === null) throw new Error("not on screen");
    await page.mouse.move(start.x + 40, start.y + 12);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 5 });
  };
  const tree = page.getByRole("navigation", { name: "Project" });
  const first = panel(/^low, baseline/).locator(".panel-canvas");
  await dragTo(tree.locator(".tree-row", { hasText: "fewer" }), first);
  await expect(page.locator(".panel-drop")).toHaveText("Show fewer here");
  await page.screenshot({ path: "test-results/screenshots/grid-drop.png" });
  await page.mouse.up();
  await expect.poll(titles).toEqual(["fewer", "more diamond", "baseline"]);
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect.poll(titles).toEqual(["baseline", "more diamond", "fewer"]);
  // A header goes onto another; Escape gives it up.
  const header = panel(/^low, baseline/).locator(".panel-header");
  await dragTo(header, panel(/^low, fewer/).locator(".panel-canvas"));
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await titles()).toEqual(["baseline", "more diamond", "fewer"]);
  await dragTo(header, panel(/^low, fewer/).locator(".panel-canvas"));
  await page.mouse.up();
  await expect.poll(titles).toEqual(["fewer", "more diamond", "baseline"]);
  await page.keyboard.press("Control+z");
  // A hidden variant takes the place, and the one that was there is hidden.
  await page.getByRole("button", { name: "Show fewer" }).click();
  await expect.poll(titles).toEqual(["baseline", "more diamond", expect.stringMatching(/^Δ/)]);
  await panel(/^low, more diamond/)
    .getByRole("button", { name: "This panel" })
    .press("Enter");
  await page.getByRole("menuitem", { name: "Variant in this column" }).press("ArrowRight");
  await page.getByRole("menuitemcheckbox", { name: "fewer" }).press("Enter");
  await expect.poll(titles).toEqual(["baseline", "fewer", expect.stringMatching(/^Δ/)]);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect.poll(titles).toEqual(["baseline", "more diamond", "fewer"]);
  const labels = async (): Promise<string[]> => page.locator(".row-label b").allTextContents();
  await dragTo(tree.locator(".tree-row", { hasText: "high" }), first);
  await page.mouse.up();
  await expect.poll(labels).toEqual(["high", "low"]);
  await page.keyboard.press("Control+z");
  await expect.poll(labels).toEqual(["low", "high"]);
});

/** Panels of which something is in view of the grid. */
async function panelsInView(): Promise<number> {
  return page.locator(".panel-scroll").evaluate((scroll) => {
    const outer = scroll.getBoundingClientRect();
    const [right, bottom] = [outer.left + scroll.clientWidth, outer.top + scroll.clientHeight];
    return [...scroll.querySelectorAll(".panel-canvas")].filter((element) => {
      const box = element.getBoundingClientRect();
      return (
        box.left < right && box.right > outer.left && box.top < bottom && box.bottom > outer.top
      );
    }).length;
  });
}

test("a grid that is larger than its place scrolls, and what comes into view is drawn", async () => {
  // Four columns and their legend just fit into the smallest window; six do not.
  for (const kind of [/^Difference/, /^Ratio/]) {
    await page.getByRole("button", { name: "Add a column of differences" }).click();
    await page.getByRole("combobox", { name: "Kind of difference" }).click();
    await page.getByRole("option", { name: kind }).click();
    await page.getByRole("button", { name: "Add the column" }).click();
  }
  await expect(page.getByRole("article")).toHaveCount(12);
  await resizeUntilHeard(studio, 1024, 640);
  const scroll = page.locator(".panel-scroll");
  await expect
    .poll(() => scroll.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
    .toBeGreaterThan(100);
  // Added columns were brought into view.
  await scroll.evaluate((element) => {
    element.scrollTo({ left: 0, top: 0 });
  });
  // Out of view nothing is drawn; what comes into view is.
  const before = await settledScene(page);
  expect(before["lastFrameDrawCalls"]).toBe(await panelsInView());
  expect(before["lastFrameDrawCalls"]).toBeLessThan(12);
  await scroll.evaluate((element) => {
    element.scrollTo({ left: element.scrollWidth, top: element.scrollHeight });
  });
  await expect
    .poll(async () => (await sceneStats(page))["frames"])
    .toBeGreaterThan(before["frames"] ?? 0);
  const after = await settledScene(page);
  expect(after["lastFrameDrawCalls"]).toBe(await panelsInView());
  const last = panel(/^high, Δ %/);
  const box = await last.locator(".panel-canvas").boundingBox();
  if (box === null) throw new Error("no panel");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.move(box.x + box.width / 2 + 2, box.y + box.height / 2, { steps: 2 });
  // The button that added a column still has the focus, and its own tooltip.
  const reading = page.getByRole("tooltip").filter({ hasText: /over/ });
  await expect(reading).toContainText("B over A");
  await expect(page.locator(".row-label b").last()).toBeInViewport();
  await page.screenshot({ path: "test-results/screenshots/grid-scrolled.png" });
  await page.mouse.move(5, 5);
  await resizeUntilHeard(studio, 1440, 900);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("article")).toHaveCount(8);
});

test("one panel fills the grid by a double click on its header, and Escape goes back", async () => {
  await panel(/^high, fewer/)
    .locator(".panel-header")
    .dblclick({ position: { x: 20, y: 10 } });
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(page.getByRole("contentinfo", { name: "Status" })).toContainText(
    "3,456 of 3,456 atoms shown",
  );
  await page.keyboard.press("Escape");
  await expect(page.getByRole("article")).toHaveCount(8);
  await page.keyboard.press("m");
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.keyboard.press("m");
  await expect(page.getByRole("article")).toHaveCount(8);
});

test("variants and targets are moved in the tree with mouse and keyboard, and back with Undo", async () => {
  const order = async (): Promise<string[]> =>
    page
      .locator(".panel-title")
      .allTextContents()
      .then((all) => all.slice(0, 3));
  expect(await order()).toEqual(["baseline", "more diamond", "fewer"]);
  const tree = page.getByRole("navigation", { name: "Project" });
  const from = await tree.locator(".tree-row", { hasText: "fewer" }).boundingBox();
  const to = await tree.locator(".tree-row", { hasText: "more diamond" }).boundingBox();
  if (from === null || to === null) throw new Error("no rows");
  await page.mouse.move(from.x + 40, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 4, { steps: 5 });
  await page.mouse.up();
  await expect.poll(order).toEqual(["baseline", "fewer", "more diamond"]);
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect.poll(order).toEqual(["baseline", "more diamond", "fewer"]);
  const labels = async (): Promise<string[]> => page.locator(".row-label b").allTextContents();
  await tree.locator(".tree-row", { hasText: "high" }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(labels).toEqual(["high", "low"]);
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect.poll(labels).toEqual(["low", "high"]);
});

test("the layout is in the saved file and comes back with it", async () => {
  await choose("Cameras", "Panels of a row turn together");
  await choose("Colour range", "A colour range for each row");
  await page.getByRole("button", { name: "Show fewer" }).click();
  const box = await page.locator(".panel-canvas").first().boundingBox();
  if (box === null) throw new Error("no panel");
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 130, box.y + 100, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.press("Control+s");
  await expect(page.getByText(/^Saved grid/)).toBeVisible();
  const saved = JSON.parse(readFileSync(join(folder, "grid.lpr.json"), "utf8")) as ProjectDocument;
  expect(saved.views?.grid).toMatchObject({
    cameraLock: "rows",
    range: "rows",
    hiddenVariants: ["fewer"],
    differences: [{ as: "percent" }],
  });
  const before = firstCamera(saved);
  expect(before?.row).toEqual({ dataset: "films", structure: 0 });
  expect(studio.pageErrors).toEqual([]);
  await studio.close();
  await open();
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await drawn();
  await expect(page.locator(".link-mark").first()).toHaveAttribute("data-lock", "row");
  await expect(page.getByRole("article")).toHaveCount(6);
  await expect(page.getByTestId("legend")).toHaveCount(4);
  await page.keyboard.press("Control+s");
  await expect(page.getByText(/^Saved grid/)).toBeVisible();
  const again = JSON.parse(readFileSync(join(folder, "grid.lpr.json"), "utf8")) as ProjectDocument;
  const after = firstCamera(again);
  expect(after?.rotation[0]).toBeCloseTo(before?.rotation[0] ?? NaN, 6);
  expect(after?.span).toBeCloseTo(before?.span ?? NaN, 3);
  expect(studio.pageErrors).toEqual([]);
});
