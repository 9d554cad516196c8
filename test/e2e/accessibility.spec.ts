/** The start screen by the rules of axe, in both themes. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
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

test.describe.configure({ mode: "serial", timeout: 90_000 });
test.beforeAll(async () => {
  films = makeFilmFolder();
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
  readonly nodes: readonly {
    readonly target: readonly unknown[];
    readonly failureSummary?: string;
  }[];
}

/** What breaks WCAG 2.1 A or AA, one line each. */
async function violations(): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (options: unknown) => Promise<{ violations: Violation[] }> };
    };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
    return (await axe.run({ runOnly: tags })).violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = "" }) => `${id}: ${target.join(" ")} ${failureSummary}`),
  );
}

async function inBothThemes(): Promise<void> {
  for (const theme of ["dark", "light"] as const) {
    await page.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    expect(await violations(), theme).toEqual([]);
  }
}

test("the start screen has no violations", async () => {
  await expect(page.getByRole("heading", { name: "Your own files" })).toBeVisible();
  await inBothThemes();
});
