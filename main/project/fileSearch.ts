/** Finding files that were moved: by their content, or by name where the content is not known. */
import { basename } from "node:path";
import type { FolderSearch, LocatedFile, WantedFile } from "../../src/contract/movedFiles.ts";
import { hashFile } from "./contentHash.ts";
import { walkFolder } from "./folderWalk.ts";

const MAX_DEPTH = 4;
const MAX_FILES = 2_000;

/** Endings after the name, so that `films.xyz.gz` is compared with gzipped extended XYZ only. */
function endingOf(name: string): string {
  return /\.[^.]+(\.gz)?$/i.exec(name)?.[0].toLowerCase() ?? "";
}

/** Looks in a folder and those below it. */
export async function searchFolder(
  folder: string,
  wanted: readonly WantedFile[],
): Promise<FolderSearch> {
  const endings = new Set(wanted.map(({ name }) => endingOf(name)));
  const { paths, isFull, isDeeper } = await walkFolder(folder, {
    maxDepth: MAX_DEPTH,
    maxFiles: MAX_FILES,
    isWanted: (name) => endings.has(endingOf(name)),
  });
  const hashes = new Map<string, string | null>();
  const hashOf = async (path: string): Promise<string | null> => {
    const known = hashes.get(path);
    if (known !== undefined) return known;
    // A file that cannot be read is not the one.
    const hash = await hashFile(path).catch(() => null);
    hashes.set(path, hash);
    return hash;
  };
  const found: (LocatedFile | null)[] = [];
  for (const { name, hash } of wanted) {
    // The same name first: mostly it is the one, and the others need not be read.
    const isNamesake = (path: string): boolean => basename(path) === name;
    const namesakes = paths.filter(isNamesake);
    const others = paths.filter((path) => !isNamesake(path) && endingOf(path) === endingOf(name));
    let match: LocatedFile | null = null;
    for (const path of hash === null ? namesakes : [...namesakes, ...others]) {
      const itsHash = await hashOf(path);
      if (itsHash === null || (hash !== null && itsHash !== hash)) continue;
      match = { path, name: basename(path), hash: itsHash };
      break;
    }
    found.push(match);
  }
  return { folder, found, isPartial: isFull || isDeeper };
}
