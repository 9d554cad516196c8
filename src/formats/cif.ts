/**
 * Crystallographic information files: reader.
 *
 * Format: CIF 1.1 with the core dictionary (International Tables for Crystallography G). The atoms
 * of the asymmetric unit are multiplied by the symmetry operations that the file lists.
 */
import { isZeroVolume } from "../structures/cell.ts";
import { neighborList } from "../structures/neighborList.ts";
import { atomicNumberOf } from "../structures/species.ts";
import type { AtomColumn, Structure } from "../structures/structure.ts";
import { cifBlocks } from "./cifSyntax.ts";
import type { CifBlock, CifValue } from "./cifSyntax.ts";
import { cifOperations } from "./cifSymmetry.ts";
import { parseDecimal } from "./decimal.ts";
import { quoted } from "./lineScanner.ts";
import type { LineScanner } from "./lineScanner.ts";
import { appliedTo } from "./symmetryOperations.ts";
import type { SymmetryOperation } from "./symmetryOperations.ts";
import { ReadProgress, openText } from "./textFile.ts";
import type { ReadOptions } from "./textFile.ts";

/** Images of a site this close, in each fractional coordinate, are one atom (as in ASE). */
const MERGED_FRACTION = 1e-3;

/** … or this close, Å. */
const MERGED_DISTANCE = 0.05;

/** Atoms closer than this, Å, cannot both be there. */
const SHORTEST_DISTANCE = 0.5;

const AXES = ["x", "y", "z"] as const;

/**
 * Reads the structures of a CIF: one for each data block with atoms, the others are passed over.
 *
 * Positions are wrapped into the cell, whose a lies along x and b in the xy plane. Images of a site
 * on a special position are merged when closer than 10⁻³ in each fraction or 0.05 Å; the first
 * stays. `info.data_block` is the block's name, column `site` the label of each atom's site.
 *
 * Refused, each with its reason: partial occupancies and disorder, implicit hydrogens, unknown
 * elements, Cartesian coordinates, missing cells, space groups other than P1 without their
 * operations, lists of operations that are no group or lack the centering, modulated and magnetic
 * structures, atoms closer than 0.5 Å.
 *
 * @param bytes - the file, gzipped or not.
 * @throws StudioError INVALID_FILE with file, line, structure and excerpt; CANCELLED;
 *   OUT_OF_MEMORY.
 */
export function readCif(bytes: Uint8Array, options: ReadOptions = {}): Structure[] {
  const scanner = openText(bytes, options, "CIF");
  const progress = new ReadProgress(scanner, options);
  const structures: Structure[] = [];
  progress.poll();
  scanner.structureIndex = 0;
  for (const block of cifBlocks(scanner, progress)) {
    if (structures.length >= (options.maxStructures ?? Infinity)) break;
    scanner.structureIndex = structures.length;
    if ([...block.values.keys()].some((key) => /^_atom_site_(?:fract|cartn)_/u.test(key))) {
      structures.push(structureOf(scanner, block, progress));
    }
  }
  if (structures.length === 0) {
    throw scanner.error(
      "The file holds no structure; expected a data block with atom sites (_atom_site_fract_x, …).",
      "Check that the CIF holds coordinates.",
    );
  }
  progress.end();
  return structures;
}

/** A site of the asymmetric unit. */
interface Site {
  readonly label: string;
  readonly line: number;
  readonly species: number;
  readonly fraction: readonly number[];
}

function structureOf(scanner: LineScanner, block: CifBlock, progress: ReadProgress): Structure {
  rejectSpecial(scanner, block);
  const cell = cellOf(scanner, block);
  const sites = sitesOf(scanner, block);
  const operations = cifOperations(scanner, block);
  const fractions: number[] = [];
  const owners: number[] = [];
  sites.forEach((site, index) => {
    progress.pollAt(index);
    for (const point of orbit(site, operations, cell)) {
      fractions.push(...point);
      owners.push(index);
    }
  });
  const nAtoms = owners.length;
  const positions = new Float64Array(3 * nAtoms);
  for (let i = 0; i < nAtoms; i++) {
    const [u, v, w] = [fractions[3 * i]!, fractions[3 * i + 1]!, fractions[3 * i + 2]!];
    for (let k = 0; k < 3; k++) {
      positions[3 * i + k] = u * cell[k]! + v * cell[3 + k]! + w * cell[6 + k]!;
    }
  }
  const species = Uint8Array.from(owners, (owner) => sites[owner]?.species ?? 0);
  const columns: Record<string, AtomColumn> = {};
  if (sites.every(({ label }) => /^[^\s\p{Cc}]+$/u.test(label))) {
    const values = owners.map((owner) => sites[owner]?.label ?? "");
    columns["site"] = { type: "S", components: 1, values };
  }
  const info: Structure["info"] = block.name === "" ? {} : { data_block: block.name };
  const structure: Structure = {
    nAtoms,
    species,
    positions,
    cell,
    pbc: [true, true, true],
    info,
    columns,
  };
  rejectOverlap(scanner, structure, owners, sites);
  return structure;
}

