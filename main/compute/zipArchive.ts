/** Zip archives on disk: the list of members, and members as streams. */
import type { Readable } from "node:stream";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import { StudioError } from "../../src/errors.ts";

/** One file of an archive. */
export interface ArchiveMember {
  readonly name: string;
  /** Bytes unpacked, as the archive says; a stream of another length fails. */
  readonly size: number;
  readonly open: () => Promise<Readable>;
}

/** An open archive. */
export interface ZipArchive {
  readonly members: readonly ArchiveMember[];
  /** Streams that are open may still come to their end. */
  readonly close: () => void;
}

/**
 * Opens an archive of any size: only its directory is read.
 * @param fileName - for errors
 * @throws StudioError `INVALID_FILE` for a damaged or cut archive
 */
export async function openZipArchive(path: string, fileName: string): Promise<ZipArchive> {
  let file: ZipFile | null = null;
  try {
    file = await openPromise(path, { autoClose: false });
    const members: ArchiveMember[] = [];
    for await (const entry of file.eachEntry()) members.push(memberOf(file, entry));
    const opened = file;
    return {
      members,
      close: () => {
        opened.close();
      },
    };
  } catch (cause) {
    file?.close();
    const reason = cause instanceof Error ? ` (${cause.message})` : "";
    throw new StudioError(
      "INVALID_FILE",
      `The NumPy archive is damaged or no zip file${reason}; expected a .npz file.`,
      { remedy: "Save it again with numpy.savez.", location: { file: fileName }, cause },
    );
  }
}

function memberOf(file: ZipFile, entry: Entry): ArchiveMember {
  return {
    name: entry.fileName,
    size: entry.uncompressedSize,
    open: () => file.openReadStreamPromise(entry),
  };
}
