/** The artboard by hand: handles, snapping, keys, zoom, layers, states of elements. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { PNG } from "pngjs";
import { seenColor } from "../../renderer/figure/page/colorVision.ts";
import { HAND_FIGURE } from "../support/handFigure.ts";
import type { LaunchedStudio } from "../support/launchStudio.ts";
import { openSmallProject } from "../support/smallProjectWindow.ts";

let studio: LaunchedStudio & { readonly folder: string };
let page: Page;

test.describe.configure({ mode: "serial", timeout: 180_000 });
test.beforeAll(async () => {
  studio = await openSmallProject("compose", { figures: [HAND_FIGURE] });
  page = studio.page;
  await expect(page.getByText("16 of 16 atoms shown")).toBeVisible();
  await page.keyboard.press("Control+4");
  await expect(page.locator(".figure-page")).toBeVisible();
});
test.afterAll(async () => {
  expect(studio.pageErrors).toEqual([]);
  await studio.close();
});

interface Place {
  readonly x: number;
  readonly y: number;
}

async function middleOf(locator: Locator): Promise<Place> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("It is not on screen.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const boxOf = (id: string): Locator => page.locator(`[data-box="${id}"]`);
const handle = (name: string): Locator => page.locator(`[data-handle="${name}"]`);

/** CSS px in a mm, as the page is shown. */
async function scaleOf(): Promise<number> {
  const box = await page.getByTestId("artboard-page").boundingBox();
  return (box?.width ?? 0) / HAND_FIGURE.page.width;
}

/** Drags by millimetres; `during` looks before the pointer is let go. */
async function dragBy(
  from: Locator,
  dx: number,
  dy: number,
  keys: readonly string[] = [],
  during: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const scale = await scaleOf();
  const at = await middleOf(from);
  for (const key of keys) await page.keyboard.down(key);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + (dx * scale) / 2, at.y + (dy * scale) / 2, { steps: 2 });
  await page.mouse.move(at.x + dx * scale, at.y + dy * scale, { steps: 2 });
  await during();
  await page.mouse.up();
  for (const key of keys) await page.keyboard.up(key);
}

/** Left, top, width and height of what is selected, mm, as the inspector says them. */
async function frameShown(): Promise<readonly number[]> {
  const names = ["Left edge", "Upper edge", "Width", "Height"];
  const values = await Promise.all(
    names.map((name) => page.getByRole("textbox", { name, exact: true }).inputValue()),
  );
  return values.map((value) => Number(value.replace("−", "-")));
}

async function select(...ids: readonly string[]): Promise<void> {
  for (const [k, id] of ids.entries()) {
    await boxOf(id).click({
      position: { x: 12, y: 40 },
      ...(k > 0 ? { modifiers: ["Shift"] } : {}),
    });
  }
}

const undo = (): Promise<void> => page.keyboard.press("Control+z");

test("elements say what they lack; Compute and another variant mend it", async () => {
  const notice = (id: string): Locator => page.locator(`[data-notice="${id}"]`);
  await expect(notice("a")).toContainText("Not computed yet.");
  await expect(notice("gone")).toContainText("Variant “lost” is not in the project.");
  await notice("gone").getByRole("button", { name: "Show another" }).click();
  await page.getByRole("menuitem", { name: "more diamond" }).first().click();
  await expect(notice("gone")).toContainText("Not computed yet.");
  await notice("a").getByRole("button", { name: "Compute" }).click();
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 60_000 });
  await expect(page.locator("[data-notice]")).toHaveCount(0);
  await expect(page.locator('.figure-page[data-pictures="current"]')).toBeVisible({
    timeout: 60_000,
  });
  await undo();
  await expect(notice("gone")).toContainText("Variant “lost”");
  await page.keyboard.press("Control+Shift+z");
  await expect(page.locator("[data-notice]")).toHaveCount(0);
});

/** Left, top, right and bottom: which of them a handle drags. */
const DRAGS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  nw: [1, 1, 0, 0],
  n: [0, 1, 0, 0],
  ne: [0, 1, 1, 0],
  e: [0, 0, 1, 0],
  se: [0, 0, 1, 1],
  s: [0, 0, 0, 1],
  sw: [1, 0, 0, 1],
  w: [1, 0, 0, 0],
};

