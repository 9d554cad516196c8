/** What leaves the Figure workspace: files, the clipboard, a command line, and what is said of them. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, type Page } from "@playwright/test";
import { PNG } from "pngjs";
import { copiedPicture } from "../support/copiedPicture.ts";
import { HAND_FIGURE } from "../support/handFigure.ts";
import type { LaunchedStudio } from "../support/launchStudio.ts";
import { openSmallProject } from "../support/smallProjectWindow.ts";

let studio: LaunchedStudio & { readonly folder: string };
let page: Page;

test.describe.configure({ mode: "serial", timeout: 180_000 });
test.beforeAll(async () => {
  const elements = HAND_FIGURE.elements.filter(({ id }) => id !== "gone");
  studio = await openSmallProject("leave", { figures: [{ ...HAND_FIGURE, elements }] });
  page = studio.page;
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press("Control+4");
  await expect(page.locator(".figure-page")).toBeVisible();
});
test.afterAll(async () => {
  expect(studio.pageErrors).toEqual([]);
  await studio.close();
});

/** Answers the next questions where to save, and remembers what was offered. */
async function saveTo(path: string): Promise<void> {
  await studio.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = ((_window: unknown, options: { defaultPath?: string }) => {
      (globalThis as { offered?: string }).offered = options.defaultPath ?? "";
      return Promise.resolve({ canceled: false, filePath });
    }) as never;
  }, path);
}

const offered = (): Promise<string> =>
  studio.app.evaluate(() => (globalThis as { offered?: string }).offered ?? "");

test("the image that is copied is the page, clear where it is transparent", async () => {
  await page.getByRole("textbox", { name: "Resolution" }).fill("100");
  await page.keyboard.press("Enter");
  await page.getByRole("radio", { name: "Clear" }).click();
  await studio.app.evaluate(({ clipboard }) => {
    clipboard.clear();
  });
  await page.keyboard.press("Control+Shift+c");
  await expect(page.getByText("Image copied")).toBeVisible({ timeout: 60_000 });
  const image = PNG.sync.read(await copiedPicture(studio.app));
  expect([image.width, image.height]).toEqual([178, 80].map((mm) => Math.round((mm / 25.4) * 100)));
  expect(image.data[3]).toBe(0);
  let opaque = 0;
  for (let k = 3; k < image.data.length; k += 4) if (image.data[k] === 255) opaque += 1;
  expect(opaque).toBeGreaterThan(2000);
});

const root = fileURLToPath(new URL("../..", import.meta.url));

