/** What a file of features holds, for the person who says which rows belong to which atoms. */

/** One array of the file. */
export interface ArrayPreview {
  /** null: the only array of a `.npy` file. */
  readonly name: string | null;
  readonly shape: readonly number[];
  /** As NumPy writes it, such as `<f8`. */
  readonly descriptor: string;
  /** Whether the first index is the fastest in the file. */
  readonly fortranOrder: boolean;
  /** First rows and columns of a matrix; the first values, as one row, of anything else. */
  readonly head: readonly (readonly number[])[];
  /** Rows of each structure, where a vector can hold the structure index of every row; else null. */
  readonly rowsOfStructures: readonly number[] | null;
}

/** A chosen file, which may be read from now on, and its arrays. Its numbers were not looked at yet. */
export interface FeaturePreview {
  readonly file: { readonly path: string; readonly name: string; readonly bytes: number };
  readonly arrays: readonly ArrayPreview[];
  /** Arrays of an archive that cannot be used, and why. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

/** An array of features, to be looked through to its end. */
export interface FeatureCheckQuestion {
  /** Of a `FeaturePreview`. */
  readonly path: string;
  /** null: the only array of a `.npy` file. */
  readonly array: string | null;
}

/** What looking through a file of features found. */
export interface FeatureCheck {
  /** Of the whole file. */
  readonly hash: string;
  /** How many values are NaN or infinite. */
  readonly notFinite: number;
  /** Where the first of them is; null when there is none. */
  readonly firstNotFinite: { readonly row: number; readonly column: number } | null;
}
