/** VASP's POSCAR: writer. What it writes, {@link readPoscar}, ASE, OVITO and VASP 5 and 6 read back. */
import { StudioError } from "../errors.ts";
import { inverseCell, isZeroVolume } from "../structures/cell.ts";
import { speciesSymbol } from "../structures/species.ts";
import type { Structure } from "../structures/structure.ts";

const THREE: readonly number[] = [0, 1, 2];

/**
 * One structure as a VASP 5 POSCAR: comment, scale factor 1, cell vectors in Å, species and their
 * counts, fractional ("Direct") coordinates f = r · A⁻¹ with A the matrix of row vectors.
 *
 * Atoms are grouped by species in the order in which the species first appear, and keep their order
 * within a group. Every number is the shortest decimal that gives the same double again; positions
 * come back to rounding of the product f · A (a few 10⁻¹⁶ of the cell's size). POSCAR has no place
 * for periodicity (VASP repeats in all directions), comment-line information and other columns. A
 * left-handed cell, which VASP refuses, is written with b and c exchanged: the same crystal.
 *
 * @param options - `comment`: the first line; the species symbols when left out.
 * @throws StudioError INVALID_PARAMETER for a structure without atoms, without a cell of three
 *   independent vectors, with the dummy species X or with a coordinate that is not finite, and for
 *   a comment of several lines.
 */
export function writePoscar(
  structure: Structure,
  options: { readonly comment?: string | undefined } = {},
): string {
  const cell = requireCell(structure);
  const order = groupedAtoms(structure);
  const symbols = order.map(({ symbol }) => symbol);
  const comment = options.comment ?? symbols.join(" ");
  if (/[\r\n]/u.test(comment)) {
    throw refused("The comment of a POSCAR has several lines; expected one line.");
  }
  const inverse = inverseCell(cell);
  const lines = [comment, "1.0"];
  for (const k of THREE) lines.push(numbersText(cell.subarray(3 * k, 3 * k + 3)));
  lines.push(symbols.join(" "), order.map(({ atoms }) => atoms.length).join(" "), "Direct");
  for (const { atoms } of order) {
    for (const i of atoms) lines.push(numbersText(fractional(structure.positions, i, inverse)));
  }
  return `${lines.join("\n")}\n`;
}

function refused(message: string, remedy?: string): StudioError {
  return new StudioError("INVALID_PARAMETER", message, { remedy });
}

/** The cell that is written. */
function requireCell({ cell, positions, nAtoms }: Structure): Float64Array {
  if (nAtoms === 0) throw refused("A POSCAR of no atoms; expected at least one.");
  if (cell === null || isZeroVolume(cell, [true, true, true])) {
    const found =
      cell === null ? "no cell" : `the cell ${numbersText(cell)}, whose vectors are dependent`;
    throw refused(
      `A structure to be written as POSCAR has ${found}; expected three independent cell vectors, because VASP's structures are periodic.`,
      "Give the structure a cell (a box with vacuum around a molecule), or write extended XYZ.",
    );
  }
  if (!positions.every(Number.isFinite)) {
    throw refused("A structure to be written as POSCAR has a coordinate that is not finite.");
  }
  return rightHanded(cell);
}

function rightHanded(cell: Float64Array): Float64Array {
  const [ax = 0, ay = 0, az = 0, bx = 0, by = 0, bz = 0, cx = 0, cy = 0, cz = 0] = cell;
  const determinant =
    ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  if (determinant > 0) return cell;
  return Float64Array.of(ax, ay, az, cx, cy, cz, bx, by, bz);
}

interface Group {
  readonly symbol: string;
  readonly atoms: number[];
}

/** The atoms of each species, species by first appearance. */
function groupedAtoms({ species }: Structure): Group[] {
  const groups = new Map<number, Group>();
  species.forEach((atomicNumber, i) => {
    if (atomicNumber === 0) {
      throw refused(
        `Atom ${String(i)} is the dummy species X, which VASP does not know; expected an element.`,
        "Remove the atom, or write extended XYZ.",
      );
    }
    const group = groups.get(atomicNumber) ?? { symbol: speciesSymbol(atomicNumber), atoms: [] };
    group.atoms.push(i);
    groups.set(atomicNumber, group);
  });
  return [...groups.values()];
}

function fractional(positions: Float64Array, i: number, inverse: Float64Array): Float64Array {
  return Float64Array.from(THREE, (d) =>
    THREE.reduce((sum, k) => sum + (positions[3 * i + k] ?? 0) * (inverse[3 * k + d] ?? 0), 0),
  );
}

function numbersText(values: Float64Array): string {
  return Array.from(values, String).join(" ");
}
