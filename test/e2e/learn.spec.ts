/** The toy model in the window: dragged, edited, undone, copied, and reached by keyboard. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { resizeWindow } from "../support/layoutChecks.ts";

let studio: LaunchedStudio;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.beforeAll(async () => {
  studio = await launchStudio();
  page = studio.page;
  await resizeWindow(studio.app, 1280, 720);
});
test.afterAll(async () => {
  expect(studio.pageErrors).toEqual([]);
  await studio.close();
});

function learn(): Locator {
  return page.getByRole("region", { name: "Learn: the toy model" });
}

function number(name: string): Promise<number> {
  return page
    .locator(`[data-number="${name}"]`)
    .innerText()
    .then((text) => Number(text.replace("−", "-")));
}

async function scenario(name: string): Promise<void> {
  await page.getByRole("radio", { name }).click();
  await expect(learn().getByRole("heading", { name: new RegExp(`^${name}`) })).toBeVisible();
}

function curve(name: string): Promise<string | null> {
  return page.locator(`[data-curve="${name}"]`).getAttribute("d");
}

async function drag(mark: Locator, dx: number): Promise<void> {
  const box = await mark.boundingBox();
  if (box === null) throw new Error("not on screen");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 8; step += 1) await page.mouse.move(x + (dx * step) / 8, y);
}

test("the toy model opens from the start screen and from the palette, and Escape goes back", async () => {
  await page.getByRole("button", { name: "The toy model: what LPR measures" }).click();
  await expect(learn()).toBeVisible();
  await expect(page.getByRole("button", { name: "Open the carbon-film example" })).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(learn()).toBeHidden();
  await expect(page.getByRole("button", { name: "Open the carbon-film example" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("toy model");
  await page.keyboard.press("Enter");
  await expect(learn()).toBeVisible();
});

test("the curvature of the loss is the LPR, and a single environment lifts it to about 1", async () => {
  await scenario("Single environment");
  const [lpr, curvature, before] = [
    await number("lpr"),
    await number("curvature"),
    await number("lpr-before"),
  ];
  expect(curvature).toBe(lpr);
  expect(lpr).toBeGreaterThan(0.9);
  expect(lpr).toBeLessThan(1.1);
  expect(before).toBeLessThan(0.1);
});

test("everything is drawn anew while a member is dragged, and one undo takes the drag back", async () => {
  const profile = await curve("lpr-alpha");
  const prediction = await curve("prediction-alpha");
  const lpr = await number("lpr");
  const mark = page.getByRole("slider", { name: "Group 5, member 5" });
  await drag(mark, 120);
  await expect.poll(() => number("lpr")).toBeLessThan(0.8 * lpr);
  expect(await curve("lpr-alpha")).not.toBe(profile);
  expect(await curve("prediction-alpha")).not.toBe(prediction);
  await page.mouse.up();
  const moved = Number(await mark.getAttribute("aria-valuenow"));
  expect(moved).toBeGreaterThan(0.6);
  await page.keyboard.press("Control+z");
  await expect.poll(() => curve("lpr-alpha")).toBe(profile);
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(mark).toHaveAttribute("aria-valuenow", String(moved));
  await page.keyboard.press("Control+z");
});

test("Escape during a drag takes it back and leaves the view open", async () => {
  const mark = page.getByRole("slider", { name: "Group 5, member 5" });
  await drag(mark, -60);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(mark).toHaveAttribute("aria-valuenow", "0.35");
  await expect(learn()).toBeVisible();
});

test("the cursor is put down anywhere in the charts and moved by keys", async () => {
  const cursor = page.getByRole("slider", { name: /^Held prediction/ });
  const charts = page.locator(".learn-charts > svg");
  const box = await charts.boundingBox();
  if (box === null) throw new Error("not on screen");
  await page.mouse.click(box.x + 0.3 * box.width, box.y + 80);
  const put = Number(await cursor.getAttribute("aria-valuenow"));
  expect(put).toBeLessThan(-0.3);
  await cursor.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await expect
    .poll(async () => Number(await cursor.getAttribute("aria-valuenow")))
    .toBeCloseTo(put + 0.09, 6);
  expect(await number("curvature")).toBe(await number("lpr"));
});

test("marks are chosen, moved and removed by keys", async () => {
  await scenario("Four groups");
  const first = page.getByRole("slider", { name: "Group 1, member 1" });
  await first.focus();
  await page.keyboard.press("ArrowRight");
  await expect(first).toHaveAttribute("aria-valuenow", "0.101");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("slider", { name: "Group 1, member 2" })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(page.getByRole("slider", { name: /^Group 1, member/ })).toHaveCount(3);
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("slider", { name: /^Group 1, member/ })).toHaveCount(4);
});

test("groups, members, regulariser and rows are edited as numbers", async () => {
  await page.getByRole("button", { name: "Reset" }).click();
  const field = page.getByLabel("x of member 2 of group 1");
  await field.fill("−0,5");
  await field.press("Enter");
  await expect(page.getByRole("slider", { name: "Group 1, member 2" })).toHaveAttribute(
    "aria-valuenow",
    "-0.5",
  );
  const before = await number("lpr");
  await page.getByRole("button", { name: "Add single-environment group" }).click();
  await expect(page.getByRole("slider", { name: /^Group 5, member/ })).toHaveCount(5);
  await expect.poll(() => number("lpr")).toBeGreaterThan(5 * before);
  await page.getByRole("button", { name: "Remove group 5" }).click();
  await expect(page.getByRole("slider", { name: /^Group 5, member/ })).toHaveCount(0);
  await expect.poll(() => number("lpr")).toBe(before);
  await page.getByRole("slider", { name: "Regulariser, power of ten" }).focus();
  for (let press = 0; press < 10; press += 1) await page.keyboard.press("ArrowRight");
  await expect(page.getByLabel("Regulariser μ")).toHaveValue("0.001");
  await expect.poll(() => number("lpr")).toBeGreaterThan(before);
  await page.getByRole("radio", { name: "Sum" }).click();
  await expect(page.getByRole("radio", { name: "Sum" })).toBeChecked();
});

test("two types have a curve each and either can be held", async () => {
  await scenario("Two types");
  for (const name of ["lpr-alpha", "lpr-beta", "lpr-before-beta"]) {
    expect(await curve(name)).toContain("L");
  }
  const alpha = await number("lpr");
  await page.getByRole("radio", { name: "Type β" }).click();
  await expect.poll(() => number("lpr")).not.toBe(alpha);
  await page.getByRole("button", { name: "Before", exact: true }).click();
  await expect(page.locator('[data-curve="lpr-before-beta"]')).toHaveCount(0);
  await page.getByRole("button", { name: "Before", exact: true }).click();
});

test("the profiles are copied as CSV", async () => {
  await page.getByRole("button", { name: "Copy the profiles as CSV" }).click();
  const text = await studio.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(text.split("\n")[0]).toContain("lpr_before_alpha");
  expect(text.split("\n").length).toBeGreaterThan(200);
});

test("nothing is cut off at 1280×720, and at 200 % zoom everything can be scrolled to", async () => {
  await scenario("Two phases");
  const cut = await learn().evaluate((root) =>
    [
      ...root.querySelectorAll<HTMLElement>(
        "button, h2, p:not(.visually-hidden), dt, dd, .learn-key li, .learn-group .muted",
      ),
    ]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
      .map((element) => element.textContent),
  );
  expect(cut).toEqual([]);
  const setZoom = (factor: number) =>
    studio.app.evaluate(({ BrowserWindow }, zoom) => {
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(zoom);
    }, factor);
  await setZoom(2);
  await page.locator(".parabola-chart").scrollIntoViewIfNeeded();
  await expect(page.locator(".parabola-chart")).toBeInViewport();
  await page.getByRole("button", { name: "Close", exact: true }).first().scrollIntoViewIfNeeded();
  await setZoom(1);
});

test("the view closes with its button and what was behind it is there", async () => {
  await learn().getByRole("button", { name: "Close" }).click();
  await expect(learn()).toBeHidden();
  await expect(page.getByRole("button", { name: "Open the carbon-film example" })).toBeVisible();
});
