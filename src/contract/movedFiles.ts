/** Files that a project names and that are not as it knows them. */
import type { PlainError } from "../errors.ts";

/** A file of a dataset. */
export interface DatasetFile {
  readonly dataset: string;
  readonly part: "structures" | "features";
}

/** What is worth saying about a file of a project just opened. */
export interface FileRemark extends PlainError, DatasetFile {
  /** As the project has it; null when it has none. */
  readonly expectedHash: string | null;
  /** Of the file that is there; null when there is none. */
  readonly foundHash: string | null;
}

/** A file that was found or chosen, and may be read from now on. */
export interface LocatedFile {
  readonly path: string;
  readonly name: string;
  readonly hash: string;
}

/** A file to look for: by content when that is known, else by name. */
export interface WantedFile {
  readonly name: string;
  readonly hash: string | null;
}

/** What a search in a folder and those below it gave. */
export interface FolderSearch {
  readonly folder: string;
  /** In the order of what was wanted; null where nothing was found. */
  readonly found: readonly (LocatedFile | null)[];
  /** The folder holds more files than are looked at. */
  readonly isPartial: boolean;
}
