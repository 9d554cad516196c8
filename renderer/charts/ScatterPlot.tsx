import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { speciesSymbol } from "../../src/structures/species.ts";
import type { AxisKind } from "../../src/rigidity/trend.ts";
import { warp, type ScaleKind } from "../color/colorScale.ts";
import { axisKind } from "./axisScales.ts";
import { hoverStore } from "../app/hover.ts";
import { formatCount, formatPlural, formatSignificant } from "../components/formatNumber.ts";
import { useSceneTheme } from "../theme/useSceneTheme.ts";
import { ATOM_HEADER, atomCells } from "./atomCells.ts";
import { entryOf, gatherValues, placeOf } from "./atomList.ts";
import { chartPng } from "./chartPicture.ts";
import { chartStore } from "./chartStore.ts";
import { csvText } from "./csvText.ts";
import { DENSITY_LIMIT } from "../mapView/densityRaster.ts";
import { PlotCanvas } from "./PlotCanvas.tsx";
import { paintPlot, type PlotPicture } from "./plotDrawing.ts";
import { colorsByClass, colorsByValue, type PointColors } from "./pointColors.ts";
import { quantityValues, type Quantity } from "./quantities.ts";
import {
  placePoints,
  trendFacts,
  trendLine,
  trendOf,
  wholeScale,
  type PlotAxis,
  type TrendFact,
} from "./scatterData.ts";
import type { ChartAtoms } from "./useChartAtoms.ts";

/** What a scatter chart shows. */
export interface ScatterChoice {
  readonly x: Quantity;
  readonly y: Quantity;
  /** undefined: the classes of atoms. */
  readonly color: Quantity | undefined;
  readonly variant: string;
  readonly reference: string;
}

interface Axis {
  readonly quantity: Quantity;
  readonly kind: ScaleKind;
  readonly values: Float64Array;
}

/** A scatter chart with everything that is said about it. */
export interface Scatter {
  readonly x: Axis;
  readonly y: Axis;
  readonly colors: PointColors;
  readonly picture: PlotPicture;
  readonly nDrawn: number;
  readonly nLeftOut: number;
  readonly facts: readonly TrendFact[];
  /** `y against x, variant`. */
  readonly title: string;
}

function plotAxis({ quantity, kind, values }: Axis): PlotAxis {
  const scale = wholeScale([values], kind);
  return { scale, label: quantity.axisLabel, signed: quantity.signed };
}

/** A logarithmic axis needs something to show. */
function kindFor(wanted: ScaleKind, values: Float64Array): ScaleKind {
  return wanted === "log" && !values.some((value) => value > 0) ? "linear" : wanted;
}

/** Of what an axis shows: a symlog axis is linear in the warped values. */
function trendAxis(
  { kind, values }: Axis,
  { scale }: PlotAxis,
): { readonly kind: AxisKind; readonly values: Float64Array } {
  if (kind !== "symlog") return { kind, values };
  return { kind: "linear", values: values.map((value) => warp(scale, value)) };
}

export function useScatter(
  atoms: ChartAtoms,
  choice: ScatterChoice,
  names: PlotPicture["names"],
): Scatter {
  const { x, y, color, variant, reference } = choice;
  const xChosen = useStore(chartStore, (state) => state.x.scale);
  const yChosen = useStore(chartStore, (state) => state.y.scale);
  const { list, source, classes, flags } = atoms;
  const read = useMemo(
    () => (quantity: Quantity) =>
      gatherValues(list, (row) => quantityValues(source, quantity.id, row, variant, reference)),
    [list, source, variant, reference],
  );
  const xValues = useMemo(() => read(x), [read, x]);
  const yValues = useMemo(() => read(y), [read, y]);
  const colors = useMemo(
    () => (color === undefined ? colorsByClass(classes) : colorsByValue(color, read(color))),
    [color, classes, read],
  );
  const placed = useMemo(() => {
    const across = {
      quantity: x,
      kind: kindFor(axisKind(xChosen, x, [xValues]), xValues),
      values: xValues,
    };
    const up = {
      quantity: y,
      kind: kindFor(axisKind(yChosen, y, [yValues]), yValues),
      values: yValues,
    };
    const [xAxis, yAxis] = [plotAxis(across), plotAxis(up)];
    const points = placePoints(xValues, yValues, xAxis.scale, yAxis.scale);
    const [xTrend, yTrend] = [trendAxis(across, xAxis), trendAxis(up, yAxis)];
    const trend = trendOf(xTrend.values, yTrend.values, xTrend.kind, yTrend.kind);
    const isPower = across.kind === "log" && up.kind === "log";
    const line = trend !== null && isPower ? trendLine(trend, xAxis.scale, yAxis.scale) : null;
    const facts = trend === null ? [] : trendFacts(trend, xTrend.kind, yTrend.kind);
    return { across, up, xAxis, yAxis, ...points, line, facts };
  }, [x, y, xChosen, yChosen, xValues, yValues]);
  return useMemo((): Scatter => {
    const { across, up, xAxis, yAxis, points, line, nDrawn, nLeftOut, facts } = placed;
    const { scalars, table } = colors;
    const isDense = nDrawn > DENSITY_LIMIT;
    return {
      x: across,
      y: up,
      colors,
      picture: { points, xAxis, yAxis, line, scalars, table, flags, isDense, names },
      nDrawn,
      nLeftOut,
      facts,
      title: `${y.axisLabel} against ${x.axisLabel}, ${variant}`,
    };
  }, [placed, colors, flags, names, x, y, variant]);
}

