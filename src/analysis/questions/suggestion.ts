/** What suggestions are asked for and what comes back. Plain data and typed arrays. */
import type { Diagnostic } from "../../errors.ts";
import type { Model, StructureRows, StructureSelection } from "../../project/document.ts";
import type { RandomSelections } from "../../rigidity/greedySelection.ts";
import type { StageTiming } from "../result.ts";

/**
 * Which atoms are to be helped. `target` is one of the target structures of the project, counted from
 * 0 over all its target entries; without it all of them are meant.
 */
export type AtomChoice =
  | { readonly kind: "all"; readonly target?: number | undefined }
  /** The share of atoms of lowest LPR under the variant, 0 < fraction ≤ 1, at least one atom. */
  | { readonly kind: "worst"; readonly fraction: number; readonly target?: number | undefined }
  /** 0-based atoms of the target, or of all targets one after the other; each counts once. */
  | {
      readonly kind: "listed";
      readonly indices: ArrayLike<number>;
      readonly target?: number | undefined;
    };

/** A question: which structures should be computed next? */
export interface SuggestionRequest {
  /** The training set as it is; default: the first variant. */
  readonly variant?: string | undefined;
  readonly atoms: AtomChoice;
  /** Structures of the project's datasets that could be added. `repeat` is not read. */
  readonly candidates: readonly StructureSelection[];
  /** Structures to be chosen together, ≥ 1. */
  readonly count: number;
  /** What is maximised; the cost of a structure is its number of atoms. Default `gain`. */
  readonly by?: "gain" | "gainPerCost" | undefined;
  /** Candidates more alike to a chosen one than this are put aside (`GreedyOptions`). */
  readonly maxSimilarity?: number | undefined;
  /** As many structures drawn at random, for comparison. */
  readonly random?: { readonly repeats: number; readonly seed: number } | null | undefined;
}

/** A candidate and what it would do alone. */
export interface RankedCandidate {
  /** `dataset[index]`. */
  readonly name: string;
  readonly dataset: string;
  readonly structureIndex: number;
  readonly nAtoms: number;
  /** Times it is in the training set already. */
  readonly timesInTraining: number;
  /** Mean of log(LPR' / LPR) over the atoms. */
  readonly gain: number;
  /** gain / nAtoms. */
  readonly gainPerAtom: number;
  /**
   * Bound on how far `gain` is from that of exact arithmetic on the same rows, from the measured
   * accuracy of the factor (`gainSensitivity`). LPR of the rows themselves has its own estimate.
   */
  readonly gainError: number;
  /** Median and largest LPR' / LPR − 1 over the atoms. */
  readonly medianLift: number;
  readonly maxLift: number;
}

/** One greedy choice. Totals and lifts are those of all choices so far. */
export interface SuggestionStep {
  /** Position in `ranking`. */
  readonly rank: number;
  /** Mean log(LPR' / LPR) that this choice adds to those before it. */
  readonly gain: number;
  readonly totalGain: number;
  readonly totalAtoms: number;
  readonly meanLift: number;
  readonly medianLift: number;
  readonly maxLift: number;
  /** Candidates put aside because they are like this one. */
  readonly putAside: number;
}

/** A target structure of the project. */
export interface SuggestionTarget {
  readonly dataset: string;
  readonly structureIndex: number;
  readonly label: string;
}

/** What should be computed next. */
export interface SuggestionResult {
  readonly backend: string;
  readonly threads: number;
  readonly modelType: Model["type"];
  readonly structureRows: StructureRows;
  /** μ. */
  readonly regularizer: number;
  readonly variant: string;
  /** Structures in its training set. */
  readonly nTraining: number;
  readonly by: "gain" | "gainPerCost";
  readonly targets: readonly SuggestionTarget[];
  /** The atoms to be helped, in target order. */
  readonly atoms: {
    /** Position in `targets`. */
    readonly target: Int32Array;
    readonly atom: Int32Array;
    readonly lprBefore: Float64Array;
    /** With all choices in the training set, from a factor of exactly these rows. */
    readonly lprAfter: Float64Array;
  };
  /** All candidates, best first. */
  readonly ranking: readonly RankedCandidate[];
  /** So many of them, from the best on, keep their place whatever the errors of the gains are. */
  readonly certainRanks: number;
  readonly steps: readonly SuggestionStep[];
  /** For each rank, that of the first of its kind (`foldAlike`): its own for the first. */
  readonly alikeTo: Int32Array;
  /** Total gains of as many random choices as there are steps; null when not asked for. */
  readonly random: (RandomSelections & { readonly count: number; readonly seed: number }) | null;
  /** Largest relative difference between `lprAfter` and the same by rank-one updates, measured. */
  readonly updateError: number;
  readonly timings: readonly StageTiming[];
  readonly diagnostics: readonly Diagnostic[];
  /** Dataset name → `sha256:<hex>`. */
  readonly fileHashes: Readonly<Record<string, string>>;
}
