/** Steps of the cameras, so that a turn too far can be taken back. Plain state, tested in Node. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CameraState, CameraStore } from "./cameraState.ts";

/** Where a camera was before (or after) a step. */
export interface CameraStep {
  readonly camera: CameraStore;
  readonly state: CameraState;
  /** Its place among all steps of the window. */
  readonly step: number;
}

export interface CameraHistoryState {
  readonly undoable: readonly CameraStep[];
  readonly redoable: readonly CameraStep[];
}

/** Movements without a pause of this length are one step, ms. */
export const CAMERA_PAUSE_MS = 400;
const MAX_UNDO = 100;

export interface CameraHistory extends Omit<StoreApi<CameraHistoryState>, "setState"> {
  /** Notes the steps of a camera from now on; does nothing the second time. */
  follow(camera: CameraStore): void;
  /** Another project is opened. */
  forget(): void;
  /** What moves cameras in here is nobody's step: fitting to the window, for instance. */
  quietly(move: () => void): void;
  undo(): boolean;
  redo(): boolean;
}

/**
 * Which cameras are moving: one that has rested for {@link CAMERA_PAUSE_MS} begins a new movement, but a
 * pointer that is held down goes on with the same, however long it rests.
 */
function createMovements(isHeld: () => boolean): {
  begins(camera: CameraStore): boolean;
  end(camera: CameraStore): void;
  endAll(): void;
} {
  const moving = new Map<CameraStore, ReturnType<typeof setTimeout>>();
  const end = (camera: CameraStore): void => {
    clearTimeout(moving.get(camera));
    moving.delete(camera);
  };
  const wait = (camera: CameraStore): void => {
    const rested = (): void => {
      if (isHeld()) wait(camera);
      else moving.delete(camera);
    };
    moving.set(camera, setTimeout(rested, CAMERA_PAUSE_MS));
  };
  return {
    begins(camera) {
      const isNew = !moving.has(camera);
      end(camera);
      wait(camera);
      return isNew;
    },
    end,
    endAll() {
      for (const camera of [...moving.keys()]) end(camera);
    },
  };
}

const EMPTY: CameraHistoryState = { undoable: [], redoable: [] };

/**
 * @param nextStep - the clock that all histories of the window share.
 * @param isHeld - whether a button of the pointer is down
 */
export function createCameraHistory(
  nextStep: () => number,
  isHeld: () => boolean = () => false,
): CameraHistory {
  const store = createStore<CameraHistoryState>(() => EMPTY);
  const movements = createMovements(isHeld);
  const followed = new WeakSet<CameraStore>();
  let isQuiet = false;

  const quietly = (move: () => void): void => {
    const wasQuiet = isQuiet;
    isQuiet = true;
    try {
      move();
    } finally {
      isQuiet = wasQuiet;
    }
  };
  const note = (camera: CameraStore, state: CameraState): void => {
    if (!movements.begins(camera)) return;
    const { undoable } = store.getState();
    const steps = [...undoable, { camera, state, step: nextStep() }];
    store.setState({ undoable: steps.slice(-MAX_UNDO), redoable: [] });
  };
  const swap = (from: "undoable" | "redoable", to: "undoable" | "redoable"): boolean => {
    const last = store.getState()[from].at(-1);
    if (last === undefined) return false;
    const { camera } = last;
    movements.end(camera);
    const back = { camera, state: camera.getState(), step: nextStep() };
    store.setState((state) => ({
      ...state,
      [from]: state[from].slice(0, -1),
      [to]: [...state[to], back],
    }));
    quietly(() => {
      camera.setState(last.state, true);
    });
    return true;
  };
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    quietly,
    follow(camera) {
      if (followed.has(camera)) return;
      followed.add(camera);
      camera.subscribe((_state, before) => {
        if (!isQuiet) note(camera, before);
      });
    },
    forget() {
      movements.endAll();
      store.setState(EMPTY);
    },
    undo: () => swap("undoable", "redoable"),
    redo: () => swap("redoable", "undoable"),
  };
}
