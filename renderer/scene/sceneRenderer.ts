/** Draws panels into rectangles of one context. Knows Three, knows neither React nor the DOM. */
import * as THREE from "three";
import type { DisplayStructure } from "../../src/contract/display.ts";
import { parseColor, TABLE_SIZE, type ColorTable } from "../color/colorTable.ts";
import type { PixelSize } from "./cameraMath.ts";
import { PanelDrawing, wholePicture, type PicturePart } from "./panelDrawing.ts";
import type { PanelSpec, RenderStats, SceneTheme } from "./panelSpec.ts";
import { copyCount } from "./periodicCopies.ts";
import { countUploads, createCounters, snapshotStats } from "./renderStats.ts";
import {
  createStructureBuffers,
  disposeBuffers,
  ensureBonds,
  isSameOcclusion,
  occlusionKey,
  occlusionLater,
  occlusionNow,
  type Occlusion,
  type OcclusionKey,
  type StructureBuffers,
} from "./structureBuffers.ts";
import type { ViewportRect } from "./viewportRect.ts";

/** Atoms, copies included, whose shading takes a few milliseconds. */
const SHADED_AT_ONCE = 10_000;

/** How the renderer lets its owner know. */
export interface SceneRendererOptions {
  /** Shading has been worked out: draw again. Without it, shading is worked out at once. */
  readonly onChange: (() => void) | null;
}

interface ShadingUnderWay {
  readonly key: OcclusionKey;
  readonly stop: () => void;
}

/** Owns every buffer, texture and material of a context. */
export class SceneRenderer {
  private readonly renderer: THREE.WebGLRenderer;
  private readonly onChange: (() => void) | null;
  private readonly camera = new THREE.Camera();
  private readonly drawings = new Map<string, PanelDrawing>();
  private readonly structures = new Map<DisplayStructure, StructureBuffers>();
  private readonly shading = new Map<DisplayStructure, ShadingUnderWay>();
  private readonly tables = new Map<ColorTable, THREE.DataTexture>();
  private readonly counters = createCounters();
  private readonly stopCounting: () => void;

  constructor(renderer: THREE.WebGLRenderer, { onChange }: SceneRendererOptions) {
    this.renderer = renderer;
    this.onChange = onChange;
    renderer.autoClear = false;
    renderer.info.autoReset = false;
    const gl = renderer.getContext() as WebGL2RenderingContext;
    this.stopCounting = countUploads(gl, this.counters);
  }

  /** Work done so far. */
  stats(): RenderStats {
    return snapshotStats(this.counters);
  }

  /** Buffers of a panel's structure, for picking; null while it shows nothing. */
  buffersOf(panelId: string): StructureBuffers | null {
    return this.drawings.get(panelId)?.buffers ?? null;
  }

  /** Takes over new panels, drops old ones, hands over changed values. */
  setPanels(panels: readonly PanelSpec[]): void {
    const wanted = new Map(panels.map((panel) => [panel.id, panel]));
    for (const id of [...this.drawings.keys()]) {
      if ((wanted.get(id)?.structure ?? null) === null) this.drop(id);
    }
    for (const panel of panels) this.setPanel(panel);
  }

  private setPanel(panel: PanelSpec): void {
    const { structure } = panel;
    if (structure === null) return;
    const drawing = this.drawings.get(panel.id);
    if (drawing?.buffers.structure === structure) {
      drawing.update(panel);
    } else if (drawing?.buffers.structure.nAtoms === structure.nAtoms) {
      this.changeFrame(drawing, panel, structure);
      drawing.update(panel);
    } else {
      const buffers = this.acquire(structure);
      if (drawing !== undefined) this.drop(panel.id);
      this.drawings.set(panel.id, new PanelDrawing(buffers, panel));
    }
    const buffers = this.structures.get(structure);
    if (panel.bonds !== null && buffers !== undefined) ensureBonds(buffers, panel.bonds);
    if (panel.occlusion) this.shade(structure, occlusionKey(panel));
  }

  /** The next frame of a trajectory, shaded at once where that is quick: no flicker between frames. */
  private changeFrame(drawing: PanelDrawing, panel: PanelSpec, structure: DisplayStructure): void {
    const before = drawing.buffers;
    const buffers = this.acquire(structure);
    if (before.occlusion !== null && structure.nAtoms <= SHADED_AT_ONCE) {
      buffers.occlusion ??= occlusionNow(buffers, occlusionKey(panel));
    }
    drawing.adopt(buffers);
    this.release(before);
  }

  private acquire(structure: DisplayStructure): StructureBuffers {
    const buffers = this.structures.get(structure) ?? createStructureBuffers(structure);
    buffers.users += 1;
    this.structures.set(structure, buffers);
    return buffers;
  }

