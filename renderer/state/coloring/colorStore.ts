/** What the atoms are coloured by and how. Each property keeps its own settings. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { DEFAULT_PERCENTILES } from "../../color/autoRange.ts";
import { scaleProblem, type ScaleKind } from "../../color/colorScale.ts";
import type { PropertyDescription, PropertyId } from "./properties.ts";

export interface ColorRange {
  readonly min: number;
  readonly max: number;
}

/** A scale, or the one that suits the values: see `suitableScale`. */
export type ScaleChoice = ScaleKind | "automatic";

/** How a property is coloured once its values are known. */
export interface PropertyColoring {
  readonly scale: ScaleKind;
  /** null: from the percentiles. */
  readonly manual: ColorRange | null;
  readonly percentiles: readonly [number, number];
  readonly symmetric: boolean;
  readonly map: string;
  readonly reversed: boolean;
}

/** How a property is to be coloured, whatever its values are. */
export interface ColoringChoice extends Omit<PropertyColoring, "scale"> {
  readonly scale: ScaleChoice;
}

export interface ColorState {
  readonly property: PropertyId;
  /** Beginning of the id of a quantity that was asked for before it was there; null: none. */
  readonly wanted: string | null;
  /** The variant that enhancement is relative to; null: the first. */
  readonly reference: string | null;
  readonly settings: Readonly<Partial<Record<PropertyId, Partial<ColoringChoice>>>>;
}

export type ColorStore = StoreApi<ColorState>;

const START: ColorState = { property: "species", wanted: null, reference: null, settings: {} };

export function createColorStore(): ColorStore {
  return createStore<ColorState>(() => START);
}

export function resetColors(store: ColorStore, property: PropertyId = "species"): void {
  store.setState({ ...START, property });
}

/** Percentages of change reach from a few to many thousands: their values decide. */
export function defaultScaleOf(
  property: Pick<PropertyDescription, "diverging" | "suffix" | "scale">,
): ScaleChoice {
  return property.diverging && property.suffix === "%" ? "automatic" : property.scale;
}

/** Settings of a property: what was chosen, else what suits it. */
export function coloringOf(state: ColorState, property: PropertyDescription): ColoringChoice {
  return {
    scale: defaultScaleOf(property),
    manual: null,
    percentiles: DEFAULT_PERCENTILES,
    symmetric: property.diverging,
    map: property.defaultMap,
    reversed: false,
    ...state.settings[property.id],
  };
}

export function changeColoring(
  store: ColorStore,
  property: PropertyId,
  change: Partial<ColoringChoice>,
): void {
  store.setState((state) => ({
    settings: { ...state.settings, [property]: { ...state.settings[property], ...change } },
  }));
}

/**
 * Sets the range by hand; symmetric ranges follow the end that was moved. Gives the reason when the
 * numbers are no range, and changes nothing then.
 */
export function setManualRange(
  store: ColorStore,
  property: PropertyDescription,
  range: ColorRange,
  moved: "min" | "max" | "both",
): string | null {
  const coloring = coloringOf(store.getState(), property);
  let { min, max } = range;
  if (coloring.symmetric && coloring.scale !== "log") {
    const end = Math.abs(moved === "min" ? min : max);
    min = -end;
    max = end;
  }
  const problem =
    min === max
      ? "Both ends are the same number."
      : scaleProblem({
          // What is chosen automatically is never logarithmic alone.
          kind: coloring.scale === "automatic" ? "linear" : coloring.scale,
          min,
          max,
          linearThreshold: 1,
        });
  if (problem === null) changeColoring(store, property.id, { manual: { min, max } });
  return problem;
}

/** Back to the percentiles. */
export function setAutomaticRange(
  store: ColorStore,
  property: PropertyId,
  percentiles: readonly [number, number] = DEFAULT_PERCENTILES,
): void {
  changeColoring(store, property, { manual: null, percentiles });
}
