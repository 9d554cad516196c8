/** Marks over the atoms, drawn the same on screen and in exported pictures. Units: CSS px. */
import type { CameraState, Quaternion } from "./cameraState.ts";
import { rotateVector, type PixelSize } from "./cameraMath.ts";
import { traceLasso, type LassoPath } from "./lassoPath.ts";
import type { SceneTheme } from "./panelSpec.ts";
import { longestBar, scaleBarFor } from "./scaleBar.ts";
import type { CssRect } from "./viewportRect.ts";

/** Family of all text on canvases; the window bundles Inter. */
export const CANVAS_FONT = '"Inter Variable", Inter, system-ui, sans-serif';

/** Length of an axis: shorter in narrow panels, where it would cost the structure room. */
const TRIAD_LENGTH = { least: 12, most: 16, ofWidth: 1 / 18 } as const;
/** From the tip of an axis to the middle of its letter, and half a letter. */
const LETTER_DISTANCE = 6;
const LETTER_REACH = 4;
const BAR_INSET = 12;
const BAR_TICK = 4;

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A halo of the ground, so that marks stay legible over atoms. */
function setGlow(context: Context, theme: SceneTheme): void {
  context.shadowColor = theme.background;
  context.shadowBlur = 4;
}

/** An axis as it is drawn, px from the origin, y downwards. */
interface TriadAxis {
  readonly name: string;
  readonly tip: readonly [number, number];
  readonly letter: readonly [number, number];
  readonly depth: number;
}

function triadLength(panelWidth: number): number {
  const { least, most, ofWidth } = TRIAD_LENGTH;
  return Math.min(most, Math.max(least, panelWidth * ofWidth));
}

/** From the corner of the panel to the origin: an axis may point into the corner. */
function triadInset(panelWidth: number): number {
  return triadLength(panelWidth) + LETTER_DISTANCE + LETTER_REACH;
}

function triadAxes(rotation: Quaternion, size: number): readonly TriadAxis[] {
  return (["x", "y", "z"] as const).map((name, k) => {
    const unit = [k === 0 ? 1 : 0, k === 1 ? 1 : 0, k === 2 ? 1 : 0] as const;
    const [x, up, depth] = rotateVector(rotation, unit);
    const y = -up;
    const length = Math.hypot(x, y);
    // An axis that points at the viewer is labelled beside the origin.
    const [lx, ly] = length > 0.15 ? [x / length, y / length] : [-0.7, 0.7];
    const tip = [x * size, y * size] as const;
    const letter = [tip[0] + lx * LETTER_DISTANCE, tip[1] + ly * LETTER_DISTANCE] as const;
    return { name, tip, letter, depth };
  });
}

/** Corner at the bottom left that the triad needs, CSS px. */
export function triadRoom(rotation: Quaternion, panel: PixelSize): PixelSize {
  const inset = triadInset(panel.width);
  const letters = triadAxes(rotation, triadLength(panel.width)).map(({ letter }) => letter);
  const reach = (values: readonly number[]): number =>
    inset + Math.max(0, ...values) + LETTER_REACH;
  return { width: reach(letters.map(([x]) => x)), height: reach(letters.map(([, y]) => -y)) };
}

/** Corner at the bottom right that the scale bar needs, CSS px. */
export function scaleBarRoom(panel: PixelSize): PixelSize {
  return { width: BAR_INSET + longestBar(panel.width / 3), height: BAR_INSET + 15 };
}

/** Axes of the structure, bottom left, the nearest drawn last. */
export function drawTriad(
  context: Context,
  rect: CssRect,
  camera: CameraState,
  theme: SceneTheme,
): void {
  const originX = rect.left + triadInset(rect.width);
  const originY = rect.top + rect.height - triadInset(rect.width);
  const axes = [...triadAxes(camera.rotation, triadLength(rect.width))].sort(
    (a, b) => a.depth - b.depth,
  );
  context.save();
  setGlow(context, theme);
  context.strokeStyle = theme.foreground;
  context.fillStyle = theme.foreground;
  context.lineWidth = 1.25;
  context.lineCap = "round";
  context.font = `500 11px ${CANVAS_FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { name, tip, letter } of axes) {
    context.beginPath();
    context.moveTo(originX, originY);
    context.lineTo(originX + tip[0], originY + tip[1]);
    context.stroke();
    context.fillText(name, originX + letter[0], originY + letter[1]);
  }
  context.restore();
}

/** Scale bar with its length, bottom right. */
export function drawScaleBar(
  context: Context,
  rect: CssRect,
  camera: CameraState,
  theme: SceneTheme,
): void {
  const bar = scaleBarFor(camera.scale, rect.width / 3);
  const right = Math.round(rect.left + rect.width - BAR_INSET) - 0.5;
  const bottom = Math.round(rect.top + rect.height - BAR_INSET + BAR_TICK) - 0.5;
  const left = right - bar.pixels;
  context.save();
  setGlow(context, theme);
  context.strokeStyle = theme.foreground;
  context.fillStyle = theme.foreground;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, bottom - BAR_TICK);
  context.lineTo(left, bottom);
  context.lineTo(right, bottom);
  context.lineTo(right, bottom - BAR_TICK);
  context.stroke();
  context.font = `500 11px ${CANVAS_FONT}`;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillText(bar.label, (left + right) / 2, bottom - BAR_TICK - 3);
  context.restore();
}

const RING_MIN_RADIUS = 5;

/** White ring in a dark casing: seen on every colour. */
export function drawRing(context: Context, x: number, y: number, radius: number): void {
  const ring = Math.max(RING_MIN_RADIUS, radius + 0.5);
  context.save();
  context.beginPath();
  context.arc(x, y, ring, 0, 2 * Math.PI);
  context.strokeStyle = "rgba(0, 0, 0, 0.75)";
  context.lineWidth = 3.5;
  context.stroke();
  context.strokeStyle = "#ffffff";
  context.lineWidth = 1.5;
  context.stroke();
  context.restore();
}

/** Outline of a lasso, in the coordinates the lasso was drawn in. */
export function drawLasso(
  context: CanvasRenderingContext2D,
  lasso: LassoPath,
  theme: SceneTheme,
): void {
  context.save();
  traceLasso(context, lasso);
  context.globalAlpha = 0.12;
  context.fillStyle = theme.accent;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.strokeStyle = theme.accent;
  context.stroke();
  context.restore();
}

/** Gives a canvas the pixels of its size on screen, clears it and returns a context in CSS px. */
export function prepareCanvas(
  canvas: HTMLCanvasElement,
  size: PixelSize,
): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio;
  const width = Math.max(1, Math.round(size.width * ratio));
  const height = Math.max(1, Math.round(size.height * ratio));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, size.width, size.height);
  return context;
}
