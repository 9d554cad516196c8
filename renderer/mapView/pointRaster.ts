/**
 * Draws points into plain pixels: tens of thousands of anti-aliased discs in a few milliseconds, in
 * exactly the colours of the table, the same on screen and in exported pictures.
 */
import { indexOfFraction } from "../color/colorScale.ts";
import { NO_VALUE_COLOR, parseColor, type ColorTable } from "../color/colorTable.ts";
import { ATOM_FLAGS } from "../scene/panelSpec.ts";

/** Opaque picture, RGBA. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Fractions of a pixel at which a disc is precomputed, along each axis. */
const PHASES = 4;

interface Disc {
  /** Side of the square, px. */
  readonly side: number;
  /** Coverage in 0…1, one square for each phase pair. */
  readonly coverage: readonly Float32Array[];
}

/** Coverage of a disc of a radius (px) at sixteen positions within a pixel. */
export function makeDisc(radius: number): Disc {
  const reach = Math.ceil(radius + 1);
  const side = 2 * reach + 1;
  const coverage: Float32Array[] = [];
  for (let phase = 0; phase < PHASES * PHASES; phase += 1) {
    const cx = reach + ((phase % PHASES) + 0.5) / PHASES - 0.5;
    const cy = reach + (Math.floor(phase / PHASES) + 0.5) / PHASES - 0.5;
    const square = new Float32Array(side * side);
    for (let k = 0; k < square.length; k += 1) {
      const away = Math.hypot((k % side) - cx, Math.floor(k / side) - cy);
      square[k] = Math.min(1, Math.max(0, radius - away + 0.5));
    }
    coverage.push(square);
  }
  return { side, coverage };
}

/** An empty picture of one colour. */
export function makeRaster(width: number, height: number, background: string): Raster {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const [r, g, b] = parseColor(background);
  new Uint32Array(pixels.buffer).fill(((255 << 24) | (b << 16) | (g << 8) | r) >>> 0);
  return { width, height, pixels };
}

type Rgb = readonly [number, number, number];

function stamp(raster: Raster, disc: Disc, x: number, y: number, rgb: Rgb, alpha: number): void {
  const { width, height, pixels } = raster;
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const phase = Math.floor((y - iy) * PHASES) * PHASES + Math.floor((x - ix) * PHASES);
  const square = disc.coverage[phase]!;
  const reach = (disc.side - 1) / 2;
  for (let j = 0; j < disc.side; j += 1) {
    const py = iy - reach + j;
    if (py < 0 || py >= height) continue;
    for (let i = 0; i < disc.side; i += 1) {
      const px = ix - reach + i;
      const a = square[j * disc.side + i]! * alpha;
      if (a === 0 || px < 0 || px >= width) continue;
      const k = 4 * (py * width + px);
      pixels[k] = pixels[k]! + (rgb[0] - pixels[k]!) * a;
      pixels[k + 1] = pixels[k + 1]! + (rgb[1] - pixels[k + 1]!) * a;
      pixels[k + 2] = pixels[k + 2]! + (rgb[2] - pixels[k + 2]!) * a;
    }
  }
}

/** Points to draw, device px. */
export interface RasterPoints {
  /** (n × 2) data, row-major. */
  readonly points: Float32Array;
  readonly scalars: Float32Array | null;
  readonly flags: Uint8Array | null;
  readonly table: ColorTable;
  /** px = offset + factor · value, device px. */
  readonly xFactor: number;
  readonly xOffset: number;
  readonly yFactor: number;
  readonly yOffset: number;
  readonly radius: number;
  readonly dimmedRadius: number;
  readonly dimmedColor: string;
  readonly accent: string;
}

/** Draws all points of one kind: flags of which `mask` keeps exactly `wanted`, never hidden ones. */
function drawLayer(
  raster: Raster,
  layer: RasterPoints,
  choose: (flags: number) => boolean,
  paint: (raster: Raster, i: number, x: number, y: number) => void,
): number {
  let drawn = 0;
  const { points, flags } = layer;
  for (let i = 0; 2 * i + 1 < points.length; i += 1) {
    const bits = flags?.[i] ?? ATOM_FLAGS.normal;
    if ((bits & ATOM_FLAGS.hidden) !== 0 || !choose(bits)) continue;
    const x = layer.xOffset + layer.xFactor * points[2 * i]!;
    const y = layer.yOffset + layer.yFactor * points[2 * i + 1]!;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    paint(raster, i, x, y);
    drawn += 1;
  }
  return drawn;
}

/**
 * Draws a series: dimmed points first, coloured ones over them, marked ones last with a rim.
 * @returns how many points have a place (finite and not hidden), inside the picture or not
 */
export function drawPoints(raster: Raster, layer: RasterPoints): number {
  const { scalars, table } = layer;
  const noValue = parseColor(NO_VALUE_COLOR);
  const dimmed = parseColor(layer.dimmedColor);
  const accent = parseColor(layer.accent);
  const disc = makeDisc(layer.radius);
  const smallDisc = makeDisc(layer.dimmedRadius);
  const rim = makeDisc(layer.radius + 1.5);
  const isDimmed = (bits: number): boolean => (bits & ATOM_FLAGS.dimmed) !== 0;
  const isMarked = (bits: number): boolean => (bits & ATOM_FLAGS.marked) !== 0;
  const paintColored = (target: Raster, i: number, x: number, y: number): void => {
    const index = scalars === null ? -1 : indexOfFraction(scalars[i] ?? -1);
    const { rgb } = table;
    const color: Rgb =
      index < 0 ? noValue : [rgb[3 * index]!, rgb[3 * index + 1]!, rgb[3 * index + 2]!];
    stamp(target, disc, x, y, color, 1);
  };
  const paintMarked = (target: Raster, i: number, x: number, y: number): void => {
    stamp(target, rim, x, y, accent, 1);
    paintColored(target, i, x, y);
  };
  return (
    drawLayer(raster, layer, isDimmed, (target, _, x, y) => {
      stamp(target, smallDisc, x, y, dimmed, 1);
    }) +
    drawLayer(raster, layer, (bits) => !isDimmed(bits) && !isMarked(bits), paintColored) +
    drawLayer(raster, layer, (bits) => !isDimmed(bits) && isMarked(bits), paintMarked)
  );
}

/** Draws a whole series faintly, for targets that are not the active one. */
export function drawFaintPoints(raster: Raster, layer: RasterPoints, alpha: number): void {
  const color = parseColor(layer.dimmedColor);
  const disc = makeDisc(layer.dimmedRadius);
  drawLayer(
    raster,
    layer,
    () => true,
    (target, _, x, y) => {
      stamp(target, disc, x, y, color, alpha);
    },
  );
}

/** A straight line one pixel wide along an axis, inside a rectangle. */
export function drawRule(
  raster: Raster,
  at: { readonly x: number } | { readonly y: number },
  box: readonly [number, number, number, number],
  color: string,
): void {
  const [r, g, b] = parseColor(color);
  const [left, top, width, height] = box;
  const isColumn = "x" in at;
  const first = isColumn ? top : left;
  const count = isColumn ? height : width;
  for (let step = 0; step < count; step += 1) {
    const px = Math.round(isColumn ? at.x : first + step);
    const py = Math.round(isColumn ? first + step : at.y);
    if (px < 0 || py < 0 || px >= raster.width || py >= raster.height) continue;
    const k = 4 * (py * raster.width + px);
    raster.pixels[k] = r;
    raster.pixels[k + 1] = g;
    raster.pixels[k + 2] = b;
  }
}
