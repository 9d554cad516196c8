/** Joins panels, pointer, renderer and overlay; React only hands props to it. */
import type * as THREE from "three";
import { atomsInLasso, locateAtom, pickAtom, type ProjectedAtoms } from "./atomProjection.ts";
import { CanvasPlace } from "./canvasPlace.ts";
import type { CameraStore } from "./cameraState.ts";
import type { LassoPath } from "./lassoPath.ts";
import { drawLasso, drawRing, drawScaleBar, drawTriad, prepareCanvas } from "./overlayDrawing.ts";
import { perspectiveStrength } from "./perspective.ts";
import { attachPanelPointer, type PanelPointerHost } from "./panelPointer.ts";
import type { ClientPoint, PanelSceneProps, PanelSpec, RenderStats } from "./panelSpec.ts";
import { createCounters, snapshotStats } from "./renderStats.ts";
import { extentOf } from "./scopeUniforms.ts";
import { SceneRenderer } from "./sceneRenderer.ts";
import { viewportOf, type CssRect } from "./viewportRect.ts";

const PICK_SLACK = 2;
const NOTHING_HOVERED = { structureId: null, atomIndex: null, panelId: null } as const;

interface ActiveLasso {
  readonly panelId: string;
  readonly path: LassoPath;
}

/** Lives as long as the scene is mounted. */
export class SceneController {
  private props: PanelSceneProps;
  private readonly container: HTMLElement;
  private readonly overlay: HTMLCanvasElement;
  private readonly resize: ResizeObserver;
  private readonly place: CanvasPlace;
  /** Panels of the last frame. */
  private drawn: ReadonlySet<string> = new Set();
  private readonly listening = new AbortController();
  private renderer: SceneRenderer | null = null;
  private requestGpuFrame: () => void = () => undefined;
  private overlayFrame = 0;
  private picks = 0;
  private lasso: ActiveLasso | null = null;
  private stopHover: () => void;
  private readonly pointers = new Map<string, { element: HTMLElement; stop: () => void }>();
  private readonly cameras = new Map<CameraStore, () => void>();

  constructor(container: HTMLElement, overlay: HTMLCanvasElement, props: PanelSceneProps) {
    this.container = container;
    this.overlay = overlay;
    this.props = props;
    this.resize = new ResizeObserver(() => {
      // Without a size there is no context, and without a context no frame that would give it one.
      if (this.renderer === null) this.place.follow();
      this.requestFrame();
    });
    this.resize.observe(container);
    this.place = new CanvasPlace(container);
    for (const element of this.place.watched) this.resize.observe(element);
    this.place.follow();
    this.stopHover = props.hover.subscribe(this.requestOverlay);
    const { signal } = this.listening;
    document.addEventListener("scroll", this.onScroll, {
      signal,
      capture: true,
      passive: true,
    });
    this.setProps(props);
  }

  /** Takes a context over; called by the canvas when it is there. */
  setContext(renderer: THREE.WebGLRenderer, requestGpuFrame: () => void): void {
    this.renderer?.dispose();
    this.requestGpuFrame = requestGpuFrame;
    this.renderer = new SceneRenderer(renderer, { onChange: requestGpuFrame });
    this.renderer.setPanels(this.props.panels);
    const canvas = renderer.domElement;
    const { signal } = this.listening;
    const report = (state: "lost" | "restored"): void => {
      this.container.dataset["context"] = state;
      this.props.onContextChange?.(state);
    };
    canvas.addEventListener(
      "webglcontextlost",
      (event) => {
        event.preventDefault();
        report("lost");
      },
      { signal },
    );
    canvas.addEventListener(
      "webglcontextrestored",
      () => {
        report("restored");
        this.requestFrame();
      },
      { signal },
    );
    this.requestFrame();
  }

  /** New props of the same scene. */
  setProps(props: PanelSceneProps): void {
    if (props.hover !== this.props.hover) {
      this.stopHover();
      this.stopHover = props.hover.subscribe(this.requestOverlay);
    }
    const isFirst = props === this.props;
    const isSame = props.panels === this.props.panels && props.theme === this.props.theme;
    this.props = props;
    // Where the pointer is or what a tooltip says changes no picture.
    if (isSame && !isFirst) return;
    this.renderer?.setPanels(props.panels);
    this.followElements();
    this.followCameras();
    this.requestFrame();
  }

