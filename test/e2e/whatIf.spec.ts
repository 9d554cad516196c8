/** What if: ticks change colours and values at once, undo, hold, save; a full computation agrees. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import type { ProjectDocument } from "../../src/project/document.ts";
import { BASELINE_ONLY, openSmallProject } from "../support/smallProjectWindow.ts";

let studio: Awaited<ReturnType<typeof openSmallProject>>;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.beforeAll(async () => {
  studio = await openSmallProject("what-if", { variants: BASELINE_ONLY });
  page = studio.page;
});
test.afterAll(async () => {
  await studio.close();
});

function view(): Locator {
  return page.getByRole("region", { name: "What if" });
}

function table(): Locator {
  return view().getByRole("grid", { name: "Structures" });
}

function row(structure: string): Locator {
  return view().locator(`[data-structure="${structure}"]`);
}

/** Mean gain of a target now, percent, as its panel says. */
async function mean(target: string): Promise<string> {
  return view()
    .getByRole("article", { name: new RegExp(`^${target}`, "u") })
    .locator(".panel-mean b")
    .innerText();
}

async function isLive(): Promise<void> {
  await expect(view().locator('.live-chip[data-state="live"]')).toBeVisible();
}

test("says that rigidities come first, computes them, and opens by itself", async () => {
  await page.keyboard.press("Control+3");
  await expect(page.getByRole("button", { name: "What if", exact: true })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await expect(view().getByRole("heading", { name: "Rigidities come first" })).toBeVisible();
  await view().getByRole("button", { name: "Compute", exact: true }).click();
  await expect(table()).toBeVisible();
  await isLive();
  await expect(table()).toHaveAttribute("aria-rowcount", "15");
  await expect(view().getByText("0 added, 0 removed, 10 unchanged")).toBeVisible();
  expect(await mean("low")).toBe("0.00 %");
  await expect(row("extra[0]").locator(".number")).toHaveText(/^\+\d+\.\d\d %$/u);
});

test("a tick changes every panel, and undo takes it back", async () => {
  await row("extra[0]").locator(".tick").click();
  await isLive();
  await expect(view().getByText("1 added, 0 removed, 10 unchanged")).toBeVisible();
  const added = await mean("low");
  expect(added).toMatch(/^\+\d/u);
  // What it adds alone is what the table has said: percent of the mean logarithm, near the mean gain.
  expect(await mean("high")).not.toBe("0.00 %");
  await row("train[3]").locator(".tick").click();
  await isLive();
  await expect(view().getByText("1 added, 1 removed, 9 unchanged")).toBeVisible();
  expect(await mean("low")).not.toBe(added);
  await page.keyboard.press("Control+z");
  await isLive();
  await expect(row("train[3]")).toHaveAttribute("aria-selected", "true");
  expect(await mean("low")).toBe(added);
  await page.keyboard.press("Control+z");
  await isLive();
  expect(await mean("low")).toBe("0.00 %");
  await page.keyboard.press("Control+Shift+z");
  await isLive();
  expect(await mean("low")).toBe(added);
});

test("a drag over boxes sets many, in one step", async () => {
  const boxes = ["train[0]", "train[1]", "train[2]"].map((one) => row(one).locator(".tick"));
  const [first, , last] = await Promise.all(boxes.map((box) => box.boundingBox()));
  if (first === null || first === undefined || last === null || last === undefined) {
    throw new Error("no boxes");
  }
  await page.mouse.move(first.x + 16, first.y + 12);
  await page.mouse.down();
  await page.mouse.move(last.x + 16, last.y + 12, { steps: 8 });
  await page.mouse.up();
  await expect(view().getByText("1 added, 3 removed, 7 unchanged")).toBeVisible();
  await isLive();
  await page.keyboard.press("Control+z");
  await expect(view().getByText("1 added, 0 removed, 10 unchanged")).toBeVisible();
});

test("the keyboard sorts, filters, ticks and changes copies", async () => {
  await view().getByRole("radio", { name: "Pool 5" }).click();
  await expect(table()).toHaveAttribute("aria-rowcount", "5");
  await view().getByRole("searchbox", { name: "Filter structures" }).fill("extra 2");
  await expect(table()).toHaveAttribute("aria-rowcount", "1");
  await table().focus();
  await page.keyboard.press("Space");
  await expect(view().getByText("2 added, 0 removed, 10 unchanged")).toBeVisible();
  await page.keyboard.press("+");
  await expect(row("extra[1]").locator(".copies")).toHaveText("×2");
  await expect(view().getByText("3 added, 0 removed, 10 unchanged")).toBeVisible();
  await page.keyboard.press("-");
  await page.keyboard.press("Space");
  await view().getByRole("searchbox", { name: "Filter structures" }).fill("");
  await view().getByRole("radio", { name: "All" }).click();
  await view()
    .getByRole("button", { name: /^Gain alone/u })
    .click();
  await expect(view().getByRole("button", { name: /^Gain alone.*↓/u })).toBeVisible();
  await view().getByRole("button", { name: /^no\./u }).click();
  await expect(view().getByText("1 added, 0 removed, 10 unchanged")).toBeVisible();
});

test("a training set that was emptied says so, and takes ticks again", async () => {
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const name = inspector.getByRole("textbox", { name: "Name of the variant" });
  const all = view().getByRole("checkbox", { name: "All listed structures" });
  await all.click();
  await expect(name).toHaveAttribute("placeholder", "+5");
  await isLive();
  await all.click();
  await expect(view().getByText("The training set is empty.")).toBeVisible();
  await expect(view().locator(".live-chip")).toHaveText("Not current");
  await expect(view().getByRole("button", { name: "Generate a crystal…" })).toBeInViewport({
    ratio: 1,
  });
  await expect(inspector.getByRole("button", { name: "Save variant" })).toBeDisabled();
  await expect(row("train[0]")).toHaveAttribute("aria-selected", "false");
  await row("train[0]").locator(".tick").click();
  await isLive();
  await expect(view().getByText("0 added, 9 removed, 1 unchanged")).toBeVisible();
  await expect(name).toHaveAttribute("placeholder", "−9");
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("Control+z");
  await expect(view().getByText("1 added, 0 removed, 10 unchanged")).toBeVisible();
  await isLive();
});

test("holding shows the baseline in the same colours", async () => {
  const legend = view().locator(".legend-column");
  const range = await legend.innerText();
  const shown = await mean("low");
  const hold = view().getByRole("button", { name: "Hold to see baseline" });
  await hold.hover();
  await page.mouse.down();
  await expect.poll(() => mean("low")).toBe("0.00 %");
  const ticksOf = (text: string): readonly string[] => text.match(/[+−]?\d+(\.\d+)?$/gmu) ?? [];
  expect(ticksOf(await legend.innerText()).slice(1)).toEqual(ticksOf(range).slice(1));
  await page.mouse.up();
  await expect.poll(() => mean("low")).toBe(shown);
  await hold.focus();
  await page.keyboard.down("Space");
  await expect.poll(() => mean("low")).toBe("0.00 %");
  await page.keyboard.up("Space");
  await expect.poll(() => mean("low")).toBe(shown);
});

test("a saved variant is computed to the same gain", async () => {
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await row("train[5]").locator(".tick").click();
  await row("extra[2]").locator(".tick").click();
  await inspector.getByRole("radio", { name: "Replace" }).click();
  await expect(view().getByText("2 added, 2 removed, 8 unchanged")).toBeVisible();
  await isLive();
  const [low, high] = [await mean("low"), await mean("high")];
  await inspector.getByRole("textbox", { name: "Name of the variant" }).fill("kept");
  await inspector.getByRole("button", { name: "Save variant" }).click();
  const tree = page.getByRole("navigation", { name: "Project" });
  await expect(tree.getByRole("button", { name: /^(?!Show).*kept$/u })).toBeVisible();
  await page.keyboard.press("Control+1");
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name: "LPR enhancement" }).click();
  const compare = page.getByRole("region", { name: "Compare" });
  const panel = (target: string): Locator =>
    compare.getByRole("article", { name: new RegExp(`^${target}, kept`, "u") });
  await expect(panel("low").locator(".panel-mean b")).toHaveText(low);
  await expect(panel("high").locator(".panel-mean b")).toHaveText(high);
  // A letter is a command while the list has the focus, too, and chooses nothing in it.
  await page.keyboard.press("l");
  await expect(page.getByRole("button", { name: /^Lasso/u })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(page.getByRole("combobox", { name: "Property" })).toHaveText("LPR enhancement");
});

