/** The still part of a scatter or parity plot: points, grid, axes. Units: CSS px. */
import { mixColors, UNSELECTED_COLOR, type ColorTable } from "../color/colorTable.ts";
import type { ScaleTick } from "../color/scaleTicks.ts";
import { drawDensityKey } from "../mapView/densityKey.ts";
import { drawDensity } from "../mapView/densityRaster.ts";
import type { MapTheme } from "../mapView/mapSpec.ts";
import type { MapTransform, PlotArea } from "../mapView/mapTransform.ts";
import { drawPoints, drawRule, makeRaster, type Raster } from "../mapView/pointRaster.ts";
import { CANVAS_FONT } from "../scene/overlayDrawing.ts";
import type { PlotAxis } from "./scatterData.ts";
import { axisTicks, ticksWithoutCollisions } from "./tickLabels.ts";

/** What to draw; points are fractions of the axes. */
export interface PlotPicture {
  readonly points: Float32Array;
  /** 0 … 1 of the table, −1 for no value; null: none has one. */
  readonly scalars: Float32Array | null;
  readonly flags: Uint8Array | null;
  readonly table: ColorTable;
  readonly isDense: boolean;
  readonly xAxis: PlotAxis;
  readonly yAxis: PlotAxis;
  /** In fractions x0, y0, x1, y1; null: no line. */
  readonly line: readonly [number, number, number, number] | null;
  /** Names of the axes that are drawn; a control may stand in the place of one. */
  readonly names: "both" | "x" | "none";
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** The name of the y axis lies above it: turned, it would not fit a low drawer. */
const MARGIN = { left: 52, right: 14, top: 5, name: 19, bottom: 37 } as const;
/** Middle of the key of a density, above the plot. */
const KEY_MIDDLE = 11;
const RADIUS = 2;
const DIMMED_SIZE = 0.7;
/** Part of the axis added at each end, so that points at the ends are whole. */
const AIR = 0.02;

/** The plot inside an element. */
export function plotAreaIn(
  width: number,
  height: number,
  { names, isDense }: Pick<PlotPicture, "names" | "isDense">,
): PlotArea {
  const top = MARGIN.top + (names === "both" || isDense ? MARGIN.name : 0);
  return {
    left: MARGIN.left,
    top,
    width: Math.max(1, width - MARGIN.left - MARGIN.right),
    height: Math.max(1, height - top - MARGIN.bottom),
  };
}

/** From fractions of the axes to CSS px. */
export function transformOf(plot: PlotArea): MapTransform {
  const xFactor = plot.width / (1 + 2 * AIR);
  const yFactor = -plot.height / (1 + 2 * AIR);
  return {
    xFactor,
    xOffset: plot.left + AIR * xFactor,
    yFactor,
    yOffset: plot.top + plot.height + AIR * yFactor,
  };
}

function ticksOf(
  picture: PlotPicture,
  plot: PlotArea,
): { readonly x: readonly ScaleTick[]; readonly y: readonly ScaleTick[] } {
  return {
    x: axisTicks(picture.xAxis.scale, plot.width, "along", picture.xAxis.signed),
    y: axisTicks(picture.yAxis.scale, plot.height, "up", picture.yAxis.signed),
  };
}

/** Half the colour of unselected atoms, half the ground. */
function dimmedColor(theme: MapTheme): string {
  return mixColors(theme.background, UNSELECTED_COLOR, 0.5);
}

/** Pixels of the plot area. */
export interface PlotRaster extends Raster {
  /** Of a density: number of points from which a pixel is opaque; null: every point is drawn. */
  readonly fullDensity: number | null;
}

/** Points and grid as pixels of the plot area; `ratio`: device px per CSS px. */
export function rasterPlot(
  picture: PlotPicture,
  plot: PlotArea,
  theme: MapTheme,
  ratio: number,
): PlotRaster {
  const t = transformOf(plot);
  const width = Math.max(1, Math.round(plot.width * ratio));
  const height = Math.max(1, Math.round(plot.height * ratio));
  const raster = makeRaster(width, height, theme.background);
  const layer = {
    points: picture.points,
    scalars: picture.scalars,
    flags: picture.flags,
    table: picture.table,
    xFactor: t.xFactor * ratio,
    xOffset: (t.xOffset - plot.left) * ratio,
    yFactor: t.yFactor * ratio,
    yOffset: (t.yOffset - plot.top) * ratio,
    radius: RADIUS * ratio,
    dimmedRadius: RADIUS * DIMMED_SIZE * ratio,
    dimmedColor: dimmedColor(theme),
    accent: theme.accent,
  };
  const ticks = ticksOf(picture, plot);
  const box = [0, 0, width, height] as const;
  for (const { fraction, label } of ticks.x) {
    if (label !== "")
      drawRule(raster, { x: layer.xOffset + layer.xFactor * fraction }, box, theme.grid);
  }
  for (const { fraction, label } of ticks.y) {
    if (label !== "")
      drawRule(raster, { y: layer.yOffset + layer.yFactor * fraction }, box, theme.grid);
  }
  if (picture.isDense) return { ...raster, fullDensity: drawDensity(raster, layer) };
  drawPoints(raster, layer);
  return { ...raster, fullDensity: null };
}

const MAJOR = 5;
const MINOR = 3;

/** Axis lines, ticks, numbers, names and the line of the trend. */
export function drawPlotFrame(
  context: Context,
  picture: PlotPicture,
  plot: PlotArea,
  theme: MapTheme,
  fullDensity: number | null,
): void {
  const t = transformOf(plot);
  const ticks = ticksOf(picture, plot);
  const left = Math.round(plot.left) - 0.5;
  const bottom = Math.round(plot.top + plot.height) + 0.5;
  context.save();
  drawLine(context, picture, plot, theme);
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, plot.top);
  context.lineTo(left, bottom);
  context.lineTo(plot.left + plot.width, bottom);
  for (const { fraction, label } of ticks.x) {
    const x = Math.round(t.xOffset + t.xFactor * fraction) + 0.5;
    context.moveTo(x, bottom);
    context.lineTo(x, bottom + (label === "" ? MINOR : MAJOR));
  }
  for (const { fraction, label } of ticks.y) {
    const y = Math.round(t.yOffset + t.yFactor * fraction) + 0.5;
    context.moveTo(left, y);
    context.lineTo(left - (label === "" ? MINOR : MAJOR), y);
  }
  context.stroke();
  context.font = `500 11px ${CANVAS_FONT}`;
  context.fillStyle = theme.foreground;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { fraction, label } of ticksWithoutCollisions(ticks.x, t.xFactor)) {
    context.fillText(label, t.xOffset + t.xFactor * fraction, bottom + 7);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  let last = Infinity;
  for (const { fraction, label } of ticks.y) {
    const y = t.yOffset + t.yFactor * fraction;
    if (label === "" || last - y < 13) continue;
    context.fillText(label, plot.left - 9, y);
    last = y;
  }
  const keyPlace = { left: plot.left, right: plot.left + plot.width, middle: KEY_MIDDLE };
  const keyWidth =
    fullDensity === null ? 0 : drawDensityKey(context, fullDensity, keyPlace, theme.foreground);
  drawNames(context, picture, plot, theme, keyWidth);
  context.restore();
}

