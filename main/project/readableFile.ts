/** Files that can be read whole. */
import { stat } from "node:fs/promises";
import { StudioError } from "../../src/errors.ts";

/** Larger files are refused before they are read: one buffer of some runtimes holds no more. */
const MAX_FILE_BYTES = 1.9 * 2 ** 30;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
  EISDIR: "it is a folder",
};

/**
 * Size and time of change: while they stay, the content is taken to be the same.
 * @param largest - bytes; by default what can be read whole
 * @throws StudioError `INVALID_FILE` for what is no file, too large or not readable
 */
export async function signatureOf(path: string, largest = MAX_FILE_BYTES): Promise<string> {
  const info = await reading(path, () => stat(path));
  if (!info.isFile()) throw unreadable(path, "it is not a file");
  if (info.size > largest) {
    throw unreadable(path, `it has ${info.size} bytes, more than the ${largest} accepted`);
  }
  return `${info.size}:${info.mtimeMs}:${info.ino}`;
}

/** Runs `action` on a file; what the system refuses becomes `INVALID_FILE` with the reason. */
export async function reading<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof StudioError) throw error;
    const code = (error as { code?: unknown }).code;
    const fallback = error instanceof Error ? error.message : String(error);
    throw unreadable(path, REASONS[String(code)] ?? fallback);
  }
}

function unreadable(path: string, reason: string): StudioError {
  return new StudioError("INVALID_FILE", `The file cannot be read: ${reason}.`, {
    location: { file: path },
    remedy: "Check the path.",
  });
}
