/**
 * The regularizer μ from the data: by cross-validation over structures, or by marginal likelihood
 * (evidence). Both read the answer for every μ from singular value decompositions of the scaled rows
 * Φ; ΦᵀΦ is never formed.
 */
import { StudioError, type Diagnostic } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite } from "../numerics/checks.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { createRandom, sampleWithoutReplacement } from "../random.ts";
import { gatherRows } from "./farthestPoints.ts";
import { minimizeScalar } from "./minimizeScalar.ts";

/** Where μ is searched. */
export interface RegularizerGrid {
  /** Smallest μ, > 0. */
  readonly low: number;
  /** Largest μ. */
  readonly high: number;
  /** Values of μ, equally spaced in log μ from `low` to `high`, ≥ 3. */
  readonly points: number;
}

/** One μ tried. */
export interface RegularizerPoint {
  readonly mu: number;
  /** Mean squared error (cross-validation, to be small) or log evidence (to be large). */
  readonly value: number;
}

/** What a search found. Plain data. */
export interface RegularizerSearch {
  /** μ. */
  readonly regularizer: number;
  /** The grid, μ ascending. */
  readonly curve: readonly RegularizerPoint[];
  /**
   * The grid values around μ that are about as good: mean squared error within 1 %, log evidence
   * within 2.
   */
  readonly plausible: { readonly low: number; readonly high: number };
  readonly diagnostics: readonly Diagnostic[];
}

/** The same with the scale of the uncertainties that the evidence gives. */
export interface EvidenceSearch extends RegularizerSearch {
  /** Log evidence at μ, natural logarithm. */
  readonly logEvidence: number;
  /** σ² = yᵀ(I + ΦΦᵀ/μ)⁻¹y / n, in (unit of the scaled targets)². */
  readonly noiseVariance: number;
  /** s = σ²/μ: the variance of a local prediction is s μ / LPR (Eq. 17). */
  readonly scale: number;
}

/** Settings of {@link searchByCrossValidation}. */
export interface CrossValidationOptions {
  /** Parts that are left out in turn, 2 ≤ k ≤ n; default 5. */
  readonly folds?: number | undefined;
  /** Seed of the division into parts. */
  readonly seed: number;
  /** Default {@link defaultRegularizerGrid}. */
  readonly grid?: RegularizerGrid | undefined;
}

const DEFAULT_FOLDS = 5;
/** Curves that stay within the plausible band over more decades than this do not determine μ. */
const FLAT_DECADES = 4;
const PLAUSIBLE_ERROR = 1.01;
const PLAUSIBLE_EVIDENCE = 2;
/** In log μ: evidence is flat to second order at its maximum, finer has no meaning. */
const LOG_TOLERANCE = 1e-7;

/**
 * 61 values from 1e-14 ‖Φ‖² to 10 ‖Φ‖² (Frobenius): from where the smallest meaningful singular values
 * are undamped to where the largest is suppressed.
 *
 * @param rows - Φ, (n × d), scaled by the structure-row convention
 * @throws StudioError `INVALID_PARAMETER` when Φ is zero, empty or not finite
 */
export function defaultRegularizerGrid(rows: DenseMatrix): RegularizerGrid {
  requireFinite(rows.data, "structure rows");
  let squared = 0;
  for (const value of rows.data) squared += value * value;
  if (!(squared > 0)) {
    throw new StudioError("INVALID_PARAMETER", "all structure rows are zero: no μ to search");
  }
  return { low: 1e-14 * squared, high: 10 * squared, points: 61 };
}

/**
 * μ of least mean squared error, (1/n) Σ_A (y_A − g_Aᵀ w_{−f(A)})², where w_{−f} is fitted without the
 * part f of the structures that A belongs to: each structure is predicted once, in the scaled units
 * of its row ("mean" rows: error per atom). One SVD a part serves every μ. Parts are a seeded
 * division into sizes that differ by at most one.
 *
 * The targets should be free of the baseline; one fitted to all structures is shared by the parts,
 * a small optimism of the order of species / structures.
 *
 * @param rows - Φ, (n × d), scaled by the structure-row convention
 * @param targets - y, scaled and baseline-free, length n
 * @throws StudioError `INVALID_PARAMETER` for too few structures or a grid that is none,
 * `INCOMPATIBLE_SHAPE`
 */
