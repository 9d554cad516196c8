/** Writes Electron's archive format, as far as a handful of files needs it. */
import { writeFileSync } from "node:fs";

function uint32(...values) {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32LE(value, 4 * index));
  return bytes;
}

/**
 * Writes `files` (name → content) to `path`. The format: a JSON table of sizes and offsets as a
 * length-prefixed, 4-byte aligned Chromium pickle within another, then the contents.
 */
export function writeAsar(path, files) {
  const table = {};
  const contents = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    table[name] = { size: bytes.length, offset: String(offset) };
    contents.push(bytes);
    offset += bytes.length;
  }
  const json = Buffer.from(JSON.stringify({ files: table }));
  const padding = Buffer.alloc((4 - (json.length % 4)) % 4);
  const text = Buffer.concat([uint32(json.length), json, padding]);
  const header = Buffer.concat([uint32(text.length), text]);
  writeFileSync(path, Buffer.concat([uint32(4, header.length), header, ...contents]));
}
