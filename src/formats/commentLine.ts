/**
 * The comment line of an extended XYZ structure: `key=value` pairs.
 *
 * Grammar: libAtoms/extxyz, read as ASE 3.22 does where both speak. Keys and values are bare or
 * quoted ("…" or '…'); `{1 2 3}` is an old-style array, `[[1, 2], [3, 4]]` a nested one,
 * `_JSON …` inside quotes is ASE's spelling of the latter; a bare key means true; spaces around
 * `=` are allowed; a backslash takes the next character as it is, `\n` is a newline.
 */
import { parseDecimal, parseInteger } from "./decimal.ts";
import type { InfoValue } from "../structures/structure.ts";

/** A key or value as written, without its quotes; a value in square brackets keeps them. */
interface RawItem {
  readonly text: string;
  readonly quote: "" | '"' | "'" | "{" | "[";
}

interface RawPair {
  readonly key: string;
  /** null for a bare key. */
  readonly value: RawItem | null;
}

/** A comment line that is no list of pairs. `column` is the 1-based character of the problem. */
export interface CommentProblem {
  readonly message: string;
  readonly column: number;
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", "{": "}" };

class CommentTokenizer {
  readonly #text: string;
  #position = 0;
  problem: CommentProblem | undefined = undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next pair, or undefined at the end of the line or at a problem. */
  next(): RawPair | undefined {
    this.#skipSpaces();
    while (this.#text[this.#position] === ",") {
      this.#position++;
      this.#skipSpaces();
    }
    if (this.#position >= this.#text.length) return undefined;
    const keyColumn = this.#position + 1;
    const key = this.#item(true);
    if (key === undefined) return undefined;
    if (key.text === "" && this.#text[this.#position] === "=") {
      this.problem = { message: 'a "=" without a key before it', column: keyColumn };
      return undefined;
    }
    this.#skipSpaces();
    if (this.#text[this.#position] !== "=") return { key: key.text, value: null };
    this.#position++;
    this.#skipSpaces();
    const value = this.#item(false);
    return value === undefined ? undefined : { key: key.text, value };
  }

  #skipSpaces(): void {
    while (isSpace(this.#text.charCodeAt(this.#position))) this.#position++;
  }

  #item(isKey: boolean): RawItem | undefined {
    const first = this.#text[this.#position] ?? "";
    if (first === "[" && !isKey) {
      const text = this.#nested();
      return text === undefined ? undefined : { text, quote: "[" };
    }
    if (first === '"' || first === "'" || first === "{") {
      const text = this.#delimited(first);
      return text === undefined ? undefined : { text, quote: first };
    }
    return { text: this.#bare(isKey), quote: "" };
  }

  /** Up to the next space (or `=` for a key). */
  #bare(isKey: boolean): string {
    const start = this.#position;
    let escaped = false;
    while (this.#position < this.#text.length) {
      const code = this.#text.charCodeAt(this.#position);
      if (isSpace(code) || (isKey && code === 61)) break;
      if (code === 92) escaped = true;
      this.#position += code === 92 ? 2 : 1;
    }
    this.#position = Math.min(this.#position, this.#text.length);
    const text = this.#text.slice(start, this.#position);
    return escaped ? unescaped(text) : text;
  }

  #delimited(opening: string): string | undefined {
    const closing = CLOSING[opening] ?? opening;
    const start = this.#position + 1;
    let escaped = false;
    for (let p = start; p < this.#text.length; p++) {
      const character = this.#text[p];
      if (character === "\\") {
        escaped = true;
        p++;
      } else if (character === closing) {
        this.#position = p + 1;
        const text = this.#text.slice(start, p);
        return escaped ? unescaped(text) : text;
      }
    }
    this.problem = { message: `a ${opening} that is never closed by ${closing}`, column: start };
    return undefined;
  }

  #nested(): string | undefined {
    const start = this.#position;
    let depth = 0;
    let inString = false;
    for (let p = start; p < this.#text.length; p++) {
      const character = this.#text[p];
      if (character === "\\") p++;
      else if (character === '"') inString = !inString;
      else if (!inString && character === "[") depth++;
      else if (!inString && character === "]" && --depth === 0) {
        this.#position = p + 1;
        return this.#text.slice(start, p + 1);
      }
    }
    this.problem = { message: "a [ that is never closed by ]", column: start + 1 };
    return undefined;
  }
}

function isSpace(code: number): boolean {
  return code <= 32;
}

function unescaped(text: string): string {
  return text.replace(/\\([\s\S]?)/gu, (_, next: string) => (next === "n" ? "\n" : next));
}

/**
 * Splits a comment line into its pairs, in order; a key given twice keeps its last value.
 * @returns the pairs, or the problem when the line does not follow the grammar.
 */
export function parseCommentLine(line: string): Map<string, InfoValue> | CommentProblem {
  const tokenizer = new CommentTokenizer(line);
  const pairs = new Map<string, InfoValue>();
  for (let pair = tokenizer.next(); pair !== undefined; pair = tokenizer.next()) {
    pairs.set(pair.key, pair.value === null ? true : typedValue(pair.value.text, pair.value.quote));
  }
  return tokenizer.problem ?? pairs;
}

function typedValue(text: string, quote: string): InfoValue {
  if (quote === "[") return bracketValue(text) ?? text;
  if (text.startsWith("_JSON ")) return jsonValue(text.slice(6)) ?? text;
  const parts = text.split(/[\s,]+/u).filter((part) => part !== "");
  if (parts.length === 0) return text;
  const values = typedParts(parts);
  if (values === undefined) return text;
  const [only] = values;
  // {5} and "5" are both a scalar in ASE; an explicit one-element array is spelled [5].
  return values.length === 1 && only !== undefined ? only : values;
}

/** All integers, else all reals, else all booleans, else undefined. */
function typedParts(parts: readonly string[]): number[] | boolean[] | undefined {
  const integers = allOf(parts, parseInteger);
  if (integers !== undefined) return integers;
  return allOf(parts, parseDecimal) ?? allOf(parts, parseLogical);
}

function allOf<T>(
  parts: readonly string[],
  parse: (part: string) => T | undefined,
): T[] | undefined {
  const values: T[] = [];
  for (const part of parts) {
    const value = parse(part);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

const LOGICALS: ReadonlyMap<string, boolean> = new Map([
  ["T", true],
  ["True", true],
  ["true", true],
  ["TRUE", true],
  ["F", false],
  ["False", false],
  ["false", false],
  ["FALSE", false],
]);

/** A logical value as extended XYZ spells it (`T`, `True`, `true`, `TRUE` and their opposites). */
export function parseLogical(text: string): boolean | undefined {
  return LOGICALS.get(text);
}

/** `[1, 2]`, `[T, F]`, `["a", "b"]` or rows of these; undefined for any other shape. */
function bracketValue(text: string): InfoValue | undefined {
  const nested = bracketRows(text);
  if (nested === undefined || nested.depth > 2) return undefined;
  const { rows, depth } = nested;
  const values = typedItems(rows.flat());
  if (depth === 1) return values;
  if (rows.some((row) => row.length !== rows[0]?.length)) return undefined;
  const width = rows[0]?.length ?? 0;
  return rows.map((_, index) => values.slice(index * width, (index + 1) * width));
}

/** The items of each row as written and the deepest nesting; undefined for an item after rows. */
function bracketRows(text: string): { rows: string[][]; depth: number } | undefined {
  const tokens = text.match(/\[|\]|"(?:[^"\\]|\\[\s\S])*"|[^\s,[\]"]+/gu) ?? [];
  const rows: string[][] = [];
  let depth = 0;
  let deepest = 0;
  for (const token of tokens) {
    if (token === "[") {
      depth++;
      deepest = Math.max(deepest, depth);
      if (depth === 2) rows.push([]);
    } else if (token === "]") depth--;
    else {
      if (depth === 1 && rows.length === 0) rows.push([]);
      else if (depth === 1 && deepest === 2) return undefined;
      rows.at(-1)?.push(token);
    }
  }
  return { rows, depth: deepest };
}

function typedItems(items: readonly string[]): (number | boolean | string)[] {
  const typed = items.some((item) => item.startsWith('"')) ? undefined : typedParts(items);
  return typed ?? items.map((item) => (item.startsWith('"') ? unescaped(item.slice(1, -1)) : item));
}

function jsonValue(text: string): InfoValue | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isInfoValue(value) ? value : undefined;
}

function isInfoValue(value: unknown): value is InfoValue {
  if (isScalar(value)) return true;
  if (!Array.isArray(value)) return false;
  return value.every(isScalar) || value.every((row) => Array.isArray(row) && row.every(isScalar));
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
