/** Real orthonormal spherical harmonics of unit vectors. */

/** Recurrence coefficients for one lMax; build once, use for every direction. */
export interface SphericalHarmonicsPlan {
  readonly lMax: number;
  /** √((4l² − 1)/(l² − m²)) at l(l+1)/2 + m, for m ≤ l − 1 (unused for m = l). */
  readonly stepCoefficients: Float64Array;
  /** √(((l−1)² − m²)/(4(l−1)² − 1)) at the same place, for m ≤ l − 2. */
  readonly backCoefficients: Float64Array;
  /** Normalised sectoral values P̄_mm / sin^m θ, m = 0 … lMax. */
  readonly sectoral: Float64Array;
}

/** Prepares {@link evaluateSphericalHarmonics} for l = 0 … lMax. */
export function createSphericalHarmonicsPlan(lMax: number): SphericalHarmonicsPlan {
  const size = ((lMax + 1) * (lMax + 2)) / 2;
  const stepCoefficients = new Float64Array(size);
  const backCoefficients = new Float64Array(size);
  const sectoral = new Float64Array(lMax + 1);
  sectoral[0] = Math.sqrt(0.25 / Math.PI);
  for (let l = 1; l <= lMax; l += 1) {
    sectoral[l] = sectoral[l - 1]! * Math.sqrt((2 * l + 1) / (2 * l));
    for (let m = 0; m < l; m += 1) {
      const index = (l * (l + 1)) / 2 + m;
      stepCoefficients[index] = Math.sqrt((4 * l * l - 1) / (l * l - m * m));
      const below = l - 1;
      backCoefficients[index] =
        m < below ? Math.sqrt((below * below - m * m) / (4 * below * below - 1)) : 0;
    }
  }
  return { lMax, stepCoefficients, backCoefficients, sectoral };
}

/**
 * Real orthonormal spherical harmonics of the unit vector (x, y, z):
 * Y_l0 = P̄_l0, Y_lm = √2 P̄_lm cos(mφ), Y_l,−m = √2 P̄_lm sin(mφ) for m > 0, with
 * ∫ Y_lm Y_l'm' dΩ = δ_ll' δ_mm' and no Condon–Shortley phase.
 *
 * No angles are formed: sin^m θ cos(mφ) and sin^m θ sin(mφ) are the real and imaginary parts of
 * (x + iy)^m, and P̄_lm / sin^m θ is a polynomial in z, so the poles need no special case.
 *
 * @param out - length (lMax + 1)², overwritten; Y_lm at l² + l + m, m = −l … l
 * @see Limpanuparb & Milthorpe (2014), arXiv:1410.1748, for the recurrence
 */
export function evaluateSphericalHarmonics(
  plan: SphericalHarmonicsPlan,
  x: number,
  y: number,
  z: number,
  out: Float64Array,
): void {
  const { lMax, stepCoefficients, backCoefficients, sectoral } = plan;
  let cosine = 1;
  let sine = 0;
  for (let m = 0; m <= lMax; m += 1) {
    const scale = m === 0 ? 1 : Math.SQRT2;
    let previous = 0;
    let current = sectoral[m]!;
    for (let l = m; l <= lMax; l += 1) {
      if (l > m) {
        const index = (l * (l + 1)) / 2 + m;
        const next = stepCoefficients[index]! * (z * current - backCoefficients[index]! * previous);
        previous = current;
        current = next;
      }
      const center = l * l + l;
      out[center + m] = scale * current * cosine;
      if (m > 0) out[center - m] = scale * current * sine;
    }
    const nextCosine = x * cosine - y * sine;
    sine = x * sine + y * cosine;
    cosine = nextCosine;
  }
}
