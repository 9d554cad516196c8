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

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The remembered state, unless it lies on a display that is gone. */
export function readWindowState(path: string, displays: readonly Rectangle[]): WindowState {
  const parsed = stateSchema.safeParse(readJsonIfPresent(path));
  if (!parsed.success) return { bounds: DEFAULT_SIZE, maximized: false };
  const { maximized, ...bounds } = parsed.data;
  const visible = displays.some((display) => overlaps(bounds, display));
  return { bounds: visible ? bounds : { ...DEFAULT_SIZE }, maximized };
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
