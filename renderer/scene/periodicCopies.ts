/** Copies of a cell side by side, and where they lie. Lengths in Å, cells as rows a, b, c. */
import type { Vector3 } from "./cameraState.ts";

/** Whole numbers along a, b and c. */
export type CellIndices = readonly [number, number, number];

/** A block of copies: the first along each vector (0 is the file's), and how many. */
export interface CellCopies {
  readonly first: CellIndices;
  readonly counts: CellIndices;
}

/** The file's cell alone. */
export const SINGLE_COPY: CellCopies = { first: [0, 0, 0], counts: [1, 1, 1] };

/** How many copies there are. */
export function copyCount({ counts }: CellCopies): number {
  return counts[0] * counts[1] * counts[2];
}

/** The copy with a number, a fastest. */
export function copyIndices({ first, counts }: CellCopies, copy: number): CellIndices {
  return [
    first[0] + (copy % counts[0]),
    first[1] + (Math.floor(copy / counts[0]) % counts[1]),
    first[2] + Math.floor(copy / (counts[0] * counts[1])),
  ];
}

/** Whole cell vectors as a vector; zero without a cell. */
export function latticeVector(indices: CellIndices, cell: Float64Array | null): Vector3 {
  const along = (axis: number): number =>
    cell === null
      ? 0
      : indices[0] * (cell[axis] ?? 0) +
        indices[1] * (cell[3 + axis] ?? 0) +
        indices[2] * (cell[6 + axis] ?? 0);
  return [along(0), along(1), along(2)];
}

/** From the middle of the file's copy to the middle of the block. */
export function centerOfCopies({ first, counts }: CellCopies, cell: Float64Array | null): Vector3 {
  const middle = (d: 0 | 1 | 2): number => first[d] + (counts[d] - 1) / 2;
  return latticeVector([middle(0), middle(1), middle(2)], cell);
}

/** Half the box around the atom centres of the whole block. */
export function halfSizeOfCopies(
  { halfSize }: { readonly halfSize: Vector3 },
  { counts }: CellCopies,
  cell: Float64Array | null,
): Vector3 {
  const along = (axis: 0 | 1 | 2): number => {
    let half = halfSize[axis];
    for (const d of [0, 1, 2] as const) {
      half += (Math.abs(cell?.[3 * d + axis] ?? 0) * (counts[d] - 1)) / 2;
    }
    return half;
  };
  return [along(0), along(1), along(2)];
}
