/** A page as pixels. Letters are drawn as outlines of the embedded fonts, as in PDF. */
import type { PathCommand } from "@cantoo/fontkit";
import { StudioError } from "../../../src/errors.ts";
import {
  pixelBox,
  HALO,
  POINT,
  strokesOf,
  type CirclesItem,
  type FigurePageList,
  type PageItem,
  type PageRaster,
  type PageRect,
  type PageStroke,
  type Rasters,
  type TextItem,
} from "./displayList.ts";
import { glyphsOf, type Typefaces } from "./typefaces.ts";

/** Longest side of a picture that canvases hold, px. */
export const LARGEST_SIDE = 16384;
/** Most pixels of a picture: 1 GiB of RGBA. */
const MOST_PIXELS = 268_435_456;

/** What pages are painted with. */
export interface PaintOptions {
  readonly typefaces: Typefaces;
  readonly rasters: Rasters;
  readonly dotsPerInch: number;
}

/**
 * Pixels that a page has at a resolution.
 * @throws StudioError `INVALID_PARAMETER` when they are more than a picture can hold
 */
export function pagePixels(
  page: Pick<FigurePageList, "width" | "height">,
  dotsPerInch: number,
): PageRect {
  const box = pixelBox({ x: 0, y: 0, width: page.width, height: page.height }, dotsPerInch);
  const isTooLarge =
    Math.max(box.width, box.height) > LARGEST_SIDE || box.width * box.height > MOST_PIXELS;
  if (!isTooLarge) return box;
  throw new StudioError(
    "INVALID_PARAMETER",
    `${String(dotsPerInch)} dpi make this page ${String(box.width)} × ${String(box.height)} px; a picture has at most ${String(LARGEST_SIDE)} px a side and 268 million in all.`,
    { remedy: "Choose a lower resolution, or PDF, whose pictures are drawn panel by panel." },
  );
}

/**
 * Refuses images that are more than can be held, before any of them is drawn.
 * @throws StudioError `INVALID_PARAMETER`
 */
export function requireImagePixels(
  boxes: readonly Pick<PageRect, "width" | "height">[],
  dotsPerInch: number,
): void {
  const pixels = boxes.reduce((sum, { width, height }) => sum + width * height, 0);
  if (pixels <= MOST_PIXELS) return;
  const millions = String(Math.round(pixels / 1e6));
  throw new StudioError(
    "INVALID_PARAMETER",
    `${String(dotsPerInch)} dpi make the images of this figure ${millions} million px; at most 268 million can be held.`,
    { remedy: "Choose a lower resolution, or make the panels smaller." },
  );
}

/** Paints a page into a canvas of its own. */
export function paintPage(page: FigurePageList, options: PaintOptions): PageRaster {
  const { width, height } = pagePixels(page, options.dotsPerInch);
  const canvas = new OffscreenCanvas(width, height);
  // Read back once, and drawn by the processor: the same pixels whatever the graphics card.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new StudioError("INTERNAL", "no canvas for the picture");
  const painter = new Painter(context, options);
  if (page.background !== null) {
    context.fillStyle = page.background;
    context.fillRect(0, 0, width, height);
  }
  for (const item of page.items) painter.item(item);
  return { width, height, pixels: context.getImageData(0, 0, width, height).data };
}

class Painter {
  private readonly context: OffscreenCanvasRenderingContext2D;
  private readonly options: PaintOptions;
  /** Pixels a mm. */
  private readonly zoom: number;

  constructor(context: OffscreenCanvasRenderingContext2D, options: PaintOptions) {
    this.context = context;
    this.options = options;
    this.zoom = options.dotsPerInch / 25.4;
  }

  item(item: PageItem): void {
    const { context, zoom } = this;
    switch (item.kind) {
      case "group":
        for (const one of item.items) this.item(one);
        break;
      case "clip": {
        const { x, y, width, height } = item.area;
        context.save();
        context.beginPath();
        context.rect(x * zoom, y * zoom, width * zoom, height * zoom);
        context.clip();
        for (const one of item.items) this.item(one);
        context.restore();
        break;
      }
      case "text":
        this.words(item);
        break;
      case "line":
        this.trace(item.points, false);
        for (const stroke of strokesOf(item)) this.stroke(stroke);
        break;
      case "polygon":
        this.trace(item.points, true);
        this.shape(item.fill, item.stroke);
        break;
      case "rect":
        context.beginPath();
        context.rect(item.x * zoom, item.y * zoom, item.width * zoom, item.height * zoom);
        this.shape(item.fill, item.stroke);
        break;
      case "circles":
        this.circles(item);
        break;
      case "image":
        this.image(item, item.raster);
    }
  }

