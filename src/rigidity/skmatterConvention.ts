/**
 * Prediction rigidities exactly as scikit-matter defines them (`skmatter.metrics`, 929fd4d5), for
 * comparison with published numbers. With x' = x / s, s² the mean of |x|² over all training
 * environments, and rows X' of the structures' mean x':
 *
 * LPR_k = 1 / (x'_kᵀ C⁺ x'_k), C = X'ᵀX' + α I, C⁺ without eigenvalues ≤ 1e-15 of the largest.
 *
 * scikit-matter forms C, and so loses log₁₀ cond(C) of its 16 digits; here the eigenvalues σ_i² + α
 * come from the singular values of X'. The two agree while cond(C) is far from 1e16, which a
 * diagnostic says.
 */
import { StudioError, type Diagnostic } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite, requireRegularizer } from "../numerics/checks.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import {
  rowScales,
  scaleRows,
  sumStructureRows,
  type StructureRows,
} from "../models/structureRows.ts";
import { localPredictionRigidity, type RigidityFactor } from "./rigidityFactor.ts";
import { componentRigidities, consecutiveBlocks } from "./structureRigidity.ts";

/** Environments of some structures. */
export interface EnvironmentSet {
  /** x, (nEnvironments × d), structures one after the other. */
  readonly features: DenseMatrix;
  /** First environment of each structure, length nStructures + 1. */
  readonly offsets: Int32Array;
}

