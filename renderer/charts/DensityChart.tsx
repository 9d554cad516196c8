import { useMemo, type ReactNode } from "react";
import { scaleFraction, type ColorScale } from "../color/colorScale.ts";
import { scaleTicks } from "../color/scaleTicks.ts";
import { anchorAt, ticksWithoutCollisions } from "./tickLabels.ts";
import { formatCount, formatPercentGain, formatSignificant } from "../components/formatNumber.ts";
import type { PropertyDescription } from "../state/properties.ts";
import { styleOf } from "./seriesStyle.ts";
import { curvePath, densityOnScale, type DensityCurve } from "./densityPath.ts";
import { useElementSize } from "./useElementSize.ts";

export interface ChartSeries {
  readonly label: string;
  /** Place of the variant in the project: decides colour and dashes. */
  readonly place: number;
  readonly values: Float64Array;
  readonly mean: number | null;
}

const PAD = { left: 8, right: 8, top: 6, bottom: 32 } as const;

/** Density curves on the scale's axis, means as triangles, what lies beyond the axis counted. */
export function DensityChart(props: {
  readonly series: readonly ChartSeries[];
  readonly axis: ColorScale;
  readonly property: PropertyDescription;
}): ReactNode {
  const { series, axis, property } = props;
  const { ref, width, height } = useElementSize({ width: 280, height: 130 });
  const curves = useMemo(
    () => series.map((one) => ({ ...one, curve: densityOnScale(one.values, axis) })),
    [series, axis],
  );
  const innerWidth = Math.max(1, width - PAD.left - PAD.right);
  const innerHeight = Math.max(1, height - PAD.top - PAD.bottom);
  const most = curves.reduce((high, { curve }) => Math.max(high, curve.most), 0);
  const beyond = curves.reduce((sum, { curve }) => sum + curve.beyond, 0);
  const ticks = scaleTicks(axis, {
    maxLabels: Math.max(3, Math.floor(width / 60)),
    signed: property.diverging,
  });
  const name = property.suffix === "%" ? "percent" : property.suffix;
  const unit = name === "" ? "" : ` / ${name}`;
  return (
    <div className="density-chart" ref={ref}>
      <svg width={width} height={height} role="img" aria-label={describe(property, series)}>
        <g transform={`translate(${String(PAD.left)} ${String(PAD.top)})`}>
          {ticksWithoutCollisions(ticks, innerWidth).map((tick) => (
            <g key={tick.value} transform={`translate(${String(tick.fraction * innerWidth)} 0)`}>
              <line
                y2={innerHeight}
                className={tick.isZero && property.diverging ? "zero-line" : "grid-line"}
              />
              <text y={innerHeight + 14} textAnchor={anchorAt(tick.fraction)}>
                {tick.label}
              </text>
            </g>
          ))}
          <line y1={innerHeight} y2={innerHeight} x2={innerWidth} className="axis-line" />
          {curves.map(({ label, place, curve }) => {
            const { stroke, dash } = styleOf(place);
            return (
              <path
                key={label}
                d={curvePath(curve, innerWidth, innerHeight, most)}
                fill="none"
                stroke={stroke}
                strokeWidth="1.5"
                strokeDasharray={dash}
              />
            );
          })}
          {curves.map(({ label, place, mean }) =>
            mean === null || mean < axis.min || mean > axis.max ? null : (
              <path
                key={label}
                transform={`translate(${String(scaleFraction(axis, mean) * innerWidth)} ${String(innerHeight)})`}
                d="M0-5 4 1H-4z"
                fill={styleOf(place).stroke}
              />
            ),
          )}
          <text x={innerWidth / 2} y={innerHeight + 28} textAnchor="middle" className="axis-title">
            {property.label}
            {unit}
            {beyond > 0 ? ` · ${formatCount(beyond)} beyond axis` : ""}
          </text>
        </g>
      </svg>
      {curves.length > 1 ? (
        <ChartKey series={series} property={property} side={freeSide(curves.map((c) => c.curve))} />
      ) : null}
    </div>
  );
}

/** The half of the chart with less under its curves, where the key covers nothing. */
function freeSide(curves: readonly DensityCurve[]): "left" | "right" {
  let balance = 0;
  for (const { density } of curves) {
    density.forEach((value, index) => {
      balance += index < density.length / 2 ? value : -value;
    });
  }
  return balance < 0 ? "left" : "right";
}

function meanText(property: PropertyDescription, mean: number | null): string {
  if (mean === null) return "";
  return property.id === "enhancement"
    ? formatPercentGain(mean).replace(" %", "")
    : formatSignificant(mean);
}

function ChartKey(props: {
  readonly series: readonly ChartSeries[];
  readonly property: PropertyDescription;
  readonly side: "left" | "right";
}): ReactNode {
  return (
    <ul className="chart-key" data-side={props.side}>
      {props.series.map(({ label, place, mean }) => {
        const { stroke, dash } = styleOf(place);
        return (
          <li key={label}>
            <svg width="20" height="8" aria-hidden="true">
              <line
                x2="20"
                y1="4"
                y2="4"
                stroke={stroke}
                strokeWidth="1.5"
                strokeDasharray={dash}
              />
            </svg>
            <span className="ellipsis">{label}</span>
            <span className="number">{meanText(props.property, mean)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function describe(property: PropertyDescription, series: readonly ChartSeries[]): string {
  const means = series.map((one) => `${one.label} mean ${meanText(property, one.mean)}`);
  return `Distribution of ${property.label}: ${means.join(", ")}`;
}
