/** Features of another program, brought into the order of the atoms they belong to. */
import { StudioError } from "../../src/errors.ts";
import { readNpy, type NpyArray } from "../../src/formats/npy.ts";
import { isNpz, readNpz } from "../../src/formats/npz.ts";
import { requireFinite } from "../../src/numerics/checks.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../src/numerics/matrix.ts";
import type { FeatureFile } from "../../src/project/document.ts";
import { environmentOffsets } from "../../src/structures/dataset.ts";
import type { Structure } from "../../src/structures/structure.ts";

const DEFAULT_FEATURES = "features";
const DEFAULT_STRUCTURES = "structures";

/**
 * Reads `.npy` (environments × features) or `.npz`. With an array of structure indices, row i
 * belongs to the next atom of structure `structures[i]`; without, rows follow the atoms in order.
 *
 * @param allocate - memory for the result, shared between workers
 * @returns (nAtoms of all structures × features)
 * @throws StudioError `INVALID_FILE` for a damaged file or a missing array; `INCOMPATIBLE_SHAPE`
 * for other shapes or counts than the structures have; `INVALID_PARAMETER` for values not finite
 */
export function readFeatures(
  bytes: Uint8Array,
  file: FeatureFile,
  structures: readonly Structure[],
  allocate: (length: number) => Float64Array,
): DenseMatrix {
  const { path } = file;
  const { features, indices } = readArrays(bytes, file);
  const [rows, cols] = features.shape;
  if (features.shape.length !== 2 || rows === undefined || cols === undefined || cols === 0) {
    throw shapeError(path, `shape (${features.shape.join(", ")})`, "environments × features");
  }
  requireFinite(features.data, path);
  const offsets = environmentOffsets(structures);
  const nAtoms = offsets.at(-1) ?? 0;
  if (rows !== nAtoms) {
    throw shapeError(path, `${rows} rows`, `${nAtoms}, one for each atom of the structures`);
  }
  const out = denseMatrix(rows, cols, allocate(rows * cols));
  if (indices === null) {
    out.data.set(features.data);
    return out;
  }
  const places = placesOf(indices, offsets, path, rows);
  const source = denseMatrix(rows, cols, Float64Array.from(features.data));
  places.forEach((place, row) => {
    rowRange(out, place, place + 1).data.set(rowRange(source, row, row + 1).data);
  });
  return out;
}

function readArrays(
  bytes: Uint8Array,
  { path, array, structures }: FeatureFile,
): { readonly features: NpyArray; readonly indices: NpyArray | null } {
  if (!isNpz(bytes)) return { features: readNpy(bytes, path), indices: null };
  const arrays = readNpz(bytes, path);
  const take = (name: string): NpyArray => {
    const found = arrays.get(name);
    if (found !== undefined) return found;
    const names = [...arrays.keys()].map((key) => `"${key}"`).join(", ");
    throw new StudioError(
      "INVALID_FILE",
      `found the arrays ${names}, expected one named "${name}"`,
      {
        location: { file: path },
        remedy: "Import the features again and choose the array, or name it in the project file.",
      },
    );
  };
  const features = take(array ?? DEFAULT_FEATURES);
  if (structures !== undefined) return { features, indices: take(structures) };
  return { features, indices: arrays.get(DEFAULT_STRUCTURES) ?? null };
}

/** Position of every row among the atoms of all structures. */
function placesOf(
  { shape, data }: NpyArray,
  offsets: Int32Array,
  path: string,
  rows: number,
): Int32Array {
  if (shape.length !== 1 || data.length !== rows) {
    const found = `structure indices of shape (${shape.join(", ")})`;
    throw shapeError(path, found, `one for each of ${rows} rows`);
  }
  const nStructures = offsets.length - 1;
  const used = new Int32Array(nStructures);
  const places = Int32Array.from(data, (index, row) => {
    if (!(Number.isInteger(index) && index >= 0 && index < nStructures)) {
      throw shapeError(path, `structure index ${index} in row ${row}`, `0 … ${nStructures - 1}`);
    }
    const count = used[index] ?? 0;
    used[index] = count + 1;
    return (offsets[index] ?? 0) + count;
  });
  const wrong = used.findIndex((count, a) => count !== (offsets[a + 1] ?? 0) - (offsets[a] ?? 0));
  if (wrong === -1) return places;
  throw shapeError(
    path,
    `${used[wrong] ?? 0} rows of structure ${wrong}`,
    `${(offsets[wrong + 1] ?? 0) - (offsets[wrong] ?? 0)}, one for each of its atoms`,
  );
}

function shapeError(file: string, found: string, expected: string): StudioError {
  return new StudioError("INCOMPATIBLE_SHAPE", `found ${found}, expected ${expected}`, {
    location: { file },
  });
}
