/** Where the key of a chart covers none of its curves. Pure. */
import type { DistributionCurve } from "./distributionData.ts";

/** In a corner over the plot, or above it in one line. */
export type KeyPlace = "left" | "right" | "above";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** CSS px of a row of the key, of the frame around the rows, and between key and curve. */
const ROW = 16;
const FRAME = 4;
const AIR = 4;
/** Sample of the line and mean, and a letter of a name, CSS px; and the widest part of the plot. */
const FIXED_WIDTH = 88;
const LETTER = 6.2;
const WIDEST = 0.6;

/** Room that the key takes above the plot, CSS px. */
export const KEY_ABOVE = 18;

/** About as large as the key is drawn. */
export function keySize(labels: readonly string[], plot: Size): Size {
  const letters = labels.reduce((most, { length }) => Math.max(most, length), 0);
  return {
    width: Math.min(WIDEST * plot.width, FIXED_WIDTH + LETTER * letters),
    height: labels.length * ROW + FRAME,
  };
}

/**
 * The upper corner where the curves stay below the key, that with the lower curves if both do; above
 * the plot where they reach into both.
 * @param most - height that fills the plot
 */
export function placeKey(
  curves: readonly DistributionCurve[],
  most: number,
  key: Size,
  plot: Size,
): KeyPlace {
  const part = (key.width + AIR) / Math.max(1, plot.width);
  /** Highest point under the key, CSS px. */
  const reach = (side: "left" | "right"): number =>
    curves.reduce((highest, { heights }) => {
      const n = Math.ceil(part * heights.length);
      const below = side === "left" ? heights.subarray(0, n) : heights.subarray(-n);
      return below.reduce((a, b) => Math.max(a, (b / most) * plot.height), highest);
    }, 0);
  const [left, right] = [reach("left"), reach("right")];
  if (!(most > 0)) return "right";
  const isFree = Math.min(left, right) <= plot.height - key.height - AIR;
  if (!isFree) return "above";
  return left < right ? "left" : "right";
}