/** What scikit-matter derives from a training set. Plain data. */
export interface SkmatterModel {
  /** Factor of C on its kept eigenvectors. */
  readonly factor: RigidityFactor;
  readonly alpha: number;
  /** s. */
  readonly scaleFactor: number;
  /** d − rank(C), eigenvalues ≤ d ε λ_max counting as zero (`numpy.linalg.matrix_rank`). */
  readonly rankDifference: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** The same LPR in this program's own terms. */
export interface EquivalentSettings {
  /** μ. */
  readonly regularizer: number;
  readonly structureRows: StructureRows;
}

/** Component-wise rigidities. */
export interface ComponentRigidities {
  /** CPR, (nStructures × components), of the mean over each structure. */
  readonly structures: DenseMatrix;
  /** LCPR, (nEnvironments × components). */
  readonly environments: DenseMatrix;
}

/** `rcond` of `numpy.linalg.pinv`. */
const RCOND = 1e-15;
/** ε cond(C) above which scikit-matter's own digits are in doubt. */
const DOUBTFUL = 1e-8;

/**
 * @param train - training environments; every structure has at least one
 * @param alpha - α ≥ 0
 * @throws StudioError `INVALID_PARAMETER` for α < 0, an empty set, or features that are all zero or
 * not finite; `INCOMPATIBLE_SHAPE`
 */
export function skmatterModel(
  train: EnvironmentSet,
  alpha: number,
  backend: NumericsBackend,
): SkmatterModel {
  requireRegularizer(alpha, "scikit-matter's LPR");
  requireFinite(train.features.data, "training features");
  const scaleFactor = rootMeanSquareNorm(train.features);
  const rows = meanRows(train, scaleFactor);
  const d = rows.cols;
  const { values, vt } = backend.thinSvd(rows);
  const largest = (values[0] ?? 0) ** 2 + alpha;
  const smallest = (values.length < d ? 0 : values[d - 1]!) ** 2 + alpha;
  const threshold = d * Number.EPSILON * largest;
  const spanned = values.filter((value) => value ** 2 + alpha > threshold).length;
  const rank = spanned + (alpha > threshold ? d - values.length : 0);
  const condition = largest / smallest;
  const common = { dimension: d, nRows: rows.rows, conditionEstimate: condition } as const;
  // Below the cut, pinv drops what X' does not reach: a factor without that part.
  const factor: RigidityFactor =
    alpha > RCOND * largest
      ? { kind: "svd", ...common, regularizer: alpha, singularValues: values, rightVectors: vt }
      : { kind: "svd", ...common, regularizer: 0, ...keptEigenvectors(values, vt, alpha, largest) };
  return {
    factor,
    alpha,
    scaleFactor,
    rankDifference: d - rank,
    diagnostics: conditionDiagnostics(condition),
  };
}

/**
 * LPR of environments.
 *
 * @param features - x, unscaled, (m × d)
 * @returns length m; `Infinity` where C⁺x = 0
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when not finite
 */
export function skmatterRigidity(
  { factor, scaleFactor }: SkmatterModel,
  features: DenseMatrix,
  backend: NumericsBackend,
): Float64Array {
  return localPredictionRigidity(factor, divided(features, scaleFactor), backend);
}

/**
 * PR of structures: that of the mean over their environments.
 *
 * @returns length nStructures
 * @throws StudioError as {@link skmatterRigidity}
 */
export function skmatterStructureRigidity(
  { factor, scaleFactor }: SkmatterModel,
  test: EnvironmentSet,
  backend: NumericsBackend,
): Float64Array {
  return localPredictionRigidity(factor, meanRows(test, scaleFactor), backend);
}

/**
 * CPR of structures and LCPR of their environments.
 *
 * @param dimensions - `comp_dims`: features of each component, in order
 * @throws StudioError as {@link skmatterRigidity} and `consecutiveBlocks`
 */
export function skmatterComponentRigidity(
  { factor, scaleFactor }: SkmatterModel,
  test: EnvironmentSet,
  dimensions: readonly number[],
  backend: NumericsBackend,
): ComponentRigidities {
  const components = consecutiveBlocks(dimensions, factor.dimension);
  const environments = divided(test.features, scaleFactor);
  return {
    structures: componentRigidities(factor, meanRows(test, scaleFactor), components, backend),
    environments: componentRigidities(factor, environments, components, backend),
  };
}

/**
 * The settings with which this program gives scikit-matter's numbers on the unscaled features:
 * "mean" rows and μ = α s². (Both sides of the fraction scale alike: x'ᵀ(X'ᵀX' + αI)⁻¹x' =
 * xᵀ(XᵀX + αs²I)⁻¹x.)
 *
 * @param scaleFactor - s of {@link skmatterModel}, or of {@link skmatterScaleFactor}
 */
export function equivalentSettings(alpha: number, scaleFactor: number): EquivalentSettings {
  return { regularizer: alpha * scaleFactor ** 2, structureRows: "mean" };
}

/** The inverse of {@link equivalentSettings}: α = μ / s². */
export function equivalentAlpha(regularizer: number, scaleFactor: number): number {
  return regularizer / scaleFactor ** 2;
}

/**
 * s, the root mean square length of the training environments' features.
 *
 * @param features - (nEnvironments × d)
 * @throws StudioError `INVALID_PARAMETER` when there are none, or all are zero or not finite
 */
export function skmatterScaleFactor(features: DenseMatrix): number {
  requireFinite(features.data, "training features");
  return rootMeanSquareNorm(features);
}

function rootMeanSquareNorm({ rows, data }: DenseMatrix): number {
  let squared = 0;
  for (const value of data) squared += value * value;
  if (squared > 0) return Math.sqrt(squared / rows);
  throw new StudioError(
    "INVALID_PARAMETER",
    `the features of ${rows} training environments are all zero or missing`,
  );
}

function meanRows({ features, offsets }: EnvironmentSet, scaleFactor: number): DenseMatrix {
  const sums = sumStructureRows(divided(features, scaleFactor), offsets);
  const nAtoms = Int32Array.from({ length: sums.rows }, (_, a) => offsets[a + 1]! - offsets[a]!);
  return scaleRows(sums, rowScales(nAtoms, "mean"));
}

function divided({ rows, cols, data }: DenseMatrix, divisor: number): DenseMatrix {
  return denseMatrix(
    rows,
    cols,
    data.map((value) => value / divisor),
  );
}

function keptEigenvectors(
  values: Float64Array,
  vt: DenseMatrix,
  alpha: number,
  largest: number,
): { readonly singularValues: Float64Array; readonly rightVectors: DenseMatrix } {
  const eigenvalues = values.map((value) => value ** 2 + alpha);
  const kept = eigenvalues.filter((value) => value > RCOND * largest);
  return { singularValues: kept.map(Math.sqrt), rightVectors: rowRange(vt, 0, kept.length) };
}

function conditionDiagnostics(condition: number): readonly Diagnostic[] {
  const lost = Number.EPSILON * condition;
  if (!(lost > DOUBTFUL)) return [];
  return [
    {
      severity: "info",
      code: "SKMATTER_DIGITS_LOST",
      message:
        `C = XᵀX + αI has a condition number of ${condition.toExponential(1)}: scikit-matter, which ` +
        `inverts it, may be off by ${Math.min(1, lost).toExponential(0)} relative and more; the ` +
        "values here come from the singular values of X.",
    },
  ];
}
