/** The main job, end to end, on the real Electron and the shipped example. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { PNG } from "pngjs";
import { readNpz } from "../../src/formats/npz.ts";
import { overlappingControls, resizeUntilHeard, resizeWindow } from "../support/layoutChecks.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const N_ATOMS = 3500;

let studio: LaunchedStudio;
let folder: string;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") } });
  await resizeWindow(studio.app, 1440, 900);
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

async function drawn(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-activity", "drawn", {
    timeout: 120_000,
  });
}

function status(page: Page): Locator {
  return page.getByRole("contentinfo", { name: "Status" });
}

/** The counters that the scene writes on its element. */
async function renderStats(page: Page): Promise<Record<string, number>> {
  const scene = page.getByTestId("panel-scene");
  return scene.evaluate((element) =>
    Object.fromEntries(
      Object.entries((element as HTMLElement).dataset).map(([key, value]) => [key, Number(value)]),
    ),
  );
}

/** Waits until no frame was drawn for a while. */
async function settled(page: Page): Promise<Record<string, number>> {
  let before = await renderStats(page);
  for (;;) {
    await page.waitForTimeout(400);
    const now = await renderStats(page);
    if (now["frames"] === before["frames"]) return now;
    before = now;
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("not on screen");
  return box;
}

/** Drags along a closed square around the middle of `box`; `part` of its size. */
async function lassoMiddle(page: Page, box: Box, part: number): Promise<void> {
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const [dx, dy] = [(part * box.width) / 2, (part * box.height) / 2];
  await page.mouse.move(x - dx, y - dy);
  await page.mouse.down();
  await page.mouse.move(x + dx, y - dy, { steps: 6 });
  await page.mouse.move(x + dx, y + dy, { steps: 6 });
  await page.mouse.move(x - dx, y + dy, { steps: 6 });
  await page.mouse.move(x - dx, y - dy + 4, { steps: 6 });
  await page.mouse.up();
}

async function selectedCount(page: Page): Promise<number> {
  const text = (await status(page).textContent()) ?? "";
  return Number(/Selection\s*([\d,]+)/.exec(text)?.[1]?.replaceAll(",", "") ?? 0);
}

test("the start screen opens the example with one click, and it computes by itself", async () => {
  const { page } = studio;
  await expect(page.getByText("See which atoms a model can be trusted on")).toBeVisible();
  await page.getByRole("button", { name: "Open the carbon-film example" }).click();
  const cancel = page.getByRole("button", { name: "Cancel", exact: true });
  await expect(cancel).toBeVisible();
  for (const width of [1024, 1100, 1200, 1280, 1440]) {
    await resizeUntilHeard(studio, width, 900);
    expect(await overlappingControls(page, ".title-bar button"), `${width} px`).toEqual([]);
  }
  await drawn(page);
  await expect(page.getByText("Up to date")).toBeVisible();
  await expect(page.getByRole("article")).toHaveCount(8);
  await expect(page.getByRole("article", { name: /Low-density film, baseline/ })).toBeVisible();
  await expect(status(page)).toContainText("28,000 of 28,000 atoms shown");
  await expect(status(page)).toContainText(/native · OpenBLAS|reference/);
  await page.screenshot({ path: "test-results/screenshots/compare-light.png" });
});

test("the hovered value is what the command line writes for that atom", async () => {
  const { page } = studio;
  const out = join(folder, "out");
  execFileSync(
    process.execPath,
    [
      join(root, "dist/main/cli.cjs"),
      "run",
      join(root, "examples/carbon-films/carbon-films.lpr.json"),
      "--out",
      out,
    ],
    { env: { ...process.env, LPR_STUDIO_CACHE_DIR: join(folder, "cache") }, stdio: "ignore" },
  );
  const lpr = readNpz(readFileSync(join(out, "films.npz"))).get("lpr")?.data;
  const box = await boxOf(page.locator(".panel-canvas").first());
  await page.mouse.move(box.x + box.width / 2 - 9, box.y + box.height / 2);
  const readout = page.locator(".hover-readout");
  await expect(async () => {
    await page.mouse.move(
      box.x + box.width / 2 + 3 * Math.round(performance.now() % 9),
      box.y + box.height / 2,
    );
    await expect(readout).toContainText("LPR", { timeout: 1000 });
  }).toPass();
  const text = (await readout.textContent()) ?? "";
  const atom = Number(/^C ([\d,]+)/.exec(text)?.[1]?.replaceAll(",", "")) - 1;
  const shown = Number(/LPR ([\d.e−-]+)/.exec(text)?.[1]?.replace("−", "-"));
  const exact = lpr?.[atom] ?? NaN;
  expect(Math.abs(shown / exact - 1)).toBeLessThan(0.006);
  await expect(page.getByRole("tooltip")).toContainText("LPR");
  await page.mouse.move(5, 5);
});

test("recolouring uploads four bytes an atom and draws each panel once; idle draws nothing", async () => {
  const { page } = studio;
  const before = await settled(page);
  await page.getByText("Linear", { exact: true }).click();
  await expect
    .poll(async () => (await renderStats(page))["uploadedBytes"])
    .toBeGreaterThan(before["uploadedBytes"]!);
  const after = await settled(page);
  const panels = await page.getByRole("article").count();
  expect(panels).toBe(8);
  expect(after["uploadedBytes"]! - before["uploadedBytes"]!).toBe(4 * N_ATOMS * panels);
  expect(after["lastFrameDrawCalls"]).toBe(panels);
  await page.waitForTimeout(1000);
  expect((await renderStats(page))["frames"]).toBe(after["frames"]);
  await page.getByText("Log", { exact: true }).click();
});

test("enhancement is shown against the baseline on a diverging scale", async () => {
  const { page } = studio;
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name: "LPR enhancement" }).click();
  await expect(page.getByRole("article")).toHaveCount(6);
  await expect(page.getByLabel(/LPR gain|LPR enhancement/).first()).toBeVisible();
  await settled(page);
  await page.screenshot({ path: "test-results/screenshots/compare-enhancement-light.png" });
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name: "LPR", exact: true }).click();
});

