/** An atomistic structure: species, positions, cell, per-atom columns and comment-line information. */

/** A value in the comment line of an extended XYZ structure. Nested arrays keep their file shape. */
export type InfoValue =
  | string
  | number
  | boolean
  | readonly (string | number | boolean)[]
  | readonly (readonly (string | number | boolean)[])[];

/** One per-atom column of a file, all components together. Row-major: atom slowest. */
export type AtomColumn =
  | { readonly type: "R"; readonly components: number; readonly values: Float64Array }
  | { readonly type: "I"; readonly components: number; readonly values: Float64Array }
  | { readonly type: "L"; readonly components: number; readonly values: Uint8Array }
  | { readonly type: "S"; readonly components: number; readonly values: readonly string[] };

/** Plain data: survives structured clone unchanged. Treat as immutable. */
export interface Structure {
  readonly nAtoms: number;
  /** Atomic numbers, length nAtoms; 0 is the dummy species X. */
  readonly species: Uint8Array;
  /** Cartesian, Å, length 3 · nAtoms, atom slowest. Exactly as read: never wrapped. */
  readonly positions: Float64Array;
  /** Row vectors a, b, c in Å, length 9; null when the file gives none. */
  readonly cell: Float64Array | null;
  /** Periodicity along a, b, c. All false when there is no cell. */
  readonly pbc: readonly [boolean, boolean, boolean];
  /** Comment-line key–value pairs other than Lattice, Properties and pbc, in file order. */
  readonly info: Readonly<Record<string, InfoValue>>;
  /** Per-atom columns other than species and positions, in file order. */
  readonly columns: Readonly<Record<string, AtomColumn>>;
}
