/**
 * Draws the pictures of the README and of the start screen with the built application itself, from
 * the shipped example:
 *
 *     npm run build && xvfb-run -a -s "-screen 0 1600x1000x24" node scripts/pictures.mjs
 *
 * `renderer/assets/start-film.png` is a figure of the low-density film coloured by LPR enhancement, on
 * a transparent ground so that one file serves both themes.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { _electron } from "playwright";
import { PNG } from "pngjs";
import { sandboxArguments } from "./display.mjs";
import { ensureElectron } from "./ensureElectron.mjs";
import { encodePalettePng } from "./palettePng.mjs";
import { root } from "./paths.mjs";
import { runScript, say } from "./say.mjs";

/** Window of the screenshots, as in the design. */
const WINDOW = { width: 1440, height: 900 };
/** Resolution of the film, pixels of air around it, and how many colours its picture keeps. */
const FILM = { dpi: 105, margin: 20, colors: 64 };
const FILM_FIGURE = {
  name: "Film",
  page: { width: 50, height: 62, background: "transparent" },
  colorings: { gain: { property: "enhancement" } },
  elements: [
    {
      id: "film",
      kind: "structure",
      frame: { x: 0, y: 0, width: 50, height: 62 },
      target: { dataset: "films", structure: 0 },
      variant: "+10 graphite-like",
      coloring: "gain",
    },
  ],
};

async function openExample(theme, folder) {
  writeFileSync(join(folder, "settings.json"), JSON.stringify({ theme }));
  const app = await _electron.launch({
    executablePath: await ensureElectron(),
    args: [...sandboxArguments(), "--ignore-gpu-blocklist", root, "--example"],
    cwd: root,
    env: { ...process.env, LPR_STUDIO_USER_DATA: folder },
  });
  const page = await app.firstWindow();
  await page.waitForLoadState("load");
  await app.evaluate(({ BrowserWindow }, size) => {
    BrowserWindow.getAllWindows()[0].setBounds({ x: 0, y: 0, ...size });
  }, WINDOW);
  await page.waitForSelector('html[data-activity="drawn"]', { timeout: 300_000 });
  await page.waitForTimeout(1000);
  return { app, page };
}

/** Runs `draw` with the example open in a window of its own. */
async function withExample(theme, draw) {
  const folder = mkdtempSync(join(tmpdir(), "lpr-pictures-"));
  const { app, page } = await openExample(theme, folder);
  try {
    await draw(page);
  } finally {
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.destroy();
    });
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(path, bytes) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  say(`${path}: ${Math.ceil(bytes.length / 1024)} KiB`);
}

async function screenshot(page, path) {
  await page.waitForTimeout(1500);
  const picture = PNG.sync.read(await page.screenshot());
  const ramps = page.locator('[data-testid="legend-bar"], .range-slider, .map-strip');
  const fine = await Promise.all((await ramps.all()).map((ramp) => ramp.boundingBox()));
  write(path, encodePalettePng(picture, 256, fine));
}

async function colorBy(page, name) {
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name, exact: true }).click();
  await page.waitForTimeout(1000);
}

/** Lassos the low-LPR edge of the map, then rests on one of the chosen points. */
async function drawExplore(page) {
  await page.keyboard.press("Control+2");
  await page.getByRole("button", { name: "Close the drawer" }).click();
  await page.waitForTimeout(1500);
  await page.keyboard.press("l");
  const box = await page.getByTestId("kernel-map").boundingBox();
  const at = (turn) => [
    box.x + box.width * (0.845 - 0.105 * Math.cos(turn)),
    box.y + box.height * (0.56 - 0.24 * Math.sin(turn)),
  ];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let k = 1; k <= 60; k += 1) await page.mouse.move(...at((k / 60) * 6.25));
  await page.mouse.up();
  await page.waitForTimeout(500);
  await page.getByRole("button", { name: /^Rotate/ }).click();
  const film = await page.locator(".panel-canvas").first().boundingBox();
  await page.mouse.move(film.x + film.width * 0.5, film.y + film.height * 0.5);
  await page.waitForTimeout(300);
  await page.mouse.move(film.x + film.width * 0.503, film.y + film.height * 0.502);
  await screenshot(page, "docs/screenshot-explore.png");
}

