/**
 * The syntax of CIF: data blocks of tags with values, single or in loops.
 *
 * Source: International Tables for Crystallography G, ch. 2.2 (CIF 1.1). Tags are compared in lower
 * case with dots as underscores, so that the names of both dictionaries agree.
 */
import type { LineScanner } from "./lineScanner.ts";
import { quoted } from "./lineScanner.ts";
import type { ReadProgress } from "./textFile.ts";

/** A value as written, without its quotes. */
export interface CifValue {
  readonly text: string;
  /** 1-based line. */
  readonly line: number;
}

/** One `data_` block; only tags of cell, symmetry and atoms are kept. */
export interface CifBlock {
  readonly name: string;
  readonly line: number;
  /** Values of each tag; those of one loop have equal length. */
  readonly values: ReadonlyMap<string, readonly CifValue[]>;
}

interface Token extends CifValue {
  readonly kind: "tag" | "value" | "loop" | "data";
  readonly isQuoted: boolean;
}

const KEPT = /^_(?:atom_site|cell|symmetry|space_group)/u;
const OPERATIONS = /^_(?:symmetry_equiv_pos_as_xyz|space_group_symop_operation_xyz)$/u;

/**
 * Reads block after block.
 * @throws StudioError INVALID_FILE where the syntax is broken; CANCELLED.
 */
export function* cifBlocks(
  scanner: LineScanner,
  progress: ReadProgress,
): Generator<CifBlock, void, undefined> {
  const tokens = new TokenStream(scanner, progress);
  let first = tokens.next();
  while (first !== undefined) {
    if (first.kind !== "data") {
      throw scanner.errorAt(
        first.line,
        `Line ${String(first.line)}: found ${quoted(first.text)}; expected "data_" and a name before any other content of a CIF.`,
        "Check that this is a CIF file.",
      );
    }
    const values = new Map<string, readonly CifValue[]>();
    const { text, line } = first;
    for (first = tokens.next(); first !== undefined && first.kind !== "data";) {
      if (first.kind === "loop") readLoop(scanner, tokens, first.line, values);
      else readItem(scanner, tokens, first, values);
      first = tokens.next();
    }
    yield { name: text.slice(5), line, values };
  }
}

/** Tokens with one that can be put back. */
class TokenStream {
  readonly #tokens: Generator<Token, void, undefined>;
  #pushed: Token | undefined;

  constructor(scanner: LineScanner, progress: ReadProgress) {
    this.#tokens = tokensOf(scanner, progress);
  }

