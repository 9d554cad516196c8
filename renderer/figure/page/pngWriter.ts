/** PNG files (ISO 15948) from pixels, with resolution and texts. Same pixels, same bytes. */
import { zlibSync } from "fflate";
import { makeChunk, resolutionChunk, textChunk } from "./pngChunks.ts";
import type { PageRaster } from "./displayList.ts";

/** What else goes into the file. */
export interface PngOptions {
  readonly dotsPerInch?: number | undefined;
  /** Keyword (Latin letters, at most 79) → text. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const TRUECOLOR = 2;
const TRUECOLOR_ALPHA = 6;

/** True when no pixel lets the ground shine through. */
export function isOpaque({ pixels }: PageRaster): boolean {
  for (let k = 3; k < pixels.length; k += 4) if (pixels[k] !== 255) return false;
  return true;
}

/**
 * Rows as the PNG filter "Up" has them (each byte minus the one above it), which pictures of atoms
 * and charts compress best with at this cost.
 */
export function filterRows(raster: PageRaster, channels: 1 | 3 | 4): Uint8Array {
  const { width, height, pixels } = raster;
  const stride = width * channels + 1;
  const rows = new Uint8Array(height * stride);
  for (let y = 0; y < height; y += 1) {
    const start = y * stride;
    rows[start] = 2;
    for (let x = 0; x < width; x += 1) {
      for (let c = 0; c < channels; c += 1) {
        const k = 4 * (y * width + x) + c;
        rows[start + 1 + x * channels + c] =
          (pixels[k] ?? 0) - (y === 0 ? 0 : (pixels[k - 4 * width] ?? 0));
      }
    }
  }
  return rows;
}

/** The bytes of a PNG file; without alpha where every pixel is opaque. */
export function encodePng(raster: PageRaster, options: PngOptions = {}): Uint8Array {
  const channels = isOpaque(raster) ? 3 : 4;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, raster.width);
  view.setUint32(4, raster.height);
  header.set([8, channels === 3 ? TRUECOLOR : TRUECOLOR_ALPHA, 0, 0, 0], 8);
  const chunks = [
    Uint8Array.from(SIGNATURE),
    makeChunk("IHDR", header),
    ...(options.dotsPerInch === undefined ? [] : [resolutionChunk(options.dotsPerInch)]),
    ...Object.entries(options.texts ?? {}).map(([keyword, text]) => textChunk(keyword, text)),
    makeChunk("IDAT", zlibSync(filterRows(raster, channels), { level: 6 })),
    makeChunk("IEND", new Uint8Array(0)),
  ];
  return joinBytes(chunks);
}

/** One array of all. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
