/** Colour bars and swatches from the same table entries and ticks as on screen. */
import {
  entryColor,
  NO_VALUE_COLOR,
  TABLE_SIZE,
  UNSELECTED_COLOR,
} from "../../color/colorTable.ts";
import { countText, type LegendModel, type ScaleLegend } from "../../color/legendModel.ts";
import { POINT, type PageItem, type PageRect } from "../page/displayList.ts";
import { ticksOf } from "./axes.ts";
import { lineHeight, type FigureLook } from "./look.ts";

/** mm, beside numbers of the usual size. */
const BAR = 2.6;
const TRIANGLE = 1.7;
const TICK = 0.9;

/** How a legend is drawn. */
export interface LegendRequest {
  readonly model: LegendModel;
  readonly frame: PageRect;
  readonly orientation: "vertical" | "horizontal";
  readonly title: string | undefined;
  readonly counts: boolean;
}

function words(
  text: string,
  x: number,
  y: number,
  look: FigureLook,
  options: {
    readonly size?: number;
    readonly bold?: boolean;
    readonly anchor?: "start" | "middle" | "end";
  } = {},
): PageItem {
  const { size = look.tickSize, bold = false, anchor = "start" } = options;
  return {
    kind: "text",
    text,
    x,
    y,
    anchor,
    font: bold ? look.bold : look.plain,
    size,
    color: look.ink.text,
  };
}

/** Items of a legend within its frame. */
export function legendItems(request: LegendRequest, look: FigureLook): readonly PageItem[] {
  const { model } = request;
  const title = request.title ?? model.title;
  const unit = request.title === undefined ? model.unit : "";
  if (model.content.kind === "categories") return swatchItems(request, title, look);
  return request.orientation === "vertical"
    ? verticalItems(request, model.content, title, unit, look)
    : horizontalItems(request, model.content, title, unit, look);
}

function verticalItems(
  { frame, model, counts }: LegendRequest,
  content: ScaleLegend,
  title: string,
  unit: string,
  look: FigureLook,
): readonly PageItem[] {
  const triangle = look.grown(TRIANGLE) + 0.6;
  const step = lineHeight(look.labelSize);
  const small = lineHeight(look.tickSize);
  const items: PageItem[] = [];
  let top = frame.y + look.capOf(look.bold, look.labelSize);
  for (const line of wrapWords(title, frame.width, (text) =>
    look.widthOf(text, look.bold, look.labelSize),
  )) {
    items.push(words(line, frame.x, top, look, { size: look.labelSize, bold: true }));
    top += step;
  }
  if (unit !== "") {
    for (const line of wrapWords(unit, frame.width, (text) =>
      look.widthOf(text, look.plain, look.tickSize),
    )) {
      items.push(words(line, frame.x, top, look));
      top += small;
    }
  }
  if (counts) {
    items.push(words(countText(content.over, "over"), frame.x, top + 0.4, look));
    top += small;
  }
  const keys = keysOf(model);
  const notes = noteLines(model, frame.width, look);
  const noteRoom = notes.length === 0 ? 0 : look.grown(NOTE_GAP) + notes.length * small;
  const footer = (counts ? small : 0) + keys.length * (small + 0.8) + noteRoom;
  const barTop = top - step / 2 + triangle;
  const length = Math.max(4, frame.y + frame.height - barTop - triangle - footer);
  const bar = { x: frame.x + 0.3, y: barTop, width: look.grown(BAR), height: length };
  items.push(...barItems(bar, content, "vertical", look), ...verticalTicks(bar, content, look));
  let y = bar.y + bar.height + triangle + look.capOf(look.plain, look.tickSize);
  if (counts) {
    items.push(words(countText(content.under, "under"), frame.x, y, look));
    y += small;
  }
  for (const { label, color } of keys) {
    items.push(...swatch(label, color, frame.x + 0.3, y, look));
    y += small + 0.8;
  }
  notes.forEach((line, k) => {
    items.push(words(line, frame.x, y + look.grown(NOTE_GAP) + k * small, look));
  });
  return items;
}

/** Above the note of a legend, mm. */
const NOTE_GAP = 1;

/** A note breaks where it pauses, and where its legend ends. */
function noteLines({ note }: LegendModel, room: number, look: FigureLook): readonly string[] {
  if (note === "") return [];
  const widthOf = (text: string): number => look.widthOf(text, look.plain, look.tickSize);
  return wrapWords(note.replaceAll(", ", ",\n"), room, widthOf);
}

