/** The composition root: makes the parts, joins them, and follows the life of the application. */
import { join } from "node:path";
import { app, dialog, session, type BrowserWindow } from "electron";
import type { Opened } from "../src/contract/api.ts";
import { toPlainError } from "../src/errors.ts";
import { EngineLink } from "./engineLink.ts";
import { registerHandlers } from "./ipc/registerHandlers.ts";
import { parseLaunchOptions, type LaunchOptions } from "./launchOptions.ts";
import { openLog, type Log } from "./log.ts";
import { installMenu } from "./menu.ts";
import { takePicture } from "./picture.ts";
import { findPlaces } from "./places.ts";
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

/** A function that opens what the command line named, the first time it is called. */
function initialOnce(open: (options: LaunchOptions) => Promise<Opened>, options: LaunchOptions) {
  let asked = options.example || options.files.length > 0;
  return async (): Promise<Opened | null> => {
    if (!asked) return null;
    asked = false;
    return open(options);
  };
}

async function runApplication(options: LaunchOptions, log: Log): Promise<void> {
  const places = findPlaces(__dirname);
  const userData = app.getPath("userData");
  const grants = new PathGrants();
  const projects = new ProjectStore(grants);
  let edited = false;
  let window: BrowserWindow | null = null;
  const currentWindow = (): BrowserWindow => {
    if (window === null) throw new Error("The window is closed.");
    return window;
  };
  const engine = new EngineLink({
    entry: places.engine,
    userData,
    log,
    window: () => window,
  });
  const openAsked = async ({ files, example }: LaunchOptions): Promise<Opened> =>
    example
      ? { kind: "project", project: await projects.openTemplate(places.example) }
      : openChosen(studio, files);
  const studio: Studio = {
    window: currentWindow,
    engine,
    projects,
    grants,
    recent: new RecentFiles(join(userData, "recent.json")),
    settings: new SettingsStore(join(userData, "settings.json")),
    example: places.example,
    takeInitial: initialOnce((asked) => openAsked(asked), options),
    setEdited: (value) => {
      edited = value;
    },
  };

  guardSession(session.defaultSession);
  servePage(session.defaultSession, places.page);
  registerHandlers(createHandlers(studio), log);
  installMenu((command) => {
    if (window !== null) sendEvent(window, "menuCommand", { command });
  });
  applyTheme(studio.settings.read().theme);
  app.once("gpu-info-update", () => {
    const { webgl2 } = app.getGPUFeatureStatus() as { readonly webgl2?: string };
    log.write(`WebGL 2: ${webgl2 ?? "unknown"}`);
  });

  const showWindow = (): BrowserWindow => {
    const opened = openWindow({
      preload: places.preload,
      stateFile: join(userData, "window.json"),
      log,
      isEdited: () => edited,
    });
    window = opened;
    opened.on("closed", () => {
      window = null;
      edited = false;
    });
    engine.attach(opened);
    return opened;
  };
  followLife(studio, showWindow, () => window);
  const first = showWindow();
  if (options.picture !== null) await takePicture(first, options.picture);
}

function followLife(
  studio: Studio,
  showWindow: () => BrowserWindow,
  window: () => BrowserWindow | null,
): void {
  app.on("second-instance", (_event, argv, folder) => {
    const shown = window() ?? showWindow();
    if (shown.isMinimized()) shown.restore();
    shown.focus();
    const { files } = parseLaunchOptions(argv, app.isPackaged, folder);
    if (files.length > 0) void pushOpened(studio, shown, files);
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    void pushOpened(studio, window() ?? showWindow(), [path]);
  });
  app.on("activate", () => {
    if (window() === null) showWindow();
  });
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
