/** How structures are displayed: directions, bonds, slab, images; with counts of uploads and draws. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { PNG } from "pngjs";
import type { ProjectDocument } from "../../src/project/document.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { resizeWindow } from "../support/layoutChecks.ts";

/** 6 × 6 × 6 cubic lattice of carbon, 1.5 Å apart: three bonds an atom, all across the cell too. */
const SIDE = 6;
const STEP = 1.5;
const N_ATOMS = SIDE ** 3;
const N_BONDS = 3 * N_ATOMS;

/** The cutoff holds the six nearest atoms. */
const PROJECT: ProjectDocument = {
  version: 1,
  datasets: { cube: { path: "cube.xyz" } },
  descriptor: {
    type: "soap",
    basis: "gto",
    cutoff: 1.6,
    cutoffWidth: 0.3,
    sigma: 0.5,
    nMax: 4,
    lMax: 3,
  },
  targets: [{ dataset: "cube", structures: "0" }],
};

let studio: LaunchedStudio;
let folder: string;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  const length = SIDE * STEP;
  const lines = Array.from({ length: N_ATOMS }, (_, i) => {
    const place = [i % SIDE, Math.floor(i / SIDE) % SIDE, Math.floor(i / SIDE ** 2)];
    return `C ${place.map((k) => String(STEP * (k + 0.5))).join(" ")} ${String(i)}`;
  });
  const lattice = `${String(length)} 0 0 0 ${String(length)} 0 0 0 ${String(length)}`;
  const header = `Lattice="${lattice}" Properties=species:S:1:pos:R:3:q:R:1 pbc="T T T"`;
  writeFileSync(join(folder, "cube.xyz"), [String(N_ATOMS), header, ...lines, ""].join("\n"));
  writeFileSync(join(folder, "cube.lpr.json"), JSON.stringify(PROJECT));
  studio = await launchStudio({
    args: [join(folder, "cube.lpr.json")],
    env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") },
  });
  page = studio.page;
  await resizeWindow(studio.app, 1440, 900);
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

function status(): Locator {
  return page.getByRole("contentinfo", { name: "Status" });
}

function scene(): Locator {
  return page.getByTestId("panel-scene");
}

async function stats(): Promise<{ bytes: number; draws: number; frames: number }> {
  return scene().evaluate((element) => {
    const { uploadedBytes, lastFrameDrawCalls, frames } = (element as HTMLElement).dataset;
    return {
      bytes: Number(uploadedBytes),
      draws: Number(lastFrameDrawCalls),
      frames: Number(frames),
    };
  });
}

/** Waits until no frame was drawn for a while. */
async function settled(): Promise<Awaited<ReturnType<typeof stats>>> {
  let before = await stats();
  for (;;) {
    await page.waitForTimeout(400);
    const now = await stats();
    if (now.frames === before.frames && now.frames > 0) return now;
    before = now;
  }
}

/** Part of the panel that is not background. */
async function coveredPart(): Promise<number> {
  await settled();
  const { data, width, height } = PNG.sync.read(await page.locator(".panel-canvas").screenshot());
  const ground = data.readUIntBE(4 * (2 * width + 2), 3);
  let covered = 0;
  for (let k = 0; k < width * height; k += 1) {
    if (data.readUIntBE(4 * k, 3) !== ground) covered += 1;
  }
  return covered / (width * height);
}

test("looks along cell vectors, switches to perspective, and comes back", async () => {
  await expect(status()).toContainText(`${String(N_ATOMS)} of ${String(N_ATOMS)} atoms shown`);
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name: "q", exact: true }).click();
  for (const name of ["Axes", "Scale bar"]) await page.getByRole("checkbox", { name }).uncheck();
  const canvas = page.locator(".panel-canvas");
  await settled();
  const oblique = await canvas.screenshot();
  await page.getByRole("button", { name: "Look along a" }).click();
  await settled();
  const along = await canvas.screenshot();
  expect(along.equals(oblique)).toBe(false);
  await page.keyboard.press("x");
  await settled();
  expect((await canvas.screenshot()).equals(along), "a is along x here").toBe(true);
  await page.keyboard.press("p");
  await settled();
  await expect(page.getByRole("combobox", { name: "Projection" })).toHaveText("Perspective");
  expect((await canvas.screenshot()).equals(along)).toBe(false);
  await page.screenshot({ path: "test-results/screenshots/display-perspective.png" });
  await page.keyboard.press("p");
  await page.keyboard.press("Shift+F");
  await settled();
  expect((await canvas.screenshot()).equals(oblique), "as after opening").toBe(true);
});

