/** Films of many frames: slider, play, keys, colouring by column, what was not computed is grey. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import {
  diamondCell,
  diamondCells,
  extendedXyzText,
  smallProject,
} from "../support/carbonCells.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { resizeWindow } from "../support/layoutChecks.ts";

let studio: LaunchedStudio;
let folder: string;
let page: Page;

/** Twelve frames of the same eight atoms, with a column that differs from frame to frame. */
function trajectoryText(): string {
  return Array.from({ length: 12 }, (_, frame) => {
    const { positions, cell } = diamondCell(500 + frame);
    const rows = Array.from({ length: 8 }, (__, i) => {
      const xyz = Array.from(positions.subarray(3 * i, 3 * i + 3)).join(" ");
      return `C ${xyz} ${String(frame + 0.1 * i)}`;
    });
    return `8\nLattice="${Array.from(cell ?? []).join(" ")}" Properties=species:S:1:pos:R:3:charge:R:1 temperature=${String(300 + frame)}\n${rows.join("\n")}\n`;
  }).join("");
}

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  writeFileSync(join(folder, "train.xyz"), extendedXyzText(diamondCells(12, 100)));
  writeFileSync(join(folder, "extra.xyz"), extendedXyzText(diamondCells(3, 200)));
  writeFileSync(join(folder, "films.xyz"), trajectoryText());
  const project = {
    ...smallProject,
    targets: [{ dataset: "films", structures: "0:2", labels: ["start", "next"] }],
  };
  writeFileSync(join(folder, "run.lpr.json"), JSON.stringify(project));
  await open();
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  studio = await launchStudio({
    args: [join(folder, "run.lpr.json")],
    env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") },
  });
  page = studio.page;
  await resizeWindow(studio.app, 1440, 900);
}

function frameNumber(): ReturnType<Page["locator"]> {
  return page.locator(".frame-number");
}

test("keys and slider go through the frames; number and facts of the file are shown", async () => {
  await expect(page.getByRole("group", { name: "Frames of start" })).toBeVisible();
  await expect(frameNumber()).toHaveText("1 of 12");
  await page.keyboard.press(".");
  await page.keyboard.press(".");
  await expect(frameNumber()).toHaveText("3 of 12");
  await expect(page.locator(".frame-info")).toContainText("temperature 302");
  await page.keyboard.press(",");
  await expect(frameNumber()).toHaveText("2 of 12");
  await page.getByRole("slider", { name: "Frame" }).focus();
  await page.keyboard.press("End");
  await expect(frameNumber()).toHaveText("12 of 12");
  await page.screenshot({ path: "test-results/screenshots/trajectory.png" });
});

test("every frame is coloured by its own column, in the same panel", async () => {
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name: /charge/ }).click();
  const first = page.getByRole("article").first();
  await expect(first.locator(".panel-mean")).toContainText("11.3");
  await page.getByRole("slider", { name: "Frame" }).focus();
  await page.keyboard.press("Home");
  await expect(first.locator(".panel-mean")).toContainText("0.35");
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name: "Coordination" }).click();
  await expect(page.getByTestId("legend").first()).toHaveAccessibleName(/Neighbours/);
});

test("Space plays and pauses", async () => {
  await page.locator(".view").first().focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(frameNumber()).not.toHaveText("1 of 12");
  await page.keyboard.press("Space");
  const stopped = await frameNumber().textContent();
  await page.waitForTimeout(500);
  expect(await frameNumber().textContent()).toBe(stopped);
});

test("LPR is shown where it was computed; another frame is grey and says so", async () => {
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.getByRole("slider", { name: "Frame" }).focus();
  await page.keyboard.press("Home");
  await expect(frameNumber()).toHaveText("1 of 12");
  const legend = page.getByTestId("legend").first();
  await expect(legend).toHaveAccessibleName(/^LPR.* 0 without value/);
  await page.keyboard.press("ArrowRight");
  await expect(legend).toHaveAccessibleName(/^LPR.* 0 without value/);
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".frame-note")).toContainText("No LPR for this frame");
  await expect(legend).toHaveAccessibleName(/ 16 without value/);
  await page.screenshot({ path: "test-results/screenshots/trajectory-not-computed.png" });
  expect(studio.pageErrors).toEqual([]);
});

test("the frame that was looked at is saved with the project and comes back with it", async () => {
  await page.getByRole("slider", { name: "Frame" }).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press(".");
  await page.keyboard.press(".");
  await expect(frameNumber()).toHaveText("3 of 12");
  await page.keyboard.press("Control+s");
  await expect(page.getByText(/^Saved run/)).toBeVisible();
  await studio.close();
  await open();
  await expect(frameNumber()).toHaveText("3 of 12");
});
