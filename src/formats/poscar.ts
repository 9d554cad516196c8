/**
 * VASP's POSCAR and CONTCAR: reader.
 *
 * Format: VASP wiki, "POSCAR". VASP 5 (species line) and VASP 4 (species in the title by custom),
 * one or three scale factors or a volume, selective dynamics, Direct or Cartesian, velocities.
 */
import { cellVolume, isZeroVolume } from "../structures/cell.ts";
import type { AtomColumn, Structure } from "../structures/structure.ts";
import { quoted } from "./lineScanner.ts";
import type { LineScanner } from "./lineScanner.ts";
import { parseDecimal } from "./decimal.ts";
import { readSpeciesCounts } from "./poscarSpecies.ts";
import type { SpeciesCounts } from "./poscarSpecies.ts";
import {
  ReadProgress,
  atomsMissing,
  openText,
  requireLine,
  requireLinesLeft,
  requireReal,
} from "./textFile.ts";
import type { ReadOptions } from "./textFile.ts";

type Scale = readonly [number, number, number];

/**
 * Reads the structure of a POSCAR, CONTCAR or the like (the head of a CHGCAR).
 *
 * Periodic in all directions. The title is kept as `info.comment`, selective dynamics as column
 * `move_mask` (T where the atom may move along a, b, c; the name that ASE uses), Cartesian
 * velocities as column `velocities`, Å/fs. Velocities in direct coordinates, whose unit is a time
 * step that the file does not say, and the predictor–corrector block are not read.
 *
 * @param bytes - the file, gzipped or not.
 * @throws StudioError INVALID_FILE with file, line and excerpt; CANCELLED; OUT_OF_MEMORY when the
 *   uncompressed text would be too large.
 */
export function readPoscar(bytes: Uint8Array, options: ReadOptions = {}): Structure {
  const scanner = openText(bytes, options, "POSCAR");
  const progress = new ReadProgress(scanner, options);
  progress.poll();
  scanner.structureIndex = 0;
  requireLine(scanner, "the title of a POSCAR");
  const title = scanner.lineText().trim();
  const factors = readScale(scanner);
  const { cell, scale } = readCell(scanner, factors);
  requireLine(scanner, "the species or their counts");
  const counts = readSpeciesCounts(scanner, title, () => {
    requireLine(scanner, "the number of atoms of each species");
  });
  const mode = readMode(scanner);
  const frame = { cell, scale, isCartesian: mode.isCartesian };
  const { positions, mask } = readAtoms(scanner, counts, frame, mode.isSelective, progress);
  const columns: Record<string, AtomColumn> = {};
  if (mask !== undefined) columns["move_mask"] = { type: "L", components: 3, values: mask };
  const nAtoms = positions.length / 3;
  const velocities = readVelocities(scanner, nAtoms, progress);
  if (velocities !== undefined) {
    columns["velocities"] = { type: "R", components: 3, values: velocities };
  }
  progress.end();
  const info: Structure["info"] = title === "" ? {} : { comment: title };
  const species = speciesOfAtoms(counts, nAtoms);
  return { nAtoms, species, positions, cell, pbc: [true, true, true], info, columns };
}

function speciesOfAtoms({ species, counts }: SpeciesCounts, nAtoms: number): Uint8Array {
  const ofAtoms = new Uint8Array(nAtoms);
  let start = 0;
  counts.forEach((count, group) => {
    ofAtoms.fill(species[group] ?? 0, start, start + count);
    start += count;
  });
  return ofAtoms;
}

/** One factor (negative: the volume) or three. */
function readScale(scanner: LineScanner): readonly number[] {
  requireLine(scanner, "the scale factor");
  const factors: number[] = [];
  while (factors.length < 3 && scanner.nextField()) {
    const value = parseDecimal(scanner.takeField());
    if (value === undefined) break;
    factors.push(value);
  }
  const [first = 0] = factors;
  const isLegal =
    factors.length === 1
      ? first !== 0 && Number.isFinite(first)
      : factors.length === 3 && factors.every((value) => value > 0 && Number.isFinite(value));
  if (isLegal) return factors;
  throw scanner.error(
    `Line ${String(scanner.line)}: found ${quoted(scanner.lineText().trim())}; expected the scale factor of a POSCAR: one number that is not zero (negative: the cell volume in Å³), or three positive ones.`,
    "Check that this is a POSCAR file.",
  );
}

function readCell(
  scanner: LineScanner,
  factors: readonly number[],
): { readonly cell: Float64Array; readonly scale: Scale } {
  const cell = new Float64Array(9);
  for (const [row, name] of ["a", "b", "c"].entries()) {
    requireLine(scanner, `cell vector ${name}`);
    for (const [k, axis] of ["x", "y", "z"].entries()) {
      cell[3 * row + k] = requireReal(scanner, `component ${axis} of cell vector ${name}`);
    }
  }
  const isFlat = isZeroVolume(cell, [true, true, true]);
  const scale = scaleOf(factors, isFlat ? 1 : cellVolume(cell));
  for (let i = 0; i < 9; i++) cell[i] = (cell[i] ?? 0) * (scale[i % 3] ?? 1);
  if (!isFlat && cell.every(Number.isFinite)) return { cell, scale };
  throw scanner.error(
    `The cell vectors on lines ${String(scanner.line - 2)} to ${String(scanner.line)} are dependent or too large; expected three independent vectors in Å.`,
  );
}