test("a lasso on the map selects the same atoms in the film, and the other way round", async () => {
  const { page } = studio;
  await page.keyboard.press("Control+2");
  await expect(page.getByRole("article", { name: "Kernel map" })).toBeVisible();
  await settled(page);
  await page.screenshot({ path: "test-results/screenshots/explore-light.png" });
  await page.keyboard.press("l");
  await lassoMiddle(page, await boxOf(page.getByTestId("kernel-map")), 0.3);
  await expect.poll(() => selectedCount(page)).toBeGreaterThan(50);
  const fromMap = await selectedCount(page);
  expect(fromMap).toBeLessThan(N_ATOMS);
  await expect(page.getByRole("region", { name: "Selection" })).toContainText("lasso on map");
  await settled(page);
  await page.screenshot({ path: "test-results/screenshots/explore-lasso-light.png" });
  await page.keyboard.press("Escape");
  await expect.poll(() => selectedCount(page)).toBe(0);

  await lassoMiddle(page, await boxOf(page.locator(".panel-canvas").first()), 0.25);
  await expect.poll(() => selectedCount(page)).toBeGreaterThan(50);
  const before = await selectedCount(page);
  await page.keyboard.press("g");
  await expect.poll(() => selectedCount(page)).toBeGreaterThan(before);
  await page.keyboard.press("Control+Shift+I");
  await expect.poll(() => selectedCount(page)).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
});

test("the dark theme and the smallest common window show the same", async () => {
  const { page } = studio;
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run a command" }).fill("switch light");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await settled(page);
  await page.screenshot({ path: "test-results/screenshots/explore-dark.png" });
  await page.keyboard.press("Control+1");
  await resizeWindow(studio.app, 1280, 720);
  await settled(page);
  await page.screenshot({ path: "test-results/screenshots/compare-1280x720-dark.png" });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

test("the picture is exported at the pixel size asked for, with its legend", async () => {
  const { app, page } = studio;
  const file = join(folder, "figure.png");
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.keyboard.press("Control+e");
  const form = page.getByRole("dialog", { name: "Export PNG" });
  const width = form.getByRole("textbox", { name: "Width" });
  await width.fill("1600");
  await width.press("Tab");
  const height = Number(await form.getByRole("textbox", { name: "Height" }).inputValue());
  await form.getByRole("button", { name: "Export" }).click();
  await expect(page.getByText(`Exported ${file}`)).toBeVisible({ timeout: 60_000 });
  const bytes = readFileSync(file);
  const picture = PNG.sync.read(bytes);
  expect([picture.width, picture.height]).toEqual([1600, height]);
  // 300 dpi = 11,811 pixels a metre, in the pHYs chunk.
  const chunk = bytes.indexOf("pHYs");
  expect(bytes.readUInt32BE(chunk + 4)).toBe(11811);
  const colors = new Set<number>();
  for (let i = 0; i < picture.data.length; i += 4 * 7) colors.add(picture.data.readUIntBE(i, 3));
  expect(colors.size).toBeGreaterThan(200);
});

test("a killed engine leaves the window alive, and the job can be run again", async () => {
  const { app, page } = studio;
  await page.evaluate(() => {
    document.documentElement.dataset["before"] = "alive";
  });
  const pids = await app.evaluate(({ app: host }) =>
    host
      .getAppMetrics()
      .filter(
        (metric) =>
          metric.type === "Utility" &&
          /engine/i.test(`${metric.name ?? ""} ${metric.serviceName ?? ""}`),
      )
      .map((metric) => metric.pid),
  );
  expect(pids.length).toBeGreaterThan(0);
  for (const pid of pids) process.kill(pid, "SIGKILL");
  await expect(page.getByText("The computation stopped unexpectedly")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-before", "alive");
  await page.getByRole("button", { name: "Run it again" }).click();
  await expect(page.getByText("The computation stopped unexpectedly")).toBeHidden();
  await drawn(page);
  await expect(page.getByText("Up to date")).toBeVisible();
});

test("nothing was written to the page's error console", () => {
  expect(studio.pageErrors).toEqual([]);
});
