/**
 * Graphics contexts outside the window taken away, as a driver that is reset does: previews of crystals
 * and suggestions, pictures of a page and an export come out as if nothing had happened.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { BASELINE_ONLY, openSmallProject } from "../support/smallProjectWindow.ts";

let studio: Awaited<ReturnType<typeof openSmallProject>>;
let page: Page;

/** Contexts that the page has made outside the window. */
interface Watched {
  made: WebGL2RenderingContext[];
}

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.beforeAll(async () => {
  studio = await openSmallProject("context", { variants: BASELINE_ONLY });
  page = studio.page;
  await page.evaluate(() => {
    const watched = globalThis as unknown as Watched;
    watched.made = [];
    const prototype = OffscreenCanvas.prototype as unknown as {
      getContext: (this: OffscreenCanvas, ...args: unknown[]) => unknown;
    };
    const original = prototype.getContext;
    prototype.getContext = function (...args) {
      const context = original.apply(this, args);
      if (context instanceof WebGL2RenderingContext && !watched.made.includes(context)) {
        watched.made.push(context);
      }
      return context;
    };
  });
});
test.afterAll(async () => {
  expect(studio.pageErrors).toEqual([]);
  await studio.close();
});

/** Takes all of them away. Returns how many there were. */
async function loseContexts(): Promise<number> {
  return page.evaluate(() => {
    const watched = globalThis as unknown as Watched;
    const alive = watched.made.filter((context) => !context.isContextLost());
    for (const context of alive) context.getExtension("WEBGL_lose_context")?.loseContext();
    return alive.length;
  });
}

/** The picture of a canvas, once it shows something and no longer changes. */
async function pictureOf(canvas: Locator): Promise<string> {
  let last = "";
  await expect
    .poll(async () => {
      const [now, colors] = await canvas.evaluate((element) => {
        const own = element as HTMLCanvasElement;
        const { data } = own.getContext("2d")?.getImageData(0, 0, own.width, own.height) ?? {
          data: new Uint8ClampedArray(0),
        };
        return [own.toDataURL(), new Set(new Uint32Array(data.buffer)).size] as const;
      });
      const isSettled = now === last && colors > 50;
      last = now;
      return isSettled;
    })
    .toBe(true);
  return last;
}

test("the preview of a generated crystal", async () => {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("generate a crystal");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Generate a crystal" });
  await expect(dialog.locator('.live-chip[data-state="live"]')).toBeVisible();
  const preview = dialog.locator(".structure-preview");
  const before = await pictureOf(preview);
  expect(await loseContexts()).toBe(1);
  const strain = dialog.getByRole("slider", { name: "Isotropic strain" });
  await strain.focus();
  await page.keyboard.press("PageUp");
  await expect
    .poll(() => preview.evaluate((element) => (element as HTMLCanvasElement).toDataURL()))
    .not.toBe(before);
  expect(await pictureOf(preview)).not.toBe(before);
  await loseContexts();
  await dialog.getByRole("button", { name: "Undistorted" }).click();
  await expect(dialog.locator('.live-chip[data-state="live"]')).toBeVisible();
  await expect.poll(() => pictureOf(preview)).toBe(before);
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
});

test("the preview of a suggestion", async () => {
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.keyboard.press("s");
  const section = page.getByRole("region", { name: "Suggest structures" });
  await section.getByRole("button", { name: /^Suggest \d/ }).click();
  const rows = section
    .getByRole("list", { name: "Suggestions", exact: true })
    .getByRole("listitem");
  await expect(rows.first()).toBeVisible();
  const shown = async (): Promise<string> => {
    await page.mouse.move(0, 0);
    await expect(page.locator(".candidate-card")).toHaveCount(0);
    await rows.first().hover();
    return pictureOf(page.locator(".candidate-card .structure-preview"));
  };
  const before = await shown();
  expect(await loseContexts()).toBe(1);
  expect(await shown()).toBe(before);
  await page.mouse.move(0, 0);
});

test("the pictures of a page, and a file that is being written", async () => {
  await page.keyboard.press("Control+4");
  await page.getByRole("button", { name: "New figure from the grid" }).click();
  const sheet = page.locator(".figure-page");
  const areCurrent = (): Promise<void> =>
    expect(page.locator('[data-pictures="current"]')).toBeVisible({ timeout: 60_000 });
  await expect(sheet).toBeVisible();
  await areCurrent();
  const out = (name: string): string => join(studio.folder, name);
  const saveTo = (name: string): Promise<void> =>
    studio.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, out(name));
  await page.getByRole("radio", { name: "PNG", exact: true }).click();
  await page.getByRole("textbox", { name: "Resolution" }).fill("100");
  await page.keyboard.press("Enter");
  await saveTo("kept.png");
  await page.getByRole("button", { name: "Export PNG", exact: true }).click();
  await expect(page.getByText(/kept\.png exported/)).toBeVisible({ timeout: 60_000 });
  expect(await loseContexts()).toBeGreaterThan(0);
  // Every context is taken away as soon as it is there, three times, while the next file is drawn.
  await page.evaluate(() => {
    const watched = globalThis as unknown as Watched & { taken: number };
    watched.taken = 0;
    const known = watched.made.length;
    const timer = setInterval(() => {
      const fresh = watched.made.slice(known).filter((context) => !context.isContextLost());
      if (fresh.length === 0) return;
      for (const one of fresh) one.getExtension("WEBGL_lose_context")?.loseContext();
      watched.taken += 1;
      if (watched.taken === 3) clearInterval(timer);
    }, 1);
  });
  await saveTo("lost.png");
  await page.getByRole("button", { name: "Export PNG", exact: true }).click();
  await expect(page.getByText(/lost\.png exported/)).toBeVisible({ timeout: 60_000 });
  expect(
    await page.evaluate(() => (globalThis as unknown as { taken: number }).taken),
  ).toBeGreaterThan(0);
  expect(readFileSync(out("lost.png")).equals(readFileSync(out("kept.png")))).toBe(true);
  // The page itself is drawn anew, too: other sizes of its pictures.
  await page.keyboard.press("Control+Equal");
  await areCurrent();
});