test("bonds are uploaded once and cost one draw; recolouring stays four bytes an atom", async () => {
  const before = await settled();
  expect(before.draws).toBe(1);
  await page.getByRole("checkbox", { name: "Bonds" }).check();
  await expect.poll(async () => (await stats()).draws).toBe(2);
  const shown = await settled();
  // 16 bytes a bond, and two square corners' worth of indices at most.
  expect(shown.bytes - before.bytes).toBeGreaterThanOrEqual(16 * N_BONDS);
  expect(shown.bytes - before.bytes).toBeLessThan(16 * N_BONDS + 64);
  await page.getByText("Log", { exact: true }).click();
  await expect.poll(async () => (await stats()).bytes).toBeGreaterThan(shown.bytes);
  const recolored = await settled();
  expect(recolored.bytes - shown.bytes).toBe(4 * N_ATOMS);
  expect(recolored.draws).toBe(2);
  await page.waitForTimeout(800);
  expect((await stats()).frames, "idle draws nothing").toBe(recolored.frames);
  await page.getByLabel("Radius of a carbon atom").fill("0.3");
  await page.keyboard.press("Enter");
  await page.getByLabel("Radius of bonds").fill("0.12");
  await page.keyboard.press("Enter");
  await settled();
  await page.screenshot({ path: "test-results/screenshots/display-bonds.png" });
});

