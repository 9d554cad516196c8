/** The examples: listed from their folder in both menus, the palette and the start screen. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, type Page } from "@playwright/test";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

const folder = fileURLToPath(new URL("../../examples", import.meta.url));
const nProjects = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(folder, name)))
  .filter((name) => name.endsWith(".lpr.json")).length;

let studio: LaunchedStudio;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.beforeAll(async () => {
  studio = await launchStudio();
  page = studio.page;
});
test.afterAll(async () => {
  await studio.close();
});

/** Opened is enough: the heavy examples need not be computed here. */
async function expectOpen(name: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await page.keyboard.press("Control+.");
}

async function startAnew(): Promise<void> {
  await page.keyboard.press("Control+n");
  await expect(page.getByRole("region", { name: "More examples" })).toBeVisible();
}

test("every project of the folder is on the list, with words of its own", async () => {
  const examples = await page.evaluate(() => window.studio.listExamples());
  expect(examples).toHaveLength(nProjects);
  expect(examples[0]?.id).toBe("carbon-films/carbon-films");
  expect(examples.every(({ description }) => description !== "")).toBe(true);
  await expect(page.getByRole("region", { name: "More examples" }).getByRole("button")).toHaveCount(
    nProjects - 1,
  );
});

test("an id that is not on the list opens nothing", async () => {
  const refused = await page.evaluate(() =>
    window.studio.openExample("../docs/secret").catch((error: unknown) => (error as Error).message),
  );
  expect(refused).toContain("There is no example");
});

test("the start screen opens an example as a project without a place", async () => {
  await page.getByRole("button", { name: "Gallium arsenide", exact: true }).click();
  await expectOpen("Gallium arsenide");
  await startAnew();
});

test("the menu in the window tells what each example asks", async () => {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "File" }).press("ArrowRight");
  await page.getByRole("menuitem", { name: "Examples" }).press("ArrowRight");
  const items = page.getByRole("menu", { name: "Examples" }).getByRole("menuitem");
  await expect(items).toHaveCount(nProjects);
  await items.filter({ hasText: "What does a model know about defects" }).click();
  await expectOpen("Amorphous silicon");
  await startAnew();
});

test("the native menu opens an example", async () => {
  const labels = await studio.app.evaluate(({ Menu }) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById("examples");
    return item?.submenu?.items.map(({ label }) => label);
  });
  expect(labels).toHaveLength(nProjects);
  await studio.app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById("example:a-c/a-c")?.click();
  });
  await expectOpen("Amorphous carbon");
  await startAnew();
});

test("the palette finds an example by its name and leaves the Learn view for it", async () => {
  await page.getByRole("button", { name: "The toy model: what LPR measures" }).click();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("gallium lin");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Learn: the toy model" })).toBeHidden();
  await expectOpen("Gallium arsenide, linear model");
});
