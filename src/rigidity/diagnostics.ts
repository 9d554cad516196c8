/** The numerical health that accompanies every LPR. */
import type { Diagnostic } from "../errors.ts";
import type { KernelSpace } from "../models/kernelSpace.ts";
import type { RigidityFactor } from "./rigidityFactor.ts";

/** See `RigidityDiagnostics` of the analysis result, which has this shape. */
export interface FactorDiagnostics {
  readonly activeSetSize: number;
  readonly effectiveRank: number;
  readonly droppedActivePoints: number;
  readonly dropTolerance: number;
  readonly conditionEstimate: number;
  /** Always 0: nothing is ever added to K_MM or H. */
  readonly jitter: number;
  readonly errorEstimate: number;
}

/** Above this estimate the third digit of an LPR is in doubt. */
const DOUBTFUL = 1e-3;

/**
 * Collects the diagnostics of one factor. For a model on features pass `space` = null: all features
 * count as kept.
 */
export function factorDiagnostics(
  space: KernelSpace | null,
  factor: RigidityFactor,
  errorEstimate: number,
): FactorDiagnostics {
  return {
    activeSetSize: space?.activeSetSize ?? factor.dimension,
    effectiveRank: factor.dimension,
    droppedActivePoints: space?.dropped.length ?? 0,
    dropTolerance: space?.dropTolerance ?? 0,
    conditionEstimate: factor.conditionEstimate,
    jitter: 0,
    errorEstimate,
  };
}

/**
 * What a reader of the LPR should know: an error estimate above 1e-3, environments that the model
 * cannot represent.
 *
 * @param rigidity - LPR of the targets; `Infinity` where φ = 0
 */
export function rigidityWarnings(
  rigidity: Float64Array,
  errorEstimate: number,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (errorEstimate > DOUBTFUL) {
    diagnostics.push({
      severity: "warning",
      code: "RIGIDITY_INACCURATE",
      message:
        `The LPR values may be off by ${(100 * errorEstimate).toPrecision(2)} %: the kernel is ` +
        "nearly singular for this regularizer. A larger regularizer or fewer active points help.",
    });
  }
  const unseen = rigidity.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (unseen > 0) {
    diagnostics.push({
      severity: "warning",
      code: "ENVIRONMENTS_NOT_REPRESENTED",
      message:
        `${unseen} environments have zero features in the model (no active point of their ` +
        "species): their LPR is infinite, because the model always predicts the baseline there.",
    });
  }
  return diagnostics;
}
