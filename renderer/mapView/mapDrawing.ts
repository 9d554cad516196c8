/** The still part of a map: points, grid, axes. The same on screen and in exported pictures. */
import { mixColors, UNSELECTED_COLOR } from "../color/colorTable.ts";
import { CANVAS_FONT } from "../scene/overlayDrawing.ts";
import { drawFaintPoints, drawPoints, drawRule, makeRaster, type Raster } from "./pointRaster.ts";
import { drawDensityKey } from "./densityKey.ts";
import { DENSITY_LIMIT, drawDensity } from "./densityRaster.ts";
import { mapTicks, roomForName } from "./mapTicks.ts";
import type { KernelMapProps, MapMark, MapSeries, MapTheme } from "./mapSpec.ts";
import type { MapTransform, PlotArea } from "./mapTransform.ts";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** What to draw. */
export interface MapPicture {
  readonly series: readonly MapSeries[];
  readonly marks: readonly MapMark[];
  readonly transform: MapTransform;
  readonly plot: PlotArea;
  readonly theme: MapTheme;
  readonly xLabel: string;
  readonly yLabel: string;
  /** CSS px. */
  readonly pointRadius: number;
  /** Names of the axes inside the plot. */
  readonly compact?: boolean;
}

/** Radius of a point, CSS px. */
export const POINT_RADIUS = 2;

/** What a map with these props shows. */
export function pictureOf(
  props: KernelMapProps,
  transform: MapTransform,
  plot: PlotArea,
): MapPicture {
  return {
    series: props.series,
    marks: props.marks ?? [],
    transform,
    plot,
    theme: props.theme,
    xLabel: props.xLabel ?? "kernel component 1",
    yLabel: props.yLabel ?? "kernel component 2",
    pointRadius: props.pointRadius ?? POINT_RADIUS,
    compact: props.compact ?? false,
  };
}

/** Half the colour of unselected atoms, half the ground: as atoms look, but without piling up. */
function dimmedColor(theme: MapTheme): string {
  return mixColors(theme.background, UNSELECTED_COLOR, DIMMED_OPACITY);
}

/** Small points need a little more than atoms do. */
const DIMMED_OPACITY = 0.62;

/** A point outside the selection is smaller, by this factor. */
const DIMMED_SIZE = 0.62;
/** Opacity of other targets. */
const FAINT = 0.28;
/** Pixels, and from how many points on one it is opaque; null: the points are drawn one by one. */
export interface MapRaster extends Raster {
  readonly fullDensity: number | null;
}

/** Whether so many points lie on each other that one by one they would hide what is below. */
export function isDenseMap(series: readonly MapSeries[]): boolean {
  const counts = series.filter(({ active }) => active).map(({ points }) => points.length / 2);
  return Math.max(0, ...counts) > DENSITY_LIMIT;
}

/**
 * Points and grid as pixels of the plot area.
 * @param ratio - device px per CSS px
 */
export function rasterMap(picture: MapPicture, ratio: number): MapRaster {
  const { transform: t, plot, theme } = picture;
  const width = Math.max(1, Math.round(plot.width * ratio));
  const height = Math.max(1, Math.round(plot.height * ratio));
  const raster = makeRaster(width, height, theme.background);
  const whole = [0, 0, width, height] as const;
  const ticks = mapTicks(t, plot, picture.compact);
  const xFactor = t.xFactor * ratio;
  const xOffset = (t.xOffset - plot.left) * ratio;
  const yFactor = t.yFactor * ratio;
  const yOffset = (t.yOffset - plot.top) * ratio;
  for (const { value } of ticks.x) {
    drawRule(raster, { x: xOffset + xFactor * value }, [...whole], theme.grid);
  }
  for (const { value } of ticks.y) {
    drawRule(raster, { y: yOffset + yFactor * value }, [...whole], theme.grid);
  }
  let fullDensity: number | null = null;
  const isDense = isDenseMap(picture.series);
  const inOrder = [...picture.series].sort((a, b) => Number(a.active) - Number(b.active));
  for (const series of inOrder) {
    const layer = {
      points: series.points,
      scalars: series.scalars,
      flags: series.flags,
      table: series.colorTable,
      xFactor,
      xOffset,
      yFactor,
      yOffset,
      radius: picture.pointRadius * ratio,
      dimmedRadius: picture.pointRadius * DIMMED_SIZE * ratio,
      dimmedColor: dimmedColor(theme),
      accent: theme.accent,
    };
    if (series.active && isDense) fullDensity = drawDensity(raster, layer);
    else if (series.active) drawPoints(raster, layer);
    else drawFaintPoints(raster, layer, FAINT);
  }
  return { ...raster, fullDensity };
}

