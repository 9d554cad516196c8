/** One window with what belongs to it alone: its engine, its unsaved work, its way of closing. */
import { join } from "node:path";
import { dialog, type BrowserWindow } from "electron";
import type { Opened, ProjectNote } from "../src/contract/api.ts";
import { toPlainError } from "../src/errors.ts";
import { EngineLink } from "./engineLink.ts";
import type { Asked } from "./asked.ts";
import type { FigureRun } from "./figureRun.ts";
import type { StudioHandlers } from "./ipc/handlerTypes.ts";
import { Journal } from "./recovery/journal.ts";
import type { RecoveryFolder } from "./recovery/recoveryFolder.ts";
import {
  createHandlers,
  openChosen,
  restoreWork,
  type SharedParts,
  type Studio,
} from "./studioHandlers.ts";
import { openWindow, sendEvent } from "./window.ts";

/** What every window is made from. */
export interface WindowParts extends SharedParts {
  readonly userData: string;
  readonly unsaved: RecoveryFolder;
}

/** What a window asks of its neighbours. */
export interface Neighbours {
  readonly openAnother: (asked: Asked) => void;
  /** Brings another window to the front when it has the project; whether there is one. */
  readonly isElsewhere: (projectPath: string) => boolean;
  /** The window used last, when there is one. */
  readonly front: () => BrowserWindow | null;
  /** How many windows are open. */
  readonly count: () => number;
  /** A window stays although it was asked to close. */
  readonly stayed: () => void;
}

const NO_PROJECT: ProjectNote = { path: null, name: "Untitled", edited: false };

/** Opens with its construction. */
export class StudioWindow {
  readonly window: BrowserWindow;
  readonly handlers: StudioHandlers;
  readonly #parts: WindowParts;
  readonly #neighbours: Neighbours;
  readonly #engine: EngineLink;
  readonly #journal: Journal;
  #project = NO_PROJECT;
  readonly #figures: FigureRun | null;
  #asked: Asked | null;

  constructor(parts: WindowParts, neighbours: Neighbours, asked: Asked) {
    this.#parts = parts;
    this.#neighbours = neighbours;
    this.#asked = asked;
    this.#figures = asked.kind === "figures" ? asked.run : null;
    this.#journal = new Journal(parts.unsaved);
    this.window = openWindow({
      preload: parts.places.preload,
      stateFile: join(parts.userData, "window.json"),
      beside: neighbours.front(),
      isHidden: asked.kind === "figures",
      log: parts.log,
      mayClose: () => this.#mayClose(),
      onPageLost: () => {
        this.#losePage();
      },
    });
    this.#engine = new EngineLink({
      entry: parts.places.engine,
      userData: parts.userData,
      log: parts.log,
      window: this.window,
      shares: neighbours.count,
      threads: this.#figures?.threads ?? null,
    });
    this.handlers = createHandlers(this.#studio());
    this.window.on("closed", () => {
      this.#engine.dispose();
      this.#journal.close();
    });
  }

  /** What the window shows. */
  get project(): ProjectNote {
    return this.#project;
  }

  focus(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.focus();
  }

  /** Opens files in this window, as if they had been dropped on it. */
  async show(files: readonly string[]): Promise<void> {
    try {
      const opened = await openChosen(this.#studio(), files);
      if (opened !== null) sendEvent(this.window, "opened", opened);
    } catch (error) {
      const plain = toPlainError(error);
      void dialog.showMessageBox(this.window, { type: "error", message: plain.message });
    }
  }

  /** Ends the engine at once, when the application ends. */
  dispose(): void {
    this.#engine.dispose();
  }

  #studio(): Studio {
    return {
      ...this.#parts,
      window: () => this.window,
      engine: this.#engine,
      journal: this.#journal,
      figures: this.#figures,
      takeInitial: () => this.#takeInitial(),
      note: (project) => {
        this.#note(project);
      },
      project: () => this.#project,
      openAnother: this.#neighbours.openAnother,
      isElsewhere: this.#neighbours.isElsewhere,
    };
  }

  async #takeInitial(): Promise<Opened | null> {
    const asked = this.#asked;
    this.#asked = null;
    const { projects, examples } = this.#parts;
    switch (asked?.kind) {
      case "example":
        return {
          kind: "project",
          project: await projects.openTemplate(await examples.pathOf()),
        };
      case "files":
        return openChosen(this.#studio(), asked.files);
      case "figures":
        return projects.open([asked.run.project]);
      case "recovery":
        return restoreWork(this.#studio(), asked.id);
      default:
        return null;
    }
  }

  #note(project: ProjectNote): void {
    this.#project = project;
    this.window.setTitle(
      project.path === null && !project.edited ? "LPR Studio" : `${project.name} – LPR Studio`,
    );
    this.window.setDocumentEdited(project.edited);
    if (process.platform === "darwin") this.window.setRepresentedFilename(project.path ?? "");
  }

  /** Asks when edits would be lost; closing goes on by itself after a save. */
  #mayClose(): boolean {
    if (!this.#project.edited) return true;
    const answer = dialog.showMessageBoxSync(this.window, {
      type: "warning",
      message: `Save the changes to ${this.#project.name} before closing?`,
      detail: "Changes that are not saved are lost when the window closes.",
      buttons: ["Save", "Close without saving", "Cancel"],
      defaultId: 0,
      cancelId: 2,
    });
    if (answer === 0) sendEvent(this.window, "saveAndClose", { reason: "close" });
    if (answer === 2) this.#neighbours.stayed();
    return answer === 1;
  }

  #losePage(): void {
    this.#figures?.lose();
    this.#project = NO_PROJECT;
    this.#journal.release();
    void this.#parts.recoveries.offerAgain();
  }
}
