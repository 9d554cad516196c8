/**
 * Extended XYZ: reader.
 *
 * Format: count line, comment line of key=value pairs, one line per atom; any number of structures.
 * Reference: Kermode et al., libAtoms/extxyz; read as ASE 3.22 (`ase.io.extxyz`) does, except that
 * damage which ASE passes over in silence is an error here.
 */
import { StudioError } from "../errors.ts";
import type { AtomColumn, Structure } from "../structures/structure.ts";
import { atomicNumberReader, columnReader, positionReader, speciesReader } from "./atomLines.ts";
import type { PropertyReader } from "./atomLines.ts";
import { parseInteger } from "./decimal.ts";
import { quoted } from "./lineScanner.ts";
import type { LineScanner } from "./lineScanner.ts";
import { describeProperties } from "./propertiesHeader.ts";
import { readStructureHeader } from "./structureHeader.ts";
import type { StructureHeader } from "./structureHeader.ts";
import { ReadProgress, atomsMissing, openText } from "./textFile.ts";
import type { ReadOptions } from "./textFile.ts";

/**
 * Reads all structures of an extended XYZ (or plain XYZ) file.
 * @param bytes - the file, gzipped or not.
 * @throws StudioError INVALID_FILE with file, line, structure and excerpt; CANCELLED;
 *   OUT_OF_MEMORY when the uncompressed text would be too large.
 */
export function readExtendedXyz(bytes: Uint8Array, options: ReadOptions = {}): Structure[] {
  return Array.from(iterateExtendedXyz(bytes, options));
}

/**
 * Like {@link readExtendedXyz}, one structure at a time: what has been yielded is valid even when
 * a later structure is not.
 * @throws StudioError INVALID_FILE, CANCELLED, OUT_OF_MEMORY.
 */
export function* iterateExtendedXyz(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Generator<Structure, void, undefined> {
  const scanner = openText(bytes, options, "extended XYZ");
  const reading = new Reading(scanner, options);
  const maxStructures = options.maxStructures ?? Infinity;
  let previous = "";
  let count = 0;
  while (count < maxStructures && nextFilledLine(scanner)) {
    scanner.structureIndex = count;
    const countLine = scanner.line;
    const structure = reading.structure(previous);
    previous = `structure ${String(count)}, whose line ${String(countLine)} declares ${String(structure.nAtoms)} atoms`;
    yield structure;
    count++;
  }
  if (count === 0 && maxStructures > 0) {
    throw new StudioError("INVALID_FILE", "The file holds no structure: it is empty.", {
      remedy: "Choose an extended XYZ file.",
      location: scanner.location(0),
    });
  }
  reading.end();
}

function nextFilledLine(scanner: LineScanner): boolean {
  while (scanner.nextLine()) if (scanner.nextField()) return true;
  return false;
}

/** One pass over one file. */
class Reading {
  readonly #scanner: LineScanner;
  readonly #progress: ReadProgress;

  constructor(scanner: LineScanner, options: ReadOptions) {
    this.#scanner = scanner;
    this.#progress = new ReadProgress(scanner, options);
  }

  /** Reads the structure whose count line the scanner stands on. */
  structure(previous: string): Structure {
    const scanner = this.#scanner;
    this.#progress.poll();
    const nAtoms = readCount(scanner, previous);
    const countLine = scanner.line;
    if (!scanner.nextLine()) {
      throw scanner.error(
        `The file ends after line ${String(countLine)}, which declares ${String(nAtoms)} atoms; expected a comment line and ${String(nAtoms)} atom lines.`,
      );
    }
    const header = readStructureHeader(scanner);
    rejectImpossibleCount(scanner, header, nAtoms, countLine);
    return this.#atoms(header, nAtoms, countLine);
  }

  #atoms(header: StructureHeader, nAtoms: number, countLine: number): Structure {
    const scanner = this.#scanner;
    const positions = new Float64Array(3 * nAtoms);
    const species = new Uint8Array(nAtoms);
    const columns = new Map<string, AtomColumn>();
    const readers = propertyReaders(header, { nAtoms, positions, species, columns });
    const headerLine = scanner.line;
    for (let i = 0; i < nAtoms; i++) {
      this.#progress.pollAt(i);
      if (!scanner.nextLine()) throw atomsMissing(scanner, i, nAtoms, countLine);
      for (const reader of readers) {
        if (!reader.read(scanner, i)) {
          throw wrongColumns(scanner, header, headerLine, { read: i, nAtoms, countLine });
        }
      }
      if (header.hasProperties && scanner.nextField()) {
        throw wrongColumns(scanner, header, headerLine, { read: i, nAtoms, countLine });
      }
    }
    const { cell, pbc, info } = header;
    return { nAtoms, species, positions, cell, pbc, info, columns: Object.fromEntries(columns) };
  }

  end(): void {
    this.#progress.end();
  }
}

