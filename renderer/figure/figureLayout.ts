/** Where things lie in an exported picture. Pure; units are layout px, which the export enlarges. */
import type { CssRect } from "../scene/viewportRect.ts";

/** A place for one panel. */
export interface FigureCell {
  readonly title: CssRect;
  readonly body: CssRect;
}

/** The whole picture. */
export interface FigureLayout {
  /** Pixels of the picture per layout px. */
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
  readonly cells: readonly FigureCell[];
  readonly legend: CssRect | null;
}

/** What is to be laid out. */
export interface FigureRequest {
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
  readonly nPanels: number;
  readonly columns: number;
  readonly hasTitles: boolean;
  readonly hasLegend: boolean;
}

/** Size at which a panel looks as on screen. */
const PANEL_WIDTH = 300;
const PANEL_HEIGHT = 290;
const TITLE_HEIGHT = 28;
const LEGEND_WIDTH = 112;
/** Text is never made smaller than on screen in pictures at least this large, px. */
const MIN_ZOOM = 0.75;

/** Panels row by row, the legend in a column at the right. */
export function layoutFigure(request: FigureRequest): FigureLayout {
  const columns = Math.max(1, Math.min(request.columns, request.nPanels));
  const rows = Math.max(1, Math.ceil(request.nPanels / columns));
  const legendWidth = request.hasLegend ? LEGEND_WIDTH : 0;
  const wanted = Math.min(
    request.width / (columns * PANEL_WIDTH + legendWidth),
    request.height / (rows * PANEL_HEIGHT),
  );
  const zoom = Math.max(MIN_ZOOM, wanted);
  const width = request.width / zoom;
  const height = request.height / zoom;
  const cellWidth = (width - legendWidth) / columns;
  const cellHeight = height / rows;
  const titleHeight = request.hasTitles ? TITLE_HEIGHT : 0;
  const cells = Array.from({ length: request.nPanels }, (_, k): FigureCell => {
    const left = (k % columns) * cellWidth;
    const top = Math.floor(k / columns) * cellHeight;
    const body = { left, top: top + titleHeight, width: cellWidth };
    return {
      title: { left, top, width: cellWidth, height: titleHeight },
      body: { ...body, height: cellHeight - titleHeight },
    };
  });
  const legend = request.hasLegend
    ? { left: width - legendWidth, top: 0, width: legendWidth, height }
    : null;
  return { zoom, width, height, cells, legend };
}

/** Pixels of a rectangle in the picture, edges rounded apart. */
export function pixelRect(rect: CssRect, zoom: number): CssRect {
  const left = Math.round(rect.left * zoom);
  const top = Math.round(rect.top * zoom);
  return {
    left,
    top,
    width: Math.round((rect.left + rect.width) * zoom) - left,
    height: Math.round((rect.top + rect.height) * zoom) - top,
  };
}
