/** The toy model in the window: dragged, edited, undone, copied, and reached by keyboard. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { PNG } from "pngjs";
import { copiedPicture } from "../support/copiedPicture.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { resizeWindow } from "../support/layoutChecks.ts";

const cli = fileURLToPath(new URL("../../dist/main/cli.cjs", import.meta.url));

/** What `lpr-studio toy` prints, as far as it is compared. */
interface Toy {
  readonly models: readonly {
    readonly profile: {
      readonly x: number[];
      readonly curves: readonly Readonly<Record<"lpr" | "prediction" | "target", number[]>>[];
    };
    readonly constrained: readonly {
      readonly lpr: number;
      readonly fits: readonly { readonly epsilon: number; readonly loss: number }[];
    }[];
  }[];
}

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
  const loss = await curve("loss");
  const fan = await page.locator("[data-fan] path").first().getAttribute("d");
  const lpr = await number("lpr");
  const mark = page.getByRole("slider", { name: "Group 5, member 5" });
  await drag(mark, 120);
  await expect.poll(() => number("lpr")).toBeLessThan(0.8 * lpr);
  expect(await curve("lpr-alpha")).not.toBe(profile);
  expect(await curve("prediction-alpha")).not.toBe(prediction);
  expect(await curve("loss")).not.toBe(loss);
  expect(await page.locator("[data-fan] path").first().getAttribute("d")).not.toBe(fan);
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

test("the regulariser slider draws everything anew while it is dragged", async () => {
  const profile = await curve("lpr-alpha");
  const loss = await curve("loss");
  const thumb = page.getByRole("slider", { name: "Regulariser, power of ten" });
  await expect(thumb).toHaveAttribute("aria-valuetext", "μ = 0.0001");
  await drag(thumb, 40);
  await expect.poll(() => curve("lpr-alpha")).not.toBe(profile);
  expect(await curve("loss")).not.toBe(loss);
  await page.mouse.up();
  await page.keyboard.press("Control+z");
  await expect.poll(() => curve("lpr-alpha")).toBe(profile);
  await thumb.focus();
  await page.keyboard.press("Home");
  await expect(thumb).toHaveAttribute("aria-valuetext", "μ = 1e−8");
  await page.keyboard.press("End");
  await expect(thumb).toHaveAttribute("aria-valuetext", "μ = 1");
  await page.getByRole("button", { name: "Reset" }).click();
});

test("marks are chosen, moved and removed by keys", async () => {
  await scenario("Four groups");
  const first = page.getByRole("slider", { name: "Group 1, member 1" });
  await first.focus();
  await page.keyboard.press("ArrowRight");
  await expect(first).toHaveAttribute("aria-valuenow", "0.101");
  await page.keyboard.press("End");
  await expect(first).toHaveAttribute("aria-valuenow", "1");
  await expect(first).toHaveAttribute("aria-valuetext", /^x 1, LPR \d/);
  await page.keyboard.press("Home");
  await expect(first).toHaveAttribute("aria-valuetext", /^x −1, LPR \d/);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("slider", { name: "Group 1, member 2" })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(page.getByRole("slider", { name: /^Group 1, member/ })).toHaveCount(3);
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("slider", { name: /^Group 1, member/ })).toHaveCount(4);
});

