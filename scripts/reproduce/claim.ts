/** A statement of the paper, what was found here, and whether the two agree. */

/**
 * `reproduced`: the statement holds, and where the paper gives a number ours is within a factor of
 * two of it. `direction reproduced`: the sign is right, the size is not. `not reproduced`: it does
 * not hold here. `not evaluated`: the results lack what is needed.
 */
export type Verdict = "reproduced" | "direction reproduced" | "not reproduced" | "not evaluated";

/** One row of the report. */
export interface Claim {
  /** Where in the paper, such as `Fig. 4b` or `Sec. V`. */
  readonly place: string;
  /** What the paper says. */
  readonly paper: string;
  /** What was found, with numbers. */
  readonly ours: string;
  readonly verdict: Verdict;
  /** Why they differ, or what to know about the comparison. */
  readonly remark?: string | undefined;
}

/** The statement holds in full, in its direction only, or not. */
export function judge(direction: boolean, size = true): Verdict {
  if (!direction) return "not reproduced";
  return size ? "reproduced" : "direction reproduced";
}

/** Whether two positive numbers agree within a factor (two unless said otherwise). */
export function isNear(ours: number, paper: number, factor = 2): boolean {
  const ratio = ours / paper;
  return ratio >= 1 / factor && ratio <= factor;
}

/** A claim that the results say nothing about. */
export function unevaluated(place: string, paper: string, reason: string): Claim {
  return { place, paper, ours: "—", verdict: "not evaluated", remark: reason };
}
