/**
 * Extended XYZ: writer. What it writes, {@link readExtendedXyz}, ASE and OVITO read back; every
 * number is the shortest decimal that gives the same double again.
 */
import { strToU8 } from "fflate";
import { StudioError } from "../errors.ts";
import { speciesSymbol } from "../structures/species.ts";
import type { AtomColumn, InfoValue, Structure } from "../structures/structure.ts";
import { parseCommentLine } from "./commentLine.ts";

/** What to write besides the structure itself. */
export interface WriteOptions {
  /**
   * Per-atom columns appended after the structure's own; one of the same name replaces that. NaN is
   * a missing value and written as `nan`.
   */
  readonly extraColumns?: Readonly<Record<string, AtomColumn>> | undefined;
  /** Comment-line values appended; one of the same name replaces the structure's. */
  readonly extraInfo?: Readonly<Record<string, InfoValue>> | undefined;
}

/** Text of one output chunk, so that a million atoms never become one giant string. */
const CHUNK_CHARACTERS = 2 ** 20;

/** Names that the comment line and the header give a meaning of their own. */
const RESERVED_INFO = new Set(["", "Lattice", "Properties", "pbc"]);
const RESERVED_COLUMNS = new Set(["species", "pos", "Z", "numbers"]);

/**
 * Writes structures one after the other.
 * @param options - the same for all, or a function of the 0-based index.
 * @returns UTF-8 text.
 * @throws StudioError INVALID_PARAMETER when a column's length does not fit the atoms, a coordinate
 *   is not finite, or a name or text cannot be written in the format.
 */
export function writeExtendedXyz(
  structures: readonly Structure[],
  options: WriteOptions | ((structureIndex: number) => WriteOptions) = {},
): Uint8Array {
  const output = new TextChunks();
  structures.forEach((structure, index) => {
    writeStructure(output, structure, typeof options === "function" ? options(index) : options);
  });
  return output.bytes();
}

class TextChunks {
  readonly #chunks: Uint8Array[] = [];
  #text = "";

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= CHUNK_CHARACTERS) this.#flush();
  }

  #flush(): void {
    this.#chunks.push(strToU8(this.#text));
    this.#text = "";
  }

  bytes(): Uint8Array {
    this.#flush();
    const all = new Uint8Array(this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let offset = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, offset);
      offset += chunk.length;
    }
    return all;
  }
}

function writeStructure(output: TextChunks, structure: Structure, options: WriteOptions): void {
  const columns = Object.entries({ ...structure.columns, ...options.extraColumns });
  for (const [name, column] of columns) checkColumn(structure, name, column);
  if (!structure.positions.every(Number.isFinite)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      "A structure to be written has a coordinate that is not finite.",
    );
  }
  const { nAtoms, species, positions } = structure;
  output.add(`${String(nAtoms)}\n${headerLine(structure, columns, options)}\n`);
  for (let i = 0; i < nAtoms; i++) {
    let line = speciesSymbol(species[i] ?? 0);
    for (let k = 0; k < 3; k++) line += ` ${numberText(positions[3 * i + k] ?? 0)}`;
    for (const [, column] of columns) line += columnText(column, i);
    output.add(`${line}\n`);
  }
}

function headerLine(
  structure: Structure,
  columns: readonly (readonly [string, AtomColumn])[],
  options: WriteOptions,
): string {
  const properties = columns
    .map(([name, { type, components }]) => `:${name}:${type}:${String(components)}`)
    .join("");
  const parts = [`Properties=species:S:1:pos:R:3${properties}`];
  if (structure.cell !== null) {
    parts.unshift(`Lattice="${Array.from(structure.cell, numberText).join(" ")}"`);
  }
  const info = { ...structure.info, ...options.extraInfo };
  for (const [key, value] of Object.entries(info)) {
    // Readers take "lattice" for the cell when there is no "Lattice".
    const isLattice = structure.cell === null && key.toLowerCase() === "lattice";
    if (RESERVED_INFO.has(key) || isLattice) {
      throw new StudioError(
        "INVALID_PARAMETER",
        `The comment-line key "${key}" is empty or reserved by extended XYZ; expected another name.`,
      );
    }
    parts.push(`${keyText(key)}=${valueText(value)}`);
  }
  parts.push(`pbc="${structure.pbc.map((flag) => (flag ? "T" : "F")).join(" ")}"`);
  return parts.join(" ");
}

