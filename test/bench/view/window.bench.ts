/**
 * The window on the real Electron: first picture, recolouring, turning, and how long the main thread
 * is blocked. On a machine without a graphics card these are the figures of a software renderer.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { writeExtendedXyz } from "../../../src/formats/writeExtendedXyz.ts";
import { launchStudio, type LaunchedStudio } from "../../support/launchStudio.ts";
import { writeBigGrid } from "../../support/bigGridProject.ts";
import { bigFilm } from "../carbonFilm.ts";
import { printRow } from "../measure.ts";
import { installProbe, readProbe, restartProbe, settled, type PageRecord } from "./pageProbe.ts";

const TURNING_MS = 4000;
const TICKS = 8;
const WINDOW = { x: 0, y: 0, width: 1440, height: 900 };
/** x, y, z and radius, as 32-bit floats: what a picture of an atom needs at least. */
const BYTES_PER_ATOM = 16;

const folder = mkdtempSync(join(tmpdir(), "lpr-bench-"));

/** Memory of all processes of the application, bytes. */
async function memoryOf({ app }: LaunchedStudio): Promise<number> {
  const kibibytes = await app.evaluate(({ app: running }) =>
    running.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  );
  return 1024 * kibibytes;
}

function blocks({ longTasks }: PageRecord): string {
  const longest = Math.max(0, ...longTasks);
  const sum = longTasks.reduce((total, length) => total + length, 0);
  return longTasks.length === 0
    ? "no block of 50 ms"
    : `longest block ${longest.toFixed(0)} ms, all ${String(longTasks.length)} together ${sum.toFixed(0)} ms`;
}

/** Measures what `change` of the colours takes. */
async function recolor(
  studio: LaunchedStudio,
  work: string,
  change: (page: Page) => Promise<void>,
): Promise<void> {
  const { page } = studio;
  await settled(page);
  await restartProbe(page, 1);
  const before = await readProbe(page);
  await change(page);
  const after = await settled(page);
  printRow({
    work: `${work}: recolour`,
    time: after.pictureAt === null ? "" : `${(after.pictureAt - before.restartedAt).toFixed(0)} ms`,
    peakBytes: null,
    operations: `${String(after.uploadedBytes - before.uploadedBytes)} bytes, ${String(after.lastFrameDrawCalls)} draws a frame, ${blocks(after)}`,
  });
}

/** Turns the first panel with the mouse, as fast as the window takes the moves. */
async function turn(studio: LaunchedStudio, work: string): Promise<void> {
  const { page } = studio;
  const box = await page.locator(".panel-canvas").first().boundingBox();
  if (box === null) throw new Error("There is no panel.");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await restartProbe(page);
  const before = await readProbe(page);
  const start = Date.now();
  for (let step = 0; Date.now() - start < TURNING_MS; step++) {
    await page.mouse.move(
      x + 0.3 * box.width * Math.sin(step / 20),
      y + 0.3 * box.height * Math.cos(step / 20),
    );
  }
  const after = await readProbe(page);
  await page.mouse.up();
  const seconds = (after.frameAt - before.restartedAt) / 1000;
  printRow({
    work: `${work}: turn`,
    time: `${((after.frames - before.frames) / seconds).toFixed(1)} frames/s`,
    peakBytes: await memoryOf(studio),
    operations: `${String(after.lastFrameDrawCalls)} draws a frame, ${blocks(after)}`,
  });
}

async function openExample(studio: LaunchedStudio, work: string): Promise<void> {
  const { page } = studio;
  await restartProbe(page, 1);
  await page.getByRole("button", { name: "Open the carbon-film example" }).click();
  await page.waitForSelector("html[data-activity=drawn]", { timeout: 180_000 });
  const record = await settled(page);
  printRow({
    work: `${work}: open, compute and draw`,
    time: `${((record.frameAt - record.restartedAt) / 1000).toFixed(1)} s`,
    peakBytes: await memoryOf(studio),
    operations: blocks(record),
  });
}

function writeBigFilm(): string {
  const film = bigFilm();
  const height = film.positions.filter((_, k) => k % 3 === 2);
  const columns = { height: { type: "R" as const, components: 1, values: height } };
  const path = join(folder, "film-63000.xyz");
  writeFileSync(path, writeExtendedXyz([{ ...film, columns }]));
  return path;
}

async function openFile(studio: LaunchedStudio, path: string): Promise<void> {
  await studio.app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
  }, path);
  await studio.page.keyboard.press("Control+o");
}

