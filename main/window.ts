/** How a window is made and guarded. */
import { BrowserWindow, dialog, nativeTheme, screen } from "electron";
import type { StudioBridge, StudioEvents, Theme } from "../src/contract/api.ts";
import { EVENT_CHANNELS, HOST_ARGUMENT } from "../src/contract/channels.ts";
import type { Log } from "./log.ts";
import { PAGE_ORIGIN } from "./pageAddress.ts";
import { PAGE_PREFERENCES } from "./security.ts";
import {
  MINIMUM_SIZE,
  readWindowState,
  stepBeside,
  writeWindowState,
  type WindowState,
} from "./windowState.ts";

/** What {@link openWindow} needs to know. */
export interface WindowOptions {
  readonly preload: string;
  readonly stateFile: string;
  /** The window in front, when there is one. */
  readonly beside: BrowserWindow | null;
  /** Never shown: it draws figures for the command line. */
  readonly isHidden: boolean;
  readonly log: Log;
  /** Asked whenever the window is about to close. */
  readonly mayClose: () => boolean;
  /** The page stopped by itself; another one may take its place. */
  readonly onPageLost: () => void;
}

const BACKGROUND = { dark: "#17191d", light: "#f5f6f7" };
const isMac = process.platform === "darwin";

/** Facts about the host that the page needs before its first paint. */
const HOST: StudioBridge["host"] = { platform: process.platform, customFrame: !isMac };

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

/** Makes the title bar, the menus and the first paint follow the theme. */
export function applyTheme(theme: Theme): void {
  nativeTheme.themeSource = theme;
  for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(background());
}

function rememberState(window: BrowserWindow, options: WindowOptions): void {
  try {
    writeWindowState(options.stateFile, window.getNormalBounds(), window.isMaximized());
  } catch (error) {
    options.log.write(`The window's place was not remembered: ${String(error)}`);
  }
}

function offerReload(window: BrowserWindow, reason: string): void {
  const answer = dialog.showMessageBoxSync(window, {
    type: "error",
    message: "The window stopped unexpectedly",
    detail: `Reason: ${reason}. Files on disk are safe. After reloading, unsaved changes are offered again.`,
    buttons: ["Reload", "Quit"],
    defaultId: 0,
    cancelId: 1,
  });
  if (answer === 0) window.webContents.reload();
  else window.destroy();
}

/** A step beside the window in front; else where the last one was closed. */
function placeOf({ stateFile, beside }: WindowOptions): WindowState {
  if (beside !== null) {
    const bounds = beside.getNormalBounds();
    const { workArea } = screen.getDisplayMatching(bounds);
    return { bounds: stepBeside(bounds, workArea), maximized: false };
  }
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  return readWindowState(stateFile, displays);
}

/** Opens the window and starts loading the page. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const state = placeOf(options);
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    title: "LPR Studio",
    show: false,
    backgroundColor: background(),
    ...(isMac ? { titleBarStyle: "hiddenInset" as const } : { frame: false }),
    webPreferences: {
      ...PAGE_PREFERENCES,
      // Nobody looks at a hidden page, which works all the same.
      backgroundThrottling: !options.isHidden,
      preload: options.preload,
      additionalArguments: [`${HOST_ARGUMENT}${JSON.stringify(HOST)}`],
    },
  });
  if (state.maximized) window.maximize();
  window.once("ready-to-show", () => {
    if (!options.isHidden) window.show();
  });
  window.on("close", (event) => {
    if (!options.isHidden) rememberState(window, options);
    if (!options.mayClose()) event.preventDefault();
  });
  // Any page but the first has taken the place of another: a reload, by whatever way.
  window.webContents.once("did-finish-load", () => {
    window.webContents.on("did-finish-load", options.onPageLost);
  });
  window.webContents.on("render-process-gone", (_event, details) => {
    options.log.write(`The page stopped: ${details.reason} (${details.exitCode})`);
    if (details.reason !== "clean-exit" && !window.isDestroyed()) {
      options.onPageLost();
      if (!options.isHidden) offerReload(window, details.reason);
    }
  });
  window.webContents.on("preload-error", (_event, _path, error) => {
    options.log.write(`Preload failed: ${error.stack ?? error.message}`);
  });
  void window.loadURL(`${PAGE_ORIGIN}/${options.isHidden ? "figures.html" : ""}`);
  return window;
}

/** Pushes an event to the page. */
export function sendEvent<E extends keyof StudioEvents>(
  window: BrowserWindow,
  event: E,
  payload: StudioEvents[E],
): void {
  if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNELS[event], payload);
}
