/** How structures are drawn: saved with the project, never part of the numbers. */
import type { Projection, Vector3 } from "../../scene/cameraState.ts";

/** What is left when everything outside two parallel planes is cut away. */
export interface SlabSettings {
  /** Lattice planes across a cell vector, or a unit normal (structure axes) taken from a view. */
  readonly along: "a" | "b" | "c" | Vector3;
  /** Of the middle: 0 at the first atom along the normal, 1 at the last. */
  readonly position: number;
  /** Å. */
  readonly thickness: number;
}

export interface DisplaySettings {
  /** Å, of a carbon atom. */
  readonly radius: number;
  readonly showBonds: boolean;
  /** Å. */
  readonly bondRadius: number;
  /** Null: nothing is cut away. */
  readonly slab: SlabSettings | null;
  /** Copies side by side along a, b, c; 1 along directions that are not periodic. */
  readonly images: readonly [number, number, number];
  readonly showCell: boolean;
  readonly showAxes: boolean;
  readonly showScaleBar: boolean;
  readonly occlusion: boolean;
  readonly projection: Projection;
}

export const DEFAULT_DISPLAY: DisplaySettings = {
  radius: 0.62,
  showBonds: false,
  bondRadius: 0.14,
  slab: null,
  images: [1, 1, 1],
  showCell: false,
  showAxes: true,
  showScaleBar: true,
  occlusion: true,
  projection: "orthographic",
};

/** Å. */
export const RADIUS_RANGE = { min: 0.1, max: 1.5, step: 0.02 } as const;

/** Å. */
export const BOND_RADIUS_RANGE = { min: 0.02, max: 0.5, step: 0.02 } as const;

/** Å. */
export const SLAB_THICKNESS = { min: 0.5, max: 60, step: 0.5 } as const;

/** Copies along one direction. */
export const MAX_IMAGES = 9;

type Readers = {
  readonly [K in keyof DisplaySettings]: (value: unknown) => value is DisplaySettings[K];
};

const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

function isWithin(min: number, max: number): (value: unknown) => value is number {
  return (value): value is number => typeof value === "number" && value >= min && value <= max;
}

function isNumbers(value: unknown, isOne: (one: unknown) => boolean): value is Vector3 {
  return Array.isArray(value) && value.length === 3 && value.every(isOne);
}

function isUnitVector(value: unknown): value is Vector3 {
  const isOne = isWithin(-1, 1);
  return isNumbers(value, isOne) && Math.abs(Math.hypot(...value) - 1) < 1e-6;
}

function isSlab(value: unknown): value is SlabSettings | null {
  if (value === null) return true;
  if (typeof value !== "object") return false;
  const { along, position, thickness } = value as Partial<Record<keyof SlabSettings, unknown>>;
  const isAlong = along === "a" || along === "b" || along === "c" || isUnitVector(along);
  const { min, max } = SLAB_THICKNESS;
  return isAlong && isWithin(0, 1)(position) && isWithin(min, max)(thickness);
}

const READERS: Readers = {
  radius: isWithin(RADIUS_RANGE.min, RADIUS_RANGE.max),
  showBonds: isBoolean,
  bondRadius: isWithin(BOND_RADIUS_RANGE.min, BOND_RADIUS_RANGE.max),
  slab: isSlab,
  images: (value): value is DisplaySettings["images"] =>
    isNumbers(value, (one) => Number.isInteger(one) && isWithin(1, MAX_IMAGES)(one)),
  showCell: isBoolean,
  showAxes: isBoolean,
  showScaleBar: isBoolean,
  occlusion: isBoolean,
  projection: (value) => value === "orthographic" || value === "perspective",
};

/** What a saved view says of the display. What is missing or no longer valid stays as it is. */
export function readDisplay(saved: unknown): Partial<DisplaySettings> {
  if (saved === null || typeof saved !== "object") return {};
  return Object.fromEntries(
    Object.entries(saved).filter(([key, value]) =>
      Object.hasOwn(READERS, key) ? READERS[key as keyof DisplaySettings](value) : false,
    ),
  );
}

/** The part of a view that is saved. */
export function displayToSave(view: DisplaySettings): DisplaySettings {
  const keys = Object.keys(DEFAULT_DISPLAY) as (keyof DisplaySettings)[];
  return Object.fromEntries(keys.map((key) => [key, view[key]])) as unknown as DisplaySettings;
}
