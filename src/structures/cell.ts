/** Cells: row vectors a, b, c in Å as nine numbers (ax ay az bx by bz cx cy cz). */
import { StudioError } from "../errors.ts";
import { GRAM_PER_CM3_IN_AMU_PER_CUBIC_ANGSTROM } from "../units.ts";
import { speciesMass } from "./species.ts";
import type { Structure } from "./structure.ts";

/** Periodicity along a, b, c. */
export type Periodicity = readonly [boolean, boolean, boolean];

/** Three Cartesian components, Å. */
type Vector = readonly [number, number, number];

/**
 * Relative volume |det| / (|a||b||c|) below which vectors count as linearly dependent. A cell with
 * angles of 0.01° is thousands of times above it, rounding in a file's eighth digit below.
 */
const DEPENDENT_VECTORS = 1e-8;

function rowOf(cell: Float64Array, index: number): Vector {
  return [cell[3 * index] ?? 0, cell[3 * index + 1] ?? 0, cell[3 * index + 2] ?? 0];
}

function cross(u: Vector, v: Vector): Vector {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}

function dot(u: Vector, v: Vector): number {
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

function length(u: Vector): number {
  return Math.hypot(u[0], u[1], u[2]);
}

function scaled(u: Vector, factor: number): Vector {
  return [u[0] * factor, u[1] * factor, u[2] * factor];
}

/**
 * The volume |a · (b × c)|, Å³.
 * @param cell - nine numbers, rows a, b, c, Å.
 */
export function cellVolume(cell: Float64Array): number {
  return Math.abs(dot(rowOf(cell, 0), cross(rowOf(cell, 1), rowOf(cell, 2))));
}

/**
 * The inverse cell: fractional = Cartesian · inverse. Columns are the reciprocal vectors without
 * the factor 2π, so `inverse[3·k + d]` is component k of reciprocal vector d.
 * @param cell - nine numbers, rows a, b, c, Å.
 * @returns nine numbers, Å⁻¹, row-major.
 * @throws StudioError INVALID_PARAMETER when the cell has no volume.
 */
export function inverseCell(cell: Float64Array): Float64Array {
  if (isZeroVolume(cell, [true, true, true])) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `The cell (${Array.from(cell).join(" ")}) has zero volume; expected three linearly independent vectors.`,
    );
  }
  const a = rowOf(cell, 0);
  const b = rowOf(cell, 1);
  const c = rowOf(cell, 2);
  const signedVolume = dot(a, cross(b, c));
  const reciprocal = [cross(b, c), cross(c, a), cross(a, b)];
  const inverse = new Float64Array(9);
  reciprocal.forEach((vector, d) => {
    vector.forEach((component, k) => {
      inverse[3 * k + d] = component / signedVolume;
    });
  });
  return inverse;
}

/**
 * The distances between neighboring lattice planes, h_d = 1 / |reciprocal vector d|, Å: an atom and
 * its image along d are never closer to a plane of that family than h_d.
 * @throws StudioError INVALID_PARAMETER when the cell has no volume.
 */
export function planeSpacings(cell: Float64Array): [number, number, number] {
  const inverse = inverseCell(cell);
  const spacing = (d: number): number =>
    1 / Math.hypot(inverse[d] ?? 0, inverse[3 + d] ?? 0, inverse[6 + d] ?? 0);
  return [spacing(0), spacing(1), spacing(2)];
}

/**
 * Whether the vectors along the periodic directions are linearly dependent (or zero, or not
 * finite), so that the structure has no meaningful images. Without periodicity always false.
 */
export function isZeroVolume(cell: Float64Array, pbc: Periodicity): boolean {
  const periodic = [0, 1, 2].filter((d) => pbc[d] === true).map((d) => rowOf(cell, d));
  const lengths = periodic.map(length);
  if (!lengths.every((value) => Number.isFinite(value))) return true;
  if (lengths.some((value) => value < 1e-10)) return true;
  const [u, v, w] = periodic.map((vector, i) => scaled(vector, 1 / (lengths[i] ?? 1)));
  if (u === undefined || v === undefined) return false;
  if (w === undefined) return length(cross(u, v)) < DEPENDENT_VECTORS;
  return Math.abs(dot(u, cross(v, w))) < DEPENDENT_VECTORS;
}

