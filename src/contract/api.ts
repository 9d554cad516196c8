/**
 * `StudioApi`: the only contract between window and main process. Preload builds it from
 * `channels.ts`; main validates sender and arguments of every call and answers with an `Outcome`,
 * which preload turns into a value or a thrown `PlainError`.
 */
import type { PlainError } from "../errors.ts";
import type { ProjectDocument } from "../project/document.ts";
import type { CrystalSessionQuestion } from "./crystals.ts";
import type { FeatureCheckQuestion, FeaturePreview } from "./features.ts";
import type { FileRemark, FolderSearch, LocatedFile, WantedFile } from "./movedFiles.ts";
import type { JournalEntry, Recovery } from "./recovery.ts";
import type { FigureAnswer, FigureFileRequest, FigureFileWrite, FigureTask } from "./figures.ts";
import type { SuggestQuestion, TextFile } from "./suggestions.ts";
import type { WhatIfQuestion } from "./whatIf.ts";

/** What crosses IPC, because Electron passes only the message of a thrown error. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: PlainError };

/** Colour theme of the window. */
export type Theme = "system" | "light" | "dark";

/** Remembered between sessions. */
export interface StudioSettings {
  readonly theme: Theme;
  /** Of the window's panes where a person chose them, px; they belong to no project. */
  readonly panes: PaneSizes;
}

/** Settings to change. */
export interface SettingsChange {
  readonly theme?: Theme | undefined;
  readonly panes?: PaneSizes | undefined;
}

/** Sizes that differ from the standard, px: widths of the sides, height of the drawer. */
export interface PaneSizes {
  readonly tree?: number | undefined;
  readonly inspector?: number | undefined;
  readonly drawer?: number | undefined;
}

/** A recently opened project or structure file. */
export interface RecentFile {
  readonly path: string;
  readonly name: string;
  /** ISO 8601. */
  readonly openedAt: string;
}

/** Versions and licences, for the About dialog and for "copy diagnostics". */
export interface AboutInfo {
  readonly version: string;
  readonly electron: string;
  readonly chrome: string;
  readonly node: string;
  readonly platform: string;
  readonly citation: string;
  readonly bibtex: string;
  readonly licence: string;
}

/** A project as opened. */
export interface OpenedProject {
  /** null for an example or a project never saved. */
  readonly path: string | null;
  readonly name: string;
  readonly document: ProjectDocument;
  /** Files that are away or have other content than the project knows. */
  readonly remarks: readonly FileRemark[];
}

/** What the host needs to know of the project that a window shows. */
export interface ProjectNote {
  /** null for an example or a project never saved. */
  readonly path: string | null;
  readonly name: string;
  /** Whether closing would lose edits. */
  readonly edited: boolean;
}

/** What saving led to. */
export type SaveOutcome =
  | { readonly kind: "saved"; readonly project: OpenedProject }
  | { readonly kind: "cancelled" }
  /** Nothing was written: another program wrote the file after it was opened. */
  | { readonly kind: "changedOnDisk"; readonly changedAt: string };

/** A project of the examples folder. */
export interface ExampleProject {
  /** Folder and file within the examples, such as `a-si/a-si-linear`. */
  readonly id: string;
  readonly name: string;
  /** One line; empty when the project has none. */
  readonly description: string;
}

/** What opening files led to. */
export type Opened =
  | { readonly kind: "project"; readonly project: OpenedProject }
  /** Unsaved work of an earlier session. */
  | { readonly kind: "recovered"; readonly project: OpenedProject; readonly edits: number }
  /** A file of features, whose atoms are to be chosen. */
  | { readonly kind: "features"; readonly preview: FeaturePreview }
  | {
      readonly kind: "structures";
      readonly files: readonly { readonly path: string; readonly name: string }[];
    };

/** A `File` of the page. Only preload can turn it into a path, so a page cannot forge one. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

/** Kinds of jobs. */
export type JobKind = JobRequest["kind"];

