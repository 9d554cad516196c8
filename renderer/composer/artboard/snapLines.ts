/** Lines of a page that edges and centres of frames are drawn to. Lengths are mm. Pure. */
import type { FigureFrame } from "../../../src/project/figure.ts";

/** A line that edges and centres are drawn to. */
export interface SnapLine {
  /** `x`: an upright line at that x. */
  readonly axis: "x" | "y";
  readonly at: number;
  /** Extent of the thing it belongs to, along the line. */
  readonly from: number;
  readonly to: number;
}

export type Axis = SnapLine["axis"];

/** Between the edge of a page and what lies on it, mm. */
export const PAGE_MARGIN = 3;

function linesAcross(
  { x, y, width, height }: FigureFrame,
  places: readonly number[],
): readonly SnapLine[] {
  return [
    ...places.map((part): SnapLine => ({
      axis: "x",
      at: x + part * width,
      from: y,
      to: y + height,
    })),
    ...places.map((part): SnapLine => ({
      axis: "y",
      at: y + part * height,
      from: x,
      to: x + width,
    })),
  ];
}

/** Edges and centres of the page and of frames that stay where they are, and the page's margins. */
export function snapLines(
  page: { readonly width: number; readonly height: number },
  others: Iterable<FigureFrame>,
): readonly SnapLine[] {
  const { width, height } = page;
  const sheet = { x: 0, y: 0, width, height };
  const inner = {
    x: PAGE_MARGIN,
    y: PAGE_MARGIN,
    width: width - 2 * PAGE_MARGIN,
    height: height - 2 * PAGE_MARGIN,
  };
  return [
    ...[sheet, ...others].flatMap((frame) => linesAcross(frame, [0, 0.5, 1])),
    ...linesAcross(inner, [0, 1]),
  ];
}

/** The least shift that puts one of the places on a line in reach; null: none is in reach. */
export function shiftToLine(
  places: readonly number[],
  axis: Axis,
  lines: readonly SnapLine[],
  reach: number,
): number | null {
  let best: number | null = null;
  for (const line of lines) {
    if (line.axis !== axis) continue;
    for (const place of places) {
      const shift = line.at - place;
      if (Math.abs(shift) <= reach && (best === null || Math.abs(shift) < Math.abs(best))) {
        best = shift;
      }
    }
  }
  return best;
}

const TOUCHING = 1e-6;

/** Lines that the frame touches along the given places, stretched to reach it. */
export function guidesOf(
  frame: FigureFrame,
  places: Readonly<Record<Axis, readonly number[]>>,
  lines: readonly SnapLine[],
): readonly SnapLine[] {
  const found = new Map<string, SnapLine>();
  for (const { axis, at, from, to } of lines) {
    if (!places[axis].some((place) => Math.abs(place - at) < TOUCHING)) continue;
    const start = axis === "x" ? frame.y : frame.x;
    const end = start + (axis === "x" ? frame.height : frame.width);
    const key = `${axis} ${at.toFixed(4)}`;
    const known = found.get(key);
    found.set(key, {
      axis,
      at,
      from: Math.min(from, start, known?.from ?? Infinity),
      to: Math.max(to, end, known?.to ?? -Infinity),
    });
  }
  return [...found.values()];
}
