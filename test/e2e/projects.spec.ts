/** A stranger's own files: saved, reopened, computed, cancelled, coloured, and reached by keyboard. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import type { ProjectDocument } from "../../src/project/document.ts";
import { smallProject } from "../support/carbonCells.ts";
import { dropFiles } from "../support/dropFiles.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { resizeWindow } from "../support/layoutChecks.ts";
import { smallDataFolder } from "../support/smallProjectWindow.ts";

let studio: LaunchedStudio;
let folder: string;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  folder = smallDataFolder();
  studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") } });
  page = studio.page;
  await resizeWindow(studio.app, 1440, 900);
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The next open dialogs give these files. */
async function chooseFiles(...filePaths: readonly string[]): Promise<void> {
  await studio.app.evaluate(({ dialog }, paths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...paths] });
  }, filePaths);
}

/** The next save dialogs give this file. */
async function chooseTarget(filePath: string): Promise<void> {
  await studio.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, filePath);
}

async function openFiles(...filePaths: readonly string[]): Promise<void> {
  await chooseFiles(...filePaths);
  await page.keyboard.press("Control+o");
}

/** Leaves whatever is open without saving. */
async function startAnew(): Promise<void> {
  await page.keyboard.press("Control+n");
  const discard = page.getByRole("button", { name: "Discard changes" });
  const start = page.getByRole("heading", { name: "Your own files" });
  await expect(discard.or(start)).toBeVisible();
  if (await discard.isVisible()) await discard.click();
  await expect(start).toBeVisible();
}

async function drawn(): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-activity", "drawn");
  await expect(page.getByText("Up to date")).toBeVisible();
}

function status(): Locator {
  return page.getByRole("contentinfo", { name: "Status" });
}

function legend(): Locator {
  return page.getByTestId("legend").first();
}

function problem(): Locator {
  return page.getByRole("alert").first();
}

function writeProject(name: string, document: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof document === "string" ? document : JSON.stringify(document));
  return path;
}

/** The small project, next to its files. */
function ownProject(change: Partial<ProjectDocument> = {}): ProjectDocument {
  const datasets = Object.fromEntries(
    Object.keys(smallProject.datasets).map((name) => [name, { path: `data/${name}.xyz` }]),
  );
  return { ...smallProject, datasets, ...change };
}

function onDisk(path: string): ProjectDocument {
  return JSON.parse(readFileSync(path, "utf8")) as ProjectDocument;
}

const variantRow = (name: string): Locator =>
  page.getByRole("navigation", { name: "Project" }).getByRole("button", { name, exact: false });

test("a dropped structure appears at once, coloured by its species", async () => {
  await dropFiles(page, page.locator(".start"), join(folder, "data", "films.xyz"));
  await expect(status()).toContainText("16 of 16 atoms shown");
  await expect(legend()).toHaveAccessibleName(/Species/);
  await expect(page.getByRole("article")).toHaveCount(2);
  await expect(page.getByText("Edited")).toBeVisible();
  await page.screenshot({ path: "test-results/screenshots/dropped-structure.png" });
});

test("Compute says what it still needs instead of failing", async () => {
  const compute = page.getByRole("button", { name: "Compute", exact: true });
  await expect(compute).toHaveAttribute("aria-disabled", "true");
  await expect(compute).toHaveAccessibleDescription(/Choose a file to train on/);
  await compute.hover();
  await expect(page.getByRole("tooltip")).toContainText("Choose a file to train on");
  await compute.click({ force: true });
  await expect(page.getByRole("button", { name: "Cancel", exact: true })).toHaveCount(0);
});

