/** Curves as SVG paths, and axes that run on beyond their ends. Pure; lengths in CSS px. */
import type { ColorScale } from "../color/colorScale.ts";

/** Where a value lies on a linear or log axis: 0 at `min`, 1 at `max`, beyond them outside. */
export function axisFraction({ kind, min, max }: ColorScale, value: number): number {
  if (kind === "linear") return (value - min) / (max - min);
  return Math.log(value / min) / Math.log(max / min);
}

/** A log axis of whole decades around the values, all > 0. */
export function decadeAxis(arrays: readonly ArrayLike<number>[]): ColorScale {
  let low = Infinity;
  let high = 0;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i += 1) {
      low = Math.min(low, values[i] ?? Infinity);
      high = Math.max(high, values[i] ?? 0);
    }
  }
  if (!(high > 0) || !Number.isFinite(low)) return logAxis(-1, 0);
  const first = Math.floor(Math.log10(low) + 1e-9);
  return logAxis(first, Math.max(first + 1, Math.ceil(Math.log10(high) - 1e-9)));
}

function logAxis(first: number, last: number): ColorScale {
  return { kind: "log", min: 10 ** first, max: 10 ** last, linearThreshold: 1 };
}

/** A linear axis from and to multiples of `step` around the values. */
export function steppedAxis(values: Iterable<number>, step: number): ColorScale {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(high >= low)) return { kind: "linear", min: 0, max: step, linearThreshold: 1 };
  const min = Math.floor(low / step) * step;
  return {
    kind: "linear",
    min,
    max: Math.max(min + step, Math.ceil(high / step) * step),
    linearThreshold: 1,
  };
}

/** Points beyond this are cut: no curve needs to be followed further out of its chart. */
const FARTHEST = 1e4;

/** A path through all points. */
export function linePath(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  xAt: (x: number) => number,
  yAt: (y: number) => number,
): string {
  let path = "";
  for (let i = 0; i < xs.length; i += 1) {
    const x = xAt(xs[i] ?? 0).toFixed(1);
    const y = Math.min(FARTHEST, Math.max(-FARTHEST, yAt(ys[i] ?? 0))).toFixed(1);
    path += `${i === 0 ? "M" : "L"}${x} ${y}`;
  }
  return path;
}
