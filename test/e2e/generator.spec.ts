/** One crystal by hand: sliders, verdict, place on the map, lift against a full run, add, export. */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { readExtendedXyz } from "../../src/formats/extendedXyz.ts";
import { readPoscar } from "../../src/formats/poscar.ts";
import { launchStudio } from "../support/launchStudio.ts";
import { BASELINE_ONLY, openSmallProject } from "../support/smallProjectWindow.ts";

let studio: Awaited<ReturnType<typeof openSmallProject>>;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.beforeAll(async () => {
  studio = await openSmallProject("generator", { variants: BASELINE_ONLY });
  page = studio.page;
  mkdirSync(join(studio.folder, "export"));
  await studio.app.evaluate(
    ({ dialog }, { exports, crystals }) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [exports] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: crystals });
    },
    {
      exports: join(studio.folder, "export"),
      crystals: join(studio.folder, "crystals.xyz"),
    },
  );
});
test.afterAll(async () => {
  await studio.close();
});

function dialog(): Locator {
  return page.getByRole("dialog", { name: "Generate a crystal" });
}

function verdict(): Locator {
  return dialog().locator(".crystal-verdict");
}

/** Opened as a person without a pointer does. */
async function openGenerator(): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("generate a crystal");
  await page.keyboard.press("Enter");
  await expect(dialog()).toBeVisible();
}

async function isExact(): Promise<void> {
  await expect(dialog().locator('.live-chip[data-state="live"]')).toBeVisible();
  await expect(dialog().getByRole("region", { name: "Crystal", exact: true })).toHaveAttribute(
    "data-stale",
    "false",
  );
}

async function lift(target: string): Promise<string> {
  return dialog().getByRole("row", { name: target }).getByRole("cell").innerText();
}

async function place(): Promise<string> {
  return dialog().getByTestId("crystal-place").innerText();
}

async function choose(field: string, value: string): Promise<void> {
  await dialog().getByRole("combobox", { name: field, exact: true }).click();
  await page.getByRole("option", { name: value, exact: true }).click();
}

/** Pixels of the preview that are not its ground. */
async function previewHash(): Promise<string> {
  return dialog()
    .locator(".structure-preview")
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL().slice(-2000));
}

test("begins with a crystal, judged and placed before anything was computed", async () => {
  await openGenerator();
  await isExact();
  await expect(dialog().getByRole("img", { name: /^Structure of diamond/ })).toBeVisible();
  await expect(verdict()).toContainText("Single environment");
  await expect(dialog().getByText("Fd-3m (227)")).toBeVisible();
  expect(await lift("low")).toMatch(/^\+\d+\.\d\d %$/u);
  expect(await lift("Error of the means, at most")).toMatch(/^\de−\d+ %$/u);
  expect(await place()).toMatch(/^−?\d\.\d{3}, −?\d\.\d{3}$/u);
  await expect(
    dialog().getByRole("img", { name: /^Kernel map of low; the crystal/ }),
  ).toBeVisible();
});

test("a slider redraws the crystal, moves it on the map, and changes its lift", async () => {
  const [before, gain, picture] = [await place(), await lift("low"), await previewHash()];
  const strain = dialog().getByRole("slider", { name: "Isotropic strain" });
  await strain.focus();
  await page.keyboard.press("PageUp");
  await page.keyboard.press("PageUp");
  await isExact();
  await expect(dialog().getByRole("textbox", { name: "Isotropic strain, value" })).not.toHaveValue(
    "0.0",
  );
  expect(await place()).not.toBe(before);
  expect(await lift("low")).not.toBe(gain);
  expect(await previewHash()).not.toBe(picture);
  await expect(verdict()).toContainText("Single environment");
  await dialog().getByRole("button", { name: "Undistorted" }).click();
  await isExact();
  expect(await place()).toBe(before);
  expect(await lift("low")).toBe(gain);
});

