/** Files of figures: chosen before they are drawn, which may take a while, and written at its end. */
import { existsSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { basename, dirname, extname } from "node:path";
import type {
  FigureCompanion,
  FigureFileRequest,
  FigureFileWrite,
} from "../src/contract/figures.ts";
import { StudioError } from "../src/errors.ts";
import { DISK, writeFilesAtomically, type FileOperations } from "./atomicFile.ts";

/** Where a file beside a figure goes. */
function companionPath(path: string, companion: FigureCompanion): string {
  const extension = extname(path);
  return `${extension === "" ? path : path.slice(0, -extension.length)}.${companion}`;
}

const WORDS: Readonly<Record<FigureCompanion, string>> = {
  csv: "the table of data",
  xyz: "the structures",
};

/** What was chosen in dialogs of this session and may be written, once each. */
export class FigureFiles {
  readonly #chosen = new Set<string>();
  readonly #disk: FileOperations;

  constructor(disk: FileOperations = DISK) {
    this.#disk = disk;
  }

  /**
   * Remembers a place that the user chose.
   * @throws StudioError `ACCESS_DENIED` when nothing can be written there, before anything is drawn
   */
  async allow(path: string, request: Pick<FigureFileRequest, "companions">): Promise<void> {
    try {
      await access(dirname(path), constants.W_OK);
    } catch (cause) {
      throw new StudioError(
        "ACCESS_DENIED",
        `${basename(path)} cannot be written: this user may not write into its folder.`,
        { remedy: "Choose another folder; nothing was written.", location: { file: path }, cause },
      );
    }
    // The dialog asked about the figure, not about the files beside it.
    for (const companion of existsSync(path) ? [] : request.companions) {
      const file = companionPath(path, companion);
      if (!existsSync(file)) continue;
      throw new StudioError("ACCESS_DENIED", `${basename(file)} is there already.`, {
        remedy: `Choose another name, or export without ${WORDS[companion]}; nothing was written.`,
        location: { file },
      });
    }
    this.#chosen.add(path);
  }

  /**
   * Writes what was drawn, with the files beside it, whole or not at all.
   * @throws StudioError `ACCESS_DENIED` for a place that was not chosen, or when writing fails
   */
  async write({ path, bytes, companions }: FigureFileWrite): Promise<void> {
    if (!this.#chosen.delete(path)) {
      throw new StudioError("ACCESS_DENIED", `${basename(path)} has not been chosen by the user.`);
    }
    const beside = Object.entries(companions).map(([companion, data]) => ({
      path: companionPath(path, companion as FigureCompanion),
      data,
    }));
    await writeFilesAtomically([{ path, data: bytes }, ...beside], this.#disk);
  }
}
