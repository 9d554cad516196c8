/** Features of another program, brought into the order of the atoms they belong to. */
import { requireRunning } from "../../src/analysis/tasks/describeBlocks.ts";
import { StudioError } from "../../src/errors.ts";
import type { NpyHeader } from "../../src/formats/npy.ts";
import { denseMatrix, type DenseMatrix } from "../../src/numerics/matrix.ts";
import type { FeatureFile } from "../../src/project/document.ts";
import { environmentOffsets } from "../../src/structures/dataset.ts";
import type { Structure } from "../../src/structures/structure.ts";
import { readArrayFile, type StoredArray } from "./arrayFile.ts";

const DEFAULT_FEATURES = "features";
const DEFAULT_STRUCTURES = "structures";

/** What reading talks to. */
export interface FeatureReading {
  /** Memory for the result, shared between workers. */
  readonly allocate: (length: number) => Float64Array;
  /** Polled between blocks; true ends the reading with `CANCELLED`. */
  readonly isCancelled?: (() => boolean) | undefined;
  /** 0 … 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Reads `.npy` (environments × features) or `.npz`, a block at a time: besides the result, memory for
 * the structure indices is needed only. With an array of structure indices, row i belongs to the next
 * atom of structure `structures[i]`; without, rows follow the atoms in order.
 *
 * @returns (nAtoms of all structures × features)
 * @throws StudioError `INVALID_FILE` for a damaged file or a missing array; `INCOMPATIBLE_SHAPE`
 * for other shapes or counts than the structures have; `INVALID_PARAMETER` for values not finite;
 * `OUT_OF_MEMORY` when there is no room for them; `CANCELLED`
 */
export async function readFeatures(
  file: FeatureFile,
  structures: readonly Structure[],
  reading: FeatureReading,
): Promise<DenseMatrix> {
  const { path } = file;
  const { features, indices } = await chooseArrays(file);
  const [rows, cols] = matrixShape(features.header, path);
  const offsets = environmentOffsets(structures);
  const nAtoms = offsets.at(-1) ?? 0;
  if (rows !== nAtoms) {
    throw shapeError(path, `${rows} rows`, `${nAtoms}, one for each atom of the structures`);
  }
  const places = indices === null ? null : await placesOf(indices, offsets, path, rows);
  const out = denseMatrix(rows, cols, allocateFor(features.header, path, reading.allocate));
  await copyRows(features, out, places, path, reading);
  return out;
}

/**
 * Rows and columns of features.
 * @throws StudioError `INCOMPATIBLE_SHAPE` for anything but a matrix with columns
 */
export function matrixShape({ shape }: NpyHeader, path: string): readonly [number, number] {
  const [rows, cols] = shape;
  if (shape.length === 2 && rows !== undefined && cols !== undefined && cols > 0) {
    return [rows, cols];
  }
  throw shapeError(path, `shape (${shape.join(", ")})`, "environments × features");
}

function allocateFor(
  { length }: NpyHeader,
  path: string,
  allocate: FeatureReading["allocate"],
): Float64Array {
  try {
    return allocate(length);
  } catch (cause) {
    throw new StudioError(
      "OUT_OF_MEMORY",
      `The features take ${(length / 2 ** 27).toFixed(2)} GiB as double precision numbers, more than one array may have here.`,
      {
        location: { file: path },
        remedy: "Use fewer structures, or fewer features for each atom.",
        cause,
      },
    );
  }
}

/** A value that is not finite is told with its row and column, as NumPy counts them. */
async function copyRows(
  { header, values }: StoredArray,
  out: DenseMatrix,
  places: Int32Array | null,
  path: string,
  { isCancelled = () => false, onProgress }: FeatureReading,
): Promise<void> {
  const { rows, cols, data } = out;
  let position = 0;
  for await (const block of values()) {
    requireRunning({ isCancelled });
    for (const value of block) {
      const row = header.fortranOrder ? position % rows : Math.floor(position / cols);
      const column = header.fortranOrder ? Math.floor(position / rows) : position % cols;
      if (!Number.isFinite(value)) throw notFinite(path, value, row, column);
      data[(places?.[row] ?? row) * cols + column] = value;
      position++;
    }
    onProgress?.(position / header.length);
  }
}

function notFinite(path: string, value: number, row: number, column: number): StudioError {
  return new StudioError(
    "INVALID_PARAMETER",
    `the feature in row ${row}, column ${column} is ${value}, expected a finite number`,
    { location: { file: path }, remedy: "Save the features without NaN and infinite values." },
  );
}

async function chooseArrays({
  path,
  array,
  structures,
}: FeatureFile): Promise<{ readonly features: StoredArray; readonly indices: StoredArray | null }> {
  const { arrays, refused } = await readArrayFile(path, path);
  const [only] = arrays;
  if (only?.name === null) return { features: only, indices: null };
  const requireUsable = (name: string): void => {
    const error = refused.find((one) => one.name === name)?.error;
    if (error !== undefined) throw error;
  };
  const take = (name: string): StoredArray => {
    const found = arrays.find((one) => one.name === name);
    if (found !== undefined) return found;
    requireUsable(name);
    const names = arrays.map((one) => `"${one.name ?? ""}"`).join(", ");
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
  requireUsable(DEFAULT_STRUCTURES);
  return { features, indices: arrays.find(({ name }) => name === DEFAULT_STRUCTURES) ?? null };
}

/** Position of every row among the atoms of all structures. */
async function placesOf(
  { header, values }: StoredArray,
  offsets: Int32Array,
  path: string,
  rows: number,
): Promise<Int32Array> {
  const { shape, length } = header;
  if (shape.length !== 1 || length !== rows) {
    const found = `structure indices of shape (${shape.join(", ")})`;
    throw shapeError(path, found, `one for each of ${rows} rows`);
  }
  const nStructures = offsets.length - 1;
  const used = new Int32Array(nStructures);
  const places = new Int32Array(rows);
  let row = 0;
  for await (const block of values()) {
    for (const index of block) {
      if (!(Number.isInteger(index) && index >= 0 && index < nStructures)) {
        throw shapeError(path, `structure index ${index} in row ${row}`, `0 … ${nStructures - 1}`);
      }
      const count = used[index] ?? 0;
      used[index] = count + 1;
      places[row++] = (offsets[index] ?? 0) + count;
    }
  }
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
