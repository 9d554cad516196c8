/** The moving part of a map: pointer, frames, hover. React only hands props to it. */
import { clientPoint, LayeredCanvas } from "../scene/layeredCanvas.ts";
import { drawLasso, drawRing } from "../scene/overlayDrawing.ts";
import {
  extendLasso,
  isLasso,
  startLasso,
  transformLasso,
  type LassoPath,
} from "../scene/lassoPath.ts";
import { selectionMode } from "../scene/panelPointer.ts";
import type { ClientPoint } from "../scene/panelSpec.ts";
import { MapFraming } from "./mapFraming.ts";
import { drawMapFrame, pictureOf, POINT_RADIUS, rasterMap } from "./mapDrawing.ts";
import { indexPoints, nearestPoint, pointsInLasso, type MapIndex } from "./mapIndex.ts";
import type { DataBox, KernelMapProps, MapSeries } from "./mapSpec.ts";
import * as view from "./mapTransform.ts";

const HOVER_REACH = 8;
const CLICK_SLACK = 3;
const WHEEL_RATE = 0.0015;

interface Drag {
  readonly pointerId: number;
  readonly kind: "pan" | "lasso";
  readonly start: ClientPoint;
  last: ClientPoint;
  moved: boolean;
  lasso: LassoPath;
}

/** Lives as long as the map is mounted. */
export class MapController {
  private props: KernelMapProps;
  private readonly root: HTMLElement;
  private readonly layers: LayeredCanvas;
  private readonly listening = new AbortController();
  private readonly indices = new WeakMap<Float32Array, MapIndex>();
  private stopHover: () => void;
  private readonly framing: MapFraming;
  private drag: Drag | null = null;
  /** Outline of the last lasso, data coordinates; stays until the selection changes otherwise. */
  private kept: LassoPath | null = null;
  private keepThroughChange = false;
  private hoverFrame = 0;

  constructor(
    root: HTMLElement,
    base: HTMLCanvasElement,
    overlay: HTMLCanvasElement,
    props: KernelMapProps,
  ) {
    this.root = root;
    this.props = props;
    this.layers = new LayeredCanvas(
      root,
      { base, overlay },
      {
        onResize: this.onResize,
        drawBase: this.drawBase,
        drawOverlay: this.drawOverlay,
      },
    );
    this.stopHover = props.hover.subscribe(this.layers.requestOverlay);
    this.framing = new MapFraming(props, () => {
      this.layers.requestBase();
    });
    const { signal } = this.listening;
    root.addEventListener("pointerdown", this.onDown, { signal });
    root.addEventListener("pointermove", this.onMove, { signal });
    root.addEventListener("pointerup", this.onUp, { signal });
    root.addEventListener("pointercancel", this.onCancel, { signal });
    root.addEventListener("pointerleave", this.onLeave, { signal });
    root.addEventListener("dblclick", this.onDoubleClick, { signal });
    root.addEventListener("wheel", this.onWheel, { signal, passive: false });
    window.addEventListener("keydown", this.onKey, { signal });
    this.setProps(props);
  }

  /** New props of the same map. */
  setProps(props: KernelMapProps): void {
    const before = this.props;
    if (props.hover !== before.hover) {
      this.stopHover();
      this.stopHover = props.hover.subscribe(this.layers.requestOverlay);
    }
    if (flagsOf(props) !== flagsOf(before)) {
      if (!this.keepThroughChange) this.kept = null;
      this.keepThroughChange = false;
    }
    this.props = props;
    if (this.framing.setProps(props)) this.kept = null;
    this.layers.requestBase();
  }

  /** Shows every point of every series. */
  fit(): void {
    this.framing.fit();
  }

  /** Data in view. */
  shown(): DataBox {
    return this.framing.shown();
  }

  private readonly onResize = (width: number, height: number): void => {
    this.framing.resize(width, height);
  };

  private active(): MapSeries | null {
    return this.props.series.find((one) => one.active) ?? null;
  }

  private indexOf(points: Float32Array): MapIndex {
    const found = this.indices.get(points) ?? indexPoints(points);
    this.indices.set(points, found);
    return found;
  }

