/** What each method of `StudioApi` does. */
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { clipboard, shell, type BrowserWindow } from "electron";
import type { Opened, ProjectNote, SaveOutcome } from "../src/contract/api.ts";
import type { FeaturePreview } from "../src/contract/features.ts";
import type { LocatedFile } from "../src/contract/movedFiles.ts";
import { StudioError } from "../src/errors.ts";
import { validateProject } from "../src/project/schema.ts";
import { aboutInfo, LINKS } from "./about.ts";
import { writeFileAtomically } from "./atomicFile.ts";
import { copyPng, copySvg } from "./clipboardImage.ts";
import { previewFeatures } from "./compute/previewFeatures.ts";
import { hostDiagnostics } from "./diagnostics.ts";
import type { EngineLink } from "./engineLink.ts";
import type { FigureRun } from "./figureRun.ts";
import {
  askCsvPath,
  askFeatures,
  askFigurePath,
  askToReplace,
  askFolder,
  askMovedFile,
  askPngPath,
  askProjectPath,
  askStructuresPath,
  askWhatToOpen,
} from "./fileDialogs.ts";
import { FigureFiles, filesInTheWay } from "./figureFiles.ts";
import type { StudioHandlers } from "./ipc/handlerTypes.ts";
import type { Log } from "./log.ts";
import type { Places } from "./places.ts";
import { sortChosenFiles } from "./project/chosenFiles.ts";
import { hashFile } from "./project/contentHash.ts";
import type { ExampleFolder } from "./project/exampleFolder.ts";
import type { ExportFolders } from "./project/exportFolders.ts";
import { searchFolder } from "./project/fileSearch.ts";
import type { PathGrants } from "./project/pathGrants.ts";
import type { ProjectStore } from "./project/projectStore.ts";
import { reading, signatureOf } from "./project/readableFile.ts";
import type { RecentFiles } from "./project/recentFiles.ts";
import type { SettingsStore } from "./project/settings.ts";
import type { Journal } from "./recovery/journal.ts";
import type { RecoveryOffers } from "./recovery/recoveryOffers.ts";
import type { Asked } from "./asked.ts";
import { applyTheme } from "./window.ts";
import { writeNewFiles } from "./writeNewFiles.ts";

/** What all windows share. */
export interface SharedParts {
  readonly places: Places;
  readonly log: Log;
  readonly projects: ProjectStore;
  readonly grants: PathGrants;
  readonly recent: RecentFiles;
  readonly settings: SettingsStore;
  readonly exportFolders: ExportFolders;
  readonly examples: ExampleFolder;
  readonly recoveries: RecoveryOffers;
}

/** The parts that the handlers of one window work with. */
export interface Studio extends SharedParts {
  readonly window: () => BrowserWindow;
  readonly engine: EngineLink;
  readonly journal: Journal;
  /** What a hidden window draws; null for one that people see. */
  readonly figures: FigureRun | null;
  /** What the window was opened for; given out once. */
  readonly takeInitial: () => Promise<Opened | null>;
  readonly note: (project: ProjectNote) => void;
  /** What was noted last. */
  readonly project: () => ProjectNote;
  readonly openAnother: (asked: Asked) => void;
  /** Brings another window to the front when it has the project; whether there is one. */
  readonly isElsewhere: (projectPath: string) => boolean;
}

/**
 * Opens what the user chose and remembers it; null when it is a project that another window has,
 * which comes to the front instead.
 */
export async function openChosen(
  studio: Pick<Studio, "projects" | "recent" | "isElsewhere" | "grants">,
  paths: readonly string[],
): Promise<Opened | null> {
  const chosen = await sortChosenFiles(paths);
  if (chosen.kind === "features") {
    return { kind: "features", preview: await previewChosen(studio, chosen.path) };
  }
  const files = chosen.kind === "project" ? [chosen.path] : chosen.paths;
  if (chosen.kind === "project" && studio.isElsewhere(chosen.path)) return null;
  const opened = await studio.projects.open(files);
  await studio.recent.add(files);
  return opened;
}

async function locatedFile({ grants }: Studio, path: string): Promise<LocatedFile> {
  const hash = await hashFile(path);
  grants.grant(path);
  return { path, name: basename(path), hash };
}

