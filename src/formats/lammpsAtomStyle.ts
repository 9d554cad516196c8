/** The columns of the Atoms section of a LAMMPS data file. */
import { quoted } from "./lineScanner.ts";
import type { LineScanner } from "./lineScanner.ts";

/** Where the fields of an atom line are, 0-based; the id is always field 0. */
export interface AtomLayout {
  readonly style: string;
  readonly type: number;
  readonly molecule: number | undefined;
  readonly charge: number | undefined;
  /** First of three coordinates. */
  readonly position: number;
  /** Fields without image flags. */
  readonly nFields: number;
  /** Whether three image flags follow. */
  readonly hasImages: boolean;
}

type Style = Omit<AtomLayout, "style" | "hasImages">;

const MOLECULAR: Style = { type: 2, molecule: 1, charge: undefined, position: 3, nFields: 6 };

/** Source: LAMMPS documentation, read_data, "Atoms section". */
const STYLES: Readonly<Record<string, Style>> = {
  atomic: { type: 1, molecule: undefined, charge: undefined, position: 2, nFields: 5 },
  charge: { type: 1, molecule: undefined, charge: 2, position: 3, nFields: 6 },
  angle: MOLECULAR,
  bond: MOLECULAR,
  molecular: MOLECULAR,
  full: { type: 2, molecule: 1, charge: 3, position: 4, nFields: 7 },
  sphere: { type: 1, molecule: undefined, charge: undefined, position: 4, nFields: 7 },
  dipole: { type: 1, molecule: undefined, charge: 2, position: 3, nFields: 9 },
};

const IMAGE_FLAGS = 3;
const STYLE_NAMES = Object.keys(STYLES).join(", ");
const HINT_REMEDY =
  'Write the atom style after the section\'s name, such as "Atoms # charge" (LAMMPS does so with write_data).';

/**
 * The layout of the atom lines by the comment of the section's name, else by the number of fields
 * as far as that tells (as ASE does): 5 is atomic, 7 full, each with or without image flags; 6 is
 * charge when the third field is no integer, molecular when the file has bonds.
 * @param scanner - on the first atom line.
 * @param fields - of that line, without its comment.
 * @param hint - what follows the `#` after "Atoms"; empty when nothing does.
 * @throws StudioError INVALID_FILE when the style is not supported, cannot be told or does not fit.
 */
export function atomLayout(
  scanner: LineScanner,
  fields: readonly string[],
  hint: string,
  hasBonds: boolean,
): AtomLayout {
  const style = hint === "" ? guessedStyle(scanner, fields, hasBonds) : hint.toLowerCase();
  const known = Object.hasOwn(STYLES, style) ? STYLES[style] : undefined;
  if (known === undefined) {
    throw scanner.error(
      `The atom style is ${quoted(hint)}; expected one of ${STYLE_NAMES}.`,
      "Write the file with one of these styles, or as a dump with the columns id element x y z.",
    );
  }
  const hasImages = fields.length === known.nFields + IMAGE_FLAGS;
  if (!hasImages && fields.length !== known.nFields) {
    throw scanner.error(
      `Line ${String(scanner.line)} has ${String(fields.length)} fields; expected ${String(known.nFields)} of atom style ${style}, or ${String(known.nFields + IMAGE_FLAGS)} with image flags.`,
      HINT_REMEDY,
    );
  }
  return { style, ...known, hasImages };
}

function guessedStyle(scanner: LineScanner, fields: readonly string[], hasBonds: boolean): string {
  const { length } = fields;
  const hasImages = fields.slice(-IMAGE_FLAGS).every(isInteger);
  const third = fields[2] ?? "";
  if (length === 5 || (length === 8 && hasImages)) return "atomic";
  const isWide = length === 7 || (length === 10 && hasImages);
  // In a sphere's line the third field is a diameter.
  if (isWide && !isDecimalFraction(third)) return "full";
  if (length === 6 || (length === 9 && hasImages)) {
    if (isDecimalFraction(third)) return "charge";
    if (hasBonds) return "molecular";
  }
  throw scanner.error(
    `Line ${String(scanner.line)} has ${String(length)} fields and the section does not name its atom style, which therefore cannot be told; the styles read are ${STYLE_NAMES}.`,
    HINT_REMEDY,
  );
}

function isInteger(text: string): boolean {
  return /^[+-]?\d+$/u.test(text);
}

/** A number that no integer column holds. */
function isDecimalFraction(text: string): boolean {
  return /^[+-]?[\d.]+(?:e[+-]?\d+)?$/iu.test(text) && /[.e]/iu.test(text);
}

/** The fields of the current line before any `#`, which stands at the start of a field. */
export function fieldsBeforeComment(scanner: LineScanner): string[] {
  const fields: string[] = [];
  while (nextDataField(scanner)) fields.push(scanner.takeField());
  return fields;
}

/** Moves to the next field of the line. Returns false at its end and at a comment. */
export function nextDataField(scanner: LineScanner): boolean {
  return scanner.nextField() && scanner.bytes[scanner.position] !== 35;
}
