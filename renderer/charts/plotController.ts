/** The moving part of a plot: pointer, keys, frames, hover. React only hands props to it. */
import { indexPoints, nearestPoint, pointsInLasso, type MapIndex } from "../mapView/mapIndex.ts";
import type { MapTheme } from "../mapView/mapSpec.ts";
import { plotAreaOf, type PlotArea } from "../mapView/mapTransform.ts";
import {
  extendLasso,
  isLasso,
  startLasso,
  transformLasso,
  type LassoPath,
} from "../scene/lassoPath.ts";
import { clientPoint, LayeredCanvas } from "../scene/layeredCanvas.ts";
import { drawLasso, drawRing } from "../scene/overlayDrawing.ts";
import { selectionMode } from "../scene/panelPointer.ts";
import type { ClientPoint, HoverState, HoverStore } from "../scene/panelSpec.ts";
import type { SelectMode } from "../state/selection/selectionStore.ts";
import {
  drawPlotFrame,
  plotAreaIn,
  rasterPlot,
  transformOf,
  type PlotPicture,
} from "./plotDrawing.ts";

const HOVER_REACH = 8;
const CLICK_SLACK = 3;
const RING = 4;

export interface PlotProps {
  readonly picture: PlotPicture;
  readonly theme: MapTheme;
  readonly tool: "lasso" | "rectangle";
  readonly hover: HoverStore;
  /** Points of the hovered atom. */
  readonly pointsOfHover: (state: HoverState) => readonly number[];
  readonly onHover: (point: number | null) => void;
  readonly onPick: (point: number | null, mode: SelectMode) => void;
  readonly onSelect: (points: Uint32Array, mode: SelectMode) => void;
  readonly onProgress: (count: number | null, at: ClientPoint) => void;
}

interface Drag {
  readonly pointerId: number;
  readonly start: ClientPoint;
  last: ClientPoint;
  moved: boolean;
  path: LassoPath;
}

/** Points in order along one axis. */
interface PointOrder {
  readonly of: Float32Array;
  readonly order: Uint32Array;
}

const WALKS: Readonly<Record<string, { readonly axis: 0 | 1; readonly step: 1 | -1 }>> = {
  ArrowLeft: { axis: 0, step: -1 },
  ArrowRight: { axis: 0, step: 1 },
  ArrowDown: { axis: 1, step: -1 },
  ArrowUp: { axis: 1, step: 1 },
};

