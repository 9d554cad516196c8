/** One picture of all panels with titles, legend and scale bars, at a chosen size in pixels. */
import { StudioError } from "../../src/errors.ts";
import type { LegendModel } from "../color/legendModel.ts";
import { drawMapFrame, rasterMap, type MapPicture } from "../mapView/mapDrawing.ts";
import { fitBox, plotAreaOf } from "../mapView/mapTransform.ts";
import type { DataBox } from "../mapView/mapSpec.ts";
import { createCameraStore } from "../scene/cameraState.ts";
import type { PixelSize } from "../scene/cameraMath.ts";
import { CANVAS_FONT, drawScaleBar, drawTriad } from "../scene/overlayDrawing.ts";
import type { PanelSpec, SceneTheme } from "../scene/panelSpec.ts";
import type { CssRect } from "../scene/viewportRect.ts";
import { drawLegend, type LegendInk } from "./drawLegend.ts";
import { layoutFigure, pixelRect, type FigureCell } from "./figureLayout.ts";
import { annotatePng } from "./pngChunks.ts";
import { OffscreenAtoms } from "./renderAtoms.ts";

/** A structure in the picture, seen as on screen. */
export interface FigureStructure {
  readonly kind: "structure";
  readonly title: string;
  /** At the right of the title, e.g. `mean +2.33 %`; may be empty. */
  readonly subtitle: string;
  readonly panel: Omit<PanelSpec, "element">;
  /** CSS px of the panel on screen: all that was in view stays in view. */
  readonly viewSize: PixelSize;
}

/** A map in the picture. Its plot area is opaque even in a transparent picture. */
export interface FigureMap {
  readonly kind: "map";
  readonly title: string;
  readonly subtitle: string;
  readonly picture: Omit<MapPicture, "theme" | "plot" | "transform"> & {
    /** Data in view. */
    readonly box: DataBox;
  };
}

/** What to export. */
export interface FigureOptions {
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
  /** Written into the file, so that 300 makes a 2400 px wide picture 8 inches wide. */
  readonly dotsPerInch: number;
  readonly background: "white" | "dark" | "transparent";
  readonly columns: number;
  readonly panels: readonly (FigureStructure | FigureMap)[];
  readonly legend: LegendModel | null;
  /** Below the first. */
  readonly moreLegends?: readonly LegendModel[];
  /** Stored in the file, e.g. `Description`. */
  readonly texts: Readonly<Record<string, string>>;
}

interface FigureInk extends LegendInk {
  readonly scene: SceneTheme;
  readonly grid: string;
}

const LIGHT_INK: FigureInk = {
  scene: {
    background: "#ffffff",
    line: "#dcdfe3",
    foreground: "#454c55",
    accent: "#1a5fd0",
    lineWidth: 1,
  },
  grid: "#dcdfe3",
  strong: "#15181c",
  normal: "#454c55",
  weak: "#606873",
};

const DARK_INK: FigureInk = {
  scene: {
    background: "#0f1114",
    line: "#2a2e34",
    foreground: "#aeb4bd",
    accent: "#6ea8fe",
    lineWidth: 1,
  },
  grid: "#2a2e34",
  strong: "#e6e8eb",
  normal: "#aeb4bd",
  weak: "#8b939e",
};

const LARGEST_SIDE = 16384;
/** Above this many px a picture is drawn without oversampling: its pixels are fine enough. */
const OVERSAMPLED_UP_TO = 12e6;

/**
 * Draws the picture in a context of its own and returns the bytes of a PNG file.
 * @throws StudioError when a side is not between 16 and 16,384 px
 */
export async function composeImage(options: FigureOptions): Promise<Uint8Array> {
  for (const [name, side] of [
    ["width", options.width],
    ["height", options.height],
  ] as const) {
    if (!Number.isInteger(side) || side < 16 || side > LARGEST_SIDE) throw sizeError(name, side);
  }
  const canvas = new OffscreenCanvas(options.width, options.height);
  const context = canvas.getContext("2d");
  if (context === null) throw sizeError("width", options.width);
  const ink = options.background === "dark" ? DARK_INK : LIGHT_INK;
  if (options.background !== "transparent") {
    context.fillStyle = ink.scene.background;
    context.fillRect(0, 0, options.width, options.height);
  }
  await drawFigure(context, options, ink);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  const png = new Uint8Array(await blob.arrayBuffer());
  return annotatePng(png, options.dotsPerInch, options.texts);
}

function sizeError(name: string, side: number): StudioError {
  return new StudioError(
    "INVALID_PARAMETER",
    `The ${name} of the picture is ${String(side)} px; it must be a whole number of pixels.`,
    { remedy: `Choose a size from 16 to ${String(LARGEST_SIDE)} px.` },
  );
}

