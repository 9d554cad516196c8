/**
 * LAMMPS text dumps: reader.
 *
 * Format: LAMMPS documentation, "dump command" (styles atom and custom). Any number of frames, each
 * of ITEM blocks: TIMESTEP, NUMBER OF ATOMS, BOX BOUNDS, ATOMS, and optionally UNITS and TIME.
 */
import type { AtomColumn, InfoValue, Structure } from "../structures/structure.ts";
import { orderOfIds, reordered, reorderedColumn } from "./atomOrder.ts";
import { dumpTable } from "./lammpsDumpTable.ts";
import type { DumpTable } from "./lammpsDumpTable.ts";
import { boxOfBoundingBox, requireAngstrom, requireBox, restrictedBox } from "./lammpsBox.ts";
import type { LammpsBox } from "./lammpsBox.ts";
import { quoted } from "./lineScanner.ts";
import type { LineScanner } from "./lineScanner.ts";
import {
  ReadProgress,
  atomsMissing,
  openText,
  requireInteger,
  requireLine,
  requireLinesLeft,
  requireReal,
} from "./textFile.ts";
import type { ReadOptions } from "./textFile.ts";

const LETTER_I = 73;

/** A box with its periodicity. */
interface Frame {
  box: (LammpsBox & { readonly pbc: Structure["pbc"] }) | undefined;
  nAtoms: number;
  countLine: number;
  readonly info: Record<string, InfoValue>;
}

/**
 * Reads the frames of a LAMMPS text dump.
 *
 * Atoms are ordered by id when the frame has ids. Species come from `typeSpecies`, else from the
 * columns element, typelabel, mass or from types that are symbols. Positions come from x y z, else
 * xs ys zs (origin + s · cell), else xu yu zu, else xsu ysu zsu. Periodic where both boundaries are
 * `p`. All other columns are kept: vx vy vz as `velocities`, fx fy fz as `forces`, ix iy iz as
 * `image`, the rest under their names (`c_1[2]` as `c_1_2`). `info.timestep` is the time step.
 *
 * @param bytes - the file, gzipped or not.
 * @throws StudioError INVALID_FILE with file, line, frame and excerpt, also when the species cannot
 *   be known, the boundary conditions are missing or the units are not metal or real; CANCELLED;
 *   OUT_OF_MEMORY.
 */
export function readLammpsDump(bytes: Uint8Array, options: ReadOptions = {}): Structure[] {
  const scanner = openText(bytes, options, "LAMMPS dump");
  const progress = new ReadProgress(scanner, options);
  const structures: Structure[] = [];
  let frame = emptyFrame();
  let isStarted = false;
  while (structures.length < (options.maxStructures ?? Infinity) && nextFilledLine(scanner)) {
    progress.poll();
    scanner.structureIndex = structures.length;
    const item = itemOf(scanner);
    if (item.startsWith("ATOMS")) {
      structures.push(readAtoms(scanner, progress, frame, item, options.typeSpecies));
      frame = emptyFrame();
      isStarted = false;
    } else {
      readItem(scanner, item, frame);
      isStarted = true;
    }
  }
  if (isStarted || structures.length === 0) {
    throw scanner.error(
      `The file ends after line ${String(scanner.line)} before the atoms of frame ${String(structures.length)}; expected "ITEM: ATOMS".`,
      "The file may have been cut off: copy it again.",
    );
  }
  progress.end();
  return structures;
}

function emptyFrame(): Frame {
  return { box: undefined, nAtoms: 0, countLine: 0, info: {} };
}

function nextFilledLine(scanner: LineScanner): boolean {
  while (scanner.nextLine()) if (scanner.nextField()) return true;
  return false;
}

/** What follows "ITEM:" on the current line. */
function itemOf(scanner: LineScanner): string {
  const line = scanner.lineText().trim();
  if (line.startsWith("ITEM:")) return line.slice(5).trim();
  throw scanner.error(
    `Line ${String(scanner.line)}: found ${quoted(line)}; expected a line that begins with "ITEM:".`,
    "Check the number of atoms of the frame before, and that this is a LAMMPS text dump.",
  );
}

function readItem(scanner: LineScanner, item: string, frame: Frame): void {
  if (item.startsWith("BOX BOUNDS")) {
    frame.box = readBox(scanner, item.split(/\s+/u).slice(2));
    return;
  }
  if (!["TIMESTEP", "TIME", "UNITS", "NUMBER OF ATOMS"].includes(item)) {
    throw scanner.error(
      `Line ${String(scanner.line)}: "ITEM: ${item}" is not of a dump of atoms; expected TIMESTEP, NUMBER OF ATOMS, BOX BOUNDS, ATOMS, UNITS or TIME.`,
      "Write the dump with style atom or custom.",
    );
  }
  requireLine(scanner, `the value of ${item}`);
  if (item === "TIMESTEP") {
    frame.info["timestep"] = requireInteger(scanner, "time step", -Infinity);
  } else if (item === "TIME") frame.info["time"] = requireReal(scanner, "time");
  else if (item === "UNITS") requireAngstrom(scanner, scanner.lineText().trim());
  else {
    frame.nAtoms = requireInteger(scanner, "number of atoms", 1);
    frame.countLine = scanner.line;
  }
}

