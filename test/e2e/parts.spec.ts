/** Parts of files and components, edited in the window: checked as typed, one step, saved as text. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { makeFilmFolder, readProject, type FilmFolder } from "../support/filmFolder.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

let films: FilmFolder;
let studio: LaunchedStudio;
let page: Page;
let project: string;

test.describe.configure({ mode: "serial", timeout: 90_000 });
test.beforeAll(async () => {
  films = makeFilmFolder();
  project = films.writeProject("p.lpr.json", {
    variants: [{ name: "baseline", train: [{ dataset: "train", structures: "0:10" }] }],
  });
  studio = await launchStudio({ args: [project], env: { LPR_STUDIO_CACHE_DIR: films.cache } });
  page = studio.page;
  await expect(page.getByRole("contentinfo", { name: "Status" })).toContainText("16 of 16 atoms");
});
test.afterAll(async () => {
  await studio.close();
  films.remove();
});

const form = (): Locator => page.getByRole("dialog", { name: "Parts of files and components" });
const row = (name: RegExp): Locator => form().getByRole("row", { name });

async function open(): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("parts of files");
  await page.keyboard.press("Enter");
  await expect(form()).toBeVisible();
}

test("a selector is checked while it is typed; Apply is one step to undo", async () => {
  await open();
  const train = row(/^baseline trains on/);
  await expect(train).toContainText("10 of 12");
  await train.getByRole("textbox").fill("20:");
  await expect(form().getByRole("alert")).toContainText("select nothing");
  await expect(form().getByRole("button", { name: "Apply" })).toBeDisabled();
  await train.getByRole("textbox").fill("::3");
  await expect(train).toContainText("4 of 12");
  await train.getByRole("button", { name: /^Another part/ }).click();
  await form()
    .getByRole("textbox", { name: /^Structures of train/ })
    .nth(1)
    .fill("1, 7");
  await page.screenshot({ path: "test-results/screenshots/parts.png" });
  await form().getByRole("button", { name: "Apply" }).click();
  await expect(form()).toBeHidden();
  const trained = (): unknown => readProject(project).variants?.[0];
  await page.keyboard.press("Control+s");
  await expect.poll(trained).toEqual({
    name: "baseline",
    train: [
      { dataset: "train", structures: "::3" },
      { dataset: "train", structures: [1, 7] },
    ],
  });
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+s");
  await expect
    .poll(trained)
    .toEqual({ name: "baseline", train: [{ dataset: "train", structures: "0:10" }] });
});

test("a component needs a name and columns, and a linear model says so", async () => {
  await open();
  await form().getByRole("button", { name: "Add a component" }).click();
  await expect(form().getByRole("alert")).toContainText("expected columns");
  await form()
    .getByRole("textbox", { name: /^Columns of/ })
    .fill("0:4");
  // The model of this project is a kernel model, which has no columns.
  await expect(form()).toContainText("This model is not linear.");
  await page.keyboard.press("Escape");
  expect(studio.pageErrors).toEqual([]);
});
