/** Features of another program: chosen, looked at, mapped to atoms, computed with and coloured by. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { writeNpy } from "../../src/formats/npy.ts";
import { writeNpz } from "../../src/formats/npz.ts";
import { createRandom, uniform } from "../../src/random.ts";
import { makeFilmFolder, readProject, type FilmFolder } from "../support/filmFolder.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

const COLUMNS = 4;

let films: FilmFolder;
let studio: LaunchedStudio;
let page: Page;
let project: string;

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  films = makeFilmFolder();
  project = films.writeProject("p.lpr.json", {
    variants: [{ name: "baseline", train: [{ dataset: "train", structures: "0:10" }] }],
  });
  writeFeatures("train.npz", 12);
  writeFeatures("films.npz", 2);
  writeFileSync(join(films.folder, "damaged.npz"), "PK this is no archive");
  const spoilt = new Float64Array(96 * COLUMNS).fill(1).with(5, Number.NaN);
  writeFileSync(join(films.folder, "spoilt.npy"), writeNpy(spoilt, [96, COLUMNS]));
  studio = await launchStudio({ args: [project], env: { LPR_STUDIO_CACHE_DIR: films.cache } });
  page = studio.page;
  await expect(page.getByRole("contentinfo", { name: "Status" })).toContainText("16 of 16 atoms");
});
test.afterAll(async () => {
  await studio.close();
  films.remove();
});

/** Cells of 8 atoms each, the last one first. */
function writeFeatures(name: string, cells: number): void {
  const random = createRandom(cells);
  const rows = 8 * cells;
  const last = cells - 1;
  const bytes = writeNpz({
    embedding: {
      data: Float64Array.from({ length: rows * COLUMNS }, () => uniform(random)),
      shape: [rows, COLUMNS],
    },
    frame: {
      data: Int32Array.from({ length: rows }, (_, row) => last - Math.floor(row / 8)),
      shape: [rows],
    },
  });
  writeFileSync(join(films.folder, name), bytes);
}

const form = (): Locator => page.getByRole("dialog", { name: "Import features" });
const row = (name: string): Locator =>
  page.getByRole("navigation", { name: "Project" }).getByTitle(new RegExp(`^${name}: `));
const apply = (): Locator => form().getByRole("button", { name: "Apply" });
const uses = (): Locator => form().getByRole("checkbox", { name: /Describe environments/ });

async function choose(name: string): Promise<void> {
  await studio.app.evaluate(
    ({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    },
    join(films.folder, name),
  );
  await form().getByRole("button", { name: "Choose a file…" }).press("Enter");
}

test("a damaged file and one of other structures are refused in the dialog", async () => {
  await row("train.xyz").focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: "Import features…" }).press("Enter");
  await expect(apply()).toBeDisabled();
  await choose("damaged.npz");
  await expect(form().getByRole("alert")).toContainText(/damaged\.npz.*numpy\.savez/);
  await expect(apply()).toBeDisabled();
  await choose("films.npz");
  await expect(form().getByRole("alert")).toContainText("Found 16 rows, expected 96");
  await expect(apply()).toBeDisabled();
  await choose("spoilt.npy");
  await expect(form().getByRole("alert")).toContainText(
    "1 value is NaN or infinite, the first one in row 1, column 1",
  );
  await expect(apply()).toBeDisabled();
});

test("arrays are shown and mapped; the model is offered once every file has features", async () => {
  await choose("train.npz");
  const arrays = form().getByRole("table", { name: "Arrays of the file" });
  await expect(arrays.getByRole("row", { name: /^embedding 96 × 4 f8/ })).toBeVisible();
  await expect(arrays.getByRole("row", { name: /^frame 96 i4/ })).toBeVisible();
  await expect(form()).toContainText("All of them are finite");
  await form().getByRole("combobox", { name: "Rows" }).click();
  await page.getByRole("option", { name: /“frame”/ }).click();
  await expect(uses()).toBeDisabled();
  await expect(form()).toContainText("Still without: films");
  await page.screenshot({ path: "test-results/screenshots/import-features.png" });
  await apply().press("Enter");
  await expect(form()).toBeHidden();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("import features");
  await page.keyboard.press("Enter");
  await expect(form().getByRole("combobox", { name: "For the atoms of" })).toContainText("films");
  await choose("films.npz");
  await expect(uses()).toBeChecked();
  await form().getByRole("checkbox", { name: "Divide every row by its length" }).click();
  await page.screenshot({ path: "test-results/screenshots/import-features-model.png" });
  await apply().click();
});

test("LPR is computed with them and coloured by; it is one step to undo", async () => {
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-activity", "drawn");
  await expect(page.getByTestId("legend").first()).toHaveAccessibleName(/LPR.*, 0 without value/);
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved p")).toBeVisible();
  const saved = readProject(project);
  expect(saved.descriptor).toEqual({ type: "features", normalize: true });
  expect(saved.model?.type).toBe("linear");
  expect(saved.datasets["train"]?.features).toMatchObject({
    path: "train.npz",
    array: "embedding",
    structures: "frame",
  });
  expect(saved.datasets["films"]?.features).toMatchObject({ path: "films.npz" });
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+s");
  await expect.poll(() => readProject(project).descriptor?.type).toBe("soap");
  const undone = readProject(project).datasets;
  expect([undone["films"]?.features, undone["train"]?.features?.array]).toEqual([
    undefined,
    "embedding",
  ]);
  expect(studio.pageErrors).toEqual([]);
});
