/** Frame, ticks and names of the axes of a plot. */
import { scaleTicks, type ScaleTick } from "../../color/scaleTicks.ts";
import { POINT, type PageItem, type PageRect } from "../page/displayList.ts";
import type { ContentAxis } from "./content.ts";
import { lineHeight, type FigureLook } from "./look.ts";

/** mm. */
const TICK = 1;
const MINOR_TICK = 0.6;
const LABEL_GAP = 0.7;

/** Which labels are drawn. */
export interface AxisTicks {
  readonly ticks: readonly ScaleTick[];
  readonly labelled: ReadonlySet<ScaleTick>;
}

/** The labelled ticks that stand clear of each other on an axis of `length` mm. */
export function ticksOf(
  axis: ContentAxis,
  length: number,
  across: boolean,
  look: FigureLook,
): AxisTicks {
  const height = lineHeight(look.tickSize);
  const room = across ? 2.2 * height : 1.6 * height;
  const ticks = enoughTicks(axis, Math.max(2, Math.floor(length / room) + 1));
  const size = (tick: ScaleTick): number =>
    across ? look.widthOf(tick.label, look.plain, look.tickSize) : look.tickSize * POINT;
  const gap = across ? 1 : 0.4;
  const isClear = (tick: ScaleTick, kept: ReadonlySet<ScaleTick>): boolean =>
    [...kept].every((other) => {
      const apart = Math.abs(other.fraction - tick.fraction) * length;
      // The end of an axis that ends anywhere is worth less than air.
      const air = rankOf(tick) === ENDS ? 2 * gap : gap;
      return apart >= (size(other) + size(tick)) / 2 + air;
    });
  const kept = new Set<ScaleTick>();
  const labels = ticks.filter(({ label }) => label !== "").sort((a, b) => rankOf(a) - rankOf(b));
  for (const rank of [0, POWERS, STEPS, ENDS]) {
    const before = new Set(kept);
    const own = labels.filter((tick) => rankOf(tick) === rank);
    for (const tick of own) if (isClear(tick, kept)) kept.add(tick);
    // Between powers of ten, steps are labelled everywhere or nowhere.
    const nPowers = [...before].filter((tick) => rankOf(tick) === POWERS).length;
    const isPartial = own.some((tick) => !kept.has(tick));
    if (rank === STEPS && axis.scale.kind === "log" && nPowers >= 2 && isPartial) {
      for (const tick of own) kept.delete(tick);
    }
  }
  return { ticks, labelled: kept };
}

/**
 * More than asked for where the steps of 1, 2 and 5 would leave less than two labels, or only the
 * ends of an axis that ends anywhere: those that touch each other are left out afterwards.
 */
function enoughTicks({ scale, signed }: ContentAxis, asked: number): readonly ScaleTick[] {
  const most = Math.min(asked, MOST_LABELS);
  const first = scaleTicks(scale, { maxLabels: most, signed, labelEnds: false });
  for (let maxLabels = most; maxLabels <= most + MORE_LABELS; maxLabels += 1) {
    const ticks = scaleTicks(scale, { maxLabels, signed, labelEnds: false });
    const labelled = ticks.filter(({ label }) => label !== "");
    if (labelled.length >= 2 && labelled.every(({ value }) => isRound(value))) return ticks;
  }
  return first;
}

/** Two digits say it. */
function isRound(value: number): boolean {
  return Number(value.toPrecision(2)) === Number(value.toPrecision(9));
}

/** More than these are a ruler, not an axis. */
const MOST_LABELS = 11;

const MORE_LABELS = 4;

const POWERS = 1;
const STEPS = 2;
const ENDS = 3;

/** Zero first, then powers of ten, other round values, and the ends of the axis. */
function rankOf({ value, fraction, isZero }: ScaleTick): number {
  if (isZero) return 0;
  if (fraction === 0 || fraction === 1) return ENDS;
  const size = Math.abs(value);
  const isPower = Number(size.toPrecision(6)) === 10 ** Math.round(Math.log10(size));
  return isPower ? POWERS : STEPS;
}

/** What stands around a plot. */
export interface AxesRequest {
  readonly x: ContentAxis;
  /** Null: no ticks, only `yLabel`. */
  readonly y: ContentAxis | null;
  readonly yLabel: string;
  readonly labels: boolean;
}

/** The plot inside an area, mm: room is left for the widest tick label. */
export function plotInside(area: PageRect, request: AxesRequest, look: FigureLook): PageRect {
  if (!request.labels) return area;
  const tick = look.tickSize * POINT;
  const label = lineHeight(look.labelSize);
  const bottom = look.grown(TICK) + look.grown(LABEL_GAP) + tick + 0.6 + label;
  const height = Math.max(1, area.height - bottom - tick / 2);
  const yWidths = request.y === null ? [0] : labelWidths(request.y, height, look);
  const left =
    label +
    (request.y === null
      ? 0.6
      : look.grown(TICK) + look.grown(LABEL_GAP) + Math.max(...yWidths) + 0.4);
  const widthGuess = Math.max(1, area.width - left);
  const xTicks = ticksOf(request.x, widthGuess, true, look);
  const overhang = [...xTicks.labelled].reduce((most, one) => {
    const half = look.widthOf(one.label, look.plain, look.tickSize) / 2;
    return Math.max(most, half - (1 - one.fraction) * widthGuess);
  }, 0.3);
  const inset = [...xTicks.labelled].reduce((most, one) => {
    const half = look.widthOf(one.label, look.plain, look.tickSize) / 2;
    return Math.max(most, half - one.fraction * widthGuess);
  }, left);
  return {
    x: area.x + inset,
    y: area.y + tick / 2,
    width: Math.max(1, area.width - inset - overhang),
    height,
  };
}

