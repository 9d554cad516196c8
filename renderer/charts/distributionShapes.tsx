/** What a distribution chart is drawn with. Lengths in CSS px of the plot. */
import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { hoverStore } from "../app/hover.ts";
import { scaleFraction, type ColorScale } from "../color/colorScale.ts";
import { formatTickValue, niceStep } from "../color/scaleTicks.ts";
import { entryOf, type AtomList } from "./atomList.ts";
import {
  mostOf,
  outlineOf,
  type DistributionCurve,
  type DistributionGroup,
  type DistributionKind,
  type GroupSummary,
} from "./distributionData.ts";

/** A group with its curves. */
export interface DrawnGroup extends DistributionGroup {
  readonly curve: DistributionCurve;
  readonly chosen: DistributionCurve | null;
  readonly summary: GroupSummary;
}

export interface ShapeProps {
  readonly groups: readonly DrawnGroup[];
  readonly scale: ColorScale;
  readonly width: number;
  readonly height: number;
}

/** Least distance of two labels of the upright axis. */
const LABEL_ROOM = 24;
const MOST_SHARES = 7;

/** Shares along the upright axis that have a label. */
export function shareTicks(
  kind: DistributionKind,
  most: number,
  height: number,
): readonly number[] {
  if (kind === "density" || kind === "violin" || !(most > 0)) return [];
  const step =
    kind === "ecdf"
      ? height >= 5 * 16
        ? 25
        : 50
      : niceStep(most, Math.min(MOST_SHARES, Math.max(2, Math.floor(height / LABEL_ROOM) + 1)));
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, k) =>
    Number((k * step).toPrecision(6)),
  );
}

