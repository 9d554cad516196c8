/** Opens and saves project files, and decides what the window may read afterwards. */
import { readFile, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Opened, OpenedProject } from "../../src/contract/api.ts";
import type { FileRemark } from "../../src/contract/movedFiles.ts";
import { StudioError } from "../../src/errors.ts";
import type { DatasetEntry, ProjectDocument } from "../../src/project/document.ts";
import { parseProject, serializeProject, validateProject } from "../../src/project/schema.ts";
import { removeLeftOvers, writeFileAtomically } from "../atomicFile.ts";
import type { JournalFile } from "../recovery/recoveryFolder.ts";
import { hashFile, hashText } from "./contentHash.ts";
import {
  datasetFiles,
  filesOf,
  mapDatasets,
  relativeDatasetPath,
  resolveDatasetPath,
  withAbsolutePaths,
} from "./datasetPaths.ts";
import { remarksOn } from "./fileRemarks.ts";
import { canonicalPath, type PathGrants } from "./pathGrants.ts";

const MAX_PROJECT_BYTES = 50_000_000;
const PROJECT_SUFFIX = ".json";

/** `*.lpr.json`, and any other JSON: its content decides, with a proper message. */
export function isProjectFile(path: string): boolean {
  return path.toLowerCase().endsWith(PROJECT_SUFFIX);
}

/** Name without the extension, when the document has none of its own. */
function projectName(document: ProjectDocument, path: string): string {
  return document.name ?? basename(path).replace(/(\.lpr)?\.json$/i, "");
}

async function readProjectText(path: string): Promise<string> {
  const location = { file: path };
  try {
    const { size } = await stat(path);
    if (size <= MAX_PROJECT_BYTES) return await readFile(path, "utf8");
  } catch (cause) {
    throw new StudioError("INVALID_FILE", `${basename(path)} was not found or cannot be read.`, {
      remedy: "Check that the file is still there and that you may read it.",
      location,
      cause,
    });
  }
  throw new StudioError("INVALID_PROJECT", `${basename(path)} is too large for a project file.`, {
    remedy: "A project file is text of a few kilobytes that names structure files.",
    location,
  });
}

/** A folder that went away, with its disk perhaps, is not made anew: the files are not in it. */
async function requireFolder(target: string): Promise<void> {
  const folder = dirname(target);
  if ((await stat(folder).catch(() => null))?.isDirectory() === true) return;
  throw new StudioError(
    "ACCESS_DENIED",
    `${basename(target)} was not written: the folder ${folder} is no longer there.`,
    {
      remedy: "Bring the folder back, or save the project as another file. Nothing is lost.",
      location: { file: target },
    },
  );
}

/** A file as a project names it: relative to it, with the hash of its content. */
async function fileOnDisk<T extends { readonly path: string }>(
  entry: T,
  source: string | null,
  target: string,
): Promise<T> {
  const absolute = resolveDatasetPath(entry.path, source);
  const path = relativeDatasetPath(absolute, target);
  try {
    return { ...entry, path, hash: await hashFile(absolute) };
  } catch {
    // The file is away: what was known of it stays in the project, and opening it will say so.
    return { ...entry, path };
  }
}

/** Saving fills hashes in, and views are no work: neither makes two documents different. */
function isSameWork(a: ProjectDocument, b: ProjectDocument): boolean {
  const hash = undefined;
  const work = (document: ProjectDocument): unknown => ({
    ...document,
    views: undefined,
    datasets: Object.fromEntries(
      Object.entries(document.datasets).map(([name, { features, ...entry }]) => [
        name,
        { ...entry, hash, features: features && { ...features, hash } },
      ]),
    ),
  });
  // What is undefined in memory is absent on disk.
  const plain = (document: ProjectDocument): unknown => JSON.parse(JSON.stringify(work(document)));
  return isDeepStrictEqual(plain(a), plain(b));
}

/** Project files on disk, with the grants they bring. */
export class ProjectStore {
  readonly #grants: PathGrants;
  /** Hash of every project file as this application read or wrote it last. */
  readonly #known = new Map<string, string>();

  constructor(grants: PathGrants) {
    this.#grants = grants;
  }

  /** Opens what the user chose: one project file, or structure files. */
  async open(paths: readonly string[]): Promise<Opened> {
    const projects = paths.filter(isProjectFile);
    const [project] = projects;
    if (project === undefined) return this.#openStructures(paths);
    if (paths.length > 1) {
      throw new StudioError("INVALID_PARAMETER", "A project file was opened with other files.", {
        remedy: "Open the project file by itself, then add the structure files.",
      });
    }
    return { kind: "project", project: await this.openProject(project) };
  }

