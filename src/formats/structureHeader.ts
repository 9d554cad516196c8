/** What the comment line says about a whole structure: cell, periodicity, columns, information. */
import { isZeroVolume } from "../structures/cell.ts";
import type { InfoValue } from "../structures/structure.ts";
import { parseCommentLine } from "./commentLine.ts";
import type { LineScanner } from "./lineScanner.ts";
import { PLAIN_XYZ_PROPERTIES, parseProperties, propertyRoles } from "./propertiesHeader.ts";
import type { PropertyDeclaration, PropertyRoles } from "./propertiesHeader.ts";

/** The meaning of a comment line. */
export interface StructureHeader {
  readonly cell: Float64Array | null;
  readonly pbc: readonly [boolean, boolean, boolean];
  readonly info: Record<string, InfoValue>;
  readonly declarations: readonly PropertyDeclaration[];
  readonly roles: PropertyRoles;
  /** False for plain XYZ, where further columns may follow and are not read. */
  readonly hasProperties: boolean;
}

const LATTICE_EXAMPLE = 'Lattice="ax ay az bx by bz cx cy cz"';

/**
 * Reads the header from the comment line the scanner stands on.
 *
 * `Lattice`, `Properties` and `pbc` are also found in other letter case (as GPUMD and KLIFF write
 * them) when the exact spelling is absent. A comment without any `key=value` is plain XYZ's free
 * text and is kept as `info.comment`. Without `pbc`, a structure with a Lattice is periodic in all
 * directions (as in ASE and OVITO); without a Lattice in none.
 *
 * @throws StudioError INVALID_FILE.
 */
export function readStructureHeader(scanner: LineScanner): StructureHeader {
  const pairs = commentPairs(scanner);
  const propertiesValue = takeKey(pairs, "Properties");
  const latticeValue = takeKey(pairs, "Lattice");
  const pbcValue = takeKey(pairs, "pbc");
  const declarations =
    propertiesValue === undefined
      ? PLAIN_XYZ_PROPERTIES
      : orFail(scanner, parseProperties(String(propertiesValue)));
  const roles = orFail(scanner, propertyRoles(declarations));
  const lattice = latticeValue === undefined ? null : readLattice(scanner, latticeValue);
  if (typeof pbcValue === "boolean" && (pairs.get("T") === true || pairs.get("F") === true)) {
    throw scanner.error(
      "pbc has three values that are not quoted.",
      'Write them in quotes: pbc="T T F".',
    );
  }
  const pbc = pbcValue === undefined ? defaultPbc(lattice) : readPbc(scanner, pbcValue);
  return {
    cell: checkedCell(scanner, lattice, pbc),
    pbc,
    info: Object.fromEntries(pairs),
    declarations,
    roles,
    hasProperties: propertiesValue !== undefined,
  };
}

function commentPairs(scanner: LineScanner): Map<string, InfoValue> {
  const line = scanner.lineText().trim();
  if (line === "") return new Map();
  const free = new Map<string, InfoValue>([["comment", line]]);
  if (!line.includes("=")) return free;
  const pairs = parseCommentLine(line);
  if (pairs instanceof Map) return pairs;
  // Free text may hold an apostrophe or a stray "="; a real header with one is damaged.
  if (!/(?:Lattice|Properties|pbc)\s*=/iu.test(line)) return free;
  throw scanner.error(
    `The comment line has ${pairs.message} at character ${String(pairs.column)}; expected key=value pairs, values with spaces in quotes.`,
  );
}

function takeKey(pairs: Map<string, InfoValue>, name: string): InfoValue | undefined {
  const lowerCase = name.toLowerCase();
  const key = pairs.has(name)
    ? name
    : [...pairs.keys()].find((candidate) => candidate.toLowerCase() === lowerCase);
  if (key === undefined) return undefined;
  const value = pairs.get(key);
  pairs.delete(key);
  return value;
}

function orFail<T>(scanner: LineScanner, result: T | string): T {
  if (typeof result === "string") throw scanner.error(`${result}.`);
  return result;
}

function readLattice(scanner: LineScanner, value: InfoValue): Float64Array {
  const numbers = (Array.isArray(value) ? value.flat() : [value]) as readonly unknown[];
  if (numbers.length !== 9 || !numbers.every((n) => typeof n === "number")) {
    const found =
      numbers.length === 9 ? "a value that is no number" : `${String(numbers.length)} value(s)`;
    throw scanner.error(`Lattice has ${found}; expected nine numbers, ${LATTICE_EXAMPLE}.`);
  }
  if (!numbers.every(Number.isFinite)) {
    throw scanner.error(`Lattice has a value that is not finite; expected ${LATTICE_EXAMPLE}.`);
  }
  return Float64Array.from(numbers);
}

function defaultPbc(lattice: Float64Array | null): [boolean, boolean, boolean] {
  return lattice === null ? [false, false, false] : [true, true, true];
}

function readPbc(scanner: LineScanner, value: InfoValue): [boolean, boolean, boolean] {
  const flags = (Array.isArray(value) ? value.flat() : [value]) as readonly unknown[];
  const truth = flags.map((flag) =>
    flag === true || flag === 1 ? true : flag === false || flag === 0 ? false : undefined,
  );
  const [first, second = first, third = first] = truth;
  const counted = truth.length === 1 || truth.length === 3;
  if (!counted || first === undefined || second === undefined || third === undefined) {
    throw scanner.error(
      `pbc is ${JSON.stringify(value)}; expected three of T and F, such as pbc="T T F".`,
    );
  }
  return [first, second, third];
}

function checkedCell(
  scanner: LineScanner,
  lattice: Float64Array | null,
  pbc: readonly [boolean, boolean, boolean],
): Float64Array | null {
  const periodic = pbc.some(Boolean);
  if (lattice === null) {
    if (!periodic) return null;
    throw scanner.error(
      "pbc marks the structure as periodic but the line gives no Lattice.",
      `Add ${LATTICE_EXAMPLE} (Å) or write pbc="F F F".`,
    );
  }
  if (isZeroVolume(lattice, pbc)) {
    throw scanner.error(
      `The cell has zero volume: Lattice is ${Array.from(lattice).join(" ")} and pbc is ${pbc.map((flag) => (flag ? "T" : "F")).join(" ")}; expected linearly independent vectors along the periodic directions.`,
      'Correct the Lattice, or set pbc to F along directions without a cell vector, for example pbc="T T F".',
    );
  }
  // Programs write a zero Lattice for molecules: that is no cell.
  return lattice.every((component) => component === 0) ? null : lattice;
}
