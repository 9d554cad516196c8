/** Every model from the window: chosen in the dialog, computed, coloured by, and read in numbers. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { smallProject } from "../support/carbonCells.ts";
import type { LaunchedStudio } from "../support/launchStudio.ts";
import { openSmallProject } from "../support/smallProjectWindow.ts";

let studio: LaunchedStudio;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  studio = await openSmallProject("models", {
    test: [{ dataset: "extra" }],
    similarity: [{ name: "first", dataset: "train" }],
  });
  page = studio.page;
});
test.afterAll(async () => {
  await studio.close();
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
  // What is not there is in the list only to say why.
  await expect(page.getByRole("option", { name: /^(Projected|Committee)/ })).toHaveText([
    "Projected-process uncertainty, not computed",
    "Committee variance, not computed",
  ]);
  await page.keyboard.press("Escape");
  await colorBy("Projected-process uncertainty, not computed");
  await expect(page.locator(".missing-quantity")).toContainText(
    "Only sparse kernel models have one",
  );
  await colorBy("LPR");
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
