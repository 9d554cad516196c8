/** The few statistics that the claims need. Every function refuses empty or non-finite input. */

type Values = ArrayLike<number>;

function checked(values: Values, least = 1): number[] {
  const list = Array.from(values);
  if (list.length < least) throw new RangeError(`${list.length} values, expected ${least} or more`);
  const bad = list.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`value ${bad} is ${String(list[bad])}, expected finite`);
  return list;
}

function pairs(x: Values, y: Values): [number[], number[]] {
  if (x.length !== y.length) throw new RangeError(`${x.length} and ${y.length} values do not pair`);
  return [checked(x, 2), checked(y, 2)];
}

export function mean(values: Values): number {
  const list = checked(values);
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

/** Root mean square. */
export function rootMeanSquare(values: Values): number {
  return Math.sqrt(mean(checked(values).map((value) => value * value)));
}

/** Linear interpolation between order statistics, as numpy does; `share` from 0 to 1. */
export function quantile(values: Values, share: number): number {
  const sorted = checked(values).sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? 0;
  return below + (above - below) * (position - Math.floor(position));
}

export function median(values: Values): number {
  return quantile(values, 0.5);
}

/** exp of the mean logarithm; values must be positive. */
export function geometricMean(values: Values): number {
  return Math.exp(mean(Array.from(values, Math.log)));
}

/** Share of the values above `limit`. */
export function shareAbove(values: Values, limit: number): number {
  const list = checked(values);
  return list.filter((value) => value > limit).length / list.length;
}

/** Elementwise a / b. */
export function ratios(a: Values, b: Values): number[] {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} values do not pair`);
  return Array.from(a, (value, i) => value / (b[i] ?? NaN));
}

/** A straight line through points, and how well it goes. */
export interface LineFit {
  readonly slope: number;
  /** Pearson's r; 0 when one of the variables is constant. */
  readonly correlation: number;
}

/** Least squares of y on x. */
export function lineFit(x: Values, y: Values): LineFit {
  const [xs, ys] = pairs(x, y);
  const [xMean, yMean] = [mean(xs), mean(ys)];
  let xx = 0;
  let yy = 0;
  let xy = 0;
  xs.forEach((value, i) => {
    const [dx, dy] = [value - xMean, (ys[i] ?? 0) - yMean];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  });
  return {
    slope: xx === 0 ? 0 : xy / xx,
    correlation: xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy),
  };
}

/** Least squares of log y on log x: the exponent of a power law. */
export function powerLaw(x: Values, y: Values): LineFit {
  return lineFit(Array.from(x, Math.log), Array.from(y, Math.log));
}

/** Ranks from 1; ties share their mean rank. */
export function ranks(values: Values): number[] {
  const list = checked(values);
  const order = list.map((_, i) => i).sort((a, b) => (list[a] ?? 0) - (list[b] ?? 0));
  const result = new Array<number>(list.length).fill(0);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && list[order[end] ?? 0] === list[order[start] ?? 0]) end++;
    for (let i = start; i < end; i++) result[order[i] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return result;
}

/** Spearman's rank correlation. */
export function rankCorrelation(x: Values, y: Values): number {
  const [xs, ys] = pairs(x, y);
  return lineFit(ranks(xs), ranks(ys)).correlation;
}

/**
 * Share of the variance of `values` that lies between classes (η²): 1 when each class has one
 * value, near 0 when classes do not differ.
 */
export function varianceBetween(values: Values, classes: Values): number {
  const [list, labels] = pairs(values, classes);
  const all = mean(list);
  const total = list.reduce((sum, value) => sum + (value - all) ** 2, 0);
  if (total === 0) return 0;
  const groups = new Map<number, number[]>();
  list.forEach((value, i) => {
    const label = labels[i] ?? 0;
    groups.set(label, [...(groups.get(label) ?? []), value]);
  });
  const between = [...groups.values()].reduce(
    (sum, group) => sum + group.length * (mean(group) - all) ** 2,
    0,
  );
  return between / total;
}

/** Indices of the `count` largest values, largest first; ties in order of index. */
export function largest(values: Values, count: number): number[] {
  const list = checked(values);
  return list
    .map((_, i) => i)
    .sort((a, b) => (list[b] ?? 0) - (list[a] ?? 0) || a - b)
    .slice(0, count);
}

/** The values at some indices. */
export function at(values: Values, indices: readonly number[]): number[] {
  return indices.map((index) => {
    const value = values[index];
    if (value === undefined) throw new RangeError(`${index} is not below ${values.length}`);
    return value;
  });
}
