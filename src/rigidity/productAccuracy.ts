/**
 * How well a factor reproduces the H it was made from, measured. Formulas for the error of a
 * factorisation are too large by orders of magnitude, because QR of rows of very different sizes
 * loses far less than κ(R) ε.
 */
import { gatherRows } from "../models/farthestPoints.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { errorSample } from "./errorEstimate.ts";
import type { RigidityFactor } from "./rigidityFactor.ts";
import { squaredNorms, unwhiten, whiten } from "./whitening.ts";

/** Rows with how often each counts; Φᵀ Φ = Σ_A counts_A u_A u_Aᵀ. */
export interface CountedRows {
  readonly rows: DenseMatrix;
  /** Length `rows.rows`, ≥ 0. */
  readonly counts: ArrayLike<number>;
}

/** What rounding leaves at least: some units in the last place. */
const FLOOR = 32 * Number.EPSILON;
/** Targets, and rows of each kind, on which γ is measured. */
const PROBE_TARGETS = 24;
const PROBE_ROWS = 8;
/** The largest error seen on the probes is exceeded elsewhere. */
const SAFETY = 10;

/**
 * γ: with |δ⟨x, y⟩| ≤ γ ‖x‖ ‖y‖ for inner products in the metric of H⁻¹ as this factor gives them, ten
 * times the {@link measuredProductError} of targets of small, large and middling LPR and of rows spread
 * evenly.
 *
 * @param known - rows that the factor was made from, and others of interest, which count 0 times
 * @param targetPhi - φ, (m × d)
 * @param inverse - φᵀ H⁻¹ φ of the targets, length m
 */
export function productErrorBound(
  factor: RigidityFactor,
  known: readonly CountedRows[],
  targetPhi: DenseMatrix,
  inverse: Float64Array,
  backend: NumericsBackend,
): number {
  const probes = chooseProbes(targetPhi, inverse, known);
  return SAFETY * measuredProductError(factor, known, probes, backend);
}

function chooseProbes(
  targetPhi: DenseMatrix,
  inverse: Float64Array,
  known: readonly CountedRows[],
): DenseMatrix {
  const rigidity = inverse.map((value) => 1 / value);
  const parts = [gatherRows(targetPhi, errorSample(rigidity, PROBE_TARGETS))];
  for (const { rows } of known) {
    const count = Math.min(PROBE_ROWS, rows.rows);
    const spread = Int32Array.from({ length: count }, (_, i) =>
      Math.floor(((i + 0.5) * rows.rows) / count),
    );
    parts.push(gatherRows(rows, spread));
  }
  const out = denseMatrix(
    parts.reduce((sum, part) => sum + part.rows, 0),
    targetPhi.cols,
  );
  let start = 0;
  for (const part of parts) {
    out.data.set(part.data, start);
    start += part.data.length;
  }
  return out;
}

/**
 * The relative error of φᵀ H⁻¹ φ = ‖z‖² as this factor gives it, the largest over some probes φ.
 * With x = H⁻¹ φ from the factor, 2 φᵀx − xᵀ H x differs from the true value only by the square of
 * the error of x, and xᵀ H x = Σ_A counts_A (u_A · x)² + μ |x|² never sees the factor.
 *
 * @param training - the rows that the factor was made from
 * @param probes - (n × d), φ ≠ 0 for at least one row
 * @returns ≥ 32 ε; far above 1e-3 when the factor was made from other rows
 */
export function measuredProductError(
  factor: RigidityFactor,
  training: readonly CountedRows[],
  probes: DenseMatrix,
  backend: NumericsBackend,
): number {
  const whitened = whiten(factor, probes, backend);
  const values = squaredNorms(whitened);
  const solutions = unwhiten(factor, whitened, backend);
  const energies = squaredNorms(solutions).map((value) => value * factor.regularizer);
  for (const { rows, counts } of training) addEnergies(rows, counts, solutions, energies, backend);
  let worst = FLOOR;
  for (let i = 0; i < probes.rows; i++) {
    if (values[i] === 0) continue;
    let linear = 0;
    for (let j = i * probes.cols; j < (i + 1) * probes.cols; j++) {
      linear += probes.data[j]! * solutions.data[j]!;
    }
    worst = Math.max(worst, Math.abs(2 * linear - energies[i]! - values[i]!) / values[i]!);
  }
  return worst;
}

/** energies_i += Σ_A counts_A (u_A · x_i)². */
function addEnergies(
  rows: DenseMatrix,
  counts: ArrayLike<number>,
  solutions: DenseMatrix,
  energies: Float64Array,
  backend: NumericsBackend,
): void {
  if (rows.rows === 0) return;
  const products = denseMatrix(solutions.rows, rows.rows);
  backend.gemm(1, solutions, false, rows, true, 0, products);
  for (let i = 0; i < solutions.rows; i++) {
    let sum = 0;
    for (let a = 0; a < rows.rows; a++) {
      sum += counts[a]! * products.data[i * rows.rows + a]! ** 2;
    }
    energies[i]! += sum;
  }
}