export function searchByCrossValidation(
  rows: DenseMatrix,
  targets: Float64Array,
  options: CrossValidationOptions,
  backend: NumericsBackend,
): RegularizerSearch {
  requireProblem(rows, targets);
  const { folds = DEFAULT_FOLDS, seed, grid = defaultRegularizerGrid(rows) } = options;
  const mus = gridValues(grid);
  const squaredErrors = new Float64Array(mus.length);
  for (const { train, test } of crossValidationFolds(rows.rows, folds, seed)) {
    const training = spectrumOf(gatherRows(rows, train), gatherValues(targets, train), backend);
    const projected = denseMatrix(test.length, training.values.length);
    backend.gemm(1, gatherRows(rows, test), false, training.vt, true, 0, projected);
    addSquaredErrors(training, projected, gatherValues(targets, test), mus, squaredErrors);
  }
  const curve = Array.from(mus, (mu, m) => ({ mu, value: squaredErrors[m]! / rows.rows }));
  const best = indexOfBest(curve, (a, b) => a < b);
  const limit = PLAUSIBLE_ERROR * curve[best]!.value;
  return {
    regularizer: curve[best]!.mu,
    curve,
    ...describeCurve(curve, best, (value) => value <= limit),
  };
}

/**
 * The parts of a cross-validation, over structures.
 *
 * @returns for each part the rows it leaves in and those it leaves out, ascending
 * @throws StudioError `INVALID_PARAMETER` unless 2 ≤ `folds` ≤ n
 */
export function crossValidationFolds(
  nStructures: number,
  folds: number,
  seed: number,
): readonly { readonly train: Int32Array; readonly test: Int32Array }[] {
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= nStructures)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `cross-validation: ${folds} folds of ${nStructures} structures, expected from 2 to ` +
        `${nStructures}`,
      { remedy: "Choose fewer folds, or add structures to the training set." },
    );
  }
  const order = sampleWithoutReplacement(createRandom(seed), nStructures, nStructures);
  return Array.from({ length: folds }, (_, f) => ({
    train: order.filter((__, i) => i % folds !== f).sort(),
    test: order.filter((__, i) => i % folds === f).sort(),
  }));
}

/**
 * μ of largest marginal likelihood of y = Φ w + noise with w ~ N(0, τ² I), noise ~ N(0, σ² I),
 * μ = σ²/τ² (MacKay 1992, Neural Comput. 4, 415; Rasmussen & Williams 2006, Sec. 2.3, 5.4). The scale
 * is profiled out, σ²(μ) = yᵀ(I + ΦΦᵀ/μ)⁻¹y / n, which leaves
 *
 * log p(y|μ) = −n/2 (1 + log 2πσ²(μ)) − ½ Σ_i log(1 + σ_i²/μ),
 *
 * scanned on the grid and maximised over log μ by Brent's method between the neighbours of the best
 * grid value.
 *
 * @param rows - Φ, (n × d), scaled by the structure-row convention
 * @param targets - y, scaled and baseline-free, length n, not all zero
 * @param grid - default {@link defaultRegularizerGrid}
 * @throws StudioError `INVALID_PARAMETER`, `INCOMPATIBLE_SHAPE`
 */
export function searchByMarginalLikelihood(
  rows: DenseMatrix,
  targets: Float64Array,
  backend: NumericsBackend,
  grid: RegularizerGrid = defaultRegularizerGrid(rows),
): EvidenceSearch {
  requireProblem(rows, targets);
  if (targets.every((value) => value === 0)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      "all targets equal the baseline: the marginal likelihood has no maximum",
      { remedy: "Give the regularizer as a number." },
    );
  }
  const spectrum = spectrumOf(rows, targets, backend);
  const curve = Array.from(gridValues(grid), (mu) => ({
    mu,
    value: evidence(spectrum, mu).logEvidence,
  }));
  const best = indexOfBest(curve, (a, b) => a > b);
  const left = curve[Math.max(0, best - 1)]!.mu;
  const right = curve[Math.min(curve.length - 1, best + 1)]!.mu;
  const refined = Math.exp(
    minimizeScalar(
      (logMu) => -evidence(spectrum, Math.exp(logMu)).logEvidence,
      Math.log(left),
      Math.log(right),
      LOG_TOLERANCE,
    ),
  );
  const atGrid = evidence(spectrum, curve[best]!.mu);
  const atRefined = evidence(spectrum, refined);
  const isRefined = atRefined.logEvidence > atGrid.logEvidence;
  const regularizer = isRefined ? refined : curve[best]!.mu;
  const { logEvidence, noiseVariance } = isRefined ? atRefined : atGrid;
  return {
    regularizer,
    logEvidence,
    noiseVariance,
    scale: noiseVariance / regularizer,
    curve,
    ...describeCurve(curve, best, (value) => value >= logEvidence - PLAUSIBLE_EVIDENCE),
  };
}

/** Φ = U diag(σ) Vᵀ and what it makes of y. */
interface Spectrum {
  readonly nRows: number;
  /** σ, descending. */
  readonly values: Float64Array;
  /** (k × d). */
  readonly vt: DenseMatrix;
  /** Uᵀ y. */
  readonly coefficients: Float64Array;
  /** ‖y − U Uᵀ y‖², the residual formed explicitly. */
  readonly outside: number;
}