/** Axis lines, numbers, names and marks, in CSS px. */
export function drawMapFrame(
  context: Context,
  picture: MapPicture,
  fullDensity: number | null,
): void {
  const { transform: t, plot, theme } = picture;
  const ticks = mapTicks(t, plot, picture.compact);
  const bottom = plot.top + plot.height;
  context.save();
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(Math.round(plot.left) - 0.5, plot.top);
  context.lineTo(Math.round(plot.left) - 0.5, Math.round(bottom) + 0.5);
  context.lineTo(plot.left + plot.width, Math.round(bottom) + 0.5);
  context.stroke();
  context.font = `500 11px ${CANVAS_FONT}`;
  context.fillStyle = theme.foreground;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { value, label } of ticks.x) writeBelow(context, picture, value, label);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, label } of ticks.y) {
    context.fillText(label, plot.left - 7, t.yOffset + t.yFactor * value);
  }
  drawAxisNames(context, picture, bottom);
  drawMarks(context, picture);
  if (fullDensity !== null) drawKey(context, picture, fullDensity);
  context.restore();
}

/** Above the plot; inside, under the name of the axis, where margins are narrow. */
function drawKey(context: Context, { plot, theme, compact }: MapPicture, full: number): void {
  const middle = compact === true ? plot.top + 21 : plot.top - 7;
  const right = plot.left + plot.width;
  drawDensityKey(context, full, { left: plot.left + 4, right, middle }, theme.foreground);
}

/** A number below its tick, moved a little where the picture ends. */
function writeBelow(context: Context, picture: MapPicture, value: number, label: string): void {
  const { transform: t, plot } = picture;
  const half = context.measureText(label).width / 2;
  const last = plot.left + plot.width + RIGHT_AIR - half;
  context.fillText(
    label,
    Math.min(t.xOffset + t.xFactor * value, last),
    plot.top + plot.height + 7,
  );
}

/** Least room at the right of a plot, CSS px. */
const RIGHT_AIR = 7;

function drawAxisNames(context: Context, picture: MapPicture, bottom: number): void {
  const { plot, theme } = picture;
  context.fillStyle = theme.muted;
  if (picture.compact === true) {
    drawInnerNames(context, picture, bottom);
    return;
  }
  const fit = (name: string, room: number): string =>
    roomForName(name, room, (text) => context.measureText(text).width);
  context.textAlign = "center";
  context.textBaseline = "top";
  const x = fit(picture.xLabel, plot.width + plot.left);
  context.fillText(x, plot.left + plot.width / 2, bottom + 23);
  context.save();
  context.translate(plot.left - 44, plot.top + plot.height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(fit(picture.yLabel, plot.height + 2 * plot.top), 0, 0);
  context.restore();
}

/** At the ends of the axes, on a halo of the ground. */
function drawInnerNames(context: Context, picture: MapPicture, bottom: number): void {
  const { plot, theme } = picture;
  const write = (name: string, x: number, y: number): void => {
    const text = roomForName(name, plot.width - 7, (one) => context.measureText(one).width);
    context.lineWidth = 3;
    context.strokeStyle = theme.background;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
  context.textAlign = "right";
  context.textBaseline = "bottom";
  write(picture.xLabel, plot.left + plot.width - 2, bottom - 3);
  context.textAlign = "left";
  context.textBaseline = "top";
  write(picture.yLabel, plot.left + 5, plot.top + 1);
}

const CROSS = 4.5;

function drawMarks(context: Context, picture: MapPicture): void {
  const { transform: t, plot, theme } = picture;
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  context.textBaseline = "middle";
  context.lineWidth = 1.75;
  for (const mark of picture.marks) {
    const x = t.xOffset + t.xFactor * mark.x;
    const y = t.yOffset + t.yFactor * mark.y;
    context.strokeStyle = theme.foreground;
    context.beginPath();
    context.moveTo(x - CROSS, y - CROSS);
    context.lineTo(x + CROSS, y + CROSS);
    context.moveTo(x - CROSS, y + CROSS);
    context.lineTo(x + CROSS, y - CROSS);
    context.stroke();
    const width = context.measureText(mark.label).width;
    const isRight = x - width - 14 < plot.left;
    context.textAlign = isRight ? "left" : "right";
    const at = isRight ? x + 9 : x - 9;
    context.lineWidth = 3;
    context.strokeStyle = theme.background;
    context.strokeText(mark.label, at, y);
    context.lineWidth = 1.75;
    context.fillStyle = theme.foreground;
    context.fillText(mark.label, at, y);
  }
  context.restore();
}
