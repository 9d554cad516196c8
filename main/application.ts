/** The composition root: makes the parts, joins them, and follows the life of the application. */
import { join } from "node:path";
import { app, session } from "electron";
import { toPlainError } from "../src/errors.ts";
import { writesUnderWay } from "./atomicFile.ts";
import { registerHandlers } from "./ipc/registerHandlers.ts";
import { parseLaunchOptions, type LaunchOptions } from "./launchOptions.ts";
import { openLog, type Log } from "./log.ts";
import { installMenu } from "./menu.ts";
import { FigureRun } from "./figureRun.ts";
import { takePicture } from "./picture.ts";
import { findPlaces } from "./places.ts";
import { ExampleFolder } from "./project/exampleFolder.ts";
import { ExportFolders } from "./project/exportFolders.ts";
import { PathGrants } from "./project/pathGrants.ts";
import { ProjectStore } from "./project/projectStore.ts";
import { RecentFiles } from "./project/recentFiles.ts";
import { SettingsStore } from "./project/settings.ts";
import { RecoveryFolder } from "./recovery/recoveryFolder.ts";
import { RecoveryOffers } from "./recovery/recoveryOffers.ts";
import { registerPageScheme, servePage } from "./protocol.ts";
import { guardAllContents, guardSession } from "./security.ts";
import type { WindowParts } from "./studioWindow.ts";
import type { Asked } from "./asked.ts";
import { StudioWindows } from "./studioWindows.ts";
import { applyTheme, sendEvent } from "./window.ts";

/** Tests and headless runs keep their own settings, recent files and cache. */
function chooseUserData(): void {
  const { LPR_STUDIO_USER_DATA: variable } = process.env;
  const folder = app.commandLine.getSwitchValue("user-data-dir") || variable;
  if (folder) app.setPath("userData", folder);
}

/** Runs beside an application that people use, with nothing of theirs to lose. */
function isHeadless({ picture, figures }: LaunchOptions): boolean {
  return picture !== null || figures !== null;
}

/** Starts the application; returns at once. */
export function startApplication(): void {
  chooseUserData();
  const log = openLog(join(app.getPath("userData"), "logs", "main.log"));
  log.write(`LPR Studio ${app.getVersion()}, Electron ${process.versions.electron}`);
  const options = parseLaunchOptions(process.argv, app.isPackaged, process.cwd());
  if (!isHeadless(options) && !app.requestSingleInstanceLock()) {
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

function createParts(options: LaunchOptions, log: Log, windows: () => StudioWindows): WindowParts {
  const places = findPlaces(__dirname);
  const userData = app.getPath("userData");
  const grants = new PathGrants();
  const note = (message: string): void => {
    log.write(message);
  };
  // Pictures are drawn beside a running application, whose unsaved work is not their business.
  const folder = isHeadless(options) ? `recovery-of-picture-${process.pid}` : "recovery";
  const unsaved = new RecoveryFolder(join(userData, folder), note);
  return {
    places,
    userData,
    log,
    grants,
    unsaved,
    projects: new ProjectStore(grants),
    recent: new RecentFiles(join(userData, "recent.json")),
    settings: new SettingsStore(join(userData, "settings.json")),
    exportFolders: new ExportFolders(join(userData, "exports.json")),
    examples: new ExampleFolder(places.examples, note),
    recoveries: new RecoveryOffers(unsaved, (recoveries) => {
      for (const { window } of windows().all)
        sendEvent(window, "recoveriesChanged", { recoveries });
    }),
  };
}

function askedBy({ example, files }: LaunchOptions): Asked {
  if (example) return { kind: "example" };
  return files.length === 0 ? { kind: "nothing" } : { kind: "files", files };
}

async function runApplication(options: LaunchOptions, log: Log): Promise<void> {
  const parts = createParts(options, log, () => windows);
  const windows: StudioWindows = new StudioWindows(parts, () => {
    app.quit();
  });
  guardSession(session.defaultSession);
  servePage(session.defaultSession, parts.places.page);
  registerHandlers((contents) => windows.handlersOf(contents), log);
  installMenu({
    examples: await parts.examples.list(),
    run: (command) => {
      // Without a window every command starts with one.
      if (windows.front === null) windows.open({ kind: "nothing" });
      else sendEvent(windows.front.window, "menuCommand", { command });
    },
    openExample: (id) => {
      if (windows.front !== null) sendEvent(windows.front.window, "exampleChosen", { id });
    },
  });
  applyTheme(parts.settings.read().theme);
  await parts.unsaved.clean((file) => parts.projects.holds(file));
  app.once("gpu-info-update", () => {
    const { webgl2 } = app.getGPUFeatureStatus() as { readonly webgl2?: string };
    log.write(`WebGL 2: ${webgl2 ?? "unknown"}`);
  });
  followLife(windows);
  if (options.figures !== null) {
    const run = await FigureRun.read(options.figures);
    windows.open({ kind: "figures", run });
    const code = await run.finished;
    windows.dispose();
    app.exit(code);
    return;
  }
  const first = windows.open(askedBy(options));
  if (options.picture !== null) {
    const code = await takePicture(first.window, options.picture);
    windows.dispose();
    app.exit(code);
  }
}

function followLife(windows: StudioWindows): void {
  app.on("second-instance", (_event, argv, folder) => {
    windows.openFiles(parseLaunchOptions(argv, app.isPackaged, folder).files);
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    windows.openFiles([path]);
  });
  app.on("activate", () => {
    if (windows.front === null) windows.open({ kind: "nothing" });
    else windows.front.focus();
  });
  app.on("before-quit", () => {
    windows.beginQuit();
  });
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  app.on("will-quit", (event) => {
    const writes = writesUnderWay();
    if (writes === null) {
      windows.dispose();
      return;
    }
    event.preventDefault();
    void writes.then(() => {
      app.quit();
    });
  });
}
