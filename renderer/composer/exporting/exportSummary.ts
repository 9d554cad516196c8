/** What an exported file will hold, in words. Pure. */
import type { FigureFormat } from "../../../src/contract/figures.ts";
import type { ComposedFigure } from "../../figure/compose/composeFigure.ts";
import { leavesOf, pixelBox } from "../../figure/page/displayList.ts";

/** Two lines under the formats. */
export interface ExportSummary {
  readonly content: string;
  readonly size: string;
}

/**
 * Bytes of a pixel after compression: the six panels of the carbon films coloured by enhancement take
 * 0.57 as images of a PDF and 0.35 as one PNG at 600 dpi. A guide, as colours differ; letters and axes
 * beside it.
 */
const BYTES = {
  vectorPixel: 0.6,
  pagePixel: 0.35,
  base64: 4 / 3,
  words: 60_000,
  item: 40,
} as const;

const COUNT = new Intl.NumberFormat("en-GB");

/** E.g. `3.8 MB`, `60 kB`. */
export function megabytes(bytes: number): string {
  return bytes < 95_000
    ? `${COUNT.format(Math.ceil(bytes / 10_000) * 10)} kB`
    : `${(bytes / 1e6).toFixed(1)} MB`;
}

function plural(count: number, one: string, many: string): string {
  return `${COUNT.format(count)} ${count === 1 ? one : many}`;
}

/** What is in the file, and about how large it becomes. */
export function exportSummary(
  { page, requests }: ComposedFigure,
  format: FigureFormat,
  dotsPerInch: number,
): ExportSummary {
  const size = `${String(page.width)} × ${String(page.height)} mm`;
  if (format === "png" || format === "tiff") {
    const { width, height } = pixelBox({ x: 0, y: 0, ...page }, dotsPerInch);
    const bytes = width * height * BYTES.pagePixel;
    const pixels = `${COUNT.format(width)} × ${COUNT.format(height)} px`;
    return { content: `One image of ${pixels}`, size: `${size}, about ${megabytes(bytes)}` };
  }
  const boxes = requests.map(({ rect }) => pixelBox(rect, dotsPerInch));
  const pixels = boxes.reduce((sum, { width, height }) => sum + width * height, 0);
  let nMarks = 0;
  for (const item of leavesOf(page.items)) {
    nMarks += item.kind === "circles" ? item.colors.length : 1;
  }
  const rasters = pixels * BYTES.vectorPixel * (format === "svg" ? BYTES.base64 : 1);
  const bytes = rasters + BYTES.words + nMarks * BYTES.item;
  const [first] = boxes;
  const areAlike = boxes.every(
    ({ width, height }) => width === first?.width && height === first.height,
  );
  const each =
    first !== undefined && areAlike
      ? ` of ${COUNT.format(first.width)} × ${COUNT.format(first.height)} px`
      : "";
  const content =
    boxes.length === 0
      ? "Vector text, axes and points"
      : `Vector text and axes, ${plural(boxes.length, "raster", "rasters")}${each}`;
  return { content, size: `${size}, about ${megabytes(bytes)}` };
}
