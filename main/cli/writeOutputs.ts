/** Several files at once, whole or not at all: all are written beside their places, then moved. */
import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { StudioError } from "../../src/errors.ts";
import type { OutputFile } from "./outputFiles.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "it is a file",
};

/**
 * Before anything is computed: could the folder be written to?
 * @throws StudioError `ACCESS_DENIED` when the path is a file
 */
export async function requireFolder(path: string): Promise<void> {
  const info = await stat(path).catch(() => null);
  if (info === null || info.isDirectory()) return;
  throw failure(path, { code: "EEXIST" });
}

/** @throws StudioError `ACCESS_DENIED` when the file's folder does not exist or it is a folder */
export async function requireFilePlace(path: string): Promise<void> {
  const folder = await stat(dirname(resolve(path))).catch(() => null);
  if (folder?.isDirectory() !== true) {
    throw new StudioError("ACCESS_DENIED", "the folder for this file does not exist", {
      location: { file: path },
    });
  }
  const info = await stat(path).catch(() => null);
  if (info?.isDirectory() === true) {
    throw new StudioError("ACCESS_DENIED", "it is a folder, expected a file name", {
      location: { file: path },
    });
  }
}

/**
 * Writes all files into a folder, which is made when missing. Until all are written completely,
 * nothing is replaced.
 * @throws StudioError `ACCESS_DENIED`
 */
export async function writeOutputs(folder: string, files: readonly OutputFile[]): Promise<void> {
  const mark = randomBytes(6).toString("hex");
  const moves = files.map(({ name, bytes }) => ({
    bytes,
    path: join(folder, name),
    temporary: join(folder, `.${name}.${mark}.tmp`),
  }));
  try {
    await mkdir(folder, { recursive: true });
    for (const { temporary, bytes } of moves) await writeFile(temporary, bytes, { flag: "wx" });
    for (const { temporary, path } of moves) await rename(temporary, path);
  } catch (error) {
    await Promise.all(
      moves.map(({ temporary }) => rm(temporary, { force: true }).catch(() => undefined)),
    );
    throw failure(folder, error);
  }
}

function failure(path: string, error: unknown): StudioError {
  const code = String((error as { code?: unknown }).code);
  const message = error instanceof Error ? error.message : code;
  return new StudioError("ACCESS_DENIED", `cannot be written: ${REASONS[code] ?? message}`, {
    location: { file: path },
    remedy: "Choose another place with --out.",
    cause: error,
  });
}