async function untilPicture(page: Page): Promise<PageRecord> {
  const deadline = Date.now() + 120_000;
  while ((await readProbe(page)).pictureAt === null) {
    if (Date.now() > deadline) throw new Error("No picture was drawn.");
    await page.waitForTimeout(100);
  }
  return settled(page);
}

async function openBigFilm(studio: LaunchedStudio, work: string): Promise<void> {
  const { page } = studio;
  const path = writeBigFilm();
  await restartProbe(page, 63_000 * BYTES_PER_ATOM);
  await openFile(studio, path);
  const record = await untilPicture(page);
  const { pictureAt, fileReadAt, restartedAt } = record;
  const since = (from: number | null): string =>
    from === null || pictureAt === null ? "unknown" : `${(pictureAt - from).toFixed(0)} ms`;
  printRow({
    work: `${work}: first picture after the file is read`,
    time: since(fileReadAt),
    peakBytes: await memoryOf(studio),
    operations: `${since(restartedAt)} since the command to open, ${blocks(record)}`,
  });
}

/** A window of its own for each, so that nothing of the other is left in memory. */
async function withStudio(action: (studio: LaunchedStudio) => Promise<void>): Promise<void> {
  const studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: mkdtempSync(`${folder}/c-`) } });
  try {
    await studio.app.evaluate(({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(size);
    }, WINDOW);
    await installProbe(studio.page);
    await action(studio);
  } finally {
    await studio.close();
  }
}

async function benchPanels(studio: LaunchedStudio): Promise<void> {
  const work = "3 500 atoms × 8 panels";
  await openExample(studio, work);
  await recolor(studio, work, (page) => page.getByText("Linear", { exact: true }).click());
  await turn(studio, work);
}

async function benchBigFilm(studio: LaunchedStudio): Promise<void> {
  const work = "63 000 atoms × 1 panel";
  await openBigFilm(studio, work);
  await studio.page.getByRole("combobox", { name: "Property" }).click();
  await recolor(studio, work, (page) => page.getByRole("option", { name: /height/ }).click());
  await turn(studio, work);
}

/** One film under six variants: one buffer of positions, six panels. */
async function benchBigGrid(studio: LaunchedStudio): Promise<void> {
  const { page } = studio;
  const work = "63 000 atoms × 6 panels";
  const { path, folder: made } = writeBigGrid();
  await openFile(studio, path);
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await page.getByText("Up to date").waitFor({ timeout: 180_000 });
  await recolor(studio, work, (now) => now.getByText("Linear", { exact: true }).click());
  await turn(studio, work);
  rmSync(made, { recursive: true, force: true });
}

/** Ticks graphite-like cells one by one: from the press to the picture with the new colours. */
async function benchWhatIf(studio: LaunchedStudio): Promise<void> {
  const { page } = studio;
  const work = "3 500 atoms × 2 panels, M = 1000";
  await openExample(studio, "3 500 atoms × 8 panels");
  await page.keyboard.press("Control+3");
  const view = page.getByRole("region", { name: "What if" });
  await view.locator('.live-chip[data-state="live"]').waitFor({ timeout: 120_000 });
  await view.getByRole("radio", { name: /^Pool/u }).click();
  const waits: number[] = [];
  const blocked: number[] = [];
  for (let k = 0; k < TICKS; k += 1) {
    await settled(page);
    await restartProbe(page, 1);
    await view.locator(`[data-structure="graphite[${String(k)}]"] .tick`).click();
    await untilPicture(page);
    const { pictureAt, pressedAt, longTasks } = await readProbe(page);
    if (pictureAt !== null && pressedAt !== null) waits.push(pictureAt - pressedAt);
    blocked.push(...longTasks);
  }
  waits.sort((a, b) => a - b);
  const at = (part: number): string =>
    (waits[Math.round(part * (waits.length - 1))] ?? NaN).toFixed(0);
  printRow({
    work: `${work}: tick to new colours`,
    time: `${at(0.5)} ms (median of ${String(waits.length)})`,
    peakBytes: await memoryOf(studio),
    operations: `least ${at(0)} ms, most ${at(1)} ms, longest block ${Math.max(0, ...blocked).toFixed(0)} ms`,
  });
}

const SCENARIOS = {
  panels: benchPanels,
  big: benchBigFilm,
  bigGrid: benchBigGrid,
  whatIf: benchWhatIf,
};

/** Names of scenarios; all when there is none. */
const wanted = process.argv.slice(2);
try {
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    if (wanted.length === 0 || wanted.includes(name)) await withStudio(scenario);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
