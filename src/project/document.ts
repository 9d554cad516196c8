/**
 * The project document: what a `*.lpr.json` file holds. These types are the vocabulary; the
 * validator in `schema.ts` is checked against them at compile time. Treat as immutable.
 */
import type { SoapHyperparameters } from "../descriptors/hyperparameters.ts";
import type { StructureRows } from "../models/structureRows.ts";
import type { StructureAtoms } from "./atomRanges.ts";
import type { FigureDefinition } from "./figure.ts";
import type { GridLayout } from "./gridLayout.ts";

export type { StructureRows };

/** A Python-style slice (`"0:10"`, `"::2"`, `"-5:"`, `"7"`) or a list of 0-based indices. */
export type StructureSelector = string | readonly number[];

/** Per-atom features made by another program, for one dataset. */
export interface FeatureFile {
  /** `.npy` (environments × features), or `.npz`; relative to the project file, or absolute. */
  readonly path: string;
  readonly hash?: string | undefined;
  /** Array of the `.npz` that holds the features; default `features`. */
  readonly array?: string | undefined;
  /**
   * Array of the `.npz` that holds the structure index of every row; default `structures` where
   * there is one. Without it the rows follow the atoms of the structures in order.
   */
  readonly structures?: string | undefined;
}

/** One structure file. */
export interface DatasetEntry {
  /** Relative to the project file (preferred), or absolute. */
  readonly path: string;
  /** Content hash of the file's bytes, `sha256:<hex>`; written on save, checked on open. */
  readonly hash?: string | undefined;
  /** Name shown to people; the file name by default. */
  readonly label?: string | undefined;
  /** Features of its atoms, for the descriptor `features`. */
  readonly features?: FeatureFile | undefined;
}

/** Features made by another program, read from `datasets.*.features`. */
export interface ImportedFeatures {
  readonly type: "features";
  /** Divides every row by its length, as SOAP is; default false. */
  readonly normalize?: boolean | undefined;
}

/** What describes an environment. */
export type Descriptor = SoapHyperparameters | ImportedFeatures;

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
      /** Farthest points in kernel distance, or CUR (leverage scores). */
      readonly method: "fps" | "cur";
      readonly size: number;
      /** Datasets whose environments are candidates. */
      readonly from: readonly string[];
      readonly seed?: number | undefined;
      /**
       * Chooses the points anew for every variant, among the environments of its own training
       * set, as a model trained from scratch would; default false, which keeps variants
       * comparable environment by environment.
       */
      readonly perVariant?: boolean | undefined;
    }
  | {
      readonly method: "explicit";
      readonly from: readonly string[];
      /** Environment indices over `from`, in order. */
      readonly indices: readonly number[];
    };

/** How μ is found when it is not given. It is found on the first variant and used for all. */
export type RegularizerMethod =
  | {
      readonly method: "cross-validation";
      /** Default 5. */
      readonly folds?: number | undefined;
      readonly seed?: number | undefined;
      /** Smallest and largest μ. */
      readonly range?: readonly [number, number] | undefined;
      /** Values tried, evenly in log μ; default 61. */
      readonly points?: number | undefined;
    }
  | {
      readonly method: "marginal-likelihood";
      readonly range?: readonly [number, number] | undefined;
      readonly points?: number | undefined;
    };

interface ModelCommon {
  readonly structureRows?: StructureRows | undefined;
  /** Comment-line key of the total energy; default `energy`. */
  readonly energyKey?: string | undefined;
}

/** A sparse kernel model k = (p·p')^zeta with regularisation μ K_MM. */
export interface SparseKernelModel extends ModelCommon {
  readonly type: "sparse-kernel";
  readonly zeta: number;
  readonly activeSet: ActiveSet;
  /** μ ≥ 0, or how to find it. */
  readonly regularizer: number | RegularizerMethod;
}

/** Ridge regression on the features themselves, φ = x, with regularisation μ I. */
export interface LinearModel extends ModelCommon {
  readonly type: "linear";
  /** μ ≥ 0, or how to find it. */
  readonly regularizer: number | RegularizerMethod;
  /**
   * Weights of their own for every species of the centre; default true for SOAP, false for imported
   * features.
   */
  readonly perSpecies?: boolean | undefined;
}

