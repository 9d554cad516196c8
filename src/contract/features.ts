/** What a file of features holds, for the person who says which rows belong to which atoms. */
import type { LocatedFile } from "./movedFiles.ts";

/** One array of the file. */
export interface ArrayPreview {
  /** null: the only array of a `.npy` file. */
  readonly name: string | null;
  readonly shape: readonly number[];
  /** As NumPy writes it, such as `<f8`. */
  readonly descriptor: string;
  /** First rows and columns of a matrix; the first values, as one row, of anything else. */
  readonly head: readonly (readonly number[])[];
  /** How many values are NaN or infinite. */
  readonly notFinite: number;
  /** Rows of each structure, where a vector can hold the structure index of every row; else null. */
  readonly rowsOfStructures: readonly number[] | null;
}

/** A chosen file, which may be read from now on, and its arrays. */
export interface FeaturePreview {
  readonly file: LocatedFile;
  readonly arrays: readonly ArrayPreview[];
}
