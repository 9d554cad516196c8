/** The columns of one frame of a LAMMPS dump. */
import { atomicNumberOf } from "../structures/species.ts";
import type { AtomColumn } from "../structures/structure.ts";
import { parseDecimal, takeInteger, takeReal } from "./decimal.ts";
import { speciesOfLabel, speciesOfMass } from "./lammpsSpecies.ts";
import { quoted } from "./lineScanner.ts";
import type { LineScanner } from "./lineScanner.ts";

/** The atoms of a frame, in the order of the file. */
export interface DumpTable {
  /** Fractions of the cell, or Cartesian, Å; 3 for each atom. */
  readonly coordinates: Float64Array;
  readonly isScaled: boolean;
  readonly species: Uint8Array;
  readonly ids: Float64Array | undefined;
  /** Reads the atom of the current line; false when the line has too few columns. */
  readonly read: (scanner: LineScanner, atomIndex: number) => boolean;
  /** Everything but coordinates and species that were used; after the last atom. */
  readonly columns: () => Record<string, AtomColumn>;
}

/** Coordinates by preference: wrapped before unwrapped, Cartesian before scaled. */
const COORDINATES = [
  { names: ["x", "y", "z"], isScaled: false },
  { names: ["xs", "ys", "zs"], isScaled: true },
  { names: ["xu", "yu", "zu"], isScaled: false },
  { names: ["xsu", "ysu", "zsu"], isScaled: true },
] as const;

/** Three columns that are one vector. */
const VECTORS: readonly { readonly name: string; readonly parts: readonly string[] }[] = [
  { name: "velocities", parts: ["vx", "vy", "vz"] },
  { name: "forces", parts: ["fx", "fy", "fz"] },
  { name: "image", parts: ["ix", "iy", "iz"] },
];

const INTEGER_COLUMN = /^(?:id|type|mol|proc|procp1|i[xyz]|i2?_.*)$/u;

/** Names that extended XYZ, in which results are written, uses for itself. */
const RESERVED = new Set(["species", "pos", "Z", "numbers"]);

type Store =
  | { kind: "number"; readonly isInteger: boolean; readonly values: Float64Array }
  | { kind: "text"; readonly values: string[] };

/**
 * Prepares to read `nAtoms` lines of columns with these names.
 * @throws StudioError INVALID_FILE when coordinates or any hint of the species are missing.
 */
export function dumpTable(
  scanner: LineScanner,
  names: readonly string[],
  nAtoms: number,
  typeSpecies: readonly number[] | undefined,
): DumpTable {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw scanner.error(`Line ${String(scanner.line)} names the column ${quoted(twice)} twice.`);
  }
  const set = COORDINATES.find(({ names: wanted }) => wanted.every((name) => names.includes(name)));
  if (set === undefined) {
    throw scanner.error(
      `Line ${String(scanner.line)} names no three coordinates (found ${quoted(names.join(" "))}); expected x y z, xs ys zs, xu yu zu or xsu ysu zsu.`,
    );
  }
  const coordinates = new Float64Array(3 * nAtoms);
  const species = new Uint8Array(nAtoms);
  const speciesIndex = speciesColumn(scanner, names, typeSpecies);
  const stores = new Map<string, Store>();
  const ids = names.includes("id") ? new Float64Array(nAtoms) : undefined;
  if (ids !== undefined) stores.set("id", { kind: "number", isInteger: true, values: ids });
  const toSpecies = speciesReader(names[speciesIndex] ?? "", typeSpecies);
  const axes = names.map((name) => set.names.findIndex((wanted) => wanted === name));
  const read = (line: LineScanner, atomIndex: number): boolean => {
    for (const [column, name] of names.entries()) {
      if (!line.nextField()) return false;
      const start = line.position;
      const axis = axes[column] ?? -1;
      if (column === speciesIndex) {
        species[atomIndex] = toSpecies(line);
        line.position = start;
      }
      if (axis >= 0) coordinates[3 * atomIndex + axis] = coordinate(line, name);
      else if (name === "element") line.position = line.fieldEnd();
      else readValue(line, name, stores, atomIndex, nAtoms);
    }
    return true;
  };
  const { isScaled } = set;
  return { coordinates, isScaled, species, ids, read, columns: () => columnsOf(stores) };
}

/** The column that says the species. */
function speciesColumn(
  scanner: LineScanner,
  names: readonly string[],
  typeSpecies: readonly number[] | undefined,
): number {
  const wanted = typeSpecies !== undefined && names.includes("type") ? ["type"] : [];
  for (const name of [...wanted, "element", "typelabel", "mass", "type"]) {
    if (names.includes(name)) return names.indexOf(name);
  }
  throw scanner.error(
    `Line ${String(scanner.line)} names no column that says the species (found ${quoted(names.join(" "))}); expected element, mass or type.`,
    "Write the dump with: dump … custom … id element x y z, and dump_modify … element C Si.",
  );
}

