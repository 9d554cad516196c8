/** The list of changes, and undo of what was looked at. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { makeFilmFolder, type FilmFolder } from "../support/filmFolder.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

let films: FilmFolder;
let studio: LaunchedStudio;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  films = makeFilmFolder();
  studio = await launchStudio({
    args: [films.writeProject("p.lpr.json")],
    env: { LPR_STUDIO_CACHE_DIR: films.cache },
  });
  page = studio.page;
  await expect(page.getByText("16 of 16 atoms shown")).toBeVisible();
});
test.afterAll(async () => {
  await studio.close();
  films.remove();
});

const tree = (): Locator => page.getByRole("navigation", { name: "Project" });
const history = (): Locator => tree().getByRole("button", { name: /History/ });
const undo = (): Locator => page.getByRole("button", { name: "Undo", exact: true });

async function rename(from: string, to: string): Promise<void> {
  await tree().getByRole("button", { name: from }).first().click({ button: "right" });
  await page.getByRole("menuitem", { name: "Rename…" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(to);
  await page.keyboard.press("Enter");
  await expect(tree()).toContainText(to);
}

test("opening a project is no step: there is nothing to undo", async () => {
  await expect(undo()).toBeDisabled();
  await expect(history()).toBeDisabled();
});

test("each change is a step, and the list goes to any of them", async () => {
  await rename("more diamond", "first");
  await rename("first", "second");
  await rename("second", "third");
  await expect(history()).toContainText("3 steps");
  await history().click();
  const list = page.getByRole("dialog", { name: "History" });
  await expect(list.getByRole("button")).toHaveCount(4);
  await page.screenshot({ path: "test-results/screenshots/history.png" });
  await list.getByRole("button", { name: /“first”/ }).click();
  await expect(tree()).toContainText("first");
  await expect(history()).toContainText("1 step");
  await list.getByRole("button", { name: "Opened" }).click();
  await expect(tree()).toContainText("more diamond");
  await expect(page.getByText("Edited")).toBeHidden();
  await list.getByRole("button", { name: /“third”/ }).click();
  await page.keyboard.press("Escape");
  await expect(tree()).toContainText("third");
});

test("a camera move and a selection are undone before the change that came first", async () => {
  const box = await page.getByRole("article").first().boundingBox();
  if (box === null) throw new Error("no panel");
  const { x, y, width, height } = box;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.wheel(0, 120);
  // A step ends when the camera has rested.
  await page.waitForTimeout(500);
  await page.keyboard.press("Control+Shift+I");
  const status = page.getByRole("contentinfo", { name: "Status" });
  await expect(status).toContainText("Selection");
  await page.keyboard.press("Control+z");
  await expect(status).not.toContainText("Selection");
  await page.keyboard.press("Control+z");
  await expect(tree()).toContainText("third");
  await expect(history()).toContainText("3 steps");
  await page.keyboard.press("Control+z");
  await expect(history()).toContainText("2 steps");
  await expect(tree()).toContainText("second");
  await page.keyboard.press("Control+Shift+Z");
  await expect(tree()).toContainText("third");
});
