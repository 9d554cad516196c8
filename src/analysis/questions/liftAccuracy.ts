/** How far predicted lifts can be from those of full analyses: two measured errors of one variant. */
import { denseMatrix, type DenseMatrix } from "../../numerics/matrix.ts";
import { environmentOffsets } from "../../structures/dataset.ts";
import { errorStage } from "../stages/errorStage.ts";
import type { Job } from "../stages/job.ts";
import type { PoolStructure } from "../requirements.ts";
import { scaledPoolRows, type PreparedVariant } from "./suggestVariant.ts";
import type { DescriptorContext } from "../tasks/taskContext.ts";

/** The watched atoms under the variant. */
export interface WatchedAtoms {
  readonly pools: readonly PoolStructure[];
  /** φ, (m × d). */
  readonly phi: DenseMatrix;
  /** Length m. */
  readonly lpr: Float64Array;
  /** φᵀ H⁻¹ φ as the factor gives it, length m. */
  readonly inverse: Float64Array;
}

/** Both relative. */
export interface LiftAccuracy {
  /** γ of inner products in the metric of H⁻¹ (`productErrorBound`). */
  readonly productError: number;
  /** Of every LPR, by rounding noise of the numbers behind φ (`kernelErrorEstimate`). */
  readonly lprError: number;
}

/** Measures both; one more factorisation. */
export async function liftAccuracy(
  job: Job,
  prepared: PreparedVariant,
  descriptor: DescriptorContext,
  { pools, phi, lpr, inverse }: WatchedAtoms,
): Promise<LiftAccuracy> {
  const { group, regularizer, rowIndices, fit } = prepared;
  const { model, pool } = prepared.requirements;
  const measuring = job.runner.run<"accuracy">({
    kind: "accuracy",
    factor: fit.factor,
    training: scaledPoolRows(job.runner, prepared, rowIndices),
    candidates: denseMatrix(0, phi.cols),
    phi,
    inverse,
  });
  const offsets = environmentOffsets(pools.map(({ structure }) => structure));
  const sampling = errorStage(
    job,
    { model, pool, variants: [{ rowIndices }], targets: [{ structures: pools, offsets }] },
    descriptor,
    [{ ...group, variantIndices: [0] }],
    regularizer,
    { lpr: denseMatrix(1, lpr.length, lpr), targetOffsets: Int32Array.of(0, lpr.length) },
  );
  const [productError, [lprError = 0]] = await Promise.all([measuring, sampling]);
  return { productError, lprError };
}