/** @param words - of the item's line: tilt names, `abc origin`, boundary flags. */
function readBox(scanner: LineScanner, words: readonly string[]): NonNullable<Frame["box"]> {
  const headLine = scanner.line;
  const isGeneral = words[0] === "abc";
  const tiltNames = words.filter((word) => /^(?:xy|xz|yz)$/u.test(word));
  const flags = words.filter((word) => /^[pfsm]{2}$/u.test(word));
  if (flags.length !== 3) {
    throw scanner.error(
      `Line ${String(headLine)} does not say the boundary conditions; expected three flags such as "ITEM: BOX BOUNDS pp pp pp" (p is periodic).`,
      "Add the flags to the line.",
    );
  }
  const [px, py, pz] = flags.map((flag) => flag === "pp");
  const pbc = [px === true, py === true, pz === true] as const;
  const nColumns = isGeneral ? 4 : tiltNames.length === 3 ? 3 : 2;
  const rows = ["x", "y", "z"].map((axis) => {
    requireLine(scanner, `the bounds of the box along ${axis}`);
    const row = Array.from({ length: nColumns }, () => requireReal(scanner, "box bound"));
    if (!scanner.nextField()) return row;
    throw scanner.error(
      `Line ${String(scanner.line)} has more than the ${String(nColumns)} numbers that line ${String(headLine)} announces.`,
    );
  });
  const box = requireBox(scanner, boxOfRows(rows, isGeneral, tiltNames), !isGeneral);
  return { ...box, pbc };
}

function boxOfRows(
  rows: readonly (readonly number[])[],
  isGeneral: boolean,
  tiltNames: readonly string[],
): LammpsBox {
  if (isGeneral) {
    return {
      cell: Float64Array.from(rows.flatMap((row) => row.slice(0, 3))),
      origin: rows.map((row) => row[3] ?? 0),
    };
  }
  const bounds = rows.flatMap((row) => row.slice(0, 2));
  if (tiltNames.length !== 3) return restrictedBox(bounds, [0, 0, 0]);
  const tilt = ["xy", "xz", "yz"].map((name) => rows[tiltNames.indexOf(name)]?.[2] ?? 0);
  return boxOfBoundingBox(bounds, tilt);
}

function readAtoms(
  scanner: LineScanner,
  progress: ReadProgress,
  { box, nAtoms, countLine, info }: Frame,
  item: string,
  typeSpecies: readonly number[] | undefined,
): Structure {
  if (box === undefined || nAtoms === 0) {
    const missing = box === undefined ? "BOX BOUNDS" : "NUMBER OF ATOMS";
    throw scanner.error(
      `Line ${String(scanner.line)}: the frame has no "ITEM: ${missing}"; expected it before the atoms.`,
    );
  }
  const names = item.split(/\s+/u).slice(1);
  const atomsLine = scanner.line;
  requireLinesLeft(scanner, nAtoms, names.length, countLine);
  const table = dumpTable(scanner, names, nAtoms, typeSpecies);
  for (let i = 0; i < nAtoms; i++) {
    progress.pollAt(i);
    if (!scanner.nextLine()) throw atomsMissing(scanner, i, nAtoms, countLine);
    readRow(scanner, table, i, { nAtoms, countLine, nColumns: names.length });
  }
  const order = orderOf(scanner, table, atomsLine);
  const columns: Record<string, AtomColumn> = {};
  for (const [name, column] of Object.entries(table.columns())) {
    columns[name] = order === undefined ? column : reorderedColumn(column, order);
  }
  const positions = cartesian(table, box);
  return {
    nAtoms,
    species: order === undefined ? table.species : reordered(table.species, 1, order),
    positions: order === undefined ? positions : reordered(positions, 3, order),
    cell: box.cell,
    pbc: box.pbc,
    info,
    columns,
  };
}

function readRow(
  scanner: LineScanner,
  table: DumpTable,
  i: number,
  expected: { readonly nAtoms: number; readonly countLine: number; readonly nColumns: number },
): void {
  const { nAtoms, countLine, nColumns } = expected;
  if (scanner.bytes[scanner.lineStart] === LETTER_I && scanner.lineText().startsWith("ITEM:")) {
    throw scanner.error(
      `The frame ends before line ${String(scanner.line)} with ${String(i)} of the ${String(nAtoms)} atoms that line ${String(countLine)} declares.`,
      "Correct the number of atoms or restore the missing lines.",
    );
  }
  if (table.read(scanner, i) && !scanner.nextField()) return;
  throw scanner.error(
    `Line ${String(scanner.line)} has ${String(scanner.countFields())} columns; expected ${String(nColumns)}, as "ITEM: ATOMS" names them.`,
  );
}

function orderOf(
  scanner: LineScanner,
  { ids }: DumpTable,
  atomsLine: number,
): Uint32Array | undefined {
  if (ids === undefined) return undefined;
  const found = orderOfIds(ids);
  if ("order" in found) return found.order;
  const [first, second] = found.twice;
  throw scanner.errorAt(
    atomsLine + 1 + second,
    `Atom id ${String(ids[second])} is given twice, for the first time on line ${String(atomsLine + 1 + first)}.`,
  );
}

function cartesian({ coordinates, isScaled }: DumpTable, box: LammpsBox): Float64Array {
  if (!isScaled) return coordinates;
  const { cell, origin } = box;
  const positions = new Float64Array(coordinates.length);
  for (let i = 0; i < coordinates.length; i += 3) {
    const [u, v, w] = [coordinates[i]!, coordinates[i + 1]!, coordinates[i + 2]!];
    for (let k = 0; k < 3; k++) {
      positions[i + k] = origin[k]! + (u * cell[k]! + v * cell[3 + k]! + w * cell[6 + k]!);
    }
  }
  return positions;
}
