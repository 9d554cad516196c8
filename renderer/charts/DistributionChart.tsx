import { useMemo, type ReactNode } from "react";
import { sortedFinite } from "../color/autoRange.ts";
import { scaleFraction } from "../color/colorScale.ts";
import { scaleTicks } from "../color/scaleTicks.ts";
import { formatCount, formatSignificant } from "../components/formatNumber.ts";
import { quantileOf } from "../state/statistics.ts";
import {
  curveOf,
  outlineOf,
  type DistributionCurve,
  type DistributionGroup,
  type DistributionKind,
} from "./distributionData.ts";
import type { PlotAxis } from "./scatterData.ts";
import { anchorAt, ticksWithoutCollisions } from "./tickLabels.ts";
import { useElementSize } from "./useElementSize.ts";

const PAD = { left: 46, right: 14, top: 22, bottom: 36 } as const;

interface DrawnGroup extends DistributionGroup {
  readonly curve: DistributionCurve;
  readonly chosen: DistributionCurve | null;
  readonly median: number | null;
}

interface ChartProps {
  readonly kind: DistributionKind;
  readonly groups: readonly DistributionGroup[];
  readonly axis: PlotAxis;
}

/** Distributions of the groups along one axis, those of the selected atoms over them. */
export function DistributionChart({ kind, groups, axis }: ChartProps): ReactNode {
  const { ref, width, height } = useElementSize({ width: 400, height: 130 });
  const { scale } = axis;
  const drawn = useMemo(
    () =>
      groups.map((group): DrawnGroup => ({
        ...group,
        curve: curveOf(kind, group.values, scale),
        chosen:
          group.selected === null || group.selected.length === 0
            ? null
            : curveOf(kind, group.selected, scale),
        median: quantileOf(sortedFinite([group.values]), 0.5),
      })),
    [kind, groups, scale],
  );
  const innerWidth = Math.max(1, width - PAD.left - PAD.right);
  const innerHeight = Math.max(1, height - PAD.top - PAD.bottom);
  const ticks = scaleTicks(scale, {
    maxLabels: Math.max(2, Math.floor(innerWidth / 60)),
    signed: axis.signed,
  });
  return (
    <div className="distribution-chart" ref={ref}>
      <svg width={width} height={height} role="img" aria-label={describe(kind, axis, drawn)}>
        <g transform={`translate(${String(PAD.left)} ${String(PAD.top)})`}>
          {ticksWithoutCollisions(ticks, innerWidth).map(({ value, fraction, label }) => (
            <g key={value} transform={`translate(${String(fraction * innerWidth)} 0)`}>
              <line y2={innerHeight} className="grid-line" />
              <text y={innerHeight + 15} textAnchor={anchorAt(fraction)}>
                {label}
              </text>
            </g>
          ))}
          <line y1={innerHeight} y2={innerHeight} x2={innerWidth} className="axis-line" />
          {kind === "violin" ? (
            <Violins groups={drawn} axis={axis} width={innerWidth} height={innerHeight} />
          ) : (
            <Curves kind={kind} groups={drawn} width={innerWidth} height={innerHeight} />
          )}
          <text x={innerWidth / 2} y={innerHeight + 30} textAnchor="middle">
            {axis.label}
          </text>
        </g>
      </svg>
    </div>
  );
}

interface PartProps {
  readonly groups: readonly DrawnGroup[];
  readonly width: number;
  readonly height: number;
}

