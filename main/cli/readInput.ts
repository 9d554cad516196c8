/** Files that a person names on the command line. */
import { readFile } from "node:fs/promises";
import { StudioError } from "../../src/errors.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import { parseProject } from "../../src/project/schema.ts";
import { datasetFiles, type DatasetFiles } from "../project/datasetPaths.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EISDIR: "it is a folder",
};

/** @throws StudioError `INVALID_FILE` when it cannot be read */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    const message = error instanceof Error ? error.message : code;
    throw new StudioError("INVALID_FILE", `cannot be read: ${REASONS[code] ?? message}`, {
      location: { file: path },
    });
  }
}

/** A project, its text and the files of its datasets. @throws StudioError `INVALID_PROJECT` */
export async function readProject(path: string): Promise<{
  readonly text: string;
  readonly document: ProjectDocument;
  readonly files: Readonly<Record<string, DatasetFiles>>;
}> {
  const text = new TextDecoder().decode(await readInput(path));
  const document = parseProject(text, { fileName: path });
  return { text, document, files: datasetFiles(document, path) };
}

/** Errors about a project's content gain the project's file name. */
export async function withProjectFile<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== "INVALID_PROJECT") throw error;
    throw new StudioError(error.code, error.message, {
      remedy: error.remedy,
      location: { file: path, ...error.location },
      cause: error,
    });
  }
}
