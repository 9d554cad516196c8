/** Interpolation of smooth functions through Chebyshev points. */

/** The n Chebyshev points of the first kind on [start, end], descending. */
export function chebyshevPoints(n: number, start: number, end: number): Float64Array {
  return Float64Array.from(
    { length: n },
    (_, j) => 0.5 * (start + end) + 0.5 * (end - start) * Math.cos((Math.PI * (j + 0.5)) / n),
  );
}

/**
 * Weights of the interpolating polynomial: p(x) = Σ_j out[j] f(points[j]), by the barycentric
 * formula (Berrut & Trefethen 2004, SIAM Rev. 46, 501, eq. 4.2 with first-kind weights).
 * Exact to rounding for functions that n points resolve; Σ_j out[j] = 1.
 *
 * @param points - from {@link chebyshevPoints}
 * @param out - length n, overwritten
 */
export function chebyshevWeights(points: Float64Array, x: number, out: Float64Array): void {
  const n = points.length;
  let sum = 0;
  for (let j = 0; j < n; j += 1) {
    const distance = x - points[j]!;
    if (distance === 0) {
      out.fill(0);
      out[j] = 1;
      return;
    }
    const weight = ((j % 2 === 0 ? 1 : -1) * Math.sin((Math.PI * (j + 0.5)) / n)) / distance;
    out[j] = weight;
    sum += weight;
  }
  for (let j = 0; j < n; j += 1) out[j] = out[j]! / sum;
}