/** Structures that are more, or less, than atoms in a cell. */
function rejectSpecial(scanner: LineScanner, { values, line }: CifBlock): void {
  const modulation = values.get("_cell_modulation_dimension")?.[0];
  if (modulation !== undefined && Number(modulation.text) > 0) {
    throw scanner.errorAt(modulation.line, "The structure is modulated, which is not read.");
  }
  if ([...values.keys()].some((key) => /^_space_group_(?:symop_)?magn/u.test(key))) {
    throw scanner.errorAt(
      line,
      "The data block is a magnetic structure, whose symmetry operations are not read.",
      "Save the structure without its magnetic moments, in P 1.",
    );
  }
}

/**
 * The cell of lengths and angles, a along x, b in the xy plane.
 * Cosines of right angles are exactly 0 (as in ASE).
 */
function cellOf(scanner: LineScanner, block: CifBlock): Float64Array {
  const [a, b, c, alpha, beta, gamma] = [
    "length_a",
    "length_b",
    "length_c",
    "angle_alpha",
    "angle_beta",
    "angle_gamma",
  ].map((name) => cellParameter(scanner, block, name)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const cosine = (angle: number): number => (angle === 90 ? 0 : Math.cos((angle * Math.PI) / 180));
  const sine = gamma === 90 ? 1 : Math.sin((gamma * Math.PI) / 180);
  const cx = cosine(beta);
  const cy = (cosine(alpha) - cosine(beta) * cosine(gamma)) / sine;
  const square = 1 - cx * cx - cy * cy;
  const cz = Math.sqrt(Math.max(0, square));
  const cell = Float64Array.of(a, 0, 0, b * cosine(gamma), b * sine, 0, c * cx, c * cy, c * cz);
  if (square > 0 && !isZeroVolume(cell, [true, true, true])) return cell;
  const line = block.values.get("_cell_angle_gamma")?.[0]?.line ?? block.line;
  throw scanner.errorAt(
    line,
    `The cell angles ${String(alpha)}, ${String(beta)}, ${String(gamma)} span no volume; expected angles of a parallelepiped in degrees.`,
  );
}

function cellParameter(scanner: LineScanner, { values, line }: CifBlock, name: string): number {
  const isLength = name.startsWith("length");
  const found = values.get(`_cell_${name}`)?.[0];
  if (found === undefined) {
    throw scanner.errorAt(
      line,
      `The data block has no _cell_${name}; expected the cell's three lengths and three angles.`,
    );
  }
  const value = numberOf(found.text);
  if (value !== undefined && value > 0 && value < (isLength ? 1e9 : 180)) return value;
  throw scanner.errorAt(
    found.line,
    `_cell_${name} is ${quoted(found.text)}; expected ${isLength ? "a positive length in Å" : "an angle between 0° and 180°"}.`,
  );
}

/** A number without its uncertainty: `5.431(2)`. */
function numberOf(text: string): number | undefined {
  const value = parseDecimal(text.replace(/\(\d*\)?$/u, ""));
  return Number.isFinite(value) ? value : undefined;
}

function sitesOf(scanner: LineScanner, { values, line }: CifBlock): Site[] {
  const columns = AXES.map((axis) => values.get(`_atom_site_fract_${axis}`));
  const [first] = columns;
  if (first === undefined || columns.some((column) => column?.length !== first.length)) {
    throw scanner.errorAt(
      line,
      "The atom sites have no fractional coordinates; expected _atom_site_fract_x, _y and _z in one loop.",
      "Cartesian coordinates of CIF are not read: save the structure with fractional ones.",
    );
  }
  const labels = values.get("_atom_site_label");
  const symbols = values.get("_atom_site_type_symbol");
  if (labels === undefined && symbols === undefined) {
    throw scanner.errorAt(
      first[0]?.line ?? line,
      "The atom sites have neither _atom_site_type_symbol nor _atom_site_label; expected the elements.",
    );
  }
  rejectDisorder(scanner, values);
  return first.map((value, index) => {
    const label = labels?.[index] ?? symbols?.[index] ?? value;
    const symbol = symbols?.[index];
    const species =
      symbol === undefined ? speciesOfLabel(label.text) : speciesOfSymbol(symbol.text);
    if (species === undefined) throw unknownSpecies(scanner, symbol ?? label, symbol !== undefined);
    const fraction = columns.map((column, axis) => {
      const found = column?.[index] ?? value;
      const coordinate = numberOf(found.text);
      if (coordinate !== undefined) return coordinate;
      throw scanner.errorAt(
        found.line,
        `Site ${label.text}: the fractional coordinate ${AXES[axis] ?? ""} is ${quoted(found.text)}; expected a number such as 0.25 or 0.2502(3).`,
      );
    });
    return { label: label.text, line: value.line, species, fraction };
  });
}

/** The element of `Si`, `SI`, `Si4+`, `O2-`; D is hydrogen. */
function speciesOfSymbol(text: string): number | undefined {
  const symbol = /^([A-Za-z]{1,2})(?![A-Za-z])/u.exec(text)?.[1];
  if (symbol === undefined) return undefined;
  const species = symbol.toUpperCase() === "D" ? 1 : atomicNumberOf(symbol);
  return species === 0 ? undefined : species;
}

/**
 * The element at the start of a label: `Si1`, `Ow2`, `OW1`. All in capitals, `CA1` may be carbon or
 * calcium and is refused, as are names such as `Wat1`.
 */
function speciesOfLabel(text: string): number | undefined {
  const [letters = ""] = /^[A-Za-z]*/u.exec(text) ?? [];
  if (/^[A-Z][a-z]{2}/u.test(letters)) return undefined;
  const one = speciesOfSymbol(letters.slice(0, 1));
  const two = letters.length < 2 ? undefined : speciesOfSymbol(letters.slice(0, 2));
  if (two === undefined || one === undefined) return two ?? one;
  return /^[A-Z][a-z]/u.test(letters) ? two : undefined;
}

function unknownSpecies(scanner: LineScanner, { text, line }: CifValue, isSymbol: boolean): Error {
  return scanner.errorAt(
    line,
    `Line ${String(line)}: ${quoted(text)} names no element with certainty; expected ${isSymbol ? "an element symbol such as Si or Si4+" : "a label that begins with one, such as Si1"}.`,
    isSymbol ? undefined : "Add a column _atom_site_type_symbol with the element symbols.",
  );
}

/** Only atoms that are all there can be described. */
function rejectDisorder(scanner: LineScanner, values: CifBlock["values"]): void {
  const label = (index: number): string =>
    (values.get("_atom_site_label") ?? values.get("_atom_site_type_symbol"))?.[index]?.text ?? "";
  values.get("_atom_site_occupancy")?.forEach(({ text, line }, index) => {
    const occupancy = isOpen(text) ? 1 : numberOf(text);
    if (occupancy !== undefined && Math.abs(occupancy - 1) < 1e-3) return;
    throw scanner.errorAt(
      line,
      `Site ${label(index)} has the occupancy ${quoted(text)}; expected 1, because a partly occupied site is no atom.`,
      "Make an ordered structure of it first.",
    );
  });
  for (const name of ["_atom_site_disorder_group", "_atom_site_disorder_assembly"]) {
    values.get(name)?.forEach(({ text, line }, index) => {
      if (isOpen(text)) return;
      throw scanner.errorAt(
        line,
        `Site ${label(index)} is disordered (${name} is ${quoted(text)}); expected ordered sites.`,
        "Make an ordered structure of it first.",
      );
    });
  }
  values.get("_atom_site_attached_hydrogens")?.forEach(({ text, line }, index) => {
    if (isOpen(text) || Number(text) === 0) return;
    throw scanner.errorAt(
      line,
      `Site ${label(index)} has ${quoted(text)} attached hydrogen atoms without coordinates; expected every atom as a site.`,
      "Add the hydrogen atoms first.",
    );
  });
}

/** CIF's "not applicable" and "unknown". */
function isOpen(text: string): boolean {
  return text === "." || text === "?";
}

/** The different images of a site, in [0, 1). */
function orbit(
  site: Site,
  operations: readonly SymmetryOperation[],
  cell: Float64Array,
): number[][] {
  const points: number[][] = [];
  for (const operation of operations) {
    const point = appliedTo(operation, site.fraction).map((value) => value - Math.floor(value));
    if (!points.some((known) => isMerged(known, point, cell))) points.push(point);
  }
  return points;
}

function isMerged(
  first: readonly number[],
  second: readonly number[],
  cell: Float64Array,
): boolean {
  const difference = first.map((value, k) => {
    const change = value - (second[k] ?? 0);
    return change - Math.round(change);
  });
  if (difference.every((value) => Math.abs(value) < MERGED_FRACTION)) return true;
  const [u = 0, v = 0, w = 0] = difference;
  const vector = [0, 1, 2].map((k) => u * cell[k]! + v * cell[3 + k]! + w * cell[6 + k]!);
  return Math.hypot(...vector) < MERGED_DISTANCE;
}

function rejectOverlap(
  scanner: LineScanner,
  structure: Structure,
  owners: readonly number[],
  sites: readonly Site[],
): void {
  const { offsets, neighbors, vectors } = neighborList(structure, SHORTEST_DISTANCE);
  const first = offsets.findIndex((offset) => offset > 0) - 1;
  if (first < 0) return;
  const pair = [first, neighbors[0] ?? first].map((atom) => sites[owners[atom] ?? 0]);
  const [one, other] = pair;
  const distance = Math.hypot(...vectors.subarray(0, 3)).toPrecision(2);
  const label = one?.label ?? "";
  throw scanner.errorAt(
    Math.max(one?.line ?? 1, other?.line ?? 1),
    one === other
      ? `Site ${label} is ${distance} Å from its own symmetry image; expected either a special position or at least ${String(SHORTEST_DISTANCE)} Å.`
      : `Sites ${label} and ${other?.label ?? ""} are ${distance} Å apart (or their symmetry images are); expected at least ${String(SHORTEST_DISTANCE)} Å.`,
    "Remove the duplicate site, or make an ordered structure of a disordered one first.",
  );
}
