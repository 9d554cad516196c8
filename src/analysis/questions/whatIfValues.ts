/** The answer of a what-if session under a training set, target by target. */
import { StudioError } from "../../errors.ts";
import type { WhatIfAnswer, WhatIfSession } from "../../rigidity/whatIf.ts";

/** How often a structure is to count; those that are not named count as `base` has them. */
interface CountChange {
  readonly structure: number;
  readonly count: number;
}

/** LPR of each target and how exact it is. */
export type TargetValues = Omit<WhatIfAnswer, "lpr"> & { readonly lpr: readonly Float64Array[] };

/**
 * LPR of the targets under a training set.
 *
 * @param base - times each structure is in the training set that the changes are relative to
 * @param refit - `manual` answers with an update where it can, `automatic` refits where the estimate
 * exceeds the tolerance, `now` factors exactly this training set
 * @param offsets - first atom of each target, length targets + 1
 * @throws StudioError `INVALID_PARAMETER` for structures or counts out of range and for an empty
 * training set; `NOT_POSITIVE_DEFINITE` when μ = 0 and the rows determine no model
 */
export function valuesUnder(
  session: WhatIfSession,
  base: ArrayLike<number>,
  changes: readonly CountChange[],
  refit: "manual" | "automatic" | "now",
  offsets: Int32Array,
): TargetValues {
  const counts = Array.from(base);
  for (const { structure, count } of changes) {
    if (!Number.isInteger(structure) || counts[structure] === undefined) {
      throw new StudioError(
        "INVALID_PARAMETER",
        `what-if: structure ${structure}, expected 0 … ${counts.length - 1}`,
      );
    }
    counts[structure] = count;
  }
  if (counts.every((count) => count === 0)) {
    throw new StudioError("INVALID_PARAMETER", "what-if: the training set is empty", {
      remedy: "Leave at least one structure in it.",
    });
  }
  session.setCounts(counts);
  const { lpr, ...rest } = refit === "now" ? session.refit() : session.lpr(refit);
  return {
    ...rest,
    lpr: Array.from({ length: offsets.length - 1 }, (_, t) =>
      lpr.slice(offsets[t] ?? 0, offsets[t + 1] ?? 0),
    ),
  };
}
