/** Discs as an image, for plots with too many points for a vector file. Pure. */
import { parseColor } from "../../color/colorTable.ts";
import { makeDisc } from "../../mapView/pointRaster.ts";
import type { CirclesItem, PageRaster, PageRect } from "./displayList.ts";

/**
 * Draws discs over nothing, in exactly the colours of the palette.
 * @param area - mm of the page that the image covers
 * @param size - px of the image
 */
export function rasterCircles(
  circles: CirclesItem,
  area: PageRect,
  size: { readonly width: number; readonly height: number },
): PageRaster {
  const { width, height } = size;
  const pixels = new Uint8Array(width * height * 4);
  const xZoom = width / area.width;
  const yZoom = height / area.height;
  const disc = makeDisc(circles.radius * xZoom);
  const phases = Math.sqrt(disc.coverage.length);
  const reach = (disc.side - 1) / 2;
  const palette = circles.palette.map(parseColor);
  for (let k = 0; k < circles.colors.length; k += 1) {
    const x = ((circles.centers[2 * k] ?? 0) - area.x) * xZoom;
    const y = ((circles.centers[2 * k + 1] ?? 0) - area.y) * yZoom;
    const [ix, iy] = [Math.floor(x), Math.floor(y)];
    const phase = Math.floor((y - iy) * phases) * phases + Math.floor((x - ix) * phases);
    const square = disc.coverage[phase];
    const color = palette[circles.colors[k] ?? 0];
    if (square === undefined || color === undefined) continue;
    for (let cell = 0; cell < square.length; cell += 1) {
      const px = ix - reach + (cell % disc.side);
      const py = iy - reach + Math.floor(cell / disc.side);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      blend(pixels, 4 * (py * width + px), color, square[cell] ?? 0);
    }
  }
  return { width, height, pixels };
}

/** Over what is there; colours are not premultiplied. */
export function blend(
  pixels: Uint8Array,
  at: number,
  color: readonly [number, number, number],
  coverage: number,
): void {
  if (coverage === 0) return;
  const below = (pixels[at + 3] ?? 0) / 255;
  const alpha = coverage + below * (1 - coverage);
  color.forEach((value, c) => {
    const old = pixels[at + c] ?? 0;
    pixels[at + c] = Math.round((value * coverage + old * below * (1 - coverage)) / alpha);
  });
  pixels[at + 3] = Math.round(255 * alpha);
}
