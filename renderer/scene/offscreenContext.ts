/**
 * A graphics context outside the window, for pictures that are read back. A driver that is reset, or a
 * browser short of contexts, takes contexts away at any moment; what is drawn then is blank and looks
 * like a picture. So every picture is checked after it was read, and drawn again on a new context.
 */
import * as THREE from "three";
import { StudioError } from "../../src/errors.ts";
import type { PanelSpec } from "./panelSpec.ts";
import { SceneRenderer } from "./sceneRenderer.ts";

const SAMPLES = 4;

/** Contexts tried for one picture. */
const ATTEMPTS = 3;

/** What a picture is drawn with; valid until the context is lost. */
export interface OffscreenGraphics {
  readonly renderer: THREE.WebGLRenderer;
  readonly scene: SceneRenderer;
  readonly target: THREE.WebGLRenderTarget;
}

/** Owns a context from the first picture until `dispose`. */
export class OffscreenContext {
  private readonly create: () => OffscreenGraphics;
  private graphics: OffscreenGraphics | null = null;
  private panels: readonly PanelSpec[] = [];

  /** @param create - makes a context and what draws with it */
  constructor(create: () => OffscreenGraphics = createGraphics) {
    this.create = create;
  }

  /** What the next pictures show; what that shares with the last stays on the graphics card. */
  setPanels(panels: readonly PanelSpec[]): void {
    this.panels = panels;
    this.graphics?.scene.setPanels(panels);
  }

  /**
   * Pixels of what `draw` draws into the target, RGBA, bottom row first.
   * @param draw - may run more than once; draws on an opaque ground
   * @throws StudioError `WORKER_LOST` when no context lasts for a picture
   */
  read(width: number, height: number, draw: (graphics: OffscreenGraphics) => void): Uint8Array {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const graphics = this.take();
      const { renderer, target } = graphics;
      target.setSize(width, height);
      renderer.setRenderTarget(target);
      draw(graphics);
      const pixels = new Uint8Array(4 * width * height);
      renderer.readRenderTargetPixels(target, 0, 0, width, height, pixels);
      renderer.setRenderTarget(null);
      // A driver that was reset may be known as lost only later; what was never read stays empty.
      if (renderer.getContext().isContextLost()) continue;
      if (!isUnread(pixels)) return pixels;
      this.dispose();
    }
    throw contextLost();
  }

  /** Gives the context back at once; browsers allow only a few. */
  dispose(): void {
    if (this.graphics === null) return;
    const { renderer, scene, target } = this.graphics;
    this.graphics = null;
    scene.dispose();
    target.dispose();
    renderer.dispose();
    renderer.forceContextLoss();
  }

  private take(): OffscreenGraphics {
    if (this.graphics?.renderer.getContext().isContextLost() === true) this.dispose();
    if (this.graphics === null) {
      this.graphics = this.create();
      this.graphics.scene.setPanels(this.panels);
    }
    return this.graphics;
  }
}

function createGraphics(): OffscreenGraphics {
  const renderer = createRenderer();
  renderer.setPixelRatio(1);
  const scene = new SceneRenderer(renderer, { onChange: null });
  const target = new THREE.WebGLRenderTarget(1, 1, { samples: SAMPLES, depthBuffer: true });
  return { renderer, scene, target };
}

/** Nothing was read: pictures on an opaque ground have no pixel that is transparent. */
function isUnread(pixels: Uint8Array): boolean {
  return pixels.length > 0 && pixels[3] === 0 && pixels[pixels.length - 1] === 0;
}

function createRenderer(): THREE.WebGLRenderer {
  try {
    const canvas = new OffscreenCanvas(1, 1);
    return new THREE.WebGLRenderer({ canvas, antialias: false, alpha: true });
  } catch (cause) {
    throw contextLost(cause);
  }
}

function contextLost(cause?: unknown): StudioError {
  return new StudioError("WORKER_LOST", "The graphics driver took the drawing context away.", {
    remedy: "Try again; if it goes on, close other windows or start the application anew.",
    cause,
  });
}
