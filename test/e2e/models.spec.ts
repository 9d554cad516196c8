/** Every model from the window: chosen in the dialog, computed, coloured by, and read in numbers. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import type { ProjectDocument } from "../../src/project/document.ts";
import { extendedXyzText, smallProject, smallStructures } from "../support/carbonCells.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

let studio: LaunchedStudio;
let folder: string;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  mkdirSync(join(folder, "data"));
  const structures = smallStructures();
  for (const name of ["train", "extra", "films"] as const) {
    writeFileSync(join(folder, "data", `${name}.xyz`), extendedXyzText(structures[name]));
  }
  const datasets = Object.fromEntries(
    Object.keys(smallProject.datasets).map((name) => [name, { path: `data/${name}.xyz` }]),
  );
  const document: ProjectDocument = {
    ...smallProject,
    datasets,
    test: [{ dataset: "extra" }],
    similarity: [{ name: "first", dataset: "train" }],
  };
  const path = join(folder, "models.lpr.json");
  writeFileSync(path, JSON.stringify(document));
  studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") } });
  page = studio.page;
  await studio.app.evaluate(({ dialog, BrowserWindow }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1280, height: 720 });
  }, path);
  await page.keyboard.press("Control+o");
  await expect(page.getByRole("heading", { name: "models" })).toBeVisible();
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

function form(): Locator {
  return page.getByRole("dialog", { name: "Model" });
}

function tree(): Locator {
  return page.getByRole("navigation", { name: "Project" });
}

function legend(): Locator {
  return page.getByTestId("legend").first();
}

async function editModel(): Promise<void> {
  await page.getByRole("button", { name: "Edit the model" }).click();
  await expect(form()).toBeVisible();
}

async function applyAndCompute(): Promise<void> {
  await form().getByRole("button", { name: "Apply" }).click();
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-activity", "drawn");
}

async function colorBy(name: string): Promise<void> {
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name, exact: true }).click();
}

async function choose(field: string, option: string): Promise<void> {
  await form().getByRole("combobox", { name: field }).click();
  await page.getByRole("option", { name: option }).click();
}

test("settings of a model type are kept while another one is looked at", async () => {
  await editModel();
  const zeta = form().getByRole("textbox", { name: "Kernel power ζ" });
  await zeta.fill("3");
  await zeta.press("Tab");
  await form().getByRole("radio", { name: "Network" }).click();
  const layers = form().getByRole("textbox", { name: "Hidden layers" });
  await expect(layers).toHaveValue("16, 16");
  await layers.fill("4, none");
  await expect(form().getByText(/Hidden layers must be/)).toBeVisible();
  await expect(form().getByRole("button", { name: "Apply" })).toBeDisabled();
  await expect(form().getByRole("checkbox", { name: "Projected process" })).toBeDisabled();
  await form().getByRole("radio", { name: "Sparse kernel" }).click();
  await expect(zeta).toHaveValue("3");
  await expect(form().getByRole("button", { name: "Apply" })).toBeEnabled();
});

test("a kernel with a found μ and every uncertainty is coloured by each of them", async () => {
  await choose("Regularisation", "Cross-validation");
  const folds = form().getByRole("textbox", { name: "Folds", exact: true });
  await folds.fill("2");
  await folds.press("Tab");
  await form().getByRole("radio", { name: "CUR" }).click();
  await form().getByRole("checkbox", { name: "Committee of models" }).click();
  await form().getByRole("checkbox", { name: "Projected process" }).click();
  await page.screenshot({ path: "test-results/screenshots/model-dialog.png" });
  await applyAndCompute();
  await expect(tree()).toContainText("CUR");
  for (const [property, words] of [
    ["SR uncertainty", /not calibrated, rows:/],
    ["Projected-process uncertainty", /not calibrated/],
    ["Committee std. deviation", /eV, std. deviation/],
    ["Similarity to first", /kernel/],
  ] as const) {
    await colorBy(property);
    await expect(legend()).toHaveAccessibleName(words);
    await expect(legend()).toHaveAccessibleName(/, 0 without value/);
  }
});

test("the table of variants says how μ was found and how the tests went", async () => {
  await page.getByRole("tab", { name: "Variants" }).click();
  await expect(page.getByText(/found by cross-validation on baseline/)).toBeVisible();
  const table = page.getByRole("table").filter({ hasText: "Test RMSE, eV" });
  await expect(table.getByRole("row")).toHaveCount(1 + (smallProject.variants ?? []).length);
  await expect(table).toContainText("Test %RMSE");
});

test("a linear model has none of what only kernels have", async () => {
  await editModel();
  await form().getByRole("radio", { name: "Linear" }).click();
  await form().getByRole("checkbox", { name: "Committee of models" }).click();
  await applyAndCompute();
  await expect(tree()).toContainText("Linear");
  await page.getByRole("combobox", { name: "Property" }).click();
  await expect(page.getByRole("option", { name: "SR uncertainty" })).toBeVisible();
  await expect(page.getByRole("option", { name: /Projected|Committee/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
});

test("a network says how its training ended", async () => {
  await editModel();
  await form().getByRole("radio", { name: "Network" }).click();
  await form().getByRole("textbox", { name: "Hidden layers" }).fill("4");
  const most = form().getByRole("textbox", { name: "Most iterations" });
  await most.fill("3");
  await most.press("Tab");
  await applyAndCompute();
  await expect(tree()).toContainText("Network");
  await expect(page.getByRole("cell", { name: "stopped after 3" }).first()).toBeVisible();
  await expect(page.getByRole("list", { name: "Remarks" })).toContainText("3 iterations");
  await page.screenshot({ path: "test-results/screenshots/network-variants.png" });
});