  /** Opens a project file and grants the datasets it names. */
  async openProject(path: string): Promise<OpenedProject> {
    const text = await readProjectText(path);
    const document = parseProject(text, { fileName: path });
    this.#grants.grant(path);
    this.#known.set(canonicalPath(path), hashText(text));
    return {
      path,
      name: projectName(document, path),
      document: await withAbsolutePaths(document, path),
      remarks: await this.#grantAndCheck(document, path),
    };
  }

  /** Gives unsaved work of an earlier session back, under the path it had. */
  async restore({ document, path, name, fileHash }: JournalFile): Promise<OpenedProject> {
    if (path !== null) this.#grants.grant(path);
    if (path !== null && fileHash !== null) this.#known.set(canonicalPath(path), fileHash);
    return { path, name, document, remarks: await this.#grantAndCheck(document, path) };
  }

  /** Hash of the project file as it was read or written last; null for one never seen. */
  hashOf(path: string): string | null {
    return this.#known.get(canonicalPath(path)) ?? null;
  }

  /**
   * When another program changed the project file since it was read or written here, ISO 8601; null
   * when none did. A file that is gone is no longer there to be overwritten.
   */
  async changedOnDisk(path: string): Promise<string | null> {
    const known = this.hashOf(path);
    try {
      const { mtime } = await stat(path);
      return known === null || hashText(await readProjectText(path)) === known
        ? null
        : mtime.toISOString();
    } catch {
      return null;
    }
  }

  /** Whether the project file holds the work of the journal; only what is seen may differ. */
  async holds({ document, path }: JournalFile): Promise<boolean> {
    if (path === null) return false;
    try {
      const onDisk = parseProject(await readProjectText(path), { fileName: path });
      return isSameWork(document, await withAbsolutePaths(onDisk, path));
    } catch {
      // Away, damaged or not readable: then the journal is all there is.
      return false;
    }
  }

  /** Opens a project as a copy without a place of its own: saving asks where. */
  async openTemplate(path: string): Promise<OpenedProject> {
    return { ...(await this.openProject(path)), path: null };
  }

  /**
   * Writes the document to `target`: dataset paths become relative to it and content hashes are
   * filled in. `source` is where the document's own relative paths start from. The document given
   * back is the saved one with absolute paths, so that undo still finds the files.
   */
  async save(value: unknown, source: string | null, target: string): Promise<OpenedProject> {
    const document = validateProject(value);
    if (source !== null) this.#grants.require(source);
    this.requireDatasets(document, source);
    const saved = await mapDatasets(document, (entry) => this.#entryOnDisk(entry, source, target));
    const text = serializeProject(saved);
    if (target === source) await requireFolder(target);
    await writeFileAtomically(target, text);
    await removeLeftOvers(target);
    this.#grants.grant(target);
    this.#known.set(canonicalPath(target), hashText(text));
    return {
      path: target,
      name: projectName(saved, target),
      document: await withAbsolutePaths(saved, target),
      remarks: [],
    };
  }

  /** Throws `ACCESS_DENIED` when the document names a file that the user never opened. */
  requireDatasets(document: ProjectDocument, projectPath: string | null): void {
    for (const path of filesOf(datasetFiles(document, projectPath))) this.#grants.require(path);
  }

  /** Lets the window read every file of the project, and remarks on those that are not well. */
  #grantAndCheck(document: ProjectDocument, path: string | null): Promise<readonly FileRemark[]> {
    for (const file of filesOf(datasetFiles(document, path))) this.#grants.grant(file);
    return remarksOn(document, path);
  }

  async #entryOnDisk(
    entry: DatasetEntry,
    source: string | null,
    target: string,
  ): Promise<DatasetEntry> {
    const structures = await fileOnDisk(entry, source, target);
    if (entry.features === undefined) return structures;
    return { ...structures, features: await fileOnDisk(entry.features, source, target) };
  }

  async #openStructures(paths: readonly string[]): Promise<Opened> {
    for (const path of paths) {
      const found = await stat(path).catch(() => null);
      if (found?.isFile() === true) continue;
      const what = found === null ? "was not found" : "is not a file";
      throw new StudioError("INVALID_FILE", `${basename(path)} ${what}.`, {
        remedy: "Open structure files (extended XYZ) or a project file.",
        location: { file: path },
      });
    }
    for (const path of paths) this.#grants.grant(path);
    return { kind: "structures", files: paths.map((path) => ({ path, name: basename(path) })) };
  }
}
