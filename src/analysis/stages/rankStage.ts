/** Rows in the coordinates of H, and candidates ranked in them, block by block on a runner. */
import { rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import type { CandidateSpace } from "../../rigidity/candidateSpace.ts";
import type { RigidityFactor } from "../../rigidity/rigidityFactor.ts";
import { whitenedDimension } from "../../rigidity/whitening.ts";
import { allocateMatrix, runAll, type TaskRunner } from "../tasks/runner.ts";
import { blocksOf } from "../tasks/sharding.ts";
import { candidateBlock } from "../tasks/suggestTask.ts";

/** Rows whitened or candidates ranked in one task. */
export const BLOCK_ROWS = 256;

/** Candidates best first, and what each would do alone. */
export interface Ranking {
  readonly order: Int32Array;
  /** Mean of log(LPR' / LPR) over the targets, by candidate. */
  readonly gains: Float64Array;
  readonly medianLifts: Float64Array;
  readonly maxLifts: Float64Array;
  /** |δgain| ≤ γ times this, by candidate. */
  readonly sensitivities: Float64Array;
}

/** Rows (n × d) in the coordinates where H is the identity, (n × D), and their squared norms. */
export async function whitenRowsOf(
  runner: TaskRunner,
  factor: RigidityFactor,
  rows: DenseMatrix,
): Promise<{ readonly whitened: DenseMatrix; readonly squaredNorms: Float64Array }> {
  const whitened = allocateMatrix(runner, rows.rows, whitenedDimension(factor));
  const squaredNorms = runner.allocate(rows.rows);
  await runAll<"whiten">(
    runner,
    blocksOf(rows.rows, BLOCK_ROWS).map(({ start, end }) => () => ({
      kind: "whiten",
      factor,
      rows: rowRange(rows, start, end),
      whitened: rowRange(whitened, start, end),
      squaredNorms: squaredNorms.subarray(start, end),
    })),
  );
  return { whitened, squaredNorms };
}

/** Ranks all candidates of a space. */
export async function rankAll(
  runner: TaskRunner,
  space: CandidateSpace,
  by: "gain" | "gainPerCost" = "gain",
): Promise<Ranking> {
  const blocks = blocksOf(space.candidates.rows, BLOCK_ROWS);
  const parts = await runAll<"rank">(
    runner,
    blocks.map(({ start, end }) => () => ({
      kind: "rank",
      space: candidateBlock(space, start, end),
    })),
  );
  const join = (key: Exclude<keyof Ranking, "order">): Float64Array =>
    Float64Array.from(parts.flatMap((part) => Array.from(part[key])));
  const gains = join("gains");
  const merits = gains.map((gain, j) => (by === "gain" ? gain : gain / (space.costs?.[j] ?? 1)));
  const order = Int32Array.from(gains.keys()).sort(
    (a, b) => (merits[b] ?? 0) - (merits[a] ?? 0) || a - b,
  );
  return {
    order,
    gains,
    medianLifts: join("medianLifts"),
    maxLifts: join("maxLifts"),
    sensitivities: join("sensitivities"),
  };
}
