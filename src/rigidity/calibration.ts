/**
 * The scale of rigidity-based uncertainties, σ² = s μ φᵀH⁻¹φ (Chong et al. 2023, Eq. 17), from
 * structures with known energies that the model never saw.
 */
import { StudioError, type Diagnostic } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite } from "../numerics/checks.ts";
import type { DenseMatrix } from "../numerics/matrix.ts";
import { pearson, spearman } from "../numerics/correlation.ts";
import { inverseRigidity, type RigidityFactor } from "./rigidityFactor.ts";

/**
 * What a residual is made of: `none`, the uncertainty of the model alone, σ_A² = s μ v_A; `model`, with
 * the noise that μ stands for, σ_A² = s μ (1 + v_A): the predictive variance of a new target. v_A =
 * g_AᵀH⁻¹g_A of the scaled row.
 */
export type CalibrationNoise = "none" | "model";

/** Held-out structures, rows and residuals scaled alike. */
export interface HeldOutStructures {
  /** g_A in the model's feature space, scaled by the structure-row convention, (n × d). */
  readonly rows: DenseMatrix;
  /** Y_A − E_A, scaled in the same way, length n. */
  readonly residuals: Float64Array;
}

/** The scale and how well it describes the residuals. Plain data. */
export interface UncertaintyCalibration {
  /** s. */
  readonly scale: number;
  readonly noise: CalibrationNoise;
  readonly nHeldOut: number;
  /** Structures left out because the model cannot represent them (v_A = 0, without noise). */
  readonly nExcluded: number;
  /** Standard deviation of each residual, √σ_A², in scaled units, length n of the input. */
  readonly deviations: Float64Array;
  /** Fraction of |residual| ≤ σ_A: 0.683 for Gaussian errors. */
  readonly within1: number;
  /** Fraction of |residual| ≤ 2σ_A: 0.954 for Gaussian errors. */
  readonly within2: number;
  /** Between |residual| and σ_A; null when either does not vary. 0 says σ_A tells nothing. */
  readonly pearson: number | null;
  readonly spearman: number | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** With fewer the scale is uncertain by more than √(2/n) = 45 %. */
const FEWEST_HELD_OUT = 10;

/**
 * s by maximum likelihood of independent Gaussian residuals r_A ~ N(0, s μ (δ + v_A)):
 *
 * s = (1/n) Σ_A r_A² / (μ (δ + g_AᵀH⁻¹g_A)), δ = 0 (`none`) or 1 (`model`).
 *
 * @param factor - factor of H of the model that made the residuals, μ > 0
 * @throws StudioError `INVALID_PARAMETER` for μ = 0, no structure to calibrate on or values not
 * finite, `INCOMPATIBLE_SHAPE`
 */
export function calibrateUncertainty(
  heldOut: HeldOutStructures,
  factor: RigidityFactor,
  noise: CalibrationNoise,
  backend: NumericsBackend,
): UncertaintyCalibration {
  const { rows, residuals } = heldOut;
  const mu = factor.regularizer;
  if (residuals.length !== rows.rows) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `calibration: ${residuals.length} residuals, expected one for each of ${rows.rows} rows`,
    );
  }
  requireFinite(residuals, "held-out residuals");
  if (!(mu > 0)) {
    throw new StudioError("INVALID_PARAMETER", "with μ = 0 there is no uncertainty to calibrate", {
      remedy: "Choose a regularizer μ > 0.",
    });
  }
  const units = inverseRigidity(factor, rows, backend).map(
    (v) => mu * (v + (noise === "model" ? 1 : 0)),
  );
  const kept = [...units.keys()].filter((a) => units[a]! > 0);
  if (kept.length === 0) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `calibration: none of ${rows.rows} held-out structures can be used, expected at least 1`,
      { remedy: "Give a test selection with energies." },
    );
  }
  let scale = 0;
  for (const a of kept) scale += residuals[a]! ** 2 / units[a]! / kept.length;
  const deviations = units.map((unit) => Math.sqrt(scale * unit));
  const sizes = Float64Array.from(kept, (a) => Math.abs(residuals[a]!));
  const expected = Float64Array.from(kept, (a) => deviations[a]!);
  const fraction = (width: number): number =>
    sizes.reduce((count, size, a) => count + (size <= width * expected[a]! ? 1 : 0), 0) /
    kept.length;
  return {
    scale,
    noise,
    nHeldOut: kept.length,
    nExcluded: rows.rows - kept.length,
    deviations,
    within1: fraction(1),
    within2: fraction(2),
    pearson: pearson(sizes, expected),
    spearman: spearman(sizes, expected),
    diagnostics: calibrationDiagnostics(kept.length, rows.rows - kept.length, scale),
  };
}

/**
 * Variance of the energy of a structure (or of its scaled target), σ_A² = s μ (δ + g_AᵀH⁻¹g_A): what
 * {@link calibrateUncertainty} fits. With unscaled rows g_A and `none` it is that of the total energy.
 *
 * @param rows - (m × d)
 * @param scale - s, 1 unless calibrated
 * @returns length m
 * @throws StudioError as `inverseRigidity`
 */
export function structureVariance(
  factor: RigidityFactor,
  rows: DenseMatrix,
  scale: number,
  noise: CalibrationNoise,
  backend: NumericsBackend,
): Float64Array {
  const floor = noise === "model" ? 1 : 0;
  return inverseRigidity(factor, rows, backend).map(
    (value) => scale * factor.regularizer * (floor + value),
  );
}

function calibrationDiagnostics(
  nHeldOut: number,
  nExcluded: number,
  scale: number,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (nHeldOut < FEWEST_HELD_OUT) {
    diagnostics.push({
      severity: "warning",
      code: "CALIBRATION_FEW_STRUCTURES",
      message:
        `The uncertainty scale comes from ${nHeldOut} structures: it may be off by ` +
        `${Math.round(100 * Math.sqrt(2 / nHeldOut))} %.`,
    });
  }
  if (nExcluded > 0) {
    diagnostics.push({
      severity: "warning",
      code: "CALIBRATION_NOT_REPRESENTED",
      message: `${nExcluded} held-out structures have zero features in the model and were left out.`,
    });
  }
  if (scale === 0) {
    diagnostics.push({
      severity: "warning",
      code: "CALIBRATION_NO_ERRORS",
      message: "The model predicts all held-out structures exactly: the uncertainty scale is 0.",
    });
  }
  return diagnostics;
}