function checkColumn(structure: Structure, name: string, column: AtomColumn): void {
  const expected = structure.nAtoms * column.components;
  if (column.components < 1 || column.values.length !== expected) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `Column ${name} has ${String(column.values.length)} values; expected ${String(expected)} (${String(column.components)} for each of ${String(structure.nAtoms)} atoms).`,
    );
  }
  if (RESERVED_COLUMNS.has(name) || !/^[^\s:="'{}[\]\\,]+$/u.test(name)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `"${name}" cannot name a column of an extended XYZ file: it is reserved or has a space, quote, bracket, comma, colon, backslash or equals sign.`,
    );
  }
  if (column.type === "S" && !column.values.every((text) => /^[^\s\p{Cc}]+$/u.test(text))) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `Column ${name} has a text that is empty or holds a space, which extended XYZ cannot write.`,
    );
  }
  if (column.type === "I" && !column.values.every(Number.isSafeInteger)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `Column ${name} is declared integer but has a value that is none.`,
    );
  }
}

function columnText(column: AtomColumn, atomIndex: number): string {
  const first = atomIndex * column.components;
  let text = "";
  for (let index = first; index < first + column.components; index++) {
    if (column.type === "S") text += ` ${column.values[index] ?? ""}`;
    else if (column.type === "L") text += column.values[index] === 0 ? " F" : " T";
    else if (column.type === "I") text += ` ${String(column.values[index] ?? 0)}`;
    else text += ` ${numberText(column.values[index] ?? Number.NaN)}`;
  }
  return text;
}

/** Shortest decimal of the same double; `nan`, `inf`, `-inf` as C, Python and OVITO read them. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0.0" : String(value);
}

function keyText(key: string): string {
  return /^[^\s="'{}[\]\\,\p{Cc}]+$/u.test(key) ? key : quotedText(key);
}

function valueText(value: InfoValue): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return value ? "T" : "F";
  if (typeof value === "string") return stringText(value);
  return arrayText(value);
}

/** Bare when that reads back as the same string, else quoted. */
function stringText(text: string): string {
  const isBare = /^[^\s="'{}[\]\\,\p{Cc}]+$/u.test(text);
  const written = isBare ? text : quotedText(text);
  const pairs = parseCommentLine(`key=${written}`);
  if (pairs instanceof Map && pairs.get("key") === text) return written;
  // A text such as "12" or "T" would come back as a number or truth value: JSON keeps it a text.
  return quotedText(`_JSON ${JSON.stringify(text)}`);
}

function quotedText(text: string): string {
  const escaped = text.replace(/["\\]/gu, String.raw`\$&`).replace(/\n/gu, String.raw`\n`);
  return `"${escaped}"`;
}

function arrayText(
  value: readonly (string | number | boolean | readonly (string | number | boolean)[])[],
): string {
  const isPlain =
    value.length > 1 &&
    (value.every((item) => typeof item === "number") ||
      value.every((item) => typeof item === "boolean"));
  if (isPlain) {
    return `"${value.map((item) => (typeof item === "number" ? numberText(item) : item ? "T" : "F")).join(" ")}"`;
  }
  const numbers = value.flat().filter((item) => typeof item === "number");
  if (numbers.every((item) => Number.isFinite(item) && !Object.is(item, -0))) {
    return quotedText(`_JSON ${JSON.stringify(value)}`);
  }
  return bracketText(value);
}

/** For arrays that JSON cannot write because they hold `nan` or `inf`. */
function bracketText(value: readonly (InfoValue | readonly InfoValue[])[]): string {
  const items = value.map((item) => {
    if (Array.isArray(item)) return bracketText(item as readonly InfoValue[]);
    return typeof item === "string" ? quotedText(item) : valueText(item as InfoValue);
  });
  return `[${items.join(", ")}]`;
}
