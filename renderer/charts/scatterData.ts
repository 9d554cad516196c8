/** Where the points of a scatter chart lie, and how they trend. Pure. */
import { logLogTrend, type LogLogTrend } from "../../src/rigidity/trend.ts";
import { automaticScale } from "../color/autoRange.ts";
import { scaleFraction, type ColorScale } from "../color/colorScale.ts";
import { formatCount, formatFixed } from "../components/formatNumber.ts";

/** One axis of a plot. */
export interface PlotAxis {
  readonly scale: ColorScale;
  readonly label: string;
  /** `+` on positive ticks. */
  readonly signed: boolean;
}

/** A round range that leaves out no value; on a log axis, no positive one. */
export function wholeScale(arrays: readonly Float64Array[], kind: "linear" | "log"): ColorScale {
  return automaticScale(arrays, { kind, symmetric: false, percentiles: [0, 100] });
}

function fractionOn(scale: ColorScale, value: number): number {
  if (!Number.isFinite(value) || (scale.kind === "log" && value <= 0)) return NaN;
  return scaleFraction(scale, value);
}

export interface PlotPoints {
  /** (n × 2) fractions of the axes, row-major; NaN where a point has no place. */
  readonly points: Float32Array;
  readonly nDrawn: number;
  /** Without one of the two values, or not positive on a log axis. */
  readonly nLeftOut: number;
}

export function placePoints(
  x: Float64Array,
  y: Float64Array,
  xScale: ColorScale,
  yScale: ColorScale,
): PlotPoints {
  const points = new Float32Array(2 * x.length).fill(NaN);
  let nDrawn = 0;
  x.forEach((value, k) => {
    const across = fractionOn(xScale, value);
    const up = fractionOn(yScale, y[k] ?? NaN);
    if (Number.isNaN(across) || Number.isNaN(up)) return;
    points[2 * k] = across;
    points[2 * k + 1] = up;
    nDrawn++;
  });
  return { points, nDrawn, nLeftOut: x.length - nDrawn };
}

/** The trend of the points that have both values; null with fewer than two positive ones. */
export function trendOf(x: Float64Array, y: Float64Array): LogLogTrend | null {
  const isPositive = (value: number | undefined): boolean =>
    value !== undefined && value > 0 && Number.isFinite(value);
  const both = Uint32Array.from(x.keys()).filter((k) => isPositive(x[k]) && isPositive(y[k]));
  if (both.length < 2) return null;
  const trend = logLogTrend(
    Float64Array.from(both, (k) => x[k] ?? NaN),
    Float64Array.from(both, (k) => y[k] ?? NaN),
  );
  return { ...trend, nExcluded: x.length - both.length };
}

function orNone(value: number | null): string {
  return value === null ? "none" : formatFixed(value, 2);
}

/** The numbers under a chart with two log axes. */
export function trendFacts(
  trend: LogLogTrend,
): readonly { readonly label: string; readonly value: string; readonly title: string }[] {
  return [
    {
      label: "Log–log slope",
      value: orNone(trend.slope),
      title: `Of log₁₀ y against log₁₀ x by least squares, ${formatCount(trend.n)} atoms, ${formatCount(trend.nExcluded)} left out`,
    },
    { label: "Pearson", value: orNone(trend.pearson), title: "Correlation of the logarithms" },
    { label: "Spearman", value: orNone(trend.spearman), title: "Correlation of the ranks" },
  ];
}

/** The trend as a line, in fractions x0, y0, x1, y1; may leave the plot. */
export function trendLine(
  { slope, intercept }: LogLogTrend,
  xScale: ColorScale,
  yScale: ColorScale,
): readonly [number, number, number, number] | null {
  if (slope === null || intercept === null) return null;
  const low = Math.log10(yScale.min);
  const span = Math.log10(yScale.max) - low;
  const up = (x: number): number => (intercept + slope * Math.log10(x) - low) / span;
  return [0, up(xScale.min), 1, up(xScale.max)];
}
