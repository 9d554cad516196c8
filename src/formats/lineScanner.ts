/** Walks a text file that is held as bytes, line by line, without ever making one big string. */
import { strFromU8 } from "fflate";
import { StudioError } from "../errors.ts";
import type { ErrorLocation } from "../errors.ts";

/** Longest piece of a line shown in a message or excerpt, characters. */
const SHOWN_CHARACTERS = 160;

/** Longer lines are refused, bytes: no text of structures has them, and they would fill the memory. */
const LONGEST_LINE = 2 ** 24;

const NEWLINE = 10;
const SPACE = 32;

/**
 * A cursor over bytes. `position` moves along the current line [lineStart, lineEnd); every
 * control character up to the space (tab, carriage return) separates fields.
 */
export class LineScanner {
  readonly bytes: Uint8Array;
  readonly fileName: string | undefined;
  /** 0-based structure being read, for error locations. */
  structureIndex: number | undefined = undefined;
  /** 1-based number of the current line; 0 before the first. */
  line = 0;
  lineStart = 0;
  /** End of the current line, without its newline. */
  lineEnd = 0;
  position = 0;
  #nextLine: number;

  constructor(bytes: Uint8Array, fileName: string | undefined) {
    this.bytes = bytes;
    this.fileName = fileName;
    // A UTF-8 byte order mark is no content.
    this.#nextLine = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  }

  /** Bytes before the next line, for progress. */
  get bytesDone(): number {
    return this.#nextLine;
  }

  /** Bytes that follow the current line. */
  get bytesLeft(): number {
    return Math.max(0, this.bytes.length - this.#nextLine);
  }

  /**
   * Moves to the next line. Returns false at the end of the file.
   * @throws StudioError INVALID_FILE for a line longer than {@link LONGEST_LINE}.
   */
  nextLine(): boolean {
    const { bytes } = this;
    const start = this.#nextLine;
    if (start >= bytes.length) return false;
    // Short lines: this loop beats the call overhead of indexOf; long ones go to indexOf.
    let end = start;
    const near = Math.min(bytes.length, start + 256);
    while (end < near && bytes[end] !== NEWLINE) end++;
    if (end === near && end < bytes.length) {
      const found = bytes.indexOf(NEWLINE, end);
      end = found < 0 ? bytes.length : found;
    }
    this.lineStart = start;
    this.position = start;
    this.lineEnd = end;
    this.#nextLine = end + 1;
    this.line++;
    if (end - start > LONGEST_LINE) throw this.#tooLong(end - start);
    return true;
  }

  /** Moves past spaces. Returns false when the line holds no further field. */
  nextField(): boolean {
    const { bytes, lineEnd } = this;
    let position = this.position;
    while (position < lineEnd && bytes[position]! <= SPACE) position++;
    this.position = position;
    return position < lineEnd;
  }

  /** The end of the field that starts at `position`. Does not move. */
  fieldEnd(): number {
    const { bytes, lineEnd } = this;
    let end = this.position;
    while (end < lineEnd && bytes[end]! > SPACE) end++;
    return end;
  }

  /** The field at `position` as text; moves past it. */
  takeField(): string {
    const end = this.fieldEnd();
    const text = strFromU8(this.bytes.subarray(this.position, end));
    this.position = end;
    return text;
  }

  /** Number of fields of the whole current line. */
  countFields(): number {
    this.position = this.lineStart;
    let count = 0;
    while (this.nextField()) {
      count++;
      this.position = this.fieldEnd();
    }
    return count;
  }

  /** The current line as text, without its line ending. */
  lineText(): string {
    let end = this.lineEnd;
    if (end > this.lineStart && this.bytes[end - 1] === 13) end--;
    return strFromU8(this.bytes.subarray(this.lineStart, end));
  }

  /** Location of the current line with up to two lines before and one after it. */
  location(line: number = this.line): ErrorLocation {
    return {
      ...(this.fileName === undefined ? {} : { file: this.fileName }),
      ...(line > 0 ? { line } : {}),
      ...(this.structureIndex === undefined ? {} : { structureIndex: this.structureIndex }),
      ...(this.line > 0 ? { excerpt: this.#excerpt() } : {}),
    };
  }

  /**
   * An INVALID_FILE error at the current line.
   * @param message - what was found and what was expected; starts with the subject.
   */
  error(message: string, remedy?: string): StudioError {
    return new StudioError("INVALID_FILE", message, { remedy, location: this.location() });
  }

  /**
   * An INVALID_FILE error at an earlier line, found again from the beginning of the file.
   * @param line - 1-based.
   */
  errorAt(line: number, message: string, remedy?: string): StudioError {
    const seeker = new LineScanner(this.bytes, this.fileName);
    seeker.structureIndex = this.structureIndex;
    while (seeker.line < line && seeker.nextLine());
    return seeker.error(message, remedy);
  }

  #tooLong(length: number): StudioError {
    const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
    return this.error(
      `Line ${String(this.line)} is ${mebibytes(length)} MiB long; expected lines of at most ${mebibytes(LONGEST_LINE)} MiB.`,
      "The file may have lost its line breaks, or may hold no text: write it again.",
    );
  }

  #excerpt(): { line: number; text: string }[] {
    const { bytes } = this;
    const excerpt: { line: number; text: string }[] = [];
    let start = this.lineStart;
    for (let back = 1; back <= 2 && start > 0; back++) {
      const end = start - 1;
      start = end <= 0 ? 0 : bytes.lastIndexOf(NEWLINE, end - 1) + 1;
      excerpt.unshift({ line: this.line - back, text: this.#shown(start, end) });
    }
    excerpt.push({ line: this.line, text: this.#shown(this.lineStart, this.lineEnd) });
    const after = this.lineEnd + 1;
    if (after < bytes.length) {
      const found = bytes.indexOf(NEWLINE, after);
      const end = found < 0 ? bytes.length : found;
      excerpt.push({ line: this.line + 1, text: this.#shown(after, end) });
    }
    return excerpt;
  }

  #shown(start: number, end: number): string {
    return printable(this.bytes.subarray(start, Math.min(end, start + 4 * SHOWN_CHARACTERS)));
  }
}

/**
 * Bytes as one short printable line: control characters replaced by `·`, cut with `…`.
 * @param bytes - UTF-8 text, or anything else.
 */
export function printable(bytes: Uint8Array): string {
  const text = strFromU8(bytes)
    .replace(/[\r\n]+$/u, "")
    .replace(/\t/gu, " ")
    .replace(/[\p{Cc}\p{Cn}\uFFFD]/gu, "·");
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

/** Text quoted for a message, cut when long. */
export function quoted(text: string): string {
  const clean = text.slice(0, 60).replace(/[\p{Cc}\p{Cn}\uFFFD]/gu, "·");
  return text.length > 60 ? `"${clean}…"` : `"${clean}"`;
}
