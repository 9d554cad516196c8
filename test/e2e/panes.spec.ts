/** Sizes of panes: dragged, by the keyboard, remembered for the person, and reset. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { makeFilmFolder, readProject, type FilmFolder } from "../support/filmFolder.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

let films: FilmFolder;
let project: string;
let userData: string;

test.describe.configure({ mode: "serial", timeout: 240_000 });
test.beforeAll(() => {
  films = makeFilmFolder();
  project = films.writeProject("p.lpr.json", {});
  userData = mkdtempSync(join(tmpdir(), "lpr-panes-"));
});
test.afterAll(() => {
  films.remove();
  rmSync(userData, { recursive: true, force: true });
});

async function open(): Promise<LaunchedStudio> {
  const studio = await launchStudio({
    args: [project],
    userData,
    env: { LPR_STUDIO_CACHE_DIR: films.cache },
  });
  await expect(studio.page.getByRole("contentinfo", { name: "Status" })).toContainText("atoms");
  return studio;
}

const sizes = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() =>
    ["tree", "inspector", "drawer"].map((id) => {
      const box = document.getElementById(id)?.getBoundingClientRect();
      return Math.round((id === "drawer" ? box?.height : box?.width) ?? 0);
    }),
  );

async function drag(page: Page, name: string, dx: number, dy: number): Promise<void> {
  const box = await page.getByRole("separator", { name }).boundingBox();
  if (box === null) throw new Error(`no separator ${name}`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
  await page.mouse.up();
}

test("sizes come back in the next session, the project says nothing of them", async () => {
  const before = readFileSync(project, "utf8");
  let studio = await open();
  const standard = await sizes(studio.page);
  await drag(studio.page, "Width of the project pane", 60, 0);
  await drag(studio.page, "Width of the inspector", -50, 0);
  await drag(studio.page, "Height of the drawer", 0, -80);
  const dragged = await sizes(studio.page);
  expect(dragged.map((size, i) => size - (standard[i] ?? 0))).toEqual([60, 50, 80]);
  const settings = (): unknown => JSON.parse(readFileSync(join(userData, "settings.json"), "utf8"));
  await expect
    .poll(settings)
    .toMatchObject({ panes: { tree: dragged[0], inspector: dragged[1], drawer: dragged[2] } });
  await studio.page.keyboard.press("Control+k");
  await studio.page.keyboard.type("light and dark");
  await studio.page.keyboard.press("Enter");
  await expect.poll(settings).toMatchObject({ theme: /dark|light/, panes: { tree: dragged[0] } });
  await studio.close();

  studio = await open();
  await expect.poll(() => sizes(studio.page)).toEqual(dragged);
  expect(readFileSync(project, "utf8")).toBe(before);
  expect(readProject(project).views).toBeUndefined();

  // A pane that is shown again has its size as well, and the keyboard changes it.
  await studio.page.keyboard.press("Control+j");
  await studio.page.keyboard.press("Control+j");
  await expect.poll(() => sizes(studio.page)).toEqual(dragged);
  await studio.page.getByRole("separator", { name: "Width of the inspector" }).focus();
  await studio.page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await sizes(studio.page))[1]).toBeLessThan(dragged[1] ?? 0);

  await studio.page.keyboard.press("Control+k");
  await studio.page.keyboard.type("reset pane");
  await studio.page.keyboard.press("Enter");
  await expect.poll(() => sizes(studio.page)).toEqual(standard);
  await expect.poll(settings).toMatchObject({ panes: {} });
  expect(studio.pageErrors).toEqual([]);
  await studio.close();
});
