/**
 * A face cut down to the letters of a page, as a font file that browsers accept. fontkit picks and
 * renumbers the outlines; the subset it writes is meant for PDF and lacks the tables that map
 * characters to glyphs, which are added here (OpenType 1.9).
 */
import { glyphOf, type Typeface } from "./typefaces.ts";

const SFNT_TRUETYPE = 0x00010000;
/** OpenType: checkSumAdjustment makes the whole file sum up to this. */
const CHECKSUM_MAGIC = 0xb1b0afba;
const CHECKSUM_ADJUSTMENT_AT = 8;

type Tables = Map<string, Uint8Array>;

/** TTF bytes of the face with glyphs for the given characters only; the same for the same letters. */
export function makeWebFont(face: Typeface, characters: string): Uint8Array {
  const subset = face.font.createSubset();
  const glyphs = new Map<number, number>();
  for (const character of new Set(characters)) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!face.font.hasGlyphForCodePoint(codePoint)) continue;
    glyphs.set(codePoint, subset.includeGlyph(glyphOf(face, character)));
  }
  const tables = readTables(subset.encode());
  const source = readTables(face.bytes);
  for (const name of ["OS/2", "name"]) {
    const table = source.get(name);
    if (table !== undefined) tables.set(name, table);
  }
  tables.set("cmap", characterMap(glyphs));
  tables.set("post", postTable());
  return writeTables(tables);
}

function readTables(bytes: Uint8Array): Tables {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables: Tables = new Map();
  for (let k = 0; k < view.getUint16(4); k += 1) {
    const at = 12 + 16 * k;
    const tag = String.fromCharCode(...bytes.subarray(at, at + 4));
    const offset = view.getUint32(at + 8);
    tables.set(tag, bytes.slice(offset, offset + view.getUint32(at + 12)));
  }
  return tables;
}

/** Format 12, one group a character: platform Unicode, full repertoire. */
function characterMap(glyphs: ReadonlyMap<number, number>): Uint8Array {
  const entries = [...glyphs].sort(([a], [b]) => a - b);
  const table = new Uint8Array(12 + 16 + 12 * entries.length);
  const view = new DataView(table.buffer);
  view.setUint16(2, 1);
  view.setUint16(4, 0);
  view.setUint16(6, 4);
  view.setUint32(8, 12);
  view.setUint16(12, 12);
  view.setUint32(16, 16 + 12 * entries.length);
  view.setUint32(24, entries.length);
  entries.forEach(([codePoint, glyph], k) => {
    view.setUint32(28 + 12 * k, codePoint);
    view.setUint32(32 + 12 * k, codePoint);
    view.setUint32(36 + 12 * k, glyph);
  });
  return table;
}

/** Version 3: no names of glyphs. */
function postTable(): Uint8Array {
  const table = new Uint8Array(32);
  new DataView(table.buffer).setUint32(0, 0x00030000);
  return table;
}

function checksumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let k = 0; k < bytes.length; k += 4) {
    const word =
      ((bytes[k] ?? 0) << 24) |
      ((bytes[k + 1] ?? 0) << 16) |
      ((bytes[k + 2] ?? 0) << 8) |
      (bytes[k + 3] ?? 0);
    sum = (sum + (word >>> 0)) >>> 0;
  }
  return sum;
}

function writeTables(tables: Tables): Uint8Array {
  const entries = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const head = tables.get("head");
  if (head !== undefined) new DataView(head.buffer, head.byteOffset).setUint32(8, 0);
  const padded = (length: number): number => (length + 3) & ~3;
  const start = 12 + 16 * entries.length;
  const total = entries.reduce((sum, [, table]) => sum + padded(table.length), start);
  const file = new Uint8Array(total);
  const view = new DataView(file.buffer);
  const power = Math.floor(Math.log2(entries.length));
  view.setUint32(0, SFNT_TRUETYPE);
  view.setUint16(4, entries.length);
  view.setUint16(6, 16 * 2 ** power);
  view.setUint16(8, power);
  view.setUint16(10, 16 * entries.length - 16 * 2 ** power);
  let at = start;
  let headAt = 0;
  entries.forEach(([tag, table], k) => {
    const record = 12 + 16 * k;
    for (let c = 0; c < 4; c += 1) view.setUint8(record + c, tag.charCodeAt(c));
    view.setUint32(record + 4, checksumOf(table));
    view.setUint32(record + 8, at);
    view.setUint32(record + 12, table.length);
    file.set(table, at);
    if (tag === "head") headAt = at;
    at += padded(table.length);
  });
  const adjustment = (CHECKSUM_MAGIC - checksumOf(file)) >>> 0;
  view.setUint32(headAt + CHECKSUM_ADJUSTMENT_AT, adjustment);
  return file;
}
