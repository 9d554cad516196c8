/** The files of a folder and of those below it. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** How far a walk goes, and what it takes. */
export interface FolderWalk {
  /** Folders below the first; 0 for that alone. */
  readonly maxDepth: number;
  readonly maxFiles: number;
  readonly isWanted: (name: string) => boolean;
}

/** What a walk has found. */
export interface WalkedFolder {
  /** Nearest first, each folder in the order of names. */
  readonly paths: readonly string[];
  /** There are more of them than were taken. */
  readonly isFull: boolean;
  /** There are folders farther below. */
  readonly isDeeper: boolean;
}

/** Walks a folder; hidden folders, `node_modules` and links are not entered, nor what cannot be read. */
export async function walkFolder(folder: string, walk: FolderWalk): Promise<WalkedFolder> {
  const paths: string[] = [];
  let level = [folder];
  for (let depth = 0; depth <= walk.maxDepth && level.length > 0; depth++) {
    const below: string[] = [];
    for (const one of level) {
      const entries = await readdir(one, { withFileTypes: true }).catch(() => []);
      for (const entry of entries.toSorted((a, b) => a.name.localeCompare(b.name, "en"))) {
        const path = join(one, entry.name);
        if (entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name)) below.push(path);
        if (!entry.isFile() || !walk.isWanted(entry.name)) continue;
        if (paths.length === walk.maxFiles) return { paths, isFull: true, isDeeper: true };
        paths.push(path);
      }
    }
    level = below;
  }
  return { paths, isFull: false, isDeeper: level.length > 0 };
}
