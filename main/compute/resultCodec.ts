/**
 * Analysis results as bytes: a line of JSON in which typed arrays are replaced by places, then the
 * arrays. The first line names the format and carries a checksum of everything after it.
 */
import { createHash } from "node:crypto";
import { StudioError } from "../../src/errors.ts";

const MAGIC = "lpr-studio-result 1 ";
const CONSTRUCTORS = { Float64Array, Float32Array, Int32Array, Uint8Array } as const;
type ArrayName = keyof typeof CONSTRUCTORS;
/** A value of this key marks a place; no result has such a key. */
const PLACE = "$array";

interface Place {
  readonly [PLACE]: ArrayName;
  readonly offset: number;
  readonly length: number;
}

/** Plain data with typed arrays → bytes. Numbers that JSON lacks are kept. */
export function encodeResult(value: unknown): Uint8Array {
  const chunks: Uint8Array[] = [];
  let offset = 0;
  const json = JSON.stringify(value, (_key, entry: unknown) => {
    if (typeof entry === "number" && !Number.isFinite(entry)) return { $number: String(entry) };
    if (!ArrayBuffer.isView(entry)) return entry;
    const name = entry.constructor.name as ArrayName;
    const place: Place = { [PLACE]: name, offset, length: (entry as Uint8Array).length };
    const bytes = new Uint8Array(entry.buffer, entry.byteOffset, entry.byteLength);
    const padding = (8 - (bytes.length % 8)) % 8;
    chunks.push(bytes, new Uint8Array(padding));
    offset += bytes.length + padding;
    return place;
  });
  const header = Buffer.from(json);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const body = Buffer.concat([length, header, ...chunks]);
  const checksum = createHash("sha256").update(body).digest("hex");
  const whole = Buffer.concat([Buffer.from(`${MAGIC}${checksum}\n`), body]);
  return new Uint8Array(whole.buffer, whole.byteOffset, whole.length);
}

/**
 * The inverse of {@link encodeResult}.
 * @throws StudioError `INVALID_FILE` when the bytes are of another version, cut off or changed
 */
export function decodeResult(stored: Uint8Array): unknown {
  // Not a Buffer, whose slices are views that need not be aligned.
  const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.length);
  const start = MAGIC.length + 64 + 1;
  const head = Buffer.from(bytes.subarray(0, start)).toString("latin1");
  if (!head.startsWith(MAGIC)) throw damaged("is not of this version");
  const body = bytes.subarray(start);
  const checksum = createHash("sha256").update(body).digest("hex");
  if (head.slice(MAGIC.length, -1) !== checksum) throw damaged("does not match its checksum");
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const headerLength = view.getUint32(0, true);
  const json = Buffer.from(body.subarray(4, 4 + headerLength)).toString("utf8");
  const base = 4 + headerLength;
  return JSON.parse(json, (_key, entry: unknown) => revive(entry, body, base)) as unknown;
}

function revive(entry: unknown, body: Uint8Array, base: number): unknown {
  if (entry === null || typeof entry !== "object") return entry;
  if ("$number" in entry) return Number(entry.$number);
  if (!(PLACE in entry)) return entry;
  const { [PLACE]: name, offset, length } = entry as Place;
  const Constructor = CONSTRUCTORS[name];
  const from = base + offset;
  // A copy, because the place in the file need not be aligned.
  const bytes = body.slice(from, from + length * Constructor.BYTES_PER_ELEMENT);
  return new Constructor(bytes.buffer, bytes.byteOffset, length);
}

function damaged(how: string): StudioError {
  return new StudioError("INVALID_FILE", `The remembered result ${how}.`);
}
