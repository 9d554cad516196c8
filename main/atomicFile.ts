/** Files are replaced whole or not at all: a crash or a full disk never leaves half of one. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
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
};

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

/** Writes `data` beside `path`, flushes it, and moves it into place. */
export async function writeFileAtomically(path: string, data: Uint8Array | string): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // What cannot be made cannot be removed either: the first failure is the one to report.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeFailure(path, error);
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
