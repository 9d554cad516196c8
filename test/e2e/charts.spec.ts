/** Charts of the drawer on a small project with a committee, linked to film and selection. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { PNG } from "pngjs";
import { copiedPicture } from "../support/copiedPicture.ts";
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
  // A test that failed may have left it halted: the window could not be closed.
  await signalEngine("SIGCONT").catch(() => undefined);
  await studio.close();
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
  await page.mouse.move(box.x + 46, box.y + 1);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
  await page.mouse.move(box.x + box.width - 4, box.y + box.height - 20, { steps: 3 });
  await page.mouse.up();
}

/** A place within the plot of a distribution, fractions of its element. */
async function placeIn(chart: Locator, x: number, y = 0.4): Promise<readonly [number, number]> {
  const box = await chart.boundingBox();
  if (box === null) throw new Error("The chart has no place.");
  return [box.x + box.width * x, box.y + box.height * y];
}

const WAITING = ["Scatter", "Parity", "Classes", "Variants"];

/** Halts the engine, so that a job stays where it is, or lets it go on. */
function signalEngine(signal: "SIGSTOP" | "SIGCONT"): Promise<void> {
  return studio.app.evaluate(({ app }, name) => {
    const engine = app.getAppMetrics().find((one) => one.name === "LPR Studio compute engine");
    if (engine === undefined) throw new Error("there is no engine");
    process.kill(engine.pid, name);
  }, signal);
}

test("before a result the panes say that they wait for one and offer to compute", async () => {
  await expect(page.getByRole("contentinfo", { name: "Status" })).toContainText("16 of 16 atoms");
  for (const tab of WAITING) {
    await openTab(tab);
    await expect(
      drawer()
        .getByText(/appear with the first result/)
        .first(),
    ).toBeVisible();
    await expect(drawer().getByRole("button", { name: "Compute" })).toHaveCount(1);
  }
});

