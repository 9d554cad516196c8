/** Several windows: each its own project and engine, one file open once, every one asked at the end. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { makeFilmFolder, readProject, type FilmFolder } from "../support/filmFolder.ts";
import { electronCommand, launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

let films: FilmFolder;
let studio: LaunchedStudio;
let first: Page;
let second: Page;
let one: string;
let two: string;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  films = makeFilmFolder();
  one = films.writeProject("one.lpr.json");
  two = films.writeProject("two.lpr.json");
  const userData = join(films.folder, "user");
  studio = await launchStudio({
    args: [one],
    userData,
    env: { LPR_STUDIO_CACHE_DIR: films.cache },
  });
  first = studio.page;
  await expect(first.getByText("atoms shown")).toBeVisible();
});
test.afterAll(async () => {
  await studio.close().catch(() => undefined);
  films.remove();
});

async function nextWindow(action: () => Promise<unknown>): Promise<Page> {
  const opened = studio.app.waitForEvent("window");
  await action();
  const page = await opened;
  await page.waitForLoadState("load");
  return page;
}

/**
 * Title of the window that has the focus, and how many there are.
 *
 * Asks the windows rather than BrowserWindow.getFocusedWindow(): where none has the focus that
 * also asks for the focus of developer tools, on which Electron 25 now and then crashes (a null
 * pointer) while the focus moves from one window to the next.
 */
function windows(): Promise<{ titles: string[]; focused: string | undefined }> {
  return studio.app.evaluate(({ BrowserWindow }) => {
    const all = BrowserWindow.getAllWindows();
    return {
      titles: all.map((window) => window.getTitle()),
      focused: all.find((window) => window.isFocused())?.getTitle(),
    };
  });
}

function engines(): Promise<number> {
  return studio.app.evaluate(
    ({ app }) =>
      app.getAppMetrics().filter((metric) => metric.name === "LPR Studio compute engine").length,
  );
}

/** The answer to the next question about unsaved changes: Save, Close without saving, Cancel. */
async function answerClosing(response: number): Promise<void> {
  await studio.app.evaluate(({ dialog }, answer) => {
    dialog.showMessageBoxSync = () => answer;
  }, response);
}

async function hideOne(page: Page, name: string): Promise<void> {
  const tree = page.getByRole("navigation", { name: "Project" });
  await tree.getByRole("button", { name: "more diamond" }).first().click({ button: "right" });
  await page.getByRole("menuitem", { name: "Rename…" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Edited")).toBeVisible();
}

test("a new window has an empty project, its own engine and a place of its own", async () => {
  second = await nextWindow(() => first.keyboard.press("Control+Shift+N"));
  await expect(second.getByRole("heading", { name: "Your own files" })).toBeVisible();
  await expect(first.getByText("atoms shown")).toBeVisible();
  await expect.poll(engines).toBe(2);
  const places = await studio.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getPosition().join()),
  );
  expect(new Set(places).size).toBe(2);
});

test("its project is its own: edits in one do not touch the other", async () => {
  await studio.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, two);
  await second.keyboard.press("Control+o");
  await expect(second.getByText("atoms shown")).toBeVisible();
  await second.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(second.getByText("Up to date")).toBeVisible();
  await hideOne(second, "changed in two");
  await expect(first.getByText("Edited")).toBeHidden();
  await expect(first.getByText("Up to date")).toBeHidden();
  expect((await windows()).titles.toSorted()).toEqual(["one – LPR Studio", "two – LPR Studio"]);
});

test("opening a project that is open already brings its window to the front", async () => {
  await studio.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, one);
  await second.keyboard.press("Control+o");
  await expect.poll(async () => (await windows()).focused).toBe("one – LPR Studio");
  await expect(second.getByText("Edited")).toBeVisible();
  expect((await windows()).titles).toHaveLength(2);
});

test("a second instance opens its file in a window of the first, or shows the one that has it", async () => {
  const again = (file: string): Promise<unknown> => {
    const { command, args, env } = electronCommand([file], join(films.folder, "user"));
    return new Promise((resolve) =>
      spawn(command, args, { env, stdio: "ignore" }).once("exit", resolve),
    );
  };
  const three = films.writeProject("three.lpr.json");
  const third = await nextWindow(() => again(three));
  await expect(third.getByText("atoms shown")).toBeVisible();
  expect((await windows()).titles).toHaveLength(3);
  await again(two);
  await expect.poll(async () => (await windows()).focused).toBe("two – LPR Studio");
  expect((await windows()).titles).toHaveLength(3);
  await third.evaluate(() => window.studio.windowCommand("close"));
  await expect.poll(async () => (await windows()).titles.length).toBe(2);
  await expect.poll(engines).toBe(2);
});

test("closing asks for its own edits only: Cancel keeps the window, Save saves and closes it", async () => {
  await answerClosing(2);
  await second.evaluate(() => window.studio.windowCommand("close"));
  await expect(second.getByText("Edited")).toBeVisible();
  await answerClosing(0);
  await second.evaluate(() => window.studio.windowCommand("close"));
  await expect.poll(async () => (await windows()).titles).toEqual(["one – LPR Studio"]);
  expect(readProject(two).variants?.map(({ name }) => name)).toContain("changed in two");
});

test("quitting asks every window with edits, and ends when all are saved", async () => {
  await hideOne(first, "changed in one");
  second = await nextWindow(() => first.keyboard.press("Control+Shift+N"));
  await second.getByRole("button", { name: /two\.lpr\.json/ }).click();
  await expect(second.getByText("atoms shown")).toBeVisible();
  await answerClosing(2);
  await studio.app.evaluate(({ app }) => {
    app.quit();
  });
  await expect(first.getByText("Edited")).toBeVisible();
  const ended = new Promise((resolve) => studio.app.process().once("exit", resolve));
  await answerClosing(0);
  await studio.app
    .evaluate(({ app }) => {
      app.quit();
    })
    .catch(() => undefined);
  await ended;
  expect(readProject(one).variants?.map(({ name }) => name)).toContain("changed in one");
});