test("exports remember their folder; the copied command line draws the same pixels", async () => {
  const out = join(studio.folder, "out");
  mkdirSync(out);
  const path = join(out, "window.png");
  await saveTo(path);
  await page.getByRole("radio", { name: "PNG", exact: true }).click();
  await page.getByRole("button", { name: "Export PNG", exact: true }).click();
  await expect(page.getByText(/window\.png exported, \d+/)).toBeVisible({ timeout: 60_000 });
  // At first beside the project, then where the last figure went.
  expect(await offered()).toBe(join(studio.folder, "By hand.png"));
  await page.getByRole("button", { name: "Export PNG", exact: true }).click();
  await expect.poll(offered).toBe(join(out, "By hand.png"));
  await expect(page.getByRole("button", { name: "Export PNG", exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^Copy the command line/ }).click();
  await expect(page.getByText(/Command line copied. Save the project/)).toBeVisible();
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Edited", { exact: true })).toBeHidden();
  await page.getByRole("button", { name: /^Copy the command line/ }).click();
  await expect(page.getByText("Command line copied", { exact: true })).toBeVisible();
  const line = await studio.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(line).toMatch(
    /^npx lpr-studio render .* --figure 'By hand' --out '.\/By hand.png' --dpi 100$/,
  );
  const electron = execFileSync(process.execPath, [join(root, "scripts", "ensureElectron.mjs")], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).trim();
  const command = line.replace(
    /^npx lpr-studio/,
    `'${process.execPath}' '${join(root, "dist", "main", "cli.cjs")}'`,
  );
  execFileSync("sh", ["-c", command], {
    cwd: out,
    env: {
      ...process.env,
      LPR_STUDIO_ELECTRON: electron,
      LPR_STUDIO_CACHE_DIR: join(studio.folder, "cache"),
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [mine, other] = [path, join(out, "By hand.png")].map((file) =>
    PNG.sync.read(readFileSync(file)),
  );
  expect(mine?.data.equals(other?.data ?? Buffer.alloc(0))).toBe(true);
  expect(readdirSync(out).sort()).toEqual(["By hand.png", "window.png"]);
});

/**
 * Presses a button of the export bar in the moment in which it appears: a pointer that is moved from
 * outside may come after a quick export has ended.
 */
async function pressWhenItAppears(name: string): Promise<void> {
  await page.evaluate((text) => {
    const press = (): void => {
      const buttons = [...document.querySelectorAll<HTMLElement>(".export-bar button")];
      const found = buttons.find((button) => button.textContent === text);
      if (found === undefined) return;
      watcher.disconnect();
      found.click();
      document.body.dataset["pressed"] = text;
    };
    const watcher = new MutationObserver(press);
    watcher.observe(document.body, { childList: true, subtree: true });
  }, name);
}

test("several formats go in one export, which replaces nothing unasked and leaves all or none", async () => {
  const several = join(studio.folder, "several");
  mkdirSync(several);
  const path = join(several, "f.png");
  await saveTo(path);
  await page.getByRole("radio", { name: "PNG", exact: true }).click();
  await page.getByRole("textbox", { name: "Resolution" }).fill("100");
  await page.keyboard.press("Enter");
  for (const one of ["PDF beside it", "SVG beside it", "TIFF beside it"]) {
    await page.getByRole("checkbox", { name: one }).check();
  }
  await page.getByRole("checkbox", { name: "Plotted data as CSV beside it" }).check();
  const button = page.getByRole("button", { name: "Export PNG + 3 more", exact: true });
  await button.click();
  await expect(
    page.getByText(/f\.png exported with PDF and SVG and TIFF and its data/),
  ).toBeVisible({
    timeout: 60_000,
  });
  const all = ["f.csv", "f.pdf", "f.png", "f.svg", "f.tiff"];
  expect(readdirSync(several).sort()).toEqual(all);
  const head = (name: string): string =>
    readFileSync(join(several, name)).subarray(0, 5).toString("latin1");
  expect([head("f.pdf"), head("f.svg")]).toEqual(["%PDF-", "<?xml"]);
  // Files that the dialog did not ask about are asked about.
  writeFileSync(join(several, "f.svg"), "edited by hand");
  await studio.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = ((_window: unknown, options: { message: string }) => {
      (globalThis as { asked?: string }).asked = options.message;
      return Promise.resolve({ response: 1, checkboxChecked: false });
    }) as never;
  });
  await button.click();
  const asked = (): Promise<string> =>
    studio.app.evaluate(() => (globalThis as { asked?: string }).asked ?? "");
  await expect.poll(asked).toBe("There already are f.pdf, f.svg, f.tiff, f.csv.");
  await expect(button).toBeVisible();
  expect(head("f.svg")).toBe("edite");
  // A cancelled one leaves nothing of any format.
  const cancelled = join(studio.folder, "cancelled");
  mkdirSync(cancelled);
  await saveTo(join(cancelled, "f.png"));
  await page.getByRole("textbox", { name: "Resolution" }).fill("600");
  await page.keyboard.press("Enter");
  await pressWhenItAppears("Cancel");
  await button.click();
  await expect.poll(() => page.evaluate(() => document.body.dataset["pressed"])).toBe("Cancel");
  await expect(button).toBeVisible();
  expect(readdirSync(cancelled)).toEqual([]);
  await page.getByRole("textbox", { name: "Resolution" }).fill("100");
  await page.keyboard.press("Enter");
  for (const one of ["PDF beside it", "SVG beside it", "TIFF beside it"]) {
    await page.getByRole("checkbox", { name: one }).uncheck();
  }
  await page.getByRole("checkbox", { name: "Plotted data as CSV beside it" }).uncheck();
});

test("the page is copied as a drawing for programs that take vectors", async () => {
  await page.getByRole("button", { name: /^Copy the page as SVG/ }).click();
  await expect(page.getByText("Figure copied as SVG")).toBeVisible({ timeout: 60_000 });
  const svg = await studio.app.evaluate(async ({ clipboard }) => {
    const older = clipboard as unknown as { readBuffer?: (format: string) => Buffer };
    if (older.readBuffer !== undefined) return older.readBuffer("image/svg+xml").toString("utf8");
    const [item] = await (clipboard as unknown as Clipboard).read();
    return (await item?.getType("image/svg+xml"))?.text() ?? "";
  });
  expect(svg).toMatch(/^<\?xml [\s\S]*<svg [\s\S]*<\/svg>\s*$/);
  expect(svg).toContain("<text ");
});

test("words without room get smaller letters where they are warned of", async () => {
  const titles = page.getByRole("textbox", { name: "Size of titles" });
  const usual = await titles.inputValue();
  await titles.fill("24");
  await titles.press("Enter");
  await page.getByRole("button", { name: "1 warning" }).click();
  const notes = page.getByRole("dialog", { name: "Warnings and remarks" });
  await expect(notes).toContainText("larger than their frame");
  await notes.getByRole("button", { name: "Make letters smaller" }).click();
  await expect(page.getByRole("button", { name: /warning/ })).toHaveCount(0);
  await expect(titles).toHaveValue("22.8");
  await page.keyboard.press("Control+z");
  await expect(titles).toHaveValue("24.0");
  await page.keyboard.press("Control+z");
  await expect(titles).toHaveValue(usual);
});

test("small letters are warned of in the bar, and a bad folder leaves the window usable", async () => {
  const ticks = page.getByRole("textbox", { name: "Size of numbers" });
  await ticks.fill("4");
  await ticks.press("Enter");
  await page.getByRole("button", { name: "1 warning" }).click();
  await expect(page.getByRole("dialog", { name: "Warnings and remarks" })).toContainText("4 pt");
  await page.keyboard.press("Escape");
  await saveTo(join(studio.folder, "nowhere", "f.png"));
  await page.getByRole("button", { name: "Export PNG", exact: true }).click();
  await expect(page.getByText("The figure was not exported").first()).toBeVisible();
  expect(existsSync(join(studio.folder, "nowhere"))).toBe(false);
  await saveTo(join(studio.folder, "f.png"));
  await page.getByRole("button", { name: "Export PNG", exact: true }).click();
  await expect(page.getByText(/f\.png exported.*, 1 warning/)).toBeVisible({ timeout: 60_000 });
});
