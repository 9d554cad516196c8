/** The atom lines of an extended XYZ structure: declared columns into typed arrays. */
import { strFromU8 } from "fflate";
import { MAX_ATOMIC_NUMBER, atomicNumberOf, speciesSymbol } from "../structures/species.ts";
import type { AtomColumn } from "../structures/structure.ts";
import { parseLogical } from "./commentLine.ts";
import { takeInteger, takeReal } from "./decimal.ts";
import { quoted } from "./lineScanner.ts";
import type { LineScanner } from "./lineScanner.ts";
import type { PropertyDeclaration } from "./propertiesHeader.ts";

/** Reads one declared property of one atom: `components` fields, the first at the cursor. */
export interface PropertyReader {
  readonly declaration: PropertyDeclaration;
  /** Reads the fields of atom `atomIndex`; false when the line ends before they do. */
  readonly read: (scanner: LineScanner, atomIndex: number) => boolean;
}

function unreadable(
  scanner: LineScanner,
  { name, components }: PropertyDeclaration,
  component: number,
  expected: string,
): Error {
  const which = components === 1 ? "" : ` (${String(component + 1)} of ${String(components)})`;
  const found = quoted(scanner.takeField());
  return scanner.error(
    `Line ${String(scanner.line)}, column ${name}${which}: found ${found}; expected ${expected}.`,
  );
}

/** Positions into `positions` (3 per atom, Å); only finite numbers are accepted. */
export function positionReader(
  declaration: PropertyDeclaration,
  positions: Float64Array,
): PropertyReader {
  const read = (scanner: LineScanner, atomIndex: number): boolean => {
    for (let k = 0; k < 3; k++) {
      if (!scanner.nextField()) return false;
      const start = scanner.position;
      const value = takeReal(scanner);
      if (value === undefined || !Number.isFinite(value)) {
        scanner.position = start;
        throw unreadable(scanner, declaration, k, "a finite coordinate in Å");
      }
      positions[3 * atomIndex + k] = value;
    }
    return true;
  };
  return { declaration, read };
}

/** Symbols (any letter case) or atomic numbers as text, into atomic numbers. */
export function speciesReader(
  declaration: PropertyDeclaration,
  species: Uint8Array,
  checksEarlierColumn: boolean,
): PropertyReader {
  const read = (scanner: LineScanner, atomIndex: number): boolean => {
    if (!scanner.nextField()) return false;
    const { bytes, position } = scanner;
    const end = scanner.fieldEnd();
    const length = end - position;
    const key = length === 1 ? bytes[position]! : bytes[position]! | (bytes[position + 1]! << 8);
    let known = length <= 2 ? SHORT_SPECIES[key]! : UNKNOWN;
    if (known === UNKNOWN) {
      const text = strFromU8(bytes.subarray(position, end));
      const found = speciesFromText(text);
      if (found === undefined) throw unknownSpecies(scanner, declaration, text);
      known = found;
    }
    scanner.position = end;
    if (checksEarlierColumn) requireEqual(scanner, declaration, species[atomIndex]!, known);
    species[atomIndex] = known;
    return true;
  };
  return { declaration, read };
}

const UNKNOWN = 255;

/** The species of one or two bytes of text, by those bytes (first byte low). */
const SHORT_SPECIES = shortSpecies();

function shortSpecies(): Uint8Array {
  const table = new Uint8Array(65536).fill(UNKNOWN);
  const enter = (text: string, atomicNumber: number): void => {
    const second = text.length === 1 ? 0 : text.charCodeAt(1);
    if (text.length <= 2) table[text.charCodeAt(0) | (second << 8)] = atomicNumber;
  };
  for (let atomicNumber = 0; atomicNumber <= MAX_ATOMIC_NUMBER; atomicNumber++) {
    const symbol = speciesSymbol(atomicNumber);
    enter(symbol, atomicNumber);
    enter(symbol.toUpperCase(), atomicNumber);
    enter(symbol.toLowerCase(), atomicNumber);
    enter(String(atomicNumber), atomicNumber);
  }
  return table;
}

function speciesFromText(text: string): number | undefined {
  if (!/^\d{1,3}$/u.test(text)) return atomicNumberOf(text);
  const number = Number(text);
  return number <= MAX_ATOMIC_NUMBER ? number : undefined;
}

