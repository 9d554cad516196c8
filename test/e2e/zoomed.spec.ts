/** The workbench at 200 % zoom: 720×450 CSS px of a window of 1440×900, and the smallest window. */
import { expect, test, type Page } from "@playwright/test";
import { makeFilmFolder, type FilmFolder } from "../support/filmFolder.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { cutWords, resizeWindow, unreachableControls } from "../support/layoutChecks.ts";

let films: FilmFolder;
let studio: LaunchedStudio;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 180_000 });
test.beforeAll(async () => {
  films = makeFilmFolder();
  studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: films.cache } });
  page = studio.page;
  await resizeWindow(studio.app, 1440, 900, 2);
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(720);
});
test.afterAll(async () => {
  await studio.close();
  films.remove();
});

/** px. */
async function heightOf(selector: string): Promise<number> {
  return (await page.locator(selector).first().boundingBox())?.height ?? 0;
}

/** Nothing is out of reach and no word is cut. */
async function expectWhole(what: string): Promise<void> {
  expect(await unreachableControls(page), what).toEqual([]);
  expect(await cutWords(page), what).toEqual([]);
}

test("the start screen scrolls to its last example", async () => {
  await expectWhole("start screen");
  const last = page.getByRole("region", { name: "More examples" }).getByRole("button").last();
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport({ ratio: 1 });
});

test("the drawer is folded until it is asked for, and leaves the panels their room", async () => {
  await studio.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, films.writeProject("p.lpr.json"));
  await page.keyboard.press("Control+o");
  await expect(page.getByText("16 of 16 atoms shown")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Up to date")).toBeVisible();
  await expect(page.locator(".drawer")).toHaveAttribute("data-open", "false");
  expect(await heightOf(".panel-canvas")).toBeGreaterThanOrEqual(160);
  await page.getByRole("button", { name: "Open the drawer" }).click();
  await expect(page.locator(".drawer")).toHaveAttribute("data-open", "true");
  await expect.poll(() => heightOf(".panel-canvas")).toBeGreaterThanOrEqual(159);
  expect(await heightOf(".drawer")).toBeGreaterThanOrEqual(140);
  await expectWhole("Compare with the drawer");
  await page.keyboard.press("Control+j");
});

test("no workspace cuts anything off", async () => {
  for (const [key, name] of [
    ["1", "Compare"],
    ["2", "Explore"],
    ["3", "What if"],
  ] as const) {
    await page.keyboard.press(`Control+${key}`);
    await expect(page.getByRole("region", { name, exact: true })).toBeVisible();
    await expectWhole(name);
    // What if has its list of structures beside the panels, and as many panels as fit.
    const least = name === "What if" ? 120 : 159;
    await expect.poll(() => heightOf(".panel-canvas"), { message: name }).toBeGreaterThan(least);
  }
  await page.keyboard.press("Control+4");
  await page.getByRole("button", { name: "New figure from the grid" }).click();
  await expect(page.locator(".figure-page")).toBeVisible();
  expect(await unreachableControls(page), "Figure").toEqual([]);
  await page.keyboard.press("Control+1");
});

test("panes lie over the view, one at a time in reach", async () => {
  for (const pane of ["Project pane", "Inspector"]) {
    const button = page.getByRole("button", { name: pane });
    await button.click();
    await expectWhole(pane);
    await button.click();
  }
});

test("dialogs stay inside the window and scroll", async () => {
  for (const words of ["export png", "about", "keyboard shortcuts", "generate a crystal"]) {
    await page.keyboard.press("Control+k");
    await page.keyboard.type(words);
    await page.keyboard.press("Enter");
    const box = await page.getByRole("dialog").boundingBox();
    expect(box?.y, words).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0), words).toBeLessThanOrEqual(450);
    await expectWhole(words);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
});

test("in the smallest window the open drawer covers the view", async () => {
  await resizeWindow(studio.app, 1024, 640, 2);
  await expect.poll(() => page.evaluate(() => innerHeight)).toBe(320);
  await expect(page.locator(".drawer")).toHaveAttribute("data-open", "false");
  expect(await heightOf(".panel-canvas")).toBeGreaterThanOrEqual(159);
  await page.keyboard.press("Control+j");
  await expect(page.locator(".drawer")).toHaveAttribute("data-maximized", "true");
  await expectWhole("drawer over the view");
  await page.keyboard.press("Control+j");
  await resizeWindow(studio.app, 1440, 900);
  await expect(page.locator(".drawer")).toHaveAttribute("data-open", "true");
  expect(studio.pageErrors).toEqual([]);
});
