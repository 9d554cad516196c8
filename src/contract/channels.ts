/**
 * Names of the IPC channels, one per method of {@link StudioApi} and one per event. A method or an
 * event without a channel does not compile; preload and main both loop over these tables.
 */
import type { StudioApi, StudioEvents } from "./api.ts";

/** Method → channel, window to main. */
export const CHANNELS = {
  about: "lpr:about",
  licences: "lpr:licences",
  diagnostics: "lpr:diagnostics",
  showLogFolder: "lpr:showLogFolder",
  readSettings: "lpr:readSettings",
  writeSettings: "lpr:writeSettings",
  recentFiles: "lpr:recentFiles",
  clearRecentFiles: "lpr:clearRecentFiles",
  listExamples: "lpr:listExamples",
  openExample: "lpr:openExample",
  showOpenDialog: "lpr:showOpenDialog",
  openRecent: "lpr:openRecent",
  openDropped: "lpr:openDropped",
  initialProject: "lpr:initialProject",
  saveProject: "lpr:saveProject",
  rereadProject: "lpr:rereadProject",
  locateFile: "lpr:locateFile",
  searchFolder: "lpr:searchFolder",
  chooseFeatures: "lpr:chooseFeatures",
  startJob: "lpr:startJob",
  restartEngine: "lpr:restartEngine",
  exportPng: "lpr:exportPng",
  exportTable: "lpr:exportTable",
  saveStructures: "lpr:saveStructures",
  exportStructures: "lpr:exportStructures",
  figureTask: "lpr:figureTask",
  answerFigureTask: "lpr:answerFigureTask",
  chooseFigureFile: "lpr:chooseFigureFile",
  writeFigureFile: "lpr:writeFigureFile",
  copyImage: "lpr:copyImage",
  copySvg: "lpr:copySvg",
  copyText: "lpr:copyText",
  openExternal: "lpr:openExternal",
  windowCommand: "lpr:windowCommand",
  noteProject: "lpr:noteProject",
  newWindow: "lpr:newWindow",
  journalProject: "lpr:journalProject",
  recoveries: "lpr:recoveries",
  restoreRecovery: "lpr:restoreRecovery",
  discardRecovery: "lpr:discardRecovery",
  postponeRecoveries: "lpr:postponeRecoveries",
} as const satisfies Record<keyof StudioApi, string>;

/** Event → channel, main to window. */
export const EVENT_CHANNELS = {
  menuCommand: "lpr:event:menuCommand",
  exampleChosen: "lpr:event:exampleChosen",
  engineLost: "lpr:event:engineLost",
  engineStarted: "lpr:event:engineStarted",
  opened: "lpr:event:opened",
  recoveriesChanged: "lpr:event:recoveriesChanged",
  saveAndClose: "lpr:event:saveAndClose",
} as const satisfies Record<keyof StudioEvents, string>;

/** Carries the engine port from main to preload, which hands it on to the page. */
export const ENGINE_PORT_CHANNEL = "lpr:enginePort";

/** Prefix of the command-line argument that tells preload the host facts, as JSON. */
export const HOST_ARGUMENT = "--lpr-studio-host=";

/**
 * Arguments as they cross IPC. They are those of the API, save that dropped files have become
 * paths: only preload can turn a `File` into a path.
 */
export type WireArguments<M extends keyof StudioApi> = M extends "openDropped"
  ? readonly [paths: readonly string[]]
  : Parameters<StudioApi[M]>;