const REMEDY =
  "Write the dump with the column element (dump … custom … id element x y z; dump_modify … element C Si), or convert the file with lpr-studio convert FILE --types C,Si --out FILE.xyz (symbols of types 1, 2, …).";

/** Reads a species at the cursor; does not need to move. */
function speciesReader(
  name: string,
  typeSpecies: readonly number[] | undefined,
): (scanner: LineScanner) => number {
  const known = new Map<string, number>();
  return (scanner) => {
    const text = scanner.takeField();
    const found = known.get(text) ?? speciesOf(name, text, typeSpecies);
    if (found === undefined) {
      const isNumber = name === "type" && /^\d+$/u.test(text);
      throw scanner.error(
        isNumber && typeSpecies !== undefined
          ? `Line ${String(scanner.line)} has an atom of type ${text}, but only ${String(typeSpecies.length)} types are given.`
          : isNumber
            ? `Line ${String(scanner.line)}: the dump says atom types (${text}) but not which elements they are; expected a column element.`
            : `Line ${String(scanner.line)}, column ${name}: ${quoted(text)} is no element; expected ${name === "mass" ? "the mass of one" : "its symbol"}.`,
        isNumber && typeSpecies !== undefined ? "Give the species of every type." : REMEDY,
      );
    }
    known.set(text, found);
    return found;
  };
}

function speciesOf(
  name: string,
  text: string,
  typeSpecies: readonly number[] | undefined,
): number | undefined {
  if (name === "element") return atomicNumberOf(text);
  if (name === "mass") return speciesOfMass(parseDecimal(text) ?? Number.NaN);
  if (name === "type" && /^\d+$/u.test(text)) return typeSpecies?.[Number(text) - 1];
  return speciesOfLabel(text);
}

function coordinate(scanner: LineScanner, name: string): number {
  const start = scanner.position;
  const value = takeReal(scanner);
  if (value !== undefined && Number.isFinite(value)) return value;
  scanner.position = start;
  throw scanner.error(
    `Line ${String(scanner.line)}, column ${name}: found ${quoted(scanner.takeField())}; expected a finite coordinate.`,
  );
}

function readValue(
  scanner: LineScanner,
  name: string,
  stores: Map<string, Store>,
  atomIndex: number,
  nAtoms: number,
): void {
  const store = stores.get(name) ?? newStore(scanner, name, nAtoms);
  if (atomIndex === 0) stores.set(name, store);
  const start = scanner.position;
  if (store.kind === "text") {
    store.values.push(scanner.takeField());
    return;
  }
  const value = store.isInteger ? takeInteger(scanner) : takeReal(scanner);
  if (value === undefined) {
    scanner.position = start;
    throw scanner.error(
      `Line ${String(scanner.line)}, column ${name}: found ${quoted(scanner.takeField())}; expected ${store.isInteger ? "a whole number" : "a number"}.`,
    );
  }
  store.values[atomIndex] = value;
}

/** The first atom shows whether a column holds text. */
function newStore(scanner: LineScanner, name: string, nAtoms: number): Store {
  const start = scanner.position;
  const isNumber = parseDecimal(scanner.takeField()) !== undefined;
  scanner.position = start;
  if (!isNumber) return { kind: "text", values: [] };
  return {
    kind: "number",
    isInteger: INTEGER_COLUMN.test(name),
    values: new Float64Array(nAtoms),
  };
}

function columnsOf(stores: ReadonlyMap<string, Store>): Record<string, AtomColumn> {
  const columns: Record<string, AtomColumn> = {};
  const used = new Set<string>();
  for (const [name, store] of stores) {
    const vector = VECTORS.find(({ parts }) => parts.includes(name));
    const parts = vector?.parts.map((part) => stores.get(part));
    if (vector !== undefined && parts?.every((part) => part?.kind === "number")) {
      if (!used.has(vector.name)) columns[vector.name] = vectorColumn(parts);
      used.add(vector.name);
      continue;
    }
    const free = columnName(name, columns);
    columns[free] =
      store.kind === "text"
        ? { type: "S", components: 1, values: store.values }
        : { type: store.isInteger ? "I" : "R", components: 1, values: store.values };
  }
  return columns;
}

function vectorColumn(
  parts: readonly (Extract<Store, { readonly kind: "number" }> | undefined)[],
): AtomColumn {
  const nAtoms = parts[0]?.values.length ?? 0;
  const values = new Float64Array(3 * nAtoms);
  parts.forEach((part, k) => {
    part?.values.forEach((value, i) => {
      values[3 * i + k] = value;
    });
  });
  return { type: parts.every((part) => part?.isInteger) ? "I" : "R", components: 3, values };
}

/** A name that extended XYZ can write: `c_1[2]` becomes `c_1_2`. */
function columnName(name: string, taken: Readonly<Record<string, AtomColumn>>): string {
  let free = name.replace(/\[(\d+)\]/gu, "_$1").replace(/[:="'{}[\]\\,]/gu, "_");
  while (RESERVED.has(free) || Object.hasOwn(taken, free)) free += "_";
  return free;
}