/** A multilayer perceptron with sigmoid layers, one per species of the centre, trained with L2. */
export interface NetworkModel extends ModelCommon {
  readonly type: "network";
  /** Nodes of the hidden layers; default [16, 16]. */
  readonly hidden?: readonly number[] | undefined;
  /** μ > 0 of the loss ½ Σ (Y − ỹ)² + μ/2 ‖w‖². */
  readonly regularizer: number;
  /** Of the initial weights; default 0. */
  readonly seed?: number | undefined;
  /** Trainings from different initial weights, of which the one of lowest loss counts; default 1. */
  readonly starts?: number | undefined;
  readonly maxIterations?: number | undefined;
  /** Training ends when the relative norm of the gradient has fallen to this; default 1e-5. */
  readonly gradientTolerance?: number | undefined;
}

/** A model. */
export type Model = SparseKernelModel | LinearModel | NetworkModel;

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

/** Which uncertainties are computed besides LPR. */
export interface UncertaintyEntry {
  /** Models on random subsets of every variant's structures. */
  readonly committee?:
    | {
        /** Default 10. */
        readonly members?: number | undefined;
        /** Share of the structures that each member sees; default 0.8. */
        readonly fraction?: number | undefined;
        readonly seed?: number | undefined;
      }
    | undefined;
  /** Adds what the active set does not see of an environment. Sparse kernel models only. */
  readonly projectedProcess?: boolean | undefined;
  /** Held-out structures with energies on which the scale of the variance is calibrated. */
  readonly calibration?: readonly StructureSelection[] | undefined;
}

/** A structure to whose environments targets are compared. */
export interface SimilarityEntry {
  /** Used in column names, e.g. `diamond`. */
  readonly name: string;
  readonly dataset: string;
  /** 0-based; default 0. */
  readonly structure?: number | undefined;
}

/** A block of features of a linear model with a rigidity of its own. */
export interface ComponentEntry {
  readonly name: string;
  /** Columns of the features as exported: a Python-style slice or 0-based indices. */
  readonly columns: StructureSelector;
}

/** Atoms that were given a name. Written by the window; nothing is computed from them. */
export interface SavedSelection {
  /** Unique. */
  readonly name: string;
  /** The expression that chose them, for people; they stay what they are when its values change. */
  readonly expression?: string | undefined;
  readonly atoms: readonly StructureAtoms[];
}

/** A saved way of looking. Written by the window, ignored by the command line. */
export interface ViewSettings {
  readonly colorBy?: string | undefined;
  readonly variant?: string | undefined;
  readonly workspace?: string | undefined;
  readonly grid?: GridLayout | undefined;
  readonly [key: string]: unknown;
}

/** The document. `descriptor`, `model`, `variants`, `targets` may be missing while being built. */
export interface ProjectDocument {
  readonly $schema?: string | undefined;
  readonly version: 1;
  readonly name?: string | undefined;
  /** One line for people, such as the question that the project asks. */
  readonly description?: string | undefined;
  readonly datasets: Readonly<Record<string, DatasetEntry>>;
  readonly descriptor?: Descriptor | undefined;
  readonly model?: Model | undefined;
  readonly variants?: readonly Variant[] | undefined;
  readonly targets?: readonly TargetEntry[] | undefined;
  /** Structures with energies on which every variant is tested. */
  readonly test?: readonly StructureSelection[] | undefined;
  readonly uncertainty?: UncertaintyEntry | undefined;
  readonly similarity?: readonly SimilarityEntry[] | undefined;
  readonly components?: readonly ComponentEntry[] | undefined;
  readonly maps?: readonly MapEntry[] | undefined;
  /** For papers; drawn by the window and by `lpr-studio render`. */
  readonly figures?: readonly FigureDefinition[] | undefined;
  readonly selections?: readonly SavedSelection[] | undefined;
  readonly views?: ViewSettings | undefined;
}
