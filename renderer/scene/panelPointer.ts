/** What a pointer does in one panel: hover, click, camera drags, wheel, lasso. */
import { panByDrag, rotateByDrag, zoomAt, type PixelSize } from "./cameraMath.ts";
import type { CameraState, CameraStore } from "./cameraState.ts";
import { extendLasso, isLasso, startLasso, type LassoPath } from "./lassoPath.ts";
import type { ClientPoint, SceneTool, SelectionMode } from "./panelSpec.ts";

/** What the pointer needs to know and to tell; all offsets are CSS px from the panel's centre. */
export interface PanelPointerHost {
  tool(): SceneTool;
  camera(): CameraStore;
  /** The store to use from now on when Alt was held at the start of a drag, or null. */
  unlink(): CameraStore | null;
  activate(): void;
  /** Null when the pointer left or a drag began. */
  hover(offset: Offset | null, at: ClientPoint): void;
  click(offset: Offset, mode: SelectionMode): void;
  center(offset: Offset): void;
  lassoMoved(lasso: LassoPath | null, at: ClientPoint): void;
  lassoEnded(lasso: LassoPath, mode: SelectionMode): void;
  gestureEnded(): void;
}

/** CSS px from the centre of the panel, y down. */
export interface Offset {
  readonly x: number;
  readonly y: number;
}

/** Movement up to which a press is a click, CSS px. */
const CLICK_SLACK = 3;
/** Wheel steps farther apart than this are two gestures, ms. */
const WHEEL_PAUSE = 300;
const WHEEL_RATE = 0.0015;
const WHEEL_LINE = 16;

interface Drag {
  readonly kind: "rotate" | "pan" | "lasso";
  readonly pointerId: number;
  readonly start: ClientPoint;
  readonly leavesGroup: boolean;
  camera: CameraStore;
  last: ClientPoint;
  moved: boolean;
  lasso: LassoPath;
}

/** Mode from modifier keys: Shift adds, Alt removes. */
export function selectionMode(event: {
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}): SelectionMode {
  if (event.altKey) return "remove";
  return event.shiftKey ? "add" : "replace";
}

/**
 * Listens to an element.
 * @returns a function that stops listening
 */
export function attachPanelPointer(element: HTMLElement, host: PanelPointerHost): () => void {
  const pointer = new PanelPointer(element, host);
  return () => {
    pointer.detach();
  };
}

class PanelPointer {
  private readonly element: HTMLElement;
  private readonly host: PanelPointerHost;
  private readonly listening = new AbortController();
  private drag: Drag | null = null;
  private hoverFrame = 0;
  private wheelTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(element: HTMLElement, host: PanelPointerHost) {
    this.element = element;
    this.host = host;
    const { signal } = this.listening;
    element.addEventListener("pointerdown", this.onDown, { signal });
    element.addEventListener("pointermove", this.onMove, { signal });
    element.addEventListener("pointerup", this.onUp, { signal });
    element.addEventListener("pointercancel", this.onCancel, { signal });
    element.addEventListener("pointerleave", this.onLeave, { signal });
    element.addEventListener("dblclick", this.onDoubleClick, { signal });
    element.addEventListener("wheel", this.onWheel, { signal, passive: false });
    window.addEventListener("keydown", this.onKey, { signal });
  }

  detach(): void {
    this.listening.abort();
    cancelAnimationFrame(this.hoverFrame);
    clearTimeout(this.wheelTimer);
  }

  private size(): PixelSize {
    return this.element.getBoundingClientRect();
  }

  private offset(at: ClientPoint): Offset {
    const rect = this.element.getBoundingClientRect();
    return { x: at.x - rect.left - rect.width / 2, y: at.y - rect.top - rect.height / 2 };
  }

