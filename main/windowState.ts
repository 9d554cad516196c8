/** Size and place of the window, remembered between sessions. */
import type { Rectangle } from "electron";
import { z } from "zod";
import { readJsonIfPresent, writeFileAtomicallySync } from "./atomicFile.ts";

/** Below this the layout does not work. */
export const MINIMUM_SIZE = { width: 1024, height: 640 };
const DEFAULT_SIZE = { width: 1440, height: 900 };

const stateSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(MINIMUM_SIZE.width),
  height: z.number().int().min(MINIMUM_SIZE.height),
  maximized: z.boolean(),
});

/** Bounds to open with; without a position the system chooses one. */
export interface WindowState {
  readonly bounds: { readonly width: number; readonly height: number } & Partial<Rectangle>;
  readonly maximized: boolean;
}

/** So much of the title bar must be on a screen for a person to get hold of the window, px. */
const GRIP = { width: 160, height: 16 };
const TITLE_BAR_HEIGHT = 40;

function hasGripOn(bounds: Rectangle, display: Rectangle): boolean {
  const right = Math.min(bounds.x + bounds.width, display.x + display.width);
  const bottom = Math.min(bounds.y + TITLE_BAR_HEIGHT, display.y + display.height);
  return (
    right - Math.max(bounds.x, display.x) >= GRIP.width &&
    bottom - Math.max(bounds.y, display.y) >= GRIP.height
  );
}

/** From the middle of one to the middle of the other, squared, px². */
function distance(a: Rectangle, b: Rectangle): number {
  const x = a.x + a.width / 2 - b.x - b.width / 2;
  const y = a.y + a.height / 2 - b.y - b.height / 2;
  return x * x + y * y;
}

/**
 * Bounds that a person can get hold of: as they are while enough of the title bar is on a display, else
 * moved into the nearest one, and made smaller where it is smaller. The size is the window's least at
 * least, on whatever display.
 *
 * @param displays - work areas
 */
export function rescueBounds(bounds: Rectangle, displays: readonly Rectangle[]): Rectangle | null {
  if (displays.some((display) => hasGripOn(bounds, display))) return bounds;
  const [nearest] = displays.toSorted((a, b) => distance(bounds, a) - distance(bounds, b));
  if (nearest === undefined) return null;
  const width = Math.max(MINIMUM_SIZE.width, Math.min(bounds.width, nearest.width));
  const height = Math.max(MINIMUM_SIZE.height, Math.min(bounds.height, nearest.height));
  const within = (start: number, size: number, first: number, room: number): number =>
    Math.max(first, Math.min(start, first + room - size));
  return {
    x: within(bounds.x, width, nearest.x, nearest.width),
    y: within(bounds.y, height, nearest.y, nearest.height),
    width,
    height,
  };
}

/** The remembered state, moved where its display is gone or smaller than it was. */
export function readWindowState(path: string, displays: readonly Rectangle[]): WindowState {
  const parsed = stateSchema.safeParse(readJsonIfPresent(path));
  if (!parsed.success) return { bounds: DEFAULT_SIZE, maximized: false };
  const { maximized, ...bounds } = parsed.data;
  return { bounds: rescueBounds(bounds, displays) ?? { ...DEFAULT_SIZE }, maximized };
}

/** Remembers `bounds`. Called while the window closes. */
export function writeWindowState(path: string, bounds: Rectangle, maximized: boolean): void {
  writeFileAtomicallySync(path, `${JSON.stringify({ ...bounds, maximized })}\n`);
}

/** Between the corners of windows that were opened one after the other, px. */
const STEP = 28;

/** Bounds a step right of and below another window, back at the corner where the screen ends. */
export function stepBeside(bounds: Rectangle, workArea: Rectangle): Rectangle {
  const { width, height } = bounds;
  const x = bounds.x + STEP;
  const y = bounds.y + STEP;
  return {
    x: x + width > workArea.x + workArea.width ? workArea.x : x,
    y: y + height > workArea.y + workArea.height ? workArea.y : y,
    width,
    height,
  };
}
