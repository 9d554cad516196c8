/**
 * Where things are in a JSON text. `JSON.parse` makes the value; this scanner makes the errors:
 * the engine's own messages name neither line nor column, and it silently keeps the last of two
 * equal keys.
 */
import { StudioError } from "../errors.ts";
import { textExcerpt } from "./textExcerpt.ts";

/** Deeper documents are refused before they exhaust the stack. */
const MAX_DEPTH = 64;

/** Keys and array indices from the root of a document. */
export type JsonPath = readonly (string | number)[];

/** `["variants", 1, "base"]` → `variants[1].base`; the root is `(document)`. */
export function formatJsonPath(path: JsonPath): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(part)) text += text === "" ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text === "" ? "(document)" : text;
}

/** The 1-based line and column of a character offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf("\n"); next !== -1 && next < offset;) {
    line++;
    start = next + 1;
    next = text.indexOf("\n", start);
  }
  return { line, column: offset - start + 1 };
}

/**
 * Parses strict JSON (RFC 8259), rejecting duplicate keys.
 *
 * @param fileName - for the error
 * @throws StudioError `INVALID_PROJECT` with line and column
 */
export function parseJson(text: string, fileName: string): unknown {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    new Scanner(source, null).document();
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const { line, column } = lineAndColumn(source, error.offset);
    throw new StudioError("INVALID_PROJECT", `column ${column}: ${error.message}`, {
      location: { file: fileName, line, excerpt: textExcerpt(source, line, column) },
      remedy: error.remedy ?? "Correct this place in a text editor, or take a copy of the file.",
    });
  }
  return JSON.parse(source) as unknown;
}

/** The 1-based line of the value at `path`, or of its nearest parent that exists. */
export function lineOfPath(text: string, path: JsonPath): number {
  const scanner = new Scanner(text, path);
  try {
    scanner.document();
  } catch {
    return 1; // Not JSON: callers only ask about documents that parsed.
  }
  return lineAndColumn(text, scanner.foundOffset).line;
}

class SyntaxProblem extends Error {
  readonly offset: number;
  readonly remedy: string | undefined;
  constructor(offset: number, message: string, remedy?: string) {
    super(message);
    this.offset = offset;
    this.remedy = remedy;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// RFC 8259: control characters must be escaped.
// eslint-disable-next-line no-control-regex -- exactly these, not all that Unicode calls control
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const LITERAL = /true|false|null/y;

class Scanner {
  private readonly text: string;
  private readonly wanted: JsonPath | null;
  private offset = 0;
  private readonly path: (string | number)[] = [];
  private matched = -1;
  foundOffset = 0;

  constructor(text: string, wanted: JsonPath | null) {
    this.text = text;
    this.wanted = wanted;
  }

  document(): void {
    this.space();
    this.value();
    this.space();
    if (this.offset < this.text.length) this.fail("the end of the file");
  }

  private value(): void {
    this.note();
    const character = this.text[this.offset];
    if (character === "{") this.object();
    else if (character === "[") this.array();
    else if (character === '"') this.string();
    else if (!this.take(LITERAL) && !this.take(NUMBER)) this.fail("a value");
  }

  private object(): void {
    this.enter();
    const keys = new Set<string>();
    if (this.closes("}")) return;
    for (;;) {
      if (this.text[this.offset] !== '"') this.fail("a key in double quotes");
      const start = this.offset;
      const key = JSON.parse(this.string()) as string;
      if (keys.has(key)) throw new SyntaxProblem(start, `the key "${key}" appears twice`);
      // What reads the value on would drop it without a word.
      if (key === "__proto__")
        throw new SyntaxProblem(start, `found the key "__proto__", expected another name`);
      keys.add(key);
      this.space();
      if (this.text[this.offset] !== ":") this.fail(`":" after the key "${key}"`);
      this.offset++;
      this.space();
      this.child(key);
      if (this.ends("}")) return;
    }
  }

  private array(): void {
    this.enter();
    if (this.closes("]")) return;
    for (let index = 0; ; index++) {
      this.child(index);
      if (this.ends("]")) return;
    }
  }

  private child(part: string | number): void {
    this.path.push(part);
    this.value();
    this.path.pop();
    this.space();
  }

  private enter(): void {
    if (this.path.length >= MAX_DEPTH) {
      throw new SyntaxProblem(this.offset, `nested deeper than ${MAX_DEPTH} levels`);
    }
    this.offset++;
    this.space();
  }

  private closes(bracket: string): boolean {
    if (this.text[this.offset] !== bracket) return false;
    this.offset++;
    return true;
  }

  private ends(bracket: string): boolean {
    if (this.closes(bracket)) return true;
    if (this.text[this.offset] !== ",") this.fail(`"," or "${bracket}"`);
    const comma = this.offset;
    this.offset++;
    this.space();
    if (this.text[this.offset] === bracket) {
      throw new SyntaxProblem(comma, `found a comma before "${bracket}"`, "Remove the last comma.");
    }
    return false;
  }

  private string(): string {
    const start = this.offset;
    if (!this.take(STRING)) {
      throw new SyntaxProblem(start, "found a string that is not closed or has a bad escape");
    }
    return this.text.slice(start, this.offset);
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    const match = pattern.exec(this.text);
    if (match === null) return false;
    this.offset += match[0].length;
    return true;
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text[this.offset] ?? "")) this.offset++;
  }

  /** Remembers the deepest value on the way to the wanted path. */
  private note(): void {
    if (this.wanted === null || this.path.length <= this.matched) return;
    if (this.path.every((part, index) => part === this.wanted?.[index])) {
      this.matched = this.path.length;
      this.foundOffset = this.offset;
    }
  }

  private fail(expected: string): never {
    const rest = this.text.slice(this.offset, this.offset + 2);
    if (rest === "//" || rest === "/*") {
      throw new SyntaxProblem(
        this.offset,
        `found a comment, expected ${expected}`,
        "JSON has no comments: remove it.",
      );
    }
    if (rest === "") {
      throw new SyntaxProblem(
        this.offset,
        `found the end of the file, expected ${expected}`,
        "The file may have been cut off: take a copy of it, or complete it in a text editor.",
      );
    }
    throw new SyntaxProblem(this.offset, `found ${JSON.stringify(rest[0])}, expected ${expected}`);
  }
}