test("the verdict changes where a shear splits the orbit, and says which atoms", async () => {
  await choose("Prototype", "lonsdaleite");
  await expect(verdict()).toContainText("Single environment");
  const along = dialog().getByRole("textbox", { name: "Strain along z, value" });
  await along.fill("4");
  await along.press("Enter");
  await expect(verdict()).toContainText("Single environment");
  const shear = dialog().getByRole("textbox", { name: "Shear yz, value" });
  await shear.fill("5");
  await shear.press("Enter");
  await expect(verdict()).toContainText("Not a single environment");
  await expect(verdict()).toContainText(/C on 2 orbits: atoms \d, \d on . and \d, \d on ./);
  await isExact();
  // Two environments, two places.
  expect(await place()).toContain(" and ");
  await page.screenshot({ path: "test-results/screenshots/generator-1280x720.png" });
  // A number beyond the slider stops at its end.
  await shear.fill("80");
  await shear.press("Enter");
  await expect(shear).toHaveValue("15.0");
  await shear.fill("5");
  await shear.press("Enter");
});

test("crystals are exported as files that read back", async () => {
  await isExact();
  await dialog().getByRole("button", { name: "Export for DFT…" }).click();
  await expect(dialog().getByText(/2 files written to/)).toBeVisible();
  const folder = join(studio.folder, "export");
  expect(readdirSync(folder).toSorted()).toEqual([
    "POSCAR-1-lonsdaleite-strained-C.vasp",
    "crystals.xyz",
  ]);
  const [crystal] = readExtendedXyz(readFileSync(join(folder, "crystals.xyz")));
  expect(crystal).toMatchObject({
    nAtoms: 4,
    info: {
      prototype: "lonsdaleite",
      single_environment: false,
      strain: Float64Array.of(0, 0, 0.04, 0.05, 0, 0),
    },
  });
  expect(crystal?.info["mean_lift"]).toBeGreaterThan(0);
  const poscar = readPoscar(readFileSync(join(folder, "POSCAR-1-lonsdaleite-strained-C.vasp")));
  expect(poscar.nAtoms).toBe(4);
  // Nothing is overwritten: said where it was asked for.
  await dialog().getByRole("button", { name: "Export for DFT…" }).click();
  await expect(dialog().getByRole("alert")).toContainText("there is a file of this name already");
});

test("as a variant it lifts the targets by what was predicted; undo takes both back", async () => {
  await isExact();
  const [low, high] = [await lift("low"), await lift("high")];
  await dialog().getByRole("button", { name: "Add as variant…" }).click();
  await expect(page.getByText("Variant “+lonsdaleite, strained” added")).toBeVisible();
  await expect(dialog()).toHaveCount(0);
  const tree = page.getByRole("navigation", { name: "Project" });
  await expect(tree.getByText("crystals.xyz")).toBeVisible();
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name: /enhancement/i }).click();
  const mean = (target: string): Promise<string> =>
    page
      .getByRole("article", { name: new RegExp(`^${target}, \\+lonsdaleite`, "u") })
      .locator(".panel-mean b")
      .innerText();
  expect(await mean("low")).toBe(low);
  expect(await mean("high")).toBe(high);
  // Saved and read again it is the same project.
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Edited")).toHaveCount(0);
  const saved = JSON.parse(readFileSync(join(studio.folder, "generator.lpr.json"), "utf8")) as {
    datasets: Record<string, { path: string }>;
    variants: readonly { name: string }[];
  };
  expect(saved.datasets["crystals"]?.path).toBe("crystals.xyz");
  expect(saved.variants.map(({ name }) => name)).toEqual(["baseline", "+lonsdaleite, strained"]);
  await page.keyboard.press("Control+z");
  await expect(tree.getByText("crystals.xyz")).toHaveCount(0);
  await expect(tree.getByText("+lonsdaleite, strained")).toHaveCount(0);
  await page.keyboard.press("Control+Shift+z");
  await expect(tree.getByText("crystals.xyz")).toBeVisible();
});

test("files of the project are not overwritten", async () => {
  await openGenerator();
  await isExact();
  await dialog().getByRole("button", { name: "Add to the candidates…" }).click();
  await expect(dialog().getByRole("alert")).toContainText("crystals.xyz holds structures of this");
});