function spectrumOf(rows: DenseMatrix, targets: Float64Array, backend: NumericsBackend): Spectrum {
  const { u, values, vt } = backend.thinSvd(rows);
  const y = denseMatrix(targets.length, 1, targets.slice());
  const coefficients = denseMatrix(values.length, 1);
  backend.gemm(1, u, true, y, false, 0, coefficients);
  backend.gemm(-1, u, false, coefficients, false, 1, y);
  let outside = 0;
  // With n ≤ d the left vectors span everything, and what is left is rounding.
  if (rows.rows > values.length) for (const value of y.data) outside += value * value;
  return { nRows: rows.rows, values, vt, coefficients: coefficients.data, outside };
}

function evidence(
  { nRows, values, coefficients, outside }: Spectrum,
  mu: number,
): { readonly logEvidence: number; readonly noiseVariance: number } {
  let quadratic = outside;
  let logDeterminant = 0;
  values.forEach((value, i) => {
    const ratio = value ** 2 / mu;
    quadratic += coefficients[i]! ** 2 / (1 + ratio);
    logDeterminant += Math.log1p(ratio);
  });
  const noiseVariance = quadratic / nRows;
  const logEvidence =
    -(nRows / 2) * (1 + Math.log(2 * Math.PI * noiseVariance)) - logDeterminant / 2;
  return { logEvidence, noiseVariance };
}

/** Adds Σ (y − P diag(σ/(σ²+μ)) Uᵀy_train)² for every μ; P = Φ_test V. */
function addSquaredErrors(
  { values, coefficients }: Spectrum,
  projected: DenseMatrix,
  targets: Float64Array,
  mus: Float64Array,
  sums: Float64Array,
): void {
  const k = values.length;
  const weights = new Float64Array(k);
  mus.forEach((mu, m) => {
    for (let j = 0; j < k; j++)
      weights[j] = (values[j]! * coefficients[j]!) / (values[j]! ** 2 + mu);
    for (let i = 0; i < targets.length; i++) {
      let error = targets[i]!;
      for (let j = 0; j < k; j++) error -= projected.data[i * k + j]! * weights[j]!;
      sums[m]! += error * error;
    }
  });
}

function gridValues({ low, high, points }: RegularizerGrid): Float64Array {
  const valid = low > 0 && high > low && Number.isFinite(high);
  if (!(valid && Number.isInteger(points) && points >= 3)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `grid of regularizers: ${points} values from ${low} to ${high}, expected at least 3 with ` +
        "0 < low < high",
    );
  }
  const step = Math.log(high / low) / (points - 1);
  return Float64Array.from({ length: points }, (_, m) =>
    m === points - 1 ? high : low * Math.exp(m * step),
  );
}

function gatherValues(values: Float64Array, indices: Int32Array): Float64Array {
  return Float64Array.from(indices, (index) => values[index]!);
}

function indexOfBest(
  curve: readonly RegularizerPoint[],
  isBetter: (a: number, b: number) => boolean,
): number {
  let best = 0;
  curve.forEach(({ value }, m) => {
    if (isBetter(value, curve[best]!.value)) best = m;
  });
  return best;
}

function describeCurve(
  curve: readonly RegularizerPoint[],
  best: number,
  isPlausible: (value: number) => boolean,
): Pick<RegularizerSearch, "plausible" | "diagnostics"> {
  let first = best;
  let last = best;
  while (first > 0 && isPlausible(curve[first - 1]!.value)) first--;
  while (last < curve.length - 1 && isPlausible(curve[last + 1]!.value)) last++;
  const low = curve[first]!.mu;
  const high = curve[last]!.mu;
  const diagnostics: Diagnostic[] = [];
  if (best === 0 || best === curve.length - 1) {
    diagnostics.push({
      severity: "warning",
      code: "REGULARIZER_AT_EDGE",
      message:
        `The best regularizer found, ${curve[best]!.mu.toExponential(2)}, is the ` +
        `${best === 0 ? "smallest" : "largest"} tried: the best one may lie beyond.`,
    });
  }
  if (Math.log10(high / low) > FLAT_DECADES) {
    diagnostics.push({
      severity: "warning",
      code: "REGULARIZER_UNDETERMINED",
      message:
        `Regularizers from ${low.toExponential(1)} to ${high.toExponential(1)} are about equally ` +
        "good: the data hardly determine it, and the LPR depends on it.",
    });
  }
  return { plausible: { low, high }, diagnostics };
}

function requireProblem(rows: DenseMatrix, targets: Float64Array): void {
  requireFinite(rows.data, "structure rows");
  requireFinite(targets, "targets");
  if (targets.length !== rows.rows) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `targets: got ${targets.length}, expected one for each of ${rows.rows} rows`,
    );
  }
  if (rows.rows < 2 || rows.cols === 0) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `a search for μ needs at least 2 structures and 1 feature, got ${rows.rows} × ${rows.cols}`,
    );
  }
}
