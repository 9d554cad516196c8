/**
 * A picture of the window as a figure that is not kept: laid out, drawn and signed as figures are, but
 * with the values, selection and view that are on screen. Its letters are as large beside the panels as
 * on screen whatever its pixels, so the page it is laid out on is not the paper its resolution speaks of.
 */
import { RESOLUTION_LIMITS } from "../../../src/contract/figures.ts";
import { StudioError } from "../../../src/errors.ts";
import type { FigureCamera, FigureDefinition } from "../../../src/project/figure.ts";
import type { LegendModel } from "../../color/legendModel.ts";
import type { FigureContent, PanelContent } from "../../figure/compose/content.ts";
import { headerHeight } from "../../figure/compose/headers.ts";
import { STYLE_DEFAULTS } from "../../figure/compose/look.ts";
import { exportFigure } from "../../figure/export/exportFigure.ts";
import { loadTypefaces } from "../../figure/export/loadTypefaces.ts";
import { LARGEST_SIDE } from "../../figure/page/pagePainter.ts";
import type { FigureSource } from "../../figure/resolve/source.ts";
import type { PictureOptions } from "../../state/display/picture.ts";
import type { Studio } from "../../state/studio.ts";
import {
  layOutGrid,
  naturalWidth,
  type GridCell,
  type GridPicture,
  type LaidGrid,
} from "../edits/figureFromGrid.ts";
import type { StructureOnScreen } from "./windowPanels.ts";

/** What is on screen. */
export interface WindowPicture {
  /** What is coloured by. */
  readonly title: string;
  readonly grid: GridPicture;
  readonly source: FigureSource;
  readonly structures: ReadonlyMap<GridCell, StructureOnScreen>;
  readonly maps: ReadonlyMap<GridCell, PanelContent>;
  /** By the names of the grid's colourings. */
  readonly legends: ReadonlyMap<string, LegendModel>;
}

/** Smaller pictures have no room for letters, px. */
const LEAST_SIDE = 100;
/** Up to so many px a picture is drawn finer than it is, as it is looked at pixel by pixel. */
const OVERSAMPLED_UP_TO = 12e6;
/** px: software renderers are reset when one tile of a large structure takes too long. */
const TILE_SIDE = 1024;
const MM_PER_INCH = 25.4;

function requireSide(name: "width" | "height", side: number): void {
  if (Number.isInteger(side) && side >= LEAST_SIDE && side <= LARGEST_SIDE) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    `The ${name} of the picture is ${String(side)} px; it must be a whole number of pixels.`,
    { remedy: `Choose a size from ${String(LEAST_SIDE)} to ${String(LARGEST_SIDE)} px.` },
  );
}

/** mm of the page that a picture is laid out on: as is natural, within what can be drawn. */
function pageWidth(grid: GridPicture, width: number): number {
  const { min, max } = RESOLUTION_LIMITS;
  const least = (width / max) * MM_PER_INCH;
  const most = (width / min) * MM_PER_INCH;
  return Math.min(most, Math.max(least, naturalWidth(grid)));
}

/** Å per mm for each camera, so that all that is in view on screen is in view on the page. */
function scalesOf(
  { figure, cells }: LaidGrid,
  structures: WindowPicture["structures"],
): ReadonlyMap<string, number> {
  const scales = new Map<string, number>();
  for (const element of figure.elements) {
    const cell = cells.get(element.id);
    const shown = cell === undefined ? undefined : structures.get(cell);
    if (element.kind !== "structure" || cell === undefined || shown === undefined) continue;
    const { frame } = element;
    const height = frame.height - headerHeight(element, shown.mean !== "", STYLE_DEFAULTS);
    const { camera, size } = shown;
    const own = camera.scale * Math.max(size.width / frame.width, size.height / height);
    scales.set(cell.camera, Math.max(scales.get(cell.camera) ?? 0, own));
  }
  return scales;
}

/** The cameras of the figure as they stand on screen. */
function withCameras(
  { figure, cells }: LaidGrid,
  structures: WindowPicture["structures"],
  scales: ReadonlyMap<string, number>,
): FigureDefinition {
  const cameras: Record<string, FigureCamera> = { ...figure.cameras };
  for (const cell of cells.values()) {
    const { rotation, target } = structures.get(cell)?.camera ?? {};
    const known = cameras[cell.camera];
    if (known === undefined || rotation === undefined || target === undefined) continue;
    cameras[cell.camera] = { ...known, rotation, target, scale: scales.get(cell.camera) };
  }
  return { ...figure, cameras };
}

function contentOf(
  laid: LaidGrid,
  { structures, maps, legends, source }: WindowPicture,
  scales: ReadonlyMap<string, number>,
): FigureContent {
  const panels = new Map<string, PanelContent>();
  for (const element of laid.figure.elements) {
    const cell = laid.cells.get(element.id);
    if (cell === undefined) continue;
    const map = maps.get(cell);
    const shown = structures.get(cell);
    if (element.kind === "map" && map !== undefined) panels.set(element.id, map);
    if (element.kind !== "structure" || shown === undefined) continue;
    const { camera, label, mean, valueName, place, panel } = shown;
    panels.set(element.id, {
      kind: "structure",
      label,
      mean,
      valueName,
      place,
      panel,
      rotation: camera.rotation,
      target: camera.target,
      scale: scales.get(cell.camera) ?? camera.scale,
      values: null,
      columnName: "",
    });
  }
  return { panels, legends, variants: (source.document.variants ?? []).map(({ name }) => name) };
}

/**
 * Draws what is on screen, in a context of its own.
 * @returns the bytes of a PNG file
 * @throws StudioError `INVALID_PARAMETER` when a side is not between 100 and 16,384 px, and what
 * drawing figures throws
 */
export async function drawPicture(
  studio: Pick<Studio, "bridge">,
  picture: WindowPicture,
  { width, height, dotsPerInch, background, withLegend }: PictureOptions,
): Promise<Uint8Array> {
  requireSide("width", width);
  requireSide("height", height);
  const grid: GridPicture = withLegend ? picture.grid : { ...picture.grid, legends: "none" };
  const page = pageWidth(grid, width);
  const perMm = width / page;
  const laid = layOutGrid(picture.title, grid, { width: page, height: height / perMm, background });
  const scales = scalesOf(laid, picture.structures);
  const { files } = await exportFigure({
    figure: withCameras(laid, picture.structures, scales),
    source: picture.source,
    content: contentOf(laid, picture, scales),
    typefaces: await loadTypefaces(),
    about: await studio.bridge.about(),
    formats: ["png"],
    dotsPerInch: perMm * MM_PER_INCH,
    statedDotsPerInch: dotsPerInch,
    tileSide: TILE_SIDE,
    oversampling: width * height <= OVERSAMPLED_UP_TO ? 2 : 1,
  });
  const [file] = files;
  if (file === undefined) throw new StudioError("INTERNAL", "nothing was drawn");
  return file.bytes;
}
