/** The map of a session of crystals as it is drawn: one target by its LPR, the others faint. Pure. */
import { automaticScale } from "../color/autoRange.ts";
import { applyScale } from "../color/colorScale.ts";
import { COLOR_TABLES } from "../color/colorTables.ts";
import type { MapMark, MapSeries } from "../mapView/mapSpec.ts";
import { boxOfSeries, type DataBox } from "../mapView/mapTransform.ts";
import type { CrystalSession } from "./crystalStore.ts";

/** Air around the points, as a part of the box. */
const PADDING = 0.05;

/** @param target - position among the targets of the session, drawn in colour */
export function mapSeriesOf(
  { opened, targets }: CrystalSession,
  target: number,
): readonly MapSeries[] {
  return opened.targets.flatMap((_, t): readonly MapSeries[] => {
    const points = opened.map?.points[t];
    const structureId = targets[t];
    if (points === undefined || structureId === undefined) return [];
    const active = t === target;
    return [
      {
        structureId,
        points: Float32Array.from(points),
        scalars: active ? scalarsOf(opened.lpr[t] ?? new Float64Array(0)) : null,
        flags: null,
        colorTable: COLOR_TABLES.viridis,
        active,
      },
    ];
  });
}

function scalarsOf(lpr: Float64Array): Float32Array {
  const scale = automaticScale([lpr], { kind: "log", symmetric: false });
  const scalars = new Float32Array(lpr.length);
  applyScale(scale, lpr, scalars);
  return scalars;
}

/** Everything in view: all points, and the crosses. */
export function boxWithMarks(series: readonly MapSeries[], marks: readonly MapMark[]): DataBox {
  const box = boxOfSeries(series);
  const x0 = Math.min(box.x0, ...marks.map(({ x }) => x));
  const x1 = Math.max(box.x1, ...marks.map(({ x }) => x));
  const y0 = Math.min(box.y0, ...marks.map(({ y }) => y));
  const y1 = Math.max(box.y1, ...marks.map(({ y }) => y));
  const dx = PADDING * (x1 - x0);
  const dy = PADDING * (y1 - y0);
  return { x0: x0 - dx, x1: x1 + dx, y0: y0 - dy, y1: y1 + dy };
}
