/** Rectangles of panels inside the one canvas. */

/** A rectangle in CSS px, y down. */
export interface CssRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The part of a panel that the canvas shows, in whole device px with y up, as WebGL wants it. */
export interface ViewportRect {
  /** Of the whole panel; may reach beyond the canvas. */
  readonly viewport: readonly [number, number, number, number];
  /** Of the part inside the canvas. */
  readonly scissor: readonly [number, number, number, number];
}

/**
 * Device rectangle of a panel, or null when nothing of it is inside the canvas. Edges are rounded
 * apart, so that panels that touch in CSS touch in pixels.
 */
export function viewportOf(panel: CssRect, canvas: CssRect, ratio: number): ViewportRect | null {
  const edge = (value: number): number => Math.round(value * ratio);
  const left = edge(panel.left - canvas.left);
  const right = edge(panel.left + panel.width - canvas.left);
  const top = edge(panel.top - canvas.top);
  const bottom = edge(panel.top + panel.height - canvas.top);
  const height = edge(canvas.height);
  const x0 = Math.max(0, left);
  const x1 = Math.min(edge(canvas.width), right);
  const y0 = Math.max(0, top);
  const y1 = Math.min(height, bottom);
  if (x1 <= x0 || y1 <= y0) return null;
  return {
    viewport: [left, height - bottom, right - left, bottom - top],
    scissor: [x0, height - y1, x1 - x0, y1 - y0],
  };
}