/** What a job works on. */
interface JobOnProject {
  readonly document: ProjectDocument;
  /** Path of the project file, for relative dataset paths; null when never saved. */
  readonly projectPath: string | null;
}

/**
 * A job for the engine. `load` reads the datasets; `compute` runs the analysis; `suggest` finds
 * structures that would lift the LPR of chosen atoms; `whatIf` opens a what-if session; `crystals`
 * one in which designed crystals are tried; `features` looks through a file of features before it is
 * imported.
 */
export type JobRequest = JobOnProject &
  (
    | { readonly kind: "load" | "compute" }
    | { readonly kind: "suggest"; readonly question: SuggestQuestion }
    | { readonly kind: "whatIf"; readonly question: WhatIfQuestion }
    | { readonly kind: "crystals"; readonly question: CrystalSessionQuestion }
    | { readonly kind: "features"; readonly question: FeatureCheckQuestion }
  );

/** Requests of the window. Every method may reject with a `PlainError`. */
export interface StudioApi {
  about(): Promise<AboutInfo>;
  /** Licences of everything that is bundled, as one text. */
  licences(): Promise<string>;
  /** What a report needs to say of the host: versions, machine, memory, end of the log. */
  diagnostics(): Promise<string>;
  /** Opens the folder of the log in the system's file manager. */
  showLogFolder(): Promise<void>;
  readSettings(): Promise<StudioSettings>;
  /** Changes what is given and keeps the rest. */
  writeSettings(change: SettingsChange): Promise<void>;
  recentFiles(): Promise<readonly RecentFile[]>;
  clearRecentFiles(): Promise<void>;

  /** Every project of the examples folder, the carbon films first. */
  listExamples(): Promise<readonly ExampleProject[]>;
  /** Opens an example as a template: the carbon films without an id of `listExamples`. */
  openExample(id?: string): Promise<OpenedProject>;
  /** File dialog; null when the user cancelled. */
  showOpenDialog(): Promise<Opened | null>;
  /** Only paths on the recent list; null when another window has the project and came to the front. */
  openRecent(path: string): Promise<Opened | null>;
  /** Files dropped on the window; preload turns them into paths. */
  openDropped(files: readonly DroppedFile[]): Promise<Opened | null>;
  /** What was asked for on the command line, once; null when nothing. */
  initialProject(): Promise<Opened | null>;
  /** Saves; asks where when `path` is null or `saveAs`. */
  saveProject(request: {
    readonly document: ProjectDocument;
    readonly path: string | null;
    readonly saveAs: boolean;
    /** Also over a file that another program changed since it was opened. */
    readonly overwrite: boolean;
  }): Promise<SaveOutcome>;
  /** Reads the project file that the window has open anew. */
  rereadProject(path: string): Promise<OpenedProject>;

  /** Asks for the file that was moved, and lets the project use it; null when the user cancelled. */
  locateFile(name: string): Promise<LocatedFile | null>;
  /**
   * Looks for moved files in a folder and those below it: the folder of a file that may be read
   * (then by content only), or one that is asked for; null when the user cancelled.
   */
  searchFolder(request: {
    readonly wanted: readonly WantedFile[];
    readonly beside: string | null;
  }): Promise<FolderSearch | null>;

  /**
   * Asks for a file of features, lets the project use it and shows what it holds, however large it is;
   * null when the user cancelled.
   */
  chooseFeatures(): Promise<FeaturePreview | null>;

  /** Starts a job and returns its id; everything else about it comes over the engine port. */
  startJob(request: JobRequest): Promise<string>;
  /** Starts a fresh engine after the old one was lost. */
  restartEngine(): Promise<void>;

