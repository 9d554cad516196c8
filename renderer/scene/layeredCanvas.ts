/** Two canvases over one element: what stands still below, what follows the pointer above. */
import { prepareCanvas } from "./overlayDrawing.ts";
import type { ClientPoint } from "./panelSpec.ts";

/** What a layered canvas draws; contexts are cleared and in CSS px of the element. */
export interface LayerDrawing {
  /** Width and height of the element in CSS px, at first and after every change. */
  onResize(width: number, height: number): void;
  /** Only after {@link LayeredCanvas.requestBase}. `ratio`: device px per CSS px. */
  drawBase(context: CanvasRenderingContext2D, ratio: number): void;
  drawOverlay(context: CanvasRenderingContext2D): void;
}

/** Draws each layer at most once a frame, and only when asked to. */
export class LayeredCanvas {
  private readonly root: HTMLElement;
  private readonly base: HTMLCanvasElement;
  private readonly overlay: HTMLCanvasElement;
  private readonly drawing: LayerDrawing;
  private readonly resize: ResizeObserver;
  private frame = 0;
  private isBaseStale = true;

  constructor(
    root: HTMLElement,
    canvases: { readonly base: HTMLCanvasElement; readonly overlay: HTMLCanvasElement },
    drawing: LayerDrawing,
  ) {
    this.root = root;
    this.base = canvases.base;
    this.overlay = canvases.overlay;
    this.drawing = drawing;
    this.resize = new ResizeObserver(() => {
      drawing.onResize(root.clientWidth, root.clientHeight);
      this.requestBase();
    });
    this.resize.observe(root);
  }

  /** Draws both layers in the next frame. */
  requestBase(): void {
    this.isBaseStale = true;
    this.requestOverlay();
  }

  /** Draws the upper layer in the next frame. */
  readonly requestOverlay = (): void => {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  };

  /** A place of the window in CSS px of the element. */
  local(at: ClientPoint): ClientPoint {
    const rect = this.root.getBoundingClientRect();
    return { x: at.x - rect.left, y: at.y - rect.top };
  }

  /** Stops everything. */
  dispose(): void {
    this.resize.disconnect();
    cancelAnimationFrame(this.frame);
  }

  private draw(): void {
    if (this.isBaseStale) {
      this.isBaseStale = false;
      const below = this.prepare(this.base);
      if (below !== null) this.drawing.drawBase(below, window.devicePixelRatio);
      const { dataset } = this.root;
      dataset["baseFrames"] = String(Number(dataset["baseFrames"] ?? 0) + 1);
    }
    const above = this.prepare(this.overlay);
    if (above !== null) this.drawing.drawOverlay(above);
  }

  private prepare(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
    return prepareCanvas(canvas, { width: this.root.clientWidth, height: this.root.clientHeight });
  }
}

/** Position of a pointer event in the window. */
export function clientPoint(event: MouseEvent): ClientPoint {
  return { x: event.clientX, y: event.clientY };
}
