/** The scale between the spread of a committee and its errors, from structures it never saw. */
import { StudioError, type Diagnostic } from "../errors.ts";
import { requireFinite } from "../numerics/checks.ts";

/** How much larger the error is than the spread. Plain data. */
export interface CommitteeCalibration {
  /** α²: calibrated variance = α² · committee variance. */
  readonly scale: number;
  /** (1/n) Σ_A (ΔE_A)²/σ_A²: the same without the correction for few members. */
  readonly uncorrected: number;
  /** Whether `scale` has the correction. */
  readonly isCorrected: boolean;
  readonly nHeldOut: number;
  /** Structures left out because all members agree on them exactly. */
  readonly nExcluded: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Below four members the correction's expectation does not exist. */
const FEWEST_CORRECTED = 4;

/**
 * α² of the calibrated variance α²σ_A² by maximum likelihood of Gaussian errors on held-out
 * structures, corrected for the few members B that σ_A² and the mean come from:
 *
 * α² = −1/B + (B − 3)/(B − 1) · (1/n) Σ_A (E_A − mean_A)²/σ_A²
 *
 * (Musil et al. 2019, J. Chem. Theory Comput. 15, 906; correction: Imbalzano et al. 2021,
 * J. Chem. Phys. 154, 074102). The uncorrected mean is taken for B ≤ 3 and when the corrected value
 * is not positive; either is said.
 *
 * @param errors - E_A − mean_A, length n ≥ 1, of structures in no member's training set
 * @param variances - σ_A², unbiased committee variance of the same quantity, length n
 * @param members - B ≥ 2
 * @throws StudioError `INVALID_PARAMETER` when nothing is left to calibrate on,
 * `INCOMPATIBLE_SHAPE`
 */
export function calibrateCommittee(
  errors: Float64Array,
  variances: Float64Array,
  members: number,
): CommitteeCalibration {
  if (errors.length !== variances.length) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `committee calibration: ${errors.length} errors, ${variances.length} variances`,
    );
  }
  requireFinite(errors, "held-out errors");
  requireFinite(variances, "committee variances");
  let sum = 0;
  let count = 0;
  errors.forEach((error, a) => {
    const variance = variances[a]!;
    if (variance <= 0) return;
    sum += error ** 2 / variance;
    count++;
  });
  if (count === 0 || members < 2) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `committee calibration: ${count} held-out structures on which ${members} members differ, ` +
        "expected at least 1 structure and 2 members",
      { remedy: "Give a test selection with energies, and members that are trained differently." },
    );
  }
  const uncorrected = sum / count;
  const corrected =
    members < FEWEST_CORRECTED ? null : ((members - 3) / (members - 1)) * uncorrected - 1 / members;
  const isCorrected = corrected !== null && corrected > 0;
  const nExcluded = errors.length - count;
  return {
    scale: isCorrected ? corrected : uncorrected,
    uncorrected,
    isCorrected,
    nHeldOut: count,
    nExcluded,
    diagnostics: [
      ...correctionDiagnostics(isCorrected, members),
      ...exclusionDiagnostics(nExcluded),
    ],
  };
}

function correctionDiagnostics(isCorrected: boolean, members: number): readonly Diagnostic[] {
  if (isCorrected) return [];
  const reason =
    members < FEWEST_CORRECTED
      ? `${members} members are too few for it`
      : "the corrected scale would not be positive";
  return [
    {
      severity: "info",
      code: "COMMITTEE_SCALE_UNCORRECTED",
      message: `The calibration of the committee is not corrected for its size: ${reason}.`,
    },
  ];
}

function exclusionDiagnostics(nExcluded: number): readonly Diagnostic[] {
  if (nExcluded === 0) return [];
  return [
    {
      severity: "warning",
      code: "COMMITTEE_AGREES_EXACTLY",
      message:
        `${nExcluded} held-out structures were left out of the calibration: all committee members ` +
        "predict the same for them.",
    },
  ];
}
