/** NumPy `.npz` archives: zip files of `.npy` members, stored or deflated. */
import { unzipSync, zipSync } from "fflate";
import { StudioError } from "../errors.ts";
import { readNpy, writeNpy } from "./npy.ts";
import type { NpyArray, WritableArray } from "./npy.ts";

/** An array to be written under a name. */
export interface NpzEntry {
  readonly data: WritableArray;
  readonly shape: readonly number[];
}

/** All members of an archive may together unpack to this, bytes. */
const MAX_BYTES = 4 * 2 ** 30;

/** The earliest date that zip knows: equal arrays give equal files, whenever written. */
const FIXED_DATE = new Date(1980, 0, 1);

/**
 * Writes an archive that `numpy.load` opens.
 * @param compress - deflate the members as `numpy.savez_compressed` does; floating-point results
 *   hardly shrink, so the default is to store them.
 */
export function writeNpz(arrays: Readonly<Record<string, NpzEntry>>, compress = false): Uint8Array {
  const files = Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => [`${name}.npy`, writeNpy(data, shape)]),
  );
  return zipSync(files, { level: compress ? 6 : 0, mtime: FIXED_DATE });
}

/** Whether a file is an archive of arrays rather than one array: it begins as zip files do. */
export function isNpz(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/**
 * Reads every array of an archive, by name without `.npy`.
 * @param fileName - for errors.
 * @throws StudioError INVALID_FILE for a damaged archive or member, OUT_OF_MEMORY when the members
 *   would unpack to more than 4 GiB.
 */
export function readNpz(bytes: Uint8Array, fileName?: string): ReadonlyMap<string, NpyArray> {
  const location = fileName === undefined ? {} : { file: fileName };
  let total = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += originalSize;
        if (total > MAX_BYTES) {
          throw new StudioError("OUT_OF_MEMORY", "The archive unpacks to more than 4 GiB.", {
            location,
          });
        }
        return name.endsWith(".npy");
      },
    });
  } catch (cause) {
    if (cause instanceof StudioError) throw cause;
    const reason = cause instanceof Error ? ` (${cause.message})` : "";
    throw new StudioError(
      "INVALID_FILE",
      `The NumPy archive is damaged or no zip file${reason}; expected a .npz file.`,
      { remedy: "Save it again with numpy.savez.", location, cause },
    );
  }
  return new Map(
    Object.entries(files).map(([name, file]) => [
      name.slice(0, -".npy".length),
      readNpy(file, fileName === undefined ? name : `${fileName}:${name}`),
    ]),
  );
}
