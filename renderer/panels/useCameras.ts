import { useCallback, useEffect, useRef, useState } from "react";
import type { DisplayStructure } from "../../src/contract/display.ts";
import { cellRotation, DEFAULT_ROTATION, directionRotation } from "../scene/cameraMath.ts";
import {
  createCameraStore,
  type CameraState,
  type CameraStore,
  type CellDirection,
  type Projection,
  type Vector3,
  type ViewDirection,
} from "../scene/cameraState.ts";
import { scaleBarRoom, triadRoom } from "../scene/overlayDrawing.ts";
import type { CellCopies } from "../scene/periodicCopies.ts";
import { fitCamera, type FitTarget } from "../scene/structureBounds.ts";

export interface CameraPanel {
  readonly id: string;
  readonly structure: DisplayStructure | null;
  readonly copies: CellCopies;
  readonly element: HTMLElement | null;
  /** Marks in the corners, which a fitted structure leaves free. */
  readonly hasAxes: boolean;
  readonly hasScaleBar: boolean;
}

export interface Cameras {
  readonly cameraOf: (panel: string) => CameraStore;
  isLinked(panel: string): boolean;
  /** This panel alone gets its own camera, where it stands now. */
  unlink(panel: string): CameraStore;
  relink(panel: string): void;
  /** Every panel gets its own camera, or all share one again. */
  linkAll(linked: boolean): void;
  fit(): void;
  /** Along x, y or z, or along a vector of the cell given. */
  /** Puts a ball around a point (Å from the middle of the structure) into the whole of a panel. */
  frame(panel: string, point: Vector3, radius: number): void;
  /** Back to where the cameras were before `frame`. */
  unframe(): void;
  look(direction: ViewDirection | CellDirection, cell: Float64Array | null): void;
  /** All cameras linked, as after opening. */
  reset(): void;
}

/** Of the shorter side of a panel. */
const FRAMED_PART = 0.88;

const UNFITTED: CameraState = { rotation: DEFAULT_ROTATION, target: [0, 0, 0], scale: 0.1 };

function fitTargets(
  panels: readonly CameraPanel[],
  rotation: CameraState["rotation"],
): readonly FitTarget[] {
  return panels.flatMap(({ structure, copies, element, hasAxes, hasScaleBar }) => {
    if (structure === null || element === null) return [];
    const size = { width: element.clientWidth, height: element.clientHeight };
    return [
      {
        structure,
        copies,
        size,
        ...(hasAxes ? { left: triadRoom(rotation, size) } : {}),
        ...(hasScaleBar ? { right: scaleBarRoom(size) } : {}),
      },
    ];
  });
}

/** Null, which keeps the rotation, when there is no such cell vector. */
function rotationOf(
  direction: ViewDirection | CellDirection,
  cell: Float64Array | null,
): CameraState["rotation"] | null {
  if (direction !== "a" && direction !== "b" && direction !== "c") {
    return directionRotation(direction);
  }
  return cell === null ? null : cellRotation(direction, cell);
}

/** One camera for all panels, and one for each panel that was taken out. */
export function useCameras(
  panels: readonly CameraPanel[],
  radius: number,
  projection: Projection,
): Cameras {
  const [shared] = useState(() => createCameraStore(UNFITTED));
  const [own, setOwn] = useState<ReadonlyMap<string, CameraStore>>(new Map());
  useAutomaticFit(panels, shared, radius, projection);

  const separate = (ids: readonly string[]): ReadonlyMap<string, CameraStore> => {
    const next = new Map(own);
    for (const id of ids) {
      if (!next.has(id)) next.set(id, createCameraStore(shared.getState()));
    }
    setOwn(next);
    return next;
  };

  const turn = (rotation: CameraState["rotation"] | null): void => {
    const apply = (store: CameraStore, chosen: readonly CameraPanel[]): void => {
      const state = store.getState();
      const turned = { ...state, rotation: rotation ?? state.rotation };
      store.setState(fitCamera(turned, fitTargets(chosen, turned.rotation), radius, projection));
    };
    const linked = panels.filter((panel) => !own.has(panel.id));
    if (linked.length > 0) apply(shared, linked);
    for (const panel of panels) {
      const store = own.get(panel.id);
      if (store !== undefined) apply(store, [panel]);
    }
  };

  const cameraOf = useCallback((panel: string) => own.get(panel) ?? shared, [own, shared]);
  const framing = useFraming(panels, cameraOf, radius);
  return {
    cameraOf,
    isLinked: (panel) => !own.has(panel),
    unlink: (panel) => separate([panel]).get(panel) ?? shared,
    relink: (panel) => {
      const next = new Map(own);
      next.delete(panel);
      setOwn(next);
    },
    linkAll: (linked) => {
      if (linked) setOwn(new Map());
      else separate(panels.map((panel) => panel.id));
    },
    fit: () => {
      turn(null);
    },
    ...framing,
    look: (direction, cell) => {
      turn(rotationOf(direction, cell));
    },
    reset: () => {
      setOwn(new Map());
      const start = { ...shared.getState(), rotation: DEFAULT_ROTATION };
      shared.setState(fitCamera(start, fitTargets(panels, start.rotation), radius, projection));
    },
  };
}

/** Looks at a ball for a while, and back. */
function useFraming(
  panels: readonly CameraPanel[],
  cameraOf: Cameras["cameraOf"],
  radius: number,
): Pick<Cameras, "frame" | "unframe"> {
  const before = useRef<{ readonly store: CameraStore; readonly state: CameraState } | null>(null);
  return {
    frame: (panel, point, ball) => {
      const element = panels.find(({ id }) => id === panel)?.element ?? null;
      if (element === null) return;
      const store = cameraOf(panel);
      before.current ??= { store, state: store.getState() };
      const side = FRAMED_PART * Math.min(element.clientWidth, element.clientHeight);
      const scale = (2 * (ball + radius)) / Math.max(1, side);
      store.setState({ ...store.getState(), target: point, scale }, true);
    },
    unframe: () => {
      if (before.current !== null) before.current.store.setState(before.current.state, true);
      before.current = null;
    },
  };
}

/**
 * Fits when other structures are shown, and when the room changed as long as nobody has moved the
 * camera since the last fit.
 */
function useAutomaticFit(
  panels: readonly CameraPanel[],
  shared: CameraStore,
  radius: number,
  projection: Projection,
): void {
  const lastKey = useRef("");
  const lastFit = useRef<CameraState | null>(null);
  const latest = useRef(panels);

  const fit = useCallback(() => {
    const before = shared.getState();
    const targets = fitTargets(latest.current, before.rotation);
    if (targets.every(({ size }) => size.width === 0)) return;
    const state = fitCamera(before, targets, radius, projection);
    lastFit.current = state;
    shared.setState(state, true);
  }, [shared, radius, projection]);

  useEffect(() => {
    latest.current = panels;
    const key = panels
      .flatMap(({ id, structure, element }) =>
        structure === null || element === null ? [] : [id.split("|")[0]],
      )
      .join();
    if (key === "" || key === lastKey.current) return;
    lastKey.current = key;
    fit();
  }, [panels, fit]);

  const first = panels.find((panel) => panel.element !== null)?.element ?? null;
  useEffect(() => {
    if (first === null) return undefined;
    const observer = new ResizeObserver(() => {
      if (lastFit.current !== null && shared.getState() === lastFit.current) fit();
    });
    observer.observe(first);
    return () => {
      observer.disconnect();
    };
  }, [first, shared, fit]);
}