/** The points, linked to hover and selection. */
export function ScatterPlot(props: {
  readonly atoms: ChartAtoms;
  readonly scatter: Scatter;
}): ReactNode {
  const { atoms, scatter } = props;
  const tool = useStore(chartStore, (state) => state.tool);
  const { x, y, title, nDrawn, facts } = scatter;
  const trend = facts.map(({ label, value }) => `${label} ${value}`).join(", ");
  return (
    <>
      <PlotCanvas
        list={atoms.list}
        perAtom={1}
        picture={scatter.picture}
        tool={tool}
        origin={`${tool} on scatter`}
        description={`Scatter of ${title}: ${formatPlural(nDrawn, "atom", "atoms")}. ${trend}.`}
      />
      <PlotReading
        atoms={atoms}
        axes={[
          { name: x.quantity.label, values: x.values },
          { name: y.quantity.label, values: y.values },
        ]}
      />
    </>
  );
}

/** The hovered atom and its values on both axes, wherever it is hovered. */
export function PlotReading(props: {
  readonly atoms: ChartAtoms;
  readonly axes: readonly { readonly name: string; readonly values: ArrayLike<number> }[];
}): ReactNode {
  const { list, source } = props.atoms;
  const { structureId, atomIndex } = useStore(hoverStore);
  const entry = atomIndex === null ? null : entryOf(list, structureId, atomIndex);
  const place = entry === null ? null : placeOf(list, entry);
  if (entry === null || place === null) return <p className="plot-reading" role="status" />;
  const species = source.structures.get(place.row.key)?.species[place.atom];
  return (
    <p className="plot-reading" role="status">
      <b>
        {species === undefined ? "" : speciesSymbol(species)} {formatCount(place.atom + 1)}
      </b>
      {list.rows.length > 1 ? <span className="muted">{place.row.label}</span> : null}
      {props.axes.map(({ name, values }) => (
        <span key={name}>
          {name} {formatSignificant(values[entry] ?? NaN)}
        </span>
      ))}
    </p>
  );
}

/** The chart as a picture of the size it has on screen. */
export function useScatterPicture(
  scatter: Scatter,
): (element: Element | null) => Promise<Uint8Array> {
  const theme = useSceneTheme();
  return (element) => {
    const box = element?.getBoundingClientRect();
    const size = { width: box?.width ?? 640, height: Math.max(240, box?.height ?? 400) };
    return chartPng({
      title: scatter.title,
      ...size,
      theme,
      key: scatter.colors.key,
      draw: (context, zoom) => {
        paintPlot(context, { ...scatter.picture, names: "both" }, size, theme, zoom);
      },
    });
  };
}

export function scatterCsv(atoms: ChartAtoms, scatter: Scatter, variant: string): string {
  const { x, y } = scatter;
  return csvText(
    [...ATOM_HEADER, "variant", x.quantity.axisLabel, y.quantity.axisLabel],
    Array.from(x.values, (value, k) => [
      ...atomCells(atoms, k),
      variant,
      value,
      y.values[k] ?? null,
    ]),
  );
}
