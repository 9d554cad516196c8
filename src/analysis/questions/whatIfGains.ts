/** What each structure of a what-if session would do alone for one target. */
import { StudioError } from "../../errors.ts";
import { rowRange } from "../../numerics/matrix.ts";
import type { CandidateSpace } from "../../rigidity/candidateSpace.ts";
import { rankAll, whitenRowsOf } from "../stages/rankStage.ts";
import type { TaskRunner } from "../tasks/runner.ts";
import type { PreparedWhatIf } from "./whatIf.ts";

/** The pool in the coordinates of H of the variant as it is; made once for all targets. */
export type WhitenedPool = Pick<CandidateSpace, "candidates" | "leverages">;

/** Whitens the pool: P d² operations. */
export async function whitenPool(
  runner: TaskRunner,
  { problem: { factor, poolRows } }: Pick<PreparedWhatIf, "problem">,
): Promise<WhitenedPool> {
  const { whitened, squaredNorms } = await whitenRowsOf(runner, factor, poolRows);
  return { candidates: whitened, leverages: squaredNorms };
}

/**
 * The exact mean of log(LPR' / LPR) over the atoms of a target if one structure alone counted once
 * more in the training set of the variant as it is (`candidateGain`).
 *
 * @param target - position in `prepared.targets`
 * @returns one value a structure, ≥ 0 up to rounding
 * @throws StudioError `INVALID_PARAMETER` for a target that is not watched; `CANCELLED`
 */
export async function gainsAlone(
  runner: TaskRunner,
  { problem: { factor, targetPhi }, targets, offsets }: PreparedWhatIf,
  pool: WhitenedPool,
  target: number,
): Promise<Float64Array> {
  const start = offsets[target];
  const end = offsets[target + 1];
  if (start === undefined || end === undefined) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `what-if: target ${target}, expected 0 … ${targets.length - 1}`,
    );
  }
  const phi = rowRange(targetPhi, start, end);
  const { whitened, squaredNorms } = await whitenRowsOf(runner, factor, phi);
  const space: CandidateSpace = {
    ...pool,
    targets: whitened,
    inverse: squaredNorms,
    weights: null,
    costs: null,
  };
  return (await rankAll(runner, space)).gains;
}
