/** Marks over the atoms, drawn the same on screen and in exported pictures. Units: CSS px. */
import type { CameraState } from "./cameraState.ts";
import { rotateVector, type PixelSize } from "./cameraMath.ts";
import { traceLasso, type LassoPath } from "./lassoPath.ts";
import type { SceneTheme } from "./panelSpec.ts";
import { scaleBarFor } from "./scaleBar.ts";
import type { CssRect } from "./viewportRect.ts";

/** Family of all text on canvases; the window bundles Inter. */
export const CANVAS_FONT = '"Inter Variable", Inter, system-ui, sans-serif';

const TRIAD_LENGTH = 16;
const TRIAD_INSET = 26;
const BAR_INSET = 12;
const BAR_TICK = 4;

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A halo of the ground, so that marks stay legible over atoms. */
function setGlow(context: Context, theme: SceneTheme): void {
  context.shadowColor = theme.background;
  context.shadowBlur = 4;
}

/** Axes of the structure, bottom left, the nearest drawn last. */
export function drawTriad(
  context: Context,
  rect: CssRect,
  camera: CameraState,
  theme: SceneTheme,
): void {
  const originX = rect.left + TRIAD_INSET;
  const originY = rect.top + rect.height - TRIAD_INSET;
  const axes = (["x", "y", "z"] as const).map((name, k) => {
    const unit = [k === 0 ? 1 : 0, k === 1 ? 1 : 0, k === 2 ? 1 : 0] as const;
    const [x, y, depth] = rotateVector(camera.rotation, unit);
    return { name, x, y: -y, depth };
  });
  context.save();
  setGlow(context, theme);
  context.strokeStyle = theme.foreground;
  context.fillStyle = theme.foreground;
  context.lineWidth = 1.25;
  context.lineCap = "round";
  context.font = `500 11px ${CANVAS_FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { name, x, y } of axes.sort((a, b) => a.depth - b.depth)) {
    const tipX = originX + x * TRIAD_LENGTH;
    const tipY = originY + y * TRIAD_LENGTH;
    context.beginPath();
    context.moveTo(originX, originY);
    context.lineTo(tipX, tipY);
    context.stroke();
    const length = Math.hypot(x, y);
    // An axis that points at the viewer is labelled beside the origin.
    const [lx, ly] = length > 0.15 ? [x / length, y / length] : [-0.7, 0.7];
    context.fillText(name, tipX + lx * 7, tipY + ly * 7);
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
