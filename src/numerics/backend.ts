/**
 * `NumericsBackend`: the one seam between the science and the machine.
 *
 * Synchronous and stateless (apart from the BLAS thread count); typed arrays in, typed arrays out;
 * the caller owns every output. All matrices are row-major (see {@link DenseMatrix}) and may be
 * views over `SharedArrayBuffer`. The reference implementation (pure TypeScript on ml-matrix) is
 * the specification; the native one must agree within the tolerances of the parity tests.
 *
 * Every method throws `StudioError("INCOMPATIBLE_SHAPE")` on inconsistent shapes before touching
 * an output.
 */
import type { DenseMatrix } from "./matrix.ts";

/** Result of a symmetric eigendecomposition `A = V diag(values) Vᵀ`. */
export interface SymmetricEigen {
  /** Ascending, length n. */
  readonly values: Float64Array;
  /** n × n; column j belongs to `values[j]`. */
  readonly vectors: DenseMatrix;
}

/** Result of a thin singular value decomposition `A = U diag(values) Vᵀ`, k = min(rows, cols). */
export interface ThinSvd {
  /** rows × k. */
  readonly u: DenseMatrix;
  /** Descending, length k. */
  readonly values: Float64Array;
  /** k × cols: the rows are right singular vectors. */
  readonly vt: DenseMatrix;
}

/** Result of a Cholesky factorisation with diagonal pivoting, `A[p, p] ≈ L Lᵀ`. */
export interface PivotedCholesky {
  /** Numerical rank at the tolerance asked for. */
  readonly rank: number;
  /** Permutation p, length n: row i of L belongs to row `pivots[i]` of A. */
  readonly pivots: Int32Array;
  /** n × rank lower-trapezoidal factor, rows in pivoted order. */
  readonly lower: DenseMatrix;
}

/**
 * Atom-centred neighbourhoods of a batch of environments.
 * The neighbours of environment i are entries `offsets[i] … offsets[i + 1] − 1`. The central atom
 * is not in the list; it contributes through `centerSpecies` and `SoapPlan.centerWeight`.
 */
export interface NeighborBatch {
  readonly nEnvironments: number;
  /** Length nEnvironments + 1, non-decreasing, `offsets[0] = 0`. */
  readonly offsets: Int32Array;
  /** Index of the central atom's species within `SoapPlan.nSpecies`, length nEnvironments. */
  readonly centerSpecies: Int32Array;
  /** Index of each neighbour's species within `SoapPlan.nSpecies`, length nPairs. */
  readonly neighborSpecies: Int32Array;
  /** r_j − r_i including the periodic image shift, Å, length 3 · nPairs. */
  readonly vectors: Float64Array;
}

/**
 * A cubic Hermite table of the radial integrals R̃_nl(r) = ∫ r'² R_n(r') 4π e^{−(r'² + r²)/2σ²}
 * i_l(r' r/σ²) dr' on the uniform grid `r_k = k · step`, k = 0 … nKnots − 1, covering [0, cutoff].
 * The cutoff function and any radial scaling are NOT included.
 */
export interface RadialTable {
  readonly step: number;
  readonly nKnots: number;
  /** R̃_nl(r_k): `values[(k · (lMax + 1) + l) · nMax + n]` (n fastest). */
  readonly values: Float64Array;
  /** dR̃_nl/dr at r_k, same layout, per Å. */
  readonly derivatives: Float64Array;
}

/** Everything needed to turn neighbourhoods into normalised power spectra. */
export interface SoapPlan {
  /** Number of radial functions, n = 0 … nMax − 1. */
  readonly nMax: number;
  /** Highest angular momentum, l = 0 … lMax. */
  readonly lMax: number;
  readonly nSpecies: number;
  /** Å. */
  readonly cutoff: number;
  /** Width w of the ShiftedCosine, Å; 0 means a step. */
  readonly cutoffWidth: number;
  /** Weight of the central atom's own Gaussian (1 in the paper's lineage). */
  readonly centerWeight: number;
  /** Willatt (2018) radial scaling u(r) = c / (c + (r/scale)^exponent); null for none. */
  readonly radialScaling: {
    readonly rate: number;
    readonly scale: number;
    readonly exponent: number;
  } | null;
  readonly radialTable: RadialTable;
  /**
   * `full`: species pair (a ≤ b), n, n', l — l fastest (the documented export order).
   * `symmetric`: for a = b only n ≤ n', off-diagonal entries × √2 (same inner products, fewer columns);
   * pairs a < b stay full.
   */
  readonly layout: "full" | "symmetric";
  /** Number of columns of the output in this layout. */
  readonly nFeatures: number;
}

