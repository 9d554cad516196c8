/** Files of figures: chosen before they are drawn, which may take a while, and written at its end. */
import { existsSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { basename, dirname, extname } from "node:path";
import type { FigureFileRequest, FigureFileWrite } from "../src/contract/figures.ts";
import { StudioError } from "../src/errors.ts";
import { DISK, writeFilesAtomically, type FileOperations } from "./atomicFile.ts";

type Beside = Pick<FigureFileRequest, "companions" | "others">;

/** Where a file beside a figure goes. */
function besidePath(path: string, ending: string): string {
  const extension = extname(path);
  return `${extension === "" ? path : path.slice(0, -extension.length)}.${ending}`;
}

/** Files that an export would replace without the dialog having asked about them. */
export function filesInTheWay(path: string, { companions, others }: Beside): readonly string[] {
  return [...others, ...companions].map((one) => besidePath(path, one)).filter(existsSync);
}

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
  async allow(path: string): Promise<void> {
    try {
      await access(dirname(path), constants.W_OK);
    } catch (cause) {
      throw new StudioError(
        "ACCESS_DENIED",
        `${basename(path)} cannot be written: this user may not write into its folder.`,
        { remedy: "Choose another folder; nothing was written.", location: { file: path }, cause },
      );
    }
    this.#chosen.add(path);
  }

  /**
   * Writes what was drawn, with the files beside it, all of them or none.
   * @throws StudioError `ACCESS_DENIED` for a place that was not chosen, or when writing fails
   */
  async write({ path, bytes, others, companions }: FigureFileWrite): Promise<void> {
    if (!this.#chosen.delete(path)) {
      throw new StudioError("ACCESS_DENIED", `${basename(path)} has not been chosen by the user.`);
    }
    const beside = [
      ...others.map((one) => [one.format, one.bytes] as const),
      ...Object.entries(companions),
    ].map(([ending, data]) => ({ path: besidePath(path, ending), data }));
    await writeFilesAtomically([{ path, data: bytes }, ...beside], this.#disk);
  }
}