  next(): Token | undefined {
    const pushed = this.#pushed;
    this.#pushed = undefined;
    return pushed ?? (this.#tokens.next().value as Token | undefined);
  }

  putBack(token: Token | undefined): void {
    this.#pushed = token;
  }
}

function keyOf(tag: Token): string {
  return tag.text.toLowerCase().replace(/\./gu, "_");
}

function readItem(
  scanner: LineScanner,
  tokens: TokenStream,
  tag: Token,
  values: Map<string, readonly CifValue[]>,
): void {
  const value = tokens.next();
  if (tag.kind !== "tag" || value?.kind !== "value") {
    const subject =
      tag.kind === "tag"
        ? `${quoted(tag.text)} has no value`
        : `the value ${quoted(tag.text)} has no name`;
    throw scanner.errorAt(
      tag.line,
      `Line ${String(tag.line)}: ${subject}; expected a name and its value, or a loop.`,
    );
  }
  let { text } = value;
  // Programs forget the quotes: _symmetry_space_group_name_H-M P 1
  let more = tokens.next();
  while (more?.kind === "value" && more.line === value.line && !value.isQuoted && !more.isQuoted) {
    text += ` ${more.text}`;
    more = tokens.next();
  }
  tokens.putBack(more);
  enter(scanner, values, tag, [{ text, line: value.line }]);
}

function readLoop(
  scanner: LineScanner,
  tokens: TokenStream,
  line: number,
  values: Map<string, readonly CifValue[]>,
): void {
  const tags: Token[] = [];
  let token = tokens.next();
  for (; token?.kind === "tag"; token = tokens.next()) tags.push(token);
  const [first] = tags;
  if (first === undefined) {
    throw scanner.errorAt(
      line,
      `Line ${String(line)}: "loop_" is not followed by names that begin with "_".`,
    );
  }
  tokens.putBack(token);
  const isKept = tags.some((tag) => KEPT.test(keyOf(tag)));
  const isOperation = tags.length === 1 && OPERATIONS.test(keyOf(first));
  const found = isOperation ? operationsOf(tokens) : valuesOf(tokens, isKept);
  if (found.count % tags.length !== 0 || found.count === 0) {
    throw scanner.errorAt(
      line,
      `The loop on line ${String(line)} has ${String(found.count)} values for ${String(tags.length)} names; expected as many values as names in each row.`,
      "Check that no value is missing and that values with spaces are in quotes.",
    );
  }
  for (const [index, tag] of tags.entries()) {
    const column = found.values.filter((_, i) => i % tags.length === index);
    enter(scanner, values, tag, column);
  }
}

interface LoopValues {
  readonly count: number;
  /** Row by row; empty when they are not wanted. */
  readonly values: readonly CifValue[];
}

function valuesOf(tokens: TokenStream, isKept: boolean): LoopValues {
  const values: CifValue[] = [];
  let count = 0;
  let token = tokens.next();
  for (; token?.kind === "value"; token = tokens.next()) {
    if (isKept) values.push(token);
    count++;
  }
  tokens.putBack(token);
  return { count, values };
}

/** Operations, which may lack their quotes: `x, y, z` is then one to a line. */
function operationsOf(tokens: TokenStream): LoopValues {
  const values: CifValue[] = [];
  let token = tokens.next();
  for (; token?.kind === "value"; token = tokens.next()) {
    const last = values.at(-1);
    if (!token.isQuoted && last?.line === token.line) {
      values.splice(-1, 1, { text: `${last.text} ${token.text}`, line: token.line });
    } else values.push(token);
  }
  tokens.putBack(token);
  return { count: values.length, values };
}

function enter(
  scanner: LineScanner,
  values: Map<string, readonly CifValue[]>,
  tag: Token,
  found: readonly CifValue[],
): void {
  const key = keyOf(tag);
  if (!KEPT.test(key)) return;
  if (values.has(key)) {
    throw scanner.errorAt(
      tag.line,
      `Line ${String(tag.line)} gives ${quoted(tag.text)} a second time in the same data block.`,
    );
  }
  values.set(key, found);
}

function* tokensOf(
  scanner: LineScanner,
  progress: ReadProgress,
): Generator<Token, void, undefined> {
  for (let count = 0; scanner.nextLine(); count++) {
    progress.pollAt(count);
    if (scanner.bytes[scanner.lineStart] === 59 && scanner.lineEnd > scanner.lineStart) {
      yield textField(scanner);
      continue;
    }
    if (!scanner.nextField()) continue;
    yield* tokensOfLine(scanner, scanner.lineText());
  }
}

/** A value of several lines, between lines that begin with a semicolon. */
function textField(scanner: LineScanner): Token {
  const { line } = scanner;
  const lines = [scanner.lineText().slice(1)];
  while (scanner.nextLine()) {
    const text = scanner.lineText();
    if (text.startsWith(";"))
      return { kind: "value", text: lines.join("\n"), line, isQuoted: true };
    lines.push(text);
  }
  throw scanner.errorAt(
    line,
    `The text that begins with the semicolon of line ${String(line)} does not end; expected a line that begins with a semicolon.`,
    "The file may have been cut off: copy it again.",
  );
}

function* tokensOfLine(scanner: LineScanner, text: string): Generator<Token, void, undefined> {
  const { line } = scanner;
  const word = /\s*(?:(['"])(.*?)\1(?=\s|$)|(\S+))/uy;
  while (word.lastIndex < text.trimEnd().length) {
    const found = word.exec(text);
    if (found === null) return;
    const [, quote, inside, bare = ""] = found;
    if (quote !== undefined) {
      yield { kind: "value", text: inside ?? "", line, isQuoted: true };
      continue;
    }
    if (bare.startsWith("#")) return;
    if (/^['"]/u.test(bare)) {
      throw scanner.error(
        `Line ${String(line)}: the quote before ${quoted(bare.slice(1))} does not end on the line; expected a closing ${bare.charAt(0)}.`,
      );
    }
    yield { kind: kindOf(scanner, bare), text: bare, line, isQuoted: false };
  }
}

function kindOf(scanner: LineScanner, word: string): Token["kind"] {
  if (word.startsWith("_")) return "tag";
  const lower = word.toLowerCase();
  if (lower === "loop_") return "loop";
  if (lower.startsWith("data_")) return "data";
  if (lower.startsWith("save_") || lower === "global_" || lower === "stop_") {
    throw scanner.error(
      `Line ${String(scanner.line)}: ${quoted(word)} belongs to dictionaries, not to crystal structures.`,
    );
  }
  return "value";
}
