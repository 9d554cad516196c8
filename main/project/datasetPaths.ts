/** Dataset paths: absolute while the window works, relative to the project file on disk. */
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { DatasetEntry, ProjectDocument } from "../../src/project/document.ts";

/** Absolute path of a dataset; `projectPath` is null for a project that was never saved. */
export function resolveDatasetPath(path: string, projectPath: string | null): string {
  return projectPath === null ? resolve(path) : resolve(dirname(projectPath), path);
}

/** Path as written to a project file: relative with `/`, or absolute on another drive. */
export function relativeDatasetPath(absolute: string, projectPath: string): string {
  const path = relative(dirname(projectPath), absolute);
  return isAbsolute(path) ? absolute : path.split(sep).join("/");
}

/** A copy of the document with every dataset entry replaced. */
export async function mapDatasets(
  document: ProjectDocument,
  change: (entry: DatasetEntry, name: string) => DatasetEntry | Promise<DatasetEntry>,
): Promise<ProjectDocument> {
  const entries = await Promise.all(
    Object.entries(document.datasets).map(
      async ([name, entry]) => [name, await change(entry, name)] as const,
    ),
  );
  return { ...document, datasets: Object.fromEntries(entries) };
}

/** The document as the window works with it: one path stays one file wherever it is saved to. */
export function withAbsolutePaths(
  document: ProjectDocument,
  projectPath: string,
): Promise<ProjectDocument> {
  return mapDatasets(document, (entry) => ({
    ...entry,
    path: resolveDatasetPath(entry.path, projectPath),
  }));
}
