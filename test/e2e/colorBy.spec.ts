/** Every quantity that atoms can be coloured by: in the list, with a legend that says what it is. */
import { expect, test, type Page } from "@playwright/test";
import { smallModel } from "../support/carbonCells.ts";
import type { LaunchedStudio } from "../support/launchStudio.ts";
import { openSmallProject } from "../support/smallProjectWindow.ts";

let studio: LaunchedStudio & { readonly folder: string };
let page: Page;

test.describe.configure({ mode: "serial", timeout: 90_000 });
test.beforeAll(async () => {
  studio = await openSmallProject("colours", { maps: [], model: smallModel });
  ({ page } = studio);
});
test.afterAll(async () => {
  await studio.close();
});

async function colorBy(name: string): Promise<void> {
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name, exact: true }).click();
}

test("what is not computed says what it needs; the button brings it and shows it", async () => {
  await colorBy("Committee variance, not computed");
  const note = page.locator(".missing-quantity");
  await expect(note).toContainText("Committee variance is not computed. It needs a committee");
  await note.getByRole("button", { name: "Edit the model" }).click();
  await page.getByRole("checkbox", { name: "Committee of models" }).check();
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(note).toContainText("It appears with the next computation.");
  await colorBy("Similarity to a crystal, not computed");
  await expect(note.getByRole("combobox", { name: "File of the crystal" })).toBeVisible();
  await colorBy("Map coordinates, not computed");
  await expect(note).toContainText("This project has no kernel map yet.");
  await page.screenshot({ path: "test-results/screenshots/color-missing.png" });
  await note.getByRole("button", { name: "Add a map and compute" }).click();
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("combobox", { name: "Property" })).toHaveText("Kernel component 1");
  await expect(note).toHaveCount(0);
});

test("a similarity is asked for where it is missing", async () => {
  await colorBy("Similarity to a crystal, not computed");
  const note = page.locator(".missing-quantity");
  await note.getByRole("combobox", { name: "File of the crystal" }).click();
  await page.getByRole("option", { name: "extra", exact: true }).click();
  await note.getByRole("button", { name: "Compare and compute" }).click();
  await expect(page.getByRole("combobox", { name: "Property" })).toHaveText("Similarity to extra", {
    timeout: 60_000,
  });
});

test("each quantity has a legend with its unit or convention", async () => {
  const legend = page.getByTestId("legend").first();
  for (const [name, words] of [
    ["LPR", /^LPR, rows: mean, log scale/],
    ["LPR enhancement", /^LPR gain, percent/],
    ["SR uncertainty", /^SR uncertainty, not calibrated, rows: mean/],
    ["Committee std. deviation", /^Committee, eV, std\. deviation/],
    ["Committee variance", /^Committee, eV², variance/],
    ["Local energy", /^Energy, eV per atom/],
    ["Similarity to extra", /^Similarity to extra, kernel/],
    ["Kernel component 1", /^Kernel component 1, \d+ % of variance/],
    ["Kernel component 2", /^Kernel component 2, \d+ % of variance/],
    ["Species", /^Species, C/],
    ["Coordination", /^Neighbours, within bond cutoff/],
    ["sp, sp², sp³", /^Bonding, by coordination/],
  ] as const) {
    await colorBy(name);
    await expect(legend, name).toHaveAttribute("aria-label", words);
  }
  await page.getByRole("combobox", { name: "Property" }).click();
  await expect(page.getByRole("option", { name: /Projected-process.*not computed/ })).toBeVisible();
  await page.keyboard.press("Escape");
  expect(studio.pageErrors).toEqual([]);
});
