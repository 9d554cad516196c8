/**
 * Kernel principal component analysis (Schölkopf, Smola & Müller 1998, doi:10.1162/089976698300017467):
 * the map on which environments that the kernel holds alike lie close together.
 *
 * Exact: leading eigenvectors of the centred n × n kernel, for many points by `leadingEigen.ts`, so
 * that neither time nor memory of a full eigendecomposition is needed. Landmark (Nyström): with φ = L⁻¹ k_M of
 * `models/kernelSpace.ts` the approximate kernel is φφᵀ, and its kernel PCA is the ordinary PCA of the
 * centred φ: one d × d eigendecomposition. With all points as landmarks both are the same.
 */
import { StudioError, type Diagnostic } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite, requireShape } from "../numerics/checks.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { transposeRows } from "../numerics/transpose.ts";
import { leadingEigen, leadingEigenWidth, type IterationControl } from "./leadingEigen.ts";

interface MapCommon {
  /** Eigenvalues λ of the centred kernel, descending, length c. */
  readonly eigenvalues: Float64Array;
  /** λ_j / Σ λ (of all eigenvalues of the centred, for landmarks the approximated, kernel). */
  readonly explainedVariance: Float64Array;
  /** The points that made the map: (n × c), column j has squared norm λ_j. */
  readonly projection: DenseMatrix;
  readonly diagnostics: readonly Diagnostic[];
}

/** The map of the exact kernel. Plain data: survives structured clone. */
export interface ExactKernelMap extends MapCommon {
  readonly method: "exact";
  /** Mean kernel of each training point with the training points, length n. */
  readonly columnMeans: Float64Array;
  readonly grandMean: number;
  /** (n × c): eigenvectors divided by √λ. */
  readonly dual: DenseMatrix;
}

/** The map of a landmark kernel. Plain data: survives structured clone. */
export interface LandmarkKernelMap extends MapCommon {
  readonly method: "landmark";
  readonly nLandmarks: number;
  /** Mean φ of the training points, length d. */
  readonly mean: Float64Array;
  /** (d × c): eigenvectors of the covariance of φ. */
  readonly components: DenseMatrix;
}

/** Either map. */
export type KernelMap = ExactKernelMap | LandmarkKernelMap;

/** Settings of {@link fitExactKernelMap}. */
export interface ExactMapOptions extends IterationControl {
  /** Centre the kernel in place, where it is large and not needed afterwards. Default false. */
  readonly overwriteKernel?: boolean;
}

/** Up to this many points a full eigendecomposition is as fast as an iteration. */
const FULL_DECOMPOSITION_POINTS = 500;
/** Loadings so close in size are equal up to rounding, as for points that are alike by symmetry. */
const SIGN_TIE = 1e-8;

/**
 * Exact kernel PCA. Beyond 500 points only the leading eigenpairs are computed, each with
 * ‖K v − λ v‖ ≤ 10⁻¹¹ λ₁ or, where that is more, the rounding of the kernel itself, n ε max K_ii:
 * no eigenvalue below that is told from 0. Σ λ of the explained variance is the trace.
 *
 * @param kernel - (n × n), symmetric, not modified unless `overwriteKernel`
 * @param nComponents - c ≤ n
 * @throws StudioError `INCOMPATIBLE_SHAPE` when not square, `INVALID_PARAMETER` when c is out of
 * range or an entry is not finite, `NO_CONVERGENCE`, `CANCELLED`
 */
export function fitExactKernelMap(
  kernel: DenseMatrix,
  nComponents: number,
  backend: NumericsBackend,
  options: ExactMapOptions = {},
): ExactKernelMap {
  const n = kernel.rows;
  requireShape(kernel, n, n, "kernel of the map");
  requireFinite(kernel.data, "kernel of the map");
  requireComponents(nComponents, n);
  const columnMeans = meanRow(kernel);
  const grandMean = columnMeans.reduce((sum, value) => sum + value, 0) / n;
  const noise = kernelRounding(kernel);
  const centered = options.overwriteKernel === true ? kernel : denseMatrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      // The sum of the means first: then element (j, i) is rounded like (i, j).
      centered.data[i * n + j] =
        kernel.data[i * n + j]! - (columnMeans[i]! + columnMeans[j]!) + grandMean;
    }
  }
  const leading = isIterated(n, nComponents)
    ? iteratedEigenpairs(centered, nComponents, backend, options, noise)
    : leadingEigenpairs(centered, nComponents, backend, noise);
  const projection = scaleColumns(leading.vectors, leading.values.map(Math.sqrt));
  const dual = scaleColumns(leading.vectors, leading.values.map(inverseRoot));
  fixSigns(projection, dual);
  const { values, explainedVariance, diagnostics } = leading;
  return {
    method: "exact",
    eigenvalues: values,
    explainedVariance,
    projection,
    diagnostics,
    columnMeans,
    grandMean,
    dual,
  };
}

