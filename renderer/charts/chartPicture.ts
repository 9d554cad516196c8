/** A chart as a PNG picture: its title, the chart, and at the right what its colours stand for. */
import { StudioError } from "../../src/errors.ts";
import { entryColor, TABLE_SIZE } from "../color/colorTable.ts";
import { scaleTicks } from "../color/scaleTicks.ts";
import type { MapTheme } from "../mapView/mapSpec.ts";
import { CANVAS_FONT } from "../scene/overlayDrawing.ts";
import type { ColorKey, ScaleColors } from "./pointColors.ts";
import { ticksWithoutCollisions } from "./tickLabels.ts";

type Context = OffscreenCanvasRenderingContext2D;

/** A line of a curve in the key. */
export interface LineKey {
  readonly label: string;
  /** CSS colour, not a variable. */
  readonly color: string;
  /** Lengths of dashes and gaps, CSS px. */
  readonly dash: readonly number[];
  /** SVG path around the origin, drawn in place of the line. */
  readonly mark?: { readonly path: string; readonly filled: boolean };
}

export interface ChartPicture {
  readonly title: string;
  /** CSS px of the chart itself. */
  readonly width: number;
  readonly height: number;
  readonly theme: MapTheme;
  readonly key: ColorKey | { readonly kind: "lines"; readonly lines: readonly LineKey[] };
  /** Draws in CSS px of the chart; `zoom` px of the picture each. */
  readonly draw: (context: Context, zoom: number) => void;
}

/** A curve of the page, as CSS draws it, in the key of a picture. */
export function lineKey(curve: {
  readonly label: string;
  /** A colour or `var(--token)`. */
  readonly stroke: string;
  /** `none` or lengths of dashes and gaps. */
  readonly dash: string;
}): LineKey {
  const token = /^var\((--[\w-]+)\)$/.exec(curve.stroke)?.[1];
  const root = getComputedStyle(document.documentElement);
  return {
    label: curve.label,
    color: token === undefined ? curve.stroke : root.getPropertyValue(token).trim(),
    dash: curve.dash === "none" ? [] : curve.dash.split(" ").map(Number),
  };
}

const ZOOM = 3;
const TITLE = 26;
const KEY = { width: 184, bar: 150 } as const;
const LINE = 17;
const AIR = 10;

/**
 * A canvas to draw a picture on, px.
 * @throws StudioError `INTERNAL` when the window has none to give
 */
export function pictureCanvas(
  width: number,
  height: number,
): { readonly canvas: OffscreenCanvas; readonly context: Context } {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) {
    throw new StudioError("INTERNAL", "The window gave no canvas to draw the chart on.", {
      remedy: "Make the window smaller, or close other windows, and try again.",
    });
  }
  return { canvas, context };
}

/** @throws StudioError when the window cannot make a picture */
export async function chartPng(picture: ChartPicture): Promise<Uint8Array> {
  const width = Math.ceil(picture.width) + KEY.width;
  const height = Math.ceil(picture.height) + TITLE;
  const { canvas, context } = pictureCanvas(width * ZOOM, height * ZOOM);
  context.fillStyle = picture.theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const chart = pictureCanvas(Math.ceil(picture.width) * ZOOM, Math.ceil(picture.height) * ZOOM);
  chart.context.setTransform(ZOOM, 0, 0, ZOOM, 0, 0);
  picture.draw(chart.context, ZOOM);
  context.drawImage(chart.canvas, 0, TITLE * ZOOM);
  context.setTransform(ZOOM, 0, 0, ZOOM, 0, 0);
  context.fillStyle = picture.theme.foreground;
  context.font = `600 12px ${CANVAS_FONT}`;
  context.textBaseline = "middle";
  context.fillText(picture.title, AIR, TITLE / 2, width - 2 * AIR);
  context.translate(picture.width + AIR, TITLE + AIR);
  drawKey(context, picture);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  return new Uint8Array(await blob.arrayBuffer());
}

function drawKey(context: Context, { key, theme }: ChartPicture): void {
  const room = KEY.width - 2 * AIR;
  context.font = `500 11px ${CANVAS_FONT}`;
  context.fillStyle = theme.foreground;
  if (key.kind === "scale") {
    context.fillText(key.title, 0, 0, room);
    drawScaleKey(context, key, theme);
    return;
  }
  let y = 0;
  if (key.kind === "categories") {
    context.fillText(key.title, 0, 0, room);
    y += LINE;
  }
  const inset = key.kind === "lines" ? 27 : 16;
  const write = (label: string): void => {
    context.fillStyle = theme.foreground;
    context.fillText(label, inset, y, room - 27);
    y += LINE;
  };
  if (key.kind === "lines") {
    for (const line of key.lines) {
      drawLineKey(context, line, y);
      write(line.label);
    }
    return;
  }
  for (const { label, color } of key.categories) {
    drawDisc(context, color, y);
    write(label);
  }
}

function drawDisc(context: Context, color: string, y: number): void {
  context.beginPath();
  context.arc(5, y, 4.5, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
}

function drawLineKey(context: Context, { color, dash, mark }: LineKey, y: number): void {
  context.save();
  context.translate(0, y);
  context.setLineDash([...dash]);
  context.strokeStyle = color;
  context.lineWidth = mark === undefined ? 1.75 : 1.25;
  const path = mark === undefined ? new Path2D("M0 0H20") : new Path2D(mark.path);
  if (mark !== undefined) context.translate(10, 0);
  if (mark?.filled === true) {
    context.fillStyle = color;
    context.fill(path);
  } else context.stroke(path);
  context.restore();
}

function drawScaleKey(context: Context, key: ScaleColors, theme: MapTheme): void {
  const step = KEY.bar / TABLE_SIZE;
  for (let entry = 0; entry < TABLE_SIZE; entry += 1) {
    context.fillStyle = entryColor(key.table, entry);
    context.fillRect(entry * step, 12, step + 0.5, 9);
  }
  const ticks = scaleTicks(key.scale, { maxLabels: 4, signed: key.signed });
  context.fillStyle = theme.foreground;
  for (const { fraction, label } of ticksWithoutCollisions(ticks, KEY.bar)) {
    context.textAlign = fraction < 0.03 ? "left" : fraction > 0.97 ? "right" : "center";
    context.fillText(label, fraction * KEY.bar, 31);
  }
  context.textAlign = "left";
}
