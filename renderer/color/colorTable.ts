/**
 * A colour map as the 256 sRGB entries that the shader, the legend, the charts and the export all
 * fetch from. Nothing interpolates between entries, so equal indices are equal pixels everywhere.
 */
export interface ColorTable {
  readonly id: string;
  readonly label: string;
  /** Who made it, and under which licence. */
  readonly source: string;
  /** 256 × RGB, 8-bit sRGB. */
  readonly rgb: Uint8Array;
}

/** Entries in every table. */
export const TABLE_SIZE = 256;

/** Atoms and points without a value: flat, never lit. */
export const NO_VALUE_COLOR = "#7a8087";

/** Atoms and points outside the selection: lit, half transparent. */
export const UNSELECTED_COLOR = "#8c9096";

/** Reads 256 `rrggbb` groups written one after the other. White space is ignored. */
export function parseHexTable(hex: string): Uint8Array {
  const digits = hex.replace(/[^0-9a-f]/gi, "");
  if (digits.length !== TABLE_SIZE * 6) {
    throw new RangeError(`A colour table needs ${String(TABLE_SIZE)} entries.`);
  }
  return Uint8Array.from({ length: TABLE_SIZE * 3 }, (_, k) =>
    Number.parseInt(digits.slice(2 * k, 2 * k + 2), 16),
  );
}

/** The same object for the same table: the graphics card is handed a table once. */
const reversedTables = new WeakMap<ColorTable, ColorTable>();

/** The same map read from its other end. */
export function reverseTable(table: ColorTable): ColorTable {
  const known = reversedTables.get(table);
  if (known !== undefined) return known;
  const rgb = new Uint8Array(TABLE_SIZE * 3);
  for (let i = 0; i < TABLE_SIZE; i += 1) {
    const from = 3 * (TABLE_SIZE - 1 - i);
    rgb.set(table.rgb.subarray(from, from + 3), 3 * i);
  }
  const reversed = { ...table, id: `${table.id}-reversed`, rgb };
  reversedTables.set(table, reversed);
  return reversed;
}

/** The part of a map between two fractions, resampled to 256 entries. */
export function trimTable(table: ColorTable, from: number, to: number): ColorTable {
  const rgb = new Uint8Array(TABLE_SIZE * 3);
  for (let i = 0; i < TABLE_SIZE; i += 1) {
    const at = (from + ((to - from) * i) / (TABLE_SIZE - 1)) * (TABLE_SIZE - 1);
    const low = Math.min(Math.floor(at), TABLE_SIZE - 2);
    for (let c = 0; c < 3; c += 1) {
      const a = table.rgb[3 * low + c] ?? 0;
      const b = table.rgb[3 * low + 3 + c] ?? 0;
      rgb[3 * i + c] = Math.round(a + (b - a) * (at - low));
    }
  }
  return { ...table, rgb };
}

/** A table whose first entries are the given colours: entry k is category k. The rest is "no value". */
export function categoryTable(id: string, colors: readonly string[]): ColorTable {
  const rgb = new Uint8Array(TABLE_SIZE * 3);
  for (let i = 0; i < TABLE_SIZE; i += 1) {
    rgb.set(parseColor(colors[i] ?? NO_VALUE_COLOR), 3 * i);
  }
  return { id, label: id, source: "", rgb };
}

/** `#rrggbb` or its short form `#rgb` to three bytes. */
export function parseColor(css: string): readonly [number, number, number] {
  const digits = css.trim().slice(1);
  const value = Number.parseInt(digits.length === 3 ? digits.replace(/./g, "$&$&") : digits, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** One colour over another, `#rrggbb`; opacity 0 to 1. */
export function mixColors(below: string, above: string, opacity: number): string {
  const ground = parseColor(below);
  const mixed = parseColor(above).map((value, c) => {
    const old = ground[c] ?? 0;
    return Math.round(old + (value - old) * opacity);
  });
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Entry of a table as `#rrggbb`; a negative index is "no value". */
export function entryColor(table: ColorTable, index: number): string {
  if (index < 0) return NO_VALUE_COLOR;
  const k = 3 * Math.min(index, TABLE_SIZE - 1);
  const part = (c: number): string => (table.rgb[k + c] ?? 0).toString(16).padStart(2, "0");
  return `#${part(0)}${part(1)}${part(2)}`;
}
