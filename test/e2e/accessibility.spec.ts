/** The main screens by the rules of axe, and the main job with the keyboard alone. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { makeFilmFolder, type FilmFolder } from "../support/filmFolder.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

let films: FilmFolder;
let studio: LaunchedStudio;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 180_000 });
test.beforeAll(async () => {
  films = makeFilmFolder();
  films.writeProject("p.lpr.json");
  studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: films.cache } });
  page = studio.page;
  // Colours are judged as they are, not on their way from one theme to the other.
  await page.emulateMedia({ reducedMotion: "reduce" });
});
test.afterAll(async () => {
  await studio.close();
  films.remove();
});

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What breaks WCAG 2.1 A or AA, one line each. */
async function violations(onlyColors: boolean): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(
    async (runOnly) => {
      const { axe } = window as unknown as {
        axe: { run: (options: unknown) => Promise<{ violations: Violation[] }> };
      };
      return (await axe.run({ runOnly, resultTypes: ["violations"] })).violations;
    },
    onlyColors ? ["color-contrast"] : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = "" }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** Everything in dark; names and roles are the same in light, so only its colours. */
async function inBothThemes(what: string): Promise<void> {
  for (const theme of ["dark", "light"] as const) {
    await page.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    expect(await violations(theme === "light"), `${what}, ${theme}`).toEqual([]);
  }
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Runs a command as a person without a pointer does. */
async function command(words: string): Promise<void> {
  await press("Control+k");
  await page.keyboard.type(words);
  await press("Enter");
}

test("the start screen has no violations", async () => {
  await expect(page.getByRole("heading", { name: "Your own files" })).toBeVisible();
  await inBothThemes("start screen");
});

test("open, compute, colour, select, suggest and export without a pointer", async () => {
  await studio.app.evaluate(
    ({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    },
    join(films.folder, "p.lpr.json"),
  );
  await press("Control+o");
  await expect(page.getByText("16 of 16 atoms shown")).toBeVisible();
  await press("Control+Enter");
  await expect(page.getByText("Up to date")).toBeVisible();
  const property = page.getByRole("combobox", { name: "Property" });
  await property.focus();
  await press("Enter");
  await page.getByRole("option", { name: "Coordination", exact: true }).focus();
  await press("Enter");
  await expect(page.getByTestId("legend").first()).toHaveAccessibleName(/^Neighbours/);
  await press("Control+Shift+I");
  await expect(page.getByRole("contentinfo", { name: "Status" })).toContainText("Selection");
  await command("suggest structures");
  const suggest = page.getByRole("region", { name: "Suggest structures" });
  await expect(suggest.getByRole("combobox", { name: "Atoms to lift" })).toBeFocused();
  await suggest.getByRole("button", { name: /^Suggest \d+$/ }).focus();
  await press("Enter");
  await expect(suggest.getByRole("list", { name: "Suggestions", exact: true })).toBeVisible();
  const target = join(films.folder, "figure.png");
  await studio.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, target);
  writeFileSync(target, "");
  await press("Control+e");
  const dialog = page.getByRole("dialog", { name: /Export/ });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: /^Export/ }).focus();
  await press("Enter");
  await expect.poll(() => readFileSync(target).length).toBeGreaterThan(1000);
  await press("Escape");
});

test("the workspaces have no violations", async () => {
  await press("Control+1");
  await inBothThemes("Compare");
  await press("Control+2");
  await expect(page.getByRole("region", { name: "Explore", exact: true })).toBeVisible();
  await inBothThemes("Explore");
  await press("Control+3");
  const whatIf = page.getByRole("region", { name: "What if" });
  await expect(whatIf.locator('.live-chip[data-state="live"]')).toBeVisible();
  await inBothThemes("What if");
  await press("Control+4");
  await inBothThemes("Figure without a figure");
  await command("new figure from the grid");
  await expect(page.locator(".figure-page")).toHaveAttribute("data-pictures", "current");
  await page.locator('[data-box="panel 1"]').focus();
  await press("Enter");
  await inBothThemes("Figure with a panel chosen");
  await press("Escape", "Control+1");
});

test("dialogs have no violations", async () => {
  const dialog = page.getByRole("dialog");
  const judge = async (name: string): Promise<void> => {
    await expect(dialog).toBeVisible();
    await inBothThemes(name);
    await press("Escape");
    await expect(dialog).toHaveCount(0);
  };
  const windowDialogs = ["keyboard shortcuts", "about", "licences", "export png"];
  for (const words of [
    ...windowDialogs,
    "parts of files",
    "import features",
    "generate a crystal",
  ]) {
    await command(words);
    await judge(words);
  }
  await press("Control+k");
  await judge("palette");
  for (const name of ["Edit the model", "Add a variant"]) {
    await page.getByRole("button", { name }).focus();
    await press("Enter");
    await judge(name);
  }
});

test("F6 goes round the regions, and each shows that it has the focus", async () => {
  const seen: string[] = [];
  for (let i = 0; i < 8; i++) {
    await press("F6");
    seen.push(
      await page.evaluate(() => {
        const { activeElement } = document;
        const label = activeElement?.getAttribute("aria-label") ?? "";
        const isMarked = activeElement?.matches("[data-region]") === true;
        return isMarked ? label : "";
      }),
    );
  }
  expect(seen).not.toContain("");
  expect(new Set(seen).size).toBeGreaterThanOrEqual(5);
  expect(seen[0]).toBe(seen[new Set(seen).size]);
});

test("Tab reaches controls in every pane, each with a name and a ring", async () => {
  await press("F6");
  const nameless: string[] = [];
  const ringless: string[] = [];
  for (let i = 0; i < 60; i++) {
    await press("Tab");
    const bad = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const name =
        element.getAttribute("aria-label") ??
        element.getAttribute("aria-labelledby") ??
        element.textContent;
      const { labels } = element as HTMLInputElement | HTMLButtonElement;
      const isLabelled = Array.from(labels ?? []).some(({ textContent }) => textContent.trim());
      return name.trim() === "" && !isLabelled ? element.outerHTML.slice(0, 120) : null;
    });
    if (bad !== null) nameless.push(bad);
    // Of a field of several parts the ring is around them all.
    const isRinged = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return true;
      const ringed = [element, element.closest(".number-field, .expression-field")];
      return ringed.some((one) => one !== null && getComputedStyle(one).boxShadow !== "none");
    });
    if (!isRinged)
      ringless.push(
        await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120) ?? ""),
      );
  }
  expect(nameless).toEqual([]);
  expect(ringless).toEqual([]);
});
