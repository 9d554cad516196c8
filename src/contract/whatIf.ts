/** A what-if session as the window opens it, changes it and is answered. Plain data and typed arrays. */
import type { PreparedWhatIf, WhatIfRequest } from "../analysis/questions/whatIf.ts";

/** What a session is opened for. */
export type WhatIfQuestion = WhatIfRequest;

/**
 * An open session; its name is the id of the job that opened it. The engine has one at a time: opening
 * another closes it.
 */
export interface WhatIfOpened extends Omit<PreparedWhatIf, "problem" | "lpr" | "offsets"> {
  /** LPR of the atoms of each target under the variant as it is. */
  readonly lpr: readonly Float64Array[];
  /** Bound on the relative error of these. */
  readonly errorEstimate: number;
}

/** How often a structure is to count; those that are not named count as the variant has them. */
export interface CountChange {
  /** Position in `WhatIfOpened.structures`. */
  readonly structure: number;
  /** Integer ≥ 0. */
  readonly count: number;
}

/** A training set, as it differs from the variant. */
export interface WhatIfEdit {
  readonly session: string;
  readonly changes: readonly CountChange[];
  /**
   * `manual` answers at once with an estimate of the error, `automatic` refits where the estimate
   * exceeds the tolerance, `now` always factors exactly this training set.
   */
  readonly refit: "manual" | "automatic" | "now";
}

/** LPR under a training set. */
export interface WhatIfValues {
  /** One array a target, in the order of the session. */
  readonly lpr: readonly Float64Array[];
  /** From a factor of exactly these rows, not from an update of another. */
  readonly exact: boolean;
  /** Bound on the relative difference from a full refit, of every LPR. */
  readonly errorEstimate: number;
  /** The estimate exceeds the tolerance and a refit would do better. */
  readonly needsRefit: boolean;
  /** Structures whose count differs from the factor behind this answer. */
  readonly changedRows: number;
  /** Time of the calculation in the engine. */
  readonly milliseconds: number;
}