function propertyReaders(
  header: StructureHeader,
  target: {
    readonly nAtoms: number;
    readonly positions: Float64Array;
    readonly species: Uint8Array;
    readonly columns: Map<string, AtomColumn>;
  },
): PropertyReader[] {
  const { roles, declarations } = header;
  const { nAtoms, positions, species, columns } = target;
  const isLater = (index: number, other: number | undefined): boolean =>
    other !== undefined && other < index;
  return declarations.map((declaration, index) => {
    if (index === roles.positions) return positionReader(declaration, positions);
    if (index === roles.species) {
      return speciesReader(declaration, species, isLater(index, roles.atomicNumbers));
    }
    if (index === roles.atomicNumbers) {
      return atomicNumberReader(declaration, species, isLater(index, roles.species));
    }
    const { reader, column } = columnReader(declaration, nAtoms);
    columns.set(declaration.name, column);
    return reader;
  });
}

function readCount(scanner: LineScanner, previous: string): number {
  const text = scanner.takeField();
  const count = scanner.nextField() ? undefined : parseInteger(text);
  if (count !== undefined && count > 0) return count;
  const line = quoted(scanner.lineText().trim());
  const message = `Line ${String(scanner.line)}: found ${line}; expected the number of atoms of structure ${String(scanner.structureIndex ?? 0)}, a whole number of at least 1.`;
  throw scanner.error(
    previous === "" ? message : `${message} It follows ${previous}.`,
    previous === ""
      ? "Check that this is an (extended) XYZ file."
      : "Check that atom count: there may be more atom lines than it declares.",
  );
}

/** A count that the rest of the file cannot hold must not allocate memory. */
function rejectImpossibleCount(
  scanner: LineScanner,
  header: StructureHeader,
  nAtoms: number,
  countLine: number,
): void {
  const columns = header.declarations.reduce((sum, { components }) => sum + components, 0);
  // A field and its separator take two bytes; the last line may lack its newline.
  if (nAtoms * 2 * columns <= scanner.bytesLeft + 1) return;
  let linesLeft = 0;
  const headerLine = scanner.line;
  while (linesLeft < nAtoms && scanner.nextLine()) {
    const found = scanner.countFields();
    if (found === 0) break;
    if (found < columns || (found > columns && header.hasProperties)) {
      throw wrongColumns(scanner, header, headerLine, { read: linesLeft, nAtoms, countLine });
    }
    linesLeft++;
  }
  throw atomsMissing(scanner, linesLeft, nAtoms, countLine);
}

function wrongColumns(
  scanner: LineScanner,
  header: StructureHeader,
  headerLine: number,
  progress: { readonly read: number; readonly nAtoms: number; readonly countLine: number },
): StudioError {
  const { declarations, hasProperties } = header;
  const declared = declarations.reduce((sum, { components }) => sum + components, 0);
  const found = scanner.countFields();
  const list = describeProperties(declarations);
  const expected = hasProperties
    ? `The header on line ${String(headerLine)} declares ${String(declared)}: ${list}.`
    : `Plain XYZ has at least ${String(declared)}: ${list}.`;
  const message = `Line ${String(scanner.line)} has ${String(found)} column${found === 1 ? "" : "s"}. ${expected}`;
  const startsNext = found === 1 && parseInteger(scanner.lineText().trim()) !== undefined;
  const { read, nAtoms, countLine } = progress;
  return startsNext
    ? scanner.error(
        `${message} It looks like the start of the next structure, after ${String(read)} of the ${String(nAtoms)} atoms that line ${String(countLine)} declares.`,
        "Correct the atom count or restore the missing atom lines.",
      )
    : scanner.error(message);
}
