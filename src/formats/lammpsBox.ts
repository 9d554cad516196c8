/** Boxes and units of LAMMPS files. */
import { isZeroVolume } from "../structures/cell.ts";
import type { LineScanner } from "./lineScanner.ts";

/** A simulation box: row vectors a, b, c in Å (length 9) and the corner they start from. */
export interface LammpsBox {
  readonly cell: Float64Array;
  readonly origin: readonly number[];
}

/**
 * The box of bounds and tilt factors: a = (xhi − xlo, 0, 0), b = (xy, yhi − ylo, 0),
 * c = (xz, yz, zhi − zlo), origin (xlo, ylo, zlo).
 * Source: LAMMPS documentation, "Triclinic (non-orthogonal) simulation boxes".
 * @param bounds - xlo xhi ylo yhi zlo zhi, Å.
 * @param tilt - xy xz yz, Å.
 */
export function restrictedBox(bounds: readonly number[], tilt: readonly number[]): LammpsBox {
  const [xlo = 0, xhi = 0, ylo = 0, yhi = 0, zlo = 0, zhi = 0] = bounds;
  const [xy = 0, xz = 0, yz = 0] = tilt;
  return {
    cell: Float64Array.of(xhi - xlo, 0, 0, xy, yhi - ylo, 0, xz, yz, zhi - zlo),
    origin: [xlo, ylo, zlo],
  };
}

/**
 * The box of a dump file's "bounding box", which encloses the tilted box:
 * xlo = xlo_bound − min(0, xy, xz, xy + xz) and so on. Source: as {@link restrictedBox}.
 */
export function boxOfBoundingBox(bounds: readonly number[], tilt: readonly number[]): LammpsBox {
  const [xlo = 0, xhi = 0, ylo = 0, yhi = 0, zlo = 0, zhi = 0] = bounds;
  const [xy = 0, xz = 0, yz = 0] = tilt;
  const corrected = [
    xlo - Math.min(0, xy) - Math.min(0, xz),
    xhi - Math.max(0, xy) - Math.max(0, xz),
    ylo - Math.min(0, yz),
    yhi - Math.max(0, yz),
    zlo,
    zhi,
  ];
  return restrictedBox(corrected, tilt);
}

/**
 * The box, or the error that it has no volume, at the current line.
 * @param isRestricted - whether it was made of bounds, which must then ascend.
 * @throws StudioError INVALID_FILE.
 */
export function requireBox(scanner: LineScanner, box: LammpsBox, isRestricted: boolean): LammpsBox {
  const { cell } = box;
  const ascends = cell[0]! > 0 && cell[4]! > 0 && cell[8]! > 0;
  if ((ascends || !isRestricted) && !isZeroVolume(cell, [true, true, true])) return box;
  throw scanner.error(
    `The box has the cell vectors ${Array.from(cell).join(" ")}; expected lower bounds below upper bounds and independent vectors.`,
    "Correct the bounds of the box.",
  );
}

/**
 * Refuses units whose length is not the Å: metal and real have it.
 * @param units - what the file says, such as `lj`.
 * @throws StudioError INVALID_FILE.
 */
export function requireAngstrom(scanner: LineScanner, units: string): void {
  if (units === "metal" || units === "real") return;
  throw scanner.error(
    `The file is in LAMMPS units "${units}"; expected metal or real, whose lengths are in Å.`,
    "Convert the file to metal units first.",
  );
}
