/**
 * A page as a list of things to draw, in order. Pure data: every format is written from the same
 * list, so that PDF, SVG, PNG and the live preview agree. Coordinates are mm from the top left
 * corner, y downwards; sizes of letters and widths of lines are pt.
 */
import type { FigureFont } from "../../../src/project/figure.ts";

/** mm in a pt. */
export const POINT = 25.4 / 72;

/** `#rrggbb`. */
export type PageColor = string;

/** A place on the page, mm. */
export interface PageRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PageStroke {
  readonly color: PageColor;
  /** pt. */
  readonly width: number;
  /** Lengths of dashes and gaps, pt; absent: solid. */
  readonly dash?: readonly number[] | undefined;
  /** Default butt. */
  readonly cap?: "butt" | "round" | undefined;
}

/** A face that comes with the program. */
export interface PageFont {
  readonly family: FigureFont;
  readonly bold: boolean;
}

/** Letters on one line. */
export interface TextItem {
  readonly kind: "text";
  readonly text: string;
  /** Where the baseline starts, has its middle, or ends. */
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly font: PageFont;
  /** pt. */
  readonly size: number;
  readonly color: PageColor;
  /** Degrees against the clock about (x, y); default 0. */
  readonly turn?: number | undefined;
  /** Behind the letters, mm wide, where they stand on a picture; default 0. */
  readonly halo?: number | undefined;
  /** Default white. */
  readonly haloColor?: PageColor | undefined;
}

/** A chain of straight lines. */
export interface LineItem {
  readonly kind: "line";
  /** x, y, x, y, … mm; NaN, NaN starts another chain. */
  readonly points: readonly number[] | Float64Array;
  readonly stroke: PageStroke;
  readonly halo?: number | undefined;
  readonly haloColor?: PageColor | undefined;
}

/** What sets lines and letters off from a picture on a white page. */
export const HALO: PageColor = "#ffffff";

/** The strokes of a line, in the order of drawing: its halo where it has one, then itself. */
export function strokesOf({ stroke, halo = 0, haloColor = HALO }: LineItem): readonly PageStroke[] {
  const width = stroke.width + (2 * halo) / POINT;
  return halo > 0 ? [{ ...stroke, color: haloColor, width, cap: "round" }, stroke] : [stroke];
}

/** A filled or outlined polygon. */
export interface PolygonItem {
  readonly kind: "polygon";
  readonly points: readonly number[] | Float64Array;
  readonly fill: PageColor | null;
  readonly stroke?: PageStroke | undefined;
}

export interface RectItem extends PageRect {
  readonly kind: "rect";
  readonly fill: PageColor | null;
  readonly stroke?: PageStroke | undefined;
}

/** Many discs of one size, drawn in order. */
export interface CirclesItem {
  readonly kind: "circles";
  /** x, y, x, y, … of the centres, mm. */
  readonly centers: Float64Array;
  /** mm. */
  readonly radius: number;
  /** Of each disc, as an index into `palette`. */
  readonly colors: Uint16Array;
  readonly palette: readonly PageColor[];
  /** So many of the first lie below the others, for comparison only; default none. */
  readonly nBeneath?: number | undefined;
  readonly outline?: PageStroke | undefined;
}

/** Where the pixels of an image come from; see `Rasters`. */
export interface ImageItem extends PageRect {
  readonly kind: "image";
  /** Name among the rasters that a writer is given. */
  readonly raster: string;
}

/** Items of which only what lies in a rectangle is seen. */
export interface ClipItem {
  readonly kind: "clip";
  readonly area: PageRect;
  readonly items: readonly PageItem[];
}

/** Items of one element of the figure. */
export interface GroupItem {
  readonly kind: "group";
  readonly id: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
  readonly items: readonly PageItem[];
}

export type PageItem =
  TextItem | LineItem | PolygonItem | RectItem | CirclesItem | ImageItem | ClipItem | GroupItem;

/** A page. */
export interface FigurePageList {
  /** mm. */
  readonly width: number;
  /** mm. */
  readonly height: number;
  /** null: transparent. */
  readonly background: PageColor | null;
  readonly title: string;
  readonly items: readonly PageItem[];
}

/** Pixels of an image, RGBA, top row first, not premultiplied. */
export interface PageRaster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array | Uint8ClampedArray;
}

/** Pixels by the names that image items carry. */
export type Rasters = ReadonlyMap<string, PageRaster>;

/** Every item of the page that is not a group or a clip, in order. */
export function* leavesOf(
  items: readonly PageItem[],
): Generator<Exclude<PageItem, GroupItem | ClipItem>> {
  for (const item of items) {
    if (item.kind === "group" || item.kind === "clip") yield* leavesOf(item.items);
    else yield item;
  }
}

/** Whole pixels of a part of the page at a resolution: its edges rounded one by one. */
export function pixelBox(rect: PageRect, dotsPerInch: number): PageRect {
  const pixels = (millimetres: number): number => Math.round((millimetres / 25.4) * dotsPerInch);
  const x = pixels(rect.x);
  const y = pixels(rect.y);
  return {
    x,
    y,
    width: Math.max(1, pixels(rect.x + rect.width) - x),
    height: Math.max(1, pixels(rect.y + rect.height) - y),
  };
}