test("every handle moves its edges, without snapping while Alt is held", async () => {
  await select("b");
  const start = await frameShown();
  const [x = 0, y = 0, width = 0, height = 0] = start;
  for (const [name, [left, top, right, bottom]] of Object.entries(DRAGS)) {
    await dragBy(handle(name), 1.8, 2.6, ["Alt"]);
    const expected = [
      x + 1.8 * left,
      y + 2.6 * top,
      width + 1.8 * (right - left),
      height + 2.6 * (bottom - top),
    ];
    for (const [k, value] of (await frameShown()).entries()) {
      expect(Math.abs(value - (expected[k] ?? 0)), `${name}, ${String(k)}`).toBeLessThan(0.3);
    }
    await undo();
    expect(await frameShown()).toEqual(start);
  }
  // Shift keeps the shape, whatever the pointer does.
  await dragBy(handle("se"), 10, 1, ["Shift"]);
  const [, , wide = 0, high = 0] = await frameShown();
  expect(wide).toBeGreaterThan(width + 5);
  expect(wide / high).toBeCloseTo(width / height, 1);
  await undo();
});

test("drags find margins, other elements and equal gaps", async () => {
  await select("c");
  await dragBy(boxOf("c"), -8.6, 0.4, [], async () => {
    // a and b are 4 mm apart: so is c, and both gaps are drawn.
    await expect(page.locator(".artboard-gap")).toHaveCount(2);
    await expect(page.locator(".artboard-guide").first()).toBeVisible();
  });
  expect((await frameShown()).slice(0, 2)).toEqual([91, 8]);
  await undo();
  // The lower edge finds that of the key of the page: its margin.
  await dragBy(handle("s"), 0, 28.6);
  const [, y = 0, , height = 0] = await frameShown();
  expect([75, 76, 77]).toContain(y + height);
  await undo();
  await dragBy(handle("s"), 0, 28.6, ["Alt"]);
  const [, , , free = 0] = await frameShown();
  expect(Math.abs(free - 68.6)).toBeLessThan(0.4);
  await undo();
});

test("several elements are moved, resized, lined up and spaced out together", async () => {
  await select("a", "b", "c");
  await expect(page.locator(".selection-member")).toHaveCount(3);
  expect(await frameShown()).toEqual([3, 8, 137, 40]);
  await dragBy(boxOf("b"), 2.1, 3, ["Alt"]);
  const moved = await frameShown();
  expect(moved[0]).toBeCloseTo(5.1, 0);
  expect(moved.slice(2)).toEqual([137, 40]);
  await undo();
  await dragBy(handle("e"), -68.5, 0, ["Alt"]);
  const [, , half = 0, high = 0] = await frameShown();
  expect(Math.abs(half - 68.5)).toBeLessThan(0.5);
  expect(high).toBe(40);
  await undo();
  await page.getByRole("button", { name: "Line up and space out" }).click();
  await page.getByRole("menuitem", { name: "Equal gaps across" }).click();
  await select("b");
  expect((await frameShown())[0]).toBeCloseTo(51.5, 1);
  await undo();
  await select("a", "gone");
  await page.getByRole("button", { name: "Line up and space out" }).click();
  await page.getByRole("menuitem", { name: "Lower edges" }).click();
  await select("a");
  expect((await frameShown())[1]).toBe(36);
  await undo();
});

test("arrows move by 0.5, 5 and 0.1 mm, and are taken back together", async () => {
  await select("b");
  for (const keys of ["ArrowRight", "Shift+ArrowRight", "Alt+ArrowLeft"]) {
    await page.keyboard.press(keys);
  }
  expect((await frameShown())[0]).toBe(52.4);
  // One step when they follow each other quickly; a busy machine may make more of them.
  for (let k = 0; k < 3 && (await frameShown())[0] !== 47; k += 1) await undo();
  expect((await frameShown())[0]).toBe(47);
});

test("letters follow the reading order when panels change places", async () => {
  const layer = (letter: string): Locator =>
    page.locator(".figure-tree").getByRole("button", { name: new RegExp(`^\\(${letter}\\)`) });
  await expect(layer("c")).toBeVisible();
  await page.getByRole("combobox", { name: "Letters of panels" }).click();
  await page.getByRole("option", { name: "(a) in reading order", exact: true }).click();
  await expect(layer("d")).toBeVisible();
  await select("a");
  const field = page.getByRole("textbox", { name: "Left edge", exact: true });
  await field.fill("170");
  await field.press("Enter");
  await expect(page.getByRole("textbox", { name: "Letter", exact: true })).toHaveValue("(c)");
  // In the field Ctrl Z is about its letters.
  await page.locator(".artboard-scroller").focus();
  await undo();
  await expect(page.getByRole("textbox", { name: "Letter", exact: true })).toHaveValue("(a)");
});