/** The file may be used only when it holds arrays. */
async function previewChosen(
  { grants }: Pick<Studio, "grants">,
  path: string,
): Promise<FeaturePreview> {
  await signatureOf(path, Infinity);
  const name = basename(path);
  const found = await previewFeatures(path, name);
  const { size } = await reading(path, () => stat(path));
  grants.grant(path);
  return { file: { path, name, bytes: size }, ...found };
}

async function saveChosen(
  studio: Studio,
  { document, path, saveAs, overwrite }: Parameters<StudioHandlers["saveProject"]>[0],
): Promise<SaveOutcome> {
  const name = document.name ?? "Untitled";
  const target = saveAs || path === null ? await askProjectPath(studio.window(), name) : path;
  if (target === null) return { kind: "cancelled" };
  if (target === path) {
    studio.grants.require(path);
    const changedAt = overwrite ? null : await studio.projects.changedOnDisk(path);
    if (changedAt !== null) return { kind: "changedOnDisk", changedAt };
  } else if (studio.isElsewhere(target)) {
    throw new StudioError("ACCESS_DENIED", `${basename(target)} is open in another window.`, {
      remedy: "Choose another name, or close the other window first.",
      location: { file: target },
    });
  }
  const project = await studio.projects.save(document, path, target);
  await studio.recent.add([target]);
  return { kind: "saved", project };
}

/** Goes on with the unsaved work of an earlier session. */
export async function restoreWork(
  { journal, projects, recoveries }: Pick<Studio, "journal" | "projects" | "recoveries">,
  id: string,
): Promise<Opened> {
  const file = await journal.adopt(id);
  const project = await projects.restore(file);
  await recoveries.changed();
  return { kind: "recovered", project, edits: file.edits };
}

function fileHandlers(studio: Studio) {
  return {
    recentFiles: () => studio.recent.list(),
    clearRecentFiles: () => studio.recent.clear(),
    listExamples: () => studio.examples.list(),
    openExample: async (id) => studio.projects.openTemplate(await studio.examples.pathOf(id)),
    showOpenDialog: async () => {
      const paths = await askWhatToOpen(studio.window());
      return paths === null ? null : openChosen(studio, paths);
    },
    openRecent: async (path) => {
      if (!studio.recent.includes(path)) {
        throw new StudioError("ACCESS_DENIED", "The file is not on the list of recent files.");
      }
      return openChosen(studio, [path]);
    },
    openDropped: (paths) => openChosen(studio, paths),
    initialProject: () => studio.takeInitial(),
    saveProject: (request) => saveChosen(studio, request),
    rereadProject: async (path) => {
      studio.grants.require(path);
      return studio.projects.openProject(path);
    },
    locateFile: async (name) => {
      const path = await askMovedFile(studio.window(), name);
      return path === null ? null : locatedFile(studio, path);
    },
    chooseFeatures: async () => {
      const path = await askFeatures(studio.window());
      return path === null ? null : previewChosen(studio, path);
    },
    searchFolder: async ({ wanted, beside }) => {
      if (beside !== null) studio.grants.require(beside);
      const folder =
        beside === null
          ? await askFolder(studio.window(), "Search for moved files", "Search here")
          : dirname(beside);
      if (folder === null) return null;
      // A folder that nobody chose is searched only for content that the project names.
      const known = beside === null ? wanted : wanted.filter(({ hash }) => hash !== null);
      const search = await searchFolder(folder, known);
      for (const file of search.found) if (file !== null) studio.grants.grant(file.path);
      const found = wanted.map((one) => search.found[known.indexOf(one)] ?? null);
      return { ...search, found };
    },
  } satisfies Partial<StudioHandlers>;
}

function computeHandlers(studio: Studio) {
  return {
    startJob: (request) => {
      const document = validateProject(request.document);
      if (request.projectPath !== null) studio.grants.require(request.projectPath);
      studio.projects.requireDatasets(document, request.projectPath);
      if (request.kind === "features") studio.grants.require(request.question.path);
      return studio.engine.startJob({ ...request, document });
    },
    restartEngine: () => {
      studio.engine.restart();
    },
  } satisfies Partial<StudioHandlers>;
}

/** Other structures in the place of those of a dataset would change what variants are made of. */
function requireUnused(path: string, inUse: readonly string[]): void {
  if (!inUse.some((used) => resolve(used) === resolve(path))) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    `${basename(path)} holds structures of this project and was not overwritten.`,
    { remedy: "Choose another name." },
  );
}

