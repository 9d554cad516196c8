/** The header of a LAMMPS data file: counts and box, up to the first section. */
import { parseDecimal, parseInteger } from "./decimal.ts";
import { requireBox, restrictedBox } from "./lammpsBox.ts";
import type { LammpsBox } from "./lammpsBox.ts";
import { quoted } from "./lineScanner.ts";
import type { LineScanner } from "./lineScanner.ts";

/** The name of a section and the comment behind it. */
export interface Section {
  readonly name: string;
  readonly comment: string;
}

/** What the header says. */
export interface Header {
  readonly box: LammpsBox;
  readonly nAtoms: number;
  /** The line that declares the atoms. */
  readonly countLine: number;
  readonly hasBonds: boolean;
  /** The section that ends the header; the scanner stands on its line. */
  readonly section: Section;
}

/** Numbers that stand before a box keyword. */
const BOX_NUMBERS: Readonly<Record<string, number>> = {
  "xlo xhi": 2,
  "ylo yhi": 2,
  "zlo zhi": 2,
  "xy xz yz": 3,
  avec: 3,
  bvec: 3,
  cvec: 3,
  "abc origin": 3,
};

/** The section that begins on the current line: capitalised words and nothing else. */
export function sectionOf(scanner: LineScanner): Section | undefined {
  const { text, comment } = splitLine(scanner);
  if (!/^[A-Z][A-Za-z\d]*(?:\s+[A-Z][A-Za-z\d]*)*$/u.test(text)) return undefined;
  return { name: text.replace(/\s+/gu, " "), comment };
}

function splitLine(scanner: LineScanner): { readonly text: string; readonly comment: string } {
  const line = scanner.lineText();
  const hash = line.indexOf("#");
  if (hash < 0) return { text: line.trim(), comment: "" };
  return { text: line.slice(0, hash).trim(), comment: line.slice(hash + 1).trim() };
}

/**
 * Reads from the line after the comment to the first section.
 * @throws StudioError INVALID_FILE.
 */
export function readHeader(scanner: LineScanner): Header {
  const counts = new Map<string, number>();
  const vectors = new Map<string, readonly number[]>();
  let countLine = 0;
  let section: Section | undefined;
  while (section === undefined && scanner.nextLine()) {
    section = sectionOf(scanner);
    const { text } = splitLine(scanner);
    if (section !== undefined || text === "") continue;
    const { name, numbers } = headerLine(scanner, text);
    if (name === "atoms") countLine = scanner.line;
    if (Object.hasOwn(BOX_NUMBERS, name)) vectors.set(name, boxNumbers(scanner, name, numbers));
    else counts.set(name, parseInteger(numbers) ?? 0);
  }
  if (section === undefined) {
    throw scanner.error(
      `The file ends after line ${String(scanner.line)} without a section; expected "Atoms".`,
      "The file may have been cut off: copy it again.",
    );
  }
  const nAtoms = counts.get("atoms") ?? 0;
  if (nAtoms < 1) throw noAtoms(scanner, countLine);
  const hasBonds = (counts.get("bonds") ?? 0) > 0;
  return { box: boxOf(scanner, vectors), nAtoms, countLine, hasBonds, section };
}

function headerLine(
  scanner: LineScanner,
  text: string,
): { readonly name: string; readonly numbers: string } {
  const [, numbers, keyword] =
    /^(.+?)\s+(xlo\s+xhi|ylo\s+yhi|zlo\s+zhi|xy\s+xz\s+yz|[abc]vec|abc\s+origin)$/u.exec(text) ??
    /^([-+.\deEdD]+)\s+([a-z].*)$/u.exec(text) ??
    [];
  if (numbers !== undefined && keyword !== undefined) {
    return { name: keyword.replace(/\s+/gu, " "), numbers };
  }
  throw scanner.error(
    `Line ${String(scanner.line)}: found ${quoted(text)}; expected a line of the header such as "64 atoms" or "0 10.8 xlo xhi", or a section such as "Atoms".`,
    "Check that this is a LAMMPS data file: its first line is a comment.",
  );
}

function noAtoms(scanner: LineScanner, countLine: number): Error {
  if (countLine > 0) {
    return scanner.errorAt(countLine, "The header declares no atoms; expected at least one.");
  }
  return scanner.error(
    'The header declares no number of atoms; expected a line such as "64 atoms" after the first line, which is a comment.',
  );
}

function boxNumbers(scanner: LineScanner, name: string, text: string): number[] {
  const values = text.trim().split(/\s+/u).map(parseDecimal);
  const isFinite = (value: number | undefined): value is number => Number.isFinite(value);
  if (values.length === BOX_NUMBERS[name] && values.every(isFinite)) return values;
  throw scanner.error(
    `Line ${String(scanner.line)}: found ${quoted(text)} before "${name}"; expected ${String(BOX_NUMBERS[name])} numbers.`,
  );
}

function boxOf(scanner: LineScanner, vectors: ReadonlyMap<string, readonly number[]>): LammpsBox {
  const general = ["avec", "bvec", "cvec"].flatMap((name) => vectors.get(name) ?? []);
  if (general.length === 9) {
    const origin = vectors.get("abc origin") ?? [0, 0, 0];
    return requireBox(scanner, { cell: Float64Array.from(general), origin }, false);
  }
  const bounds = ["xlo xhi", "ylo yhi", "zlo zhi"].map((name) => {
    const found = vectors.get(name);
    if (found !== undefined) return found;
    throw scanner.error(
      `The header ends on line ${String(scanner.line)} without "${name}"; expected the bounds of the box along ${name.charAt(0)}.`,
    );
  });
  const tilt = vectors.get("xy xz yz") ?? [0, 0, 0];
  return requireBox(scanner, restrictedBox(bounds.flat(), tilt), true);
}