  private followElements(): void {
    const wanted = new Map(this.props.panels.map((panel) => [panel.id, panel.element]));
    for (const [id, { element, stop }] of this.pointers) {
      if (wanted.get(id) === element) continue;
      stop();
      this.resize.unobserve(element);
      this.pointers.delete(id);
    }
    for (const [id, element] of wanted) {
      if (element === null || this.pointers.has(id)) continue;
      this.resize.observe(element);
      this.pointers.set(id, { element, stop: attachPanelPointer(element, this.hostOf(id)) });
    }
  }

  private followCameras(): void {
    const wanted = new Set(this.props.panels.map((panel) => panel.camera));
    for (const [store, stop] of this.cameras) {
      if (wanted.has(store)) continue;
      stop();
      this.cameras.delete(store);
    }
    for (const store of wanted) {
      if (!this.cameras.has(store)) this.cameras.set(store, store.subscribe(this.requestFrame));
    }
  }

  private panel(id: string): PanelSpec | undefined {
    return this.props.panels.find((panel) => panel.id === id);
  }

  private atomsOf(panel: PanelSpec): ProjectedAtoms | null {
    const buffers = this.renderer?.buffersOf(panel.id) ?? null;
    if (buffers === null || panel.structure === null) return null;
    const camera = panel.camera.getState();
    const extent = extentOf(panel.scope, buffers.bounds, panel.structure.cell);
    return {
      structure: panel.structure,
      relativeRadii: buffers.relativeRadii,
      radius: panel.radius,
      flags: panel.scope.focus === null ? panel.flags : null,
      middle: buffers.bounds.middle,
      scope: panel.scope,
      center: extent.center,
      camera,
      perspective: perspectiveStrength(
        panel.projection,
        Math.hypot(...extent.halfSize),
        camera.target,
      ),
    };
  }

  private pick(id: string, offset: { x: number; y: number }): number | null {
    const panel = this.panel(id);
    const atoms = panel === undefined ? null : this.atomsOf(panel);
    this.picks += 1;
    this.container.dataset["picks"] = String(this.picks);
    return atoms === null ? null : pickAtom(atoms, offset.x, offset.y, PICK_SLACK);
  }

  private hostOf(id: string): PanelPointerHost {
    return {
      tool: () => this.props.tool,
      camera: () => {
        const panel = this.panel(id);
        if (panel === undefined) throw new Error(`Panel ${id} is gone.`);
        return panel.camera;
      },
      unlink: () => this.props.onUnlinkCamera?.(id) ?? null,
      activate: () => this.props.onActivate?.(id),
      hover: (offset, at) => {
        this.hover(id, offset === null ? null : this.pick(id, offset), at);
      },
      click: (offset, mode) => this.props.onPick?.(id, this.pick(id, offset), mode),
      center: (offset) => {
        const atom = this.pick(id, offset);
        if (atom !== null) this.props.onOpenAtom?.(id, atom);
      },
      lassoMoved: (path, at) => {
        this.lassoMoved(id, path, at);
      },
      lassoEnded: (path, mode) => {
        const panel = this.panel(id);
        const atoms = panel === undefined ? null : this.atomsOf(panel);
        if (atoms !== null) this.props.onLasso?.(id, atomsInLasso(atoms, path), mode);
      },
      gestureEnded: () => this.props.onCameraGestureEnd?.(id),
    };
  }

  private hover(id: string, atomIndex: number | null, at: ClientPoint): void {
    const structureId = this.panel(id)?.structureId ?? null;
    const next = atomIndex === null ? NOTHING_HOVERED : { structureId, atomIndex, panelId: id };
    const now = this.props.hover.getState();
    const isSameAtom = now.atomIndex === next.atomIndex && now.structureId === next.structureId;
    if (isSameAtom && now.panelId === next.panelId) return;
    this.props.hover.setState(next, true);
    this.props.onHover?.(id, atomIndex, at);
  }

  private lassoMoved(id: string, path: LassoPath | null, at: ClientPoint): void {
    this.lasso = path === null ? null : { panelId: id, path };
    this.requestOverlay();
    if (this.props.onLassoProgress === undefined) return;
    const panel = this.panel(id);
    const atoms = panel === undefined ? null : this.atomsOf(panel);
    const count = path === null || atoms === null ? null : atomsInLasso(atoms, path).length;
    this.props.onLassoProgress(id, count, at);
  }

  /** Asks for a frame of everything. */
  readonly requestFrame = (): void => {
    this.requestGpuFrame();
    this.requestOverlay();
  };

