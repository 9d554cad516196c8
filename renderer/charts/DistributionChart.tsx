import { useMemo, type ReactNode } from "react";
import { useStudio } from "../app/StudioContext.tsx";
import { valueAtFraction, type ColorScale } from "../color/colorScale.ts";
import { formatCount, formatPlural, formatSignificant } from "../components/formatNumber.ts";
import {
  clearSelection,
  selectAcross,
  type SelectMode,
} from "../state/selection/selectionStore.ts";
import { picksOf, type AtomList } from "./atomList.ts";
import {
  curveOf,
  orderOf,
  entriesBetween,
  mostOf,
  partOf,
  readingsAt,
  summarizeGroup,
  type DistributionGroup,
  type DistributionKind,
} from "./distributionData.ts";
import {
  Curves,
  HoverMarks,
  violinRowAt,
  Violins,
  type DrawnGroup,
} from "./distributionShapes.tsx";
import { placeKey, roomAbove, type KeyPlace } from "./keyPlace.ts";
import type { PlotAxis } from "./scatterData.ts";
import { anchorAt, axisTicks, ticksWithoutCollisions } from "./tickLabels.ts";
import { useBrush, type BrushRange } from "./useBrush.ts";
import { useElementSize } from "./useElementSize.ts";

export interface DistributionChartProps {
  readonly kind: DistributionKind;
  readonly groups: readonly DistributionGroup[];
  readonly axis: PlotAxis;
  readonly list: AtomList;
  /** The group whose values a brush is about, as variants share atoms; null: all of them. */
  readonly focus: number | null;
  /** For the inspector: "range of LPR". */
  readonly origin: string;
  readonly marks: "means" | "quantiles";
  /** False where a control stands in the place of the axis name. */
  readonly isNamed: boolean;
  /** A key over the plot, where it covers no curve; without it there is none. */
  readonly keyOf?: (place: KeyPlace) => ReactNode;
  readonly children?: ReactNode;
}

const PAD = { right: 14, top: 8 } as const;
const BINS = 40;

/** Left of the plot: shares, or names of the violins where there is room. */
function leftPad(kind: DistributionKind, width: number): number {
  switch (kind) {
    case "density":
      return 10;
    case "violin":
      return width > 460 ? 140 : 26;
    default:
      return 44;
  }
}

/** Groups with their curves, those of the selected atoms too. */
function drawnGroups(
  kind: DistributionKind,
  groups: readonly DistributionGroup[],
  scale: ColorScale,
): readonly DrawnGroup[] {
  return groups.map((group) => {
    const curve = curveOf(kind, group.values, scale);
    const { selected } = group;
    return {
      ...group,
      curve,
      chosen:
        selected === null || selected.length === 0 ? null : partOf(kind, selected, curve, scale),
      summary: summarizeGroup(group.values, scale),
    };
  });
}

