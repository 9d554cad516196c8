/** Files of a figure: the one way from definition to bytes, for the window and the command line. */
import type { AtomSubset } from "../../../src/contract/atomSubset.ts";
import type { AboutInfo } from "../../../src/contract/api.ts";
import {
  RESOLUTION_LIMITS,
  type FigureFile,
  type FigureFormat,
} from "../../../src/contract/figures.ts";
import { StudioError } from "../../../src/errors.ts";
import type { FigureDefinition } from "../../../src/project/figure.ts";
import { composeFigure } from "../compose/composeFigure.ts";
import type { FigureContent } from "../compose/content.ts";
import { pixelBox, type PageRaster, type Rasters } from "../page/displayList.ts";
import { pagePixels, paintPage, requireImagePixels } from "../page/pagePainter.ts";
import { writePdf } from "../page/pdfWriter.ts";
import { encodePng } from "../page/pngWriter.ts";
import { writeSvg } from "../page/svgWriter.ts";
import { encodeTiff } from "../page/tiffWriter.ts";
import type { Typefaces } from "../page/typefaces.ts";
import { resolveFigure } from "../resolve/resolveFigure.ts";
import type { FigureSource } from "../resolve/source.ts";
import { drawRasters } from "./drawRasters.ts";
import { figureCsv } from "./figureCsv.ts";
import { figureStructures } from "./figureStructures.ts";
import { provenanceOf, type Provenance } from "./provenance.ts";

/** What is to be written. */
export interface FigureExport {
  readonly figure: FigureDefinition;
  readonly source: FigureSource;
  /** What its elements show; default: what the source says. */
  readonly content?: FigureContent | undefined;
  readonly typefaces: Typefaces;
  readonly about: Pick<AboutInfo, "version" | "electron" | "citation">;
  readonly formats: readonly FigureFormat[];
  readonly dotsPerInch: number;
  /** What PNG and TIFF say it is, for pictures that are asked for in pixels; default as drawn. */
  readonly statedDotsPerInch?: number | undefined;
  /** Pixels drawn for each of a 3-D panel, along both sides; default as the resolution needs. */
  readonly oversampling?: number | undefined;
  /** Side of the tiles in which structures are drawn, px. */
  readonly tileSide?: number | undefined;
  /** Whether the files say how they were made; default true. */
  readonly provenance?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Plain words, and 0…1. */
  readonly onProgress?: ((stage: string, fraction: number) => void) | undefined;
}

/** Files of a figure and what is to be said about them. */
export interface ExportedFigure {
  readonly files: readonly FigureFile[];
  /** The plotted numbers as a table. */
  readonly csv: string;
  /** The structures of its 3-D panels; the engine makes a file of them. */
  readonly structures: readonly AtomSubset[];
  readonly remarks: readonly string[];
  readonly warnings: readonly string[];
}

/** Part of the time that drawing images takes. */
const IMAGES_PART = 0.8;

/**
 * Draws a figure and writes it in every format asked for; images are drawn once for all of them.
 * @throws StudioError `CANCELLED`; `INVALID_PROJECT` for references that do not exist;
 * `INVALID_PARAMETER` for a resolution or size out of range
 */
export async function exportFigure(request: FigureExport): Promise<ExportedFigure> {
  const { figure, source, typefaces, formats, dotsPerInch, signal, onProgress } = request;
  const { min, max } = RESOLUTION_LIMITS;
  if (!(dotsPerInch >= min && dotsPerInch <= max)) {
    throw new StudioError("INVALID_PARAMETER", `The resolution is ${String(dotsPerInch)} dpi.`, {
      remedy: `Choose ${String(min)} to ${String(max)} dpi.`,
    });
  }
  if (formats.some((format) => format === "png" || format === "tiff"))
    pagePixels(figure.page, dotsPerInch);
  const content = request.content ?? resolveFigure(source, figure);
  const composed = composeFigure(figure, content, typefaces);
  requireImagePixels(
    composed.requests.map(({ rect }) => pixelBox(rect, dotsPerInch)),
    dotsPerInch,
  );
  const rasters = await drawRasters(composed.requests, {
    dotsPerInch,
    background: composed.page.background,
    oversampling: request.oversampling,
    tileSide: request.tileSide,
    signal,
    onProgress: (done, all) => {
      onProgress?.(
        `Drawing panel ${String(Math.min(done + 1, all))} of ${String(all)}`,
        (IMAGES_PART * done) / Math.max(1, all),
      );
    },
  });
  const provenance = {
    ...(request.provenance === false ? {} : await provenanceOf(source, figure, request.about)),
    ...(composed.remarks.length === 0 ? {} : { Remarks: composed.remarks.join(" ") }),
  };
  const writer = new FigureWriter(request, composed.page, rasters, provenance);
  const files: FigureFile[] = [];
  for (const [k, format] of formats.entries()) {
    if (signal?.aborted === true) throw new StudioError("CANCELLED", "The export was cancelled.");
    onProgress?.(
      `Writing ${format.toUpperCase()}`,
      IMAGES_PART + ((1 - IMAGES_PART) * k) / formats.length,
    );
    await new Promise((resolve) => setTimeout(resolve, 0));
    files.push({ format, bytes: await writer.write(format) });
  }
  onProgress?.("Written", 1);
  const { remarks, warnings } = composed;
  return {
    files,
    csv: figureCsv(figure, content),
    structures: figureStructures(figure, content),
    remarks,
    warnings,
  };
}

class FigureWriter {
  private readonly request: FigureExport;
  private readonly page: ReturnType<typeof composeFigure>["page"];
  private readonly rasters: Rasters;
  private readonly texts: Provenance;
  private painted: PageRaster | null = null;

  constructor(
    request: FigureExport,
    page: FigureWriter["page"],
    rasters: Rasters,
    texts: Provenance,
  ) {
    this.request = request;
    this.page = page;
    this.rasters = rasters;
    this.texts = texts;
  }

  async write(format: FigureFormat): Promise<Uint8Array> {
    const { page, rasters, texts } = this;
    const { typefaces, about, figure } = this.request;
    const dotsPerInch = this.request.statedDotsPerInch ?? this.request.dotsPerInch;
    const creator = `LPR Studio ${about.version}`;
    switch (format) {
      case "svg":
        return new TextEncoder().encode(writeSvg(page, { typefaces, rasters, texts }));
      case "pdf":
        return writePdf(page, {
          typefaces,
          rasters,
          creator,
          subject: figure.caption ?? "",
          texts,
        });
      case "png":
        return encodePng(this.pixels(), { dotsPerInch, texts: { Title: figure.name, ...texts } });
      case "tiff":
        return encodeTiff(this.pixels(), {
          dotsPerInch,
          software: creator,
          description: JSON.stringify({ Title: figure.name, ...texts }),
        });
    }
  }

  /** One painting for PNG and TIFF. */
  private pixels(): PageRaster {
    const { typefaces, dotsPerInch } = this.request;
    this.painted ??= paintPage(this.page, { typefaces, rasters: this.rasters, dotsPerInch });
    return this.painted;
  }
}