  /** Works the shading out where it is not that of what is drawn; until then the last one stays. */
  private shade(structure: DisplayStructure, key: OcclusionKey): void {
    const buffers = this.structures.get(structure);
    if (buffers === undefined || structure.nAtoms === 0) return;
    const underWay = this.shading.get(structure);
    if (underWay !== undefined && isSameOcclusion(underWay.key, key)) return;
    underWay?.stop();
    this.shading.delete(structure);
    if (isSameOcclusion(buffers.occlusion?.key, key)) return;
    const replace = (occlusion: Occlusion): void => {
      buffers.occlusion?.texture.dispose();
      buffers.occlusion = occlusion;
    };
    const nSites = structure.nAtoms * copyCount(key.scope.copies);
    const isQuick = buffers.occlusion !== null && nSites <= SHADED_AT_ONCE;
    const { onChange } = this;
    if (onChange === null || isQuick) {
      replace(occlusionNow(buffers, key));
      return;
    }
    const stop = occlusionLater(buffers, key, (occlusion) => {
      this.shading.delete(structure);
      replace(occlusion);
      onChange();
    });
    this.shading.set(structure, { key, stop });
  }

  private drop(panelId: string): void {
    const drawing = this.drawings.get(panelId);
    if (drawing === undefined) return;
    drawing.dispose(drawing.buffers.users === 1);
    this.drawings.delete(panelId);
    this.release(drawing.buffers);
  }

  private release(buffers: StructureBuffers): void {
    buffers.users -= 1;
    if (buffers.users > 0) return;
    this.shading.get(buffers.structure)?.stop();
    this.shading.delete(buffers.structure);
    this.structures.delete(buffers.structure);
    disposeBuffers(buffers);
  }

  private tableTexture(table: ColorTable): THREE.DataTexture {
    const found = this.tables.get(table);
    if (found !== undefined) return found;
    const rgba = new Uint8Array(TABLE_SIZE * 4).fill(255);
    for (let i = 0; i < TABLE_SIZE; i += 1) {
      rgba.set(table.rgb.subarray(3 * i, 3 * i + 3), 4 * i);
    }
    // No color space: entries reach the screen byte for byte.
    const texture = new THREE.DataTexture(rgba, TABLE_SIZE, 1, THREE.RGBAFormat);
    texture.needsUpdate = true;
    this.tables.set(table, texture);
    return texture;
  }

  /** Starts a frame: clears everything to transparent. */
  beginFrame(): void {
    this.renderer.info.reset();
    this.renderer.setScissorTest(false);
    this.renderer.state.buffers.color.setClear(0, 0, 0, 0, true);
    this.renderer.clear(true, true, false);
    this.renderer.setScissorTest(true);
  }

  /**
   * Draws one panel.
   * @param size - CSS px of the whole panel
   * @param ratio - device px per CSS px
   */
  drawPanel(
    panel: PanelSpec,
    rect: ViewportRect,
    size: PixelSize,
    ratio: number,
    theme: SceneTheme,
  ): void {
    const [r, g, b] = parseColor(theme.background);
    this.setRectangles(rect);
    this.renderer.state.buffers.color.setClear(r / 255, g / 255, b / 255, 1, true);
    this.renderer.clear(true, true, false);
    const [left, bottom, width, height] = rect.viewport;
    const part = { ...wholePicture({ width, height }), origin: [-left, -bottom] as const };
    this.drawAtoms(panel, size, ratio, theme, part);
  }

  /** Draws the atoms of a panel into the target that is bound, over what is there. */
  drawAtoms(
    panel: PanelSpec,
    size: PixelSize,
    ratio: number,
    theme: SceneTheme,
    part: PicturePart,
  ): void {
    const drawing = this.drawings.get(panel.id);
    if (drawing === undefined || drawing.buffers.structure.nAtoms === 0) return;
    drawing.aim(panel, theme, this.tableTexture(panel.colorTable), size, ratio, part);
    this.renderer.render(drawing.scene, this.camera);
  }

  private setRectangles({ viewport, scissor }: ViewportRect): void {
    // Three multiplies by its pixel ratio; these are device pixels already.
    const k = 1 / this.renderer.getPixelRatio();
    const [x, y, w, h] = viewport;
    const [sx, sy, sw, sh] = scissor;
    this.renderer.setViewport(x * k, y * k, w * k, h * k);
    this.renderer.setScissor(sx * k, sy * k, sw * k, sh * k);
  }

  /** Ends a frame: takes its counts. */
  endFrame(): void {
    this.counters.frames += 1;
    this.counters.lastFrameDrawCalls = this.renderer.info.render.calls;
    this.counters.drawCalls += this.renderer.info.render.calls;
  }

  /** Frees everything. */
  dispose(): void {
    for (const id of [...this.drawings.keys()]) this.drop(id);
    for (const texture of this.tables.values()) texture.dispose();
    this.tables.clear();
    this.stopCounting();
  }
}