function Shares(props: {
  readonly ticks: readonly number[];
  readonly most: number;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const { ticks, most, width, height } = props;
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  return ticks.map((share, k) => {
    const y = height - (share / most) * height;
    const unit = k === ticks.length - 1 ? " %" : "";
    return (
      <g key={share}>
        {share > 0 ? <line x2={width} y1={y} y2={y} className="grid-line" /> : null}
        <text x={-6} y={y + 4} textAnchor="end">
          {formatTickValue(share, decimals, false)}
          {unit}
        </text>
      </g>
    );
  });
}

/** Densities, histograms or cumulative shares over each other. */
export function Curves(
  props: ShapeProps & {
    readonly kind: Exclude<DistributionKind, "violin">;
    readonly marks: "means" | "quantiles";
  },
): ReactNode {
  const { kind, groups, scale, width, height, marks } = props;
  const most = mostOf(
    kind,
    groups.flatMap(({ curve, chosen }) => (chosen === null ? [curve] : [curve, chosen])),
  );
  // Room for the marks of the quantiles below the curves.
  const room = marks === "quantiles" && kind !== "ecdf" ? stripsRoom(groups.length, height) : 0;
  const tall = height - room;
  return (
    <>
      <Shares ticks={shareTicks(kind, most, tall)} most={most} width={width} height={tall} />
      {groups.map(({ label, chosen }) =>
        chosen === null ? null : (
          <path
            key={label}
            className="selected-area"
            d={`${outlineOf(kind, chosen.heights, width, tall, most)}L${String(width)} ${String(tall)}L0 ${String(tall)}Z`}
          />
        ),
      )}
      {groups.map(({ label, stroke, dash, curve, chosen }) => (
        <g key={label} fill="none" strokeWidth="1.5" strokeDasharray={dash}>
          {chosen === null ? null : (
            <path
              className="selected-line"
              d={outlineOf(kind, chosen.heights, width, tall, most)}
            />
          )}
          <path stroke={stroke} d={outlineOf(kind, curve.heights, width, tall, most)} />
        </g>
      ))}
      {marks === "means" ? (
        <Means {...props} />
      ) : room > 0 ? (
        <g transform={`translate(0 ${String(tall)})`}>
          {groups.map(({ label, stroke, summary }, k) => (
            <g key={label} transform={`translate(0 ${String(k * STRIP + STRIP / 2 + 1)})`}>
              <QuantileStrip stroke={stroke} summary={summary} scale={scale} width={width} />
            </g>
          ))}
        </g>
      ) : null}
    </>
  );
}

const STRIP = 6;

/** Height of the strips of all groups; none where they would take a third of the chart. */
function stripsRoom(nGroups: number, height: number): number {
  const room = nGroups * STRIP + 2;
  return room > height / 3 ? 0 : room;
}

/** 5 % to 95 % thin, quartiles thick, the median as a dot. */
function QuantileStrip(props: {
  readonly stroke: string;
  readonly summary: GroupSummary;
  readonly scale: ColorScale;
  readonly width: number;
}): ReactNode {
  const { stroke, summary, scale, width } = props;
  const [p5, p25, p50, p75, p95] = summary.quantiles.map((value) => place(scale, value) * width);
  if (p50 === undefined) return null;
  return (
    <g stroke={stroke} fill={stroke}>
      <line x1={p5} x2={p95} strokeWidth="1" />
      <line x1={p25} x2={p75} strokeWidth="3" />
      <circle cx={p50} r="2.5" className="median-dot" />
    </g>
  );
}

/** Where a value lies; beyond the ends, at the ends. */
function place(scale: ColorScale, value: number): number {
  return scale.kind === "log" && value <= 0 ? 0 : Math.max(0, scaleFraction(scale, value));
}

/** Means as triangles under the axis. */
function Means({ groups, scale, width, height }: ShapeProps): ReactNode {
  return groups.map(({ label, stroke, summary: { mean } }) =>
    mean === null || mean < scale.min || mean > scale.max ? null : (
      <path
        key={label}
        transform={`translate(${String(place(scale, mean) * width)} ${String(height)})`}
        d="M0-5 4 1H-4z"
        fill={stroke}
      />
    ),
  );
}

/** The row of violins under a height. */
export function violinRowAt(nGroups: number, height: number, y: number): number {
  return Math.min(nGroups - 1, Math.max(0, Math.floor((y / Math.max(1, height)) * nGroups)));
}

/** Heights below this part of the largest are not drawn: a violin ends where its atoms do. */
const THINNEST = 2e-3;

/** The upper half of a violin, from where it begins to where it ends. */
function violinOutline(heights: Float64Array, width: number, half: number): string {
  const most = Math.max(...heights);
  const from = heights.findIndex((height) => height > THINNEST * most);
  const to = heights.findLastIndex((height) => height > THINNEST * most);
  if (from < 0) return "";
  const x = (k: number): string => ((k / (heights.length - 1)) * width).toFixed(1);
  const points = Array.from(heights.subarray(from, to + 1), (height, k) => {
    return `L${x(from + k)} ${(half - (height / most) * half).toFixed(1)}`;
  });
  return `M${x(from)} ${half.toFixed(1)}${points.join("")}L${x(to)} ${half.toFixed(1)}Z`;
}

/** One row a group: all atoms above the line, the selected ones below it. */
export function Violins(props: ShapeProps & { readonly namesRoom: number }): ReactNode {
  const { groups, scale, width, height } = props;
  const room = height / Math.max(1, groups.length);
  const half = Math.max(2, room / 2 - 2);
  return groups.map(({ label, stroke, curve, chosen, summary }, k) => {
    const closed = (heights: Float64Array): string => violinOutline(heights, width, half);
    return (
      <g key={label} transform={`translate(0 ${String(k * room + room / 2)})`}>
        <title>{label}</title>
        <line x2={width} className="grid-line" />
        <path
          className="violin"
          stroke={stroke}
          transform={`translate(0 ${String(-half)})`}
          d={closed(curve.heights)}
        />
        <path
          className={chosen === null ? "violin" : "violin selected-line selected-area"}
          stroke={stroke}
          transform={`translate(0 ${String(half)}) scale(1 -1)`}
          d={closed((chosen ?? curve).heights)}
        />
        <QuantileStrip stroke={stroke} summary={summary} scale={scale} width={width} />
        <text x={-8} y={4} textAnchor="end">
          {props.namesRoom > 40 ? shortened(label, props.namesRoom) : String(k + 1)}
        </text>
      </g>
    );
  });
}

/** Average advance of a letter at 11 px. */
const LETTER = 6.2;

function shortened(text: string, room: number): string {
  const fits = Math.floor((room - 12) / LETTER);
  return text.length <= fits ? text : `${text.slice(0, fits - 1).trimEnd()}…`;
}

/** Where the hovered atom lies in each group, whoever hovers it. */
export function HoverMarks(
  props: ShapeProps & { readonly list: AtomList; readonly isViolin: boolean },
): ReactNode {
  const { list, groups, scale, width, height } = props;
  const { structureId, atomIndex } = useStore(hoverStore);
  const places = useMemo(() => {
    const entry = atomIndex === null ? null : entryOf(list, structureId, atomIndex);
    if (entry === null) return [];
    return groups.map(({ values, entries }) => {
      const at = entries === null ? entry : entries.indexOf(entry);
      const value = values[at] ?? NaN;
      return value >= scale.min && value <= scale.max ? scaleFraction(scale, value) : null;
    });
  }, [list, groups, scale, structureId, atomIndex]);
  const room = height / Math.max(1, groups.length);
  return places.map((fraction, k) => {
    if (fraction === null) return null;
    const x = fraction * width;
    const [from, to] = props.isViolin ? [k * room, (k + 1) * room] : [0, height];
    return (
      <g key={groups[k]?.label} className="hover-mark" data-testid="hover-mark">
        <line x1={x} x2={x} y1={from} y2={to} className="casing" />
        <line x1={x} x2={x} y1={from} y2={to} stroke={groups[k]?.stroke} />
      </g>
    );
  });
}