function Curves(props: PartProps & { readonly kind: "histogram" | "ecdf" }): ReactNode {
  const { kind, groups, width, height } = props;
  const highest = (curve: DistributionCurve | null): number =>
    curve?.heights.reduce((high, value) => Math.max(high, value), 0) ?? 0;
  const most =
    kind === "ecdf"
      ? 100
      : groups.reduce(
          (high, { curve, chosen }) => Math.max(high, highest(curve), highest(chosen)),
          0,
        );
  return (
    <>
      <text x={-PAD.left + 8} y={-9}>
        {kind === "ecdf" ? "Atoms at or below, %" : "Atoms, %"}
      </text>
      <text x={-8} y={4} textAnchor="end">
        {formatSignificant(most)}
      </text>
      <text x={-8} y={height + 4} textAnchor="end">
        0
      </text>
      <line y2={height} className="axis-line" />
      {groups.map(({ label, chosen }) =>
        chosen === null ? null : (
          <path
            key={label}
            className="selected-area"
            d={`${outlineOf(kind, chosen.heights, width, height, most)}L${String(width)} ${String(height)}L0 ${String(height)}Z`}
          />
        ),
      )}
      {groups.map(({ label, stroke, dash, curve, chosen }) => (
        <g key={label} fill="none" strokeWidth="1.5" strokeDasharray={dash}>
          {chosen === null ? null : (
            <path
              className="selected-line"
              d={outlineOf(kind, chosen.heights, width, height, most)}
            />
          )}
          <path stroke={stroke} d={outlineOf(kind, curve.heights, width, height, most)} />
        </g>
      ))}
    </>
  );
}

/** One row a group: all atoms above the line, the selected ones below it. */
function Violins({
  groups,
  axis,
  width,
  height,
}: PartProps & { readonly axis: PlotAxis }): ReactNode {
  const room = height / Math.max(1, groups.length);
  const half = Math.max(2, room / 2 - 2);
  return groups.map(({ label, stroke, curve, chosen, median }, k) => {
    const closed = (heights: Float64Array): string =>
      `${outlineOf("violin", heights, width, half, Math.max(...heights))}L${String(width)} ${String(half)}L0 ${String(half)}Z`;
    const upper = closed(curve.heights);
    const lower = closed((chosen ?? curve).heights);
    const at = median === null ? null : scaleFraction(axis.scale, median) * width;
    return (
      <g key={label} transform={`translate(0 ${String(k * room + room / 2)})`}>
        <title>{label}</title>
        <line x2={width} className="grid-line" />
        <path
          className="violin"
          stroke={stroke}
          transform={`translate(0 ${String(-half)})`}
          d={upper}
        />
        <path
          className={chosen === null ? "violin" : "violin selected-line selected-area"}
          stroke={stroke}
          transform={`translate(0 ${String(half)}) scale(1 -1)`}
          d={lower}
        />
        {at === null ? null : (
          <line x1={at} x2={at} y1={-half} y2={half} stroke={stroke} strokeWidth="2" />
        )}
        <text x={-8} y={4} textAnchor="end">
          {String(k + 1)}
        </text>
      </g>
    );
  });
}

function describe(kind: DistributionKind, axis: PlotAxis, groups: readonly DrawnGroup[]): string {
  const name = { histogram: "Histogram", ecdf: "Cumulative shares", violin: "Violins" }[kind];
  const parts = groups.map(
    ({ label, curve, median }) =>
      `${label}, ${formatCount(curve.count)} atoms, median ${median === null ? "none" : formatSignificant(median)}`,
  );
  return `${name} of ${axis.label}: ${parts.join("; ")}`;
}

/** Names, lines, medians and numbers of atoms of the groups. */
export function DistributionKey({ kind, groups, axis }: ChartProps): ReactNode {
  return (
    <table className="group-key">
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col">Atoms</th>
          <th scope="col">Median</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ label, stroke, dash, values }, k) => {
          const sorted = sortedFinite([values]);
          const median = quantileOf(sorted, 0.5);
          return (
            <tr key={label}>
              <th scope="row" title={label}>
                <span>
                  {kind === "violin" ? <b style={{ color: stroke }}>{k + 1}</b> : null}
                  <svg width="20" height="8" aria-hidden="true">
                    <line
                      x2="20"
                      y1="4"
                      y2="4"
                      stroke={stroke}
                      strokeWidth="2"
                      strokeDasharray={kind === "violin" ? "none" : dash}
                    />
                  </svg>
                  <span className="ellipsis">{label}</span>
                </span>
              </th>
              <td>{formatCount(sorted.length)}</td>
              <td title={axis.label}>{median === null ? "none" : formatSignificant(median)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
