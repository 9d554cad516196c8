/** Gzip in and out on bytes, with the checks that the format offers actually made. */
import { Gunzip, gzipSync } from "fflate";
import { StudioError } from "../errors.ts";

/** How to decompress. */
export interface GunzipOptions {
  readonly fileName?: string | undefined;
  /** Largest uncompressed size accepted, bytes. Default 4 GiB. */
  readonly maxBytes?: number | undefined;
  /** Polled once per chunk; true ends with CANCELLED. */
  readonly isCancelled?: (() => boolean) | undefined;
}

const DEFAULT_MAX_BYTES = 4 * 2 ** 30;
const CHUNK_BYTES = 256 * 1024;
/** Deflate cannot do better than 1032 : 1, which bounds what the size field may promise. */
const MAX_RATIO = 1032;

/** Whether the bytes begin as a gzip file does (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Compresses to gzip without a time stamp: equal bytes give equal files. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 6, mtime: 0 });
}

/**
 * The uncompressed bytes of a gzip file of one or more members; other bytes are returned as they
 * are. Checksum and length of every member are verified.
 * @throws StudioError INVALID_FILE for a damaged or cut-off file, OUT_OF_MEMORY beyond `maxBytes`,
 *   CANCELLED.
 */
export function gunzipIfNeeded(bytes: Uint8Array, options: GunzipOptions = {}): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  const output = new GrowingOutput(bytes, options);
  const gunzip = new Gunzip((chunk) => {
    output.append(chunk);
  });
  gunzip.onmember = (offset) => {
    output.endMember(offset);
  };
  try {
    for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
      if (options.isCancelled?.() === true) {
        throw new StudioError("CANCELLED", "Reading the file was cancelled.");
      }
      const end = Math.min(start + CHUNK_BYTES, bytes.length);
      gunzip.push(bytes.subarray(start, end), end === bytes.length);
    }
    output.endMember(bytes.length);
  } catch (cause) {
    if (cause instanceof StudioError) throw cause;
    throw damaged(options.fileName, cause);
  }
  return output.result();
}

/**
 * The beginning of a file's uncompressed bytes, for telling its format. Nothing is verified: damage
 * yields what could be unpacked before it.
 */
export function headOf(bytes: Uint8Array, size: number): Uint8Array {
  if (!isGzip(bytes)) return bytes.subarray(0, size);
  let head = new Uint8Array(0);
  const gunzip = new Gunzip((chunk) => {
    if (head.length === 0) head = Uint8Array.from(chunk.subarray(0, size));
  });
  try {
    gunzip.push(bytes.subarray(0, CHUNK_BYTES), false);
  } catch {
    // A damaged file is reported with its reason when it is read in earnest.
    return head;
  }
  return head;
}

/** The error of a gzip file that holds more than `maxBytes`. */
export function unpacksTooLarge(maxBytes: number, fileName: string | undefined): StudioError {
  const limit =
    maxBytes < 2 ** 30 ? `${String(maxBytes)} bytes` : `${(maxBytes / 2 ** 30).toFixed(1)} GiB`;
  return new StudioError(
    "OUT_OF_MEMORY",
    `The gzip file unpacks to more than ${limit}, the limit.`,
    {
      remedy: "Split the file into smaller ones.",
      location: fileName === undefined ? {} : { file: fileName },
    },
  );
}

function damaged(fileName: string | undefined, cause?: unknown): StudioError {
  const reason = cause instanceof Error ? ` (${cause.message})` : "";
  return new StudioError(
    "INVALID_FILE",
    `The gzip file is damaged or cut off${reason}; expected a complete gzip file.`,
    {
      remedy: "Copy the file again, or unpack it with another program first.",
      location: fileName === undefined ? {} : { file: fileName },
      cause,
    },
  );
}

class GrowingOutput {
  readonly #source: Uint8Array;
  readonly #fileName: string | undefined;
  readonly #maxBytes: number;
  #buffer: Uint8Array;
  #length = 0;
  #memberStart = 0;
  #checksum = 0;

  constructor(source: Uint8Array, options: GunzipOptions) {
    this.#source = source;
    this.#fileName = options.fileName;
    this.#maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    // The last four bytes are the size (mod 2³²) of the last member: a hint, not to be trusted.
    const hint = source.length < 18 ? 0 : readUint32(source, source.length - 4);
    this.#buffer = new Uint8Array(
      Math.min(hint, this.#maxBytes, source.length * MAX_RATIO, 2 ** 31),
    );
  }

  append(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#maxBytes) {
      throw unpacksTooLarge(this.#maxBytes, this.#fileName);
    }
    if (needed > this.#buffer.length) {
      const grown = new Uint8Array(Math.min(this.#maxBytes, Math.max(needed, 2 * needed)));
      grown.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = grown;
    }
    this.#buffer.set(chunk, this.#length);
    this.#checksum = crc32(chunk, this.#checksum);
    this.#length = needed;
  }

  /** Verifies the eight bytes (CRC-32, size) before `offset`, where a member's trailer ends. */
  endMember(offset: number): void {
    const size = (this.#length - this.#memberStart) % 2 ** 32;
    const isWhole =
      offset >= 18 &&
      readUint32(this.#source, offset - 8) === this.#checksum &&
      readUint32(this.#source, offset - 4) === size;
    if (!isWhole) throw damaged(this.#fileName, new Error("its checksum does not match"));
    this.#memberStart = this.#length;
    this.#checksum = 0;
  }

  result(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}

function readUint32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + offset, 4).getUint32(0, true);
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (IEEE 802.3) of `bytes`, continuing from the checksum of what came before. */
function crc32(bytes: Uint8Array, previous: number): number {
  let crc = ~previous;
  for (let i = 0; i < bytes.length; i++) {
    crc = CRC_TABLE[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
