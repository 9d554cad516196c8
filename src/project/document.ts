/**
 * The project document: what a `*.lpr.json` file holds. These types are the vocabulary; the
 * validator in `schema.ts` is checked against them at compile time. Treat as immutable.
 */
import type { SoapHyperparameters } from "../descriptors/hyperparameters.ts";
import type { StructureRows } from "../models/structureRows.ts";

export type { StructureRows };

/** A Python-style slice (`"0:10"`, `"::2"`, `"-5:"`, `"7"`) or a list of 0-based indices. */
export type StructureSelector = string | readonly number[];

/** One structure file. */
export interface DatasetEntry {
  /** Relative to the project file (preferred), or absolute. */
  readonly path: string;
  /** Content hash of the file's bytes, `sha256:<hex>`; written on save, checked on open. */
  readonly hash?: string | undefined;
  /** Name shown to people; the file name by default. */
  readonly label?: string | undefined;
}

/** Structures of one dataset. All of them when `structures` is absent. */
export interface StructureSelection {
  readonly dataset: string;
  readonly structures?: StructureSelector | undefined;
  /** Each structure counts this many times in a training set; default 1. */
  readonly repeat?: number | undefined;
}

/** Which environments support the sparse kernel model. */
export type ActiveSet =
  | {
      readonly method: "fps";
      readonly size: number;
      /** Datasets whose environments are candidates. */
      readonly from: readonly string[];
      readonly seed?: number | undefined;
    }
  | {
      readonly method: "explicit";
      readonly from: readonly string[];
      /** Environment indices over `from`, in order. */
      readonly indices: readonly number[];
    };

/** A sparse kernel model k = (p·p')^zeta with regularisation μ K_MM. */
export interface SparseKernelModel {
  readonly type: "sparse-kernel";
  readonly zeta: number;
  readonly activeSet: ActiveSet;
  /** μ ≥ 0. */
  readonly regularizer: number;
  readonly structureRows?: StructureRows | undefined;
  /** Comment-line key of the total energy; default `energy`. */
  readonly energyKey?: string | undefined;
}

/** A training set built from nothing. */
export interface BaseVariant {
  /** Unique; used in column and file names. */
  readonly name: string;
  readonly description?: string | undefined;
  readonly train: readonly StructureSelection[];
}

/** A training set made by changing another one. Order: replace, then remove, then add. */
export interface DerivedVariant {
  readonly name: string;
  readonly description?: string | undefined;
  readonly base: string;
  /** `count` seeded random rows of the base leave; the structures of `with` come in. */
  readonly replace?:
    | {
        readonly count: number;
        readonly seed?: number | undefined;
        readonly with: readonly StructureSelection[];
      }
    | undefined;
  readonly remove?: readonly StructureSelection[] | undefined;
  readonly add?: readonly StructureSelection[] | undefined;
}

/** A training-set variant. */
export type Variant = BaseVariant | DerivedVariant;

/** Structures whose atoms get an LPR. */
export interface TargetEntry {
  readonly dataset: string;
  readonly structures?: StructureSelector | undefined;
  /** Names for people, one per selected structure; default: dataset and index. */
  readonly labels?: readonly string[] | undefined;
}

/** A kernel-PCA map of all targets. */
export interface MapEntry {
  readonly method: "kpca";
  readonly components?: number | undefined;
}

/** A saved way of looking. Written by the window, ignored by the command line. */
export interface ViewSettings {
  readonly colorBy?: string | undefined;
  readonly variant?: string | undefined;
  readonly workspace?: string | undefined;
  readonly [key: string]: unknown;
}

/** The document. `descriptor`, `model`, `variants`, `targets` may be missing while being built. */
export interface ProjectDocument {
  readonly $schema?: string | undefined;
  readonly version: 1;
  readonly name?: string | undefined;
  readonly datasets: Readonly<Record<string, DatasetEntry>>;
  readonly descriptor?: SoapHyperparameters | undefined;
  readonly model?: SparseKernelModel | undefined;
  readonly variants?: readonly Variant[] | undefined;
  readonly targets?: readonly TargetEntry[] | undefined;
  readonly maps?: readonly MapEntry[] | undefined;
  readonly views?: ViewSettings | undefined;
}
