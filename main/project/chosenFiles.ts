/** What files and folders that were dropped or chosen together are: a project, structures, features. */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { StudioError } from "../../src/errors.ts";
import { STRUCTURE_FILE_EXTENSIONS } from "../../src/formats/detect.ts";
import { walkFolder } from "./folderWalk.ts";

/** Paths of one kind. Nothing but the names was looked at. */
export type ChosenFiles =
  | { readonly kind: "project"; readonly path: string }
  | { readonly kind: "features"; readonly path: string }
  | { readonly kind: "structures"; readonly paths: readonly string[] };

const MAX_DEPTH = 2;
/** More structure files than this are refused, not taken in part. */
const MAX_FILES = 1000;
const FEATURES = /\.np[yz]$/i;
const PROJECT = /\.json$/i;
/** In a folder only these are taken for projects: other JSON files abound. */
const PROJECT_IN_FOLDER = /\.lpr\.json$/i;
const STRUCTURES = new RegExp(
  `(?:\\.(?:${STRUCTURE_FILE_EXTENSIONS.join("|")})|^(?:poscar|contcar)[^.]*)(?:\\.gz)?$`,
  "i",
);

/**
 * Sorts paths; of folders, the structure files in them and up to two folders below, or the one project
 * that lies in it.
 * @throws StudioError `INVALID_FILE` for what is not there and for folders that hold nothing to open;
 * `INVALID_PARAMETER` for things that cannot be opened together, and for too many of them
 */
export async function sortChosenFiles(paths: readonly string[]): Promise<ChosenFiles> {
  const files: string[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => null);
    if (found === null) throw notFound(path);
    if (found.isDirectory()) files.push(...(await filesOfFolder(path)));
    else files.push(path);
  }
  const chosen = [...new Set(files)];
  if (chosen.length > MAX_FILES) throw tooMany(`${chosen.length} files were opened together`);
  return sortFiles(chosen);
}

function sortFiles(files: readonly string[]): ChosenFiles {
  const projects = files.filter((path) => PROJECT.test(path));
  const features = files.filter((path) => FEATURES.test(path));
  const [project] = projects;
  const [feature] = features;
  if (project !== undefined) {
    if (files.length === 1) return { kind: "project", path: project };
    throw together(
      projects.length === files.length
        ? `${files.length} project files were opened together.`
        : `The project file ${basename(project)} was opened with other files.`,
      "Open the project by itself; structure files can be added to it then, and another project has a window of its own.",
    );
  }
  if (feature !== undefined) {
    if (files.length === 1) return { kind: "features", path: feature };
    throw together(
      `${basename(feature)}, a file of features, was opened with other files.`,
      "Add the structures first; then drop the features, one file at a time.",
    );
  }
  return { kind: "structures", paths: files };
}

async function filesOfFolder(folder: string): Promise<readonly string[]> {
  const top = await readdir(folder).catch(() => null);
  if (top === null) throw unreadable(folder);
  const projects = top.filter((name) => PROJECT_IN_FOLDER.test(name));
  const [only] = projects;
  if (only !== undefined && projects.length === 1) return [join(folder, only)];
  if (projects.length > 1) {
    throw together(
      `The folder ${basename(folder)} holds ${projects.length} projects: ${projects.toSorted().join(", ")}.`,
      "Open one of them.",
    );
  }
  const found = await structuresBelow(folder);
  if (found.length > 0) return found;
  throw new StudioError(
    "INVALID_FILE",
    `The folder ${basename(folder)} holds no structure files and no project.`,
    {
      remedy: `Looked for names that end in ${STRUCTURE_FILE_EXTENSIONS.map((one) => `.${one}`).join(", ")} (also .gz), POSCAR, CONTCAR and .lpr.json. Files of other names can be dropped themselves.`,
      location: { file: folder },
    },
  );
}

async function structuresBelow(folder: string): Promise<readonly string[]> {
  const { paths, isFull } = await walkFolder(folder, {
    maxDepth: MAX_DEPTH,
    maxFiles: MAX_FILES,
    isWanted: (name) => STRUCTURES.test(name),
  });
  if (!isFull) return paths;
  throw tooMany(`The folder ${basename(folder)} holds more than ${MAX_FILES} structure files`);
}

function tooMany(found: string): StudioError {
  return together(
    `${found}; expected at most ${MAX_FILES}. None was added.`,
    "Put the structures into one file of many frames, or open a part of the files.",
  );
}

function together(message: string, remedy: string): StudioError {
  return new StudioError("INVALID_PARAMETER", message, { remedy });
}

function notFound(path: string): StudioError {
  return new StudioError("INVALID_FILE", `${basename(path)} was not found.`, {
    remedy: "Open structure files (extended XYZ) or a project file.",
    location: { file: path },
  });
}

function unreadable(folder: string): StudioError {
  return new StudioError("INVALID_FILE", `The folder ${basename(folder)} cannot be read.`, {
    remedy: "Check that you may read it.",
    location: { file: folder },
  });
}