async function drawCompare(page) {
  await colorBy(page, "LPR enhancement");
  await screenshot(page, "docs/screenshot-compare.png");
}

/** Ticks graphite-like cells into the training set. */
async function drawWhatIf(page) {
  await page.keyboard.press("Control+3");
  const view = page.getByRole("region", { name: "What if" });
  const isLive = () => view.locator('.live-chip[data-state="live"]').waitFor({ timeout: 120_000 });
  await isLive();
  await view.getByRole("radio", { name: /^Pool/ }).click();
  for (const k of [0, 1, 2, 3, 5, 6]) {
    await view.locator(`[data-structure="graphite[${k}]"] .tick`).click();
    await isLive();
  }
  await page.getByRole("button", { name: "Close the drawer" }).click();
  await page.mouse.move(0, 0);
  await screenshot(page, "docs/screenshot-what-if.png");
}

/** Fills a page from the grid. */
async function drawFigure(page) {
  await page.keyboard.press("Control+4");
  await page.getByRole("button", { name: "New figure from the grid" }).click();
  await page.mouse.move(0, 0);
  await page.waitForTimeout(8000);
  await screenshot(page, "docs/screenshot-figure.png");
}

/** Draws one film as a figure without words, and cuts it out. */
async function drawStartFilm() {
  const folder = mkdtempSync(join(tmpdir(), "lpr-pictures-"));
  try {
    const example = join(root, "examples", "carbon-films");
    const project = JSON.parse(readFileSync(join(example, "carbon-films.lpr.json"), "utf8"));
    for (const dataset of Object.values(project.datasets)) {
      dataset.path = join(example, dataset.path);
    }
    const path = join(folder, "film.lpr.json");
    writeFileSync(path, JSON.stringify({ ...project, figures: [FILM_FIGURE] }));
    const out = join(folder, "film.png");
    const render = ["render", path, "--figure", FILM_FIGURE.name, "--out", out, "--dpi", FILM.dpi];
    const program = join(root, "scripts", "lpr-studio.mjs");
    execFileSync(process.execPath, [program, ...render.map(String), "--quiet"]);
    const film = cutOut(PNG.sync.read(readFileSync(out)));
    write("renderer/assets/start-film.png", encodePalettePng(film, FILM.colors));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The rows and columns that hold atoms, with air around them. */
function cutOut({ width, height, data }) {
  const rowIsEmpty = (y) => !data.subarray(4 * y * width, 4 * (y + 1) * width).some((b) => b > 0);
  let top = 0;
  while (rowIsEmpty(top)) top += 1;
  let bottom = height;
  while (rowIsEmpty(bottom - 1)) bottom -= 1;
  const used = Array.from({ length: width }, (_, x) => x).filter((x) => {
    for (let y = top; y < bottom; y += 1) if (data[4 * (y * width + x) + 3] > 0) return true;
    return false;
  });
  const [left, right] = [used[0], used.at(-1) + 1];
  const [filmWidth, filmHeight] = [right - left, bottom - top];
  const film = new PNG({
    width: filmWidth + 2 * FILM.margin,
    height: filmHeight + 2 * FILM.margin,
  });
  film.data.fill(0);
  const source = new PNG({ width, height });
  source.data = data;
  PNG.bitblt(source, film, left, top, filmWidth, filmHeight, FILM.margin, FILM.margin);
  return film;
}

await runScript(async () => {
  await withExample("dark", drawExplore);
  await withExample("dark", drawWhatIf);
  await withExample("light", async (page) => {
    await drawCompare(page);
    await drawFigure(page);
  });
  await drawStartFilm();
});