/** Distributions of the groups along one axis, with a read-out; a dragged range selects atoms. */
export function DistributionChart(props: DistributionChartProps): ReactNode {
  const { kind, groups, axis, list, marks } = props;
  const { ref, width, height } = useElementSize({ width: 400, height: 130 });
  const { scale } = axis;
  const drawn = useMemo(() => drawnGroups(kind, groups, scale), [kind, groups, scale]);
  const left = leftPad(kind, width);
  const innerWidth = Math.max(1, width - left - PAD.right);
  const whole = { width: innerWidth, height: Math.max(1, height - PAD.top - 36) };
  const keyPlace = props.keyOf === undefined ? null : placeOf(kind, drawn, whole);
  const top = PAD.top + (keyPlace === null ? 0 : roomAbove(keyPlace));
  const innerHeight = Math.max(1, height - top - 36);
  const { rowAt, select, press } = useSelectRange(props, innerHeight);
  const { state, handlers } = useBrush({
    plot: { left, top, width: innerWidth },
    onSelect: select,
    onPress: press,
    onRow: (step, y) => {
      const row = violinRowAt(groups.length, innerHeight, y) + step;
      const kept = Math.min(groups.length - 1, Math.max(0, row));
      return ((kept + 0.5) * innerHeight) / Math.max(1, groups.length);
    },
  });
  const description = describe(kind, axis, drawn);
  const shapes = { groups: drawn, scale, width: innerWidth, height: innerHeight };
  return (
    <div
      className="distribution-chart"
      ref={ref}
      data-testid="distribution"
      role="application"
      tabIndex={0}
      aria-label={`${description}. Left and Right read values, with Shift they mark a range, Enter selects it.`}
      {...handlers}
    >
      <svg width={width} height={height} role="img" aria-label={description}>
        <g transform={`translate(${String(left)} ${String(top)})`}>
          <AxisAlong axis={axis} width={innerWidth} height={innerHeight} />
          {kind === "violin" ? (
            <Violins {...shapes} namesRoom={left} />
          ) : (
            <Curves {...shapes} kind={kind} marks={marks} />
          )}
          <HoverMarks {...shapes} list={list} isViolin={kind === "violin"} />
          {state.cursor === null ? null : (
            <g className="brush" aria-hidden="true">
              {state.range === null ? null : (
                <rect
                  x={state.range.from * innerWidth}
                  width={(state.range.to - state.range.from) * innerWidth}
                  {...rowBox(rowAt(state.y), groups.length, innerHeight)}
                />
              )}
              <line
                x1={state.cursor * innerWidth}
                x2={state.cursor * innerWidth}
                y2={innerHeight}
              />
            </g>
          )}
          {props.isNamed ? (
            <text x={innerWidth / 2} y={innerHeight + 30} textAnchor="middle">
              {axis.label}
            </text>
          ) : null}
        </g>
      </svg>
      {state.cursor === null ? null : (
        <Reading
          {...props}
          drawn={drawn}
          cursor={state.cursor}
          range={state.range}
          row={rowAt(state.y)}
          left={left + state.cursor * innerWidth}
          isRight={state.cursor < 0.5}
        />
      )}
      {keyPlace === null ? null : props.keyOf?.(keyPlace)}
      {props.children}
    </div>
  );
}

function placeOf(
  kind: DistributionKind,
  groups: readonly DrawnGroup[],
  plot: { readonly width: number; readonly height: number },
): KeyPlace {
  const curves = groups.map(({ curve }) => curve);
  const labels = groups.map(({ label }) => label);
  return placeKey(curves, mostOf(kind, curves), labels, plot);
}

function rowBox(
  row: number | null,
  nGroups: number,
  height: number,
): { readonly y: number; readonly height: number } {
  if (row === null) return { y: 0, height };
  return { y: (row * height) / nGroups, height: height / nGroups };
}