test("goes on from the saved variant, undoes its saving, and writes it to the file", async () => {
  await page.keyboard.press("Control+3");
  await expect(view().getByText("2 added, 2 removed, 8 unchanged")).toBeVisible();
  await isLive();
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved what-if")).toBeVisible();
  const path = join(studio.folder, "what-if.lpr.json");
  const saved = JSON.parse(readFileSync(path, "utf8")) as ProjectDocument;
  expect(saved.variants?.[1]).toMatchObject({
    name: "kept",
    base: "baseline",
    replace: { with: [{ dataset: "extra", structures: [0, 2] }] },
    remove: [{ dataset: "train", structures: [5] }],
  });
  await page.keyboard.press("Control+z");
  const tree = page.getByRole("navigation", { name: "Project" });
  await expect(tree.getByRole("button", { name: /^(?!Show).*kept$/u })).toHaveCount(0);
  expect(studio.pageErrors).toEqual([]);
});

test("survives the loss of the engine with what is ticked", async () => {
  await isLive();
  const shown = await mean("low");
  await studio.app.evaluate(({ app }) => {
    const engine = app.getAppMetrics().find(({ name }) => name === "LPR Studio compute engine");
    if (engine !== undefined) process.kill(engine.pid, "SIGKILL");
  });
  await expect(
    view().getByRole("heading", { name: "The computation stopped unexpectedly" }),
  ).toBeVisible();
  await view().getByRole("button", { name: "Run again" }).click();
  await expect(table()).toBeVisible({ timeout: 60_000 });
  await isLive();
  expect(await mean("low")).toBe(shown);
});
