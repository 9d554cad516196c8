/** The loss of Chong et al. (2023), Eq. 7, re-minimised under the constraint: no closed form used. */
import { denseMatrix, type DenseMatrix } from "../../src/numerics/matrix.ts";
import type { NumericsBackend } from "../../src/numerics/backend.ts";
import { factorizeRidge } from "../../src/models/ridge.ts";

/**
 * min ½‖y − X w‖² + μ/2 ‖w‖² subject to φ·(w − w₀) = ε, w₀ the unconstrained minimum. The constraint
 * eliminates one weight; what is left is a plain least-squares problem in d − 1 weights.
 */
export function minimizeConstrainedLoss(
  rows: DenseMatrix,
  targets: Float64Array,
  mu: number,
  phi: Float64Array,
  epsilon: number,
  backend: NumericsBackend,
): number {
  const { rows: n, cols: d } = rows;
  const free = factorizeRidge(rows, targets, mu, backend).weights ?? new Float64Array(d);
  const level = phi.reduce((sum, value, j) => sum + value * (free[j] ?? 0), 0) + epsilon;
  const pivot = phi.reduce((best, v, j) => (Math.abs(v) > Math.abs(phi[best] ?? 0) ? j : best), 0);
  const others = Array.from({ length: d }, (_, j) => j).filter((j) => j !== pivot);
  const pivotValue = phi[pivot] ?? Number.NaN;
  // The regulariser becomes d more rows √μ wᵢ with target 0; w_pivot = (level − Σ φⱼ wⱼ) / φ_pivot.
  const full = denseMatrix(n + d, d);
  full.data.set(rows.data);
  for (let j = 0; j < d; j++) full.data[(n + j) * d + j] = Math.sqrt(mu);
  const reduced = denseMatrix(n + d, d - 1);
  const rest = new Float64Array(n + d);
  for (let i = 0; i < n + d; i++) {
    const atPivot = full.data[i * d + pivot] ?? 0;
    rest[i] = (i < n ? (targets[i] ?? 0) : 0) - (atPivot * level) / pivotValue;
    others.forEach((j, column) => {
      reduced.data[i * (d - 1) + column] =
        (full.data[i * d + j] ?? 0) - (atPivot * (phi[j] ?? 0)) / pivotValue;
    });
  }
  const weights = factorizeRidge(reduced, rest, 0, backend).weights ?? new Float64Array(d - 1);
  let loss = 0;
  for (let i = 0; i < n + d; i++) {
    let residual = rest[i] ?? 0;
    for (let j = 0; j < d - 1; j++) {
      residual -= (reduced.data[i * (d - 1) + j] ?? 0) * (weights[j] ?? 0);
    }
    loss += 0.5 * residual * residual;
  }
  return loss;
}