test("several are kept, and added to the candidates together", async () => {
  await studio.app.evaluate(
    ({ dialog: dialogs }, path) => {
      dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    },
    join(studio.folder, "more.xyz"),
  );
  await dialog().getByRole("button", { name: "Keep this one" }).click();
  await expect(dialog().getByRole("button", { name: "Keep this one" })).toBeDisabled();
  await choose("Prototype", "graphene");
  await isExact();
  await dialog().getByRole("button", { name: "Keep this one" }).click();
  await expect(
    dialog().getByRole("region", { name: "Kept crystals" }).getByRole("listitem"),
  ).toHaveCount(2);
  await dialog().getByRole("button", { name: "Add 2 to the candidates…" }).click();
  await expect(page.getByText(/more\.xyz added: 2 crystals on offer/)).toBeVisible();
  await expect(dialog()).toHaveCount(0);
  const names = readExtendedXyz(readFileSync(join(studio.folder, "more.xyz"))).map(
    ({ info }) => info["name"],
  );
  expect(names).toEqual(["lonsdaleite, strained", "graphene"]);
  await page.keyboard.press("s");
  const suggest = page.getByRole("region", { name: "Suggest structures" });
  await expect(suggest.getByRole("checkbox", { name: "more.xyz", exact: true })).toBeChecked();
});

test("in What if a crystal is tried on the draft, and ticked", async () => {
  await studio.app.evaluate(
    ({ dialog: dialogs }, path) => {
      dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    },
    join(studio.folder, "ticked.xyz"),
  );
  await page.keyboard.press("Control+3");
  const view = page.getByRole("region", { name: "What if" });
  await expect(view.locator('.live-chip[data-state="live"]')).toBeVisible();
  const added = async (): Promise<number> =>
    Number(/(\d+) added/u.exec(await view.locator(".structure-footer").innerText())?.[1]);
  const before = await added();
  await view.locator('[data-structure="extra[0]"] .tick').click();
  await expect.poll(added).toBe(before + 1);
  await view.getByRole("button", { name: "Generate a crystal…" }).click();
  await choose("Prototype", "diamond");
  await isExact();
  await expect(dialog().getByText(/To the draft of What if, based on baseline/)).toBeVisible();
  await dialog().getByRole("button", { name: "Add and tick…" }).click();
  await expect(page.getByText("1 crystal of ticked.xyz ticked")).toBeVisible();
  await expect(view.locator('.live-chip[data-state="live"]')).toBeVisible();
  await expect.poll(added).toBe(before + 2);
  expect(studio.pageErrors).toEqual([]);
});

test("saved and opened by another application the crystals give the same numbers", async () => {
  const meansIn = async (window: Page): Promise<readonly string[]> => {
    await window.keyboard.press("Control+1");
    const compute = window.getByRole("button", { name: "Compute", exact: true });
    await expect(compute.or(window.getByText("Up to date"))).toBeVisible();
    if (await compute.isVisible()) await compute.click();
    await expect(window.getByText("Up to date")).toBeVisible();
    await window.getByRole("combobox", { name: "Property" }).click();
    await window.getByRole("option", { name: /enhancement/i }).click();
    const panels = window.getByRole("article", { name: /\+lonsdaleite/u });
    await expect(panels.locator(".panel-mean b")).toHaveCount(2);
    return panels.locator(".panel-mean b").allInnerTexts();
  };
  const before = await meansIn(page);
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Edited")).toHaveCount(0);
  const again = await launchStudio({
    args: [join(studio.folder, "generator.lpr.json")],
    env: { LPR_STUDIO_CACHE_DIR: join(studio.folder, "another-cache") },
  });
  try {
    const tree = again.page.getByRole("navigation", { name: "Project" });
    for (const file of ["crystals.xyz", "more.xyz", "ticked.xyz"]) {
      await expect(tree.getByText(file)).toBeVisible();
    }
    const after = await meansIn(again.page);
    expect(after).toEqual(before);
    expect(after[0]).toMatch(/^\+\d/u);
    // Those that were only kept are on offer, with what was said of them.
    await again.page.keyboard.press("s");
    const suggest = again.page.getByRole("region", { name: "Suggest structures" });
    await expect(suggest.getByRole("checkbox", { name: "more.xyz", exact: true })).toBeChecked();
    expect(again.pageErrors).toEqual([]);
  } finally {
    await again.close();
  }
});
