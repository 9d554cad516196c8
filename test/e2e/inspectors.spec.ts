/** Every field of every kind of element: it changes the page, undo brings the page back. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import type { FigureDefinition, FigureElement } from "../../src/project/figure.ts";
import type { LaunchedStudio } from "../support/launchStudio.ts";
import { openSmallProject } from "../support/smallProjectWindow.ts";

const at = (x: number, y: number, width: number, height: number) => ({
  frame: { x, y, width, height },
});

const ELEMENTS: readonly FigureElement[] = [
  {
    kind: "structure",
    id: "film",
    ...at(4, 4, 40, 40),
    target: { dataset: "films", structure: 0 },
    coloring: "gain",
    camera: "all",
  },
  {
    kind: "structure",
    id: "other",
    ...at(48, 4, 40, 40),
    target: { dataset: "films", structure: 1 },
    coloring: "gain",
    camera: "all",
  },
  { kind: "map", id: "map", ...at(92, 4, 40, 40), coloring: "lpr" },
  {
    kind: "scatter",
    id: "scatter",
    ...at(4, 52, 42, 40),
    x: { property: "neighbors" },
    y: { property: "lpr" },
  },
  { kind: "parity", id: "parity", ...at(50, 52, 40, 40) },
  { kind: "distribution", id: "spread", ...at(94, 52, 40, 40), quantity: { property: "lpr" } },
  { kind: "toy", id: "toy", ...at(136, 52, 40, 40), scenario: "single-environment" },
  { kind: "legend", id: "bar", ...at(136, 4, 18, 40), coloring: "gain" },
  { kind: "variants", id: "key", ...at(4, 94, 60, 6) },
  { kind: "text", id: "words", ...at(70, 94, 60, 6), text: "Words" },
  { kind: "scaleBar", id: "rule", ...at(4, 44, 20, 5), of: "film" },
  { kind: "triad", id: "axes", ...at(28, 40, 12, 12), of: "film" },
];

const FIGURE: FigureDefinition = {
  name: "All kinds",
  page: { width: 178, height: 102 },
  colorings: { gain: { property: "enhancement" }, lpr: { property: "lpr" } },
  cameras: { all: { rotation: [0, 0, 0, 1] } },
  elements: ELEMENTS,
};

/** Atoms that may stand out. */
const WEAK = { name: "weak", atoms: [{ dataset: "films", structure: 0, atoms: "0:3" }] };

let studio: LaunchedStudio & { readonly folder: string };
let page: Page;

test.describe.configure({ mode: "default", timeout: 180_000 });
test.beforeAll(async () => {
  studio = await openSmallProject("inspectors", {
    figures: [FIGURE],
    selections: [WEAK],
    uncertainty: { committee: { members: 3, fraction: 0.8, seed: 1 } },
  });
  page = studio.page;
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press("Control+4");
  await expect(drawn()).toHaveAttribute("data-pictures", "current", { timeout: 60_000 });
  await expect(page.locator("[data-notice]")).toHaveCount(0);
});
test.afterAll(async () => {
  expect(studio.pageErrors).toEqual([]);
  await studio.close();
});

const drawn = (): Locator => page.locator(".figure-page");
const inspector = (): Locator => page.getByRole("complementary", { name: "Inspector" });

/** A change that a person makes in a field, by what the field is called. */
type Change =
  | readonly ["number" | "words", name: string, to: string]
  | readonly ["choose", name: string, option: string]
  | readonly ["press", name: string, option: string]
  | readonly ["tick", name: string];

const PLACE: readonly Change[] = [
  ["number", "Left edge", "7"],
  ["number", "Upper edge", "7"],
  ["number", "Width", "33"],
  ["number", "Height", "33"],
];
const WORDS: readonly Change[] = [
  ["words", "Letter", "(x)"],
  ["words", "Title of the panel", "Å² title"],
  ["tick", "Room for letter and title"],
];
const COLORS: readonly Change[] = [
  ["choose", "Colour by", "Coordination"],
  ["press", "Range of the colours", "Fixed"],
  ["choose", "Colour map", "batlow"],
  ["tick", "Reversed"],
];

