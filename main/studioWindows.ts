/** All windows: opening, finding, and asking each before the application quits. */
import type { WebContents } from "electron";
import type { StudioHandlers } from "./ipc/handlerTypes.ts";
import { canonicalPath } from "./project/pathGrants.ts";
import { StudioWindow, type WindowParts } from "./studioWindow.ts";
import type { Asked } from "./asked.ts";

/** Keeps the windows in the order in which they were used, the latest last. */
export class StudioWindows {
  readonly #parts: WindowParts;
  readonly #quit: () => void;
  #windows: readonly StudioWindow[] = [];
  #isQuitting = false;

  /** @param quit - ends the application once no window objects. */
  constructor(parts: WindowParts, quit: () => void) {
    this.#parts = parts;
    this.#quit = quit;
  }

  get all(): readonly StudioWindow[] {
    return this.#windows;
  }

  /** The window that was used last; null when there is none. */
  get front(): StudioWindow | null {
    return this.#windows.at(-1) ?? null;
  }

  /** What answers a page; null for a page that is not ours. */
  handlersOf(contents: WebContents): StudioHandlers | null {
    return this.#windows.find(({ window }) => window.webContents === contents)?.handlers ?? null;
  }

  open(asked: Asked): StudioWindow {
    const opened: StudioWindow = new StudioWindow(
      this.#parts,
      {
        openAnother: (next) => this.open(next),
        isElsewhere: (path) => this.#bringToFront(path, opened),
        front: () => this.front?.window ?? null,
        count: () => this.#windows.length,
        stayed: () => {
          this.#isQuitting = false;
        },
      },
      asked,
    );
    this.#windows = [...this.#windows, opened];
    opened.window.on("focus", () => {
      this.#windows = [...this.#windows.filter((one) => one !== opened), opened];
    });
    opened.window.on("closed", () => {
      this.#windows = this.#windows.filter((one) => one !== opened);
      // A window that had to save first has stopped the quitting; now it goes on.
      if (this.#isQuitting) this.#quit();
    });
    return opened;
  }

  /** Files from outside: the window that has the project, or a new one. */
  openFiles(files: readonly string[]): void {
    const [only] = files;
    if (only !== undefined && files.length === 1 && this.#bringToFront(only, null)) return;
    this.open(files.length === 0 ? { kind: "nothing" } : { kind: "files", files });
  }

  /** Quitting has begun; every window is asked in turn. */
  beginQuit(): void {
    this.#isQuitting = true;
  }

  dispose(): void {
    for (const one of this.#windows) one.dispose();
  }

  #bringToFront(projectPath: string, except: StudioWindow | null): boolean {
    const wanted = canonicalPath(projectPath);
    const found = this.#windows.find(
      (one) =>
        one !== except && one.project.path !== null && canonicalPath(one.project.path) === wanted,
    );
    found?.focus();
    return found !== undefined;
  }
}
