/** Charts of the drawer on a small project with a committee, linked to film and selection. */
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
    uncertainty: { committee: { members: 4, seed: 1 } },
  };
  const path = join(folder, "charts.lpr.json");
  writeFileSync(path, JSON.stringify(document));
  studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") } });
  page = studio.page;
  await studio.app.evaluate(({ dialog, BrowserWindow }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1280, height: 720 });
  }, path);
  await page.keyboard.press("Control+o");
  await expect(page.getByRole("heading", { name: "charts" })).toBeVisible();
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

function drawer(): Locator {
  return page.locator(".drawer");
}

async function openTab(name: string): Promise<void> {
  await page.getByRole("tab", { name, exact: true }).click();
}

async function choose(field: string, option: string): Promise<void> {
  await drawer().getByRole("combobox", { name: field }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

async function clipboard(): Promise<string> {
  return studio.app.evaluate(({ clipboard: board }) => board.readText());
}

async function picture(name: string): Promise<void> {
  for (const theme of ["dark", "light"]) {
    await page.evaluate((to) => {
      document.documentElement.setAttribute("data-theme", to);
    }, theme);
    await page.waitForTimeout(150);
    await page.screenshot({ path: `test-results/screenshots/charts-${name}-${theme}.png` });
  }
}

/** Drags over the whole plot. */
async function dragOver(plot: Locator): Promise<void> {
  const box = await plot.boundingBox();
  if (box === null) throw new Error("The plot has no place.");
  await page.mouse.move(box.x + 68, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
  await page.mouse.move(box.x + box.width - 4, box.y + box.height - 20, { steps: 3 });
  await page.mouse.up();
}

test("before a result the charts say that they wait for one", async () => {
  for (const tab of ["Scatter", "Parity", "Classes"]) {
    await openTab(tab);
    await expect(drawer().getByText(/appear.? with the first result/)).toBeVisible();
  }
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
});

test("the scatter begins with variance ratio against LPR ratio and their trend", async () => {
  await openTab("Scatter");
  const plot = page.getByTestId("plot");
  await expect(plot).toHaveAccessibleName(
    /Committee variance ratio to baseline against LPR ratio to baseline, more diamond: 16 atoms/,
  );
  await expect(drawer().getByText("Log–log slope")).toBeVisible();
  await expect(drawer().getByText("Spearman", { exact: true })).toBeVisible();
  await picture("scatter");
  await choose("Quantity along Y", "Coordination");
  await expect(drawer().getByText(/both axes are logarithmic/)).toBeVisible();
  await choose("Quantity along Y", "Committee variance ratio");
});

test("a rectangle on the scatter selects atoms everywhere, in one step to undo", async () => {
  const plot = page.getByTestId("plot");
  await drawer().getByRole("button", { name: "Select with a rectangle" }).click();
  await dragOver(plot);
  await expect(drawer().getByText("16 selected", { exact: false })).toBeVisible();
  await expect(page.getByRole("contentinfo")).toContainText("16");
  await page.keyboard.press("Control+z");
  await expect(drawer().getByText(/selected/)).toHaveCount(0);
});

test("the keyboard walks along the points and selects one", async () => {
  const plot = page.getByTestId("plot");
  await plot.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect(drawer().getByText("1 selected", { exact: false })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(drawer().getByText(/selected/)).toHaveCount(0);
});

test("the points of the scatter are copied in full precision", async () => {
  await drawer().getByRole("button", { name: "Copy CSV" }).click();
  await expect(page.getByText("Copied as CSV")).toBeVisible();
  const lines = (await clipboard()).trimEnd().split("\n");
  expect(lines).toHaveLength(17);
  expect(lines[0]).toBe(
    "dataset,structure,atom,class,variant,selected,LPR ratio to baseline,Committee variance ratio to baseline",
  );
  for (const line of lines.slice(1)) {
    const cells = line.split(",");
    expect(Number(cells[6])).toBeGreaterThan(0);
    expect(Number(cells[7])).toBeGreaterThan(0);
  }
});

test("the table of classes selects a class and counts the selection", async () => {
  await openTab("Classes");
  const table = drawer().getByRole("table");
  await expect(table).toContainText("All atoms");
  // Two rows of headings come first.
  const row = table.getByRole("row").nth(2);
  const count = await row.getByRole("cell").first().textContent();
  await row.getByRole("button").click();
  const selected = table.getByRole("row", { name: /^Selected/ });
  await expect(selected.getByRole("cell").first()).toHaveText(count ?? "");
  await picture("classes");
  await drawer().getByRole("button", { name: "Copy CSV" }).click();
  await expect
    .poll(clipboard)
    .toMatch(/^class,atoms,share,Median LPR of baseline,Median LPR of more diamond/);
});

test("distributions show variants or classes, the selection over them", async () => {
  await openTab("Distributions");
  const chart = drawer().getByRole("img", { name: /LPR/ });
  for (const [kind, name] of [
    ["ECDF", /^Cumulative shares of LPR .*baseline, 16 atoms, .*more diamond, 16 atoms/],
    ["Violin", /^Violins of LPR/],
    ["Histogram", /^Histogram of LPR/],
  ] as const) {
    await drawer().getByRole("radio", { name: kind }).click();
    await expect(chart).toHaveAccessibleName(name);
    await picture(`distributions-${kind.toLowerCase()}`);
  }
  await expect(drawer().locator("path.selected-line")).toHaveCount(2);
  await drawer().getByRole("radio", { name: "Per class" }).click();
  await expect(chart).toHaveAccessibleName(/sp³, \d+ atoms/);
  await drawer().getByRole("button", { name: "Copy CSV" }).click();
  await expect.poll(clipboard).toMatch(/^class,LPR \(rows: mean\)/);
});

test("parity shows every member of every atom and prints their spread", async () => {
  await openTab("Parity");
  const plot = page.getByTestId("plot");
  await expect(plot).toHaveAccessibleName(/^Energies of 4 committee members .* RMS spread [\d.]+/);
  await expect(drawer().getByText("RMS spread", { exact: true })).toBeVisible();
  await expect(drawer().getByText(/16 atoms × 4 members/)).toBeVisible();
  await dragOver(plot);
  await expect(page.getByRole("contentinfo")).toContainText("16");
  await picture("parity");
  await drawer().getByRole("button", { name: "Copy CSV" }).click();
  await expect.poll(clipboard).toMatch(/^dataset,structure,atom,variant,"mean, eV","member 1, eV"/);
});

test("nothing of this wrote an error to the console", () => {
  expect(studio.pageErrors).toEqual([]);
});