  /** Asks where and writes the PNG; the path, or null when the user cancelled. */
  exportPng(request: {
    readonly png: Uint8Array;
    readonly suggestedName: string;
  }): Promise<string | null>;
  /** Asks where and writes a table of comma-separated values; the path, or null when cancelled. */
  exportTable(request: {
    readonly csv: string;
    readonly suggestedName: string;
  }): Promise<string | null>;
  /**
   * Asks where, writes an extended XYZ file and lets the project use it; null when the user
   * cancelled. Refuses a place in `inUse`: other structures of the project are there.
   */
  saveStructures(request: {
    readonly text: string;
    readonly suggestedName: string;
    readonly inUse: readonly string[];
  }): Promise<{ readonly path: string; readonly name: string } | null>;
  /**
   * Asks for a folder and writes extended XYZ and POSCAR files into it, all or none; nothing is
   * overwritten. The folder, or null when the user cancelled.
   */
  exportStructures(files: readonly TextFile[]): Promise<string | null>;
  /** What this window was opened to draw; null for one that people see. */
  figureTask(): Promise<FigureTask | null>;
  /** Only in a window with a task. */
  answerFigureTask(answer: FigureAnswer): Promise<void>;
  /** Asks where a figure goes, before it is drawn; null when the user cancelled. */
  chooseFigureFile(request: FigureFileRequest): Promise<string | null>;
  /** Writes a figure to the place that was chosen, whole or not at all. */
  writeFigureFile(file: FigureFileWrite): Promise<void>;
  copyImage(png: Uint8Array): Promise<void>;
  /** Text of an SVG file, for programs that draw vectors. */
  copySvg(svg: string): Promise<void>;
  copyText(text: string): Promise<void>;
  /** Opens one of the project's own web addresses (paper, licence) in the browser. */
  openExternal(link: "paper" | "licence"): Promise<void>;
  windowCommand(command: "minimize" | "maximize" | "close"): Promise<void>;
  /** Tells main what the window shows, so that it can ask before edits are lost. */
  noteProject(note: ProjectNote): Promise<void>;
  /** A window of its own for another project. */
  newWindow(): Promise<void>;

  /** Puts unsaved work where a crash cannot reach it; null when there is none any more. */
  journalProject(entry: JournalEntry | null): Promise<void>;
  /** What a session that did not end by itself left, as long as nobody said "later". */
  recoveries(): Promise<readonly Recovery[]>;
  /** Hands unsaved work to this window, or to a new one (then the answer is null). */
  restoreRecovery(request: {
    readonly id: string;
    readonly inNewWindow: boolean;
  }): Promise<Opened | null>;
  /** Throws unsaved work of an earlier session away. */
  discardRecovery(id: string): Promise<void>;
  /** Asks again when the application is started the next time. */
  postponeRecoveries(): Promise<void>;
}

/** Pushed by main. */
export interface StudioEvents {
  /** A menu item was chosen; the id is one of `commands.ts`. */
  menuCommand: { readonly command: string };
  /** An example was chosen in the menu. */
  exampleChosen: { readonly id: string };
  /** The engine process ended unexpectedly; jobs it ran are lost. */
  engineLost: { readonly reason: string };
  /** A new engine port was handed to the window (see `window.studio.onEnginePort`). */
  engineStarted: { readonly generation: number };
  /** Main opened something by itself (second instance, file association). */
  opened: Opened;
  /** Unsaved work was restored, discarded or left for later in some window. */
  recoveriesChanged: { readonly recoveries: readonly Recovery[] };
  /** The person chose to save before the window closes. */
  saveAndClose: { readonly reason: "close" };
}

/** What preload exposes as `window.studio`. */
export interface StudioBridge extends StudioApi {
  /** Host facts that never change while the window lives. */
  readonly host: {
    readonly platform: string;
    /** True when the window draws its own title-bar buttons. */
    readonly customFrame: boolean;
  };
  on<E extends keyof StudioEvents>(
    event: E,
    listener: (payload: StudioEvents[E]) => void,
  ): () => void;
}

/**
 * The engine port arrives in the page as `window.postMessage({ type: ENGINE_PORT_MESSAGE,
 * generation }, "*", [port])` from preload, because ports cannot cross the context bridge.
 */
export const ENGINE_PORT_MESSAGE = "lpr-studio:engine-port";