  /** The canvas scrolls with its panels: only what comes into view is a reason to draw. */
  private readonly onScroll = (): void => {
    const isNew = this.props.panels.some(({ id, element, structure }) => {
      if (element === null || structure === null || this.drawn.has(id)) return false;
      return this.place.isInView(element.getBoundingClientRect());
    });
    if (isNew || this.place.isAway()) this.requestFrame();
  };

  private readonly requestOverlay = (): void => {
    if (this.overlayFrame !== 0) return;
    this.overlayFrame = requestAnimationFrame(() => {
      this.overlayFrame = 0;
      this.drawOverlay();
    });
  };

  /** Draws the atoms of all panels; called by the canvas in its frame. */
  drawFrame(ratio: number): void {
    const { renderer } = this;
    if (renderer === null) return;
    if (this.place.follow()) this.drawOverlay();
    const canvas = this.container.getBoundingClientRect();
    const drawn = new Set<string>();
    renderer.beginFrame();
    for (const panel of this.props.panels) {
      const rect = panel.element?.getBoundingClientRect();
      if (rect === undefined || !this.place.isInView(rect)) continue;
      const viewport = viewportOf(rect, canvas, ratio);
      if (viewport === null) continue;
      renderer.drawPanel(panel, viewport, rect, ratio, this.props.theme);
      drawn.add(panel.id);
    }
    renderer.endFrame();
    this.drawn = drawn;
    this.publish(renderer.stats());
  }

  private publish(stats: RenderStats): void {
    const { dataset } = this.container;
    dataset["frames"] = String(stats.frames);
    dataset["drawCalls"] = String(stats.drawCalls);
    dataset["lastFrameDrawCalls"] = String(stats.lastFrameDrawCalls);
    dataset["uploadedBytes"] = String(stats.uploadedBytes);
    dataset["readbacks"] = String(stats.readbacks);
  }

  private drawOverlay(): void {
    const canvas = this.container.getBoundingClientRect();
    const context = prepareCanvas(this.overlay, canvas);
    if (context === null) return;
    for (const panel of this.props.panels) {
      const rect = panel.element?.getBoundingClientRect();
      if (rect === undefined || panel.structure === null) continue;
      const local: CssRect = {
        left: rect.left - canvas.left,
        top: rect.top - canvas.top,
        width: rect.width,
        height: rect.height,
      };
      context.save();
      context.beginPath();
      context.rect(local.left, local.top, local.width, local.height);
      context.clip();
      this.drawPanelOverlay(context, panel, local);
      context.restore();
    }
  }

  private drawPanelOverlay(
    context: CanvasRenderingContext2D,
    panel: PanelSpec,
    rect: CssRect,
  ): void {
    const { theme, hover } = this.props;
    const camera = panel.camera.getState();
    if (panel.showAxes) drawTriad(context, rect, camera, theme);
    if (panel.showScaleBar) drawScaleBar(context, rect, camera, theme);
    context.translate(rect.left + rect.width / 2, rect.top + rect.height / 2);
    if (this.lasso?.panelId === panel.id) drawLasso(context, this.lasso.path, theme);
    const { structureId, atomIndex } = hover.getState();
    if (structureId !== panel.structureId || atomIndex === null) return;
    const atoms = this.atomsOf(panel);
    for (const { x, y, radius } of atoms === null ? [] : locateAtom(atoms, atomIndex)) {
      drawRing(context, x, y, radius);
    }
  }

  /** Client position of an atom. */
  locate(panelId: string, atomIndex: number): ClientPoint | null {
    const panel = this.panel(panelId);
    const rect = panel?.element?.getBoundingClientRect();
    if (panel === undefined || rect === undefined) return null;
    const atoms = this.atomsOf(panel);
    const [place] = atoms === null ? [] : locateAtom(atoms, atomIndex);
    if (place === undefined) return null;
    return {
      x: rect.left + rect.width / 2 + place.x,
      y: rect.top + rect.height / 2 + place.y,
    };
  }

  /** Work done so far. */
  stats(): RenderStats {
    return this.renderer?.stats() ?? snapshotStats(createCounters());
  }

  /** Stops everything and frees the graphics card's memory. */
  dispose(): void {
    this.listening.abort();
    this.resize.disconnect();
    this.stopHover();
    for (const { stop } of this.pointers.values()) stop();
    for (const stop of this.cameras.values()) stop();
    cancelAnimationFrame(this.overlayFrame);
    this.renderer?.dispose();
  }
}