test("unsaved changes are not thrown away without asking", async () => {
  await page.keyboard.press("Control+n");
  const question = page.getByRole("dialog", { name: "Save the changes first?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(status()).toContainText("16 of 16 atoms shown");
  await startAnew();
});

test("two files get the roles that their sizes suggest, and compute with one click", async () => {
  await openFiles(join(folder, "data", "films.xyz"), join(folder, "data", "train.xyz"));
  const tree = page.getByRole("navigation", { name: "Project" });
  await expect(tree).toContainText("baseline");
  await expect(tree).toContainText("SOAP 3.7 Å");
  await expect(page.getByRole("article")).toHaveCount(2);
  const compute = page.getByRole("button", { name: "Compute", exact: true });
  await expect(compute).toHaveAttribute("aria-disabled", "false");
  await startAnew();
});

const saved = (): string => join(folder, "projects", "mine.lpr.json");

test("save as writes relative paths and content hashes", async () => {
  mkdirSync(join(folder, "projects"));
  await openFiles(writeProject("small.lpr.json", ownProject()));
  await expect(page.getByText("Edited")).toBeHidden();
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await drawn();
  await expect(legend()).toHaveAccessibleName(/LPR/);
  await chooseTarget(saved());
  await page.keyboard.press("Control+Shift+S");
  await expect(page.getByText("Saved mine")).toBeVisible();
  await expect(page.getByRole("heading", { name: "mine" })).toBeVisible();
  await expect(page.getByText("Up to date")).toBeVisible();
  const { datasets } = onDisk(saved());
  expect(datasets["train"]?.path).toBe("../data/train.xyz");
  for (const entry of Object.values(datasets)) expect(entry.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test("another μ makes the variants stale; undo and redo go back and forth", async () => {
  await page.getByRole("button", { name: "Edit the model" }).click();
  const form = page.getByRole("dialog", { name: "Model" });
  const mu = form.getByRole("textbox", { name: "Regularisation μ" });
  await mu.fill("−1");
  await mu.press("Tab");
  await expect(form.getByText("μ must not be negative.")).toBeVisible();
  await expect(form.getByRole("button", { name: "Apply" })).toBeDisabled();
  await mu.fill("2e-3");
  await mu.press("Tab");
  await form.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Edited")).toBeVisible();
  await expect(variantRow("baseline").first()).toContainText("stale");
  await expect(variantRow("more diamond").first()).toContainText("stale");
  await page.screenshot({ path: "test-results/screenshots/stale-variants.png" });
  await page.keyboard.press("Control+z");
  await expect(page.getByText("Up to date")).toBeVisible();
  await expect(page.getByText("Edited")).toBeHidden();
  await page.keyboard.press("Control+Shift+Z");
  await expect(variantRow("baseline").first()).toContainText("stale");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Edited")).toBeHidden();
  expect(onDisk(saved()).model?.regularizer).toBe(2e-3);
  expect(onDisk(saved()).datasets["train"]?.path).toBe("../data/train.xyz");
});

test("what was undone past a save still finds its files", async () => {
  await page.keyboard.press("Control+z");
  await expect(page.getByText("Edited")).toBeVisible();
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(variantRow("baseline").first()).toContainText("stale");
});

test("the saved project is reopened from the recent files, and is the same", async () => {
  await page.keyboard.press("Control+s");
  // At once: what is still being written must not touch what is opened meanwhile.
  await page.keyboard.press("Control+n");
  await expect(page.getByRole("heading", { name: "Your own files" })).toBeVisible();
  await expect.poll(() => onDisk(saved()).views?.colorBy).toBe("lpr");
  const before = onDisk(saved());
  await page.getByRole("button", { name: /mine\.lpr\.json/ }).click();
  await expect(status()).toContainText("atoms shown");
  await expect(page.getByText("Edited")).toBeHidden();
  await expect(status()).not.toContainText("problem");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved mine")).toBeVisible();
  const after = onDisk(saved());
  expect(after).toEqual(before);
});

test("a dataset that changed since it was saved is remarked on", async () => {
  const films = join(folder, "data", "films.xyz");
  const text = readFileSync(films, "utf8");
  writeFileSync(films, text.replace("energy=", "remark=changed energy="));
  await startAnew();
  await page.getByRole("button", { name: /mine\.lpr\.json/ }).click();
  await expect(problem()).toContainText("films.xyz has changed since the project was saved");
  await expect(status()).toContainText("16 of 16 atoms shown");
  await page.screenshot({ path: "test-results/screenshots/changed-dataset.png" });
  writeFileSync(films, text);
});

test("a dataset that is away is named with a remedy, and another file can be chosen", async () => {
  const document = ownProject();
  const path = writeProject("moved.lpr.json", {
    ...document,
    datasets: { ...document.datasets, films: { path: "data/gone.xyz" } },
  });
  await startAnew();
  await openFiles(path);
  await expect(problem()).toContainText("gone.xyz is not where the project expects it");
  await expect(problem()).toContainText("search a folder for it");
  await expect(status()).toContainText("1 problem");
  await page.screenshot({ path: "test-results/screenshots/missing-dataset.png" });
  await chooseFiles(join(folder, "data", "films.xyz"));
  await problem().getByRole("button", { name: "Locate…" }).click();
  await expect(status()).toContainText("16 of 16 atoms shown");
  await expect(status()).not.toContainText("problem");
  await startAnew();
});

const model = smallProject.model;
const BAD_PROJECTS: readonly (readonly [string, unknown, readonly RegExp[]])[] = [
  ["unknown-key.lpr.json", { ...ownProject(), modle: {} }, [/modle/]],
  [
    "negative.lpr.json",
    { ...ownProject(), model: { ...model, regularizer: -1 } },
    [/model\.regularizer/, /-1|−1/],
  ],
  ["broken.lpr.json", '{ "version": 1, "datasets": {', [/line|JSON/i]],
  ["list.lpr.json", [1, 2], [/object|project/i]],
  [
    "selector.lpr.json",
    { ...ownProject(), targets: [{ dataset: "flims", structures: ":" }] },
    [/targets\[0\]\.dataset/, /flims/],
  ],
];

for (const [name, document, words] of BAD_PROJECTS) {
  test(`${name} is refused with its place in the file, and nothing changes`, async () => {
    const path = writeProject(name, document);
    const text = readFileSync(path, "utf8");
    await openFiles(path);
    for (const word of words) await expect(problem()).toContainText(word);
    await expect(problem()).toContainText(name);
    await expect(page.getByText("Edited")).toBeHidden();
    expect(readFileSync(path, "utf8")).toBe(text);
    await page.screenshot({ path: `test-results/screenshots/bad-${name}.png` });
    await page.getByRole("button", { name: "Dismiss" }).click();
  });
}