/** Synchronous dense linear algebra and the two kernels that dominate the work. */
export interface NumericsBackend {
  readonly name: "native" | "reference";
  /** For the status bar and every result, e.g. `native · OpenBLAS 0.3.21 · AVX2`. */
  readonly description: string;

  /** Sets the process-wide BLAS thread count (1 inside pool shards). No-op for the reference. */
  setThreads(count: number): void;

  /** C ← α op(A) op(B) + β C, op(X) = X or Xᵀ. C must not overlap A or B. */
  gemm(
    alpha: number,
    a: DenseMatrix,
    transposeA: boolean,
    b: DenseMatrix,
    transposeB: boolean,
    beta: number,
    c: DenseMatrix,
  ): void;

  /**
   * Pivoted Cholesky of the symmetric positive semi-definite `a` (n × n, both triangles given, not
   * modified), stopping when the largest remaining diagonal is ≤ `relativeTolerance` × the largest
   * initial diagonal. No jitter.
   */
  pivotedCholesky(a: DenseMatrix, relativeTolerance: number): PivotedCholesky;

  /**
   * Triangular factor of the Householder QR of `a` (m × n, m ≥ n; overwritten as work space):
   * returns R (n × n, upper, zeros below, signs chosen so that the diagonal is ≥ 0), RᵀR = AᵀA
   * without ever forming AᵀA.
   */
  qrUpper(a: DenseMatrix): DenseMatrix;

  /**
   * Solves op(T) X = B for X, in place of `b` (n × k), where T is n × n triangular.
   * @throws StudioError `NOT_POSITIVE_DEFINITE` when a diagonal entry is zero
   */
  solveTriangular(
    triangle: "lower" | "upper",
    transpose: boolean,
    t: DenseMatrix,
    b: DenseMatrix,
  ): void;

  /** Eigendecomposition of the symmetric `a` (not modified). @throws StudioError `NO_CONVERGENCE` */
  symmetricEigen(a: DenseMatrix): SymmetricEigen;

  /** Thin SVD of `a` (not modified). @throws StudioError `NO_CONVERGENCE` */
  thinSvd(a: DenseMatrix): ThinSvd;

  /**
   * Polynomial kernel between feature rows: `out[i, j] = δ(sx_i, sy_j) (x_i · y_j)^zeta`.
   * @param x - (n × d)
   * @param xSpecies - atomic numbers, length n
   * @param y - (m × d)
   * @param ySpecies - atomic numbers, length m
   * @param zeta - positive integer
   * @param out - (n × m), overwritten
   */
  polynomialKernel(
    x: DenseMatrix,
    xSpecies: Uint8Array,
    y: DenseMatrix,
    ySpecies: Uint8Array,
    zeta: number,
    out: DenseMatrix,
  ): void;

  /**
   * Row sums of the same kernel over groups of consecutive rows of x, without storing the (n × m)
   * kernel: `out[A, j] = Σ_{i = offsets[A]}^{offsets[A+1]−1} δ(sx_i, sy_j) (x_i · y_j)^zeta`.
   * @param offsets - length nGroups + 1
   * @param out - (nGroups × m), overwritten
   */
  polynomialKernelSums(
    x: DenseMatrix,
    xSpecies: Uint8Array,
    offsets: Int32Array,
    y: DenseMatrix,
    ySpecies: Uint8Array,
    zeta: number,
    out: DenseMatrix,
  ): void;

  /**
   * L2-normalised SOAP power spectra (definition: numerics of the README, "SOAP").
   * An environment with zero norm (no neighbours and centerWeight 0) gets a row of zeros.
   * @param out - (nEnvironments × plan.nFeatures), overwritten
   */
  soapPowerSpectrum(batch: NeighborBatch, plan: SoapPlan, out: DenseMatrix): void;
}