test("what cannot be trained is said at the field, and nothing changes", async () => {
  const regularizer = page.getByLabel("Regulariser μ", { exact: true });
  const profile = await curve("lpr-alpha");
  for (const [text, problem] of [
    ["0", "More than 0: the totals alone do not fix all weights"],
    ["-1e-4", "More than 0: the totals alone do not fix all weights"],
    ["1e-20", "From 1e−16 to 10000000000000000"],
    ["much", "Not a number"],
  ] as const) {
    await regularizer.fill(text);
    await regularizer.press("Enter");
    await expect(regularizer).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByRole("alert")).toHaveText(problem);
    await regularizer.press("Escape");
  }
  const member = page.getByLabel("x of member 1 of group 1");
  await member.fill("1.5");
  await expect(page.getByRole("alert")).toHaveText("From −1 to 1");
  await member.press("Escape");
  expect(await curve("lpr-alpha")).toBe(profile);
  await expect(learn()).toBeVisible();
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
  await expect(page.getByLabel("Regulariser μ", { exact: true })).toHaveValue("0.001");
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

/** The table behind the charts, by column. */
async function copiedTable(button = 0): Promise<Record<string, number[]>> {
  await studio.app.evaluate(({ clipboard }) => {
    clipboard.clear();
  });
  await learn().getByRole("button", { name: "Copy CSV" }).nth(button).click();
  const read = () => studio.app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(read).toContain("\n");
  const [head = "", ...rows] = (await read()).trimEnd().split("\n");
  const cells = rows.map((row) => row.split(","));
  return Object.fromEntries(
    head.split(",").map((title, column) => [title, cells.map((row) => Number(row[column]))]),
  );
}

/** The largest relative difference of two columns, over the x that both have. */
function difference(
  [xs = [], ys = []]: readonly (number[] | undefined)[],
  [others = [], values = []]: readonly (number[] | undefined)[],
): number {
  let [worst, shared] = [0, 0];
  xs.forEach((x, i) => {
    const j = others.findIndex((other) => Math.abs(other - x) < 1e-12);
    if (j < 0) return;
    shared += 1;
    worst = Math.max(worst, Math.abs((ys[i] ?? NaN) / (values[j] ?? NaN) - 1));
  });
  return shared > 5 ? worst : Infinity;
}

test("the numbers are those of the command line", async () => {
  await page.getByRole("button", { name: "Reset" }).click();
  const window = await copiedTable();
  const loss = await copiedTable(1);
  const args = [cli, "toy", "--scenario", "two-types", "--at", "0"];
  const summary = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Toy;
  const [base, added] = summary.models;
  for (const [type, name] of ["alpha", "beta"].entries()) {
    for (const [column, quantity, model] of [
      [`lpr_before_${name} (rows: mean)`, "lpr", base],
      [`lpr_${name} (rows: mean)`, "lpr", added],
      [`prediction_${name}`, "prediction", added],
      [`target_${name}`, "target", added],
    ] as const) {
      const curves = model?.profile;
      const of = [curves?.x, curves?.curves[type]?.[quantity]];
      expect(difference([window["x"], window[column]], of), column).toBeLessThan(1e-9);
    }
  }
  const fits = added?.constrained[0]?.fits ?? [];
  const parabola = [fits.map(({ epsilon }) => epsilon), fits.map((fit) => fit.loss)];
  expect(difference([loss["epsilon"], loss["loss"]], parabola)).toBeLessThan(1e-9);
  expect(await number("lpr")).toBe(Number(added?.constrained[0]?.lpr.toPrecision(3)));
});

test("with one group they are those of the closed form", async () => {
  await scenario("Four groups");
  for (const group of [4, 3, 2]) {
    await page.getByRole("button", { name: `Remove group ${String(group)}` }).click();
  }
  await expect(page.getByRole("button", { name: "Remove group 1" })).toBeDisabled();
  const table = await copiedTable();
  // H = g gᵀ + μI: LPR = μ / (|φ|² − (g·φ)² / (μ + |g|²)).
  const mu = 1e-4;
  const powers = (x: number) => Array.from({ length: 9 }, (_, power) => x ** power);
  const dot = (a: number[], b: number[]) => a.reduce((sum, v, i) => sum + v * (b[i] ?? 0), 0);
  const members = [0.091, 0.375, -0.376, 0.019].map(powers);
  const g = powers(0).map((_, i) => members.reduce((sum, phi) => sum + (phi[i] ?? 0), 0) / 4);
  const x = table["x"] ?? [];
  const closed = x
    .map(powers)
    .map((phi) => mu / (dot(phi, phi) - dot(g, phi) ** 2 / (mu + dot(g, g))));
  expect(x).toHaveLength(241);
  expect(difference([x, table["lpr_alpha (rows: mean)"]], [x, closed])).toBeLessThan(1e-9);
  await page.getByRole("button", { name: "Reset" }).click();
});

test("both charts are copied as pictures, cut to their axes", async () => {
  await scenario("Single environment");
  for (const [index, least] of [
    [0, 1500],
    [1, 600],
  ] as const) {
    await studio.app.evaluate(({ clipboard }) => {
      clipboard.clear();
    });
    await learn().getByRole("button", { name: "Copy picture" }).nth(index).click();
    let bytes: Buffer = Buffer.alloc(0);
    await expect
      .poll(async () => (bytes = await copiedPicture(studio.app)).length)
      .toBeGreaterThan(5000);
    const { width, height, data } = PNG.sync.read(bytes);
    expect(width).toBeGreaterThan(least);
    if (index > 0) continue;
    // The fan of the lower chart has amber curves; none may run into the LPR chart above.
    const amber = { top: 0, bottom: 0 };
    for (let at = 0; at < data.length; at += 4) {
      const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3);
      const isKey = (at / 4) % width > width - 600;
      if (isKey || r - g < 20 || g - b < 60) continue;
      amber[at / 4 < 0.4 * width * height ? "top" : "bottom"] += 1;
    }
    expect(amber.bottom).toBeGreaterThan(1000);
    expect(amber.top).toBe(0);
  }
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
