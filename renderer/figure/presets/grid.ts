/** Frames in rows and columns. Pure; mm. */
import type { FigureElement, FigureFrame, LegendElement } from "../../../src/project/figure.ts";

/** Rounded to 0.1 mm, as a person would place them. */
export function tenth(millimetres: number): number {
  return Math.round(millimetres * 10) / 10;
}

export function frameAt(x: number, y: number, width: number, height: number): FigureFrame {
  return { x: tenth(x), y: tenth(y), width: tenth(width), height: tenth(height) };
}

/** Equal frames that fill an area, row by row, with a gap between them. */
export function gridFrames(
  area: FigureFrame,
  columns: number,
  rows: number,
  gap: number,
): readonly FigureFrame[] {
  const width = (area.width - gap * (columns - 1)) / columns;
  const height = (area.height - gap * (rows - 1)) / rows;
  return Array.from({ length: columns * rows }, (_, k) => {
    const column = k % columns;
    const row = Math.floor(k / columns);
    return frameAt(area.x + column * (width + gap), area.y + row * (height + gap), width, height);
  });
}

/** (a), (b), …, (z), (aa), … */
export function letterOf(k: number): string {
  const first = k >= 26 ? String.fromCharCode(96 + Math.floor(k / 26)) : "";
  return `(${first}${String.fromCharCode(97 + (k % 26))})`;
}

export function words(
  id: string,
  frame: FigureFrame,
  text: string,
  options: Partial<Extract<FigureElement, { readonly kind: "text" }>> = {},
): FigureElement {
  return { kind: "text", id, frame, text, align: "middle", bold: true, ...options };
}

export function legend(
  coloring: string,
  frame: FigureFrame,
  options: Partial<LegendElement> = {},
): LegendElement {
  return { kind: "legend", id: `legend-${coloring}`, frame, coloring, ...options };
}
