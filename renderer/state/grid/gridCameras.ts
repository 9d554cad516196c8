/**
 * The cameras of the grid: one for all panels, one a row, or one a panel. They outlive the views, so
 * that going to another workspace and back, or saving, keeps where one looked from. No DOM.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CameraLock, SavedCamera } from "../../../src/project/gridLayout.ts";
import { DEFAULT_ROTATION } from "../../scene/cameraMath.ts";
import { createCameraStore, type CameraState, type CameraStore } from "../../scene/cameraState.ts";
import { rowPlace } from "../project/datasetStore.ts";
import { samePlace } from "./gridLayout.ts";
import { placeOf, type ScenePanel } from "./sceneModel.ts";

const UNFITTED: CameraState = { rotation: DEFAULT_ROTATION, target: [0, 0, 0], scale: 0.1 };

/** `GridCamera.fittedTo`: it stays as it is, whatever is shown next. */
export const ANYTHING = "*";

/** A camera and what is known of it. */
export interface GridCamera {
  readonly store: CameraStore;
  /** What it was last fitted to, as text; "" before that. */
  fittedTo: string;
  /** Where the last fit put it; the same state: nobody has moved it since. */
  lastFit: CameraState | null;
  /** Shorter side of the panels that it serves, CSS px; 0 before they are on screen. */
  side: number;
  /** From the project file, until the panels are on screen. */
  waiting: SavedCamera | null;
  /** Put there from the project file; as long as it stays, it keeps its span in every panel size. */
  placed: { readonly saved: SavedCamera; readonly state: CameraState } | null;
}

/** All cameras of the window, by name. */
export interface GridCameras {
  readonly cameras: Map<string, GridCamera>;
  /** Panels that were taken out of the lock by Alt. */
  readonly apart: StoreApi<ReadonlySet<string>>;
  /** Read from the project and not asked for yet. */
  saved: readonly SavedCamera[];
}

type CameraPanel = Omit<ScenePanel, "content">;

export function createGridCameras(): GridCameras {
  return { cameras: new Map(), apart: createStore(() => new Set<string>()), saved: [] };
}

/** Forgets every camera; those of the project that is opened take their place. */
export function resetGridCameras(grid: GridCameras, saved: readonly SavedCamera[] = []): void {
  grid.cameras.clear();
  grid.apart.setState(new Set(), true);
  grid.saved = saved;
}

/** Name of the camera that a panel looks through. */
export function cameraName(
  panel: CameraPanel,
  lock: CameraLock | "explore",
  apart: ReadonlySet<string>,
): string {
  if (lock === "explore") return "explore";
  if (lock === "free" || apart.has(panel.id)) return `panel ${panel.id}`;
  return lock === "rows" ? `row ${panel.target.row}` : "all";
}

/** The camera of a name; a new one starts where that of all panels stands. */
export function cameraOf(grid: GridCameras, name: string, panel: CameraPanel): GridCamera {
  const known = grid.cameras.get(name);
  if (known !== undefined) return known;
  const start = grid.cameras.get("all")?.store.getState() ?? UNFITTED;
  const camera: GridCamera = {
    store: createCameraStore(start),
    fittedTo: "",
    lastFit: null,
    side: 0,
    waiting: savedFor(grid.saved, name, panel),
    placed: null,
  };
  grid.cameras.set(name, camera);
  return camera;
}

function savedFor(
  saved: readonly SavedCamera[],
  name: string,
  panel: CameraPanel,
): SavedCamera | null {
  const place = placeOf(panel);
  const isRight = (one: SavedCamera): boolean => {
    if (one.row === undefined) return name === "all";
    const { variant, difference } = one;
    if (name.startsWith("row ")) {
      return (
        variant === undefined &&
        difference === undefined &&
        samePlace(one.row, rowPlace(panel.target.row))
      );
    }
    return name.startsWith("panel ") && samePlace({ ...one.row, variant, difference }, place);
  };
  return saved.find(isRight) ?? null;
}

/** Lets a camera go: the next panel of that name starts from the camera of all. */
export function dropCamera(grid: GridCameras, name: string): void {
  grid.cameras.delete(name);
}

/** Puts a camera where the project was saved, in a panel of that size. */
export function placeSaved({ rotation, target, span }: SavedCamera, side: number): CameraState {
  const length = Math.hypot(...rotation);
  const [x, y, z, w] = rotation;
  return {
    rotation: [x / length, y / length, z / length, w / length],
    target,
    scale: span / Math.max(1, side),
  };
}

/** Cameras that were moved, as they are saved; those that only show everything are made anew. */
export function camerasToSave(
  grid: GridCameras,
  panels: readonly CameraPanel[],
  lock: CameraLock,
): readonly SavedCamera[] {
  const names = new Map<string, CameraPanel>();
  for (const panel of panels) {
    const name = cameraName(panel, lock, grid.apart.getState());
    if (!names.has(name)) names.set(name, panel);
  }
  return [...names].flatMap(([name, panel]): readonly SavedCamera[] => {
    const camera = grid.cameras.get(name);
    if (camera === undefined) {
      const kept = savedFor(grid.saved, name, panel);
      return kept === null ? [] : [kept];
    }
    if (camera.waiting !== null) return [camera.waiting];
    const { store, lastFit, side, placed } = camera;
    const state = store.getState();
    if (placed?.state === state) return [placed.saved];
    if (side === 0 || state === lastFit) return [];
    const { rotation, target, scale } = state;
    const look = { rotation, target, span: scale * side };
    if (name === "all") return [look];
    const { dataset, structure, ...column } = placeOf(panel);
    const row = { dataset, structure };
    return [name.startsWith("row ") ? { row, ...look } : { row, ...column, ...look }];
  });
}

/** Takes a panel out of the lock; its own camera stands where the one it looked through stands. */
export function takeApart(grid: GridCameras, from: string, panel: CameraPanel): GridCamera {
  const before = grid.cameras.get(from);
  const own = cameraOf(grid, `panel ${panel.id}`, panel);
  if (before !== undefined && before !== own) {
    own.store.setState(before.store.getState(), true);
    own.side = before.side;
    own.fittedTo = ANYTHING;
    own.waiting = null;
  }
  grid.apart.setState(new Set([...grid.apart.getState(), panel.id]), true);
  return own;
}

/** After the lock has changed: every camera stands where its panels stood. */
export function followLock(
  grid: GridCameras,
  panels: readonly CameraPanel[],
  active: CameraPanel | null,
  from: CameraLock,
  to: CameraLock,
): void {
  const apart = grid.apart.getState();
  const before = new Map(
    panels.map((panel) => [panel.id, grid.cameras.get(cameraName(panel, from, apart))]),
  );
  // The active panel leads: it comes first, so that its camera becomes that of its group.
  const inOrder = active === null ? panels : [active, ...panels];
  const states = new Map<string, { panel: CameraPanel; camera: GridCamera | undefined }>();
  for (const panel of inOrder) {
    const name = cameraName(panel, to, new Set());
    if (!states.has(name)) states.set(name, { panel, camera: before.get(panel.id) });
  }
  for (const name of [...grid.cameras.keys()]) {
    if (name !== "explore" && !states.has(name)) grid.cameras.delete(name);
  }
  for (const [name, { panel, camera }] of states) {
    const next = cameraOf(grid, name, panel);
    if (camera === undefined || camera === next) continue;
    const state = camera.store.getState();
    next.waiting = camera.waiting;
    next.store.setState(state, true);
    next.side = camera.side;
    next.fittedTo = ANYTHING;
    next.lastFit = state === camera.lastFit ? state : null;
  }
  grid.apart.setState(new Set(), true);
}
