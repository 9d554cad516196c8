/** 63 000 atoms in six panels: what goes to the graphics card, counted; charts as densities. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import type { ProjectDocument } from "../../src/project/document.ts";
import { diamondCells, extendedXyzText } from "../support/carbonCells.ts";
import { filmOfCells } from "../support/filmOfCells.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { sceneStats, settledScene } from "../support/sceneStats.ts";

const N_ATOMS = 63_000;
const N_PANELS = 6;

/** Six variants of a model small enough to be computed in seconds. */
const PROJECT: ProjectDocument = {
  version: 1,
  datasets: { train: { path: "train.xyz" }, film: { path: "film.xyz" } },
  descriptor: {
    type: "soap",
    basis: "gto",
    cutoff: 2.2,
    cutoffWidth: 0.4,
    sigma: 0.5,
    nMax: 2,
    lMax: 2,
  },
  model: {
    type: "sparse-kernel",
    zeta: 2,
    activeSet: { method: "fps", size: 8, from: ["train"], seed: 1 },
    regularizer: 1e-3,
    structureRows: "mean",
  },
  variants: Array.from({ length: N_PANELS }, (_, v) => ({
    name: v === 0 ? "baseline" : `without ${String(v)}`,
    train: [{ dataset: "train", structures: `${String(v)}:10` }],
  })),
  targets: [{ dataset: "film", labels: ["film"] }],
};

let studio: LaunchedStudio;
let folder: string;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 240_000 });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  writeFileSync(join(folder, "train.xyz"), extendedXyzText(diamondCells(10, 100)));
  writeFileSync(join(folder, "film.xyz"), extendedXyzText([filmOfCells([15, 21, 25], 1)]));
  writeFileSync(join(folder, "big.lpr.json"), JSON.stringify(PROJECT));
  studio = await launchStudio({
    args: [join(folder, "big.lpr.json")],
    env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") },
  });
  page = studio.page;
  await studio.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1280, height: 720 });
  });
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole("article")).toHaveCount(N_PANELS);
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

test("six panels share one buffer of positions", async () => {
  const { uploadedBytes = 0, lastFrameDrawCalls } = await settledScene(page);
  expect(lastFrameDrawCalls).toBe(N_PANELS);
  // Positions and shading 16 bytes each, once; values 4 and flags 1 in every panel, values twice at
  // most, for species before the result came; tables and corners are less than a byte an atom.
  const shared = 2 * 16 * N_ATOMS;
  expect(uploadedBytes).toBeGreaterThanOrEqual(shared + N_PANELS * 5 * N_ATOMS);
  expect(uploadedBytes).toBeLessThan(shared + N_PANELS * (5 + 4 + 1) * N_ATOMS);
});

test("a recolour is four bytes an atom and one draw a panel, a table alone no byte an atom", async () => {
  const before = await settledScene(page);
  await page.getByRole("radio", { name: "Linear" }).click();
  await expect
    .poll(async () => (await sceneStats(page))["uploadedBytes"])
    .toBeGreaterThan(before["uploadedBytes"]!);
  const linear = await settledScene(page);
  expect(linear["uploadedBytes"]! - before["uploadedBytes"]!).toBe(N_PANELS * 4 * N_ATOMS);
  expect(linear["lastFrameDrawCalls"]).toBe(N_PANELS);
  expect(linear["drawCalls"]! - before["drawCalls"]!).toBe(
    N_PANELS * (linear["frames"]! - before["frames"]!),
  );
});

test("a hover is one pick without a read-back; waiting draws nothing", async () => {
  const box = await page.locator(".panel-canvas").nth(1).boundingBox();
  if (box === null) throw new Error("no panel");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await expect(page.locator(".hover-readout")).toBeVisible();
  const before = await settledScene(page);
  await page.mouse.move(x + 9, y + 4);
  await expect.poll(async () => (await sceneStats(page))["picks"]).toBe(before["picks"]! + 1);
  await page.waitForTimeout(1500);
  const after = await sceneStats(page);
  expect(after["picks"]).toBe(before["picks"]! + 1);
  for (const counter of ["frames", "uploadedBytes", "readbacks"] as const) {
    expect(after[counter], counter).toBe(before[counter]);
  }
  expect(after["readbacks"]).toBe(0);
  await page.mouse.move(5, 300);
});

test("a lost context comes back with all six, uploaded once more", async () => {
  const scene = page.getByTestId("panel-scene");
  const before = await settledScene(page);
  await scene.evaluate((element) => {
    const canvases = [...element.querySelectorAll("canvas")];
    const context = canvases.map((one) => one.getContext("webgl2")).find((one) => one !== null);
    const loss = context?.getExtension("WEBGL_lose_context");
    loss?.loseContext();
    setTimeout(() => loss?.restoreContext(), 300);
  });
  await expect(scene).toHaveAttribute("data-context", "restored");
  const after = await settledScene(page);
  expect(after["lastFrameDrawCalls"]).toBe(N_PANELS);
  const uploaded = after["uploadedBytes"]! - before["uploadedBytes"]!;
  expect(uploaded).toBeGreaterThanOrEqual((2 * 16 + N_PANELS * 5) * N_ATOMS);
  expect(uploaded).toBeLessThan((2 * 16 + N_PANELS * 6) * N_ATOMS);
});

test("nothing was written to the page's error console", () => {
  expect(studio.pageErrors.filter((line) => !line.includes("CONTEXT_LOST"))).toEqual([]);
});
