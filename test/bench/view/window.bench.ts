/**
 * The window on the real Electron: first picture, recolouring, turning, and how long the main thread
 * is blocked. On a machine without a graphics card these are the figures of a software renderer.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeExtendedXyz } from "../../../src/formats/writeExtendedXyz.ts";
import { launchStudio, type LaunchedStudio } from "../../support/launchStudio.ts";
import { resizeWindow } from "../../support/layoutChecks.ts";
import { writeBigGrid } from "../../support/bigGridProject.ts";
import { bigFilm } from "../carbonFilm.ts";
import { printRow } from "../measure.ts";
import { installProbe, readProbe, restartProbe, settled, untilPicture } from "./pageProbe.ts";
import {
  blocks,
  hover,
  memoryOf,
  recolor,
  showEnvironment,
  summary,
  turn,
} from "./windowMeasures.ts";

const TICKS = 8;
const WINDOW = { x: 0, y: 0, width: 1440, height: 900 };
/** x, y, z and radius, as 32-bit floats: what a picture of an atom needs at least. */
const BYTES_PER_ATOM = 16;

const folder = mkdtempSync(join(tmpdir(), "lpr-bench-"));

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
  await hover(studio, work);
  await showEnvironment(studio, work);
}

/** One film under six variants: one buffer of positions, six panels, all of them in view. */
async function benchBigGrid(studio: LaunchedStudio): Promise<void> {
  const { page } = studio;
  await resizeWindow(studio.app, 1600, 720);
  await page.keyboard.press("Control+b");
  const work = "63 000 atoms × 6 panels";
  const { path, folder: made } = writeBigGrid();
  await openFile(studio, path);
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await page.getByText("Up to date").waitFor({ timeout: 180_000 });
  await recolor(studio, work, (now) => now.getByText("Linear", { exact: true }).click());
  await turn(studio, work);
  await hover(studio, work);
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
  const { median, range } = summary(waits);
  printRow({
    work: `${work}: tick to new colours`,
    time: median,
    peakBytes: await memoryOf(studio),
    operations: `${range}, ${blocks({ longTasks: blocked })}`,
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
