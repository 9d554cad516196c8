/** Symmetry analysis: what a library must provide, and structures as it takes them. */
import { StudioError } from "../errors.ts";
import { completedCell, inverseCell, isZeroVolume } from "../structures/cell.ts";
import type { Structure } from "../structures/structure.ts";

/** A crystal periodic in three directions. */
export interface SymmetryCell {
  /** Rows a, b, c, Å (9 numbers). */
  readonly cell: Float64Array;
  /** 3 per atom. */
  readonly fractional: Float64Array;
  /** Atomic numbers. */
  readonly species: Uint8Array;
}

/** The symmetry found. */
export interface SymmetryReport {
  /** ITA number of the space group, 1 … 230. */
  readonly spaceGroup: number;
  /** Hermann–Mauguin symbol. */
  readonly symbol: string;
  /** For each atom the first atom of its crystallographic orbit. */
  readonly orbits: readonly number[];
  /** Wyckoff letter of each atom. */
  readonly wyckoffs: readonly string[];
  /** Distance within which atoms count as mapped onto each other, Å: the one that was used. */
  readonly symprec: number;
}

/** A symmetry finder. Synchronous; loading one may need Node, so the host injects it. */
export interface SymmetryAnalyzer {
  /** Library and version, for results and messages. */
  readonly description: string;
  /**
   * @param symprec - distance tolerance, Å
   * @throws StudioError `NO_CONVERGENCE` when the library finds no consistent symmetry
   */
  analyze(cell: SymmetryCell, symprec: number): SymmetryReport;
}

/** Space above a sheet, Å, besides what makes its cell taller than wide. */
const SPACE_ABOVE = 10;

/**
 * A structure as symmetry finders take it. Of a sheet (one direction not periodic) the third vector
 * is replaced by one perpendicular to the plane, longer than the sheet is thick and than both
 * others are: no rotation can then exchange it with the plane, so the space group is the layer
 * group with a perpendicular translation and has the same orbits.
 * @throws StudioError `INVALID_PARAMETER` for fewer than two periodic directions, or a cell without
 *   volume
 */
export function symmetryCell(structure: Structure): SymmetryCell {
  const { pbc, positions, species, nAtoms } = structure;
  const open = [0, 1, 2].filter((d) => pbc[d] !== true);
  if (open.length > 1 || nAtoms === 0 || structure.cell === null) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `Symmetry analysis of ${nAtoms} atoms periodic in ${3 - open.length} directions; expected a crystal or a sheet.`,
    );
  }
  const cell = completedCell(structure.cell, pbc);
  const [normal] = open;
  if (normal !== undefined) stretchNormal(cell, normal, positions);
  if (isZeroVolume(cell, [true, true, true])) {
    throw new StudioError("INVALID_PARAMETER", "Symmetry analysis of a cell without volume.");
  }
  const inverse = inverseCell(cell);
  const fractional = positions.map((_, index) => {
    const atom = index - (index % 3);
    let sum = 0;
    for (let k = 0; k < 3; k++) {
      sum += (positions[atom + k] ?? 0) * (inverse[3 * k + (index % 3)] ?? 0);
    }
    return sum;
  });
  return { cell, fractional, species };
}

/** The vector along `normal`, which comes with length 1, gets the sheet's thickness and space. */
function stretchNormal(cell: Float64Array, normal: number, positions: Float64Array): void {
  const unit = cell.slice(3 * normal, 3 * normal + 3);
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < positions.length; i += 3) {
    let height = 0;
    for (let k = 0; k < 3; k++) height += (positions[i + k] ?? 0) * (unit[k] ?? 0);
    low = Math.min(low, height);
    high = Math.max(high, height);
  }
  const widths = [1, 2].map((step) => {
    const d = (normal + step) % 3;
    return Math.hypot(...cell.subarray(3 * d, 3 * d + 3));
  });
  const length = high - low + Math.max(...widths) + SPACE_ABOVE;
  cell.set(
    unit.map((component) => component * length),
    3 * normal,
  );
}