test("Ctrl and the wheel zoom to the pointer, Space shifts, real size is 96 px an inch", async () => {
  await page.getByRole("button", { name: "Real size" }).click();
  await expect.poll(scaleOf).toBeCloseTo(96 / 25.4, 2);
  const under = await middleOf(boxOf("b"));
  await page.mouse.move(under.x, under.y);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -500);
  await page.keyboard.up("Control");
  await expect.poll(scaleOf).toBeGreaterThan(8);
  const after = await middleOf(boxOf("b"));
  expect(Math.hypot(after.x - under.x, after.y - under.y)).toBeLessThan(3);
  await page.keyboard.down("Space");
  await page.mouse.move(after.x, after.y);
  await page.mouse.down();
  await page.mouse.move(after.x - 40, after.y - 25, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up("Space");
  const shifted = await middleOf(boxOf("b"));
  expect([shifted.x - after.x, shifted.y - after.y]).toEqual([-40, -25]);
  await select("b");
  expect((await frameShown()).slice(0, 2)).toEqual([47, 8]);
  await page.keyboard.press("f");
  await expect(page.locator(".zoom-controls").getByRole("button", { name: "Fit" })).toBeDisabled();
});

test("elements go to another figure and back, layers change places", async () => {
  await select("a", "bar");
  await page.keyboard.press("Control+c");
  await page.getByRole("button", { name: "New figure" }).click();
  await page.getByRole("menuitem", { name: "Square, 120 mm" }).click();
  await expect(page.locator("[data-box]")).toHaveCount(0);
  await page.keyboard.press("Control+v");
  await expect(page.locator("[data-box]")).toHaveCount(2);
  // The colouring came with them.
  await expect(page.locator("[data-notice]")).toHaveCount(0);
  await page.keyboard.press("Control+d");
  await expect(page.locator("[data-box]")).toHaveCount(4);
  await page.keyboard.press("Delete");
  await expect(page.locator("[data-box]")).toHaveCount(2);
  const rows = page
    .locator(".figure-tree section", { hasText: "Layers" })
    .locator("[data-tree-row]");
  const order = async (): Promise<readonly string[]> => (await rows.allTextContents()).slice(1);
  const before = await order();
  await rows.nth(2).dragTo(rows.nth(1));
  expect(await order()).toEqual([...before].reverse());
  await undo();
  expect(await order()).toEqual(before);
  await rows.nth(1).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Bring forward" }).click();
  expect(await order()).toEqual([...before].reverse());
  const figure = page.locator(".figure-tree").getByRole("button", { name: /^Figure 1/ });
  await figure.focus();
  await page.keyboard.press("F2");
  await page.getByRole("dialog").getByRole("textbox").fill("Second");
  await page.keyboard.press("Enter");
  await page
    .locator(".figure-tree")
    .getByRole("button", { name: /^Second/ })
    .click({ button: "right" });
  await page.getByRole("menuitem", { name: "Remove", exact: true }).click();
  await expect(page.locator("[data-box]")).toHaveCount(HAND_FIGURE.elements.length);
});

test("elements are scaled to another page, and a page is fitted to its elements", async () => {
  const field = (name: string): Locator => page.getByRole("textbox", { name, exact: true });
  const press = (name: string): Promise<void> => page.getByRole("button", { name }).click();
  await page.keyboard.press("Escape");
  const [width, height] = [
    await field("Page width").inputValue(),
    await field("Page height").inputValue(),
  ];
  await page.getByRole("combobox", { name: "Page preset" }).click();
  await page.getByRole("option", { name: "Slide 16:9" }).click();
  await press("Scale elements to the page");
  await expect(page.getByRole("button", { name: "Scale elements to the page" })).toBeDisabled();
  // Nearest edges of the slide, mm: as far from both sides.
  const edges = async (): Promise<readonly number[]> => {
    const sheet = await page.getByTestId("artboard-page").boundingBox();
    if (sheet === null) throw new Error("The page is not on screen.");
    const boxes = await Promise.all(
      (await page.locator("[data-box]").all()).map((box) => box.boundingBox()),
    );
    const mm = sheet.width / 338.7;
    return [
      Math.min(...boxes.map((box) => ((box?.y ?? 0) - sheet.y) / mm)),
      Math.min(
        ...boxes.map((box) => (sheet.y + sheet.height - (box?.y ?? 0) - (box?.height ?? 0)) / mm),
      ),
    ];
  };
  const [above = 0, below = 0] = await edges();
  expect(above).toBeGreaterThan(0.5);
  expect(Math.abs(above - below)).toBeLessThan(0.5);
  expect(Number(await field("Size of titles").inputValue())).toBeGreaterThan(8);
  await press("Fit page to the elements");
  await expect(page.getByRole("button", { name: "Fit page to the elements" })).toBeDisabled();
  expect(Number(await field("Page height").inputValue())).toBeLessThan(190);
  for (let k = 0; k < 3; k += 1) await undo();
  await expect(field("Page width")).toHaveValue(width);
  await expect(field("Page height")).toHaveValue(height);
});

