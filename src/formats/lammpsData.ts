/**
 * LAMMPS data files: reader.
 *
 * Format: LAMMPS documentation, "read_data command". Header (counts, box with tilt factors or
 * general triclinic vectors), then sections of which Masses, Atom Type Labels, Atoms and
 * Velocities are read and the others passed over.
 */
import type { AtomColumn, Structure } from "../structures/structure.ts";
import { orderOfIds, reordered, reorderedColumn } from "./atomOrder.ts";
import { readAtomsSection } from "./lammpsAtoms.ts";
import type { AtomsSection } from "./lammpsAtoms.ts";
import { nextDataField } from "./lammpsAtomStyle.ts";
import { requireAngstrom } from "./lammpsBox.ts";
import type { LammpsBox } from "./lammpsBox.ts";
import { readHeader, sectionOf } from "./lammpsHeader.ts";
import type { Section } from "./lammpsHeader.ts";
import { speciesOfType } from "./lammpsSpecies.ts";
import type { LineScanner } from "./lineScanner.ts";
import { ReadProgress, openText, requireInteger, requireLine, requireReal } from "./textFile.ts";
import type { ReadOptions } from "./textFile.ts";

const SPECIES_REMEDY =
  'Give each type its mass in the Masses section or its symbol in "Atom Type Labels", or convert the file with lpr-studio convert FILE --types C,Si --out FILE.xyz (symbols of types 1, 2, …).';

/**
 * Reads the structure of a LAMMPS data file.
 *
 * Atoms are ordered by id. Species come from `typeSpecies`, else from the masses and labels of the
 * types (see {@link speciesOfType}). Periodic in all directions: the file does not say otherwise.
 * Positions are as written, image flags are not added. Columns: `id`, `type`, and, if the file has
 * them, `molecule`, `charge`, `image`, `velocities` (in the file's units). Comment line in
 * `info.comment`.
 *
 * @param bytes - the file, gzipped or not.
 * @throws StudioError INVALID_FILE with file, line and excerpt, also when the species cannot be
 *   known or the units are not metal or real; CANCELLED; OUT_OF_MEMORY.
 */
export function readLammpsData(bytes: Uint8Array, options: ReadOptions = {}): Structure {
  const scanner = openText(bytes, options, "LAMMPS data");
  const progress = new ReadProgress(scanner, options);
  progress.poll();
  scanner.structureIndex = 0;
  requireLine(scanner, "a comment");
  const comment = scanner.lineText().trim();
  const units = /\bunits\s*=\s*(\w+)/u.exec(comment)?.[1];
  if (units !== undefined) requireAngstrom(scanner, units);
  const { box, nAtoms, countLine, hasBonds, section } = readHeader(scanner);
  const file = new SectionReader(scanner, progress, { nAtoms, countLine, hasBonds });
  file.readAll(section);
  progress.end();
  return file.structure(box, comment, options.typeSpecies);
}

interface Counts {
  readonly nAtoms: number;
  readonly countLine: number;
  readonly hasBonds: boolean;
}

/** Collects what the sections say. */
class SectionReader {
  readonly #scanner: LineScanner;
  readonly #progress: ReadProgress;
  readonly #counts: Counts;
  /** By type number or label, as written. */
  readonly #masses = new Map<string, number>();
  readonly #massComments = new Map<string, string>();
  readonly #labels = new Map<string, string>();
  #atoms: AtomsSection | undefined;
  #velocities:
    { readonly ids: number[]; readonly values: number[]; readonly line: number } | undefined;

  constructor(scanner: LineScanner, progress: ReadProgress, counts: Counts) {
    this.#scanner = scanner;
    this.#progress = progress;
    this.#counts = counts;
  }

  readAll(first: Section): void {
    let section: Section | undefined = first;
    while (section !== undefined) section = this.#readSection(section);
  }

  /** Reads a section to its end. Returns the next one. */
  #readSection({ name, comment }: Section): Section | undefined {
    if (name === "Atoms") {
      if (this.#atoms !== undefined) {
        throw this.#scanner.error("The file has a second Atoms section; expected one.");
      }
      this.#atoms = readAtomsSection(this.#scanner, this.#progress, this.#counts, comment);
      return this.#nextRow("atom line");
    }
    if (name === "Velocities") {
      this.#velocities = { ids: [], values: [], line: this.#scanner.line };
    }
    for (let row = 0; ; row++) {
      this.#progress.pollAt(row);
      const next = this.#nextRow();
      if (next !== undefined || this.#isAtEnd) return next;
      if (name === "Masses") this.#readMass();
      else if (name === "Atom Type Labels") this.#readLabel();
      else if (name === "Velocities") this.#readVelocity();
    }
  }

  #isAtEnd = false;

