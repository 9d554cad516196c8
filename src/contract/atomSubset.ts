/** Some atoms of a structure, to be written to a file of their own. */

/** One number an atom, in the order of `AtomSubset.atoms`; NaN for no value. */
export interface ColumnToWrite {
  readonly name: string;
  readonly values: Float64Array;
}

/** Atoms of one structure of a dataset that has been read. */
export interface AtomSubset {
  readonly dataset: string;
  readonly structureIndex: number;
  /** 0-based, ascending. */
  readonly atoms: Uint32Array;
  /** Written after the columns of the file. */
  readonly columns: readonly ColumnToWrite[];
  /** Appended to the comment line. */
  readonly info: Readonly<Record<string, string | number>>;
}