function outputHandlers(studio: Studio) {
  const figures = new FigureFiles();
  return {
    exportPng: async ({ png, suggestedName }) => {
      const path = await askPngPath(studio.window(), suggestedName);
      if (path !== null) await writeFileAtomically(path, png);
      return path;
    },
    exportTable: async ({ csv, suggestedName }) => {
      const path = await askCsvPath(studio.window(), suggestedName);
      if (path !== null) await writeFileAtomically(path, csv);
      return path;
    },
    saveStructures: async ({ text, suggestedName, inUse }) => {
      const path = await askStructuresPath(studio.window(), suggestedName);
      if (path === null) return null;
      requireUnused(path, inUse);
      await writeFileAtomically(path, text);
      studio.grants.grant(path);
      return { path, name: basename(path) };
    },
    exportStructures: async (files) => {
      const folder = await askFolder(studio.window(), "Export for reference calculations");
      if (folder !== null) await writeNewFiles(folder, files);
      return folder;
    },
    figureTask: () => studio.figures?.task ?? null,
    answerFigureTask: async (answer) => {
      if (studio.figures === null) {
        throw new StudioError("ACCESS_DENIED", "This window has no figures to draw.");
      }
      await studio.figures.receive(answer);
    },
    chooseFigureFile: async (request) => {
      const { suggestedName, format } = request;
      const { path: project } = studio.project();
      const folder = studio.exportFolders.folderOf(project);
      const path = await askFigurePath(studio.window(), suggestedName, format, folder);
      if (path === null) return null;
      const inTheWay = filesInTheWay(path, request);
      if (inTheWay.length > 0 && !(await askToReplace(studio.window(), inTheWay))) return null;
      await figures.allow(path);
      return path;
    },
    writeFigureFile: async (file) => {
      await figures.write(file);
      // The figure is written: that its folder is not remembered is no failure of the export.
      await studio.exportFolders
        .remember(studio.project().path, file.path)
        .catch((error: unknown) => {
          studio.log.write(`The folder of the figure was not remembered: ${String(error)}`);
        });
    },
    copyImage: (png) => copyPng(png),
    copySvg: (svg) => copySvg(svg),
    copyText: async (text) => {
      await clipboard.writeText(text);
    },
    openExternal: (link) => shell.openExternal(LINKS[link]),
  } satisfies Partial<StudioHandlers>;
}

function windowHandlers(studio: Studio) {
  return {
    about: () => aboutInfo(),
    licences: () => readFile(studio.places.licences, "utf8"),
    diagnostics: () => hostDiagnostics(studio.log),
    showLogFolder: () => {
      shell.showItemInFolder(studio.log.path);
    },
    readSettings: () => studio.settings.read(),
    writeSettings: async (change) => {
      const { theme } = await studio.settings.change(change);
      applyTheme(theme);
    },
    windowCommand: (command) => {
      const window = studio.window();
      if (command === "minimize") window.minimize();
      else if (command === "close") window.close();
      else if (window.isMaximized()) window.unmaximize();
      else window.maximize();
    },
    noteProject: (project) => {
      studio.note(project);
    },
    newWindow: () => {
      studio.openAnother({ kind: "nothing" });
    },
  } satisfies Partial<StudioHandlers>;
}

function recoveryHandlers(studio: Studio) {
  const { recoveries, journal, projects, grants } = studio;
  return {
    journalProject: async (entry) => {
      if (entry === null) {
        await journal.clear();
        return;
      }
      const document = validateProject(entry.document);
      if (entry.path !== null) grants.require(entry.path);
      projects.requireDatasets(document, entry.path);
      const fileHash = entry.path === null ? null : projects.hashOf(entry.path);
      await journal.write({ ...entry, document, fileHash, savedAt: new Date().toISOString() });
    },
    recoveries: () => recoveries.list(),
    restoreRecovery: async ({ id, inNewWindow }) => {
      if (inNewWindow) {
        studio.openAnother({ kind: "recovery", id });
        return null;
      }
      return restoreWork(studio, id);
    },
    discardRecovery: (id) => recoveries.discard(id),
    postponeRecoveries: () => recoveries.postpone(),
  } satisfies Partial<StudioHandlers>;
}

/** All handlers of a window. */
export function createHandlers(studio: Studio): StudioHandlers {
  return {
    ...fileHandlers(studio),
    ...computeHandlers(studio),
    ...outputHandlers(studio),
    ...windowHandlers(studio),
    ...recoveryHandlers(studio),
  };
}
