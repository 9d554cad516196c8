/** The composition root: makes the parts, joins them, and follows the life of the application. */
import { join } from "node:path";
import { app, dialog, session, type BrowserWindow } from "electron";
import { toPlainError } from "../src/errors.ts";
import { EngineLink } from "./engineLink.ts";
import { registerHandlers } from "./ipc/registerHandlers.ts";
import { parseLaunchOptions, type LaunchOptions } from "./launchOptions.ts";
import { openLog, type Log } from "./log.ts";
import { installMenu } from "./menu.ts";
import { takePicture } from "./picture.ts";
import { findPlaces } from "./places.ts";
import { ExampleFolder } from "./project/exampleFolder.ts";
import { PathGrants } from "./project/pathGrants.ts";
import { ProjectStore } from "./project/projectStore.ts";
import { RecentFiles } from "./project/recentFiles.ts";
import { SettingsStore } from "./project/settings.ts";
import { registerPageScheme, servePage } from "./protocol.ts";
import { guardAllContents, guardSession } from "./security.ts";
import { createHandlers, openChosen, type Studio } from "./studioHandlers.ts";
import { applyTheme, openWindow, sendEvent } from "./window.ts";

/** Tests and headless runs keep their own settings, recent files and cache. */
function chooseUserData(): void {
  const { LPR_STUDIO_USER_DATA: variable } = process.env;
  const folder = app.commandLine.getSwitchValue("user-data-dir") || variable;
  if (folder) app.setPath("userData", folder);
}

/** Starts the application; returns at once. */
export function startApplication(): void {
  chooseUserData();
  const log = openLog(join(app.getPath("userData"), "logs", "main.log"));
  log.write(`LPR Studio ${app.getVersion()}, Electron ${process.versions.electron}`);
  const options = parseLaunchOptions(process.argv, app.isPackaged, process.cwd());
  if (options.picture === null && !app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerPageScheme();
  guardAllContents();
  app
    .whenReady()
    .then(() => runApplication(options, log))
    .catch((error: unknown) => {
      log.write(`Starting failed: ${error instanceof Error ? (error.stack ?? "") : String(error)}`);
      process.stderr.write(`LPR Studio could not start: ${toPlainError(error).message}\n`);
      app.exit(1);
    });
}

/** What changes while the application runs. */
interface Session {
  window: BrowserWindow | null;
  edited: boolean;
}

function createStudio(current: Session, options: LaunchOptions, log: Log): Studio {
  const places = findPlaces(__dirname);
  const userData = app.getPath("userData");
  const grants = new PathGrants();
  const projects = new ProjectStore(grants);
  const recent = new RecentFiles(join(userData, "recent.json"));
  const examples = new ExampleFolder(places.examples, (message) => {
    log.write(message);
  });
  let asked: LaunchOptions | null = options;
  return {
    window: () => {
      if (current.window === null) throw new Error("The window is closed.");
      return current.window;
    },
    engine: new EngineLink({ entry: places.engine, userData, log, window: () => current.window }),
    projects,
    grants,
    recent,
    settings: new SettingsStore(join(userData, "settings.json")),
    examples,
    takeInitial: async () => {
      const initial = asked;
      asked = null;
      if (initial?.example === true) {
        return { kind: "project", project: await projects.openTemplate(await examples.pathOf()) };
      }
      if (initial === null || initial.files.length === 0) return null;
      return openChosen({ projects, recent }, initial.files);
    },
    setEdited: (edited) => {
      current.edited = edited;
    },
  };
}

function showWindow(current: Session, studio: Studio, log: Log): BrowserWindow {
  const window = openWindow({
    preload: findPlaces(__dirname).preload,
    stateFile: join(app.getPath("userData"), "window.json"),
    log,
    isEdited: () => current.edited,
  });
  current.window = window;
  window.on("closed", () => {
    current.window = null;
    current.edited = false;
  });
  studio.engine.attach(window);
  return window;
}

async function runApplication(options: LaunchOptions, log: Log): Promise<void> {
  const current: Session = { window: null, edited: false };
  const studio = createStudio(current, options, log);
  guardSession(session.defaultSession);
  servePage(session.defaultSession, findPlaces(__dirname).page);
  registerHandlers(createHandlers(studio), log);
  installMenu({
    examples: await studio.examples.list(),
    run: (command) => {
      if (current.window !== null) sendEvent(current.window, "menuCommand", { command });
    },
    openExample: (id) => {
      if (current.window !== null) sendEvent(current.window, "exampleChosen", { id });
    },
  });
  applyTheme(studio.settings.read().theme);
  app.once("gpu-info-update", () => {
    const { webgl2 } = app.getGPUFeatureStatus() as { readonly webgl2?: string };
    log.write(`WebGL 2: ${webgl2 ?? "unknown"}`);
  });
  const show = (): BrowserWindow => current.window ?? showWindow(current, studio, log);
  followLife(studio, show);
  const first = show();
  if (options.picture !== null) {
    const code = await takePicture(first, options.picture);
    studio.engine.dispose();
    app.exit(code);
  }
}

/** `show` opens the window when there is none. */
function followLife(studio: Studio, show: () => BrowserWindow): void {
  app.on("second-instance", (_event, argv, folder) => {
    const window = show();
    if (window.isMinimized()) window.restore();
    window.focus();
    const { files } = parseLaunchOptions(argv, app.isPackaged, folder);
    if (files.length > 0) void pushOpened(studio, window, files);
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    void pushOpened(studio, show(), [path]);
  });
  app.on("activate", show);
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  app.on("will-quit", () => {
    studio.engine.dispose();
  });
}

async function pushOpened(studio: Studio, window: BrowserWindow, files: readonly string[]) {
  try {
    sendEvent(window, "opened", await openChosen(studio, files));
  } catch (error) {
    const plain = toPlainError(error);
    void dialog.showMessageBox(window, { type: "error", message: plain.message });
  }
}
