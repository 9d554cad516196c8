/**
 * Points where many lie on each other. Drawing order must not decide what is seen, so each pixel
 * takes the mean colour of the points over it, the more opaque the more there are: from a single
 * point, which can still be seen, to the densest spots, logarithmically. A key says how many those are.
 */
import { indexOfFraction } from "../color/colorScale.ts";
import { NO_VALUE_COLOR, parseColor } from "../color/colorTable.ts";
import { makeDisc, type Raster, type RasterPoints } from "./pointRaster.ts";
import { ATOM_FLAGS } from "../scene/panelSpec.ts";

/** More points than this are drawn as a density. */
export const DENSITY_LIMIT = 20_000;

/** Said wherever points are drawn as a density. */
export const DENSITY_NOTE =
  "More than 20,000 points: drawn as a density. Each pixel has their mean colour and is the more opaque the more of them lie on it, see the key.";

/** Opacity where a single point lies. */
const SINGLE_OPACITY = 0.3;

/** Part of the pixels with points that are not saturated. */
const FULL_QUANTILE = 0.995;

/** Fewer points than this on the densest spots are told apart from one another all the same. */
const LEAST_FULL = 4;

/**
 * Opacity of a pixel that `weight` points lie on, 0 to 1.
 * @param full - number of points from which a pixel is opaque, > 1
 */
export function densityOpacity(weight: number, full: number): number {
  if (weight <= 1) return SINGLE_OPACITY * Math.max(0, weight);
  const part = Math.min(1, Math.log(weight) / Math.log(full));
  return SINGLE_OPACITY + (1 - SINGLE_OPACITY) * part;
}

type Rgb = readonly [number, number, number];

/** Where points lie in a picture, px: `xOffset + xFactor · x`, and y alike. */
export type PlacedPoints = Pick<RasterPoints, "xFactor" | "xOffset" | "yFactor" | "yOffset"> & {
  /** x, y, x, y, … */
  readonly points: ArrayLike<number>;
};

/**
 * Draws dimmed points below the others; hidden ones not at all.
 * @returns the number of points from which a pixel is opaque
 */
export function drawDensity(raster: Raster, layer: RasterPoints): number {
  const grey = parseColor(layer.dimmedColor);
  const has = (i: number, flag: number): boolean =>
    ((layer.flags?.[i] ?? ATOM_FLAGS.normal) & flag) !== 0;
  const isShown = (i: number): boolean => !has(i, ATOM_FLAGS.hidden);
  const isDimmed = (i: number): boolean => isShown(i) && has(i, ATOM_FLAGS.dimmed);
  const isBright = (i: number): boolean => isShown(i) && !has(i, ATOM_FLAGS.dimmed);
  const noValue = parseColor(NO_VALUE_COLOR);
  const { rgb } = layer.table;
  const colorOf = (i: number): Rgb => {
    const index = layer.scalars === null ? -1 : indexOfFraction(layer.scalars[i] ?? -1);
    return index < 0 ? noValue : [rgb[3 * index]!, rgb[3 * index + 1]!, rgb[3 * index + 2]!];
  };
  const dimmed = sumDiscs(raster, layer, layer.dimmedRadius, isDimmed, () => grey);
  const shown = sumDiscs(raster, layer, layer.radius, isBright, colorOf);
  const full = Math.max(fullWeight(dimmed), fullWeight(shown));
  blend(raster, dimmed, full);
  blend(raster, shown, full);
  return full;
}

/** Nearly the largest number of points on a pixel, a whole number; of what `sumDiscs` gives. */
export function fullWeight(sums: Float32Array): number {
  const weights = new Float32Array(sums.length / 4);
  let count = 0;
  for (let at = 3; at < sums.length; at += 4) {
    if (sums[at]! < 0.5) continue;
    weights[count] = sums[at]!;
    count += 1;
  }
  const sorted = weights.subarray(0, count).sort();
  const nearlyLast = sorted[Math.floor(FULL_QUANTILE * (count - 1))] ?? 0;
  return Math.max(LEAST_FULL, Math.round(nearlyLast));
}

/**
 * Sum of coverage · (r, g, b, 1) over the discs of the chosen points, for every pixel.
 * @param radius - px
 */
export function sumDiscs(
  { width, height }: Pick<Raster, "width" | "height">,
  layer: PlacedPoints,
  radius: number,
  choose: (i: number) => boolean,
  colorOf: (i: number) => Rgb,
): Float32Array {
  const sums = new Float32Array(4 * width * height);
  const { side, coverage } = makeDisc(radius);
  const reach = (side - 1) / 2;
  const phases = Math.sqrt(coverage.length);
  for (let i = 0; 2 * i + 1 < layer.points.length; i += 1) {
    const x = layer.xOffset + layer.xFactor * layer.points[2 * i]!;
    const y = layer.yOffset + layer.yFactor * layer.points[2 * i + 1]!;
    if (!choose(i) || !Number.isFinite(x + y)) continue;
    const [ix, iy] = [Math.floor(x), Math.floor(y)];
    const square =
      coverage[Math.floor((y - iy) * phases) * phases + Math.floor((x - ix) * phases)]!;
    const [r, g, b] = colorOf(i);
    for (let k = 0; k < square.length; k += 1) {
      const px = ix - reach + (k % side);
      const py = iy - reach + Math.floor(k / side);
      const a = square[k]!;
      if (a === 0 || px < 0 || px >= width || py < 0 || py >= height) continue;
      const at = 4 * (py * width + px);
      sums[at] = sums[at]! + a * r;
      sums[at + 1] = sums[at + 1]! + a * g;
      sums[at + 2] = sums[at + 2]! + a * b;
      sums[at + 3] = sums[at + 3]! + a;
    }
  }
  return sums;
}

function blend({ pixels }: Raster, sums: Float32Array, full: number): void {
  for (let at = 0; at < sums.length; at += 4) {
    const weight = sums[at + 3]!;
    if (weight === 0) continue;
    const opacity = densityOpacity(weight, full);
    for (let c = 0; c < 3; c += 1) {
      const ground = pixels[at + c]!;
      pixels[at + c] = ground + (sums[at + c]! / weight - ground) * opacity;
    }
  }
}