const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  film: [
    ...PLACE,
    ...WORDS,
    ["choose", "Target of the panel", "high"],
    ["choose", "Variant", "baseline"],
    ["tick", "Mean at the top right"],
    ["choose", "Camera of the panel", "Its own"],
    ["press", "Projection of the camera", "Perspective"],
    ["number", "Radius of a carbon atom", "0.4"],
    ["tick", "Bonds"],
    ["tick", "Cell"],
    ["choose", "Selected atoms of the panel", "weak"],
    ["choose", "Relative to", "more diamond"],
    ["press", "Scale of the colours", "Symlog"],
    ["number", "Upper percentile", "60"],
    ["tick", "Symmetric about zero"],
    ...COLORS,
  ],
  map: [
    ...PLACE.slice(2),
    ...WORDS.slice(0, 1),
    ["choose", "Targets of the chart", "high"],
    ["choose", "Variant", "more diamond"],
    ["tick", "Ticks and names of the axes"],
    ["choose", "Mark a target", "high"],
    ["choose", "Selected atoms of the panel", "weak"],
    ["number", "Lower percentile", "30"],
    ["press", "Scale of the colours", "Linear"],
    ["choose", "Colouring", "gain"],
    ...COLORS,
  ],
  scatter: [
    ...WORDS.slice(1),
    ["choose", "Targets of the chart", "low"],
    ["choose", "Variant", "more diamond"],
    ["choose", "Colouring", "lpr"],
    ["words", "Across: name of the axis", "n"],
    ["press", "Up: scale", "Linear"],
    ["press", "Up: range", "Fixed"],
    ["words", "Up: name of the axis", "LPR of the baseline"],
    ["choose", "Up: quantity", "Expression"],
  ],
  parity: [
    ...WORDS.slice(1),
    ["choose", "Targets of the chart", "low"],
    ["choose", "Variant", "more diamond"],
    ["number", "Energy at zero", "−7.4"],
    ["choose", "Colouring", "lpr"],
  ],
  spread: [
    ...WORDS.slice(1),
    ["choose", "Targets of the chart", "low"],
    ["choose", "Values: quantity", "LPR enhancement"],
    ["press", "Values: scale", "Linear"],
    ["words", "Values: name of the axis", "Rigidity"],
    ["choose", "Form", "Cumulative"],
    ["tick", "baseline"],
  ],
  toy: [...WORDS.slice(1, 2), ["choose", "Case of the toy model", "Two phases"]],
  bar: [
    ...PLACE.slice(1, 2),
    ["words", "Title of the legend", "Gain"],
    ["choose", "Place of the legend", "Below, full width"],
    ["press", "Direction of the legend", "Lying"],
    ["tick", "Counts beyond the ends"],
    ["number", "Upper percentile", "60"],
    ["choose", "Colouring", "lpr"],
    ...COLORS,
  ],
  key: [...PLACE.slice(0, 1), ["tick", "baseline"]],
  words: [
    ...PLACE.slice(0, 1),
    ["words", "Words", "Other words"],
    ["number", "Size of the words", "11"],
    ["press", "Alignment of the words", "End"],
    ["press", "Direction of the words", "Upwards"],
    ["tick", "Bold"],
  ],
  rule: [...PLACE.slice(0, 1), ["number", "Width", "9"]],
  axes: [...PLACE.slice(0, 1), ["number", "Width", "8"]],
};

/** ms, for what takes a moment on a machine with nothing else to do. */
const PATIENCE = 20_000;

async function make(change: Change): Promise<void> {
  const [how, name, to = ""] = change;
  const pane = inspector();
  if (how === "tick") {
    await pane.getByRole("checkbox", { name, exact: true }).click({ timeout: PATIENCE });
  } else if (how === "press") {
    await pane
      .getByLabel(name, { exact: true })
      .getByRole("radio", { name: to })
      .click({ timeout: PATIENCE });
  } else if (how === "choose") {
    await pane.getByRole("combobox", { name, exact: true }).click({ timeout: PATIENCE });
    await page.getByRole("option", { name: to }).first().click({ timeout: PATIENCE });
  } else {
    const field = pane.getByRole("textbox", { name, exact: true });
    await field.fill(to, { timeout: PATIENCE });
    await field.press("Enter");
  }
}

/** Everything on the page but the addresses of its pictures. */
async function pageModel(): Promise<string> {
  const text = await drawn().innerHTML();
  return text.replaceAll(/(href|src)="[^"]*"/g, "");
}

/** The pixels of the picture of an element, once it is there, in short. */
async function picture(id: string): Promise<string> {
  await expect(drawn()).toHaveAttribute("data-pictures", "current", { timeout: 60_000 });
  return page.locator(`[data-element="${id}"] image`).evaluate(async (element) => {
    const image = new Image();
    image.src = element.getAttribute("href") ?? "";
    await image.decode();
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context?.drawImage(image, 0, 0);
    // FNV-1a, 32 bits.
    let hash = 0x811c9dc5;
    for (const byte of context?.getImageData(0, 0, width, height).data ?? []) {
      hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    }
    return `${String(width)} × ${String(height)}, ${String(hash)}`;
  });
}

/** Changes of a structure that only its picture shows. */
const IN_PICTURES: ReadonlySet<string> = new Set([
  "Radius of a carbon atom",
  "Bonds",
  "Cell",
  "Selected atoms of the panel",
  "Colour map",
  "Reversed",
  "Target of the panel",
  "Camera of the panel",
  "Projection of the camera",
]);

