/** Files that went elsewhere or changed behind the project's back. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { makeFilmFolder, readProject, type FilmFolder } from "../support/filmFolder.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { resizeUntilHeard } from "../support/layoutChecks.ts";

let films: FilmFolder;
let studio: LaunchedStudio;
let page: Page;
let project: string;

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  films = makeFilmFolder();
  project = films.writeProject("p.lpr.json");
  studio = await launchStudio({ args: [project], env: { LPR_STUDIO_CACHE_DIR: films.cache } });
  page = studio.page;
  await expect(status()).toContainText("16 of 16 atoms shown");
  // Saved once by the application, so that it knows the content of every file.
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved p")).toBeVisible();
  await page.keyboard.press("Control+n");
});
test.afterAll(async () => {
  await studio.close();
  films.remove();
});

const status = (): Locator => page.getByRole("contentinfo", { name: "Status" });
const problems = (): Locator => page.locator(".problems");
const recent = (): Locator => page.getByRole("button", { name: /p\.lpr\.json/ });

async function choose(filePath: string): Promise<void> {
  await studio.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, filePath);
}

async function close(): Promise<void> {
  await page.keyboard.press("Control+n");
  const discard = page.getByRole("button", { name: "Discard changes" });
  await expect(discard.or(recent())).toBeVisible();
  if (await discard.isVisible()) await discard.click();
  await expect(recent()).toBeVisible();
}

test("moved files are found again by pointing at one of them; undo brings the old place back", async () => {
  const elsewhere = join(films.folder, "elsewhere");
  renameSync(join(films.folder, "data"), elsewhere);
  renameSync(join(elsewhere, "films.xyz"), join(elsewhere, "renamed.xyz"));
  await recent().click();
  await expect(status()).toContainText("3 problems");
  await expect(problems()).toContainText("is not where the project expects it");
  await expect(page.locator(".view-empty")).toContainText(
    "The targets are in films, which was not read.",
  );
  const targets = page.locator(".tree-section").filter({ hasText: /^Targets/u });
  await expect(targets).not.toContainText("No structures yet");
  await targets.getByRole("button", { name: "films not read" }).click();
  await expect(problems()).toBeVisible();
  await page.getByRole("tab", { name: "Jobs" }).click();
  await page.getByRole("button", { name: "Show the problem" }).click();
  await expect(problems()).toBeVisible();
  // All that can be done is in view, in one row, also in a small window.
  await resizeUntilHeard(studio, 1280, 720);
  const actions = problems().locator(".button-row").getByRole("button");
  await expect(actions).toHaveCount(5);
  const tops = new Set<number>();
  for (const action of await actions.all()) {
    await expect(action).toBeInViewport({ ratio: 1 });
    tops.add((await action.boundingBox())?.y ?? NaN);
  }
  expect(tops.size).toBe(1);
  await page.screenshot({ path: "test-results/screenshots/moved-files.png" });
  await problems().getByRole("button", { name: "films was not opened" }).click();
  await choose(join(elsewhere, "renamed.xyz"));
  await problems().getByRole("button", { name: "Locate…" }).click();
  await expect(status()).toContainText("16 of 16 atoms shown");
  await expect(page.getByText("2 more files found beside it")).toBeVisible();
  await expect(status()).not.toContainText("problem");
  await expect(page.getByText("Edited")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByText("Edited")).toBeHidden();
  await expect(status()).toContainText("3 problems");
  await page.keyboard.press("Control+Shift+Z");
  await expect(status()).toContainText("16 of 16 atoms shown");
  await expect(status()).not.toContainText("problem");
  await close();
});

test("a search in a folder finds them by content as well", async () => {
  const deep = join(films.folder, "archive", "2024");
  mkdirSync(deep, { recursive: true });
  for (const name of ["train.xyz", "extra.xyz", "renamed.xyz"]) {
    renameSync(join(films.folder, "elsewhere", name), join(deep, name));
  }
  await recent().click();
  await expect(status()).toContainText("3 problems");
  await choose(join(films.folder, "archive"));
  await problems().getByRole("button", { name: "Search a folder…" }).click();
  await expect(page.getByText("3 of 3 files found")).toBeVisible();
  await expect(status()).toContainText("16 of 16 atoms shown");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Edited")).toBeHidden();
  expect(readProject(project).datasets["films"]?.path).toBe("archive/2024/renamed.xyz");
  await close();
});

test("a changed file is used knowingly, and the hash of the project follows", async () => {
  const path = join(films.folder, "archive", "2024", "renamed.xyz");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace("energy=", "remark=changed energy="));
  const before = readProject(project).datasets["films"]?.hash;
  await recent().click();
  await expect(problems()).toContainText("renamed.xyz has changed since the project was saved");
  await expect(status()).toContainText("16 of 16 atoms shown");
  await problems().getByRole("button", { name: "Use the new content" }).click();
  await expect(status()).not.toContainText("problem");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Edited")).toBeHidden();
  expect(readProject(project).datasets["films"]?.hash).not.toBe(before);
  await close();
  await recent().click();
  await expect(status()).toContainText("16 of 16 atoms shown");
  await expect(status()).not.toContainText("problem");
  writeFileSync(path, text);
});

test("a project that another program wrote is not overwritten without a word", async () => {
  const theirs = JSON.stringify({ ...readProject(project), name: "theirs" });
  writeFileSync(project, theirs);
  await page.keyboard.press("Control+s");
  const question = page.getByRole("dialog", { name: /was changed by another program/ });
  await expect(question).toContainText("today at");
  await page.screenshot({ path: "test-results/screenshots/overwrite.png" });
  await question.getByRole("button", { name: "Cancel" }).click();
  expect(readFileSync(project, "utf8")).toBe(theirs);
  await page.keyboard.press("Control+s");
  await question.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByText("is as it is on disk")).toBeVisible();
  await expect(page.getByText("Edited")).toBeHidden();
  await page.keyboard.press("Control+z");
  await expect(page.getByText("Edited")).toBeVisible();
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Edited")).toBeHidden();
  expect(readProject(project).name).toBeUndefined();
});