  private pick(at: ClientPoint): { series: MapSeries; index: number } | null {
    const series = this.active();
    if (series === null) return null;
    const found = nearestPoint(
      this.indexOf(series.points),
      this.framing.now(),
      this.layers.local(at),
      HOVER_REACH,
      series.flags,
    );
    return found === null ? null : { series, index: found };
  }

  private readonly onDown = (event: PointerEvent): void => {
    if (this.drag !== null || event.button > 1) return;
    const at = clientPoint(event);
    const isPan = event.button === 1 || (this.props.tool === "pan" && event.button === 0);
    const { x, y } = this.layers.local(at);
    this.drag = {
      pointerId: event.pointerId,
      kind: isPan ? "pan" : "lasso",
      start: at,
      last: at,
      moved: false,
      lasso: startLasso(x, y),
    };
    this.root.setPointerCapture(event.pointerId);
    if (event.button === 1) event.preventDefault();
  };

  private readonly onMove = (event: MouseEvent): void => {
    const at = clientPoint(event);
    const { drag } = this;
    if (drag === null) {
      cancelAnimationFrame(this.hoverFrame);
      this.hoverFrame = requestAnimationFrame(() => {
        this.hover(at);
      });
      return;
    }
    if (!drag.moved) {
      if (Math.hypot(at.x - drag.start.x, at.y - drag.start.y) <= CLICK_SLACK) return;
      drag.moved = true;
      this.leave(at);
    }
    if (drag.kind === "pan") {
      this.framing.move(view.panMap(this.framing.now(), at.x - drag.last.x, at.y - drag.last.y));
    } else {
      const { x, y } = this.layers.local(at);
      drag.lasso = extendLasso(drag.lasso, x, y);
      this.layers.requestOverlay();
      const series = this.active();
      if (series !== null && this.props.onLassoProgress !== undefined) {
        const inside = pointsInLasso(
          this.indexOf(series.points),
          this.lassoInData(drag.lasso),
          series.flags,
        );
        this.props.onLassoProgress(inside.length, at);
      }
    }
    drag.last = at;
  };

  private lassoInData(lasso: LassoPath): LassoPath {
    const t = this.framing.now();
    return transformLasso(
      lasso,
      (x) => (x - t.xOffset) / t.xFactor,
      (y) => (y - t.yOffset) / t.yFactor,
    );
  }

  private readonly onUp = (event: PointerEvent): void => {
    const { drag } = this;
    if (drag?.pointerId !== event.pointerId) return;
    this.drag = null;
    const at = clientPoint(event);
    if (!drag.moved) {
      if (event.button !== 0) return;
      const hit = this.pick(at);
      this.props.onPick?.(
        hit?.series.structureId ?? null,
        hit?.index ?? null,
        selectionMode(event),
      );
    } else if (drag.kind === "lasso") {
      this.endLasso(drag.lasso, event, at);
    }
    this.layers.requestOverlay();
  };

  private endLasso(lasso: LassoPath, event: PointerEvent, at: ClientPoint): void {
    this.props.onLassoProgress?.(null, at);
    const series = this.active();
    if (series === null || !isLasso(lasso)) return;
    const inData = this.lassoInData(lasso);
    const mode = selectionMode(event);
    this.kept = mode === "replace" ? inData : null;
    this.keepThroughChange = mode === "replace";
    const inside = pointsInLasso(this.indexOf(series.points), inData, series.flags);
    this.props.onLasso?.(series.structureId, inside, mode);
  }

