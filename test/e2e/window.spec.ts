import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { StudioBridge } from "../../src/contract/api.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

declare global {
  interface Window {
    readonly studio: StudioBridge;
  }
}

const STRUCTURE = '1\nLattice="5 0 0 0 5 0 0 0 5" Properties=species:S:1:pos:R:3\nC 0 0 0\n';

let studio: LaunchedStudio;
let folder: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  studio = await launchStudio();
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the window opens on the application's own page, at a workable size", async () => {
  expect(studio.page.url()).toBe("app://studio/");
  expect(await studio.page.title()).toContain("LPR Studio");
  const { width, height, visible } = await studio.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const [minimumWidth, minimumHeight] = window?.getMinimumSize() ?? [];
    return { width: minimumWidth, height: minimumHeight, visible: window?.isVisible() };
  });
  expect({ width, height, visible }).toEqual({ width: 1024, height: 640, visible: true });
});

test("the page has no Node, no Electron, and a sandbox around it", async () => {
  const found = await studio.page.evaluate(() =>
    ["require", "process", "module", "Buffer", "electron", "ipcRenderer"].filter(
      (name) => name in globalThis,
    ),
  );
  expect(found).toEqual([]);
  const preferences = await studio.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences: () => Record<string, unknown>;
    };
    const { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag } =
      contents.getLastWebPreferences();
    return { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag };
  });
  expect(preferences).toEqual({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test("the content policy blocks code from strings, inline scripts and remote files", async () => {
  const outcome = await studio.page.evaluate(async () => {
    const marks = window as unknown as Record<string, unknown>;
    // Not in this function itself: the test driver's own evaluation bypasses the policy.
    const fromTimer = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          globalThis.eval("window.evalRan = true");
          resolve("ran");
        } catch (error) {
          resolve((error as Error).name);
        }
      }, 0);
    });
    const script = document.createElement("script");
    script.textContent = "window.inlineRan = true";
    document.head.append(script);
    const remote = document.createElement("script");
    const remoteFailed = new Promise((resolve) => {
      remote.addEventListener("error", () => {
        resolve("blocked");
      });
      remote.addEventListener("load", () => {
        resolve("loaded");
      });
    });
    remote.src = "https://example.org/x.js";
    document.head.append(remote);
    const fetched = await fetch("https://example.org/").then(
      () => "fetched",
      () => "blocked",
    );
    const remoteScript = await remoteFailed;
    return { fromTimer, remoteScript, fetched, ran: [marks["evalRan"], marks["inlineRan"]] };
  });
  expect(outcome).toEqual({
    fromTimer: "EvalError",
    remoteScript: "blocked",
    fetched: "blocked",
    ran: [undefined, undefined],
  });
});

/** Calls a method with arguments as they are and returns the error it was refused with. */
async function refusal(method: keyof StudioBridge, ...args: unknown[]) {
  return studio.page.evaluate(
    async ([name, values]) => {
      const methods = window.studio as unknown as Record<
        string,
        (...all: unknown[]) => Promise<unknown>
      >;
      try {
        await methods[name]?.(...values);
        return "accepted";
      } catch (error) {
        return (error as Error).message;
      }
    },
    [method, args] as const,
  );
}

test("wrong arguments are refused with a message that names them", async () => {
  expect(await refusal("writeSettings", { theme: "pink" })).toContain("wrong arguments");
  expect(await refusal("openRecent", 42)).toContain("wrong arguments");
  expect(await refusal("openExternal", "https://example.org")).toContain("wrong arguments");
  expect(await refusal("windowCommand", "reload", "now")).toContain("wrong arguments");
});

test("files the user never opened are refused, whichever way they are asked for", async () => {
  const path = join(folder, "secret.xyz");
  writeFileSync(path, STRUCTURE);
  const document = { version: 1, datasets: { secret: { path } } };
  const request = { kind: "load", document, projectPath: null };
  expect(await refusal("openRecent", path)).toContain("not on the list");
  expect(await refusal("startJob", request)).toContain("not been opened by the user");
  expect(
    await refusal("startJob", { ...request, projectPath: join(folder, "p.lpr.json") }),
  ).toContain("not been opened by the user");
  const target = join(folder, "q.lpr.json");
  const save = {
    document: { version: 1, datasets: {} },
    path: target,
    saveAs: false,
    overwrite: false,
  };
  expect(await refusal("saveProject", save)).toContain("not been opened by the user");
  expect(existsSync(target)).toBe(false);
});

