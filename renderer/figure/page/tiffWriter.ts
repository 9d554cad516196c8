/** TIFF 6.0 with Deflate (Adobe technical note, 2002) and horizontal differencing. */
import { zlibSync } from "fflate";
import type { PageRaster } from "./displayList.ts";
import { isOpaque, joinBytes } from "./pngWriter.ts";

/** What else goes into the file. */
export interface TiffOptions {
  readonly dotsPerInch: number;
  /** Name and version of the program. */
  readonly software: string;
  readonly description: string;
}

const ROWS_PER_STRIP = 256;
const TYPES = { ascii: 2, short: 3, long: 4, rational: 5 } as const;

interface Field {
  readonly tag: number;
  readonly type: keyof typeof TYPES;
  /** Numbers; of a rational numerator, denominator; of text its bytes. */
  readonly values: readonly number[] | Uint8Array;
}

const BYTES = { ascii: 1, short: 2, long: 4, rational: 4 } as const;

/** The bytes of a TIFF file; without alpha where every pixel is opaque. */
export function encodeTiff(raster: PageRaster, options: TiffOptions): Uint8Array {
  const channels = isOpaque(raster) ? 3 : 4;
  const strips: Uint8Array[] = [];
  for (let y = 0; y < raster.height; y += ROWS_PER_STRIP) {
    const rows = Math.min(ROWS_PER_STRIP, raster.height - y);
    strips.push(zlibSync(differences(raster, channels, y, rows), { level: 6 }));
  }
  const offsets: number[] = [];
  let at = 8;
  for (const strip of strips) {
    offsets.push(at);
    at += strip.length + (strip.length % 2);
  }
  const resolution = [Math.round(options.dotsPerInch * 1000), 1000];
  const fields: Field[] = [
    { tag: 256, type: "long", values: [raster.width] },
    { tag: 257, type: "long", values: [raster.height] },
    { tag: 258, type: "short", values: Array.from({ length: channels }, () => 8) },
    { tag: 259, type: "short", values: [8] },
    { tag: 262, type: "short", values: [2] },
    { tag: 270, type: "ascii", values: asciiOf(options.description) },
    { tag: 273, type: "long", values: offsets },
    { tag: 277, type: "short", values: [channels] },
    { tag: 278, type: "long", values: [ROWS_PER_STRIP] },
    { tag: 279, type: "long", values: strips.map(({ length }) => length) },
    { tag: 282, type: "rational", values: resolution },
    { tag: 283, type: "rational", values: resolution },
    { tag: 296, type: "short", values: [2] },
    { tag: 305, type: "ascii", values: asciiOf(options.software) },
    { tag: 317, type: "short", values: [2] },
    ...(channels === 4 ? [{ tag: 338, type: "short", values: [2] } as const] : []),
  ];
  const header = new Uint8Array(8);
  const view = new DataView(header.buffer);
  header.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, at, true);
  const padded = strips.flatMap((strip) =>
    strip.length % 2 === 0 ? [strip] : [strip, new Uint8Array(1)],
  );
  return joinBytes([header, ...padded, directoryOf(fields, at)]);
}

/** The format knows ASCII only; UTF-8 is what readers make of the rest. */
function asciiOf(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}

/** Each sample minus the one to its left. */
function differences(raster: PageRaster, channels: 3 | 4, first: number, rows: number): Uint8Array {
  const { width, pixels } = raster;
  const out = new Uint8Array(rows * width * channels);
  let at = 0;
  for (let y = first; y < first + rows; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const k = 4 * (y * width + x);
      for (let c = 0; c < channels; c += 1) {
        out[at] = (pixels[k + c] ?? 0) - (x === 0 ? 0 : (pixels[k - 4 + c] ?? 0));
        at += 1;
      }
    }
  }
  return out;
}

/** Directory, then the values that do not fit into their four bytes. */
function directoryOf(fields: readonly Field[], start: number): Uint8Array {
  const size = (field: Field): number => field.values.length * BYTES[field.type];
  const length = 2 + 12 * fields.length + 4;
  const extra = fields.reduce(
    (sum, one) => sum + (size(one) > 4 ? size(one) + (size(one) % 2) : 0),
    0,
  );
  const bytes = new Uint8Array(length + extra);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, fields.length, true);
  let free = length;
  fields.forEach((field, k) => {
    const entry = 2 + 12 * k;
    const count = field.type === "rational" ? field.values.length / 2 : field.values.length;
    view.setUint16(entry, field.tag, true);
    view.setUint16(entry + 2, TYPES[field.type], true);
    view.setUint32(entry + 4, count, true);
    let place = entry + 8;
    if (size(field) > 4) {
      view.setUint32(entry + 8, start + free, true);
      place = free;
      free += size(field) + (size(field) % 2);
    }
    for (const value of field.values) {
      if (field.type === "ascii") view.setUint8(place, value);
      else if (field.type === "short") view.setUint16(place, value, true);
      else view.setUint32(place, value, true);
      place += BYTES[field.type];
    }
  });
  return bytes;
}
