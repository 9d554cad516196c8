/** A figure whose values are older than the settings says so, and is exported after computing only. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { HAND_FIGURE } from "../support/handFigure.ts";
import { openSmallProject } from "../support/smallProjectWindow.ts";

test("stale values are told of, not exported, and mended in place", async () => {
  test.setTimeout(180_000);
  const elements = HAND_FIGURE.elements.filter(({ id }) => ["a", "bar"].includes(id));
  const studio = await openSmallProject("stale", { figures: [{ ...HAND_FIGURE, elements }] });
  const { page, app, folder } = studio;
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Edit the model" }).click();
  const dialog = page.getByRole("dialog", { name: "Model" });
  const power = dialog.getByRole("textbox", { name: "Kernel power ζ" });
  await power.fill("3");
  await power.press("Enter");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await page.keyboard.press("Control+4");
  const strip = page.locator(".page-strip");
  await expect(strip).toContainText("older than the settings of the project");
  const file = join(folder, "old.svg");
  await app.evaluate(({ dialog: dialogs }, filePath) => {
    dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.getByRole("radio", { name: "SVG", exact: true }).click();
  await page.getByRole("button", { name: "Export SVG", exact: true }).click();
  await expect(page.getByText("The figure was not exported").first()).toBeVisible();
  expect(existsSync(file)).toBe(false);
  // Undo of the settings makes the values current again, redo does not.
  await page.keyboard.press("Control+z");
  await expect(strip).toHaveCount(0);
  await page.keyboard.press("Control+Shift+z");
  await strip.getByRole("button", { name: "Compute" }).click();
  await expect(strip).toHaveCount(0, { timeout: 60_000 });
  await page.getByRole("button", { name: "Export SVG", exact: true }).click();
  await expect.poll(() => existsSync(file), { timeout: 60_000 }).toBe(true);
  expect(studio.pageErrors).toEqual([]);
  await studio.close();
});
