/** Atoms sorted into the bins of a grid over the cell: what makes neighbor search linear. */
import { StudioError } from "../errors.ts";
import { completedCell, inverseCell, planeSpacings } from "./cell.ts";
import type { Periodicity } from "./cell.ts";
import type { Structure } from "./structure.ts";

type Triple = readonly [number, number, number];

/** A grid of bins, a structure's atoms in them, and the cutoff it was made for. */
export interface CellGrid {
  readonly nAtoms: number;
  readonly cutoff: number;
  readonly pbc: Periodicity;
  /** Rows a, b, c, Å; a direction without periodicity has a perpendicular vector instead, scaled
   * to span the atoms. */
  readonly cell: Float64Array;
  /** Positions moved into the cell along periodic directions, Å, 3 per atom. */
  readonly wrapped: Float64Array;
  /** Fractional coordinates of `wrapped`, in [0, 1] up to rounding, 3 per atom. */
  readonly fractional: Float64Array;
  /** Bins along a, b, c. */
  readonly binCounts: Triple;
  /** The cutoff in fractional coordinates, cutoff / plane spacing, with room for rounding. */
  readonly reach: Triple;
  /** Bin of each atom, (x · ny + y) · nz + z. */
  readonly binOfAtom: Int32Array;
  /** Atoms sorted by bin, ascending within each. */
  readonly order: Int32Array;
  /** First entry of each bin in `order`, length nBins + 1. */
  readonly binStart: Int32Array;
}

/** Fractional slack that rounding of coordinates near a bin's edge can never exceed. */
const ROUNDING = 1e-9;

/** Coordinates beyond this, Å, are damage; their last digits would be lost anyway. */
const MAX_COORDINATE = 1e9;

/** Image bins around one bin; more mean a cutoff some fifty times wider than the cell. */
const MAX_IMAGE_BINS = 1e6;

/**
 * Sorts the atoms of a structure into bins about as wide as the cutoff.
 * @param cutoff - Å, positive and finite.
 * @throws StudioError INVALID_PARAMETER for a bad cutoff, one that is absurdly wider than the cell,
 *   coordinates beyond 10⁹ Å or not finite, or a periodic structure whose periodic cell vectors are
 *   missing or dependent.
 */
export function buildCellGrid(structure: Structure, cutoff: number): CellGrid {
  if (!Number.isFinite(cutoff) || cutoff <= 0) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `The cutoff is ${String(cutoff)} Å; expected a positive length.`,
    );
  }
  requireModestCoordinates(structure);
  const { nAtoms, pbc } = structure;
  const { cell, wrapped, fractional } = framedAtoms(structure);
  const spacings = planeSpacings(cell);
  const binCounts = chooseBinCounts(spacings, cutoff, nAtoms);
  const reach = spacings.map((spacing) => cutoff / spacing + ROUNDING) as [number, number, number];
  requireModestReach(reach, binCounts, cutoff);
  const [nx, ny, nz] = binCounts;
  const binOfAtom = new Int32Array(nAtoms);
  const binStart = new Int32Array(nx * ny * nz + 1);
  for (let i = 0; i < nAtoms; i++) {
    const x = clampedBin(fractional[3 * i]!, nx);
    const y = clampedBin(fractional[3 * i + 1]!, ny);
    const z = clampedBin(fractional[3 * i + 2]!, nz);
    const bin = (x * ny + y) * nz + z;
    binOfAtom[i] = bin;
    binStart[bin + 1] = binStart[bin + 1]! + 1;
  }
  for (let bin = 0; bin < nx * ny * nz; bin++) binStart[bin + 1]! += binStart[bin]!;
  const next = binStart.slice();
  const order = new Int32Array(nAtoms);
  for (let i = 0; i < nAtoms; i++) {
    const bin = binOfAtom[i]!;
    order[next[bin]!] = i;
    next[bin] = next[bin]! + 1;
  }
  return {
    nAtoms,
    cutoff,
    pbc,
    cell,
    wrapped,
    fractional,
    binCounts,
    reach,
    binOfAtom,
    order,
    binStart,
  };
}