test("while it is computed they say how far it is, and offer to stop it", async () => {
  await openTab("Scatter");
  await signalEngine("SIGSTOP");
  await drawer().getByRole("button", { name: "Compute" }).click();
  for (const tab of WAITING) {
    await openTab(tab);
    await expect(
      drawer()
        .getByText(/appear with the result\./)
        .first(),
    ).toBeVisible();
    await expect(drawer().getByRole("progressbar").first()).toBeVisible();
    await expect(drawer().getByText("0 %", { exact: true }).first()).toBeVisible();
    await expect(drawer().getByText(/Compute|first result/)).toHaveCount(0);
  }
  // With the number of those that run.
  await page.getByRole("tab", { name: /^Jobs/ }).click();
  const note = await drawer().locator(".job .muted").first().boundingBox();
  expect(note?.width, "room for what is running").toBeGreaterThan(150);
  await openTab("Classes");
  await drawer().getByRole("button", { name: "Cancel" }).click();
  await signalEngine("SIGCONT");
  await expect(drawer().getByRole("button", { name: "Compute" })).toBeVisible();
  await drawer().getByRole("button", { name: "Compute" }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
});

test("the overview shows a distribution and the scatter beside it, each with a way deeper", async () => {
  await openTab("Charts");
  await expect(drawer().getByTestId("distribution").first()).toHaveAccessibleName(
    /^Density of LPR/,
  );
  await expect(page.getByTestId("plot")).toHaveAccessibleName(/^Scatter of Committee variance/);
  await expect(drawer().getByText(/n 16 · slope/)).toBeVisible();
  await picture("overview");
  await drawer().getByRole("button", { name: "Open in Scatter" }).click();
  await expect(drawer().getByRole("tab", { name: "Scatter" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
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
  await expect(drawer().getByText("Log–log slope")).toHaveCount(0);
  await expect(drawer().getByText("Pearson", { exact: true })).toBeVisible();
});

test("a preset shows variance against LPR in one choice", async () => {
  await drawer().getByRole("button", { name: "Presets" }).click();
  await page.getByRole("menuitem", { name: /^Variance against LPR/ }).click();
  await expect(page.getByTestId("plot")).toHaveAccessibleName(
    /^Scatter of Committee variance \(eV²\) against LPR \(rows: mean\)/,
  );
  await expect(drawer().getByText("Log–log slope")).toBeVisible();
  await drawer().getByRole("button", { name: "Presets" }).click();
  await page.getByRole("menuitem", { name: /^Variance ratio against LPR ratio/ }).click();
});

test("a double press on the tabs lets the drawer fill the centre, with room for the plot", async () => {
  const plot = page.getByTestId("plot");
  const low = (await plot.boundingBox())?.height ?? 0;
  expect(low).toBeGreaterThan(120);
  await page.getByRole("tab", { name: "Scatter" }).dblclick();
  await expect.poll(async () => (await plot.boundingBox())?.height ?? 0).toBeGreaterThan(500);
  await expect(drawer().getByRole("group", { name: "Presets" })).toBeVisible();
  await picture("maximised");
  await page.keyboard.press("Control+Shift+J");
  await expect.poll(async () => (await plot.boundingBox())?.height ?? 0).toBeLessThan(low + 2);
  await page.getByRole("button", { name: "Maximise the drawer" }).click();
  await page.keyboard.press("Control+j");
  await expect(plot).toBeHidden();
  await page.keyboard.press("Control+j");
  await expect.poll(async () => (await plot.boundingBox())?.height ?? 0).toBeLessThan(low + 2);
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

test("the keyboard walks along the points both ways, reads them and selects one", async () => {
  const plot = page.getByTestId("plot");
  await plot.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const reading = drawer().getByRole("status");
  await expect(reading).toContainText(/C \d+.*LPR ratio [\d.]+.*Committee variance ratio/);
  const before = await reading.textContent();
  await page.keyboard.press("ArrowUp");
  await expect(reading).not.toHaveText(before ?? "");
  await page.keyboard.press("Space");
  await expect(drawer().getByText("1 selected", { exact: false })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(drawer().getByText(/selected/)).toHaveCount(0);
});

test("the points of the scatter are copied and exported in full precision", async () => {
  await drawer().getByRole("button", { name: "Copy CSV" }).click();
  await expect(page.getByText("Copied as CSV")).toBeVisible();
  const lines = (await clipboard()).trimEnd().split("\n");
  expect(lines).toHaveLength(17);
  expect(lines[0]).toBe(
    "dataset,structure_from_0,atom_from_0,class,selected,variant,LPR ratio to baseline,Committee variance ratio to baseline",
  );
  for (const line of lines.slice(1)) {
    const cells = line.split(",");
    expect(Number(cells[6])).toBeGreaterThan(0);
    expect(Number(cells[7])).toBeGreaterThan(0);
  }
  const file = join(studio.folder, "scatter.csv");
  await studio.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await drawer().getByRole("button", { name: "Export CSV…" }).click();
  await expect(page.getByText(`Exported ${file}`)).toBeVisible();
  expect(readFileSync(file, "utf8").trimEnd().split("\n")).toEqual(lines);
});

test("a chart is copied as a picture with its axes and colours", async () => {
  for (const [tab, least] of [
    ["Scatter", 40],
    ["Distributions", 10],
  ] as const) {
    await openTab(tab);
    await drawer().getByRole("button", { name: "Copy picture" }).click();
    await expect(page.getByText("Picture copied")).toBeVisible();
    const png = await copiedPicture(studio.app);
    const image = PNG.sync.read(png);
    expect(image.width).toBeGreaterThan(1200);
    const colors = new Set<number>();
    for (let at = 0; at < image.data.length; at += 4) colors.add(image.data.readUInt32BE(at));
    expect(colors.size).toBeGreaterThan(least);
    writeFileSync(`test-results/screenshots/charts-copied-${tab.toLowerCase()}.png`, png);
  }
});

test("the table of classes sorts, selects a class and counts the selection", async () => {
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
  const heading = table.getByRole("button", { name: "Sort by Atoms" });
  await heading.click();
  const atoms = async (): Promise<readonly number[]> => {
    const rows = table.locator("tbody tr[data-sum='false'] td:nth-of-type(1)");
    return (await rows.allTextContents()).map(Number);
  };
  const most = await atoms();
  expect(most).toEqual([...most].sort((a, b) => b - a));
  await heading.click();
  expect(await atoms()).toEqual([...most].sort((a, b) => a - b));
  await drawer().getByRole("button", { name: "Copy CSV" }).click();
  await expect
    .poll(clipboard)
    .toMatch(/^class,atoms,share,Median LPR of baseline,Median LPR of more diamond/);
  await drawer().getByRole("button", { name: "TSV" }).click();
  await expect.poll(clipboard).toMatch(/^class\tatoms\tshare\tMedian LPR of baseline/);
  await choose("Classes of atoms", "Species");
  await expect(table.getByRole("row", { name: /^C / })).toBeVisible();
  await choose("Classes of atoms", "As suits the species");
});

test("distributions show variants or classes, the selection over them", async () => {
  await openTab("Distributions");
  const chart = drawer().getByRole("img", { name: /LPR/ });
  for (const [kind, name] of [
    ["ECDF", /^Cumulative shares of LPR .*baseline, 16 atoms, .*more diamond, 16 atoms/],
    ["Violin", /^Violins of LPR/],
    ["Density", /^Density of LPR/],
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
  await expect
    .poll(clipboard)
    .toMatch(/^dataset,structure_from_0,atom_from_0,class,selected,LPR \(rows: mean\)/);
  await drawer().getByRole("radio", { name: "Per variant" }).click();
});

test("the pointer reads a distribution; a range dragged over it selects the atoms", async () => {
  const chart = drawer().getByTestId("distribution");
  await page.mouse.move(...(await placeIn(chart, 0.5)));
  await expect(drawer().getByText("at or below")).toBeVisible();
  await expect(drawer().getByRole("status")).toContainText(/baseline[\d.]+ %/);
  await page.mouse.move(...(await placeIn(chart, 0.1)));
  await page.mouse.down();
  await page.mouse.move(...(await placeIn(chart, 0.6)), { steps: 3 });
  await expect(drawer().getByRole("status")).toContainText(/\d+ atoms?/);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await page.mouse.move(...(await placeIn(chart, 0.02)));
  await page.mouse.down();
  await page.mouse.move(...(await placeIn(chart, 0.999)), { steps: 3 });
  await expect(drawer().getByRole("status").getByText("16 atoms", { exact: true })).toBeVisible();
  await page.mouse.up();
  await expect(drawer().getByText("16 selected", { exact: false })).toBeVisible();
  await expect(page.getByRole("region", { name: "Selection" })).toContainText("range of LPR");
});

test("keys read a distribution and select a range of it", async () => {
  await page.keyboard.press("Escape");
  const chart = drawer().getByTestId("distribution");
  await chart.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Home");
  await expect(drawer().getByText("at or below")).toBeVisible();
  await page.keyboard.press("Shift+End");
  await expect(drawer().getByRole("status")).toContainText("16 atoms");
  await page.keyboard.press("Enter");
  await expect(drawer().getByText("16 selected", { exact: false })).toBeVisible();
  await page.keyboard.press("Control+z");
});

test("an atom hovered anywhere is marked on the distribution", async () => {
  await openTab("Table");
  await drawer().getByRole("grid").focus();
  await page.keyboard.press("ArrowDown");
  await openTab("Distributions");
  await expect(drawer().getByTestId("hover-mark")).toHaveCount(2);
});

test("parity shows every member of every atom and prints their spread", async () => {
  await openTab("Parity");
  await expect(page.getByTestId("plot")).toHaveCount(2);
  const plot = page.getByTestId("plot").first();
  await expect(plot).toHaveAccessibleName(/^Energies of 4 committee members .* RMS spread [\d.]+/);
  await expect(drawer().getByText("RMS spread", { exact: true })).toBeVisible();
  await expect(drawer().getByText(/16 atoms × 4 members/)).toBeVisible();
  await dragOver(plot);
  await expect(page.getByRole("contentinfo")).toContainText("16");
  await picture("parity");
  await drawer().getByRole("button", { name: "Copy CSV" }).click();
  await expect
    .poll(clipboard)
    .toMatch(
      /^dataset,structure_from_0,atom_from_0,class,selected,variant,"mean, eV","member 1, eV"/,
    );
  expect((await clipboard()).trimEnd().split("\n")).toHaveLength(1 + 2 * 16);
  await drawer().getByRole("radio", { name: "Active one" }).click();
  await expect(page.getByTestId("plot")).toHaveCount(1);
});

test("nothing of this wrote an error to the console", () => {
  expect(studio.pageErrors).toEqual([]);
});
