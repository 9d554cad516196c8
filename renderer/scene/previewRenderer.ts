/**
 * Pictures of small crystals outside the panels: candidates, prototypes. One context for all of them,
 * made when first needed; each picture is drawn once and copied to a canvas of the page.
 */
import { parseColor } from "../color/colorTable.ts";
import type { PixelSize } from "./cameraMath.ts";
import { OffscreenContext } from "./offscreenContext.ts";
import { wholePicture } from "./panelDrawing.ts";
import type { PanelSpec, SceneTheme } from "./panelSpec.ts";

const shared = new OffscreenContext();

/**
 * Draws one panel.
 * @param size - CSS px
 * @param ratio - device px a CSS px
 * @throws StudioError `WORKER_LOST` when the graphics driver gives no context
 */
export function drawPreview(
  panel: PanelSpec,
  size: PixelSize,
  ratio: number,
  theme: SceneTheme,
): ImageData {
  const width = Math.max(1, Math.round(size.width * ratio));
  const height = Math.max(1, Math.round(size.height * ratio));
  const [r, g, b] = parseColor(theme.background);
  shared.setPanels([panel]);
  const rows = shared.read(width, height, ({ renderer, scene }) => {
    renderer.state.buffers.color.setClear(r / 255, g / 255, b / 255, 1, true);
    renderer.clear(true, true, false);
    scene.drawAtoms(panel, size, ratio, theme, wholePicture({ width, height }));
  });
  const image = new ImageData(width, height);
  // WebGL counts rows from the bottom.
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(4 * width * (height - 1 - y), 4 * width * (height - y));
    image.data.set(row, 4 * width * y);
  }
  return image;
}
