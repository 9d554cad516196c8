/** A bar of 1, 2 or 5 · 10ⁿ Å. */

/** Length of a scale bar. */
export interface ScaleBar {
  /** Å. */
  readonly length: number;
  /** CSS px. */
  readonly pixels: number;
  readonly label: string;
}

const MIN_PIXELS = 32;
const MAX_PIXELS = 120;
/** Å in a nanometre and in a micrometre, where longer bars change their unit. */
const NANOMETRE = 10;
const NANOMETRES_FROM = 1000;

/** Px that a bar may take of `room`, at least enough for a round length in any decade. */
export function longestBar(room: number): number {
  return Math.max(MIN_PIXELS * 2.5, Math.min(MAX_PIXELS, room));
}

/**
 * The longest round bar that fits.
 * @param scale - Å per CSS px
 * @param maxPixels - room for the bar; the bar is never longer than 120 px nor shorter than 32 px
 */
export function scaleBarFor(scale: number, maxPixels = MAX_PIXELS): ScaleBar {
  const { length, label } = roundBar(longestBar(maxPixels) * scale);
  return { length, pixels: length / scale, label };
}

/** The longest round length within `room` Å, and how it is written. */
export function roundBar(room: number): Pick<ScaleBar, "length" | "label"> {
  const decade = Math.floor(Math.log10(room));
  const lengths = [5, 2, 1, 0.5].map((m) => Number(`${String(m)}e${String(decade)}`));
  const length = lengths.find((candidate) => candidate <= room) ?? room;
  const inNanometres = length >= NANOMETRES_FROM;
  const value = inNanometres ? length / NANOMETRE : length;
  const label = `${String(value)} ${inNanometres ? "nm" : "Å"}`;
  return { length, label };
}
