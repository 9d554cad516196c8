/** Dataset paths: absolute while the window works, relative to the project file on disk. */
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { DatasetEntry, FeatureFile, ProjectDocument } from "../../src/project/document.ts";

/** The files of one dataset, with absolute paths. */
export interface DatasetFiles {
  readonly structures: string;
  readonly features: FeatureFile | null;
}

/** Absolute path of a dataset; `projectPath` is null for a project that was never saved. */
export function resolveDatasetPath(path: string, projectPath: string | null): string {
  return projectPath === null ? resolve(path) : resolve(dirname(projectPath), path);
}

/** The files of every dataset. */
export function datasetFiles(
  { datasets }: Pick<ProjectDocument, "datasets">,
  projectPath: string | null,
): Readonly<Record<string, DatasetFiles>> {
  return Object.fromEntries(
    Object.entries(datasets).map(([name, { path, features }]) => [
      name,
      {
        structures: resolveDatasetPath(path, projectPath),
        features:
          features === undefined
            ? null
            : { ...features, path: resolveDatasetPath(features.path, projectPath) },
      },
    ]),
  );
}

/** Every file that the datasets name. */
export function filesOf(files: Readonly<Record<string, DatasetFiles>>): readonly string[] {
  return Object.values(files).flatMap(({ structures, features }) =>
    features === null ? [structures] : [structures, features.path],
  );
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
    ...(entry.features === undefined
      ? {}
      : {
          features: {
            ...entry.features,
            path: resolveDatasetPath(entry.features.path, projectPath),
          },
        }),
  }));
}
