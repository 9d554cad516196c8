/** Maps, scatter and parity charts: axes and points. */
import { indexOfFraction, scaleFraction, type ColorScale } from "../../color/colorScale.ts";
import { entryColor, NO_VALUE_COLOR, TABLE_SIZE } from "../../color/colorTable.ts";
import { ATOM_FLAGS } from "../../scene/panelSpec.ts";
import type { CirclesItem, PageItem, PageRect } from "../page/displayList.ts";
import { axesItems, plotInside } from "./axes.ts";
import type { PointsContent } from "./content.ts";
import { lineHeight, type FigureLook } from "./look.ts";

/** More points than this in one panel become an image: vector files would choke viewers. */
export const MOST_VECTOR_POINTS = 5000;

/** A plot on the page. */
export interface PointsPlot {
  readonly plot: PageRect;
  /** Axes; drawn over the points. */
  readonly axes: readonly PageItem[];
  readonly points: CirclesItem;
  /** Over the points: rings of those that stand out, and these themselves; null where none does. */
  readonly marked: Readonly<Record<"rims" | "gaps" | "points", CirclesItem>> | null;
  readonly over: readonly PageItem[];
  /** Values that have no place: not finite, or not positive on a log axis. */
  readonly nWithout: number;
  /** Values beyond the ends of an axis. */
  readonly nBeyond: number;
}

/** Places a plot in an area of the page, mm. */
export function plotPoints(
  content: PointsContent,
  area: PageRect,
  labels: boolean,
  look: FigureLook,
): PointsPlot {
  const request = { x: content.x, y: content.y, yLabel: content.y.label, labels };
  const room = plotInside(area, request, look);
  const plot = content.square ? largestSquare(room) : room;
  const { points, marked, nWithout, nBeyond } = placePoints(content, plot, look);
  return {
    plot,
    axes: axesItems(plot, area, request, look),
    points,
    marked,
    over: [
      ...diagonalOf(content, plot, look),
      ...trendOf(content, plot, look),
      ...marksOf(content, plot, look),
      ...noteOf(content, plot, look),
    ],
    nWithout,
    nBeyond,
  };
}

function largestSquare({ x, y, width, height }: PageRect): PageRect {
  const side = Math.min(width, height);
  return { x, y: y + (height - side) / 2, width: side, height: side };
}

/** Fraction along an axis, NaN without a place; beyond the ends −∞ or ∞. */
function fractionOn(scale: ColorScale, value: number): number {
  if (!Number.isFinite(value) || (scale.kind === "log" && value <= 0)) return NaN;
  if (value < scale.min) return -Infinity;
  return value > scale.max ? Infinity : scaleFraction(scale, value);
}

/** Colours of a table, no value, and the one colour of points without colouring. */
function paletteOf(content: PointsContent, look: FigureLook): readonly string[] {
  const { table } = content;
  const { one, other, unselected } = look.ink;
  const colors =
    table === null ? [one] : Array.from({ length: TABLE_SIZE }, (_, k) => entryColor(table, k));
  return [...colors, other, unselected, NO_VALUE_COLOR];
}

/** Discs that get their places one by one. */
class PlacedDiscs {
  nWithout = 0;
  nBeyond = 0;
  /** How many have a place so far. */
  n = 0;
  private readonly content: PointsContent;
  private readonly plot: PageRect;
  private readonly centers: Float64Array;
  private readonly colors: Uint16Array;

  constructor(content: PointsContent, plot: PageRect, most: number) {
    this.content = content;
    this.plot = plot;
    this.centers = new Float64Array(2 * most);
    this.colors = new Uint16Array(most);
  }

  place(x: number, y: number, color: number): void {
    const { content, plot, n } = this;
    const across = fractionOn(content.x.scale, x);
    const up = fractionOn(content.y.scale, y);
    if (Number.isNaN(across) || Number.isNaN(up)) this.nWithout += 1;
    else if (!Number.isFinite(across) || !Number.isFinite(up)) this.nBeyond += 1;
    else {
      this.centers[2 * n] = plot.x + across * plot.width;
      this.centers[2 * n + 1] = plot.y + (1 - up) * plot.height;
      this.colors[n] = color;
      this.n += 1;
    }
  }

  /** Those from one to another, in the order of drawing. */
  discs(from: number, to: number): Pick<CirclesItem, "kind" | "centers" | "colors"> {
    const centers = this.centers.slice(2 * from, 2 * to);
    return { kind: "circles", centers, colors: this.colors.slice(from, to) };
  }
}

/** Radii of the ring around a point and of the air within it, which sets it off from any colour. */
const RING = { rim: 1.9, gap: 1.35 } as const;

