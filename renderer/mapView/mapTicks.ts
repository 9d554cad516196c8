/** Numbers and names of a map's axes: round, and only as many as have room. Pure. */
import { multiplesOf, niceStep, type ScaleTick } from "../color/scaleTicks.ts";
import { shownBox, type MapTransform, type PlotArea } from "./mapTransform.ts";

/** Room that a label is given along its axis as long as that leaves two, CSS px. */
const LABEL_ROOM = { x: 46, y: 46 } as const;
const COMPACT_LABEL_ROOM = { x: 36, y: 22 } as const;
/** Width of a character of a label, its height, and the least air between two, CSS px. */
const CHARACTER = 6.4;
const LINE = 12;
const AIR = 7;
/** Steps so much finer are tried where there are fewer than two round numbers. */
const FINER = 4;

interface Axis {
  readonly from: number;
  readonly to: number;
  /** CSS px. */
  readonly length: number;
  readonly sizeOf: (label: string) => number;
}

function roundNumbers({ from, to }: Axis, maxLabels: number): readonly ScaleTick[] {
  if (!(to > from)) return [];
  const scale = { kind: "linear", min: from, max: to, linearThreshold: 1 } as const;
  return multiplesOf(niceStep(to - from, maxLabels), scale, false);
}

/** Whether no two labels come close to each other. */
function fits(axis: Axis, ticks: readonly ScaleTick[]): boolean {
  return ticks.every((tick, k) => {
    const next = ticks[k + 1];
    if (next === undefined) return true;
    const away = (next.fraction - tick.fraction) * axis.length;
    return away >= (axis.sizeOf(tick.label) + axis.sizeOf(next.label)) / 2 + AIR;
  });
}

/** Labels at both ends alone, where those between have no room. */
function outer(ticks: readonly ScaleTick[]): readonly ScaleTick[] {
  return ticks.map((tick, k) => (k === 0 || k === ticks.length - 1 ? tick : unlabelled(tick)));
}

function unlabelled(tick: ScaleTick): ScaleTick {
  return { ...tick, label: "" };
}

/** At least two labels where that is possible: a scale is not known from one number. */
function axisTicks(axis: Axis, room: number): readonly ScaleTick[] {
  const first = Math.max(2, Math.floor(axis.length / room));
  let single: readonly ScaleTick[] = [];
  for (let n = first; n <= first + FINER; n += 1) {
    const ticks = roundNumbers(axis, n);
    if (ticks.length < 2) {
      single = ticks;
      continue;
    }
    if (fits(axis, ticks)) return ticks;
    const ends = outer(ticks);
    return fits(
      axis,
      ends.filter(({ label }) => label !== ""),
    )
      ? ends
      : single;
  }
  return single;
}

/** Ticks of both axes. */
export function mapTicks(
  transform: MapTransform,
  plot: PlotArea,
  compact = false,
): { readonly x: readonly ScaleTick[]; readonly y: readonly ScaleTick[] } {
  const box = shownBox(transform, plot);
  const room = compact ? COMPACT_LABEL_ROOM : LABEL_ROOM;
  const widthOf = (label: string): number => CHARACTER * label.length;
  const x = { from: box.x0, to: box.x1, length: plot.width, sizeOf: widthOf };
  const y = { from: box.y0, to: box.y1, length: plot.height, sizeOf: () => LINE };
  return { x: axisTicks(x, room.x), y: axisTicks(y, room.y) };
}

/**
 * The name of an axis in the words that have room: `component 1, 54 %`, `component 1`, or `comp. 1`;
 * a share in brackets goes as well.
 * @param room - px
 * @returns "" where not even the shortest fits
 */
export function roomForName(name: string, room: number, widthOf: (text: string) => number): string {
  const [stem = ""] = name.split(/,| \(/u);
  const short = stem.replace("component", "comp.");
  return [name, stem, short].find((text) => widthOf(text) <= room) ?? "";
}
