/** The legend on a canvas, from the same table entries and ticks as the one on screen. */
import { entryColor, NO_VALUE_COLOR, TABLE_SIZE, UNSELECTED_COLOR } from "../color/colorTable.ts";
import {
  barIndex,
  countText,
  labelsThatFit,
  type LegendModel,
  type ScaleLegend,
} from "../color/legendModel.ts";
import { scaleTicks } from "../color/scaleTicks.ts";
import { CANVAS_FONT } from "../scene/overlayDrawing.ts";
import type { CssRect } from "../scene/viewportRect.ts";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Colours of the text. */
export interface LegendInk {
  readonly strong: string;
  readonly normal: string;
  readonly weak: string;
}

const BAR = 16;
const TRIANGLE = 7;
const LINE = 16;
const MAX_BAR_LENGTH = 440;

/** Draws a vertical legend. Units: layout px; `zoom` px of the picture each. */
export function drawLegend(
  context: Context,
  rect: CssRect,
  model: LegendModel,
  ink: LegendInk,
  zoom: number,
): void {
  const left = rect.left + 10;
  let y = rect.top + 10;
  const line = (text: string, color: string, weight = 500): void => {
    context.font = `${String(weight)} 11px ${CANVAS_FONT}`;
    context.fillStyle = color;
    context.fillText(text, left, y, rect.width - 12);
    y += LINE;
  };
  context.save();
  context.textAlign = "left";
  context.textBaseline = "top";
  line(model.title, ink.strong, 600);
  if (model.unit !== "") line(model.unit, ink.weak);
  const footer = footerOf(model);
  if (model.content.kind === "scale") {
    const room = rect.top + rect.height - y - 2 * (LINE + TRIANGLE + 6) - footer.length * LINE - 16;
    line(countText(model.content.over, "over"), ink.weak);
    y = drawBar(
      context,
      { left, top: y },
      Math.min(MAX_BAR_LENGTH, room),
      model.content,
      ink,
      zoom,
    );
    context.textAlign = "left";
    context.textBaseline = "top";
    line(countText(model.content.under, "under"), ink.weak);
  } else {
    y += 6;
    for (const { label, color } of model.content.categories) {
      drawSwatch(context, left, y, color, label, ink.normal);
      y += LINE;
    }
  }
  y += 4;
  for (const { label, color } of footer) {
    drawSwatch(context, left, y, color, label, ink.normal);
    y += LINE;
  }
  if (model.note !== "") model.note.split(/(?<=,) /).forEach((part) => line(part, ink.weak));
  context.restore();
}

function footerOf(model: LegendModel): readonly { label: string; color: string }[] {
  const entries = [{ label: "no value", color: NO_VALUE_COLOR }];
  if (model.notSelected !== null) entries.push({ label: "not selected", color: UNSELECTED_COLOR });
  return entries;
}

function drawSwatch(
  context: Context,
  left: number,
  top: number,
  color: string,
  label: string,
  ink: string,
): void {
  context.fillStyle = color;
  context.fillRect(left, top + 1, BAR, 9);
  context.fillStyle = ink;
  context.font = `500 11px ${CANVAS_FONT}`;
  context.fillText(label, left + BAR + 5, top);
}

function triangle(context: Context, left: number, base: number, tip: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(left, base);
  context.lineTo(left + BAR, base);
  context.lineTo(left + BAR / 2, tip);
  context.fill();
}

/** Returns where the next line begins. */
function drawBar(
  context: Context,
  at: { readonly left: number; readonly top: number },
  length: number,
  content: ScaleLegend,
  ink: LegendInk,
  zoom: number,
): number {
  const { table, scale, signed } = content;
  triangle(context, at.left, at.top + TRIANGLE, at.top, entryColor(table, TABLE_SIZE - 1));
  const top = at.top + TRIANGLE + 3;
  // Whole pixels of the picture, so that no bar pixel is a mixture of two entries.
  const first = Math.round(top * zoom);
  const count = Math.max(1, Math.round((top + length) * zoom) - first);
  const pixelLeft = Math.round(at.left * zoom);
  const pixelWidth = Math.round(BAR * zoom);
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (let k = 0; k < count; k += 1) {
    context.fillStyle = entryColor(table, barIndex(count - 1 - k, count));
    context.fillRect(pixelLeft, first + k, pixelWidth, 1);
  }
  context.restore();
  context.textBaseline = "middle";
  const ticks = scaleTicks(scale, { maxLabels: labelsThatFit(length, "vertical"), signed });
  for (const tick of ticks) {
    const y = top + length * (1 - tick.fraction);
    context.fillStyle = ink.weak;
    context.fillRect(at.left + BAR, y - 0.5, tick.label === "" ? 2 : 4, 1);
    if (tick.label === "") continue;
    context.font = `${tick.isZero ? "650" : "500"} 11px ${CANVAS_FONT}`;
    context.fillStyle = tick.isZero ? ink.strong : ink.normal;
    context.fillText(tick.label, at.left + BAR + 8, y);
  }
  const end = top + length + 3;
  triangle(context, at.left, end, end + TRIANGLE, entryColor(table, 0));
  return end + TRIANGLE + 4;
}
