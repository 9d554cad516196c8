/** One variant of a project, fitted for questions about structures that could be added to it. */
import { StudioError, type Diagnostic } from "../../errors.ts";
import { rowScales } from "../../models/structureRows.ts";
import { rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { trainingEnergies } from "../stages/energies.ts";
import { fitStage } from "../stages/fitStage.ts";
import { groupStage } from "../stages/groupStage.ts";
import type { Job } from "../stages/job.ts";
import { requireMemory } from "../memoryEstimate.ts";
import type { Requirements } from "../requirements.ts";
import { rowStage, type GroupRows } from "../stages/rowStage.ts";
import { allocateMatrix, type TaskRunner } from "../tasks/runner.ts";
import { representable, withCandidates, type Candidate } from "./suggestCandidates.ts";
import type { DescriptorContext, FittedVariant } from "../tasks/taskContext.ts";

/** The fitted variant with the rows of its training set and of the candidates. */
export interface PreparedVariant {
  readonly requirements: Requirements;
  readonly candidates: readonly Candidate[];
  /** Position of each candidate in the pool. */
  readonly positions: Int32Array;
  readonly group: GroupRows;
  readonly fit: FittedVariant;
  readonly regularizer: number;
  readonly rowIndices: Int32Array;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Fits one variant and computes the rows of its training set and of the candidates. Stages that an
 * analysis of the same project has left in the cache are found.
 *
 * @param variant - index in `all.variants`
 * @throws StudioError `OUT_OF_MEMORY` before anything is computed, `INVALID_PARAMETER` when the model
 * can represent none of the candidates, and what the stages throw
 */
export async function prepareVariant(
  job: Job,
  all: Requirements,
  variant: number,
  offered: readonly Candidate[],
  memoryLimitBytes: number,
  descriptor: DescriptorContext,
): Promise<PreparedVariant> {
  // μ is found on the first variant and used for all.
  const isGiven = typeof all.model.regularizer === "number";
  const wanted = new Set(isGiven ? [variant] : [0, variant]);
  const narrow: Requirements = {
    ...all,
    variants: all.variants.filter((_, v) => wanted.has(v)),
    map: null,
    test: null,
    calibration: null,
    similarity: [],
    components: [],
    uncertainty: {},
  };
  requireMemory(withCandidates(narrow, offered).requirements, memoryLimitBytes);
  const v = narrow.variants.length - 1;
  const groupsOf = await groupStage(job, narrow, descriptor, trainingEnergies(narrow));
  const source = groupsOf.groups.find(({ variantIndices }) => variantIndices.includes(v))?.source;
  if (source === undefined) throw new StudioError("INTERNAL", "the variant has no group");
  const known = representable(offered, source);
  const { requirements, positions } = withCandidates(narrow, known.candidates);
  const groups = await rowStage(job, requirements, descriptor, groupsOf.groups);
  // The candidates are no test: they need no energies.
  const untested = { ...requirements, test: null };
  const training = trainingEnergies(untested);
  const fitted = await fitStage(job, untested, groups, groupsOf.poolFeatures, training);
  const group = groups.find(({ variantIndices }) => variantIndices.includes(v));
  const fit = fitted.fits[v];
  const rowIndices = narrow.variants[v]?.rowIndices;
  if (group === undefined || fit === undefined || rowIndices === undefined) {
    throw new StudioError("INTERNAL", "the variant was not fitted");
  }
  return {
    requirements: untested,
    candidates: known.candidates,
    positions,
    group,
    fit,
    regularizer: fitted.regularizer,
    rowIndices,
    diagnostics: [
      ...known.diagnostics,
      ...groupsOf.diagnostics,
      ...group.diagnostics,
      ...fitted.diagnostics,
      ...fit.diagnostics,
    ],
  };
}

/**
 * Position of a variant, the first one without a name.
 * @throws StudioError `INVALID_PARAMETER` for a name that no variant has
 */
export function variantIndex({ variants }: Requirements, name: string | undefined): number {
  if (name === undefined) return 0;
  const index = variants.findIndex((variant) => variant.name === name);
  if (index !== -1) return index;
  const names = variants.map((variant) => `"${variant.name}"`).join(", ");
  throw new StudioError("INVALID_PARAMETER", `variant "${name}", expected one of ${names}`);
}

/** g_A · N_A^(−p) of the pool structures at `positions`, in their order; (positions × d). */
export function scaledPoolRows(
  runner: TaskRunner,
  { requirements: { pool, model }, group: { poolRows } }: PreparedVariant,
  positions: ArrayLike<number>,
): DenseMatrix {
  const wanted = Array.from(positions);
  const nAtoms = wanted.map((position) => pool[position]?.structure.nAtoms ?? 0);
  const scales = rowScales(nAtoms, model.structureRows ?? "sum");
  const rows = allocateMatrix(runner, wanted.length, poolRows.cols);
  wanted.forEach((position, i) => {
    const scale = scales[i] ?? 1;
    const row = rowRange(poolRows, position, position + 1).data;
    rowRange(rows, i, i + 1).data.set(row.map((value) => scale * value));
  });
  return rows;
}
