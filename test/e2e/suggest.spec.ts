/** Ask: atoms are selected, structures suggested, added as a variant, computed, and LPR has risen. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import {
  BASELINE_ONLY,
  smallDataFolder,
  writeSmallProject,
} from "../support/smallProjectWindow.ts";

let studio: LaunchedStudio;
let folder: string;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.beforeAll(async () => {
  folder = smallDataFolder();
  mkdirSync(join(folder, "export"));
  const path = writeSmallProject(folder, "ask", { variants: BASELINE_ONLY });
  studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") } });
  page = studio.page;
  await studio.app.evaluate(
    ({ dialog, BrowserWindow }, [project, crystals, exports]) => {
      dialog.showOpenDialog = (...args: unknown[]) => {
        const options = args.at(-1) as { properties?: readonly string[] };
        const isFolder = options.properties?.includes("openDirectory") === true;
        const filePaths = [isFolder ? exports : project];
        return Promise.resolve({ canceled: false, filePaths });
      };
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: crystals });
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1280, height: 720 });
    },
    [path, join(folder, "crystals.xyz"), join(folder, "export")] as const,
  );
  await page.keyboard.press("Control+o");
  await expect(page.getByRole("heading", { name: "ask" })).toBeVisible();
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

function section(): Locator {
  return page.getByRole("region", { name: "Suggest structures" });
}

function suggestions(): Locator {
  return section().getByRole("list", { name: "Suggestions", exact: true });
}

/** Median LPR of the selected atoms, as the inspector says. */
async function selectedMedian(): Promise<number> {
  const row = page.getByRole("region", { name: "Selection" }).getByRole("row", {
    name: /^Median LPR/,
  });
  return Number(await row.getByRole("cell").first().innerText());
}

test("S leads to the question, which the keyboard can answer and ask", async () => {
  await page.keyboard.press("Control+2");
  await page.keyboard.press("s");
  const atoms = section().getByRole("combobox", { name: "Atoms to lift" });
  await expect(atoms).toBeFocused();
  await expect(atoms).toHaveText("Worst 5 %");
  await expect(section().getByRole("checkbox", { name: "extra", exact: true })).toBeChecked();
  await expect(section().getByRole("checkbox", { name: "films", exact: true })).not.toBeChecked();
  await section().getByRole("checkbox", { name: "extra", exact: true }).press("Space");
  await section().getByRole("checkbox", { name: "train", exact: true }).setChecked(false);
  await expect(section().getByText(/Offer a file/)).toBeVisible();
  await expect(section().getByRole("button", { name: "Suggest 10" })).toBeDisabled();
  await section().getByRole("checkbox", { name: "extra", exact: true }).press("Space");
});

test("selected atoms and generated crystals give a ranking and a choice", async () => {
  await page.getByRole("tab", { name: "Table" }).click();
  const table = page.getByRole("listbox").or(page.getByRole("grid")).first();
  await table.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(section().getByRole("combobox", { name: "Atoms to lift" })).toHaveText(
    "1 selected atom",
  );
  await section().getByRole("checkbox", { name: "Generated crystals" }).click();
  const count = section().getByRole("textbox", { name: "Crystals to generate" });
  await count.fill("8");
  await count.press("Tab");
  const choose = section().getByRole("textbox", { name: "Structures to choose" });
  await choose.fill("3");
  await choose.press("Tab");
  await page.screenshot({ path: "test-results/screenshots/suggest-form.png" });
  const button = section().getByRole("button", { name: "Suggest 3" });
  await button.evaluate((element) => {
    element.scrollIntoView({ block: "start" });
  });
  await button.click();
  await expect(suggestions().getByRole("listitem")).toHaveCount(3);
  // The answer is read from its top, however far the form was scrolled.
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const topOf = async (place: Locator): Promise<number> => (await place.boundingBox())?.y ?? NaN;
  await expect
    .poll(async () => Math.abs((await topOf(section())) - (await topOf(inspector))))
    .toBeLessThan(8);
  await expect(suggestions().getByRole("checkbox", { checked: true })).toHaveCount(3);
  await expect(section().getByRole("img", { name: /3 at random gain/ })).toBeVisible();
  await section().getByRole("radio", { name: "All, one by one" }).click();
  await expect(section().getByText(/ among 11\./)).toBeVisible();
  // Near duplicates are folded; unfolded, all candidates are there.
  const folded = suggestions().getByRole("button", { name: /^\+ \d+ alike$/ });
  while ((await folded.count()) > 0) await folded.first().click();
  await expect(suggestions().getByRole("checkbox")).toHaveCount(3 + 8);
  await expect(suggestions().getByRole("listitem").first()).toContainText(/median .* max/);
  await page.screenshot({ path: "test-results/screenshots/suggest-answer.png" });
});