/** What colours besides those of the scale mean. */
function keysOf({ noValue, notSelected }: LegendModel): readonly {
  readonly label: string;
  readonly color: string;
}[] {
  return [
    ...(noValue > 0 ? [{ label: "no value", color: NO_VALUE_COLOR }] : []),
    ...(notSelected === null ? [] : [{ label: "not selected", color: UNSELECTED_COLOR }]),
  ];
}

function verticalTicks(bar: PageRect, content: ScaleLegend, look: FigureLook): readonly PageItem[] {
  const axis = { scale: content.scale, label: "", signed: content.signed };
  const { ticks, labelled } = ticksOf(axis, bar.height, false, look);
  const right = bar.x + bar.width;
  const points: number[] = [];
  const items: PageItem[] = [];
  for (const tick of ticks) {
    const y = bar.y + (1 - tick.fraction) * bar.height;
    points.push(
      right,
      y,
      right + (labelled.has(tick) ? look.grown(TICK) : look.grown(TICK) / 2),
      y,
      NaN,
      NaN,
    );
    if (!labelled.has(tick)) continue;
    const drop = look.capOf(look.plain, look.tickSize) / 2;
    const bold = tick.isZero && content.signed;
    items.push(words(tick.label, right + look.grown(TICK) + 0.5, y + drop, look, { bold }));
  }
  return [{ kind: "line", points, stroke: look.stroke }, ...items];
}

function horizontalItems(
  { frame, model, counts }: LegendRequest,
  content: ScaleLegend,
  title: string,
  unit: string,
  look: FigureLook,
): readonly PageItem[] {
  const cap = look.capOf(look.bold, look.labelSize);
  const items: PageItem[] = [
    words(title, frame.x, frame.y + cap, look, { size: look.labelSize, bold: true }),
  ];
  const titleWidth = look.widthOf(title, look.bold, look.labelSize);
  const unitWidth = unit === "" ? 0 : 1.5 + look.widthOf(unit, look.plain, look.tickSize);
  if (unit !== "") items.push(words(unit, frame.x + titleWidth + 1.5, frame.y + cap, look));
  let keyRoom = 0;
  const barTop = frame.y + cap + 1.2;
  for (const { label, color } of [...keysOf(model)].reverse()) {
    keyRoom += look.widthOf(label, look.plain, look.tickSize) + 5;
    const x = frame.x + frame.width - keyRoom + 2;
    items.push(...swatch(label, color, x, barTop + look.grown(BAR) - 0.4, look));
  }
  const bar = {
    x: frame.x + look.grown(TRIANGLE) + 0.3,
    y: barTop,
    width: Math.max(4, frame.width - 2 * look.grown(TRIANGLE) - 0.6 - keyRoom),
    height: look.grown(BAR),
  };
  items.push(...barItems(bar, content, "horizontal", look), ...horizontalTicks(bar, content, look));
  const outside = counts
    ? `${countText(content.under, "under")}, ${countText(content.over, "over")}`
    : "";
  const end = frame.x + frame.width;
  if (counts) items.push(words(outside, end, frame.y + cap, look, { anchor: "end" }));
  // That there are several legends shows by itself: where there is no room, the note gives way.
  const widthOf = (text: string): number => look.widthOf(text, look.plain, look.tickSize) + 2;
  const left = frame.x + titleWidth + unitWidth + 2;
  const isRoom = left + widthOf(model.note) + (counts ? widthOf(outside) : 0) <= end + 2;
  if (model.note !== "" && isRoom) items.push(words(model.note, left, frame.y + cap, look));
  return items;
}

function horizontalTicks(
  bar: PageRect,
  content: ScaleLegend,
  look: FigureLook,
): readonly PageItem[] {
  const axis = { scale: content.scale, label: "", signed: content.signed };
  const { ticks, labelled } = ticksOf(axis, bar.width, true, look);
  const bottom = bar.y + bar.height;
  const points: number[] = [];
  const items: PageItem[] = [];
  for (const tick of ticks) {
    const x = bar.x + tick.fraction * bar.width;
    points.push(
      x,
      bottom,
      x,
      bottom + (labelled.has(tick) ? look.grown(TICK) : look.grown(TICK) / 2),
      NaN,
      NaN,
    );
    if (!labelled.has(tick)) continue;
    const y = bottom + look.grown(TICK) + 0.5 + look.capOf(look.plain, look.tickSize);
    const bold = tick.isZero && content.signed;
    items.push(words(tick.label, x, y, look, { bold, anchor: "middle" }));
  }
  return [{ kind: "line", points, stroke: look.stroke }, ...items];
}