/** Below each other: points for comparison, those outside the selection, the rest, those with a ring. */
function placePoints(
  content: PointsContent,
  plot: PageRect,
  look: FigureLook,
): Pick<PointsPlot, "points" | "marked" | "nWithout" | "nBeyond"> {
  const { xs, ys, scalars, flags, beneath = [] } = content;
  const palette = paletteOf(content, look);
  const last = palette.length - 1;
  const most = beneath.reduce((sum, layer) => sum + layer.xs.length, xs.length);
  const placed = new PlacedDiscs(content, plot, most);
  for (const layer of beneath) {
    for (let k = 0; k < layer.xs.length; k += 1)
      placed.place(layer.xs[k] ?? NaN, layer.ys[k] ?? NaN, last - 2);
  }
  const placeAll = (flag: number): void => {
    for (let k = 0; k < xs.length; k += 1) {
      if ((flags?.[k] ?? ATOM_FLAGS.normal) !== flag) continue;
      const index = scalars === null ? 0 : indexOfFraction(scalars[k] ?? -1);
      const color = flag === ATOM_FLAGS.dimmed ? last - 1 : index < 0 ? last : index;
      placed.place(xs[k] ?? NaN, ys[k] ?? NaN, color);
    }
  };
  placeAll(ATOM_FLAGS.dimmed);
  const nBeneath = placed.n;
  placeAll(ATOM_FLAGS.normal);
  const nPlain = placed.n;
  placeAll(ATOM_FLAGS.marked);
  const { n, nWithout, nBeyond } = placed;
  const radius = look.pointRadius;
  const chosen = placed.discs(nPlain, n);
  const disc = (size: number, color: string): CirclesItem => ({
    ...chosen,
    radius: size * radius,
    colors: new Uint16Array(n - nPlain),
    palette: [color],
  });
  return {
    points: { ...placed.discs(0, nPlain), radius, palette, nBeneath },
    marked:
      n === nPlain
        ? null
        : {
            rims: disc(RING.rim, look.ink.accent),
            gaps: disc(RING.gap, look.ink.ground),
            points: { ...chosen, radius, palette },
          },
    nWithout,
    nBeyond,
  };
}

function diagonalOf(content: PointsContent, plot: PageRect, look: FigureLook): readonly PageItem[] {
  if (!content.diagonal) return [];
  const low = Math.max(content.x.scale.min, content.y.scale.min);
  const high = Math.min(content.x.scale.max, content.y.scale.max);
  if (!(high > low)) return [];
  const at = (value: number): readonly [number, number] => [
    plot.x + scaleFraction(content.x.scale, value) * plot.width,
    plot.y + (1 - scaleFraction(content.y.scale, value)) * plot.height,
  ];
  return [
    { kind: "line", points: [...at(low), ...at(high)], stroke: { ...look.stroke, dash: [2, 2] } },
  ];
}

function trendOf(
  { trend, x, y }: PointsContent,
  plot: PageRect,
  look: FigureLook,
): readonly PageItem[] {
  if (trend === null) return [];
  const low = Math.log10(y.scale.min);
  const span = Math.log10(y.scale.max) - low;
  const heightAt = (value: number): number =>
    plot.y + plot.height * (1 - (trend.intercept + trend.slope * Math.log10(value) - low) / span);
  const points = [plot.x, heightAt(x.scale.min), plot.x + plot.width, heightAt(x.scale.max)];
  const stroke = { ...look.stroke, width: 1.5 * look.stroke.width };
  return [{ kind: "clip", area: plot, items: [{ kind: "line", points, stroke }] }];
}

/** Crosses with a name, e.g. where a crystal lies. */
function marksOf(
  { marks, x, y }: PointsContent,
  plot: PageRect,
  look: FigureLook,
): readonly PageItem[] {
  const arm = 1.1;
  return marks.flatMap(({ label, x: xValue, y: yValue }): readonly PageItem[] => {
    const across = fractionOn(x.scale, xValue);
    const up = fractionOn(y.scale, yValue);
    if (!Number.isFinite(across) || !Number.isFinite(up)) return [];
    const cx = plot.x + across * plot.width;
    const cy = plot.y + (1 - up) * plot.height;
    const points = [
      cx - arm,
      cy - arm,
      cx + arm,
      cy + arm,
      NaN,
      NaN,
      cx - arm,
      cy + arm,
      cx + arm,
      cy - arm,
    ];
    const width = look.widthOf(label, look.plain, look.tickSize);
    const isRight = cx + arm + 0.6 + width <= plot.x + plot.width;
    return [
      {
        kind: "line",
        points,
        stroke: { color: look.ink.text, width: 1 },
        halo: 0.25,
        haloColor: look.ink.ground,
      },
      {
        kind: "text",
        text: label,
        x: isRight ? cx + arm + 0.6 : cx - arm - 0.6,
        y: cy + look.capOf(look.plain, look.tickSize) / 2,
        anchor: isRight ? "start" : "end",
        font: look.plain,
        size: look.tickSize,
        color: look.ink.text,
        halo: 0.3,
        haloColor: look.ink.ground,
      },
    ];
  });
}

function noteOf(
  { note, diagonal }: PointsContent,
  plot: PageRect,
  look: FigureLook,
): readonly PageItem[] {
  if (note === "") return [];
  return note.split("\n").map((text, k) => ({
    kind: "text",
    text,
    x: plot.x + plot.width - 1,
    // Below the diagonal of a parity chart there are no points, nor at the top where y falls with x.
    y:
      k * lineHeight(look.tickSize) +
      (diagonal ? plot.y + plot.height - 1.2 : plot.y + 1 + look.capOf(look.plain, look.tickSize)),
    anchor: "end",
    font: look.plain,
    size: look.tickSize,
    color: look.ink.text,
    halo: 0.3,
    haloColor: look.ink.ground,
  }));
}
