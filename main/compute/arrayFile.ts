/** NumPy files on disk, read as streams: whatever their size, a block at a time is in memory. */
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { StudioError } from "../../src/errors.ts";
import {
  decodeNpy,
  LONGEST_NPY_HEADER,
  readNpyHeader,
  type NpyHeader,
} from "../../src/formats/npy.ts";
import { isNpz } from "../../src/formats/npz.ts";
import { reading } from "../project/readableFile.ts";
import { openZipArchive, type ArchiveMember } from "./zipArchive.ts";

const BLOCK_BYTES = 2 ** 20;

/** One array of a file. */
export interface StoredArray {
  /** null: the only array of a `.npy` file. */
  readonly name: string | null;
  readonly header: NpyHeader;
  /**
   * Its numbers in the order of the file, in blocks; a block is overwritten by the next one. What is
   * open is closed when the caller stops.
   * @throws StudioError `INVALID_FILE` for a file that ends early or changed since it was looked at
   */
  readonly values: () => AsyncGenerator<Float64Array, void>;
}

/** An array of an archive that cannot be used, such as words beside numbers. */
export interface RefusedArray {
  readonly name: string;
  readonly error: StudioError;
}

/** The arrays of a file. At least one is usable. */
export interface ArrayFile {
  readonly arrays: readonly StoredArray[];
  readonly refused: readonly RefusedArray[];
}

/**
 * The arrays of a `.npy` or `.npz` file: only headers are read.
 * @param fileName - for errors
 * @throws StudioError `INVALID_FILE` for a damaged or cut file, and when no array holds numbers
 */
export async function readArrayFile(path: string, fileName: string): Promise<ArrayFile> {
  const { size } = await reading(path, () => stat(path));
  const start = await reading(path, () => readStart(path));
  if (isNpz(start)) return archivedArrays(path, fileName);
  const header = readNpyHeader(start, size, fileName);
  const openData = (): Promise<Readable> =>
    Promise.resolve(
      createReadStream(path, { start: header.dataStart, highWaterMark: BLOCK_BYTES }),
    );
  const values = (): AsyncGenerator<Float64Array, void> => valuesOf(header, openData, fileName);
  return { arrays: [{ name: null, header, values }], refused: [] };
}

async function readStart(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(LONGEST_NPY_HEADER) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function archivedArrays(path: string, fileName: string): Promise<ArrayFile> {
  const archive = await openZipArchive(path, fileName);
  const arrays: StoredArray[] = [];
  const refused: RefusedArray[] = [];
  try {
    for (const member of archive.members.filter((one) => one.name.endsWith(".npy"))) {
      const subject = `${fileName}:${member.name}`;
      const name = member.name.slice(0, -".npy".length);
      try {
        const header = readNpyHeader(await startOf(member, subject), member.size, subject);
        const values = (): AsyncGenerator<Float64Array, void> =>
          archivedValues(path, fileName, member, header);
        arrays.push({ name, header, values });
      } catch (error) {
        if (!(error instanceof StudioError)) throw error;
        refused.push({ name, error });
      }
    }
  } finally {
    archive.close();
  }
  if (arrays.length === 0) throw refused[0]?.error ?? emptyArchive(fileName);
  return { arrays, refused };
}

function emptyArchive(fileName: string): StudioError {
  return new StudioError("INVALID_FILE", "The archive holds no arrays; expected a .npz file.", {
    remedy: "Save the features with numpy.savez.",
    location: { file: fileName },
  });
}

async function* archivedValues(
  path: string,
  fileName: string,
  { name, size }: ArchiveMember,
  header: NpyHeader,
): AsyncGenerator<Float64Array, void> {
  const subject = `${fileName}:${name}`;
  const archive = await openZipArchive(path, fileName);
  try {
    const member = archive.members.find((one) => one.name === name && one.size === size);
    if (member === undefined) throw changed(subject);
    yield* valuesOf(header, () => member.open(), subject, header.dataStart);
  } finally {
    archive.close();
  }
}

async function startOf(member: ArchiveMember, subject: string): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunksOf(() => member.open(), subject)) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= LONGEST_NPY_HEADER) break;
  }
  return Buffer.concat(parts);
}

/** @param skip - bytes before the numbers */
async function* valuesOf(
  header: NpyHeader,
  openData: () => Promise<Readable>,
  subject: string,
  skip = 0,
): AsyncGenerator<Float64Array, void> {
  const { itemSize, length } = header;
  const out = new Float64Array(Math.ceil(BLOCK_BYTES / itemSize) + 1);
  let rest: Buffer = Buffer.alloc(0);
  let toSkip = skip;
  let done = 0;
  for await (const chunk of chunksOf(openData, subject)) {
    const skipped = Math.min(toSkip, chunk.length);
    toSkip -= skipped;
    const bytes = rest.length === 0 ? chunk.subarray(skipped) : Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % itemSize);
    for (let first = 0; first < whole; first += BLOCK_BYTES) {
      const part = bytes.subarray(first, Math.min(first + BLOCK_BYTES, whole));
      decodeNpy(header, part, out, subject);
      done += part.length / itemSize;
      if (done > length) throw changed(subject);
      yield out.subarray(0, part.length / itemSize);
    }
    // Copied: the stream may use its memory again.
    rest = Buffer.from(bytes.subarray(whole));
  }
  if (done !== length) throw changed(subject);
}

/** Chunks of a stream; what the system or the archive refuses becomes `INVALID_FILE`. */
async function* chunksOf(
  openStream: () => Promise<Readable>,
  subject: string,
): AsyncGenerator<Buffer, void> {
  let stream: Readable | null = null;
  try {
    stream = await openStream();
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (cause) {
    if (cause instanceof StudioError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StudioError("INVALID_FILE", `The array cannot be read: ${reason}.`, {
      remedy: "Save it again with NumPy.",
      location: { file: subject },
      cause,
    });
  } finally {
    stream?.destroy();
  }
}

function changed(subject: string): StudioError {
  return new StudioError(
    "INVALID_FILE",
    "The file ended early or was changed while it was being read.",
    { remedy: "Choose it again once it is written.", location: { file: subject } },
  );
}