/**
 * One rectangle for each table entry. Each also lies under all that follow, so that no seam shows
 * between them.
 */
function barItems(
  bar: PageRect,
  content: ScaleLegend,
  orientation: "vertical" | "horizontal",
  look: FigureLook,
): readonly PageItem[] {
  const { table } = content;
  const items: PageItem[] = [];
  for (let k = TABLE_SIZE - 1; k >= 0; k -= 1) {
    const part = (k + 1) / TABLE_SIZE;
    const rect =
      orientation === "vertical"
        ? { ...bar, y: bar.y + (1 - part) * bar.height, height: part * bar.height }
        : { ...bar, width: part * bar.width };
    items.push({ kind: "rect", ...rect, fill: entryColor(table, k) });
  }
  return [
    ...items,
    ...endMarks(bar, content, orientation, look),
    { kind: "rect", ...bar, fill: null, stroke: look.stroke },
  ];
}

/** Triangles in the colours of the ends, where values lie beyond them. */
function endMarks(
  bar: PageRect,
  { table, under, over }: ScaleLegend,
  orientation: "vertical" | "horizontal",
  look: FigureLook,
): readonly PageItem[] {
  const gap = look.grown(0.3);
  const length = look.grown(TRIANGLE);
  const { x, y, width, height } = bar;
  const low = entryColor(table, 0);
  const high = entryColor(table, TABLE_SIZE - 1);
  const triangle = (points: readonly number[], fill: string): PageItem => ({
    kind: "polygon",
    points,
    fill,
  });
  const items: PageItem[] = [];
  if (orientation === "vertical") {
    const bottom = y + height + gap;
    const top = y - gap;
    if (over > 0) items.push(triangle([x, top, x + width, top, x + width / 2, top - length], high));
    if (under > 0)
      items.push(triangle([x, bottom, x + width, bottom, x + width / 2, bottom + length], low));
    return items;
  }
  const left = x - gap;
  const right = x + width + gap;
  if (over > 0)
    items.push(triangle([right, y, right, y + height, right + length, y + height / 2], high));
  if (under > 0)
    items.push(triangle([left, y, left, y + height, left - length, y + height / 2], low));
  return items;
}

function swatch(
  label: string,
  color: string,
  x: number,
  baseline: number,
  look: FigureLook,
): readonly PageItem[] {
  const cap = look.capOf(look.plain, look.tickSize);
  const radius = look.tickSize * POINT * 0.42;
  return [
    {
      kind: "circles",
      centers: Float64Array.of(x + radius, baseline - cap / 2),
      radius,
      colors: new Uint16Array(1),
      palette: [color],
    },
    words(label, x + 2 * radius + 0.8, baseline, look),
  ];
}

/** Swatches below each other, or side by side. */
function swatchItems(
  { model, frame, orientation }: LegendRequest,
  title: string,
  look: FigureLook,
): readonly PageItem[] {
  if (model.content.kind !== "categories") return [];
  const entries = [...model.content.categories, ...keysOf(model)];
  let y = frame.y + look.capOf(look.bold, look.labelSize);
  let x = frame.x;
  const items: PageItem[] = [words(title, x, y, look, { size: look.labelSize, bold: true })];
  if (orientation === "horizontal") x += look.widthOf(title, look.bold, look.labelSize) + 3;
  for (const { label, color } of entries) {
    if (orientation === "vertical") y += lineHeight(look.tickSize) + 0.3;
    items.push(...swatch(label, color, x, y, look));
    if (orientation === "horizontal") {
      x += look.widthOf(label, look.plain, look.tickSize) + look.tickSize * POINT + 3.5;
    }
  }
  return items;
}

/** Lines no wider than the room, broken between words. */
export function wrapWords(
  text: string,
  room: number,
  widthOf: (text: string) => number,
): readonly string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const one of paragraph.split(" ")) {
      const longer = line === "" ? one : `${line} ${one}`;
      if (line !== "" && widthOf(longer) > room) {
        lines.push(line);
        line = one;
      } else line = longer;
    }
    return [...lines, line];
  });
}