function unknownSpecies(
  scanner: LineScanner,
  declaration: PropertyDeclaration,
  text: string,
): Error {
  const symbol = /^[A-Za-z]{1,2}(?=[^A-Za-z])/u.exec(text)?.[0];
  const isLabel = symbol !== undefined && atomicNumberOf(symbol) !== undefined;
  return scanner.error(
    `Line ${String(scanner.line)}, column ${declaration.name}: unknown species ${quoted(text)}; expected an element symbol such as ${isLabel ? symbol : "C or Si"}, X for a dummy, or an atomic number.`,
    isLabel
      ? "Labels are not read as elements: put the bare symbol in the species column and the label in a column of its own."
      : undefined,
  );
}

/** Atomic numbers; the later of the two columns, if the file has both, checks the earlier. */
export function atomicNumberReader(
  declaration: PropertyDeclaration,
  species: Uint8Array,
  checksEarlierColumn: boolean,
): PropertyReader {
  const read = (scanner: LineScanner, atomIndex: number): boolean => {
    if (!scanner.nextField()) return false;
    const start = scanner.position;
    const value = takeInteger(scanner);
    if (value === undefined || value < 0 || value > MAX_ATOMIC_NUMBER) {
      scanner.position = start;
      const expected = `an atomic number from 0 (X) to ${String(MAX_ATOMIC_NUMBER)}`;
      throw unreadable(scanner, declaration, 0, expected);
    }
    if (checksEarlierColumn) requireEqual(scanner, declaration, species[atomIndex]!, value);
    species[atomIndex] = value;
    return true;
  };
  return { declaration, read };
}

function requireEqual(
  scanner: LineScanner,
  { name }: PropertyDeclaration,
  earlier: number,
  value: number,
): void {
  if (earlier === value) return;
  throw scanner.error(
    `Line ${String(scanner.line)}: column ${name} says ${speciesSymbol(value)} (${String(value)}) but an earlier column says ${speciesSymbol(earlier)} (${String(earlier)}).`,
    "Correct one of them, or leave one of the two columns out.",
  );
}

/** A column kept as it is, with its reader. NaN in a real column means a missing value. */
export function columnReader(
  declaration: PropertyDeclaration,
  nAtoms: number,
): { readonly reader: PropertyReader; readonly column: AtomColumn } {
  const { type, components } = declaration;
  const size = nAtoms * components;
  if (type === "R" || type === "I") {
    const values = new Float64Array(size);
    const reader = numberReader(declaration, values);
    return { reader, column: { type, components, values } };
  }
  if (type === "L") {
    const values = new Uint8Array(size);
    return { reader: logicalReader(declaration, values), column: { type, components, values } };
  }
  const values: string[] = [];
  return { reader: stringReader(declaration, values), column: { type, components, values } };
}

function numberReader(declaration: PropertyDeclaration, values: Float64Array): PropertyReader {
  const { components, type } = declaration;
  const take = type === "R" ? takeReal : takeInteger;
  const read = (scanner: LineScanner, atomIndex: number): boolean => {
    for (let k = 0; k < components; k++) {
      if (!scanner.nextField()) return false;
      const value = take(scanner);
      if (value === undefined) {
        throw unreadable(scanner, declaration, k, type === "R" ? "a real number" : "an integer");
      }
      values[components * atomIndex + k] = value;
    }
    return true;
  };
  return { declaration, read };
}

function logicalReader(declaration: PropertyDeclaration, values: Uint8Array): PropertyReader {
  const { components } = declaration;
  const read = (scanner: LineScanner, atomIndex: number): boolean => {
    for (let k = 0; k < components; k++) {
      if (!scanner.nextField()) return false;
      const start = scanner.position;
      const value = parseLogical(scanner.takeField());
      if (value === undefined) {
        scanner.position = start;
        throw unreadable(scanner, declaration, k, "T or F");
      }
      values[components * atomIndex + k] = value ? 1 : 0;
    }
    return true;
  };
  return { declaration, read };
}

function stringReader(declaration: PropertyDeclaration, values: string[]): PropertyReader {
  // Labels repeat: one string object each keeps a million atoms small.
  const seen = new Map<number, string>();
  const read = (scanner: LineScanner): boolean => {
    for (let k = 0; k < declaration.components; k++) {
      if (!scanner.nextField()) return false;
      const { bytes, position } = scanner;
      const length = scanner.fieldEnd() - position;
      let key = length;
      for (let b = 0; b < length && b < 5; b++) key = key * 256 + bytes[position + b]!;
      const known = length <= 5 ? seen.get(key) : undefined;
      if (known === undefined) {
        const text = scanner.takeField();
        if (length <= 5) seen.set(key, text);
        values.push(text);
      } else {
        scanner.position += length;
        values.push(known);
      }
    }
    return true;
  };
  return { declaration, read };
}
