/** How structures are drawn: saved with the project, never part of the numbers. */
import type { Projection } from "../scene/cameraState.ts";

export interface DisplaySettings {
  /** Å, of a carbon atom. */
  readonly radius: number;
  readonly showBonds: boolean;
  /** Å. */
  readonly bondRadius: number;
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

type Readers = {
  readonly [K in keyof DisplaySettings]: (value: unknown) => value is DisplaySettings[K];
};

const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

function isWithin(min: number, max: number): (value: unknown) => value is number {
  return (value): value is number => typeof value === "number" && value >= min && value <= max;
}

const READERS: Readers = {
  radius: isWithin(RADIUS_RANGE.min, RADIUS_RANGE.max),
  showBonds: isBoolean,
  bondRadius: isWithin(BOND_RADIUS_RANGE.min, BOND_RADIUS_RANGE.max),
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
