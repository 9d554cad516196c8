/** Where the twelve edges of a cell lie. Pure. */
import type { Vector3 } from "./cameraState.ts";

/**
 * End points of the edges, relative to the middle of the structure: 24 × 3, Å.
 * @param cell - rows a, b, c, Å; the corner at the origin is the file's origin
 */
export function cellEdges(cell: Float64Array, middle: Vector3): Float32Array {
  const points: number[] = [];
  const corner = (i: number, j: number, k: number): void => {
    for (const axis of [0, 1, 2] as const) {
      const along = i * (cell[axis] ?? 0) + j * (cell[3 + axis] ?? 0) + k * (cell[6 + axis] ?? 0);
      points.push(along - middle[axis]);
    }
  };
  for (const u of [0, 1]) {
    for (const v of [0, 1]) {
      for (const along of [0, 1, 2]) {
        for (const t of [0, 1]) {
          const at = [u, v];
          at.splice(along, 0, t);
          corner(at[0] ?? 0, at[1] ?? 0, at[2] ?? 0);
        }
      }
    }
  }
  return Float32Array.from(points);
}