async function drawFigure(
  context: OffscreenCanvasRenderingContext2D,
  options: FigureOptions,
  ink: FigureInk,
): Promise<void> {
  const layout = layoutFigure({
    width: options.width,
    height: options.height,
    nPanels: options.panels.length,
    columns: options.columns,
    hasTitles: options.panels.some(({ title, subtitle }) => title !== "" || subtitle !== ""),
    hasLegend: options.legend !== null,
  });
  const structures = options.panels.filter((one) => one.kind === "structure");
  const specs = structures.map((one, k) =>
    exportSpec(one, layout.cells[options.panels.indexOf(one)], k),
  );
  const atoms = specs.length > 0 ? new OffscreenAtoms(specs) : null;
  try {
    for (const [k, panel] of options.panels.entries()) {
      const cell = layout.cells[k];
      if (cell === undefined) continue;
      drawTitle(context, cell.title, panel, ink, layout.zoom);
      if (panel.kind === "map") {
        drawMap(context, cell.body, panel, ink, layout.zoom);
      } else if (atoms !== null) {
        const index = structures.indexOf(panel);
        const spec = specs[index];
        if (spec !== undefined)
          drawStructure(context, cell, spec, atoms, index, options, ink, layout.zoom);
      }
      // The window stays responsive between panels.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  } finally {
    atoms?.dispose();
  }
  if (layout.legend !== null && options.legend !== null) {
    context.setTransform(layout.zoom, 0, 0, layout.zoom, 0, 0);
    const legends = [options.legend, ...(options.moreLegends ?? [])];
    const height = layout.legend.height / legends.length;
    for (const [k, legend] of legends.entries()) {
      const rect = { ...layout.legend, top: layout.legend.top + k * height, height };
      drawLegend(context, rect, legend, ink, layout.zoom);
    }
  }
}

/** The panel with its camera drawn back or forward so that the same part is in view. */
function exportSpec(one: FigureStructure, cell: FigureCell | undefined, k: number): PanelSpec {
  const camera = one.panel.camera.getState();
  const { viewSize } = one;
  const fit =
    cell === undefined
      ? 1
      : Math.max(viewSize.width / cell.body.width, viewSize.height / cell.body.height);
  return {
    ...one.panel,
    id: String(k),
    element: null,
    camera: createCameraStore({ ...camera, scale: camera.scale * fit }),
  };
}

function drawStructure(
  context: OffscreenCanvasRenderingContext2D,
  cell: FigureCell,
  spec: PanelSpec,
  atoms: OffscreenAtoms,
  index: number,
  options: FigureOptions,
  ink: FigureInk,
  zoom: number,
): void {
  const pixels = pixelRect(cell.body, zoom);
  const oversampling = options.width * options.height <= OVERSAMPLED_UP_TO ? 2 : 1;
  const background = options.background === "transparent" ? null : ink.scene.background;
  const image = atoms.draw(index, cell.body, pixels, ink.scene, background, oversampling);
  context.putImageData(image, pixels.left, pixels.top);
  context.setTransform(zoom, 0, 0, zoom, 0, 0);
  const camera = spec.camera.getState();
  if (spec.showAxes) drawTriad(context, cell.body, camera, ink.scene);
  if (spec.showScaleBar) drawScaleBar(context, cell.body, camera, ink.scene);
}

function drawTitle(
  context: OffscreenCanvasRenderingContext2D,
  rect: CssRect,
  { title, subtitle }: Pick<FigureStructure, "title" | "subtitle">,
  ink: FigureInk,
  zoom: number,
): void {
  if (rect.height === 0) return;
  context.setTransform(zoom, 0, 0, zoom, 0, 0);
  context.textBaseline = "middle";
  const y = rect.top + rect.height / 2;
  context.font = `500 11px ${CANVAS_FONT}`;
  context.fillStyle = ink.normal;
  context.textAlign = "right";
  context.fillText(subtitle, rect.left + rect.width - 8, y);
  const room = rect.width - 24 - context.measureText(subtitle).width;
  context.font = `550 13px ${CANVAS_FONT}`;
  context.fillStyle = ink.strong;
  context.textAlign = "left";
  context.fillText(title, rect.left + 8, y, Math.max(20, room));
}

function drawMap(
  context: OffscreenCanvasRenderingContext2D,
  rect: CssRect,
  map: FigureMap,
  ink: FigureInk,
  zoom: number,
): void {
  const inner = plotAreaOf(rect.width, rect.height);
  const plot = { ...inner, left: inner.left + rect.left, top: inner.top + rect.top };
  const theme = { ...ink.scene, grid: ink.grid, muted: ink.weak };
  const picture: MapPicture = {
    ...map.picture,
    theme,
    plot,
    transform: fitBox(map.picture.box, plot, 0),
  };
  const raster = rasterMap(picture, zoom);
  const image = new ImageData(raster.pixels, raster.width, raster.height);
  const left = Math.round(plot.left * zoom);
  context.putImageData(image, left, Math.round(plot.top * zoom));
  context.setTransform(zoom, 0, 0, zoom, 0, 0);
  drawMapFrame(context, picture, raster.fullDensity);
}
