/** Choosing atoms by an expression, naming the choice, and writing it to a file. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { parseProject } from "../../src/project/schema.ts";
import { extendedXyzText, smallProject, smallStructures } from "../support/carbonCells.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

let studio: LaunchedStudio;
let folder: string;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  const structures = smallStructures();
  for (const name of ["train", "extra", "films"] as const) {
    writeFileSync(join(folder, `${name}.xyz`), extendedXyzText(structures[name]));
  }
  const path = join(folder, "select.lpr.json");
  writeFileSync(path, JSON.stringify(smallProject));
  studio = await launchStudio({
    args: [path],
    env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") },
  });
  page = studio.page;
  await studio.app.evaluate(
    ({ dialog, BrowserWindow }, file) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file });
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1280, height: 720 });
    },
    join(folder, "selected.xyz"),
  );
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

function section(): Locator {
  return page.getByRole("region", { name: "Selection", exact: true });
}

function field(): Locator {
  return section().getByRole("combobox", { name: "Select by expression" });
}

async function expectSelected(count: number): Promise<void> {
  const status = page.getByRole("contentinfo");
  if (count === 0) await expect(status).not.toContainText("Selection");
  else await expect(status).toContainText(`Selection ${String(count)}`);
}

test("the keyboard leads to the field, names are completed, the count follows the typing", async () => {
  await page.keyboard.press("Control+2");
  await page.keyboard.press("/");
  await expect(field()).toBeFocused();
  await page.keyboard.type("coo");
  const names = page.getByRole("listbox", { name: "Names" });
  await expect(names.getByRole("option", { name: /^coordination/ })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(field()).toHaveValue("coordination");
  await page.keyboard.type(" > 0 && lpr <= p0");
  await expect(section().getByText("1 of 8 atoms under baseline")).toBeVisible();
  await page.keyboard.press("Enter");
  await expectSelected(1);
  await section().getByRole("radio", { name: "All shown" }).click();
  await expect(section().getByText("2 of 16 atoms under baseline")).toBeVisible();
  await section().getByRole("button", { name: "Select", exact: true }).click();
  await expectSelected(2);
});

test("a mistake is underlined, explained and selects nothing", async () => {
  await field().fill("lpr < p5 && coordnation == 3");
  await expect(field()).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator(".expression-underline mark")).toHaveText("coordnation");
  await expect(section().getByRole("status")).toHaveText(
    "There is no quantity “coordnation” here. Did you mean coordination?",
  );
  await field().press("Enter");
  await expectSelected(2);
  await page.screenshot({ path: "test-results/screenshots/select-mistake.png" });
});

test("Shift adds, Alt removes, and each step can be undone", async () => {
  await field().fill("index < 2");
  await field().press("Enter");
  await expectSelected(4);
  await field().fill("index == 5");
  await field().press("Shift+Enter");
  await expectSelected(6);
  await field().fill("index == 0");
  await field().press("Alt+Enter");
  await expectSelected(4);
  await section().getByRole("heading", { name: "Selection" }).click();
  await page.keyboard.press("Control+z");
  await expectSelected(6);
  await page.keyboard.press("Control+Shift+z");
  await expectSelected(4);
  await section().getByRole("button", { name: "Earlier expressions" }).click();
  await expect(page.getByRole("menuitem")).toHaveText([
    "index == 0",
    "index == 5",
    "index < 2",
    "coordination > 0 && lpr <= p0",
  ]);
  await page.getByRole("menuitem", { name: "index < 2" }).click();
  await expect(field()).toHaveValue("index < 2");
});

test("the worst share is chosen by LPR and can be grown", async () => {
  await section().getByRole("radio", { name: "This target" }).click();
  const percent = section().getByRole("textbox", { name: "Percent of atoms of lowest LPR" });
  await percent.fill("25");
  await percent.press("Enter");
  await section().getByRole("button", { name: "Select the worst" }).click();
  await expect(field()).toHaveValue("lpr <= p25");
  await expectSelected(2);
  await section().getByRole("button", { name: "Grow" }).click();
  await expect(page.getByRole("contentinfo")).not.toContainText("Selection 2");
  await page.keyboard.press("Control+z");
  await expectSelected(2);
});

test("a named selection is part of the project, in the tree, and can be undone", async () => {
  await section().getByRole("button", { name: "Save", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Save selection" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("weak spots");
  await page.keyboard.press("Enter");
  const tree = page.getByRole("navigation", { name: "Project" });
  const row = tree.getByRole("button", { name: /weak spots 2/ });
  await expect(row).toBeVisible();
  await section().getByRole("button", { name: "Clear the selection" }).click();
  await expectSelected(0);
  await row.click();
  await expectSelected(2);
  // Steps are undone in the order they came: the two of the selection, then the name.
  await page.keyboard.press("Control+z");
  await expectSelected(0);
  await page.keyboard.press("Control+z");
  await expectSelected(2);
  await page.keyboard.press("Control+z");
  await expect(row).toHaveCount(0);
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("Control+Shift+z");
  await expect(row).toBeVisible();
  await expectSelected(2);
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved select", { exact: true })).toBeVisible();
  const saved = parseProject(readFileSync(join(folder, "select.lpr.json"), "utf8"), {
    fileName: "select.lpr.json",
  });
  expect(saved.selections).toMatchObject([
    { name: "weak spots", expression: "lpr <= p25", atoms: [{ dataset: "films", structure: 0 }] },
  ]);
  expect(saved.views?.["expressions"]).toContain("lpr <= p25");
  await page.screenshot({ path: "test-results/screenshots/select-saved.png" });
});

test("selected atoms are written as extended XYZ with their LPR and index", async () => {
  await section().getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Atoms as extended XYZ…" }).click();
  await expect(page.getByText("2 atoms written to selected.xyz")).toBeVisible();
  const [count, header, ...lines] = readFileSync(join(folder, "selected.xyz"), "utf8").split("\n");
  expect(count).toBe("2");
  expect(header).toContain("Properties=species:S:1:pos:R:3:atom_index:I:1:lpr:R:1");
  expect(lines.filter((line) => line.startsWith("C "))).toHaveLength(2);
  expect(studio.pageErrors).toEqual([]);
});

test("a file becomes a reference by its menu, and the similarity can be asked for", async () => {
  const tree = page.getByRole("navigation", { name: "Project" });
  const extra = tree.getByRole("button", { name: /^extra/ });
  await extra.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Compare atoms with its first structure" }).click();
  await expect(page.getByText("Atoms compared with extra")).toBeVisible();
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
  await field().fill("similarity_extra > 0");
  await expect(section().getByText("8 of 8 atoms")).toBeVisible();
  await extra.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Do not compare atoms with it" }).click();
  await page.keyboard.press("Control+z");
  await extra.click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Do not compare atoms with it" })).toBeVisible();
  await page.screenshot({ path: "test-results/screenshots/select-file-menu.png" });
  await page.keyboard.press("Escape");
  expect(studio.pageErrors).toEqual([]);
});