function scaleOf(
  [first = 1, second = first, third = first]: readonly number[],
  volume: number,
): Scale {
  if (first > 0) return [first, second, third];
  const factor = Math.cbrt(-first / volume);
  return [factor, factor, factor];
}

/** Reads "Selective dynamics", if there, and the line that says what the coordinates are. */
function readMode(scanner: LineScanner): {
  readonly isSelective: boolean;
  readonly isCartesian: boolean;
} {
  requireLine(scanner, 'a line "Direct" or "Cartesian"');
  const isSelective = /^\s*s/iu.test(scanner.lineText());
  if (isSelective) requireLine(scanner, 'a line "Direct" or "Cartesian"');
  const line = scanner.lineText().trim();
  if (/^direct\s+configuration\s*=/iu.test(line)) {
    throw scanner.error(
      "The file is an XDATCAR, a trajectory; expected a POSCAR or CONTCAR.",
      "Convert it to extended XYZ, for example with ASE.",
    );
  }
  // VASP looks at the first letter only.
  if (/^[a-z]/iu.test(line)) return { isSelective, isCartesian: /^[ck]/iu.test(line) };
  throw scanner.error(
    `Line ${String(scanner.line)}: found ${quoted(line)}; expected "Direct" or "Cartesian" before the coordinates.`,
  );
}

function readAtoms(
  scanner: LineScanner,
  { counts, line }: SpeciesCounts,
  frame: { readonly cell: Float64Array; readonly scale: Scale; readonly isCartesian: boolean },
  isSelective: boolean,
  progress: ReadProgress,
): { readonly positions: Float64Array; readonly mask: Uint8Array | undefined } {
  const nAtoms = counts.reduce((sum, count) => sum + count, 0);
  requireLinesLeft(scanner, nAtoms, isSelective ? 6 : 3, line);
  const positions = new Float64Array(3 * nAtoms);
  const mask = isSelective ? new Uint8Array(3 * nAtoms) : undefined;
  const { cell, scale, isCartesian } = frame;
  for (let i = 0; i < nAtoms; i++) {
    progress.pollAt(i);
    if (!scanner.nextLine()) throw atomsMissing(scanner, i, nAtoms, line);
    const u = requireReal(scanner, "first coordinate");
    const v = requireReal(scanner, "second coordinate");
    const w = requireReal(scanner, "third coordinate");
    for (let k = 0; k < 3; k++) {
      positions[3 * i + k] = isCartesian
        ? [u, v, w][k]! * scale[k]!
        : u * cell[k]! + v * cell[3 + k]! + w * cell[6 + k]!;
    }
    if (mask !== undefined) readFlags(scanner, mask, 3 * i);
  }
  return { positions, mask };
}

function readFlags(scanner: LineScanner, mask: Uint8Array, start: number): void {
  for (let k = 0; k < 3; k++) {
    const text = scanner.nextField() ? scanner.takeField() : "";
    // A Fortran logical: its first letter after a point counts.
    const flag = /^\.?([tf])/iu.exec(text)?.[1]?.toUpperCase();
    if (flag === undefined) {
      throw scanner.error(
        `Line ${String(scanner.line)}: found ${text === "" ? "no" : quoted(text)} flag ${String(k + 1)} of selective dynamics; expected three of T and F after the coordinates.`,
      );
    }
    mask[start + k] = flag === "T" ? 1 : 0;
  }
}

/** Cartesian velocities, Å/fs, if the lines after the atoms are such. */
function readVelocities(
  scanner: LineScanner,
  nAtoms: number,
  progress: ReadProgress,
): Float64Array | undefined {
  if (!scanner.nextLine()) return undefined;
  if (/^\s*l/iu.test(scanner.lineText())) {
    // "Lattice velocities and vectors": a state, three velocities, three vectors; then as without.
    for (let line = 0; line < 8; line++) if (!scanner.nextLine()) return undefined;
  }
  const isDirect = /^\s*d/iu.test(scanner.lineText());
  if (isDirect || !scanner.nextLine()) return undefined;
  const words = scanner.lineText().trim().split(/\s+/u);
  // One word begins the predictor–corrector block, three whole numbers the grid of a CHGCAR.
  const isOther = words.length < 3 || words.every((word) => /^\d+$/u.test(word));
  if (isOther) return undefined;
  const firstLine = scanner.line;
  const velocities = new Float64Array(3 * nAtoms);
  for (let i = 0; i < nAtoms; i++) {
    progress.pollAt(i);
    if (i > 0 && !scanner.nextLine()) {
      throw scanner.error(
        `The file ends after ${String(i)} of the ${String(nAtoms)} velocities that begin on line ${String(firstLine)}.`,
        "The file may have been cut off: copy it again, or remove the velocities.",
      );
    }
    for (let k = 0; k < 3; k++) velocities[3 * i + k] = requireReal(scanner, "velocity");
  }
  return velocities;
}