/** Doubles that {@link fitExactKernelMap} needs beside a kernel that it may overwrite, about. */
export function exactMapWorkspace(nPoints: number, nComponents: number): number {
  return isIterated(nPoints, nComponents)
    ? nPoints * leadingEigenWidth(nComponents)
    : 3 * nPoints * nPoints;
}

function isIterated(nPoints: number, nComponents: number): boolean {
  return nPoints > FULL_DECOMPOSITION_POINTS && nPoints > 10 * nComponents;
}

/**
 * Landmark kernel PCA, properly centred in the landmark feature space.
 *
 * @param phi - (n × d): the points in kernel space (`projectToKernelSpace`), not modified
 * @param nComponents - c ≤ nLandmarks
 * @param nLandmarks - use the first so many columns only: since φ comes in pivot order, that is
 * exactly the map with the first so many pivots as landmarks. Default all d
 * @throws StudioError `INVALID_PARAMETER` when empty, c is out of range or a value is not finite,
 * `NO_CONVERGENCE`
 */
export function fitLandmarkKernelMap(
  phi: DenseMatrix,
  nComponents: number,
  backend: NumericsBackend,
  nLandmarks: number = phi.cols,
): LandmarkKernelMap {
  requireFinite(phi.data, "kernel features of the map");
  if (!(Number.isInteger(nLandmarks) && nLandmarks >= 1 && nLandmarks <= phi.cols)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `the map has ${nLandmarks} landmarks, expected an integer from 1 to ${phi.cols}`,
    );
  }
  if (phi.rows === 0) throw new StudioError("INVALID_PARAMETER", "the map has no points");
  requireComponents(nComponents, nLandmarks);
  const mean = meanRow(phi).slice(0, nLandmarks);
  const centered = subtractMean(phi, mean);
  const covariance = denseMatrix(nLandmarks, nLandmarks);
  backend.gemm(1, centered, true, centered, false, 0, covariance);
  const leading = leadingEigenpairs(covariance, nComponents, backend);
  const projection = denseMatrix(phi.rows, nComponents);
  backend.gemm(1, centered, false, leading.vectors, false, 0, projection);
  fixSigns(projection, leading.vectors);
  return {
    method: "landmark",
    eigenvalues: leading.values,
    explainedVariance: leading.explainedVariance,
    projection,
    diagnostics: leading.diagnostics,
    nLandmarks,
    mean,
    components: leading.vectors,
  };
}

/**
 * Places new points on an exact map, centred with the means of the points that made it.
 *
 * @param kernel - (m × n), new points against the points that made the map
 * @returns (m × c)
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when an entry is not finite
 */
export function projectOntoExactMap(
  map: ExactKernelMap,
  kernel: DenseMatrix,
  backend: NumericsBackend,
): DenseMatrix {
  const n = map.columnMeans.length;
  requireShape(kernel, kernel.rows, n, "kernel of the new points");
  requireFinite(kernel.data, "kernel of the new points");
  const centered = denseMatrix(kernel.rows, n);
  for (let i = 0; i < kernel.rows; i++) {
    let rowMean = 0;
    for (let j = 0; j < n; j++) rowMean += kernel.data[i * n + j]!;
    rowMean /= n;
    for (let j = 0; j < n; j++) {
      centered.data[i * n + j] =
        kernel.data[i * n + j]! - rowMean - map.columnMeans[j]! + map.grandMean;
    }
  }
  const out = denseMatrix(kernel.rows, map.dual.cols);
  backend.gemm(1, centered, false, map.dual, false, 0, out);
  return out;
}

/**
 * Places new points on a landmark map.
 *
 * @param phi - (m × d): the new points in the same kernel space
 * @returns (m × c)
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when a value is not finite
 */
export function projectOntoLandmarkMap(
  map: LandmarkKernelMap,
  phi: DenseMatrix,
  backend: NumericsBackend,
): DenseMatrix {
  if (phi.cols < map.nLandmarks) requireShape(phi, phi.rows, map.nLandmarks, "new points");
  requireFinite(phi.data, "kernel features of the new points");
  const out = denseMatrix(phi.rows, map.components.cols);
  backend.gemm(1, subtractMean(phi, map.mean), false, map.components, false, 0, out);
  return out;
}

