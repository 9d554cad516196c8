/** Pixels of the images of a page: 3-D panels drawn in tiles, and plots of many points. */
import { TILE_LIMITS } from "../../../src/contract/figures.ts";
import { StudioError } from "../../../src/errors.ts";
import type { RasterRequest } from "../compose/composeFigure.ts";
import { inkOf } from "../compose/look.ts";
import { pixelBox, type PageRaster, type Rasters } from "../page/displayList.ts";
import { rasterPoints } from "../page/densityPixels.ts";
import { OffscreenAtoms } from "../renderAtoms.ts";
import { createCameraStore } from "../../scene/cameraState.ts";
import type { PanelSpec, SceneTheme } from "../../scene/panelSpec.ts";

/** How images are drawn. */
export interface RasterOptions {
  readonly dotsPerInch: number;
  /** `#rrggbb`, or null for nothing behind the atoms. */
  readonly background: string | null;
  /** Pixels drawn for each, along both sides; default: enough for the resolution. */
  readonly oversampling?: number | undefined;
  /** Side of the tiles in which structures are drawn, px; default `TILE_LIMITS.default`. */
  readonly tileSide?: number | undefined;
  /** Before each image: how many are done, of how many. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Layout px in a mm: the size at which lines of the cell have their width. */
const LAYOUT_PIXELS = 96 / 25.4;
/** Below this, edges are smoothed by drawing four pixels for one. */
const FINE_ENOUGH = 450;

/**
 * Structures on a page, whatever the theme of the window.
 * @param background - of the page; null: transparent, for which light paper is taken
 */
export function pageTheme(background: string | null): SceneTheme {
  const light = inkOf({});
  const dark = inkOf({ background: "dark" });
  return {
    background: background ?? light.ground,
    line: "#8b939e",
    foreground: "#454c55",
    accent: (background === dark.ground ? dark : light).accent,
    // Half a point.
    lineWidth: 2 / 3,
  };
}

type StructureRequest = Extract<RasterRequest, { readonly kind: "structure" }>;

function specOf({ content, name }: StructureRequest): PanelSpec {
  const { rotation, target, scale } = content;
  const camera = createCameraStore({ rotation, target, scale: scale / LAYOUT_PIXELS });
  return { ...content.panel, id: name, element: null, camera };
}

/**
 * Draws every image of a page. The window stays responsive between images.
 * @throws StudioError `CANCELLED` once the signal is given
 */
export async function drawRasters(
  requests: readonly RasterRequest[],
  options: RasterOptions,
): Promise<Rasters> {
  const structures = requests.filter((one) => one.kind === "structure");
  const specs = structures.map(specOf);
  const atoms = specs.length > 0 ? new OffscreenAtoms(specs) : null;
  const rasters = new Map<string, PageRaster>();
  try {
    for (const [done, request] of requests.entries()) {
      options.onProgress?.(done, requests.length);
      await nextTurn();
      if (options.signal?.aborted === true)
        throw new StudioError("CANCELLED", "The export was cancelled.");
      const { width, height } = pixelBox(request.rect, options.dotsPerInch);
      if (request.kind === "circles") {
        rasters.set(request.name, rasterPoints(request, { width, height }));
        continue;
      }
      const size = {
        width: request.rect.width * LAYOUT_PIXELS,
        height: request.rect.height * LAYOUT_PIXELS,
      };
      const oversampling = options.oversampling ?? (options.dotsPerInch < FINE_ENOUGH ? 2 : 1);
      const index = structures.indexOf(request);
      const image = await atoms?.drawSlowly(
        index,
        size,
        { width, height },
        {
          theme: pageTheme(options.background),
          background: options.background,
          oversampling,
          tileSide: options.tileSide ?? TILE_LIMITS.default,
          signal: options.signal,
        },
      );
      if (image !== undefined) rasters.set(request.name, { width, height, pixels: image.data });
    }
    options.onProgress?.(requests.length, requests.length);
    return rasters;
  } finally {
    atoms?.dispose();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
