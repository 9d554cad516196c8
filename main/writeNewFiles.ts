/** Several new files in a folder of the user's choice: all of them, or none. */
import { rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { TextFile } from "../src/contract/suggestions.ts";
import { StudioError } from "../src/errors.ts";

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: "there is a file of this name already",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  ENOENT: "the folder does not exist",
};

/**
 * Writes files that do not exist yet; after a failure those already written are taken away.
 * @throws StudioError `ACCESS_DENIED` naming the first file that could not be written
 */
export async function writeNewFiles(folder: string, files: readonly TextFile[]): Promise<void> {
  const written: string[] = [];
  for (const { name, text } of files) {
    const path = join(folder, name);
    try {
      await writeFile(path, text, { flag: "wx" });
    } catch (cause) {
      await Promise.all(written.map((one) => rm(one, { force: true })));
      throw refused(path, cause);
    }
    written.push(path);
  }
}

function refused(path: string, cause: unknown): StudioError {
  const code = String((cause as { code?: unknown }).code);
  const reason = REASONS[code] ?? (cause instanceof Error ? cause.message : code);
  return new StudioError("ACCESS_DENIED", `${basename(path)} was not written: ${reason}.`, {
    remedy: "Choose an empty folder; nothing was written.",
    location: { file: path },
    cause,
  });
}
