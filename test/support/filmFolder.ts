/** A folder of small carbon files with projects that name them, for tests in the window. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProjectDocument } from "../../src/project/document.ts";
import { extendedXyzText, smallProject, smallStructures } from "./carbonCells.ts";

/** See {@link makeFilmFolder}. */
export interface FilmFolder {
  readonly folder: string;
  readonly cache: string;
  /** Writes a project that reads from `data/`; its path. */
  writeProject(name: string, change?: Partial<ProjectDocument>): string;
  remove(): void;
}

/** `data/train.xyz`, `data/extra.xyz` and `data/films.xyz` in a new folder. */
export function makeFilmFolder(): FilmFolder {
  const folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  mkdirSync(join(folder, "data"));
  const structures = smallStructures();
  for (const name of ["train", "extra", "films"] as const) {
    writeFileSync(join(folder, "data", `${name}.xyz`), extendedXyzText(structures[name]));
  }
  const datasets = Object.fromEntries(
    Object.keys(smallProject.datasets).map((name) => [name, { path: `data/${name}.xyz` }]),
  );
  return {
    folder,
    cache: join(folder, "cache"),
    writeProject(name, change = {}) {
      const path = join(folder, name);
      writeFileSync(path, JSON.stringify({ ...smallProject, datasets, ...change }));
      return path;
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The document as it lies on disk. */
export function readProject(path: string): ProjectDocument {
  return JSON.parse(readFileSync(path, "utf8")) as ProjectDocument;
}
