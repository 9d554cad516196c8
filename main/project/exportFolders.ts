/** Where figures of a project went last, so that the next one is offered the same folder. */
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { readJsonIfPresent, writeFileAtomically } from "../atomicFile.ts";

const MAX_PROJECTS = 100;
const listSchema = z.array(z.strictObject({ project: z.string(), folder: z.string() }));

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Keeps the list in one JSON file, newest first. */
export class ExportFolders {
  readonly #path: string;
  #entries: readonly { readonly project: string; readonly folder: string }[];
  /** For projects without a file: gone with the session. */
  #unsaved: string | null = null;

  constructor(path: string) {
    this.#path = path;
    const parsed = listSchema.safeParse(readJsonIfPresent(path));
    this.#entries = parsed.success ? parsed.data : [];
  }

  /** The folder used last, else that of the project; null: neither is there. */
  folderOf(project: string | null): string | null {
    if (project === null) {
      return this.#unsaved !== null && isFolder(this.#unsaved) ? this.#unsaved : null;
    }
    const known = this.#entries.find((entry) => entry.project === project)?.folder;
    return [known, dirname(project)].find((one) => one !== undefined && isFolder(one)) ?? null;
  }

  /** @param file - what was written; its folder is remembered */
  async remember(project: string | null, file: string): Promise<void> {
    const folder = dirname(file);
    if (project === null) {
      this.#unsaved = folder;
      return;
    }
    const others = this.#entries.filter((entry) => entry.project !== project);
    this.#entries = [{ project, folder }, ...others].slice(0, MAX_PROJECTS);
    await writeFileAtomically(this.#path, `${JSON.stringify(this.#entries, null, 2)}\n`);
  }
}
