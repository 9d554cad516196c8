/** The examples: listed from their folder in both menus, the palette and the start screen. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, type Page } from "@playwright/test";
import type { ProjectDocument } from "../../src/project/document.ts";
import { readProject } from "../support/filmFolder.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

const folder = fileURLToPath(new URL("../../examples", import.meta.url));
const SUFFIX = ".lpr.json";
/** `folder/name` of every project. */
const projects = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`))
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));
const nProjects = projects.length;

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

/** Labels of the tabs that an example may ask for. */
const TABS: Readonly<Record<string, string>> = {
  charts: "Charts",
  scatter: "Scatter",
  classes: "Classes",
};
const WORKSPACES: Readonly<Record<string, string>> = { compare: "Compare", explore: "Explore" };

/** What can be computed while a person waits. */
const FAST: readonly string[] = ["gaas/gaas-linear"];

/** How many panels of what a layout shows: those of structures, and those of maps. */
async function expectLayout(views: ProjectDocument["views"]): Promise<void> {
  const workspace = WORKSPACES[views?.workspace ?? "compare"] ?? "";
  await expect(page.getByRole("region", { name: workspace, exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: workspace, exact: true })).toHaveAttribute(
    "aria-current",
    "page",
  );
  const grid = page.locator(".panel-grid");
  if (workspace === "Compare") {
    await expect(grid).toHaveAttribute("data-content", views?.grid?.content ?? "structure");
  } else await expect(page.getByRole("article", { name: "Kernel map" })).toBeVisible();
  const tab = (views?.["drawer"] as { readonly tab?: string } | undefined)?.tab ?? "charts";
  await expect(page.getByRole("tab", { name: TABS[tab] ?? tab, exact: true })).toHaveAttribute(
    "aria-selected",
    "true",
  );
}

/** Atoms of the panels that are shown, all of them drawn. */
async function expectAtoms(): Promise<void> {
  const status = page.getByRole("contentinfo", { name: "Status" });
  await expect(status).toContainText(/[1-9][\d,]* of [\d,]+ atoms shown/);
  const [, shown, all] = /([\d,]+) of ([\d,]+) atoms/.exec(await status.innerText()) ?? [];
  expect(shown).toBe(all);
  await expect
    .poll(async () =>
      Number(await page.getByTestId("panel-scene").getAttribute("data-last-frame-draw-calls")),
    )
    .toBeGreaterThan(0);
}

for (const id of projects) {
  test(`the menu opens ${id} as its file says, without a problem`, async () => {
    const { name = "", views } = readProject(join(folder, `${id}.lpr.json`));
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("menuitem", { name: "File" }).press("ArrowRight");
    await page.getByRole("menuitem", { name: "Examples" }).press("ArrowRight");
    await page
      .getByRole("menu", { name: "Examples" })
      .getByRole("menuitem")
      .filter({ has: page.getByText(name, { exact: true }) })
      .click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expectAtoms();
    if (FAST.includes(id)) await expect(page.getByText("Up to date")).toBeVisible();
    else await page.keyboard.press("Control+.");
    await expectLayout(views);
    await expect(page.getByRole("tab", { name: /^Problems/ })).toHaveCount(0);
    expect(studio.pageErrors).toEqual([]);
  });
}
