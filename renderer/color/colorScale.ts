/** From a value to an entry of a colour table: one arithmetic for atoms, legend, charts and tests. */
import { TABLE_SIZE } from "./colorTable.ts";

/** How values are spread over the table. */
export type ScaleKind = "linear" | "log" | "symlog";

/**
 * A colour scale. `log` needs 0 < min < max; `symlog` is linear within ± linearThreshold and
 * logarithmic beyond: sign(v) · ln(1 + |v| / linearThreshold).
 */
export interface ColorScale {
  readonly kind: ScaleKind;
  readonly min: number;
  readonly max: number;
  /** Only read by `symlog`; > 0. */
  readonly linearThreshold: number;
}

/** How many values a range leaves out. */
export interface ScaleCounts {
  readonly under: number;
  readonly over: number;
  /** NaN: drawn as "no value". */
  readonly noValue: number;
}

/** The scalar of an atom without a value. */
export const NO_VALUE = -1;

/** Why a scale cannot be used, in words for the field; null when it can. */
export function scaleProblem(scale: ColorScale): string | null {
  if (!Number.isFinite(scale.min) || !Number.isFinite(scale.max)) return "Both ends need a number.";
  if (scale.min > scale.max) return "The lower end is above the upper end.";
  if (scale.kind === "log" && scale.min <= 0) return "A log scale needs a lower end above zero.";
  if (scale.kind === "symlog" && !(scale.linearThreshold > 0)) {
    return "A symlog scale needs a linear part wider than zero.";
  }
  return null;
}

/** What is linear along the scale: the value, its log₁₀, or sign(v) · ln(1 + |v| / linearThreshold). */
export function warp(scale: ColorScale, value: number): number {
  switch (scale.kind) {
    case "linear":
      return value;
    case "log":
      return value > 0 ? Math.log10(value) : -Infinity;
    case "symlog":
      return Math.sign(value) * Math.log1p(Math.abs(value) / scale.linearThreshold);
  }
}

function unwarp(scale: ColorScale, warped: number): number {
  switch (scale.kind) {
    case "linear":
      return warped;
    case "log":
      return 10 ** warped;
    case "symlog":
      return Math.sign(warped) * Math.expm1(Math.abs(warped)) * scale.linearThreshold;
  }
}

/**
 * Position of a value on the scale: 0 at `min`, 1 at `max`, clamped between; −1 for NaN. When both
 * ends are equal, that value lies in the middle. Rounded to single precision, which is what the
 * graphics card is given, so that `indexOfFraction` agrees with the shader to the last bit.
 */
export function scaleFraction(scale: ColorScale, value: number): number {
  if (Number.isNaN(value)) return NO_VALUE;
  if (value < scale.min) return 0;
  if (value > scale.max) return 1;
  const low = warp(scale, scale.min);
  const span = warp(scale, scale.max) - low;
  if (!(span > 0)) return 0.5;
  return Math.fround(Math.min(1, Math.max(0, (warp(scale, value) - low) / span)));
}

/** The value at a position of the scale; the inverse of `scaleFraction` inside the range. */
export function valueAtFraction(scale: ColorScale, fraction: number): number {
  const low = warp(scale, scale.min);
  const high = warp(scale, scale.max);
  return unwarp(scale, low + (high - low) * fraction);
}

/** Table entry of a fraction, exactly as the shader computes it; −1 for no value. */
export function indexOfFraction(fraction: number): number {
  if (fraction < 0) return NO_VALUE;
  return Math.min(TABLE_SIZE - 1, Math.floor(Math.fround(fraction) * TABLE_SIZE));
}

/** Table entry of a value; −1 for no value. */
export function colorIndexOf(scale: ColorScale, value: number): number {
  return indexOfFraction(scaleFraction(scale, value));
}

/** Fraction that fetches entry `category` of a table of categories. */
export function categoryFraction(category: number): number {
  return category < 0 || category >= TABLE_SIZE ? NO_VALUE : (category + 0.5) / TABLE_SIZE;
}

/**
 * Fills `out` with the fractions of `values` (−1 = no value) and counts what the range leaves out.
 * Both arrays have one entry an atom.
 */
export function applyScale(
  scale: ColorScale,
  values: ArrayLike<number>,
  out: Float32Array,
): ScaleCounts {
  let under = 0;
  let over = 0;
  let noValue = 0;
  for (let i = 0; i < out.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    out[i] = scaleFraction(scale, value);
    if (Number.isNaN(value)) noValue += 1;
    else if (value < scale.min) under += 1;
    else if (value > scale.max) over += 1;
  }
  return { under, over, noValue };
}

/** Fills `out` with the fractions of category codes; a negative code has no value. */
export function applyCategories(codes: ArrayLike<number>, out: Float32Array): ScaleCounts {
  let noValue = 0;
  for (let i = 0; i < out.length; i += 1) {
    const fraction = categoryFraction(codes[i] ?? -1);
    out[i] = fraction;
    if (fraction < 0) noValue += 1;
  }
  return { under: 0, over: 0, noValue };
}
