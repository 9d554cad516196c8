/** Shortcuts of the whole window while a field, a menu, a popover or a dialog has the focus. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { HAND_FIGURE } from "../support/handFigure.ts";
import type { LaunchedStudio } from "../support/launchStudio.ts";
import { openSmallProject } from "../support/smallProjectWindow.ts";

let studio: LaunchedStudio & { readonly folder: string };
let page: Page;

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.beforeAll(async () => {
  studio = await openSmallProject("keys", { figures: [HAND_FIGURE] });
  page = studio.page;
  await expect(page.getByText("16 of 16 atoms shown")).toBeVisible();
  await page.keyboard.press("Control+4");
  await page.locator('[data-box="b"]').click({ position: { x: 12, y: 40 } });
});
test.afterAll(async () => {
  expect(studio.pageErrors).toEqual([]);
  await studio.close();
});

const field = (name: string): Locator => page.getByRole("textbox", { name, exact: true });
const edited = (): Locator => page.getByText("Edited", { exact: true });

test("the sheet of shortcuts has the groups of the menu, each key once", async () => {
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByRole("heading", { level: 3 })).toHaveText([
    "File",
    "Edit",
    "View",
    "Compute",
    "Help",
    "Pointer, fields and regions",
  ]);
  const undo = sheet.getByRole("region", { name: "Edit" }).getByText("Ctrl Z", { exact: true });
  await expect(undo).toHaveCount(1);
  await expect(sheet.getByRole("button", { name: "Close" })).toBeInViewport();
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(sheet).toHaveCount(0);
});

test("after a number is taken, Ctrl Z takes the change back", async () => {
  const left = field("Left edge");
  await expect(left).toHaveValue("47.0");
  // While it is typed the field has an undo of its own.
  await left.fill("50");
  await left.press("Control+z");
  await expect(left).not.toHaveValue("50");
  await left.press("Escape");
  await expect(left).toHaveValue("47.0");
  await left.fill("50");
  await left.press("Enter");
  await expect(left).toHaveValue("50.0");
  await left.press("Control+z");
  await expect(left).toHaveValue("47.0");
  await left.press("Control+Shift+z");
  await expect(left).toHaveValue("50.0");
  await left.press("Control+z");
  // Also after a step, and in the field that Tab comes to.
  await left.press("ArrowUp");
  await expect(left).toHaveValue("47.5");
  await left.press("Control+z");
  await expect(left).toHaveValue("47.0");
  await left.fill("60");
  await left.press("Tab");
  await expect(field("Upper edge")).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(left).toHaveValue("47.0");
  const title = field("Title of the panel");
  await title.fill("Low");
  await title.press("Enter");
  await expect(page.locator(".figure-page").getByText("Low", { exact: true })).toBeVisible();
  await title.press("Control+z");
  await expect(title).toHaveValue("");
});

test("what cannot be taken is said and changes nothing", async () => {
  const width = field("Width");
  await width.fill("0.2");
  await width.press("Enter");
  await expect(width).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert")).toHaveText("From 1 to 2000 mm");
  await width.fill("wide");
  await expect(page.getByRole("alert")).toHaveText("Not a number");
  await width.press("Tab");
  await expect(width).toHaveValue("40.0");
});

test("a popover and a menu let commands through, a dialog waits for its answer", async () => {
  const ticks = field("Size of numbers");
  await ticks.fill("4");
  await ticks.press("Enter");
  await expect(edited()).toBeVisible();
  await page.getByRole("button", { name: /warning/ }).click();
  const notes = page.getByRole("dialog", { name: "Warnings and remarks" });
  await expect(notes).toBeVisible();
  await page.keyboard.press("Control+s");
  await expect(edited()).toBeHidden();
  await expect(notes).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(ticks).toHaveValue("6.5");
  await page.keyboard.press("Escape");
  await expect(edited()).toBeVisible();
  await page.getByRole("button", { name: "New figure" }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Control+s");
  await expect(edited()).toBeHidden();
  await expect(page.getByRole("menu")).toBeHidden();
  await page.getByRole("combobox", { name: "Letters of panels" }).click();
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.press("Control+Shift+z");
  await expect(page.getByRole("listbox")).toBeHidden();
  await expect(ticks).toHaveValue("4.0");
  await expect(edited()).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+s");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(edited()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+s");
  await expect(edited()).toBeHidden();
});
