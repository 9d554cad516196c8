/**
 * Points of a page as an image in which the order of drawing decides nothing: as the window draws more
 * of them than can be told apart. Pure.
 */
import { parseColor } from "../../color/colorTable.ts";
import {
  densityOpacity,
  fullWeight,
  sumDiscs,
  type PlacedPoints,
} from "../../mapView/densityRaster.ts";
import type { CirclesItem, PageRaster, PageRect } from "./displayList.ts";
import { blend, rasterCircles } from "./pointPixels.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Beyond so many pixels in a mm the number of discs on a pixel no longer changes: 150 dpi. */
const REFERENCE = 150 / 25.4;

/** Sums of the discs below, for comparison only, and of those above them; see `sumDiscs`. */
function layersOf(
  { centers, radius, colors, palette, nBeneath = 0 }: CirclesItem,
  area: PageRect,
  size: Size,
): readonly Float32Array[] {
  const xFactor = size.width / area.width;
  const yFactor = size.height / area.height;
  const places: PlacedPoints = {
    points: centers,
    xFactor,
    xOffset: -area.x * xFactor,
    yFactor,
    yOffset: -area.y * yFactor,
  };
  const rgb = palette.map(parseColor);
  const colorOf = (i: number): readonly [number, number, number] =>
    rgb[colors[i] ?? 0] ?? [0, 0, 0];
  const layer = (choose: (i: number) => boolean): Float32Array =>
    sumDiscs(size, places, radius * xFactor, choose, colorOf);
  return [layer((i) => i < nBeneath), layer((i) => i >= nBeneath)];
}

/**
 * From how many discs on each other an image of them is opaque. It is found at one resolution, so that
 * files of any resolution, the page on screen and the key agree.
 * @param area - mm of the page that the image covers
 */
export function fullDensityOf(circles: CirclesItem, area: PageRect): number {
  const size = {
    width: Math.max(1, Math.round(area.width * REFERENCE)),
    height: Math.max(1, Math.round(area.height * REFERENCE)),
  };
  return Math.max(...layersOf(circles, area, size).map(fullWeight));
}

/** mm: far below a pixel of any file. */
const SAME_PLACE = 1e-6;

function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) < SAME_PLACE;
}

/** Whether two parts of the page are equally large, wherever they lie. */
export function haveSameSize(a: PageRect, b: PageRect): boolean {
  return isSame(a.width, b.width) && isSame(a.height, b.height);
}

/** Discs and the part of the page that an image of them covers. */
export interface DiscImage {
  readonly rect: PageRect;
  readonly circles: CirclesItem;
}

/** Whether the discs of two images lie alike within them, wherever the images lie; colours may differ. */
export function liesAlike(a: DiscImage, b: DiscImage): boolean {
  const { centers } = a.circles;
  if (centers.length !== b.circles.centers.length || a.circles.radius !== b.circles.radius) {
    return false;
  }
  if (!haveSameSize(a.rect, b.rect)) return false;
  const moved = [b.rect.x - a.rect.x, b.rect.y - a.rect.y] as const;
  return centers.every((at, k) =>
    isSame(at + moved[k % 2 === 0 ? 0 : 1], b.circles.centers[k] ?? NaN),
  );
}

/** So many panels with a density are remembered. */
const MOST_REMEMBERED = 12;

/**
 * `fullDensityOf` for a page that is composed again and again: panels that moved with their points, or
 * changed their colours, are not summed again.
 */
export function rememberDensities(
  find: typeof fullDensityOf = fullDensityOf,
): typeof fullDensityOf {
  let known: readonly (DiscImage & { readonly full: number })[] = [];
  return (circles, rect) => {
    const isAlike = (one: DiscImage): boolean =>
      one.circles.nBeneath === circles.nBeneath && liesAlike(one, { circles, rect });
    const found = known.find(isAlike);
    const one = found ?? { circles, rect, full: find(circles, rect) };
    known = [one, ...known.filter((other) => other !== found)].slice(0, MOST_REMEMBERED);
    return one.full;
  };
}

/** What of a request for an image of points says how it is drawn. */
export interface PointsImage extends DiscImage {
  /** See `fullDensityOf`; null: discs over each other in the order in which they are given. */
  readonly fullDensity: number | null;
}

/**
 * Draws points over nothing.
 * @param size - px of the image
 */
export function rasterPoints({ rect, circles, fullDensity }: PointsImage, size: Size): PageRaster {
  if (fullDensity === null) return rasterCircles(circles, rect, size);
  const pixels = new Uint8Array(size.width * size.height * 4);
  for (const sums of layersOf(circles, rect, size)) {
    for (let at = 0; at < sums.length; at += 4) {
      const weight = sums[at + 3] ?? 0;
      if (weight === 0) continue;
      const mean = (c: 0 | 1 | 2): number => (sums[at + c] ?? 0) / weight;
      blend(pixels, at, [mean(0), mean(1), mean(2)], densityOpacity(weight, fullDensity));
    }
  }
  return { ...size, pixels };
}
