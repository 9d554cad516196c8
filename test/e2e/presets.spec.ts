/** Every preset made from the window: what it lacks is brought from the menu, then it is drawn. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { extendedXyzText, smallProject, smallStructures } from "../support/carbonCells.ts";
import type { LaunchedStudio } from "../support/launchStudio.ts";
import { openSmallProject } from "../support/smallProjectWindow.ts";

let studio: LaunchedStudio & { readonly folder: string };
let page: Page;
let home: string;

/** The targets with what `lpr-studio run` would have written of another model. */
function filmsOfAnotherModel(): string {
  const lines = extendedXyzText(smallStructures().films).split("\n");
  return lines
    .map((line, k) => {
      if (line.startsWith("Lattice")) {
        return line.replace("pos:R:3", "pos:R:3:lpr_other:R:1:local_energy_other:R:1");
      }
      const isAtom = line.startsWith("C ");
      return isAtom ? `${line} ${String(0.1 + 0.01 * k)} ${String(-7 - 0.02 * (k % 5))}` : line;
    })
    .join("\n");
}

test.describe.configure({ mode: "serial", timeout: 180_000 });
test.beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "lpr-presets-"));
  const films = join(home, "films.xyz");
  writeFileSync(films, filmsOfAnotherModel());

  const structures = smallStructures();
  for (const name of ["train", "extra"] as const) {
    writeFileSync(join(home, `${name}.xyz`), extendedXyzText(structures[name]));
  }
  const datasets = Object.fromEntries(
    Object.keys(smallProject.datasets).map((name) => [name, { path: join(home, `${name}.xyz`) }]),
  );
  studio = await openSmallProject("presets", { datasets, maps: [] });
  page = studio.page;
  await expect(page.getByText("16 of 16 atoms shown")).toBeVisible();
  await page.keyboard.press("Control+4");
});
test.afterAll(async () => {
  expect(studio.pageErrors).toEqual([]);
  await studio.close();
  rmSync(home, { recursive: true, force: true });
});

/** Where there is no figure yet, the middle of the window offers the presets as well. */
async function openMenu(button = "New figure"): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByRole("menu")).toBeVisible();
}

const item = (label: string): Locator =>
  page.getByRole("menuitem").filter({ has: page.getByText(label, { exact: true }) });

test("what a project lacks for a preset is named and brought from the menu", async () => {
  await openMenu();
  await expect(item("Parity of committee energies")).toContainText("It needs a committee");
  await item("Parity of committee energies").getByText("Add a committee…").click();
  const dialog = page.getByRole("dialog", { name: "Model" });
  const box = dialog.getByRole("checkbox", { name: "Committee of models" });
  await expect(box).toBeChecked();
  await expect(box).toBeFocused();
  await expect(box).toBeInViewport();
  await dialog.getByRole("textbox", { name: "Models of the committee" }).fill("4");
  await dialog.getByRole("button", { name: "Apply" }).click();
  // With the committee there, the preset that asked for it goes on by itself: two changes again.
  await expect(page.locator('[data-notice][data-state="notComputed"]').first()).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByText("No figure yet")).toBeVisible();
  await openMenu();
  await expect(item("Maps, ratio and parity")).not.toContainText("committee:");
  await expect(item("Kernel maps")).toContainText("It needs a kernel map");
  await item("Kernel maps").click();
  // The map was added and the figure made: two changes, each taken back by itself.
  await expect(page.locator('[data-notice][data-state="notComputed"]').first()).toBeVisible();
  await openMenu();
  await expect(item("Kernel maps")).not.toContainText("needs");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await expect(page.getByText("No figure yet")).toBeVisible();
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 60_000 });
});

/** Elements by kind of each preset, for two targets and two variants. */
const PRESETS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "Enhancement on structures": { structure: 2, text: 3, legend: 1, triad: 1, scaleBar: 1 },
  "Kernel maps": { map: 3, legend: 2 },
  "Maps, ratio and parity": { map: 3, scatter: 1, parity: 2, legend: 2 },
  "Variance ratio against LPR ratio": { scatter: 1, legend: 1 },
  "Parity of committee energies": { parity: 2, legend: 1 },
  "Variance against LPR": { scatter: 2, legend: 1 },
  "Energies of two models against LPR": { scatter: 1, legend: 1 },
  Distributions: { distribution: 2, variants: 1 },
  "Toy model": { toy: 3, text: 1 },
};

for (const [label, kinds] of Object.entries(PRESETS)) {
  test(`${label} is made from the menu and drawn`, async () => {
    const before = await page
      .locator(".figure-tree section")
      .first()
      .locator("li, [data-tree-row]")
      .count();
    await openMenu(before === 0 ? "After the paper" : "New figure");
    await item(label).click();
    await expect(page.getByRole("menu")).toBeHidden();
    await expect(page.locator(".figure-page")).toHaveAttribute("data-pictures", "current", {
      timeout: 60_000,
    });
    expect(
      await page.locator(".figure-tree section").first().locator("li, [data-tree-row]").count(),
    ).toBeGreaterThan(before);
    const found: Record<string, number> = {};
    for (const kind of await page
      .locator("[data-box]")
      .evaluateAll((boxes) => boxes.map((box) => box.getAttribute("data-kind") ?? ""))) {
      found[kind] = (found[kind] ?? 0) + 1;
    }
    expect(found).toEqual(kinds);
    await expect(page.locator("[data-notice]")).toHaveCount(0);
    // Every panel has drawn something of its own: points, curves, or a picture.
    for (const id of await page
      .locator("[data-box]")
      .evaluateAll((boxes) => boxes.map((box) => box.getAttribute("data-box") ?? ""))) {
      const nParts = await page
        .locator(`[data-element="${id}"]`)
        .locator("path, image, circle, text, rect, use")
        .count();
      expect(nParts, id).toBeGreaterThan(0);
    }
    await expect(page.getByRole("button", { name: /\d+ warning/ })).toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath("preset.png") });
  });
}

test("the figures are no problem to the project, and undo takes each away", async () => {
  // The tab is there only while there are some.
  await page.keyboard.press("Control+1");
  await expect(page.getByRole("tab", { name: /^Jobs/ })).toBeVisible();
  await expect(page.getByRole("tab", { name: /^Problems/ })).toHaveCount(0);
  await page.keyboard.press("Control+4");
  const nFigures = Object.keys(PRESETS).length;
  for (let k = 0; k < nFigures; k += 1) await page.keyboard.press("Control+z");
  await expect(page.getByText("No figure yet")).toBeVisible();
});
