/** The map of a session of crystals as it is drawn: one target by its LPR, the others faint. Pure. */
import { automaticScale } from "../../color/autoRange.ts";
import { applyScale } from "../../color/colorScale.ts";
import { COLOR_TABLES } from "../../color/colorTables.ts";
import type { LegendModel } from "../../color/legendModel.ts";
import type { MapMark, MapSeries } from "../../mapView/mapSpec.ts";
import { boxOfSeries } from "../../mapView/mapTransform.ts";
import type { DataBox } from "../../mapView/mapSpec.ts";
import type { CrystalSession } from "./crystalStore.ts";

/** Air around the points, as a part of the box. */
const PADDING = 0.05;
/** Beyond a cross at the edge, where the names of the axes and the legend are. */
const MARK_PADDING = 0.15;

/** The points of every target of a session, and the legend of the one in colour. */
export interface CrystalMapPicture {
  readonly series: readonly MapSeries[];
  readonly legend: LegendModel;
}

/** @param target - position among the targets of the session, drawn in colour */
export function crystalMapPicture(
  { opened, targets }: CrystalSession,
  target: number,
): CrystalMapPicture {
  const lpr = opened.lpr[target] ?? new Float64Array(0);
  const scale = automaticScale([lpr], { kind: "log", symmetric: false });
  const scalars = new Float32Array(lpr.length);
  const { under, over, noValue } = applyScale(scale, lpr, scalars);
  const table = COLOR_TABLES.viridis;
  const series = opened.targets.flatMap((_, t): readonly MapSeries[] => {
    const points = opened.map?.points[t];
    const structureId = targets[t];
    if (points === undefined || structureId === undefined) return [];
    const active = t === target;
    return [
      {
        structureId,
        points: Float32Array.from(points),
        scalars: active ? scalars : null,
        flags: null,
        colorTable: table,
        active,
      },
    ];
  });
  const legend: LegendModel = {
    title: `LPR under ${opened.variant}`,
    unit: "log scale",
    content: { kind: "scale", scale, table, under, over, signed: false },
    noValue,
    notSelected: null,
    note: "",
  };
  return { series, legend };
}

/** Everything in view: all points, and the crosses, clear of the names of the axes. */
export function boxWithMarks(series: readonly MapSeries[], marks: readonly MapMark[]): DataBox {
  const { x0, x1, y0, y1 } = boxOfSeries(series);
  const [left, right] = padded(
    [x0, x1],
    marks.map(({ x }) => x),
  );
  const [bottom, top] = padded(
    [y0, y1],
    marks.map(({ y }) => y),
  );
  return { x0: left, x1: right, y0: bottom, y1: top };
}

function padded(
  [low, high]: readonly [number, number],
  marks: readonly number[],
): readonly [number, number] {
  const first = Math.min(low, ...marks);
  const last = Math.max(high, ...marks);
  const span = last - first;
  const air = (isMark: boolean): number => span * (isMark ? MARK_PADDING : PADDING);
  return [first - air(first < low), last + air(last > high)];
}