/** Ticks, grid and the line of the axis along the width. */
function AxisAlong(props: {
  readonly axis: PlotAxis;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const { axis, width, height } = props;
  const ticks = axisTicks(axis.scale, width, "along", axis.signed);
  const labelled = ticksWithoutCollisions(ticks, width);
  return (
    <>
      {ticks.map(({ value, fraction }) => (
        <line
          key={value}
          className="axis-line"
          x1={fraction * width}
          x2={fraction * width}
          y1={height}
          y2={height + (labelled.some((one) => one.value === value) ? 4 : 2.5)}
        />
      ))}
      {labelled.map(({ value, fraction, label, isZero }) => (
        <g key={value} transform={`translate(${String(fraction * width)} 0)`}>
          <line y2={height} className={isZero && axis.signed ? "zero-line" : "grid-line"} />
          <text y={height + 16} textAnchor={anchorAt(fraction)}>
            {label}
          </text>
        </g>
      ))}
      <line y1={height} y2={height} x2={width} className="axis-line" />
    </>
  );
}

/** The group that a height stands for, and what a range over it selects. */
function useSelectRange(props: DistributionChartProps, innerHeight: number) {
  const studio = useStudio();
  const { kind, groups, axis, list, focus, origin } = props;
  const rowAt = (y: number): number | null =>
    kind === "violin" ? violinRowAt(groups.length, innerHeight, y) : null;
  const select = (range: BrushRange, y: number, mode: SelectMode): void => {
    const entries = entriesOf(groups, rowAt(y) ?? focus, axis.scale, range);
    const picks = picksOf(list, entries);
    if (picks.length > 0) selectAcross(studio.selection, picks, mode, origin);
    else if (mode === "replace") clearSelection(studio.selection);
  };
  /** A press takes the bar under it; where there are no bars it clears. */
  const press = (cursor: number, y: number, mode: SelectMode): void => {
    if (kind === "histogram") {
      const bin = Math.min(BINS - 1, Math.floor(cursor * BINS));
      select({ from: bin / BINS, to: (bin + 1) / BINS }, y, mode);
    } else if (mode === "replace") clearSelection(studio.selection);
  };
  return { rowAt, select, press };
}

/** Entries with a value in the range, each once. */
function entriesOf(
  groups: readonly DistributionGroup[],
  row: number | null,
  scale: ColorScale,
  range: BrushRange,
): Uint32Array {
  const chosen = row === null ? groups : groups.slice(row, row + 1);
  const low = valueAtFraction(scale, range.from);
  const high = valueAtFraction(scale, range.to);
  const found = new Set(chosen.flatMap((group) => [...entriesBetween(group, low, high)]));
  return Uint32Array.from(found).sort();
}

/** What lies under the cursor, or in the range that is being dragged. */
function Reading(
  props: DistributionChartProps & {
    readonly drawn: readonly DrawnGroup[];
    readonly cursor: number;
    readonly range: BrushRange | null;
    readonly row: number | null;
    readonly left: number;
    readonly isRight: boolean;
  },
): ReactNode {
  const { groups, axis, focus, cursor, range, row } = props;
  const sorted = useMemo(
    () => groups.map(({ label, values }) => ({ label, sorted: orderOf(values) })),
    [groups],
  );
  const { scale } = axis;
  const at = (fraction: number): string => formatSignificant(valueAtFraction(scale, fraction));
  const group = row ?? focus;
  const count = useMemo(
    () => (range === null ? 0 : entriesOf(groups, group, scale, range).length),
    [groups, group, scale, range],
  );
  const style = props.isRight
    ? { left: props.left + 10 }
    : { right: `calc(100% - ${String(props.left - 10)}px)` };
  return (
    <div className="chart-reading" role="status" style={style}>
      {range === null ? (
        <>
          <b>{at(cursor)}</b>
          <dl>
            {readingsAt(sorted, valueAtFraction(scale, cursor)).map(({ label, below }, k) => (
              <div key={label}>
                <dt>
                  <span className="key-line" style={{ background: groups[k]?.stroke }} />
                  <span className="ellipsis">{label}</span>
                </dt>
                <dd className="number">{below === null ? "no value" : `${below.toFixed(1)} %`}</dd>
              </div>
            ))}
          </dl>
          <span className="muted">at or below</span>
        </>
      ) : (
        <>
          <b>
            {at(range.from)} … {at(range.to)}
          </b>
          <span>{formatPlural(count, "atom", "atoms")}</span>
          {group === null ? null : <span className="muted ellipsis">{groups[group]?.label}</span>}
        </>
      )}
    </div>
  );
}

const NAMES = {
  density: "Density",
  histogram: "Histogram",
  ecdf: "Cumulative shares",
  violin: "Violins",
} as const;

function describe(kind: DistributionKind, axis: PlotAxis, groups: readonly DrawnGroup[]): string {
  const parts = groups.map(({ label, summary }) => {
    const median = summary.quantiles[2];
    return `${label}, ${formatCount(summary.count)} atoms, median ${median === undefined ? "none" : formatSignificant(median)}`;
  });
  return `${NAMES[kind]} of ${axis.label}: ${parts.join("; ")}`;
}