  private readonly onCancel = (event: PointerEvent): void => {
    if (this.drag?.pointerId !== event.pointerId) return;
    this.drag = null;
    this.props.onLassoProgress?.(null, clientPoint(event));
    this.layers.requestOverlay();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.drag?.kind !== "lasso") return;
    const { last } = this.drag;
    this.drag = null;
    this.props.onLassoProgress?.(null, last);
    this.layers.requestOverlay();
    event.stopPropagation();
  };

  private readonly onLeave = (event: PointerEvent): void => {
    cancelAnimationFrame(this.hoverFrame);
    this.leave(clientPoint(event));
  };

  private readonly onDoubleClick = (): void => {
    if (this.props.tool === "pan") this.fit();
  };

  private readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { x, y } = this.layers.local(clientPoint(event));
    const factor = Math.exp(-event.deltaY * (event.deltaMode === 1 ? 16 : 1) * WHEEL_RATE);
    this.framing.move(view.zoomMap(this.framing.now(), factor, x, y));
  };

  private hover(at: ClientPoint): void {
    const hit = this.pick(at);
    if (hit === null) {
      this.leave(at);
      return;
    }
    const { structureId } = hit.series;
    const now = this.props.hover.getState();
    const panelId = this.props.panelId ?? null;
    const isSameAtom = now.atomIndex === hit.index && now.structureId === structureId;
    if (isSameAtom && now.panelId === panelId) return;
    this.props.hover.setState({ structureId, atomIndex: hit.index, panelId }, true);
    this.props.onHover?.(structureId, hit.index, at);
  }

  private leave(at: ClientPoint): void {
    const now = this.props.hover.getState();
    if (now.atomIndex === null) return;
    this.props.hover.setState({ structureId: null, atomIndex: null, panelId: null }, true);
    this.props.onHover?.(now.structureId ?? "", null, at);
  }

  /** Client position of a point. */
  locate(structureId: string, index: number): ClientPoint | null {
    const place = this.placeOf(structureId, index);
    if (place === null) return null;
    const rect = this.root.getBoundingClientRect();
    return { x: rect.left + place.x, y: rect.top + place.y };
  }

  private placeOf(structureId: string | null, index: number): { x: number; y: number } | null {
    const series = this.props.series.find((one) => one.structureId === structureId);
    if (series === undefined) return null;
    const t = this.framing.now();
    const x = t.xOffset + t.xFactor * (series.points[2 * index] ?? Number.NaN);
    const y = t.yOffset + t.yFactor * (series.points[2 * index + 1] ?? Number.NaN);
    return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
  }

  private readonly drawBase = (context: CanvasRenderingContext2D, ratio: number): void => {
    const picture = pictureOf(this.props, this.framing.now(), this.framing.plot);
    const raster = rasterMap(picture, ratio);
    const image = new ImageData(raster.pixels, raster.width, raster.height);
    const left = Math.round(this.framing.plot.left * ratio);
    context.putImageData(image, left, Math.round(this.framing.plot.top * ratio));
    drawMapFrame(context, picture, raster.fullDensity);
    this.root.dataset["density"] =
      raster.fullDensity === null ? "none" : String(raster.fullDensity);
  };

  private readonly drawOverlay = (context: CanvasRenderingContext2D): void => {
    const { plot } = this.framing;
    context.save();
    context.beginPath();
    context.rect(plot.left, plot.top, plot.width, plot.height);
    context.clip();
    this.drawLassos(context);
    context.restore();
    const { structureId, atomIndex } = this.props.hover.getState();
    const place = atomIndex === null ? null : this.placeOf(structureId, atomIndex);
    const isInside =
      place !== null &&
      place.x >= plot.left &&
      place.x <= plot.left + plot.width &&
      place.y >= plot.top &&
      place.y <= plot.top + plot.height;
    if (isInside) {
      drawRing(context, place.x, place.y, (this.props.pointRadius ?? POINT_RADIUS) + 2);
    }
  };

  private drawLassos(context: CanvasRenderingContext2D): void {
    const { theme } = this.props;
    if (this.drag?.kind === "lasso" && this.drag.moved) {
      drawLasso(context, this.drag.lasso, theme);
    } else if (this.kept !== null) {
      const t = this.framing.now();
      const placed = transformLasso(
        this.kept,
        (x) => t.xOffset + t.xFactor * x,
        (y) => t.yOffset + t.yFactor * y,
      );
      drawLasso(context, placed, theme);
    }
  }

  /** Stops everything. */
  dispose(): void {
    this.listening.abort();
    this.framing.dispose();
    this.layers.dispose();
    this.stopHover();
    cancelAnimationFrame(this.hoverFrame);
  }
}

function flagsOf(props: KernelMapProps): Uint8Array | null {
  return props.series.find((one) => one.active)?.flags ?? null;
}
