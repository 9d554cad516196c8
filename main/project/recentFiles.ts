/** Recently opened files, newest first. */
import { basename } from "node:path";
import { z } from "zod";
import type { RecentFile } from "../../src/contract/api.ts";
import { readJsonIfPresent, writeFileAtomically } from "../atomicFile.ts";

const MAX_FILES = 12;
const listSchema = z.array(
  z.strictObject({ path: z.string(), name: z.string(), openedAt: z.string() }),
);

/** Keeps the list in one JSON file. */
export class RecentFiles {
  readonly #path: string;
  #files: readonly RecentFile[];

  constructor(path: string) {
    this.#path = path;
    const parsed = listSchema.safeParse(readJsonIfPresent(path));
    this.#files = parsed.success ? parsed.data : [];
  }

  list(): readonly RecentFile[] {
    return this.#files;
  }

  includes(path: string): boolean {
    return this.#files.some((file) => file.path === path);
  }

  async add(paths: readonly string[]): Promise<void> {
    const openedAt = new Date().toISOString();
    const added = paths.map((path) => ({ path, name: basename(path), openedAt }));
    const others = this.#files.filter((file) => !paths.includes(file.path));
    await this.#replace([...added, ...others].slice(0, MAX_FILES));
  }

  async clear(): Promise<void> {
    await this.#replace([]);
  }

  async #replace(files: readonly RecentFile[]): Promise<void> {
    this.#files = files;
    await writeFileAtomically(this.#path, `${JSON.stringify(files, null, 2)}\n`);
  }
}