  private trace(points: ArrayLike<number>, isClosed: boolean): void {
    const { context, zoom } = this;
    context.beginPath();
    let isDown = false;
    for (let k = 0; k + 1 < points.length; k += 2) {
      const x = (points[k] ?? NaN) * zoom;
      const y = (points[k + 1] ?? NaN) * zoom;
      if (Number.isNaN(x) || Number.isNaN(y)) isDown = false;
      else {
        if (isDown) context.lineTo(x, y);
        else context.moveTo(x, y);
        isDown = true;
      }
    }
    if (isClosed) context.closePath();
  }

  private stroke({ color, width, dash = [], cap }: PageStroke): void {
    const { context, zoom } = this;
    context.strokeStyle = color;
    context.lineWidth = width * POINT * zoom;
    context.setLineDash(dash.map((length) => length * POINT * zoom));
    context.lineCap = cap ?? "butt";
    context.lineJoin = cap === "round" ? "round" : "miter";
    context.stroke();
  }

  private shape(fill: string | null, stroke: PageStroke | undefined): void {
    if (fill !== null) {
      this.context.fillStyle = fill;
      this.context.fill();
    }
    if (stroke !== undefined) this.stroke(stroke);
  }

  private circles({ centers, radius, colors, palette, outline }: CirclesItem): void {
    const { context, zoom } = this;
    for (let k = 0; k < colors.length; k += 1) {
      context.beginPath();
      context.arc(
        (centers[2 * k] ?? 0) * zoom,
        (centers[2 * k + 1] ?? 0) * zoom,
        radius * zoom,
        0,
        2 * Math.PI,
      );
      this.shape(palette[colors[k] ?? 0] ?? null, outline);
    }
  }

  private words(item: TextItem): void {
    const { text, x, y, anchor, font, size, color, turn = 0, halo = 0, haloColor = HALO } = item;
    const { context, zoom } = this;
    const { typefaces } = this.options;
    const face = typefaces.get(font);
    const width = typefaces.widthOf(text, font, size);
    const back = anchor === "start" ? 0 : anchor === "middle" ? width / 2 : width;
    const unit = (size * POINT) / face.unitsPerEm;
    context.save();
    context.translate(x * zoom, y * zoom);
    context.rotate((-turn * Math.PI) / 180);
    context.scale(zoom, zoom);
    context.translate(-back, 0);
    context.beginPath();
    for (const { offset, commands } of glyphsOf(face, text)) {
      const left = offset * size * POINT;
      for (const { command, args } of commands) {
        const at = args.map((value, k) => (k % 2 === 0 ? left + value * unit : -value * unit));
        trace(context, command, at);
      }
    }
    if (halo > 0) {
      context.strokeStyle = haloColor;
      context.lineWidth = 2 * halo;
      context.lineJoin = "round";
      context.setLineDash([]);
      context.stroke();
    }
    context.fillStyle = color;
    context.fill();
    context.restore();
  }

  private image(rect: PageRect, name: string): void {
    const raster = this.options.rasters.get(name);
    if (raster === undefined) return;
    const box = pixelBox(rect, this.options.dotsPerInch);
    const own = new OffscreenCanvas(raster.width, raster.height);
    const pixels = new Uint8ClampedArray(raster.pixels);
    own.getContext("2d")?.putImageData(new ImageData(pixels, raster.width, raster.height), 0, 0);
    this.context.imageSmoothingEnabled = raster.width !== box.width || raster.height !== box.height;
    this.context.drawImage(own, box.x, box.y, box.width, box.height);
  }
}

/** One command of the outline of a letter. */
function trace(
  context: OffscreenCanvasRenderingContext2D,
  command: PathCommand["command"],
  [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[],
): void {
  switch (command) {
    case "moveTo":
      context.moveTo(a, b);
      break;
    case "lineTo":
      context.lineTo(a, b);
      break;
    case "quadraticCurveTo":
      context.quadraticCurveTo(a, b, c, d);
      break;
    case "bezierCurveTo":
      context.bezierCurveTo(a, b, c, d, e, f);
      break;
    case "closePath":
      context.closePath();
  }
}