function requireModestCoordinates({ positions, cell }: Structure): void {
  const isModest = (value: number): boolean => Math.abs(value) <= MAX_COORDINATE;
  if (positions.every(isModest) && (cell === null || cell.every(isModest))) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    "The structure has a coordinate or cell component that is not finite or beyond 10⁹ Å.",
    { remedy: "Correct the structure." },
  );
}

function requireModestReach(reach: Triple, binCounts: Triple, cutoff: number): void {
  const images = reach.reduce((product, r, d) => product * (2 * r * (binCounts[d] ?? 1) + 2), 1);
  if (images <= MAX_IMAGE_BINS) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    `The cutoff of ${String(cutoff)} Å reaches over ${images.toExponential(0)} images of the cell; expected at most ${MAX_IMAGE_BINS.toExponential(0)}.`,
    { remedy: "Check the cell, or choose a smaller cutoff." },
  );
}

function clampedBin(fraction: number, count: number): number {
  const bin = Math.floor(fraction * count);
  return bin < 0 ? 0 : bin >= count ? count - 1 : bin;
}

/**
 * Wraps along periodic directions; along the others shifts and scales the frame so that the atoms
 * fill [0, 1] of it. Whole cell vectors are subtracted from the Cartesian positions, so no digit is
 * lost on the way.
 */
function framedAtoms(structure: Structure): {
  cell: Float64Array;
  wrapped: Float64Array;
  fractional: Float64Array;
} {
  const { nAtoms, pbc } = structure;
  const cell = completedCell(structure.cell, pbc);
  const inverse = inverseCell(cell);
  const wrapped = Float64Array.from(structure.positions);
  const fractional = new Float64Array(3 * nAtoms);
  for (let i = 0; i < nAtoms; i++) {
    const x = wrapped[3 * i]!;
    const y = wrapped[3 * i + 1]!;
    const z = wrapped[3 * i + 2]!;
    for (let d = 0; d < 3; d++) {
      const fraction = x * inverse[d]! + y * inverse[3 + d]! + z * inverse[6 + d]!;
      const shift = pbc[d]! ? Math.floor(fraction) : 0;
      fractional[3 * i + d] = fraction - shift;
      if (shift === 0) continue;
      for (let k = 0; k < 3; k++) {
        wrapped[3 * i + k] = wrapped[3 * i + k]! - shift * cell[3 * d + k]!;
      }
    }
  }
  for (let d = 0; d < 3; d++) if (!pbc[d]!) spanAtoms(cell, fractional, d);
  return { cell, wrapped, fractional };
}

/** Rescales direction d of the frame to the atoms' extent (at least 1 Å). */
function spanAtoms(cell: Float64Array, fractional: Float64Array, d: number): void {
  let low = Infinity;
  let high = -Infinity;
  for (let i = d; i < fractional.length; i += 3) {
    low = Math.min(low, fractional[i]!);
    high = Math.max(high, fractional[i]!);
  }
  const extent = Math.max(high - low, 1);
  for (let i = d; i < fractional.length; i += 3) fractional[i] = (fractional[i]! - low) / extent;
  for (let k = 0; k < 3; k++) cell[3 * d + k] = cell[3 * d + k]! * extent;
}

/** Bins no thinner than the cutoff, and no more of them than twice the atoms. */
function chooseBinCounts(spacings: Triple, cutoff: number, nAtoms: number): Triple {
  const mostBins = Math.max(1, 2 * nAtoms);
  let width = cutoff;
  const countsFor = (binWidth: number): [number, number, number] => {
    const count = (spacing: number): number =>
      Math.max(1, Math.min(mostBins, Math.floor(spacing / binWidth)));
    return [count(spacings[0]), count(spacings[1]), count(spacings[2])];
  };
  let counts = countsFor(width);
  while (counts[0] * counts[1] * counts[2] > mostBins) {
    width *= 1.25;
    counts = countsFor(width);
  }
  return counts;
}
