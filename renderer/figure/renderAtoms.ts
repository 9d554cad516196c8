/** Atoms of one panel as pixels, at any size: drawn in tiles, each with MSAA and supersampling. */
import { StudioError } from "../../src/errors.ts";
import { TILE_LIMITS } from "../../src/contract/figures.ts";
import { parseColor } from "../color/colorTable.ts";
import type { PixelSize } from "../scene/cameraMath.ts";
import { OffscreenContext } from "../scene/offscreenContext.ts";
import type { PanelSpec, SceneTheme } from "../scene/panelSpec.ts";

/** Draws panels outside the window; owns a context of its own until `dispose`. */
export class OffscreenAtoms {
  private readonly context = new OffscreenContext();
  private panels: readonly PanelSpec[] = [];

  constructor(panels: readonly PanelSpec[]) {
    this.setPanels(panels);
  }

  /** Other panels to draw; what they share with the last ones stays on the graphics card. */
  setPanels(panels: readonly PanelSpec[]): void {
    this.context.setPanels(panels);
    this.panels = panels;
  }

  /**
   * Pixels of a panel, RGBA, top row first.
   * @param size - layout px of the panel
   * @param pixels - px of the picture
   * @param background - `#rrggbb`, or null for a transparent picture
   * @param oversampling - px drawn for each px of the picture, along each axis
   * @throws StudioError `WORKER_LOST` when the graphics driver gives no context
   */
  draw(
    panelIndex: number,
    size: PixelSize,
    pixels: PixelSize,
    theme: SceneTheme,
    background: string | null,
    oversampling: number,
  ): ImageData {
    const image = new ImageData(pixels.width, pixels.height);
    for (const tile of tilesOf(pixels, oversampling, TILE_LIMITS.default)) {
      this.fillTile(image, tile, panelIndex, { size, pixels, theme, background, oversampling });
    }
    return image;
  }

  /**
   * As `draw`, but lets the window breathe between tiles.
   * @throws StudioError `CANCELLED` once the signal is given, and as `draw`
   */
  async drawSlowly(
    panelIndex: number,
    size: PixelSize,
    pixels: PixelSize,
    options: Pick<TileRequest, "theme" | "background" | "oversampling"> & {
      readonly signal?: AbortSignal | undefined;
      /** Side of a tile after supersampling, px. */
      readonly tileSide: number;
    },
  ): Promise<ImageData> {
    const image = new ImageData(pixels.width, pixels.height);
    for (const tile of tilesOf(pixels, options.oversampling, options.tileSide)) {
      if (options.signal?.aborted === true) {
        throw new StudioError("CANCELLED", "The export was cancelled.");
      }
      this.fillTile(image, tile, panelIndex, { ...options, size, pixels });
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return image;
  }

  private fillTile(image: ImageData, tile: Tile, panelIndex: number, request: TileRequest): void {
    const panel = this.panels[panelIndex];
    if (panel === undefined) return;
    const { size, pixels, theme, background, oversampling } = request;
    const draw = (color: string): Uint8Array =>
      this.drawTile(panel, size, pixels, tile, theme, color, oversampling);
    if (background !== null) {
      copyOpaque(draw(background), image, tile, oversampling);
    } else {
      // Two backgrounds tell colour and coverage apart, whatever was blended in between.
      copyTransparent(draw("#000000"), draw("#ffffff"), image, tile, oversampling);
    }
  }

  private drawTile(
    panel: PanelSpec,
    size: PixelSize,
    pixels: PixelSize,
    tile: Tile,
    theme: SceneTheme,
    background: string,
    oversampling: number,
  ): Uint8Array {
    const width = tile.width * oversampling;
    const height = tile.height * oversampling;
    const [r, g, b] = parseColor(background);
    const fromBottom = pixels.height - tile.y - tile.height;
    const ratio = (pixels.width / size.width) * oversampling;
    const origin = [tile.x * oversampling, fromBottom * oversampling] as const;
    return this.context.read(width, height, ({ renderer, scene }) => {
      renderer.state.buffers.color.setClear(r / 255, g / 255, b / 255, 1, true);
      renderer.clear(true, true, false);
      scene.drawAtoms(panel, size, ratio, theme, {
        picture: { width: pixels.width * oversampling, height: pixels.height * oversampling },
        viewport: [...origin, width, height],
        origin,
      });
    });
  }

  /** Gives the context back at once; browsers allow only a few. */
  dispose(): void {
    this.context.dispose();
  }
}

interface TileRequest {
  readonly size: PixelSize;
  readonly pixels: PixelSize;
  readonly theme: SceneTheme;
  readonly background: string | null;
  readonly oversampling: number;
}

/** Parts of a picture that fit into the render target, row by row. */
function* tilesOf(pixels: PixelSize, oversampling: number, side: number): Generator<Tile> {
  const step = Math.max(1, Math.floor(side / oversampling));
  for (let y = 0; y < pixels.height; y += step) {
    for (let x = 0; x < pixels.width; x += step) {
      const width = Math.min(step, pixels.width - x);
      yield { x, y, width, height: Math.min(step, pixels.height - y) };
    }
  }
}

interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Mean of one channel over the drawn px of one px of the picture; rows of `data` go upwards. */
function meanOf(
  data: Uint8Array,
  tile: Tile,
  x: number,
  y: number,
  channel: number,
  oversampling: number,
): number {
  const width = tile.width * oversampling;
  const bottom = (tile.height - 1 - y) * oversampling;
  let sum = 0;
  for (let j = 0; j < oversampling; j += 1) {
    for (let i = 0; i < oversampling; i += 1) {
      sum += data[4 * ((bottom + j) * width + x * oversampling + i) + channel]!;
    }
  }
  return sum / (oversampling * oversampling);
}

function copyOpaque(data: Uint8Array, image: ImageData, tile: Tile, oversampling: number): void {
  for (let y = 0; y < tile.height; y += 1) {
    for (let x = 0; x < tile.width; x += 1) {
      const k = 4 * ((tile.y + y) * image.width + tile.x + x);
      for (let c = 0; c < 3; c += 1) image.data[k + c] = meanOf(data, tile, x, y, c, oversampling);
      image.data[k + 3] = 255;
    }
  }
}

function copyTransparent(
  onBlack: Uint8Array,
  onWhite: Uint8Array,
  image: ImageData,
  tile: Tile,
  oversampling: number,
): void {
  for (let y = 0; y < tile.height; y += 1) {
    for (let x = 0; x < tile.width; x += 1) {
      const k = 4 * ((tile.y + y) * image.width + tile.x + x);
      const black = [0, 1, 2].map((c) => meanOf(onBlack, tile, x, y, c, oversampling));
      const gap = [0, 1, 2].reduce(
        (sum, c) => sum + meanOf(onWhite, tile, x, y, c, oversampling) - (black[c] ?? 0),
        0,
      );
      const alpha = Math.min(1, Math.max(0, 1 - gap / (3 * 255)));
      black.forEach((value, c) => {
        image.data[k + c] = alpha > 0 ? value / alpha : 0;
      });
      image.data[k + 3] = 255 * alpha;
    }
  }
}
