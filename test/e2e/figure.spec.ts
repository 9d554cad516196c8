/** The Figure workspace on the real application: made from the grid, arranged, exported. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { PNG } from "pngjs";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

let studio: LaunchedStudio;
let folder: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-figure-"));
  studio = await launchStudio({ args: ["--example"] });
  await studio.page.waitForSelector('html[data-activity="drawn"]', { timeout: 300_000 });
});

test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Answers the next dialogs that ask where to save. */
async function saveTo(path: string): Promise<void> {
  await studio.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

async function frameOf(letter: string): Promise<readonly number[]> {
  const { page } = studio;
  await page.getByRole("button", { name: new RegExp(`^Structure \\(${letter}\\)`) }).click();
  const fields = ["Left edge", "Upper edge", "Width", "Height"];
  const values = await Promise.all(
    fields.map((name) => page.getByRole("textbox", { name, exact: true }).inputValue()),
  );
  return values.map(Number);
}

test("composes a figure of the grid and exports it in every format", async () => {
  test.setTimeout(600_000);
  const { page } = studio;
  await page.keyboard.press("Control+4");
  await page.getByRole("button", { name: "New figure from the grid" }).click();
  const drawn = page.locator(".figure-page");
  await expect(drawn).toHaveAttribute("data-pictures", "current", { timeout: 120_000 });
  await expect(drawn.getByText("(b)", { exact: true })).toBeVisible();
  const nLayers = await page.locator('[data-box][data-kind="structure"]').count();
  expect(nLayers).toBeGreaterThan(1);

  // Moves on half millimetres, is nudged, and every step can be taken back.
  const before = await frameOf("a");
  const box = await page.locator('[data-box="panel 1"]').boundingBox();
  if (box === null) throw new Error("The panel is not on screen.");
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 91, box.y + 83, { steps: 5 });
  await page.mouse.up();
  const moved = await frameOf("a");
  expect(moved.slice(0, 2)).not.toEqual(before.slice(0, 2));
  await page.locator('[data-box="panel 1"]').focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  expect((await frameOf("a"))[0]).toBeCloseTo((moved[0] ?? 0) + 5.5, 1);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  expect(await frameOf("a")).toEqual(before);

  // Words are edited in their place.
  await page.locator('[data-box="column 1"]').dblclick();
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("σ² of ỹ, Å");
  await page.keyboard.press("Control+Enter");
  await expect(drawn.getByText("σ² of ỹ, Å")).toBeVisible();

  await page.getByRole("textbox", { name: "Resolution" }).fill("100");
  await page.keyboard.press("Enter");
  // In one export: the panels are drawn but once.
  const others = ["SVG", "PNG", "TIFF", "Plotted data as CSV"];
  for (const name of others) {
    await page.getByRole("checkbox", { name: `${name} beside it` }).click();
  }
  await saveTo(join(folder, "figure.pdf"));
  await page.getByRole("radio", { name: "PDF", exact: true }).click();
  await page.getByRole("button", { name: "Export PDF + 3 more", exact: true }).click();
  await expect
    .poll(
      () =>
        readdirSync(folder)
          .filter((name) => name.startsWith("figure."))
          .sort(),
      {
        timeout: 120_000,
      },
    )
    .toEqual(["csv", "pdf", "png", "svg", "tiff"].map((end) => `figure.${end}`));
  await expect(page.getByRole("button", { name: "Export PDF + 3 more" })).toBeVisible();
  for (const name of others) {
    await page.getByRole("checkbox", { name: `${name} beside it` }).click();
  }
  const svg = readFileSync(join(folder, "figure.svg"), "utf8");
  expect(svg).toContain("σ² of ỹ, Å");
  expect(svg.match(/<image /g)).toHaveLength(nLayers);
  // What is seen is what is written: every word of the preview is in the file, at its place.
  const words = await drawn
    .locator("text")
    .evaluateAll((nodes) =>
      nodes.map(
        (node) => [node.getAttribute("x"), node.getAttribute("y"), node.textContent] as const,
      ),
    );
  for (const [x, y, text] of words) {
    expect(svg).toContain(`<text x="${x ?? ""}" y="${y ?? ""}"`);
    expect(svg).toContain(`>${text.replaceAll("&", "&amp;")}</text>`);
  }
  const png = PNG.sync.read(readFileSync(join(folder, "figure.png")));
  expect(png.width).toBe(Math.round((178 / 25.4) * 100));
  expect(readFileSync(join(folder, "figure.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
  expect(readFileSync(join(folder, "figure.csv"), "utf8")).toContain("panel 1,");
  expect(studio.pageErrors).toEqual([]);
});

test("an export that is cancelled, or goes where nobody may write, leaves no file", async () => {
  const { page } = studio;
  const path = join(folder, "never.png");
  await saveTo(path);
  await page.getByRole("textbox", { name: "Resolution" }).fill("600");
  await page.keyboard.press("Enter");
  await page.getByRole("radio", { name: "PNG", exact: true }).click();
  await page.getByRole("button", { name: "Export PNG", exact: true }).click();
  await page.locator(".export-bar").getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Export PNG", exact: true })).toBeVisible();
  expect(existsSync(path)).toBe(false);
  await saveTo(join(folder, "missing", "never.png"));
  await page.getByRole("button", { name: "Export PNG", exact: true }).click();
  await expect(page.getByText("The figure was not exported").first()).toBeVisible();
  expect(existsSync(join(folder, "missing"))).toBe(false);
});

test("a panel can be given another variant, or what suits its property", async () => {
  const { page } = studio;
  const box = page.locator('[data-box="panel 1"]');
  await box.click();
  await page.getByRole("combobox", { name: "Variant", exact: true }).click();
  const options = await page.getByRole("option").allTextContents();
  expect(options[0]).toBe("Automatic");
  await page.keyboard.press("Escape");
});
