/** What the window needs to draw and list, sent by the engine over its message port. */
import type { BondList } from "../structures/bonds.ts";
import type { InfoValue } from "../structures/structure.ts";

/** A per-atom column that can be asked for. */
export interface ColumnDescription {
  readonly name: string;
  readonly type: "R" | "I" | "L" | "S";
  readonly components: number;
}

/** One structure, ready to draw. */
export interface DisplayStructure {
  readonly nAtoms: number;
  readonly species: Uint8Array;
  /** Å, 3 · nAtoms. */
  readonly positions: Float32Array;
  readonly cell: Float64Array | null;
  readonly pbc: readonly [boolean, boolean, boolean];
  readonly info: Readonly<Record<string, InfoValue>>;
  readonly columns: readonly ColumnDescription[];
  /** Neighbours within the bond cutoff. */
  readonly coordination: Uint8Array;
}

/** A structure with its bonds: the pairs that its coordination counts. */
export interface DrawnStructure {
  readonly structure: DisplayStructure;
  readonly bonds: BondList;
}

/** Values of one component of one column. */
export type ColumnValues =
  | { readonly kind: "number"; readonly values: Float64Array }
  | {
      readonly kind: "category";
      readonly codes: Int32Array;
      readonly categories: readonly string[];
    };

/** One line per structure of a dataset. */
export interface StructureSummary {
  readonly nAtoms: number;
  /** Hill-like formula, e.g. `C3500`. */
  readonly formula: string;
  /** g/cm³ from the cell; null without a three-dimensional cell. */
  readonly density: number | null;
  /** A name found in the comment line (`name`, `config_type`, `label`), or null. */
  readonly name: string | null;
}

/** What is known of a dataset after reading it. */
export interface DatasetSummary {
  readonly dataset: string;
  readonly fileName: string;
  readonly hash: string;
  readonly nStructures: number;
  readonly nAtoms: number;
  /** Atomic numbers found, ascending. */
  readonly species: readonly number[];
  readonly columns: readonly ColumnDescription[];
  /** Comment-line keys found in every structure. */
  readonly infoKeys: readonly string[];
  readonly structures: readonly StructureSummary[];
}
