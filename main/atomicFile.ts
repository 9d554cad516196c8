/** Files are replaced whole or not at all: a crash or a full disk never leaves half of one. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { copyFile, mkdir, open, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { StudioError } from "../src/errors.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  ENOENT: "the folder does not exist",
  ENOTDIR: "the folder does not exist",
  EEXIST: "a file stands where its folder should be",
  EISDIR: "it is a folder",
  PROTECTED: "the file is write-protected",
};

/** The operations a write consists of; a test puts failing ones in their place. */
export interface FileOperations {
  readonly mkdir: typeof mkdir;
  readonly open: typeof open;
  readonly rename: typeof rename;
  readonly rm: typeof rm;
  readonly copyFile: typeof copyFile;
}

export const DISK: FileOperations = { mkdir, open, rename, rm, copyFile };
/** Temporary files older than this were left by a process that was killed. */
const LEFT_OVER_MS = 3_600_000;

function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
}

function writeFailure(path: string, cause: unknown): StudioError {
  const code = (cause as { code?: unknown }).code;
  const reason = REASONS[String(code)] ?? (cause instanceof Error ? cause.message : String(cause));
  return new StudioError("ACCESS_DENIED", `${basename(path)} was not written: ${reason}.`, {
    remedy: "Choose another place; nothing was overwritten.",
    location: { file: path },
    cause,
  });
}

/** A file to be written. */
export interface FileToWrite {
  readonly path: string;
  readonly data: Uint8Array | string;
}

/**
 * Writes `data` beside `path`, flushes it, and moves it into place: whoever reads `path`, also after
 * a loss of power, finds the old content or the new one.
 * @throws StudioError `ACCESS_DENIED`
 */
export async function writeFileAtomically(
  path: string,
  data: Uint8Array | string,
  disk: FileOperations = DISK,
): Promise<void> {
  await writeFilesAtomically([{ path, data }], disk);
}

/**
 * The same for files that belong together: none is moved into place before all are on the disk, and
 * what has been moved when one cannot be is taken back.
 * @throws StudioError `ACCESS_DENIED` naming the first file that could not be written
 */
export async function writeFilesAtomically(
  files: readonly FileToWrite[],
  disk: FileOperations = DISK,
): Promise<void> {
  const writing = writeAll(files, disk);
  underWay.add(writing);
  try {
    await writing;
  } finally {
    underWay.delete(writing);
  }
}

const underWay = new Set<Promise<void>>();

/**
 * Settles when everything that is being written now is written or taken back; null when nothing is. A
 * process that ends before leaves temporary files beside those of the user.
 */
export function writesUnderWay(): Promise<unknown> | null {
  return underWay.size === 0 ? null : Promise.allSettled(underWay);
}

async function writeAll(files: readonly FileToWrite[], disk: FileOperations): Promise<void> {
  const moves = await Promise.all(
    files.map(async ({ path: wanted, data }) => {
      // What a link points to is replaced, not the link.
      const path = await realpath(wanted).catch(() => wanted);
      return { path, data, temporary: temporaryName(path) };
    }),
  );
  const undo: (() => Promise<void>)[] = [];
  const kept: string[] = [];
  let current = "";
  try {
    for (const { path, data, temporary } of moves) {
      current = path;
      await disk.mkdir(dirname(path), { recursive: true });
      const mode = await modeOfReplaced(path);
      await writeAndFlush(temporary, data, disk, mode);
    }
    for (const { path, temporary } of moves) {
      current = path;
      const before = moves.length > 1 ? await keepCopy(path, disk) : null;
      if (before !== null) kept.push(before);
      await disk.rename(temporary, path);
      undo.push(() =>
        before === null ? disk.rm(path, { force: true }) : disk.rename(before, path),
      );
    }
  } catch (error) {
    for (const takeBack of undo.reverse()) await takeBack().catch(() => undefined);
    // What cannot be made cannot be removed either: the first failure is the one to report.
    for (const { temporary } of moves) {
      await disk.rm(temporary, { force: true }).catch(() => undefined);
    }
    throw writeFailure(current, error);
  } finally {
    for (const copy of kept) await disk.rm(copy, { force: true }).catch(() => undefined);
  }
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) await flushFolder(folder);
}

/** A copy of what a file is about to replace, beside it; null where there is nothing. */
async function keepCopy(path: string, disk: FileOperations): Promise<string | null> {
  if ((await stat(path).catch(() => null)) === null) return null;
  const copy = temporaryName(path);
  await disk.copyFile(path, copy);
  return copy;
}

/**
 * Permissions of the file that is replaced; null where there is none. A folder in the place of one file
 * would be noticed only after others have been moved, a write-protected file not at all.
 */
async function modeOfReplaced(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  if (found.isDirectory()) throw Object.assign(new Error("a folder"), { code: "EISDIR" });
  if ((found.mode & 0o222) === 0)
    throw Object.assign(new Error("protected"), { code: "PROTECTED" });
  return found.mode & 0o777;
}

async function writeAndFlush(
  temporary: string,
  data: Uint8Array | string,
  disk: FileOperations,
  mode: number | null,
): Promise<void> {
  const file = await disk.open(temporary, "wx");
  try {
    if (mode !== null) await file.chmod(mode);
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the new name durable. Not every system can; the file itself is whole either way. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows does not open folders.
  }
}

/** Removes what earlier writes of `path` left behind when their process was killed. */
export async function removeLeftOvers(path: string, now = Date.now()): Promise<void> {
  const folder = dirname(path);
  const start = `.${basename(path)}.`;
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(start) || !/^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length))) continue;
    const info = await stat(join(folder, name)).catch(() => null);
    if (info !== null && now - info.mtimeMs > LEFT_OVER_MS) {
      await rm(join(folder, name), { force: true }).catch(() => undefined);
    }
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // See above.
  }
}

/** The same, for the moment a window closes and nothing can be awaited. */
export function writeFileAtomicallySync(path: string, data: string): void {
  const temporary = temporaryName(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, data, { flag: "wx" });
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw writeFailure(path, error);
  }
}

/** Reads JSON that this application wrote; a missing or damaged file counts as absent. */
export function readJsonIfPresent(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