test("a page is seen as others see it, by the published matrices", async () => {
  // The legend's colours are what readers must tell apart; its bar's upper end is yellow.
  const bar = page.locator('[data-element="bar"]');
  const place = await bar.boundingBox();
  if (place === null) throw new Error("The legend is not on screen.");
  const colors = async (): Promise<readonly (readonly [number, number, number])[]> => {
    const picture = PNG.sync.read(await page.screenshot());
    return [0.3, 0.5, 0.7].map((part) => {
      const row = Math.round(place.y + part * place.height);
      const at = 4 * (row * picture.width + Math.round(place.x + 8));
      const [r = 0, g = 0, b = 0] = picture.data.subarray(at, at + 3);
      return [r, g, b] as const;
    });
  };
  const plain = await colors();
  expect(new Set(plain.map((color) => color.join())).size).toBe(3);
  for (const [name, vision] of [
    ["Deuteranopia", "deuteranopia"],
    ["Protanopia", "protanopia"],
    ["Grey", "grey"],
  ] as const) {
    await page.getByRole("combobox", { name: "Seen as" }).click();
    await page.getByRole("option", { name }).click();
    await expect(page.locator(".figure-page")).toHaveCSS("filter", new RegExp(vision));
    for (const [k, seen] of (await colors()).entries()) {
      const expected = seenColor(plain[k] ?? [0, 0, 0], vision);
      seen.forEach((value, channel) => {
        expect(Math.abs(value - (expected[channel] ?? 0)), `${name} ${seen.join()}`).toBeLessThan(
          3,
        );
      });
    }
  }
  // Viridis keeps all values apart in grey; a map that is dark at both ends does not.
  const strip = page.locator(".page-strip");
  await expect(strip).toHaveCount(0);
  await select("a");
  await page.getByRole("combobox", { name: "Colour map" }).click();
  await page.getByRole("option", { name: "lpr-diverge" }).click();
  await expect(strip).toContainText(/In grey, [\d.]+ and [\d.]+ of “LPR” look alike\./);
  await undo();
  await expect(strip).toHaveCount(0);
  await page.getByRole("combobox", { name: "Seen as" }).click();
  await page.getByRole("option", { name: "All colours" }).click();
});

test("atoms that are selected in the window stand out in a panel, and back", async () => {
  await page.keyboard.press("Control+1");
  await page.keyboard.press("/");
  await page.keyboard.type("lpr < p50");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Selection/).last()).toBeVisible();
  await page.keyboard.press("Control+4");
  await select("a");
  const chosen = page.getByRole("combobox", { name: "Selected atoms of the panel" });
  await expect(chosen).toHaveText("None");
  const words = page.locator('[data-element="bar"]');
  await expect(words).not.toContainText("not selected");
  await chosen.click();
  await page.getByRole("option", { name: /^Selected now, \d+ atoms$/ }).click();
  await expect(chosen).toHaveText(/^Selection, \d+ atoms$/);
  await expect(words).toContainText("not selected");
  const looks = page.getByLabel("How unselected atoms are drawn");
  await expect(looks.getByRole("radio", { name: "Grey" })).toBeChecked();
  await looks.getByRole("radio", { name: "Normal" }).click();
  await expect(words).not.toContainText("not selected");
  await page.getByRole("button", { name: "Select in all panels" }).click();
  await expect(page.getByText("Selection shared with 3 panels.")).toBeVisible();
  for (let k = 0; k < 3; k += 1) await undo();
  await expect(chosen).toHaveText("None");
});
