/** What an exported file will hold, in words. Pure. */
import type { FigureFormat } from "../../../src/contract/figures.ts";
import { formatCount, formatPlural } from "../../components/formatNumber.ts";
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

/** E.g. `3.8 MB`, `60 kB`. */
function megabytes(bytes: number): string {
  return bytes < 95_000
    ? `${formatCount(Math.ceil(bytes / 10_000) * 10)} kB`
    : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** What is in the files, and about how large they become. */
export function exportSummary(
  { page, requests }: ComposedFigure,
  formats: readonly [FigureFormat, ...FigureFormat[]],
  dotsPerInch: number,
): ExportSummary {
  const parts = formats.map((format) => partOf({ page, requests }, format, dotsPerInch));
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const others = formats.slice(1).map((format) => `, ${format.toUpperCase()} beside it`);
  const size = `${String(page.width)} × ${String(page.height)} mm`;
  return {
    content: `${parts[0]?.content ?? ""}${others.join("")}`,
    size: `${size}, about ${megabytes(bytes)}`,
  };
}

function partOf(
  { page, requests }: Pick<ComposedFigure, "page" | "requests">,
  format: FigureFormat,
  dotsPerInch: number,
): { readonly content: string; readonly bytes: number } {
  if (format === "png" || format === "tiff") {
    const { width, height } = pixelBox({ x: 0, y: 0, ...page }, dotsPerInch);
    const bytes = width * height * BYTES.pagePixel;
    const pixels = `${formatCount(width)} × ${formatCount(height)} px`;
    return { content: `One image of ${pixels}`, bytes };
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
      ? ` of ${formatCount(first.width)} × ${formatCount(first.height)} px`
      : "";
  const content =
    boxes.length === 0
      ? "Vector text, axes and points"
      : `Vector text and axes, ${formatPlural(boxes.length, "raster", "rasters")}${each}`;
  return { content, bytes };
}