test("a dropped file opens by its real path, and a made-up one has none", async () => {
  const path = join(folder, "dropped.xyz");
  writeFileSync(path, STRUCTURE);
  await studio.page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "test-drop";
    document.body.append(input);
  });
  await studio.page.setInputFiles("#test-drop", path);
  const opened = await studio.page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>("#test-drop");
    return window.studio.openDropped(Array.from(input?.files ?? []));
  });
  expect(opened).toEqual({ kind: "structures", files: [{ path, name: "dropped.xyz" }] });
  const madeUp = await studio.page.evaluate(
    (name) =>
      window.studio.openDropped([new File(["x"], name)]).then(
        () => "accepted",
        () => "refused",
      ),
    path,
  );
  expect(madeUp).toBe("refused");
});

test("settings are kept for the next session", async () => {
  await studio.page.evaluate(() => window.studio.writeSettings({ theme: "light" }));
  expect(await studio.page.evaluate(() => window.studio.readSettings())).toMatchObject({
    theme: "light",
  });
  expect(existsSync(join(studio.userData, "settings.json"))).toBe(true);
});

test("the example opens with absolute paths that may be computed", async () => {
  const project = await studio.page.evaluate(() => window.studio.openExample());
  expect(project.path).toBeNull();
  expect(project.remarks).toEqual([]);
  expect(Object.keys(project.document.datasets)).toEqual(["train", "diamond", "graphite", "films"]);
});

test("an engine that is killed is reported and replaced while the window lives on", async () => {
  // Listening before anything happens, and on record: events may come at any moment.
  await studio.page.evaluate(() => {
    const seen: string[] = [];
    (window as unknown as { seenEvents: string[] }).seenEvents = seen;
    for (const event of ["engineLost", "engineStarted"] as const) {
      window.studio.on(event, () => seen.push(event));
    }
  });
  const seenEvents = () =>
    studio.page.evaluate(() => (window as unknown as { seenEvents: string[] }).seenEvents);
  const pid = await studio.app.evaluate(async ({ app }) => {
    const engines = () =>
      app.getAppMetrics().filter((metric) => metric.name === "LPR Studio compute engine");
    for (let wait = 0; wait < 100 && engines().length === 0; wait++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return engines()[0]?.pid ?? -1;
  });
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, "SIGKILL");
  await expect.poll(seenEvents).toEqual(["engineLost"]);
  expect(await studio.page.evaluate(() => document.readyState)).toBe("complete");
  await studio.page.evaluate(() => window.studio.restartEngine());
  await expect.poll(seenEvents).toEqual(["engineLost", "engineStarted"]);
  const jobId = await studio.page.evaluate(async () => {
    const example = await window.studio.openExample();
    const request = { kind: "load" as const, document: example.document, projectPath: null };
    return window.studio.startJob(request);
  });
  expect(jobId).not.toBe("");
});

// Last, because the test driver waits for a refused navigation whatever it does next.
test("new windows, navigation, permissions and files of the disk are denied", async () => {
  const opened = await studio.page.evaluate(() => window.open("https://example.org/") === null);
  expect(opened).toBe(true);
  await studio.page.evaluate(() => {
    location.href = "https://example.org/";
  });
  await studio.page.evaluate(() => {
    location.href = "file:///etc/hostname";
  });
  const { permission, file } = await studio.page.evaluate(async () => ({
    permission: await navigator.permissions
      .query({ name: "geolocation" })
      .then((status) => status.state),
    file: await fetch("app://studio/..%2f..%2fpackage.json").then((answer) => answer.status),
  }));
  expect(permission).toBe("denied");
  expect(file).toBe(404);
  expect(studio.page.url()).toBe("app://studio/");
  const count = await studio.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
  );
  expect(count).toBe(1);
});
