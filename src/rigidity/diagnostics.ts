/** The numerical health that accompanies every LPR. */
import type { Diagnostic } from "../errors.ts";
import type { KernelSpace } from "../models/kernelSpace.ts";
import type { RigidityFactor } from "./rigidityFactor.ts";

/** Numerical health of one rigidity factor; accompanies every LPR. */
export interface RigidityDiagnostics {
  /** Active points asked for. */
  readonly activeSetSize: number;
  /** Rank kept by the pivoted Cholesky of K_MM. */
  readonly effectiveRank: number;
  /** activeSetSize − effectiveRank. */
  readonly droppedActivePoints: number;
  /** Relative pivot below which an active point counts as dependent. */
  readonly dropTolerance: number;
  /** Estimated condition number of H in the kernel's own feature space. */
  readonly conditionEstimate: number;
  /** Always 0: no jitter is ever added. */
  readonly jitter: number;
  /** A-posteriori relative error estimate of the LPR values. */
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
): RigidityDiagnostics {
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
