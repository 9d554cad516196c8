/** Where the key of a chart covers none of its curves. Pure. */
import type { DistributionCurve } from "./distributionData.ts";

/** In a corner over the plot, or above it in lines, with means where there is room for them. */
export type KeyPlace =
  | { readonly side: "left" | "right" }
  | { readonly side: "above"; readonly lines: number; readonly hasMeans: boolean };

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

/** Above the plot: sample of the line with its gap, a mean with its gap, and between two names. */
const SAMPLE_WIDTH = 28;
const MEAN_WIDTH = 46;
const GAP = 14;
const MOST_LINES = 2;

/** Room that the key takes above the plot, CSS px. */
export function roomAbove(place: KeyPlace): number {
  return place.side === "above" ? place.lines * ROW + 2 : 0;
}

function above(labels: readonly string[], { width }: Size): KeyPlace {
  const names = labels.reduce(
    (sum, { length }) => sum + SAMPLE_WIDTH + LETTER * length + GAP,
    -GAP,
  );
  if (names + MEAN_WIDTH * labels.length <= width) {
    return { side: "above", lines: 1, hasMeans: true };
  }
  return { side: "above", lines: Math.min(MOST_LINES, Math.ceil(names / width)), hasMeans: false };
}

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
  labels: readonly string[],
  plot: Size,
): KeyPlace {
  const key = keySize(labels, plot);
  const part = (key.width + AIR) / Math.max(1, plot.width);
  /** Highest point under the key, CSS px. */
  const reach = (side: "left" | "right"): number =>
    curves.reduce((highest, { heights }) => {
      const n = Math.ceil(part * heights.length);
      const below = side === "left" ? heights.subarray(0, n) : heights.subarray(-n);
      return below.reduce((a, b) => Math.max(a, (b / most) * plot.height), highest);
    }, 0);
  const [left, right] = [reach("left"), reach("right")];
  if (!(most > 0)) return { side: "right" };
  const isFree = Math.min(left, right) <= plot.height - key.height - AIR;
  if (!isFree) return above(labels, plot);
  return { side: left < right ? "left" : "right" };
}
