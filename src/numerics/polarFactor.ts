/** The orthonormal polar factor of a tall matrix. */
import { StudioError } from "../errors.ts";

const MAX_SWEEPS = 60;

/** Relative singular value below which a column is rounding noise of the others. */
const DEPENDENT = 1e-14;

/** `B = Q H` with QᵀQ = 1 and H symmetric positive definite: Q = B (BᵀB)^{−1/2}. */
export interface PolarFactor {
  /** Columns of Q, each of the length of B's columns. */
  readonly columns: readonly Float64Array[];
  /** Ratio of the largest to the smallest singular value of B. */
  readonly conditionNumber: number;
}

/**
 * Symmetric (Löwdin) orthonormalisation Q = B (BᵀB)^{−1/2} of linearly independent columns.
 *
 * Computed from the thin SVD B = U Σ Vᵀ as Q = U Vᵀ by one-sided Jacobi rotations. BᵀB is never
 * formed, so the error is ε·cond(B), the square root of what the eigenvalues of the overlap
 * matrix would cost, and the columns of Q are orthonormal to rounding.
 *
 * @param columns - columns of B, all of one length ≥ their number; not modified
 * @throws StudioError `NO_CONVERGENCE` after 60 sweeps, `NOT_POSITIVE_DEFINITE` when the columns
 * are linearly dependent
 * @see Drmač & Veselić (2008), SIAM J. Matrix Anal. Appl. 29, 1322
 */
export function polarFactor(columns: readonly Float64Array[]): PolarFactor {
  const n = columns.length;
  const left = columns.map((column) => Float64Array.from(column));
  const right = columns.map((_, j) => Float64Array.from(columns, (_c, i) => (i === j ? 1 : 0)));
  let sweep = 0;
  while (rotateSweep(left, right)) {
    sweep += 1;
    if (sweep > MAX_SWEEPS) {
      throw new StudioError(
        "NO_CONVERGENCE",
        `orthonormalising ${n} radial functions did not converge in ${MAX_SWEEPS} sweeps`,
      );
    }
  }
  const singular = left.map((column) => Math.sqrt(dot(column, column)));
  const smallest = Math.min(...singular);
  const largest = Math.max(...singular);
  if (!(smallest > DEPENDENT * largest)) {
    throw new StudioError(
      "NOT_POSITIVE_DEFINITE",
      "the columns to orthonormalise are linearly dependent",
    );
  }
  const polar = columns.map((column, j) => {
    const result = new Float64Array(column.length);
    left.forEach((u, k) => {
      addScaled(result, u, right[k]![j]! / singular[k]!);
    });
    return result;
  });
  return { columns: polar, conditionNumber: largest / smallest };
}

/** One cyclic sweep of rotations; true while any pair of columns was not orthogonal yet. */
function rotateSweep(left: readonly Float64Array[], right: readonly Float64Array[]): boolean {
  let rotated = false;
  for (let p = 0; p < left.length; p += 1) {
    for (let q = p + 1; q < left.length; q += 1) {
      const alpha = dot(left[p]!, left[p]!);
      const beta = dot(left[q]!, left[q]!);
      const gamma = dot(left[p]!, left[q]!);
      if (Math.abs(gamma) <= 2e-15 * Math.sqrt(alpha * beta)) continue;
      rotated = true;
      const zeta = (beta - alpha) / (2 * gamma);
      const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
      const cosine = 1 / Math.hypot(1, tangent);
      rotate(left[p]!, left[q]!, cosine, cosine * tangent);
      rotate(right[p]!, right[q]!, cosine, cosine * tangent);
    }
  }
  return rotated;
}

function rotate(p: Float64Array, q: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < p.length; i += 1) {
    const a = p[i]!;
    const b = q[i]!;
    p[i] = cosine * a - sine * b;
    q[i] = sine * a + cosine * b;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i += 1) target[i] = target[i]! + factor * source[i]!;
}
