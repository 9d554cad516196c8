/**
 * Which files the window may ask for. A path is granted by an act of the user (dialog, drop, recent
 * list, command line, example) or by being named in a project so opened, never by the page itself.
 */
import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { StudioError } from "../../src/errors.ts";

/** Symbolic links resolved, so that one file has one name; a file yet to be written keeps its own. */
export function canonicalPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    try {
      return join(realpathSync(dirname(absolute)), basename(absolute));
    } catch {
      return absolute;
    }
  }
}

/** The set of granted paths of this session. */
export class PathGrants {
  readonly #granted = new Set<string>();

  grant(path: string): void {
    this.#granted.add(canonicalPath(path));
  }

  includes(path: string): boolean {
    return this.#granted.has(canonicalPath(path));
  }

  /** Throws `ACCESS_DENIED` unless the user has opened the file. */
  require(path: string): void {
    if (this.includes(path)) return;
    throw new StudioError("ACCESS_DENIED", `${basename(path)} has not been opened by the user.`, {
      remedy: "Open it with the file dialog or drop it on the window.",
      location: { file: path },
    });
  }
}
