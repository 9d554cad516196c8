/** The table of atoms and the numbers of the variants, on a small project. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { openSmallProject } from "../support/smallProjectWindow.ts";

let studio: Awaited<ReturnType<typeof openSmallProject>>;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  studio = await openSmallProject("charts", {
    uncertainty: { committee: { members: 4, seed: 1 } },
  });
  page = studio.page;
});
test.afterAll(async () => {
  await studio.close();
});

function drawer(): Locator {
  return page.locator(".drawer");
}

async function openTab(name: string): Promise<void> {
  await page.getByRole("tab", { name, exact: true }).click();
}

async function clipboard(): Promise<string> {
  return studio.app.evaluate(({ clipboard: board }) => board.readText());
}

function grid(): Locator {
  return drawer().getByRole("grid");
}

function selectedRows(): Locator {
  return grid().locator('[role="row"][aria-selected="true"]');
}

async function numbersInOrder(): Promise<readonly number[]> {
  const rows = grid().locator(".table-row > :first-child");
  return (await rows.allTextContents()).map(Number);
}

test("every column sorts, and any quantity can be a column", async () => {
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
  await openTab("Table");
  await page.keyboard.press("Control+Shift+J");
  await expect(grid()).toHaveAttribute("aria-rowcount", /^\d+$/);
  await drawer().getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Committee variance", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: "Position, x" }).click();
  await page.getByRole("menuitemcheckbox", { name: "One column a variant" }).click();
  await page.keyboard.press("Escape");
  for (const name of [
    /Committee variance \(eV²\), baseline/,
    /Committee variance .*, more diamond/,
  ]) {
    await expect(grid().getByRole("button", { name })).toBeVisible();
  }
  await expect(grid().getByRole("button", { name: "Sort by Position along x, Å" })).toHaveCount(0);
  const before = await numbersInOrder();
  const lpr = grid().getByRole("button", { name: /Sort by LPR .*, baseline/ });
  await lpr.click();
  await lpr.click();
  const values = (await grid().locator(".table-row > :nth-child(3)").allTextContents()).map(Number);
  expect(values.length).toBeGreaterThan(3);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  expect(await numbersInOrder()).not.toEqual(before);
  await page.screenshot({ path: "test-results/screenshots/table-columns.png" });
  await grid().getByRole("button", { name: "Sort by Number of the atom, from 1" }).click();
});

test("rows are selected one by one, as a range and by keys, and undone", async () => {
  const row = (k: number): Locator => grid().locator(`#atom-row-${String(k)}`);
  await row(1).click();
  await row(3).click({ modifiers: ["Shift"] });
  await expect(selectedRows()).toHaveCount(3);
  await row(5).click({ modifiers: ["Control"] });
  await expect(selectedRows()).toHaveCount(4);
  await row(2).click({ modifiers: ["Control"] });
  await expect(selectedRows()).toHaveCount(3);
  await row(0).click();
  await grid().focus();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(selectedRows()).toHaveCount(3);
  await expect(page.getByRole("contentinfo")).toContainText("Selection 3");
  await page.keyboard.press("Control+z");
  await expect(selectedRows()).toHaveCount(2);
});

test("a typed number goes to its atom, and the selected rows are copied", async () => {
  await grid().focus();
  await page.keyboard.type("7");
  await expect(drawer().getByText("atom 7", { exact: true })).toBeVisible();
  await expect(grid().locator('[data-cursor="true"] > :first-child')).toHaveText("7");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+c");
  await expect(page.getByText("Rows copied as TSV")).toBeVisible();
  const lines = (await clipboard()).trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^Number of the atom, from 1\tSpecies\tLPR/);
  expect(lines[1]).toMatch(/^7\tC\t/);
  await drawer().getByRole("button", { name: "Copy CSV" }).click();
  await expect(page.getByText("Copied 1 selected atom as CSV")).toBeVisible();
  expect((await clipboard()).trimEnd().split("\n")).toHaveLength(2);
  await grid().focus();
  await page.keyboard.press("Escape");
});

test("the numbers of variants are those of summary.json", async () => {
  await openTab("Variants");
  await drawer().getByRole("radio", { name: "LPR by target" }).click();
  const table = drawer().getByRole("table");
  await expect(table.getByRole("columnheader", { name: "Harmonic" })).toBeVisible();
  await expect(table.getByRole("row", { name: /more diamond/ }).first()).toContainText("%");
  await page.screenshot({ path: "test-results/screenshots/variants-rigidity.png" });
  await drawer().getByRole("radio", { name: "Numerics" }).click();
  for (const name of ["Rank", "Dropped", "Condition", "LPR error"]) {
    await expect(table.getByRole("columnheader", { name, exact: true })).toBeVisible();
  }
  await drawer().getByRole("radio", { name: "Run" }).click();
  await expect(drawer().getByText("Key of the result")).toBeVisible();
  await expect(
    drawer()
      .getByText(/^sha256:/)
      .first(),
  ).toBeVisible();
  const file = join(studio.folder, "run.csv");
  await studio.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await drawer().getByRole("button", { name: "Export CSV…" }).click();
  await expect(page.getByText(`Exported ${file}`)).toBeVisible();
  expect(readFileSync(file, "utf8")).toContain("Structure rows,mean");
});

test("nothing of this wrote an error to the console", () => {
  expect(studio.pageErrors).toEqual([]);
});
