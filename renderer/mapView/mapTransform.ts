/** Which part of the plane a map shows, and where. Pure. */
import type { DataBox, MapSeries } from "./mapSpec.ts";

/** Plot area in CSS px. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Linear map from data to CSS px: px = offset + factor · value. The y factor is negative. */
export interface MapTransform {
  readonly xFactor: number;
  readonly xOffset: number;
  readonly yFactor: number;
  readonly yOffset: number;
}

/** Room for tick labels and axis names around the plot, CSS px. */
const MARGIN = { left: 46, right: 16, top: 16, bottom: 42 } as const;
/** Room for tick labels alone. */
const COMPACT_MARGIN = { left: 40, right: 8, top: 6, bottom: 22 } as const;

/** The plot inside an element. */
export function plotAreaOf(width: number, height: number, compact = false): PlotArea {
  const margin = compact ? COMPACT_MARGIN : MARGIN;
  return {
    left: margin.left,
    top: margin.top,
    width: Math.max(1, width - margin.left - margin.right),
    height: Math.max(1, height - margin.top - margin.bottom),
  };
}

const knownBoxes = new WeakMap<Float32Array, DataBox>();

/** Box around the finite points; upside down where there are none. Worked out once an array. */
function boxOfPoints(points: Float32Array): DataBox {
  const known = knownBoxes.get(points);
  if (known !== undefined) return known;
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i] ?? Number.NaN;
    const y = points[i + 1] ?? Number.NaN;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  const box = { x0, x1, y0, y1 };
  knownBoxes.set(points, box);
  return box;
}

/** Box around all finite points, those of the faint series too: nothing drawn lies outside. */
export function boxOfSeries(series: readonly MapSeries[]): DataBox {
  const boxes = series.map(({ points }) => boxOfPoints(points));
  const box: DataBox = {
    x0: Math.min(...boxes.map(({ x0 }) => x0)),
    x1: Math.max(...boxes.map(({ x1 }) => x1)),
    y0: Math.min(...boxes.map(({ y0 }) => y0)),
    y1: Math.max(...boxes.map(({ y1 }) => y1)),
  };
  return box.x0 <= box.x1 ? box : { x0: -1, x1: 1, y0: -1, y1: 1 };
}

/** Part of the box added on every side. */
const PADDING = 0.05;

/** Shows a whole box, with a little air; both axes fill the plot. */
export function fitBox(box: DataBox, plot: PlotArea, padding = PADDING): MapTransform {
  const width = Math.max(box.x1 - box.x0, 1e-9 * Math.max(1, Math.abs(box.x0)));
  const height = Math.max(box.y1 - box.y0, 1e-9 * Math.max(1, Math.abs(box.y0)));
  const xFactor = plot.width / (width * (1 + 2 * padding));
  const yFactor = -plot.height / (height * (1 + 2 * padding));
  return {
    xFactor,
    xOffset: plot.left + plot.width / 2 - xFactor * (box.x0 + width / 2),
    yFactor,
    yOffset: plot.top + plot.height / 2 - yFactor * (box.y0 + height / 2),
  };
}

/** Moves the picture by CSS px. */
export function panMap(transform: MapTransform, dx: number, dy: number): MapTransform {
  return { ...transform, xOffset: transform.xOffset + dx, yOffset: transform.yOffset + dy };
}

/** Enlarges about a place in CSS px, which stays where it is. */
export function zoomMap(t: MapTransform, factor: number, x: number, y: number): MapTransform {
  return {
    xFactor: t.xFactor * factor,
    xOffset: x + (t.xOffset - x) * factor,
    yFactor: t.yFactor * factor,
    yOffset: y + (t.yOffset - y) * factor,
  };
}

/** The same data in a plot of another size. */
export function refitMap(t: MapTransform, from: PlotArea, to: PlotArea): MapTransform {
  const sx = to.width / from.width;
  const sy = to.height / from.height;
  return {
    xFactor: t.xFactor * sx,
    xOffset: to.left + (t.xOffset - from.left) * sx,
    yFactor: t.yFactor * sy,
    yOffset: to.top + (t.yOffset - from.top) * sy,
  };
}

/** Data shown by a plot. */
export function shownBox(t: MapTransform, plot: PlotArea): DataBox {
  return {
    x0: (plot.left - t.xOffset) / t.xFactor,
    x1: (plot.left + plot.width - t.xOffset) / t.xFactor,
    y0: (plot.top + plot.height - t.yOffset) / t.yFactor,
    y1: (plot.top - t.yOffset) / t.yFactor,
  };
}