  private readonly onDown = (event: PointerEvent): void => {
    if (this.drag !== null || event.button > 1) return;
    this.host.activate();
    const tool = this.host.tool();
    const isPan = event.button === 1 || (tool !== "lasso" && event.shiftKey);
    const kind = isPan ? "pan" : tool;
    const at = clientPoint(event);
    const { x, y } = this.offset(at);
    this.drag = {
      kind,
      pointerId: event.pointerId,
      start: at,
      camera: this.host.camera(),
      leavesGroup: kind !== "lasso" && event.altKey,
      last: at,
      moved: false,
      lasso: startLasso(x, y),
    };
    this.element.setPointerCapture(event.pointerId);
    if (event.button === 1) event.preventDefault();
  };

  private readonly onMove = (event: MouseEvent): void => {
    const at = clientPoint(event);
    if (this.drag === null) {
      cancelAnimationFrame(this.hoverFrame);
      this.hoverFrame = requestAnimationFrame(() => {
        this.host.hover(this.offset(at), at);
      });
      return;
    }
    const { drag } = this;
    if (!drag.moved) {
      if (Math.hypot(at.x - drag.start.x, at.y - drag.start.y) <= CLICK_SLACK) return;
      drag.moved = true;
      if (drag.leavesGroup) drag.camera = this.host.unlink() ?? drag.camera;
      cancelAnimationFrame(this.hoverFrame);
      this.host.hover(null, at);
    }
    this.continueDrag(drag, at);
  };

  private continueDrag(drag: Drag, at: ClientPoint): void {
    const dx = at.x - drag.last.x;
    const dy = at.y - drag.last.y;
    drag.last = at;
    if (drag.kind === "lasso") {
      const { x, y } = this.offset(at);
      const longer = extendLasso(drag.lasso, x, y);
      if (longer === drag.lasso) return;
      drag.lasso = longer;
      this.host.lassoMoved(longer, at);
      return;
    }
    const size = this.size();
    const move = (state: CameraState): CameraState =>
      drag.kind === "rotate" ? rotateByDrag(state, dx, dy, size) : panByDrag(state, dx, dy);
    drag.camera.setState(move, true);
  }

  private readonly onUp = (event: PointerEvent): void => {
    const { drag } = this;
    if (drag?.pointerId !== event.pointerId) return;
    this.drag = null;
    const at = clientPoint(event);
    if (!drag.moved) {
      if (event.button === 0) this.host.click(this.offset(at), selectionMode(event));
      return;
    }
    if (drag.kind === "lasso") {
      this.host.lassoMoved(null, at);
      if (isLasso(drag.lasso)) this.host.lassoEnded(drag.lasso, selectionMode(event));
    } else {
      this.host.gestureEnded();
    }
  };

  private readonly onCancel = (event: PointerEvent): void => {
    if (this.drag?.pointerId !== event.pointerId) return;
    this.drag = null;
    this.host.lassoMoved(null, clientPoint(event));
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.drag?.kind !== "lasso") return;
    const { last } = this.drag;
    this.drag = null;
    this.host.lassoMoved(null, last);
    event.stopPropagation();
  };

  private readonly onLeave = (event: PointerEvent): void => {
    cancelAnimationFrame(this.hoverFrame);
    this.host.hover(null, clientPoint(event));
  };

  private readonly onDoubleClick = (event: MouseEvent): void => {
    if (this.host.tool() !== "lasso") this.host.center(this.offset(clientPoint(event)));
  };

  private readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const at = clientPoint(event);
    const delta = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE : 1;
    const factor = Math.exp(-event.deltaY * delta * WHEEL_RATE);
    const { x, y } = this.offset(at);
    this.host.camera().setState((state) => zoomAt(state, factor, x, y), true);
    clearTimeout(this.wheelTimer);
    this.wheelTimer = setTimeout(() => {
      this.host.gestureEnded();
    }, WHEEL_PAUSE);
    this.onMove(event);
  };
}

function clientPoint(event: MouseEvent): ClientPoint {
  return { x: event.clientX, y: event.clientY };
}