async function stateOf(id: string, [, name]: Change): Promise<string> {
  return id === "film" && IN_PICTURES.has(name) ? picture(id) : pageModel();
}

/** What is wrong with a field; null: its change is seen, and gone after undo. */
async function tryChange(id: string, change: Change): Promise<string | null> {
  const history = page.getByRole("button", { name: /^Undo/ });
  const before = await stateOf(id, change);
  try {
    await make(change);
    await expect(history).toBeEnabled({ timeout: PATIENCE });
    // A fixed range begins as the one that is shown; its own camera where the shared one is.
    const isSeen = change[1] !== "Camera of the panel" && change[2] !== "Fixed";
    if (isSeen)
      await expect.poll(() => stateOf(id, change), { timeout: PATIENCE }).not.toBe(before);
    await page.keyboard.press("Control+z");
    await expect(history).toBeDisabled({ timeout: PATIENCE });
    await expect.poll(() => stateOf(id, change), { timeout: PATIENCE }).toBe(before);
    return null;
  } catch (error) {
    await page.keyboard.press("Escape");
    for (let k = 0; k < 4 && (await history.isEnabled()); k += 1) await history.click();
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

for (const { id, kind } of ELEMENTS) {
  const changes = CHANGES[id];
  if (changes === undefined) continue;
  test(`each field of a ${kind} changes the page, and undo brings it back`, async () => {
    await page.locator(`.figure-tree [data-layer="${id}"]`).click();
    const wrong: string[] = [];
    for (const change of changes) {
      const problem = await tryChange(id, change);
      if (problem !== null) wrong.push(`${change.join(", ")}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  });

  test(`fields of a ${kind} have names, an order, and room for their words`, async () => {
    await page.locator(`.figure-tree [data-layer="${id}"]`).click();
    const bad = await inspector().evaluate((pane) => {
      const problems: string[] = [];
      const controls = [
        ...pane.querySelectorAll<HTMLElement>("button,input,[role=radio],[role=checkbox]"),
      ];
      const named = (one: HTMLElement): boolean =>
        (one.getAttribute("aria-label") ?? "") !== "" ||
        one.textContent.trim() !== "" ||
        (one.id !== "" && pane.querySelector(`label[for="${CSS.escape(one.id)}"]`) !== null);
      for (const one of controls) {
        if (!named(one)) problems.push(`no name: ${one.outerHTML.slice(0, 120)}`);
        if (one.tabIndex > 0) problems.push(`own order: ${one.outerHTML.slice(0, 120)}`);
      }
      const tops = controls.map((one) => one.getBoundingClientRect());
      for (const [k, box] of tops.entries()) {
        const last = tops[k - 1];
        if (last !== undefined && box.top < last.top - 8) {
          problems.push(`above its predecessor: ${controls[k]?.outerHTML.slice(0, 120) ?? ""}`);
        }
      }
      for (const one of pane.querySelectorAll<HTMLElement>(
        ".field-label,label,.segmented button,.select > span:first-child,.section-note,.unit,h2",
      )) {
        const isCut = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0;
        if (isCut && one.title === "" && one.closest("[title]") === null) {
          problems.push(`cut: ${one.textContent}`);
        }
      }
      return problems;
    });
    expect(bad).toEqual([]);
  });
}

test("a mark of a map is renamed and removed, each taken back by undo", async () => {
  await page.locator('.figure-tree [data-layer="map"]').click();
  const clear = await pageModel();
  await make(["choose", "Mark a target", "high"]);
  await make(["words", "Name of the mark at high", "β-tin"]);
  await expect(drawn().getByText("β-tin", { exact: true })).toBeVisible();
  await inspector().getByRole("button", { name: "Remove the mark at high" }).click();
  await expect.poll(pageModel).toBe(clear);
  await page.keyboard.press("Control+z");
  await expect(drawn().getByText("β-tin", { exact: true })).toBeVisible();
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect.poll(pageModel).toBe(clear);
});

test("what cannot be taken is said and not applied", async () => {
  await page.locator('.figure-tree [data-layer="bar"]').click();
  await make(["press", "Range of the colours", "Fixed"]);
  const pane = inspector();
  const upper = pane.getByRole("textbox", { name: "Upper end" });
  const before = await pageModel();
  await upper.fill("−99");
  await upper.press("Enter");
  await expect(pane.getByRole("alert")).toHaveText("Above the lower end");
  await upper.press("Escape");
  expect(await pageModel()).toBe(before);
  await page.locator('.figure-tree [data-layer="film"]').click();
  const radius = pane.getByRole("textbox", { name: "Radius of a carbon atom" });
  await radius.fill("9");
  await expect(pane.getByRole("alert")).toHaveText("From 0.1 to 1.5 Å");
  await radius.press("Tab");
  await expect(radius).toHaveValue("0.62");
});
