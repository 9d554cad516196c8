/** The system's file dialogs. */
import { basename, join } from "node:path";
import { app, dialog, type BrowserWindow } from "electron";
import type { FigureFormat } from "../src/contract/figures.ts";
import { STRUCTURE_FILE_EXTENSIONS } from "../src/formats/detect.ts";
import { safeFileName } from "./safeFileName.ts";

const PROJECT_FILTER = { name: "LPR Studio project", extensions: ["lpr.json"] };
const STRUCTURE_EXTENSIONS = [...STRUCTURE_FILE_EXTENSIONS, "gz"];

/** Files to open, or null when the user cancelled. */
export async function askWhatToOpen(window: BrowserWindow): Promise<readonly string[] | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: "Open a project or structures",
    properties: ["openFile", "multiSelections"],
    filters: [
      { name: "Projects and structures", extensions: ["json", ...STRUCTURE_EXTENSIONS] },
      { name: "All files", extensions: ["*"] },
    ],
  });
  return canceled || filePaths.length === 0 ? null : filePaths;
}

/** Where a file that was moved is now, or null when the user cancelled. */
export async function askMovedFile(window: BrowserWindow, name: string): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: `Locate ${name}`,
    properties: ["openFile"],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** A file of features, or null when the user cancelled. */
export async function askFeatures(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: "Import features",
    properties: ["openFile"],
    filters: [
      { name: "NumPy arrays", extensions: ["npz", "npy"] },
      { name: "All files", extensions: ["*"] },
    ],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

async function askWhereToSave(
  window: BrowserWindow,
  title: string,
  name: string,
  filter: { readonly name: string; readonly extensions: string[] },
  folder: string | null = null,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: join(folder ?? app.getPath("documents"), safeFileName(name)),
    filters: [filter],
    properties: ["createDirectory", "showOverwriteConfirmation"],
  });
  // Electron before 30 gives undefined, later ones an empty string.
  return canceled || !filePath ? null : filePath;
}

/** Where to save a project, with the extension added when it was left out. */
export async function askProjectPath(window: BrowserWindow, name: string): Promise<string | null> {
  const path = await askWhereToSave(window, "Save project", `${name}.lpr.json`, PROJECT_FILTER);
  if (path === null || path.toLowerCase().endsWith(".json")) return path;
  return `${path}.lpr.json`;
}

const FIGURE_FILTERS: Readonly<
  Record<FigureFormat, { readonly name: string; readonly extensions: string[] }>
> = {
  pdf: { name: "PDF", extensions: ["pdf"] },
  svg: { name: "SVG", extensions: ["svg"] },
  png: { name: "PNG image", extensions: ["png"] },
  tiff: { name: "TIFF image", extensions: ["tiff", "tif"] },
};

/**
 * Where to write a figure, with the extension added when it was left out.
 * @param folder - what is offered; null: the user's documents
 */
export async function askFigurePath(
  window: BrowserWindow,
  name: string,
  format: FigureFormat,
  folder: string | null,
): Promise<string | null> {
  const filter = FIGURE_FILTERS[format];
  const title = `Export ${filter.name}`;
  const path = await askWhereToSave(window, title, `${name}.${format}`, filter, folder);
  if (path === null) return null;
  const hasExtension = filter.extensions.some((one) => path.toLowerCase().endsWith(`.${one}`));
  return hasExtension ? path : `${path}.${format}`;
}

/** Whether files that no dialog has asked about yet may be replaced. */
export async function askToReplace(
  window: BrowserWindow,
  files: readonly string[],
): Promise<boolean> {
  const names = files.map((file) => basename(file)).join(", ");
  const { response } = await dialog.showMessageBox(window, {
    type: "question",
    message: files.length === 1 ? `${names} is there already.` : `There already are ${names}.`,
    detail: "They would be replaced by files of this export.",
    buttons: ["Replace", "Cancel"],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}

/** Where to write structures, with the extension added when it was left out. */
export async function askStructuresPath(
  window: BrowserWindow,
  name: string,
): Promise<string | null> {
  const filter = { name: "Extended XYZ", extensions: ["xyz", "extxyz"] };
  const path = await askWhereToSave(window, "Save structures", name, filter);
  return path === null || /\.(ext)?xyz$/i.test(path) ? path : `${path}.xyz`;
}

/** A folder, or null when the user cancelled. */
export async function askFolder(
  window: BrowserWindow,
  title: string,
  buttonLabel = "Export here",
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    buttonLabel,
    properties: ["openDirectory", "createDirectory"],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Where to write a table, with the extension added when it was left out. */
export async function askCsvPath(window: BrowserWindow, name: string): Promise<string | null> {
  const filter = { name: "Comma-separated values", extensions: ["csv"] };
  const path = await askWhereToSave(window, "Export CSV", name, filter);
  return path === null || path.toLowerCase().endsWith(".csv") ? path : `${path}.csv`;
}

/** Where to write a picture, with the extension added when it was left out. */
export async function askPngPath(window: BrowserWindow, name: string): Promise<string | null> {
  const filter = { name: "PNG image", extensions: ["png"] };
  const path = await askWhereToSave(window, "Export PNG", name, filter);
  return path === null || path.toLowerCase().endsWith(".png") ? path : `${path}.png`;
}