test("a row shows its structure, and in the panels what it alone would do", async () => {
  const view = page.getByRole("region", { name: "Explore" });
  await suggestions().getByRole("listitem").first().hover();
  await expect(page.getByRole("img", { name: /^Structure of / })).toBeVisible();
  await expect(view.getByText(/^percent, with /)).toBeVisible();
  await page.screenshot({ path: "test-results/screenshots/suggest-preview.png" });
  await view.getByText("Kernel map", { exact: true }).hover();
  await expect(page.getByRole("img", { name: /^Structure of / })).toBeHidden();
  await expect(view.getByText(/^percent, with /)).toBeHidden();
  // The keyboard does the same.
  await suggestions().getByRole("checkbox").first().focus();
  await expect(page.getByRole("img", { name: /^Structure of / })).toBeVisible();
  await section().getByRole("button", { name: "Export for DFT" }).focus();
  await expect(page.getByRole("img", { name: /^Structure of / })).toBeHidden();
});

test("the choice is exported for reference calculations, and never over other files", async () => {
  await section().getByRole("button", { name: "Export for DFT" }).click();
  await expect(page.getByText(/4 files written to/)).toBeVisible();
  const names = readdirSync(join(folder, "export")).toSorted();
  expect(names).toHaveLength(4);
  expect(names[0]).toMatch(/^POSCAR-1-.*\.vasp$/);
  expect(names[3]).toBe("suggestions.xyz");
  const text = readFileSync(join(folder, "export", "suggestions.xyz"), "utf8");
  expect(text).toMatch(/gain_alone=/);
  await section().getByRole("button", { name: "Export for DFT" }).click();
  await expect(page.getByText("Nothing was exported").first()).toBeVisible();
  await expect(page.getByText(/there is a file of this name already/).first()).toBeVisible();
});

test("the choice as a variant lifts the selected atoms, and can be undone", async () => {
  const before = await selectedMedian();
  // One crystal and one structure of a file at least: both ways into a variant.
  const rows = suggestions().getByRole("listitem");
  await rows
    .filter({ hasText: /diamond|graph/ })
    .first()
    .getByRole("checkbox")
    .setChecked(true);
  await rows.filter({ hasText: "C8" }).first().getByRole("checkbox").setChecked(true);
  const add = section().getByRole("button", { name: /^Add \d+ as variant$/ });
  await add.click();
  await expect(page.getByText(/Variant “\+\d suggested” added/)).toBeVisible();
  expect(readFileSync(join(folder, "crystals.xyz"), "utf8")).toMatch(/prototype=/);
  const tree = page.getByRole("navigation", { name: "Project" });
  const variant = tree.getByRole("button", { name: /\+\d suggested/ }).first();
  await expect(variant).toBeVisible();
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
  await variant.click();
  await expect.poll(selectedMedian).toBeGreaterThan(before);
  await page.screenshot({ path: "test-results/screenshots/suggest-variant.png" });
  await page.keyboard.press("Control+z");
  await expect(tree.getByText(/\+\d suggested/)).toHaveCount(0);
  await expect(tree.getByText("crystals.xyz")).toHaveCount(0);
  expect(studio.pageErrors).toEqual([]);
});
