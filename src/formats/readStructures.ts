/** The one entry for files of structures, whatever their format. */
import type { Structure } from "../structures/structure.ts";
import { readCif } from "./cif.ts";
import { gunzipIfNeeded } from "./compression.ts";
import { detectFormat } from "./detect.ts";
import type { StructureFormat } from "./detect.ts";
import { readExtendedXyz } from "./extendedXyz.ts";
import { readLammpsData } from "./lammpsData.ts";
import { readLammpsDump } from "./lammpsDump.ts";
import { readPoscar } from "./poscar.ts";
import type { ReadOptions } from "./textFile.ts";

type Reader = (bytes: Uint8Array, options: ReadOptions) => readonly Structure[];

const READERS: Readonly<Record<StructureFormat, Reader>> = {
  extendedXyz: readExtendedXyz,
  poscar: (bytes, options) => [readPoscar(bytes, options)],
  lammpsData: (bytes, options) => [readLammpsData(bytes, options)],
  lammpsDump: readLammpsDump,
  cif: readCif,
};

/**
 * Reads all structures of an extended XYZ, POSCAR, LAMMPS data, LAMMPS dump or CIF file. Which of
 * them it is, the content and then the name decide: see {@link detectFormat}.
 * @param bytes - the file, gzipped or not.
 * @throws StudioError INVALID_FILE with file, line and excerpt, or naming what the file seems to
 *   be; CANCELLED; OUT_OF_MEMORY when the uncompressed text would be too large.
 */
export function readStructures(bytes: Uint8Array, options: ReadOptions = {}): readonly Structure[] {
  if (options.maxStructures === 0) return [];
  const text = gunzipIfNeeded(bytes, options);
  return READERS[detectFormat(text, options.fileName ?? "")](text, options);
}