function drawLine(context: Context, { line }: PlotPicture, plot: PlotArea, theme: MapTheme): void {
  if (line === null) return;
  const t = transformOf(plot);
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  context.strokeStyle = theme.foreground;
  context.lineWidth = 1.25;
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(t.xOffset + t.xFactor * line[0], t.yOffset + t.yFactor * line[1]);
  context.lineTo(t.xOffset + t.xFactor * line[2], t.yOffset + t.yFactor * line[3]);
  context.stroke();
  context.restore();
}

/** The text, or as much of it as fits, with an ellipsis. */
function fitted(context: Context, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let kept = text;
  while (kept.length > 1 && context.measureText(`${kept}…`).width > room) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

function drawNames(
  context: Context,
  { xAxis, yAxis, names }: PlotPicture,
  plot: PlotArea,
  theme: MapTheme,
  keyWidth: number,
): void {
  if (names === "none") return;
  context.fillStyle = theme.foreground;
  context.textAlign = "center";
  context.textBaseline = "top";
  const bottom = plot.top + plot.height;
  const room = plot.width + MARGIN.left + MARGIN.right - 8;
  const middle = plot.left + (plot.width - MARGIN.left + MARGIN.right) / 2;
  const x = fitted(context, xAxis.label, room);
  context.fillText(x, Math.max(middle, plot.left + plot.width / 2 - 8), bottom + 21);
  if (names === "x") return;
  context.textAlign = "left";
  context.fillText(fitted(context, yAxis.label, room - keyWidth), 8, 5);
}

/** The whole plot, for a picture; `zoom` device px per CSS px of the context. */
export function paintPlot(
  context: Context,
  picture: PlotPicture,
  size: { readonly width: number; readonly height: number },
  theme: MapTheme,
  zoom: number,
): void {
  const plot = plotAreaIn(size.width, size.height, picture);
  const raster = rasterPlot(picture, plot, theme, zoom);
  const image = new ImageData(raster.pixels, raster.width, raster.height);
  context.putImageData(image, Math.round(plot.left * zoom), Math.round(plot.top * zoom));
  drawPlotFrame(context, picture, plot, theme, raster.fullDensity);
}
