/** Radial integrals of the SOAP density expansion: exact values, and the table used in production. */
import type { RadialTable } from "../numerics/backend.ts";
import { chebyshevPoints, chebyshevWeights } from "../numerics/chebyshev.ts";
import { scaledSphericalBesselI } from "../numerics/specialFunctions.ts";
import type { SoapHyperparameters } from "./hyperparameters.ts";
import { buildRadialBasis, GAUSSIAN_REACH } from "./radialBasis.ts";
import type { RadialBasis } from "./radialBasis.ts";

/** Interpolation error of the table, relative to the largest value in it. */
const TABLE_TOLERANCE = 5e-11;

/**
 * Exact radial integrals and their derivatives at distance r ≥ 0:
 * R̃_nl(r) = Σ_i P_in f_l(x_i; r) with f_l(x; r) = 4π e^{−(x − r)²/2σ²} · e^{−z} i_l(z), z = x r/σ²,
 * and ∂f_l/∂r = −(r/σ²) f_l + (x/σ²) [l f_{l−1} + (l + 1) f_{l+1}]/(2l + 1), which has no singularity
 * at r = 0. Quadrature error ≤ 1e-13 of the largest integral.
 *
 * @param values - length (lMax + 1) · nMax, overwritten; R̃_nl at `l · nMax + n`
 * @param derivatives - same layout, overwritten, per Å
 */
export function radialIntegrals(
  basis: RadialBasis,
  sigma: number,
  lMax: number,
  r: number,
  values: Float64Array,
  derivatives: Float64Array,
): void {
  const { nMax, nodes, projection } = basis;
  const bessel = new Float64Array(lMax + 2);
  const inverseVariance = 1 / (sigma * sigma);
  values.fill(0);
  derivatives.fill(0);
  for (let i = 0; i < nodes.length; i += 1) {
    const x = nodes[i]!;
    const distance = (x - r) / sigma;
    if (Math.abs(distance) > GAUSSIAN_REACH) continue;
    const density = 4 * Math.PI * Math.exp(-0.5 * distance * distance);
    scaledSphericalBesselI(lMax + 1, x * r * inverseVariance, bessel);
    const row = i * nMax;
    for (let l = 0; l <= lMax; l += 1) {
      const value = density * bessel[l]!;
      const below = l === 0 ? 0 : (l / (2 * l + 1)) * bessel[l - 1]!;
      const above = ((l + 1) / (2 * l + 1)) * bessel[l + 1]!;
      const slope = inverseVariance * (density * x * (below + above) - r * value);
      const target = l * nMax;
      for (let n = 0; n < nMax; n += 1) {
        const weight = projection[row + n]!;
        values[target + n] = values[target + n]! + weight * value;
        derivatives[target + n] = derivatives[target + n]! + weight * slope;
      }
    }
  }
}

/**
 * The cubic Hermite table of all radial integrals on [0, cutoff]. Its step follows from the error
 * of Hermite interpolation, h⁴/384 · max|R̃⁗|, with the fourth derivative estimated by differences
 * of the first one: ≤ 1e-10 of the largest value. Depends on the hyperparameters only; the caller
 * caches it.
 *
 * R̃_nl(r) is a density smoothed by a Gaussian of width σ, so its bandwidth is known: the integrals
 * are computed at few Chebyshev points and carried to the knots by polynomial interpolation, which
 * is exact to rounding and much faster.
 *
 * @throws StudioError as {@link buildRadialBasis}
 */
export function buildRadialTable(hypers: SoapHyperparameters): RadialTable {
  const { cutoff } = hypers;
  const samples = sampleRadialIntegrals(hypers);
  const nKnots = Math.max(2, Math.ceil(cutoff / chooseStep(samples, hypers)) + 1);
  const step = cutoff / (nKnots - 1);
  const { values, derivatives } = interpolateSamples(samples, nKnots, step);
  return { step, nKnots, values, derivatives };
}

/** Integrals at Chebyshev points: point j, then l, then n (n fastest). */
interface RadialSamples {
  readonly points: Float64Array;
  readonly size: number;
  readonly values: Float64Array;
  readonly derivatives: Float64Array;
}

function sampleRadialIntegrals(hypers: SoapHyperparameters): RadialSamples {
  const { cutoff, sigma, nMax, lMax } = hypers;
  const basis = buildRadialBasis(hypers);
  // Degree that resolves wave numbers up to GAUSSIAN_REACH/σ on an interval of this length.
  const nPoints = Math.ceil((0.5 * cutoff * GAUSSIAN_REACH) / sigma) + 24;
  const points = chebyshevPoints(nPoints, 0, cutoff);
  const size = nMax * (lMax + 1);
  const values = new Float64Array(nPoints * size);
  const derivatives = new Float64Array(nPoints * size);
  points.forEach((r, j) => {
    const start = j * size;
    const end = start + size;
    const slopes = derivatives.subarray(start, end);
    radialIntegrals(basis, sigma, lMax, r, values.subarray(start, end), slopes);
  });
  return { points, size, values, derivatives };
}

function interpolateSamples(
  samples: RadialSamples,
  nKnots: number,
  step: number,
): Pick<RadialTable, "values" | "derivatives"> {
  const { points, size } = samples;
  const values = new Float64Array(nKnots * size);
  const derivatives = new Float64Array(nKnots * size);
  const weights = new Float64Array(points.length);
  for (let knot = 0; knot < nKnots; knot += 1) {
    chebyshevWeights(points, knot * step, weights);
    for (let j = 0; j < points.length; j += 1) {
      const weight = weights[j]!;
      const source = j * size;
      const target = knot * size;
      for (let k = 0; k < size; k += 1) {
        values[target + k] = values[target + k]! + weight * samples.values[source + k]!;
        derivatives[target + k] =
          derivatives[target + k]! + weight * samples.derivatives[source + k]!;
      }
    }
  }
  return { values, derivatives };
}

/** The largest step whose interpolation error stays below the tolerance. */
function chooseStep(samples: RadialSamples, { cutoff, sigma }: SoapHyperparameters): number {
  const { size } = samples;
  const nProbes = Math.max(16, Math.ceil((6 * cutoff) / sigma));
  const spacing = cutoff / nProbes;
  const { values, derivatives } = interpolateSamples(samples, nProbes + 1, spacing);
  let largestValue = 0;
  for (const value of values) largestValue = Math.max(largestValue, Math.abs(value));
  let fourthDerivative = 0;
  for (let k = 0; k + 3 * size < derivatives.length; k += 1) {
    const thirdDifference =
      derivatives[k + 3 * size]! -
      3 * derivatives[k + 2 * size]! +
      3 * derivatives[k + size]! -
      derivatives[k]!;
    fourthDerivative = Math.max(fourthDerivative, Math.abs(thirdDifference) / spacing ** 3);
  }
  return ((384 * TABLE_TOLERANCE * largestValue) / fourthDerivative) ** 0.25;
}