function rectangle(a: ClientPoint, b: ClientPoint): LassoPath {
  const box = [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = box;
  return { corners: [x0, y0, x1, y0, x1, y1, x0, y1], box: [x0, y0, x1, y1] };
}

/** Lives as long as the plot is mounted. */
export class PlotController {
  private props: PlotProps;
  private readonly root: HTMLElement;
  private readonly layers: LayeredCanvas;
  private readonly listening = new AbortController();
  private readonly stopHover: () => void;
  private plot: PlotArea = plotAreaOf(1, 1);
  private index: MapIndex | null = null;
  private readonly orders: [PointOrder | null, PointOrder | null] = [null, null];
  private drag: Drag | null = null;

  constructor(
    root: HTMLElement,
    base: HTMLCanvasElement,
    overlay: HTMLCanvasElement,
    props: PlotProps,
  ) {
    this.root = root;
    this.props = props;
    this.layers = new LayeredCanvas(
      root,
      { base, overlay },
      {
        onResize: (width, height) => {
          this.plot = plotAreaIn(width, height, this.props.picture);
        },
        drawBase: this.drawBase,
        drawOverlay: this.drawOverlay,
      },
    );
    this.stopHover = props.hover.subscribe(this.layers.requestOverlay);
    const { signal } = this.listening;
    root.addEventListener("pointerdown", this.onDown, { signal });
    root.addEventListener("pointermove", this.onMove, { signal });
    root.addEventListener("pointerup", this.onUp, { signal });
    root.addEventListener("pointercancel", this.onCancel, { signal });
    root.addEventListener("pointerleave", this.onLeave, { signal });
    root.addEventListener("keydown", this.onKey, { signal });
    window.addEventListener("keydown", this.onEscape, { signal, capture: true });
  }

  setProps(props: PlotProps): void {
    const before = this.props;
    const { names, isDense } = before.picture;
    if (props.picture.names !== names || props.picture.isDense !== isDense) {
      const { clientWidth, clientHeight } = this.root;
      this.plot = plotAreaIn(clientWidth, clientHeight, props.picture);
    }
    if (props.picture.points !== before.picture.points) this.index = null;
    this.props = props;
    if (props.picture !== before.picture || props.theme !== before.theme) this.layers.requestBase();
  }

  dispose(): void {
    this.listening.abort();
    this.layers.dispose();
    this.stopHover();
  }

  private search(): MapIndex {
    this.index ??= indexPoints(this.props.picture.points);
    return this.index;
  }

  private pick(at: ClientPoint): number | null {
    const { flags } = this.props.picture;
    return nearestPoint(
      this.search(),
      transformOf(this.plot),
      this.layers.local(at),
      HOVER_REACH,
      flags,
    );
  }

  private inside(path: LassoPath): Uint32Array {
    const t = transformOf(this.plot);
    const inData = transformLasso(
      path,
      (x) => (x - t.xOffset) / t.xFactor,
      (y) => (y - t.yOffset) / t.yFactor,
    );
    return pointsInLasso(this.search(), inData, this.props.picture.flags);
  }

  private readonly onDown = (event: PointerEvent): void => {
    if (this.drag !== null || event.button !== 0) return;
    const at = clientPoint(event);
    const { x, y } = this.layers.local(at);
    const path = startLasso(x, y);
    this.drag = { pointerId: event.pointerId, start: at, last: at, moved: false, path };
    this.root.setPointerCapture(event.pointerId);
  };

  private readonly onMove = (event: PointerEvent): void => {
    const at = clientPoint(event);
    const { drag } = this;
    if (drag === null) {
      this.props.onHover(this.pick(at));
      return;
    }
    if (!drag.moved) {
      if (Math.hypot(at.x - drag.start.x, at.y - drag.start.y) <= CLICK_SLACK) return;
      drag.moved = true;
      this.props.onHover(null);
    }
    const place = this.layers.local(at);
    drag.path =
      this.props.tool === "lasso"
        ? extendLasso(drag.path, place.x, place.y)
        : rectangle(this.layers.local(drag.start), place);
    drag.last = at;
    this.props.onProgress(this.inside(drag.path).length, at);
    this.layers.requestOverlay();
  };

  private readonly onUp = (event: PointerEvent): void => {
    const { drag } = this;
    if (drag?.pointerId !== event.pointerId) return;
    this.drag = null;
    const at = clientPoint(event);
    if (!drag.moved) this.props.onPick(this.pick(at), selectionMode(event));
    else {
      this.props.onProgress(null, at);
      if (isLasso(drag.path)) this.props.onSelect(this.inside(drag.path), selectionMode(event));
    }
    this.layers.requestOverlay();
  };

  private readonly onCancel = (event: PointerEvent): void => {
    if (this.drag?.pointerId === event.pointerId) this.cancelDrag();
  };

  private cancelDrag(): void {
    if (this.drag === null) return;
    this.props.onProgress(null, this.drag.last);
    this.drag = null;
    this.layers.requestOverlay();
  }

  private readonly onLeave = (): void => {
    if (this.drag === null) this.props.onHover(null);
  };

  private readonly onEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.drag === null) return;
    this.cancelDrag();
    event.stopPropagation();
  };

  /** Left and Right walk along the x axis, Up and Down along y; Space and Enter select. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [current] = this.props.pointsOfHover(this.props.hover.getState());
    const walk = WALKS[event.key];
    if (walk !== undefined) {
      this.props.onHover(this.neighbor(current ?? null, walk.axis, walk.step));
    } else if (event.key === " " || event.key === "Enter") {
      if (current === undefined) return;
      this.props.onPick(current, event.key === " " ? "toggle" : "replace");
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** The next point along an axis; the first of all when there is none yet. */
  private neighbor(current: number | null, axis: 0 | 1, step: number): number | null {
    const order = this.orderAlong(axis);
    const at = current === null ? -1 : order.indexOf(current);
    if (at < 0) return order[0] ?? null;
    return order[Math.min(order.length - 1, Math.max(0, at + step))] ?? null;
  }

  /** The points that can be seen, by their place along an axis. */
  private orderAlong(axis: 0 | 1): Uint32Array {
    const { points } = this.props.picture;
    const known = this.orders[axis];
    if (known?.of === points) return known.order;
    const place = (point: number): number => points[2 * point + axis] ?? 0;
    const order = this.search().members.slice();
    order.sort((a, b) => place(a) - place(b) || a - b);
    this.orders[axis] = { of: points, order };
    return order;
  }

  private readonly drawBase = (context: CanvasRenderingContext2D, ratio: number): void => {
    const { picture, theme } = this.props;
    const raster = rasterPlot(picture, this.plot, theme, ratio);
    const image = new ImageData(raster.pixels, raster.width, raster.height);
    const left = Math.round(this.plot.left * ratio);
    context.putImageData(image, left, Math.round(this.plot.top * ratio));
    drawPlotFrame(context, picture, this.plot, theme, raster.fullDensity);
  };

  private drawDrag(context: CanvasRenderingContext2D, path: LassoPath): void {
    const { theme, tool } = this.props;
    if (tool === "lasso") {
      drawLasso(context, path, theme);
      return;
    }
    const [x0, y0, x1, y1] = path.box;
    context.save();
    context.strokeStyle = theme.accent;
    context.fillStyle = theme.accent;
    context.lineWidth = 1.5;
    context.strokeRect(x0, y0, x1 - x0, y1 - y0);
    context.globalAlpha = 0.12;
    context.fillRect(x0, y0, x1 - x0, y1 - y0);
    context.restore();
  }

  private readonly drawOverlay = (context: CanvasRenderingContext2D): void => {
    if (this.drag?.moved === true) this.drawDrag(context, this.drag.path);
    const t = transformOf(this.plot);
    const { points } = this.props.picture;
    for (const point of this.props.pointsOfHover(this.props.hover.getState())) {
      const x = t.xOffset + t.xFactor * (points[2 * point] ?? NaN);
      const y = t.yOffset + t.yFactor * (points[2 * point + 1] ?? NaN);
      if (Number.isFinite(x) && Number.isFinite(y)) drawRing(context, x, y, RING);
    }
  };
}
