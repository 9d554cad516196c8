/** Opening a text file of structures: options, unpacking, progress, required fields. */
import { StudioError } from "../errors.ts";
import { gunzipIfNeeded } from "./compression.ts";
import { takeInteger, takeReal } from "./decimal.ts";
import { LineScanner, printable, quoted } from "./lineScanner.ts";

/** How to read a file of structures. */
export interface ReadOptions {
  /** As the user knows it; appears in errors. */
  readonly fileName?: string | undefined;
  /** Stop after this many structures; the rest of the file is not looked at. */
  readonly maxStructures?: number | undefined;
  /** Called about every mebibyte of text, and at the end. Bytes are of the uncompressed text. */
  readonly onProgress?: ((bytesDone: number, bytesTotal: number) => void) | undefined;
  /** Polled every few thousand lines; true ends the reading with CANCELLED. */
  readonly isCancelled?: (() => boolean) | undefined;
  /**
   * Atomic numbers of the LAMMPS atom types 1, 2, …: what the person who asks says, so it comes
   * before anything that a LAMMPS file says. Other formats do not look at it.
   */
  readonly typeSpecies?: readonly number[] | undefined;
}

const PROGRESS_BYTES = 2 ** 20;

/** Lines between two polls. */
const LINES_BETWEEN_POLLS = 4096;

/**
 * A scanner before the first line of a text file, gzipped or not.
 * @param format - as messages call it, such as "CIF".
 * @throws StudioError INVALID_FILE for binary and UTF-16 files and damaged gzip; OUT_OF_MEMORY
 *   when the uncompressed text would be too large; CANCELLED.
 */
export function openText(bytes: Uint8Array, options: ReadOptions, format: string): LineScanner {
  const scanner = new LineScanner(gunzipIfNeeded(bytes, options), options.fileName);
  const head = scanner.bytes.subarray(0, 4096);
  if (!head.includes(0)) return scanner;
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  throw new StudioError(
    "INVALID_FILE",
    isUtf16
      ? `The file is UTF-16 text; expected ${format} as ASCII or UTF-8 text.`
      : `The file is binary (it begins ${quoted(printable(head.subarray(0, 16)))}); expected ${format} text.`,
    {
      remedy: isUtf16 ? "Save it as UTF-8." : "Choose a file of structures, plain or gzipped.",
      location: scanner.location(0),
    },
  );
}

/** Cancelling and progress of one pass over one file. */
export class ReadProgress {
  readonly #scanner: LineScanner;
  readonly #options: ReadOptions;
  #reported = 0;

  constructor(scanner: LineScanner, options: ReadOptions) {
    this.#scanner = scanner;
    this.#options = options;
  }

  /** Reports progress when there is enough. @throws StudioError CANCELLED. */
  poll(): void {
    const { isCancelled, onProgress } = this.#options;
    if (isCancelled?.() === true) {
      throw new StudioError("CANCELLED", "Reading the file was cancelled.");
    }
    const done = this.#scanner.bytesDone;
    if (onProgress !== undefined && done - this.#reported >= PROGRESS_BYTES) {
      this.#reported = done;
      onProgress(Math.min(done, this.#scanner.bytes.length), this.#scanner.bytes.length);
    }
  }

  /** {@link ReadProgress.poll} at every so many-th of a run of lines. */
  pollAt(index: number): void {
    if (index % LINES_BETWEEN_POLLS === LINES_BETWEEN_POLLS - 1) this.poll();
  }

  /** Reports the end. */
  end(): void {
    const size = this.#scanner.bytes.length;
    this.#options.onProgress?.(size, size);
  }
}

/**
 * Moves to the next line.
 * @param expected - what the line should hold, for the message.
 * @throws StudioError INVALID_FILE at the end of the file.
 */
export function requireLine(scanner: LineScanner, expected: string): void {
  if (scanner.nextLine()) return;
  const found =
    scanner.line === 0 ? "The file is empty" : `The file ends after line ${String(scanner.line)}`;
  throw scanner.error(
    `${found}; expected ${expected}.`,
    "The file may have been cut off: copy it again.",
  );
}

/**
 * The finite number in the next field.
 * @param name - of what is read, for the message, such as "coordinate x".
 * @throws StudioError INVALID_FILE.
 */
export function requireReal(scanner: LineScanner, name: string): number {
  requireField(scanner, name, "a number");
  const start = scanner.position;
  const value = takeReal(scanner);
  if (value !== undefined && Number.isFinite(value)) return value;
  scanner.position = start;
  throw unreadable(scanner, name, "a finite number");
}

/**
 * The integer of at least `minimum` in the next field.
 * @throws StudioError INVALID_FILE.
 */
export function requireInteger(scanner: LineScanner, name: string, minimum: number): number {
  const expected =
    minimum === -Infinity ? "a whole number" : `a whole number of at least ${String(minimum)}`;
  requireField(scanner, name, expected);
  const start = scanner.position;
  const value = takeInteger(scanner);
  if (value !== undefined && value >= minimum) return value;
  scanner.position = start;
  throw unreadable(scanner, name, expected);
}

function requireField(scanner: LineScanner, name: string, expected: string): void {
  if (scanner.nextField()) return;
  throw scanner.error(
    `Line ${String(scanner.line)} ends before the ${name}; expected ${expected}.`,
  );
}

function unreadable(scanner: LineScanner, name: string, expected: string): StudioError {
  const found = quoted(scanner.takeField());
  return scanner.error(
    `Line ${String(scanner.line)}, ${name}: found ${found}; expected ${expected}.`,
  );
}

/**
 * A count that the rest of the file cannot hold must not allocate memory.
 * @param nAtoms - lines that follow, each of at least `fields` fields.
 * @param countLine - the line that declares them.
 * @throws StudioError INVALID_FILE, naming how many lines there are.
 */
export function requireLinesLeft(
  scanner: LineScanner,
  nAtoms: number,
  fields: number,
  countLine: number,
): void {
  // A field and its separator take two bytes; the last line may lack its newline.
  if (nAtoms * 2 * fields <= scanner.bytesLeft + 1) return;
  let found = 0;
  while (found < nAtoms && scanner.nextLine()) if (scanner.nextField()) found++;
  throw atomsMissing(scanner, found, nAtoms, countLine);
}

/** The error of a file that ends before its last atom. */
export function atomsMissing(
  scanner: LineScanner,
  found: number,
  nAtoms: number,
  countLine: number,
): StudioError {
  return scanner.error(
    `The file ends after ${String(found)} of the ${String(nAtoms)} atoms that line ${String(countLine)} declares.`,
    "The file may have been cut off: copy it again, or correct the atom count.",
  );
}