interface Leading {
  readonly values: Float64Array;
  /** (n × c). */
  readonly vectors: DenseMatrix;
  readonly explainedVariance: Float64Array;
  readonly diagnostics: readonly Diagnostic[];
}

/** By a full eigendecomposition. */
function leadingEigenpairs(
  a: DenseMatrix,
  count: number,
  backend: NumericsBackend,
  noise = 0,
): Leading {
  const n = a.rows;
  const { values: ascending, vectors: all } = backend.symmetricEigen(a);
  const vectors = denseMatrix(n, count);
  for (let j = 0; j < count; j++) {
    for (let i = 0; i < n; i++) vectors.data[i * count + j] = all.data[i * n + n - 1 - j]!;
  }
  return summarized(a, ascending.slice(n - count).reverse(), vectors, noise);
}

function iteratedEigenpairs(
  a: DenseMatrix,
  count: number,
  backend: NumericsBackend,
  control: IterationControl,
  noise: number,
): Leading {
  const { values, vectors } = leadingEigen(a, count, backend, control, noise);
  return summarized(a, values, transposeRows(vectors, 0, count), noise);
}

/** With eigenvalues that are only rounding set to 0. */
function summarized(
  a: DenseMatrix,
  found: Float64Array,
  vectors: DenseMatrix,
  noise: number,
): Leading {
  const n = a.rows;
  let trace = 0;
  for (let i = 0; i < n; i++) trace += a.data[i * n + i]!;
  const smallest = Math.max(noise, n * Number.EPSILON * Math.max(0, found[0]!));
  const values = found.map((value) => (value > smallest ? value : 0));
  const flat = values.filter((value) => value === 0).length;
  const count = values.length;
  return {
    values,
    vectors,
    explainedVariance: values.map((value) => (trace > 0 ? value / trace : 0)),
    diagnostics: flat === 0 ? [] : [flatDiagnostic(flat, count)],
  };
}

/** A bound on the 2-norm of the rounding in a positive semi-definite kernel: n ε max K_ii. */
function kernelRounding({ rows, data }: DenseMatrix): number {
  let largest = 0;
  for (let i = 0; i < rows; i++) largest = Math.max(largest, data[i * rows + i]!);
  return rows * Number.EPSILON * largest;
}

function flatDiagnostic(flat: number, count: number): Diagnostic {
  return {
    severity: "warning",
    code: "MAP_COMPONENTS_FLAT",
    message: `${flat} of ${count} map components have no variance: the points differ in fewer ways.`,
  };
}

/**
 * Largest-magnitude loading positive (lowest index on ties, which are meant up to rounding), so that
 * maps do not flip.
 */
function fixSigns(loadings: DenseMatrix, companion: DenseMatrix): void {
  const { rows, cols, data } = loadings;
  for (let j = 0; j < cols; j++) {
    let largest = 0;
    for (let i = 0; i < rows; i++) largest = Math.max(largest, Math.abs(data[i * cols + j]!));
    let extreme = 0;
    for (let i = 0; i < rows && extreme === 0; i++) {
      const value = data[i * cols + j]!;
      if (Math.abs(value) >= (1 - SIGN_TIE) * largest) extreme = value;
    }
    if (extreme >= 0) continue;
    for (const matrix of [loadings, companion]) {
      for (let i = 0; i < matrix.rows; i++) matrix.data[i * cols + j]! *= -1;
    }
  }
}

function meanRow(matrix: DenseMatrix): Float64Array {
  const { rows, cols, data } = matrix;
  const mean = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) mean[j]! += data[i * cols + j]!;
  }
  return mean.map((sum) => sum / rows);
}

/** The leading `mean.length` columns minus the mean. */
function subtractMean(matrix: DenseMatrix, mean: Float64Array): DenseMatrix {
  const out = denseMatrix(matrix.rows, mean.length);
  for (let i = 0; i < matrix.rows; i++) {
    for (let j = 0; j < mean.length; j++) {
      out.data[i * mean.length + j] = matrix.data[i * matrix.cols + j]! - mean[j]!;
    }
  }
  return out;
}

function scaleColumns(matrix: DenseMatrix, factors: Float64Array): DenseMatrix {
  const data = matrix.data.map((value, k) => value * factors[k % matrix.cols]!);
  return denseMatrix(matrix.rows, matrix.cols, data);
}

function inverseRoot(value: number): number {
  return value > 0 ? 1 / Math.sqrt(value) : 0;
}

function requireComponents(nComponents: number, largest: number): void {
  if (Number.isInteger(nComponents) && nComponents >= 1 && nComponents <= largest) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    `the map has ${nComponents} components, expected an integer from 1 to ${largest}`,
  );
}