  /**
   * Moves to the next line with content, standing on its first field. Returns the section if the
   * line begins one; undefined on a row, and at the end of the file with `#isAtEnd` set.
   * @param surplus - what any row would be one too many of.
   */
  #nextRow(surplus?: string): Section | undefined {
    const scanner = this.#scanner;
    while (scanner.nextLine()) {
      if (!nextDataField(scanner)) continue;
      const isCapital = (scanner.bytes[scanner.position] ?? 0) >= 65;
      const section = isCapital ? sectionOf(scanner) : undefined;
      if (section !== undefined || surplus === undefined) return section;
      throw scanner.error(
        `Line ${String(scanner.line)} follows the ${String(this.#counts.nAtoms)} atoms that line ${String(this.#counts.countLine)} declares; expected the next section, not another ${surplus}.`,
        "Correct the atom count.",
      );
    }
    this.#isAtEnd = true;
    return undefined;
  }

  #readMass(): void {
    const scanner = this.#scanner;
    const type = scanner.takeField();
    const mass = requireReal(scanner, "mass");
    if (mass <= 0) {
      throw scanner.error(
        `Line ${String(scanner.line)}: the mass is ${String(mass)}; expected a positive number.`,
      );
    }
    this.#masses.set(type, mass);
    const comment = /#+\s*(\S+)/u.exec(scanner.lineText())?.[1];
    if (comment !== undefined) this.#massComments.set(type, comment);
  }

  #readLabel(): void {
    const scanner = this.#scanner;
    const type = scanner.takeField();
    if (!nextDataField(scanner)) {
      throw scanner.error(`Line ${String(scanner.line)} ends before the label of type ${type}.`);
    }
    this.#labels.set(type, scanner.takeField());
  }

  #readVelocity(): void {
    const scanner = this.#scanner;
    this.#velocities?.ids.push(requireInteger(scanner, "atom id", 1));
    for (const name of ["vx", "vy", "vz"]) {
      this.#velocities?.values.push(requireReal(scanner, name));
    }
  }

  structure(
    { cell }: LammpsBox,
    comment: string,
    typeSpecies: readonly number[] | undefined,
  ): Structure {
    const scanner = this.#scanner;
    const atoms = this.#atoms;
    if (atoms === undefined) {
      throw scanner.error(
        `The file ends after line ${String(scanner.line)} without an Atoms section.`,
        "The file may have been cut off: copy it again.",
      );
    }
    const { nAtoms } = this.#counts;
    const found = orderOfIds(atoms.ids);
    if ("twice" in found) {
      const [first, second] = found.twice;
      throw scanner.errorAt(
        atoms.lines[second] ?? 0,
        `Atom id ${String(atoms.ids[second])} is given twice, for the first time on line ${String(atoms.lines[first])}.`,
        "Give each atom an id of its own.",
      );
    }
    const { order } = found;
    const ofTypes = atoms.types.map(({ key, line }) => this.#species(key, line, typeSpecies));
    const species = Uint8Array.from(order, (atom) => ofTypes[atoms.typeIndices[atom]!] ?? 0);
    const columns: Record<string, AtomColumn> = {};
    for (const [name, column] of Object.entries(atoms.columns)) {
      columns[name] = reorderedColumn(column, order);
    }
    const velocities = this.#velocitiesOf(reordered(atoms.ids, 1, order));
    if (velocities !== undefined) {
      columns["velocities"] = { type: "R", components: 3, values: velocities };
    }
    const info: Structure["info"] = comment === "" ? {} : { comment };
    const positions = reordered(atoms.positions, 3, order);
    return { nAtoms, species, positions, cell, pbc: [true, true, true], info, columns };
  }

  /** The species of a type number or label. */
  #species(key: string, line: number, typeSpecies: readonly number[] | undefined): number {
    const number = /^\d+$/u.test(key)
      ? key
      : [...this.#labels].find(([, label]) => label === key)?.[0];
    const given = number === undefined ? undefined : typeSpecies?.[Number(number) - 1];
    if (given !== undefined) return given;
    const label = number === undefined ? key : this.#labels.get(number);
    const facts = [number, label].filter((name) => name !== undefined);
    const mass = facts.map((name) => this.#masses.get(name)).find((value) => value !== undefined);
    const note = facts.map((name) => this.#massComments.get(name)).find(Boolean);
    const species = speciesOfType(key, { mass, label: label ?? note });
    if (typeof species === "number") return species;
    throw this.#scanner.errorAt(line, species, SPECIES_REMEDY);
  }

  #velocitiesOf(ids: Float64Array): Float64Array | undefined {
    if (this.#velocities === undefined) return undefined;
    const { ids: givenIds, values, line } = this.#velocities;
    const rows = new Map(givenIds.map((id, row) => [id, row]));
    const missing = ids.find((id) => !rows.has(id));
    if (missing !== undefined || rows.size !== ids.length || givenIds.length !== ids.length) {
      const reason =
        missing === undefined
          ? `has ${String(givenIds.length)} lines for ${String(ids.length)} atoms`
          : `has no line for atom id ${String(missing)}`;
      throw this.#scanner.errorAt(
        line,
        `The Velocities section ${reason}; expected one line for each atom.`,
        "Correct the section, or remove it: velocities are not needed.",
      );
    }
    const ordered = new Float64Array(3 * ids.length);
    ids.forEach((id, i) => {
      const row = rows.get(id) ?? 0;
      for (let k = 0; k < 3; k++) ordered[3 * i + k] = values[3 * row + k] ?? 0;
    });
    return ordered;
  }
}
