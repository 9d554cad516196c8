/** Descriptive statistics of what is shown. Values that are not finite are "no value". */

/** Linear interpolation between order statistics; null when there is no value. */
export function quantileOf(sorted: Float64Array, fraction: number): number | null {
  if (sorted.length === 0) return null;
  const position = Math.min(Math.max(fraction, 0), 1) * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (position - below);
}

/** Mean of the finite entries; null when there is none. */
export function meanOf(values: ArrayLike<number>): number | null {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** n / Σ 1/value of the finite entries, all > 0: the LPR of the mean variance; null without any. */
export function harmonicMeanOf(values: ArrayLike<number>): number | null {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value) || value <= 0) continue;
    sum += 1 / value;
    count++;
  }
  return count === 0 ? null : count / sum;
}

/** Share of values at or below `value`, in percent; null when there is no value. */
export function percentileOf(sorted: Float64Array, value: number): number | null {
  if (sorted.length === 0 || !Number.isFinite(value)) return null;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return (100 * low) / sorted.length;
}

/** Counts in `bins` equal bins of [min, max]; values outside are not counted. */
export function histogramOf(
  values: ArrayLike<number>,
  min: number,
  max: number,
  bins: number,
): Float64Array {
  const counts = new Float64Array(bins);
  const width = (max - min) / bins;
  if (!(width > 0)) return counts;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!(value >= min && value <= max)) continue;
    const bin = Math.min(bins - 1, Math.floor((value - min) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/**
 * Gaussian kernel density at `points` equidistant positions of [min, max], Silverman's rule of
 * thumb for the width (Silverman 1986, eq. 3.31); values are binned first so that a million atoms
 * cost no more than a thousand.
 */
export function densityOf(
  sorted: Float64Array,
  min: number,
  max: number,
  points: number,
): Float64Array {
  const density = new Float64Array(points);
  if (sorted.length === 0 || !(max > min)) return density;
  const mean = meanOf(sorted) ?? 0;
  let square = 0;
  for (const value of sorted) square += (value - mean) ** 2;
  const deviation = Math.sqrt(square / sorted.length);
  const quartiles = ((quantileOf(sorted, 0.75) ?? 0) - (quantileOf(sorted, 0.25) ?? 0)) / 1.34;
  const spread = Math.min(deviation, quartiles > 0 ? quartiles : deviation);
  const step = (max - min) / (points - 1);
  const width = Math.max(0.9 * spread * sorted.length ** -0.2, step);
  const counts = histogramOf(sorted, min - step / 2, max + step / 2, points);
  const reach = Math.ceil((4 * width) / step);
  const norm = 1 / (sorted.length * width * Math.sqrt(2 * Math.PI));
  for (let i = 0; i < points; i++) {
    const count = counts[i] ?? 0;
    if (count === 0) continue;
    for (let j = Math.max(0, i - reach); j <= Math.min(points - 1, i + reach); j++) {
      const distance = ((j - i) * step) / width;
      density[j] = (density[j] ?? 0) + count * norm * Math.exp(-0.5 * distance * distance);
    }
  }
  return density;
}
