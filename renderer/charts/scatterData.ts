/** Where the points of a scatter chart lie, and how they trend. Pure. */
import { trendOnAxes, type AxisKind, type AxisTrend } from "../../src/rigidity/trend.ts";
import { automaticScale } from "../color/autoRange.ts";
import { NARROW_LOG } from "../color/scaleTicks.ts";
import { scaleFraction, type ColorScale, type ScaleKind } from "../color/colorScale.ts";
import { formatCount, formatFixed } from "../components/formatNumber.ts";
import { withLinearPart } from "./axisScales.ts";

/** One axis of a plot. */
export interface PlotAxis {
  readonly scale: ColorScale;
  readonly label: string;
  /** `+` on positive ticks. */
  readonly signed: boolean;
}

/**
 * A round range that leaves out no value; on a log axis, no positive one. Where that is a small part of
 * a decade, as ratios near one are, its ends are rounded as finely as on a linear axis.
 */
export function wholeScale(arrays: readonly Float64Array[], kind: ScaleKind): ColorScale {
  const whole = { symmetric: false, percentiles: [0, 100] } as const;
  const scale = automaticScale(arrays, { ...whole, kind });
  if (kind === "symlog") return withLinearPart(scale, arrays);
  if (kind === "linear" || scale.max / scale.min >= NARROW_LOG) return scale;
  const positive = arrays.map((values) => values.filter((value) => value > 0));
  const { min, max } = automaticScale(positive, { ...whole, kind: "linear" });
  return min > 0 ? { ...scale, min, max } : scale;
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

/** The trend of the points on these axes; null with fewer than two. */
export function trendOf(
  x: Float64Array,
  y: Float64Array,
  xKind: AxisKind,
  yKind: AxisKind,
): AxisTrend | null {
  const has = (value: number | undefined, kind: AxisKind): boolean =>
    value !== undefined && Number.isFinite(value) && (kind === "linear" || value > 0);
  const n = x.reduce((sum, value, k) => sum + Number(has(value, xKind) && has(y[k], yKind)), 0);
  return n < 2 ? null : trendOnAxes(x, y, xKind, yKind);
}

function orNone(value: number | null): string {
  return value === null ? "none" : formatFixed(value, 2);
}

export interface TrendFact {
  readonly label: string;
  readonly value: string;
  readonly title: string;
}

/** The numbers beside a chart. A slope has a meaning of its own only between two logarithms. */
export function trendFacts(
  trend: AxisTrend,
  xKind: AxisKind,
  yKind: AxisKind,
): readonly TrendFact[] {
  const counts = `${formatCount(trend.n)} atoms, ${formatCount(trend.nExcluded)} left out`;
  const slope: TrendFact = {
    label: "Log–log slope",
    value: orNone(trend.slope),
    title: `Of log₁₀ y against log₁₀ x by least squares, ${counts}`,
  };
  return [
    ...(xKind === "log" && yKind === "log" ? [slope] : []),
    {
      label: "Pearson",
      value: orNone(trend.pearson),
      title: `Correlation of what the axes show, ${counts}`,
    },
    {
      label: "Spearman",
      value: orNone(trend.spearman),
      title: `Correlation of the ranks, ${counts}`,
    },
  ];
}

/** The trend as a line, in fractions x0, y0, x1, y1; may leave the plot. */
export function trendLine(
  { slope, intercept }: AxisTrend,
  xScale: ColorScale,
  yScale: ColorScale,
): readonly [number, number, number, number] | null {
  if (slope === null || intercept === null) return null;
  const on = ({ kind }: ColorScale, value: number): number =>
    kind === "log" ? Math.log10(value) : value;
  const low = on(yScale, yScale.min);
  const span = on(yScale, yScale.max) - low;
  const up = (x: number): number => (intercept + slope * on(xScale, x) - low) / span;
  return [0, up(xScale.min), 1, up(xScale.max)];
}
