/**
 * φᵀ (H + Σ_j s_j u_j u_jᵀ)⁻¹ φ from inner products in the metric of H⁻¹ alone (Woodbury 1950), with
 * a bound on what rounding did to it.
 */
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";

/** Rows that change, seen from m environments; all products are taken with H⁻¹. */
export interface RowChanges {
  /** s_j ≠ 0: times row j is added (> 0) or removed (< 0). */
  readonly multiplicities: readonly number[];
  /** u_jᵀ H⁻¹ φ_k: one array of length m a row. */
  readonly products: readonly Float64Array[];
  /** u_iᵀ H⁻¹ u_j, (r × r). */
  readonly gram: DenseMatrix;
}

/** What the changed rows make of the inverse rigidities. */
export interface RankUpdate {
  /** φ_kᵀ H'⁻¹ φ_k, length m, > 0 where it was > 0. */
  readonly inverse: Float64Array;
  /**
   * Largest factor by which a relative error of the inner products can have grown: with
   * |δ⟨x, y⟩| ≤ γ ‖x‖ ‖y‖ every value is off by at most γ × this, to first order. 1 when nothing
   * changes; large when a removed row was alone in its direction (leverage near 1) or when v' ≪ v.
   */
  readonly amplification: number;
}

/** Environments handled at a time: bounds the work space to r × 4096. */
const BLOCK_TARGETS = 4096;

/**
 * v' = v − tᵀ C⁻¹ t with C = S⁻¹ + G. Rows are scaled by √|s|, so C = J + G, J = diag(±1), and
 * factored as C = L J Lᵀ, the added rows first: they only raise pivots, the removed rows then start
 * from the largest H there is and 1 − h cancels least (C is quasi-definite, for which this exists and
 * needs no pivoting, Vanderbei 1995).
 *
 * The bound: with x = C⁻¹ t, errors |δv| ≤ γ v, |δt_j| ≤ γ √v ω_j, |δC_ij| ≤ γ ω_i ω_j, ω_j² = 1 + G_jj,
 * move v' by δv − 2 xᵀδt + xᵀ δC x, at most γ (√v + Σ_j |x_j| ω_j)².
 *
 * @param inverse - v, length m, not modified
 * @returns null when nothing is left of H in some direction, as far as these digits can tell
 */
export function rankUpdate(
  inverse: Float64Array,
  changes: RowChanges,
  backend: NumericsBackend,
): RankUpdate | null {
  const order = addedFirst(changes.multiplicities);
  const r = order.length;
  const out = inverse.slice();
  if (r === 0) return { inverse: out, amplification: 1 };
  const scales = order.map((j) => Math.sqrt(Math.abs(changes.multiplicities[j]!)));
  const signs = order.map((j) => Math.sign(changes.multiplicities[j]!));
  const sizes = new Float64Array(r);
  const lower = denseMatrix(r, r);
  for (let i = 0; i < r; i++) {
    for (let j = 0; j <= i; j++) {
      const product = changes.gram.data[order[i]! * r + order[j]!]! * scales[i]! * scales[j]!;
      lower.data[i * r + j] = product;
    }
    sizes[i] = Math.sqrt(1 + lower.data[i * r + i]!);
    lower.data[i * r + i]! += signs[i]!;
  }
  if (!signedCholesky(lower, signs)) return null;
  let amplification = 1;
  for (let start = 0; start < out.length; start += BLOCK_TARGETS) {
    const values = out.subarray(start, Math.min(start + BLOCK_TARGETS, out.length));
    const products = denseMatrix(r, values.length);
    order.forEach((j, i) => {
      const scale = scales[i]!;
      const source = changes.products[j]!;
      for (let k = 0; k < values.length; k++) {
        products.data[i * values.length + k] = scale * source[start + k]!;
      }
    });
    amplification = Math.max(
      amplification,
      updateBlock(values, products, lower, signs, sizes, backend),
    );
  }
  return amplification === Number.POSITIVE_INFINITY ? null : { inverse: out, amplification };
}

/** Indices with positive multiplicities before those with negative ones. */
function addedFirst(multiplicities: readonly number[]): readonly number[] {
  const indices = multiplicities.map((_, j) => j);
  return [
    ...indices.filter((j) => multiplicities[j]! > 0),
    ...indices.filter((j) => multiplicities[j]! < 0),
  ];
}

/**
 * C = L J Lᵀ in place, lower triangles; C symmetric, J = diag(`signs`), plus signs first.
 * @returns false when a pivot has not the sign of its row
 */
function signedCholesky(c: DenseMatrix, signs: readonly number[]): boolean {
  const { rows: n, data } = c;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let value = data[i * n + j]!;
      for (let q = 0; q < j; q++) value -= signs[q]! * data[i * n + q]! * data[j * n + q]!;
      if (i > j) {
        data[i * n + j] = (signs[j]! * value) / data[j * n + j]!;
        continue;
      }
      if (!(signs[i]! * value > 0)) return false;
      data[i * n + i] = Math.sqrt(signs[i]! * value);
    }
  }
  return true;
}

/** Updates `values` in place; returns the largest amplification, `Infinity` when a value is lost. */
function updateBlock(
  values: Float64Array,
  products: DenseMatrix,
  lower: DenseMatrix,
  signs: readonly number[],
  sizes: Float64Array,
  backend: NumericsBackend,
): number {
  const { rows: r, cols: width, data } = products;
  const reach = values.map((value) => Math.sqrt(value));
  const before = values.slice();
  backend.solveTriangular("lower", false, lower, products);
  for (let i = 0; i < r; i++) {
    const sign = signs[i]!;
    for (let k = 0; k < width; k++) {
      const y = data[i * width + k]!;
      values[k]! -= sign * y * y;
      data[i * width + k] = sign * y;
    }
  }
  backend.solveTriangular("lower", true, lower, products);
  for (let i = 0; i < r; i++) {
    for (let k = 0; k < width; k++) reach[k]! += Math.abs(data[i * width + k]!) * sizes[i]!;
  }
  let largest = 1;
  for (let k = 0; k < width; k++) {
    if (before[k] === 0) continue; // φ = 0: no row changes anything
    if (!(values[k]! > 0)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, reach[k]! ** 2 / values[k]!);
  }
  return largest;
}
