import { useCallback, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import type { DisplayStructure } from "../../../src/contract/display.ts";
import type { CameraLock } from "../../../src/project/gridLayout.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import type { CameraHistory } from "../../scene/cameraHistory.ts";
import {
  ANYTHING,
  cameraName,
  cameraOf as gridCameraOf,
  dropCamera,
  followLock,
  placeSaved,
  takeApart,
  type GridCamera,
  type GridCameras,
} from "../../state/grid/gridCameras.ts";
import type { ScenePanel } from "../../state/grid/sceneModel.ts";
import { cellRotation, DEFAULT_ROTATION, directionRotation } from "../../scene/cameraMath.ts";
import type {
  CameraState,
  CameraStore,
  CellDirection,
  Projection,
  Vector3,
  ViewDirection,
} from "../../scene/cameraState.ts";
import { scaleBarRoom, triadRoom } from "../../scene/overlayDrawing.ts";
import type { CellCopies } from "../../scene/periodicCopies.ts";
import { fitCamera, type FitTarget } from "../../scene/structureBounds.ts";

export interface CameraPanel {
  readonly panel: ScenePanel;
  readonly structure: DisplayStructure | null;
  readonly copies: CellCopies;
  readonly element: HTMLElement | null;
  /** Marks in the corners, which a fitted structure leaves free. */
  readonly hasAxes: boolean;
  readonly hasScaleBar: boolean;
}

/** Which panels turn with a panel. */
export type CameraMark = "all" | "row" | "own";

export interface Cameras {
  readonly cameraOf: (panel: string) => CameraStore;
  markOf(panel: string): CameraMark;
  /** True when the panel was taken out of the lock of the grid. */
  isApart(panel: string): boolean;
  /** This panel alone gets its own camera, where it stands now. */
  unlink(panel: string): CameraStore;
  relink(panel: string): void;
  fit(): void;
  /** Puts a ball around a point (Å from the middle of the structure) into the whole of a panel. */
  frame(panel: string, point: Vector3, radius: number): void;
  /** Back to where the cameras were before `frame`. */
  unframe(): void;
  /** Along x, y or z, or along a vector of the cell given. */
  look(direction: ViewDirection | CellDirection, cell: Float64Array | null): void;
  /** Everything in view from the first direction, as after opening; none apart. */
  reset(): void;
}

/** Of the shorter side of a panel. */
const FRAMED_PART = 0.88;

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

/** Panels by the camera that they look through. */
function byCamera(
  panels: readonly CameraPanel[],
  nameOf: (panel: ScenePanel) => string,
): ReadonlyMap<string, readonly CameraPanel[]> {
  const groups = new Map<string, CameraPanel[]>();
  for (const one of panels) {
    const name = nameOf(one.panel);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return groups;
}

/** The cameras of the panels on screen, locked as the layout says. */
export function useCameras(
  panels: readonly CameraPanel[],
  radius: number,
  projection: Projection,
): Cameras {
  const { gridCameras: grid, view, cameras: history } = useStudio();
  const { layout, activePanel } = useScene();
  const isExplore = useStore(view, ({ workspace }) => workspace === "explore");
  const apart = useStore(grid.apart);
  const lock = isExplore ? "explore" : layout.cameraLock;
  useFollowLock(panels, layout.cameraLock, activePanel, isExplore);
  const nameOf = useCallback(
    (panel: ScenePanel): string => cameraName(panel, lock, apart),
    [lock, apart],
  );
  const scenePanels = useMemo(
    () => new Map(panels.map(({ panel }) => [panel.id, panel])),
    [panels],
  );
  const storeOf = useCallback(
    (id: string): CameraStore => {
      const panel = scenePanels.get(id);
      if (panel === undefined) throw new Error(`Panel ${id} is gone.`);
      return gridCameraOf(grid, nameOf(panel), panel).store;
    },
    [grid, nameOf, scenePanels],
  );
  const groups = useMemo(() => byCamera(panels, nameOf), [panels, nameOf]);
  useAutomaticFit(grid, groups, radius, projection, history);

  const turn = (rotation: CameraState["rotation"] | null): void => {
    for (const [name, members] of groups) {
      const store = grid.cameras.get(name)?.store;
      if (store === undefined) continue;
      const state = store.getState();
      const turned = { ...state, rotation: rotation ?? state.rotation };
      store.setState(fitCamera(turned, fitTargets(members, turned.rotation), radius, projection));
    }
  };
  const framing = useFraming(panels, storeOf, radius);
  return {
    cameraOf: storeOf,
    ...linksOf(grid, lock, apart),
    unlink: (id) => {
      const panel = scenePanels.get(id);
      if (panel === undefined || lock === "explore") return storeOf(id);
      return takeApart(grid, nameOf(panel), panel).store;
    },
    fit: turn.bind(null, null),
    ...framing,
    look: (direction, cell) => {
      turn(rotationOf(direction, cell));
    },
    reset: () => {
      for (const id of apart) dropCamera(grid, `panel ${id}`);
      grid.apart.setState(new Set(), true);
      turn(DEFAULT_ROTATION);
    },
  };
}

/** Which panels turn with which, and how one that was taken out comes back. */
function linksOf(
  grid: GridCameras,
  lock: CameraLock | "explore",
  apart: ReadonlySet<string>,
): Pick<Cameras, "markOf" | "isApart" | "relink"> {
  return {
    markOf: (id) => {
      if (lock === "free" || apart.has(id)) return "own";
      return lock === "rows" ? "row" : "all";
    },
    isApart: (id) => lock !== "free" && apart.has(id),
    relink: (id) => {
      dropCamera(grid, `panel ${id}`);
      grid.apart.setState(new Set([...apart].filter((one) => one !== id)), true);
    },
  };
}

/** Choosing another lock, or taking that back, moves no camera. */
function useFollowLock(
  panels: readonly CameraPanel[],
  lock: CameraLock,
  activePanel: ScenePanel | null,
  isExplore: boolean,
): void {
  const { gridCameras, cameras: history } = useStudio();
  const before = useRef(lock);
  useEffect(() => {
    const from = before.current;
    before.current = lock;
    if (from === lock || isExplore) return;
    const shown = panels.map(({ panel }) => panel);
    history.quietly(() => {
      followLock(gridCameras, shown, activePanel, from, lock);
    });
  }, [gridCameras, history, panels, lock, activePanel, isExplore]);
}

/** Looks at a ball for a while, and back. */
function useFraming(
  panels: readonly CameraPanel[],
  cameraOf: Cameras["cameraOf"],
  radius: number,
): Pick<Cameras, "frame" | "unframe"> {
  const before = useRef<{ readonly store: CameraStore; readonly state: CameraState } | null>(null);
  const { cameras: history } = useStudio();
  return {
    frame: (panel, point, ball) => {
      const element = panels.find((one) => one.panel.id === panel)?.element ?? null;
      if (element === null) return;
      const store = cameraOf(panel);
      before.current ??= { store, state: store.getState() };
      const side = FRAMED_PART * Math.min(element.clientWidth, element.clientHeight);
      const scale = (2 * (ball + radius)) / Math.max(1, side);
      history.quietly(() => {
        store.setState({ ...store.getState(), target: point, scale }, true);
      });
    },
    unframe: () => {
      const was = before.current;
      before.current = null;
      if (was === null) return;
      history.quietly(() => {
        was.store.setState(was.state, true);
      });
    },
  };
}

/** Where a camera of the project file stands in panels of that size, until somebody moves it. */
function placeIfSaved(camera: GridCamera, side: number): CameraState | null {
  const isThere = camera.placed?.state === camera.store.getState();
  const saved = camera.waiting ?? (isThere ? (camera.placed?.saved ?? null) : null);
  if (saved === null) return null;
  const state = placeSaved(saved, side);
  camera.waiting = null;
  camera.placed = { saved, state };
  return state;
}

/**
 * Fits when other structures are shown, and when the room changed as long as nobody has moved the
 * camera since the last fit. A camera of the project file is put where it was.
 */
function useAutomaticFit(
  grid: GridCameras,
  groups: ReadonlyMap<string, readonly CameraPanel[]>,
  radius: number,
  projection: Projection,
  history: CameraHistory,
): void {
  const settle = useCallback(
    (name: string, members: readonly CameraPanel[], mustFit: boolean) => {
      const camera = grid.cameras.get(name);
      const ready = members.filter(
        ({ structure, element }) => structure !== null && element !== null,
      );
      const key = [...new Set(ready.map(({ panel }) => panel.target.row))].join();
      if (camera === undefined || key === "") return;
      const before = camera.store.getState();
      const targets = fitTargets(ready, before.rotation);
      const sides = targets.map(({ size }) => Math.min(size.width, size.height));
      const side = Math.max(...sides);
      if (side === 0) return;
      camera.side = side;
      const isNew = key !== camera.fittedTo && camera.fittedTo !== ANYTHING;
      camera.fittedTo = key;
      const fit = isNew || (mustFit && before === camera.lastFit);
      const state =
        placeIfSaved(camera, side) ?? (fit ? fitCamera(before, targets, radius, projection) : null);
      if (state === null) return;
      if (camera.placed?.state !== state) camera.lastFit = state;
      history.quietly(() => {
        camera.store.setState(state, true);
      });
    },
    [grid, history, radius, projection],
  );

  const latest = useRef(groups);
  useEffect(() => {
    latest.current = groups;
    for (const [name, members] of groups) {
      settle(name, members, false);
      const camera = grid.cameras.get(name);
      if (camera !== undefined) history.follow(camera.store);
    }
  }, [grid, groups, history, settle]);

  const first = [...groups.values()][0]?.find(({ element }) => element !== null)?.element ?? null;
  useEffect(() => {
    if (first === null) return undefined;
    const observer = new ResizeObserver(() => {
      for (const [name, members] of latest.current) settle(name, members, true);
    });
    observer.observe(first);
    return () => {
      observer.disconnect();
    };
  }, [first, settle]);
}
