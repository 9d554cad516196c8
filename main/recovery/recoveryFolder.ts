/**
 * Unsaved work on disk: one file for each window that has some. What lies here when the application
 * starts was left by a session that did not end by itself.
 */
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import type { JournalEntry, Recovery } from "../../src/contract/recovery.ts";
import { StudioError, toPlainError } from "../../src/errors.ts";
import { validateProject } from "../../src/project/schema.ts";
import { removeLeftOvers, writeFileAtomically } from "../atomicFile.ts";

const SUFFIX = ".recovery.json";
/** Work that nobody asked back for so long is forgotten. */
const FORGOTTEN_MS = 30 * 86_400_000;

/** A journal entry as it lies on disk. */
export interface JournalFile extends JournalEntry {
  readonly savedAt: string;
  /** Hash of the project file when it was opened or saved last; null when there is none. */
  readonly fileHash: string | null;
}

const fileSchema = z.strictObject({
  journal: z.literal(1),
  savedAt: z.iso.datetime(),
  path: z.string().min(1).nullable(),
  name: z.string(),
  edits: z.int().min(1),
  fileHash: z.string().nullable(),
  document: z.unknown(),
});

/** The files of one user-data folder. Only the instance that holds its lock may make one. */
export class RecoveryFolder {
  readonly #folder: string;
  readonly #note: (message: string) => void;
  /** Files of windows that are open now. */
  readonly #owned = new Set<string>();

  /** @param note - takes why a file of the folder is not offered. */
  constructor(folder: string, note: (message: string) => void) {
    this.#folder = folder;
    this.#note = note;
  }

  /** A name for the work of one window. */
  claim(): string {
    const id = randomUUID();
    this.#owned.add(id);
    return id;
  }

  /** Takes over what an earlier session left; throws `INVALID_PARAMETER` when it is gone. */
  async adopt(id: string): Promise<JournalFile> {
    const found = this.#owned.has(id) ? null : await this.#read(id);
    if (found === null) {
      throw new StudioError("INVALID_PARAMETER", "These unsaved changes are no longer there.", {
        remedy: "They were restored or discarded in another window.",
      });
    }
    this.#owned.add(id);
    return found;
  }

  /** What a window that stopped had not saved is offered again. */
  release(id: string): void {
    this.#owned.delete(id);
  }

  async write(id: string, entry: JournalFile): Promise<void> {
    const { savedAt, path, name, edits, fileHash, document } = entry;
    const file = { journal: 1, savedAt, path, name, edits, fileHash, document };
    await writeFileAtomically(this.#path(id), `${JSON.stringify(file)}\n`);
  }

  async remove(id: string): Promise<void> {
    await rm(this.#path(id), { force: true });
  }

  /** The same, for the moment a window closes and nothing can be awaited. */
  removeNow(id: string): void {
    rmSync(this.#path(id), { force: true });
  }

  /** What earlier sessions left, newest first. */
  async list(): Promise<readonly Recovery[]> {
    const ids = (await this.#ids()).filter((id) => !this.#owned.has(id));
    const found = await Promise.all(
      ids.map(async (id) => {
        const file = await this.#read(id);
        if (file === null) return [];
        const { path, name, savedAt, edits } = file;
        return [{ id, path, name, savedAt, edits }];
      }),
    );
    return found.flat().toSorted((a, b) => b.savedAt.localeCompare(a.savedAt));
  }

  /**
   * Removes what is of no use to anyone: files forgotten for long, halves of files that were being
   * written, and work that reached its project file just before the end.
   *
   * @param isSaved - whether a project file holds the same work.
   */
  async clean(isSaved: (file: JournalFile) => Promise<boolean>, now = Date.now()): Promise<void> {
    for (const id of await this.#ids()) {
      if (this.#owned.has(id)) continue;
      const path = this.#path(id);
      await removeLeftOvers(path, now);
      const info = await stat(path).catch(() => null);
      const isForgotten = info !== null && now - info.mtimeMs > FORGOTTEN_MS;
      const file = isForgotten ? null : await this.#read(id);
      if (isForgotten || (file !== null && (await isSaved(file)))) await this.remove(id);
    }
  }

  async #ids(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names
      .filter((name) => name.endsWith(SUFFIX) && !name.startsWith("."))
      .map((name) => name.slice(0, -SUFFIX.length));
  }

  async #read(id: string): Promise<JournalFile | null> {
    const path = this.#path(id);
    try {
      const file = fileSchema.parse(JSON.parse(await readFile(path, "utf8")));
      return { ...file, document: validateProject(file.document) };
    } catch (error) {
      if ((error as { code?: unknown }).code !== "ENOENT") {
        this.#note(`${basename(path)} cannot be restored: ${toPlainError(error).message}`);
      }
      return null;
    }
  }

  /** Ids come from the page too; only what looks like one of ours becomes a path. */
  #path(id: string): string {
    if (!/^[0-9a-f-]{36}$/.test(id)) {
      throw new StudioError("INVALID_PARAMETER", "This is no name of unsaved changes.");
    }
    return join(this.#folder, `${id}${SUFFIX}`);
  }
}