test("a slab shows, counts and picks what lies inside it, and uploads only its shading", async () => {
  const before = await settled();
  const full = await coveredPart();
  await page.getByRole("radio", { name: "c", exact: true }).click();
  await page.getByLabel("Thickness of the slab").fill("2");
  await page.keyboard.press("Enter");
  // Planes lie 1.5 Å apart and the middle between two of them.
  const shown = 2 * SIDE ** 2;
  await expect(status()).toContainText(`${String(shown)} of ${String(N_ATOMS)} atoms shown`);
  const cut = await settled();
  // Four numbers an atom for each of the two changes: axis and thickness.
  expect(cut.bytes - before.bytes).toBe(2 * 16 * N_ATOMS);
  expect(await coveredPart()).toBeLessThan(0.7 * full);
  await page.screenshot({ path: "test-results/screenshots/display-slab.png" });
  await page.getByRole("button", { name: "Look along c" }).click();
  await page.getByRole("button", { name: "Lasso" }).click();
  await settled();
  const box = await page.locator(".panel-canvas").boundingBox();
  if (box === null) throw new Error("not on screen");
  const at = (x: number, y: number): [number, number] => [
    box.x + x * box.width,
    box.y + y * box.height,
  ];
  await page.mouse.move(...at(0.02, 0.02));
  await page.mouse.down();
  for (const [x, y] of [
    [0.98, 0.02],
    [0.98, 0.98],
    [0.02, 0.98],
    [0.02, 0.05],
  ] as const) {
    await page.mouse.move(...at(x, y), { steps: 4 });
  }
  await page.mouse.up();
  await expect(status()).toContainText(`Selection ${String(shown)}`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.getByRole("radio", { name: "View" }).click();
  await page.getByLabel("Position of the slab").fill("0");
  await page.keyboard.press("Enter");
  await expect(status()).toContainText(`${String(SIDE ** 2)} of ${String(N_ATOMS)} atoms shown`);
  await page.getByRole("radio", { name: "Off" }).click();
  await expect(status()).toContainText(`${String(N_ATOMS)} of ${String(N_ATOMS)} atoms shown`);
});

test("periodic images upload only their shading and are picked as their atoms", async () => {
  const before = await settled();
  const narrow = await coveredPart();
  await page.getByRole("button", { name: "Look along c" }).click();
  await page.getByLabel("Images along a").fill("3");
  await page.keyboard.press("Enter");
  expect(await coveredPart()).not.toBe(narrow);
  const after = await settled();
  expect(after.bytes - before.bytes).toBe(3 * 16 * N_ATOMS);
  expect(after.draws).toBe(2);
  await page.screenshot({ path: "test-results/screenshots/display-images.png" });
  const box = await page.locator(".panel-canvas").boundingBox();
  if (box === null) throw new Error("not on screen");
  // Seen along c; three cells of 9 Å side by side fill 88 % of the panel.
  const reach = [9 + 2.5 * STEP + 0.3, 2.5 * STEP + 0.3] as const;
  const scale = Math.max((2 * reach[0]) / box.width, (2 * reach[1]) / box.height) / 0.88;
  const names = new Set<string>();
  for (const cell of [-1, 0, 1]) {
    const x = box.x + box.width / 2 + (STEP / 2 + cell * SIDE * STEP) / scale;
    await page.mouse.move(x, box.y + box.height / 2 + STEP / 2 / scale, { steps: 2 });
    await expect(page.locator(".hover-readout")).toBeVisible();
    names.add(await page.locator(".hover-readout").innerText());
    await page.mouse.move(5, 5);
    await expect(page.locator(".hover-readout")).toBeHidden();
  }
  expect([...names]).toHaveLength(1);
  await page.getByLabel("Images along a").fill("1");
  await page.keyboard.press("Enter");
});

/** Where an atom of the front layer is, seen along c after Fit; 0 to 5 from left and from below. */
async function placeOf(right: number, up: number): Promise<readonly [number, number]> {
  const box = await page.locator(".panel-canvas").boundingBox();
  if (box === null) throw new Error("not on screen");
  const reach = 2.5 * STEP + 0.3;
  const scale = (2 * reach) / (0.88 * Math.min(box.width, box.height));
  return [
    box.x + box.width / 2 + ((right - 2.5) * STEP) / scale,
    box.y + box.height / 2 - ((up - 2.5) * STEP) / scale,
  ];
}

test("picked atoms are measured the shortest way across boundaries, in the order of clicks", async () => {
  await page.getByRole("button", { name: "Look along c" }).click();
  await settled();
  await page.mouse.click(...(await placeOf(0, 2)));
  await page.keyboard.down("Shift");
  await page.mouse.click(...(await placeOf(5, 2)));
  await expect(status()).toContainText(/Distance C \d+–C \d+ 1\.500 Å/);
  await page.mouse.click(...(await placeOf(5, 3)));
  await expect(status()).toContainText(/Angle .* 90\.0°/);
  await page.keyboard.up("Shift");
  await page.screenshot({ path: "test-results/screenshots/display-measure.png" });
  await page.keyboard.press("Escape");
  await expect(status()).not.toContainText("Angle");
});

test("a double click shows the environment whole across boundaries; Escape returns", async () => {
  await page.mouse.move(5, 5);
  const before = await settled();
  const picture = await page.locator(".panel-canvas").screenshot();
  await page.mouse.dblclick(...(await placeOf(0, 5)));
  await expect(status()).toContainText("6 neighbours within 1.6 Å");
  await page.mouse.move(5, 5);
  const away = await settled();
  // Atoms and bonds: one draw in colour, and two for what is faded.
  expect(away.draws).toBe(6);
  await page.screenshot({ path: "test-results/screenshots/display-environment.png" });
  await page.keyboard.press("Escape");
  await expect(status()).not.toContainText("neighbours within");
  await page.keyboard.press("Escape");
  const back = await settled();
  expect(back.draws).toBe(2);
  // The flags of the click's selection, a byte an atom each way, and the shading of the environment
  // (two copies along each of the three vectors) and of the whole again.
  expect(back.bytes - before.bytes).toBeLessThanOrEqual((4 + 16 * (2 ** 3 + 1)) * N_ATOMS);
  expect((await page.locator(".panel-canvas").screenshot()).equals(picture)).toBe(true);
});

test("nothing was written to the page's error console", () => {
  expect(studio.pageErrors).toEqual([]);
});
