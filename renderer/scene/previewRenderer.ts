/**
 * Pictures of small crystals outside the panels: candidates, prototypes. One context for all of them,
 * made when first needed; each picture is drawn once and copied to a canvas of the page.
 */
import * as THREE from "three";
import { parseColor } from "../color/colorTable.ts";
import type { PixelSize } from "./cameraMath.ts";
import { wholePicture } from "./panelDrawing.ts";
import type { PanelSpec, SceneTheme } from "./panelSpec.ts";
import { SceneRenderer } from "./sceneRenderer.ts";

const SAMPLES = 4;

interface Renderer {
  readonly renderer: THREE.WebGLRenderer;
  readonly scene: SceneRenderer;
  readonly target: THREE.WebGLRenderTarget;
}

let shared: Renderer | null = null;

function takeRenderer(): Renderer {
  if (shared !== null && !shared.renderer.getContext().isContextLost()) return shared;
  const canvas = new OffscreenCanvas(1, 1);
  const renderer = new THREE.WebGLRenderer({ canvas, antialias: false, alpha: true });
  renderer.setPixelRatio(1);
  shared = {
    renderer,
    scene: new SceneRenderer(renderer, { onChange: null }),
    target: new THREE.WebGLRenderTarget(1, 1, { samples: SAMPLES, depthBuffer: true }),
  };
  return shared;
}

/**
 * Draws one panel.
 * @param size - CSS px
 * @param ratio - device px a CSS px
 */
export function drawPreview(
  panel: PanelSpec,
  size: PixelSize,
  ratio: number,
  theme: SceneTheme,
): ImageData {
  const { renderer, scene, target } = takeRenderer();
  const width = Math.max(1, Math.round(size.width * ratio));
  const height = Math.max(1, Math.round(size.height * ratio));
  const [r, g, b] = parseColor(theme.background);
  scene.setPanels([panel]);
  target.setSize(width, height);
  renderer.setRenderTarget(target);
  renderer.state.buffers.color.setClear(r / 255, g / 255, b / 255, 1, true);
  renderer.clear(true, true, false);
  scene.drawAtoms(panel, size, ratio, theme, wholePicture({ width, height }));
  const rows = new Uint8Array(4 * width * height);
  renderer.readRenderTargetPixels(target, 0, 0, width, height, rows);
  renderer.setRenderTarget(null);
  const image = new ImageData(width, height);
  // WebGL counts rows from the bottom.
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(4 * width * (height - 1 - y), 4 * width * (height - y));
    image.data.set(row, 4 * width * y);
  }
  return image;
}
