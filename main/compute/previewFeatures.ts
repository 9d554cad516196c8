/** A look at a file of features before it belongs to anything. */
import type { ArrayPreview } from "../../src/contract/features.ts";
import { readNpy, type NpyArray } from "../../src/formats/npy.ts";
import { isNpz, readNpz } from "../../src/formats/npz.ts";

const HEAD_ROWS = 3;
const HEAD_COLUMNS = 5;

/**
 * The arrays of a `.npy` or `.npz` file, with their first values.
 * @param fileName - for errors
 * @throws StudioError `INVALID_FILE` for a damaged file or arrays that are not numbers,
 * `OUT_OF_MEMORY` for an archive of more than 4 GiB
 */
export function previewFeatures(bytes: Uint8Array, fileName: string): readonly ArrayPreview[] {
  if (!isNpz(bytes)) return [previewArray(null, readNpy(bytes, fileName))];
  return Array.from(readNpz(bytes, fileName), ([name, array]) => previewArray(name, array));
}

function previewArray(name: string | null, { shape, descriptor, data }: NpyArray): ArrayPreview {
  const [rows = 0, columns = 0] = shape.length === 2 ? shape : [1, data.length];
  const head = Array.from({ length: Math.min(rows, HEAD_ROWS) }, (_, row) =>
    Array.from(data.subarray(row * columns, row * columns + Math.min(columns, HEAD_COLUMNS))),
  );
  let notFinite = 0;
  for (const value of data) if (!Number.isFinite(value)) notFinite++;
  return {
    name,
    shape,
    descriptor,
    head,
    notFinite,
    rowsOfStructures: shape.length === 1 ? countRows(data) : null,
  };
}

/** Every structure has a row at least, so an index is below the number of rows. */
function countRows(indices: Float64Array): readonly number[] | null {
  const counts: number[] = [];
  for (const index of indices) {
    if (!Number.isInteger(index) || index < 0 || index >= indices.length) return null;
    while (counts.length <= index) counts.push(0);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
