/** The whole application is killed at work: what was edited comes back, and no file is torn. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import type { ProjectDocument } from "../../src/project/document.ts";
import { extendedXyzText, smallProject, smallStructures } from "../support/carbonCells.ts";
import { killAll } from "../support/killTree.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

let folder: string;
let userData: string;
let projectPath: string;
let studio: LaunchedStudio;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 90_000 });
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  userData = join(folder, "user");
  mkdirSync(join(folder, "data"));
  const structures = smallStructures();
  for (const name of ["train", "extra", "films"] as const) {
    writeFileSync(join(folder, "data", `${name}.xyz`), extendedXyzText(structures[name]));
  }
  const datasets = Object.fromEntries(
    Object.keys(smallProject.datasets).map((name) => [name, { path: `data/${name}.xyz` }]),
  );
  projectPath = join(folder, "work.lpr.json");
  writeFileSync(projectPath, JSON.stringify({ ...smallProject, datasets }));
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

async function launch(...args: readonly string[]): Promise<void> {
  studio = await launchStudio({
    userData,
    args,
    env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") },
  });
  page = studio.page;
}

function journals(): readonly string[] {
  const recovery = join(userData, "recovery");
  return existsSync(recovery) ? readdirSync(recovery).filter((name) => name.endsWith(".json")) : [];
}

async function renameVariant(from: string, to: string): Promise<void> {
  const tree = page.getByRole("navigation", { name: "Project" });
  await tree.getByRole("button", { name: from }).first().click({ button: "right" });
  await page.getByRole("menuitem", { name: "Rename…" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(to);
  await page.keyboard.press("Enter");
  await expect(tree.getByRole("button", { name: to }).first()).toBeVisible();
}

const strip = () => page.getByRole("region", { name: "Unsaved changes" });
const onDisk = (): ProjectDocument =>
  JSON.parse(readFileSync(projectPath, "utf8")) as ProjectDocument;

test.skip(process.platform !== "linux", "the process tree is read from /proc");

test("edits are in the recovery folder within two seconds and the project file is untouched", async () => {
  await launch(projectPath);
  await expect(page.getByText("atoms shown")).toBeVisible();
  const before = readFileSync(projectPath, "utf8");
  await renameVariant("more diamond", "first name");
  await renameVariant("first name", "second name");
  await expect.poll(journals, { timeout: 2000, intervals: [100] }).toHaveLength(1);
  await expect
    .poll(() => readFileSync(join(userData, "recovery", journals()[0] ?? ""), "utf8"), {
      timeout: 2500,
    })
    .toContain("second name");
  expect(readFileSync(projectPath, "utf8")).toBe(before);
  await killAll(studio);
  expect(readFileSync(projectPath, "utf8")).toBe(before);
});

test("the next start offers them with name, count and time; restoring gives an edited project with its path", async () => {
  await launch();
  await expect(strip()).toContainText("work");
  await expect(strip()).toContainText("2 edits, today at");
  await page.screenshot({ path: "test-results/screenshots/recovery.png" });
  await strip().getByRole("button", { name: "Restore" }).click();
  await expect(page.getByRole("navigation", { name: "Project" })).toContainText("second name");
  await expect(page.getByText("Edited")).toBeVisible();
  await expect(strip()).toBeHidden();
  await expect(page.getByText("atoms shown")).toBeVisible();
});

test("killed again before anything else is done, they are still there", async () => {
  await killAll(studio);
  await launch();
  await expect(strip()).toContainText("2 edits");
  await strip().getByRole("button", { name: "Later" }).click();
  await expect(strip()).toBeHidden();
  await killAll(studio);
  await launch();
  await strip().getByRole("button", { name: "Restore" }).click();
  await renameVariant("second name", "third name");
  await expect
    .poll(() => readFileSync(join(userData, "recovery", journals()[0] ?? ""), "utf8"), {
      timeout: 2500,
    })
    .toContain("third name");
  expect(journals()).toHaveLength(1);
});

test("saving goes to the old path and leaves nothing to recover", async () => {
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Edited")).toBeHidden();
  expect(onDisk().variants?.map(({ name }) => name)).toContain("third name");
  await expect.poll(journals).toEqual([]);
  await killAll(studio);
  await launch();
  await expect(page.getByRole("heading", { name: "Your own files" })).toBeVisible();
  await expect(strip()).toBeHidden();
});

test("a page that crashes leaves its work behind for the window that comes after it", async () => {
  await page.getByRole("button", { name: /work\.lpr\.json/ }).click();
  await expect(page.getByText("atoms shown")).toBeVisible();
  await renameVariant("third name", "fourth name");
  await expect.poll(journals, { timeout: 2500 }).toHaveLength(1);
  await page.reload();
  await expect(strip()).toContainText("1 edit,");
  await strip().getByRole("button", { name: "Discard…" }).click();
  await strip().getByRole("button", { name: "Discard 1 edit" }).click();
  await expect(strip()).toBeHidden();
  expect(journals()).toEqual([]);
});
