/** Special functions of the SOAP radial integrals. */
import { StudioError } from "../errors.ts";

/**
 * Scaled modified spherical Bessel functions of the first kind, `out[l] = e^{−x} i_l(x)` for
 * l = 0 … lMax, with i_0(x) = sinh(x) / x.
 *
 * For x ≥ lMax(lMax + 1)/2 upward recurrence, whose rounding grows at most by a factor of about
 * e² there; below it, the ratios i_l / i_{l−1} by downward recurrence, which contracts errors.
 * Both satisfy i_{l−1} − i_{l+1} = (2l + 1) i_l / x (Abramowitz & Stegun 1964, eq. 10.2.18).
 * Relative error ≤ 2e-14 for l ≤ 30; values below the smallest double underflow to zero.
 *
 * @param x - ≥ 0, not checked (hot loop)
 * @param out - length ≥ lMax + 1, overwritten up to lMax
 */
export function scaledSphericalBesselI(lMax: number, x: number, out: Float64Array): void {
  const zeroth = x === 0 ? 1 : -Math.expm1(-2 * x) / (2 * x);
  out[0] = zeroth;
  if (lMax === 0) return;
  if (x >= 2 && x >= 0.5 * lMax * (lMax + 1)) upwardBessel(lMax, x, zeroth, out);
  else downwardBessel(lMax, x, zeroth, out);
}

function upwardBessel(lMax: number, x: number, zeroth: number, out: Float64Array): void {
  const decayed = Math.exp(-2 * x);
  let previous = zeroth;
  // e^{−x} i_1 = e^{−x} (cosh x − i_0) / x
  let current = (0.5 * (1 + decayed) - zeroth) / x;
  out[1] = current;
  for (let l = 1; l < lMax; l += 1) {
    const next = previous - ((2 * l + 1) * current) / x;
    previous = current;
    current = next;
    out[l + 1] = next;
  }
}

function downwardBessel(lMax: number, x: number, zeroth: number, out: Float64Array): void {
  // A start this far up damps the error of the first ratio below rounding: each step multiplies
  // it by the square of the ratio, about e^{−(2l + 1)/x} for l < x.
  const start = Math.ceil(Math.sqrt(lMax * lMax + 36 * x)) + 8;
  const nu = start + 0.5;
  let ratio = x / (nu - 0.5 + Math.sqrt((nu + 0.5) * (nu + 0.5) + x * x));
  for (let l = start - 1; l > lMax; l -= 1) ratio = x / (2 * l + 1 + x * ratio);
  for (let l = lMax; l >= 1; l -= 1) {
    ratio = x / (2 * l + 1 + x * ratio);
    out[l] = ratio;
  }
  let value = zeroth;
  for (let l = 1; l <= lMax; l += 1) {
    value *= out[l]!;
    out[l] = value;
  }
}

/**
 * Γ(k / 2) for a positive integer k, by the exact product Γ(x + 1) = x Γ(x) from Γ(½) = √π or
 * Γ(1) = 1.
 * @param k - 1 … 300 (larger values overflow)
 * @throws StudioError `INVALID_PARAMETER` outside that range
 */
export function gammaOfHalf(k: number): number {
  if (!Number.isInteger(k) || k < 1 || k > 300) {
    throw new StudioError("INVALID_PARAMETER", `Γ(k/2) needs an integer k in 1 … 300, got ${k}`);
  }
  let value = k % 2 === 1 ? Math.sqrt(Math.PI) : 1;
  for (let x = k % 2 === 1 ? 0.5 : 1; 2 * x < k; x += 1) value *= x;
  return value;
}
