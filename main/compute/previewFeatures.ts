/** A look at a file of features before it belongs to anything. */
import type { ArrayPreview, FeaturePreview } from "../../src/contract/features.ts";
import type { NpyHeader } from "../../src/formats/npy.ts";
import { readArrayFile, type StoredArray } from "./arrayFile.ts";

const HEAD_ROWS = 3;
const HEAD_COLUMNS = 5;
/** Numbers read for the first values: of huge arrays fewer of them are shown. */
const MOST_READ = 2 ** 22;
/** Longer vectors are not looked through for structure indices. */
const MOST_INDICES = 2 ** 26;

/**
 * The arrays of a `.npy` or `.npz` file, with their first values, and those that cannot be used. Of a
 * matrix, only as much is read as these values need.
 * @param fileName - for errors
 * @throws StudioError `INVALID_FILE` for a damaged or cut file, and when no array holds numbers
 */
export async function previewFeatures(
  path: string,
  fileName: string,
): Promise<Pick<FeaturePreview, "arrays" | "refused">> {
  const { arrays, refused } = await readArrayFile(path, fileName);
  const previews: ArrayPreview[] = [];
  for (const array of arrays) previews.push(await previewArray(array));
  return {
    arrays: previews,
    refused: refused.map(({ name, error }) => ({ name, reason: error.message })),
  };
}

async function previewArray(array: StoredArray): Promise<ArrayPreview> {
  const { name, header } = array;
  const { shape, descriptor, fortranOrder } = header;
  return {
    name,
    shape,
    descriptor,
    fortranOrder,
    head: await readHead(array),
    rowsOfStructures:
      shape.length === 1 && header.length <= MOST_INDICES ? await countRows(array) : null,
  };
}

/** Positions in the file of the values shown. */
function headPositions({ shape, length, fortranOrder }: NpyHeader): readonly number[][] {
  const [rows = 0, columns = 0] = shape.length === 2 ? shape : [1, length];
  const isByColumns = fortranOrder && shape.length === 2;
  const within = (one: number): number => Math.max(1, Math.floor(MOST_READ / Math.max(1, one)));
  const nRows = Math.min(rows, HEAD_ROWS, isByColumns ? rows : within(columns));
  const nColumns = Math.min(columns, HEAD_COLUMNS, isByColumns ? within(rows) : columns);
  return Array.from({ length: nRows }, (_, row) =>
    Array.from({ length: nColumns }, (__, column) =>
      isByColumns ? column * rows + row : row * columns + column,
    ),
  );
}

async function readHead({ header, values }: StoredArray): Promise<readonly (readonly number[])[]> {
  const positions = headPositions(header);
  const last = positions.flat().reduce((most, position) => Math.max(most, position), -1);
  const found = new Map<number, number>();
  const wanted = new Set(positions.flat());
  let first = 0;
  if (last >= 0) {
    for await (const block of values()) {
      for (const position of wanted) {
        const value = block[position - first];
        if (value !== undefined) found.set(position, value);
      }
      first += block.length;
      if (first > last) break;
    }
  }
  return positions.map((row) => row.map((position) => found.get(position) ?? Number.NaN));
}

/** Every structure has a row at least, so an index is below the number of rows. */
async function countRows({ header, values }: StoredArray): Promise<readonly number[] | null> {
  const counts: number[] = [];
  for await (const block of values()) {
    for (const index of block) {
      if (!Number.isInteger(index) || index < 0 || index >= header.length) return null;
      while (counts.length <= index) counts.push(0);
      counts[index] = (counts[index] ?? 0) + 1;
    }
  }
  return counts;
}
