/** What the opacity of a density means: from one point to as many as lie on the densest spots. */
import { densityOpacity } from "./densityRaster.ts";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const BAR = { width: 56, height: 8 } as const;

/** Where a key lies, CSS px: its right end, how far to the left it may reach, its middle line. */
export interface DensityKeyPlace {
  readonly left: number;
  readonly right: number;
  readonly middle: number;
}

/**
 * Draws the key, in fewer words where there is little room.
 * @param full - number of points from which a pixel is opaque
 * @returns its width, air included, CSS px
 */
export function drawDensityKey(
  context: Context,
  full: number,
  { left, right, middle }: DensityKeyPlace,
  color: string,
): number {
  context.textBaseline = "middle";
  context.textAlign = "right";
  context.fillStyle = color;
  const most = `${String(full)}+`;
  const barEnd = right - context.measureText(most).width - 5;
  context.fillText(most, right, middle);
  for (let x = 0; x < BAR.width; x += 1) {
    context.globalAlpha = densityOpacity(full ** ((x + 0.5) / BAR.width), full);
    context.fillRect(barEnd - BAR.width + x, middle - BAR.height / 2, 1, BAR.height);
  }
  context.globalAlpha = 1;
  const start = barEnd - BAR.width - 5;
  const text =
    WORDS.find((words) => context.measureText(words).width < start - left) ?? WORDS.at(-1) ?? "";
  context.fillText(text, start, middle);
  return right - start + context.measureText(text).width + 12;
}

const WORDS = ["Density, points on a pixel  1", "Density  1", "1"] as const;
