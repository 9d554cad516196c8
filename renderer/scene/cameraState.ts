/** Plain view state of an orthographic camera; no Three, no DOM, so that it is tested in Node. */
import { createStore, type StoreApi } from "zustand/vanilla";

/** Components of a three-dimensional vector. */
export type Vector3 = readonly [number, number, number];

/** Unit quaternion (x, y, z, w) turning structure axes into view axes (x right, y up, z to you). */
export type Quaternion = readonly [number, number, number, number];

/**
 * How a panel looks at its structure. The same state may serve structures of different size: lengths
 * are relative to the middle of each structure, which is why linked panels share a length scale.
 */
export interface CameraState {
  readonly rotation: Quaternion;
  /** Å, structure axes, from the middle of the structure: the point in the centre of the panel. */
  readonly target: Vector3;
  /** Å per CSS pixel. */
  readonly scale: number;
}

/** A camera that panels subscribe to. Linked panels are given the same store. */
export type CameraStore = StoreApi<CameraState>;

/** Axes that can be looked along, each from both sides. */
export type ViewDirection = "x" | "y" | "z" | "-x" | "-y" | "-z";

/** Cell vectors that can be looked along. */
export type CellDirection = "a" | "b" | "c";

/** How depth is drawn: without shrinking, so that lengths can be compared, or as the eye sees. */
export type Projection = "orthographic" | "perspective";

/** Makes a camera for a group of linked panels. */
export function createCameraStore(initial: CameraState): CameraStore {
  return createStore<CameraState>(() => initial);
}
