/** Files of figures: chosen before they are drawn, which may take a while, and written at its end. */
import { existsSync } from "node:fs";
import { access, constants, rm } from "node:fs/promises";
import { basename, dirname, extname } from "node:path";
import type { FigureFileRequest, FigureFileWrite } from "../src/contract/figures.ts";
import { StudioError } from "../src/errors.ts";
import { writeFileAtomically } from "./atomicFile.ts";

/** Where the table of plotted numbers goes. */
export function dataPathOf(path: string): string {
  const extension = extname(path);
  return `${extension === "" ? path : path.slice(0, -extension.length)}.csv`;
}

/** What was chosen in dialogs of this session and may be written, once each. */
export class FigureFiles {
  readonly #chosen = new Set<string>();

  /**
   * Remembers a place that the user chose.
   * @throws StudioError `ACCESS_DENIED` when nothing can be written there, before anything is drawn
   */
  async allow(path: string, { withData }: Pick<FigureFileRequest, "withData">): Promise<void> {
    try {
      await access(dirname(path), constants.W_OK);
    } catch (cause) {
      throw new StudioError(
        "ACCESS_DENIED",
        `${basename(path)} cannot be written: this user may not write into its folder.`,
        { remedy: "Choose another folder; nothing was written.", location: { file: path }, cause },
      );
    }
    const dataPath = dataPathOf(path);
    // The dialog asked about the figure, not about the table beside it.
    if (withData && !existsSync(path) && existsSync(dataPath)) {
      throw new StudioError("ACCESS_DENIED", `${basename(dataPath)} is there already.`, {
        remedy: "Choose another name, or export without the table of data; nothing was written.",
        location: { file: dataPath },
      });
    }
    this.#chosen.add(path);
  }

  /**
   * Writes what was drawn, whole or not at all.
   * @throws StudioError `ACCESS_DENIED` for a place that was not chosen, or when writing fails
   */
  async write({ path, bytes, data }: FigureFileWrite): Promise<void> {
    if (!this.#chosen.delete(path)) {
      throw new StudioError("ACCESS_DENIED", `${basename(path)} has not been chosen by the user.`);
    }
    const dataPath = dataPathOf(path);
    const hadData = existsSync(dataPath);
    if (data !== null) await writeFileAtomically(dataPath, data);
    try {
      await writeFileAtomically(path, bytes);
    } catch (error) {
      // A table without its figure would be half of what was asked for.
      if (data !== null && !hadData) await rm(dataPath, { force: true });
      throw error;
    }
  }
}
