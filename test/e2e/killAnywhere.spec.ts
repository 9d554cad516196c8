/**
 * The application is killed at moments that a seed chooses: while it saves, writes its journal,
 * computes, and while What if is ticked. No file is torn, and what was done more than a few seconds
 * before is in the project file or in the recovery folder.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { validateProject } from "../../src/project/schema.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import { createRandom, uniform } from "../../src/random.ts";
import { killAll } from "../support/killTree.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";
import { smallDataFolder, writeSmallProject } from "../support/smallProjectWindow.ts";

/** What may be lost at most, by the specification. Half of it is allowed here. */
const MOST_LOST_MS = 10_000;
const ALLOWED_MS = MOST_LOST_MS / 2;
const SEED = 20_261_127;

const random = createRandom(SEED);
let folder: string;
let project: string;

test.describe.configure({ mode: "serial", timeout: 300_000 });
test.skip(process.platform !== "linux", "the process tree is read from /proc");
test.beforeAll(() => {
  folder = smallDataFolder();
  project = writeSmallProject(folder, "killed");
});
test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** One thing that was done: its number, and when it was seen to be done. */
interface Done {
  readonly n: number;
  readonly at: number;
}

let count = 0;

async function launch(): Promise<LaunchedStudio> {
  const studio = await launchStudio({
    userData: join(folder, "user"),
    args: [project],
    env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") },
  });
  // A machine that does much else takes its time.
  studio.page.setDefaultTimeout(90_000);
  await expect(studio.page.getByText("atoms shown")).toBeVisible();
  if (journals().length > 0) {
    await studio.page.getByRole("button", { name: "Restore" }).first().click();
    await expect(studio.page.getByText("Edited")).toBeVisible();
    await expect(studio.page.getByText("atoms shown")).toBeVisible();
  }
  return studio;
}

/** Gives the variant whose name holds a number the next one. */
async function rename(page: Page): Promise<Done> {
  const tree = page.getByRole("navigation", { name: "Project" });
  await tree
    .getByRole("button", { name: /(more diamond|edit \d+)/ })
    .first()
    .click({ button: "right" });
  await page.getByRole("menuitem", { name: "Rename…" }).click();
  count += 1;
  const name = `edit ${String(count)}`;
  await page.getByRole("dialog").getByRole("textbox").fill(name);
  await page.keyboard.press("Enter");
  await expect(tree.getByRole("button", { name }).first()).toBeVisible();
  return { n: count, at: Date.now() };
}

const read = (text: string): ProjectDocument => validateProject(JSON.parse(text));

/** What the recovery folder holds. */
function journals(): readonly string[] {
  const recovery = join(folder, "user", "recovery");
  if (!existsSync(recovery)) return [];
  return readdirSync(recovery)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(recovery, name));
}

/** The projects on the disk, each of which must be whole. */
function documents(): readonly ProjectDocument[] {
  const journaled = journals().map(
    (path) => (JSON.parse(readFileSync(path, "utf8")) as { document: ProjectDocument }).document,
  );
  return [read(readFileSync(project, "utf8")), ...journaled];
}

function latestEdit(): number {
  const names = documents().flatMap(({ variants = [] }) => variants.map(({ name }) => name));
  return Math.max(0, ...names.map((name) => Number(/^edit (\d+)$/.exec(name)?.[1] ?? 0)));
}

/** Does things until it is killed, some seconds after the first was done. Returns what was done. */
async function killedDuring(
  studio: LaunchedStudio,
  step: (k: number) => Promise<Done>,
): Promise<{ readonly done: readonly Done[]; readonly killedAt: number }> {
  const done: Done[] = [await step(0)];
  let killedAt = 0;
  const killing = new Promise<void>((resolve, reject) => {
    setTimeout(
      () => {
        killedAt = Date.now();
        killAll(studio).then(resolve, reject);
      },
      ALLOWED_MS + 500 + 2500 * uniform(random),
    );
  });
  try {
    for (let k = 1; ; k += 1) done.push(await step(k));
  } catch (error) {
    // What Playwright says of a page that was killed under its hands; anything else is a failure.
    if (killedAt === 0) throw error;
  }
  await killing;
  return { done, killedAt };
}

/** The last thing that must have been kept. */
function kept({ done, killedAt }: Awaited<ReturnType<typeof killedDuring>>): number {
  return Math.max(0, ...done.filter(({ at }) => at < killedAt - ALLOWED_MS).map(({ n }) => n));
}

test("while the journal is written", async () => {
  const studio = await launch();
  const run = await killedDuring(studio, () => rename(studio.page));
  expect(kept(run)).toBeGreaterThan(0);
  expect(latestEdit()).toBeGreaterThanOrEqual(kept(run));
});

test("while the project is saved", async () => {
  const studio = await launch();
  const run = await killedDuring(studio, async () => {
    const done = await rename(studio.page);
    await studio.page.keyboard.press("Control+s");
    return done;
  });
  expect(kept(run)).toBeGreaterThan(0);
  expect(latestEdit()).toBeGreaterThanOrEqual(kept(run));
});

test("while it computes", async () => {
  const studio = await launch();
  const run = await killedDuring(studio, async () => {
    const done = await rename(studio.page);
    const compute = studio.page.getByRole("button", { name: "Compute", exact: true });
    if (await compute.isVisible()) await compute.click();
    return done;
  });
  expect(kept(run)).toBeGreaterThan(0);
  expect(latestEdit()).toBeGreaterThanOrEqual(kept(run));
});

test("while What if is ticked", async () => {
  const studio = await launch();
  const { page } = studio;
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.keyboard.press("Control+3");
  const view = page.getByRole("region", { name: "What if" });
  await expect(view.locator('.live-chip[data-state="live"]')).toBeVisible();
  const before = new Set(
    documents().flatMap(({ variants = [] }) => variants.map(({ name }) => name)),
  );
  const ticks = view.locator('[data-structure^="extra["] .tick');
  const run = await killedDuring(studio, async (k) => {
    // The first stays ticked, the others go in and out.
    await ticks.nth(k === 0 ? 0 : 1 + (k % 2)).click();
    return { n: k + 1, at: Date.now() };
  });
  expect(run.done.length).toBeGreaterThan(2);
  expect(kept(run)).toBeGreaterThan(0);
  const fresh = documents()
    .flatMap(({ variants = [] }) => variants)
    .filter(({ name }) => !before.has(name));
  expect(fresh).toHaveLength(1);
  const again = await launch();
  await expect(
    again.page
      .getByRole("navigation", { name: "Project" })
      .getByText(fresh[0]?.name ?? "")
      .first(),
  ).toBeVisible();
  expect(again.pageErrors).toEqual([]);
  await again.close();
});