function unitPerpendicular(u: Vector): Vector {
  // Crossing with the axis that u leans on least keeps the product well away from zero.
  const sizes = u.map(Math.abs);
  const least = sizes.indexOf(Math.min(...sizes));
  const normal = cross(u, [least === 0 ? 1 : 0, least === 1 ? 1 : 0, least === 2 ? 1 : 0]);
  return scaled(normal, 1 / length(normal));
}

/**
 * A cell in which only the periodic vectors are the file's: the others, which carry no physics,
 * are replaced by unit vectors perpendicular to the periodic ones. Geometry code can then treat
 * every periodicity, also a missing or degenerate cell, alike.
 * @returns nine numbers, rows a, b, c, Å; of non-zero volume.
 * @throws StudioError INVALID_PARAMETER when the periodic vectors are dependent or missing.
 */
export function completedCell(cell: Float64Array | null, pbc: Periodicity): Float64Array {
  const directions = [0, 1, 2].filter((d) => pbc[d] === true);
  if (directions.length === 0) return Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  if (cell === null || isZeroVolume(cell, pbc)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `The structure is periodic but its cell ${cell === null ? "is missing" : "has zero volume"}.`,
      { remedy: "Give the cell, or mark the directions without one as not periodic." },
    );
  }
  const completed = Float64Array.from(cell);
  const first = directions[0] ?? 0;
  if (directions.length === 1) {
    const u = unitPerpendicular(rowOf(cell, first));
    const w = cross(rowOf(cell, first), u);
    completed.set(u, 3 * ((first + 1) % 3));
    completed.set(scaled(w, 1 / length(w)), 3 * ((first + 2) % 3));
  } else if (directions.length === 2) {
    const missing = [0, 1, 2].find((d) => pbc[d] !== true) ?? 2;
    const normal = cross(rowOf(cell, (missing + 1) % 3), rowOf(cell, (missing + 2) % 3));
    completed.set(scaled(normal, 1 / length(normal)), 3 * missing);
  }
  return completed;
}

/**
 * Positions moved by whole cell vectors along periodic directions into [0, 1) of the cell; atoms
 * of a structure without periodicity stay where they are. For display and export only: a
 * `Structure` keeps the positions it was read with.
 * @returns Cartesian positions, Å, 3 · nAtoms, atom slowest.
 * @throws StudioError INVALID_PARAMETER when the periodic vectors are dependent or missing.
 */
export function wrappedPositions(structure: Structure): Float64Array {
  const cell = completedCell(structure.cell, structure.pbc);
  const inverse = inverseCell(cell);
  const wrapped = Float64Array.from(structure.positions);
  for (let i = 0; i < structure.nAtoms; i++) {
    wrapAtom(wrapped, 3 * i, cell, inverse, structure.pbc);
  }
  return wrapped;
}

/** Subtracts whole cell vectors, an exact multiple each, so no digit of the position is lost. */
function wrapAtom(
  positions: Float64Array,
  offset: number,
  cell: Float64Array,
  inverse: Float64Array,
  pbc: Periodicity,
): void {
  const x = positions[offset]!;
  const y = positions[offset + 1]!;
  const z = positions[offset + 2]!;
  for (let d = 0; d < 3; d++) {
    if (!pbc[d]!) continue;
    const shift = Math.floor(x * inverse[d]! + y * inverse[3 + d]! + z * inverse[6 + d]!);
    if (shift === 0) continue;
    positions[offset] = positions[offset]! - shift * cell[3 * d]!;
    positions[offset + 1] = positions[offset + 1]! - shift * cell[3 * d + 1]!;
    positions[offset + 2] = positions[offset + 2]! - shift * cell[3 * d + 2]!;
  }
}

/**
 * Mass density of a structure periodic in all three directions, g/cm³; null otherwise, because a
 * slab's or a molecule's volume is a matter of definition.
 */
export function massDensity(structure: Structure): number | null {
  const { cell, pbc } = structure;
  if (cell === null || !pbc.every(Boolean) || isZeroVolume(cell, pbc)) return null;
  let mass = 0;
  for (const atomicNumber of structure.species) mass += speciesMass(atomicNumber);
  return (mass / cellVolume(cell)) * GRAM_PER_CM3_IN_AMU_PER_CUBIC_ANGSTROM;
}