function labelWidths(axis: ContentAxis, length: number, look: FigureLook): readonly number[] {
  const { labelled } = ticksOf(axis, length, false, look);
  return [0, ...[...labelled].map((one) => look.widthOf(one.label, look.plain, look.tickSize))];
}

/** Frame, ticks, numbers and names. @param area - what `plot` was made inside */
export function axesItems(
  plot: PageRect,
  area: PageRect,
  request: AxesRequest,
  look: FigureLook,
): readonly PageItem[] {
  const frame: PageItem = { kind: "rect", ...plot, fill: null, stroke: look.stroke };
  if (!request.labels) return [frame];
  const room = {
    x: roomAround(plot.x + plot.width / 2, area.x, area.width),
    y: roomAround(plot.y + plot.height / 2, area.y, area.height),
  };
  return [frame, ...xAxis(plot, room.x, request.x, look), ...yAxis(plot, room.y, request, look)];
}

/** Length of the longest name that has its middle there and ends inside, mm. */
function roomAround(middle: number, start: number, length: number): number {
  return 2 * Math.min(middle - start, start + length - middle);
}

function nameOf(
  { label, shortLabel = label }: ContentAxis,
  room: number,
  look: FigureLook,
): string {
  return look.widthOf(label, look.plain, look.labelSize) <= room ? label : shortLabel;
}

function xAxis(
  plot: PageRect,
  room: number,
  axis: ContentAxis,
  look: FigureLook,
): readonly PageItem[] {
  const { ticks, labelled } = ticksOf(axis, plot.width, true, look);
  const bottom = plot.y + plot.height;
  const points: number[] = [];
  const words: PageItem[] = [];
  const baseline =
    bottom + look.grown(TICK) + look.grown(LABEL_GAP) + look.capOf(look.plain, look.tickSize);
  for (const tick of ticks) {
    const x = plot.x + tick.fraction * plot.width;
    points.push(
      x,
      bottom,
      x,
      bottom + (labelled.has(tick) ? look.grown(TICK) : look.grown(MINOR_TICK)),
      NaN,
      NaN,
    );
    if (labelled.has(tick)) words.push(word(tick.label, x, baseline, "middle", look));
  }
  const name: PageItem = {
    kind: "text",
    text: nameOf(axis, room, look),
    x: plot.x + plot.width / 2,
    y: baseline + 0.6 + lineHeight(look.labelSize) * 0.85,
    anchor: "middle",
    font: look.plain,
    size: look.labelSize,
    color: look.ink.text,
  };
  return [{ kind: "line", points, stroke: look.stroke }, ...words, name];
}

function yAxis(
  plot: PageRect,
  room: number,
  { y: axis, yLabel }: AxesRequest,
  look: FigureLook,
): readonly PageItem[] {
  const points: number[] = [];
  const words: PageItem[] = [];
  let reach = 0.6;
  if (axis !== null) {
    const { ticks, labelled } = ticksOf(axis, plot.height, false, look);
    const drop = look.capOf(look.plain, look.tickSize) / 2;
    for (const tick of ticks) {
      const y = plot.y + (1 - tick.fraction) * plot.height;
      points.push(
        plot.x - (labelled.has(tick) ? look.grown(TICK) : look.grown(MINOR_TICK)),
        y,
        plot.x,
        y,
        NaN,
        NaN,
      );
      if (!labelled.has(tick)) continue;
      words.push(
        word(tick.label, plot.x - look.grown(TICK) - look.grown(LABEL_GAP), y + drop, "end", look),
      );
    }
    reach =
      look.grown(TICK) +
      look.grown(LABEL_GAP) +
      Math.max(...labelWidths(axis, plot.height, look)) +
      0.4;
  }
  const name: PageItem = {
    kind: "text",
    text: axis === null ? yLabel : nameOf(axis, room, look),
    x: plot.x - reach - look.labelSize * POINT * 0.3,
    y: plot.y + plot.height / 2,
    anchor: "middle",
    font: look.plain,
    size: look.labelSize,
    color: look.ink.text,
    turn: 90,
  };
  const marks: readonly PageItem[] =
    points.length === 0 ? [] : [{ kind: "line", points, stroke: look.stroke }];
  return [...marks, ...words, name];
}

function word(
  text: string,
  x: number,
  y: number,
  anchor: "middle" | "end",
  look: FigureLook,
): PageItem {
  return {
    kind: "text",
    text,
    x,
    y,
    anchor,
    font: look.plain,
    size: look.tickSize,
    color: look.ink.text,
  };
}
