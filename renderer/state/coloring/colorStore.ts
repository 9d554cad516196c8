/** What the atoms are coloured by and how. Each property keeps its own settings. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { scaleProblem, type ScaleKind } from "../../color/colorScale.ts";
import type { PropertyDescription, PropertyId } from "./properties.ts";

export interface ColorRange {
  readonly min: number;
  readonly max: number;
}

export interface PropertyColoring {
  readonly scale: ScaleKind;
  /** null: from the percentiles. */
  readonly manual: ColorRange | null;
  readonly percentiles: readonly [number, number];
  readonly symmetric: boolean;
  readonly map: string;
  readonly reversed: boolean;
}

export interface ColorState {
  readonly property: PropertyId;
  /** Beginning of the id of a quantity that was asked for before it was there; null: none. */
  readonly wanted: string | null;
  /** The variant that enhancement is relative to; null: the first. */
  readonly reference: string | null;
  readonly settings: Readonly<Partial<Record<PropertyId, Partial<PropertyColoring>>>>;
}

export type ColorStore = StoreApi<ColorState>;

const START: ColorState = { property: "species", wanted: null, reference: null, settings: {} };

export function createColorStore(): ColorStore {
  return createStore<ColorState>(() => START);
}

export function resetColors(store: ColorStore, property: PropertyId = "species"): void {
  store.setState({ ...START, property });
}

/** Settings of a property: what was chosen, else what suits it. */
export function coloringOf(state: ColorState, property: PropertyDescription): PropertyColoring {
  return {
    scale: property.scale,
    manual: null,
    percentiles: [2, 98],
    symmetric: property.diverging,
    map: property.defaultMap,
    reversed: false,
    ...state.settings[property.id],
  };
}

export function changeColoring(
  store: ColorStore,
  property: PropertyId,
  change: Partial<PropertyColoring>,
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
      : scaleProblem({ kind: coloring.scale, min, max, linearThreshold: 1 });
  if (problem === null) changeColoring(store, property.id, { manual: { min, max } });
  return problem;
}

/** Back to the percentiles. */
export function setAutomaticRange(
  store: ColorStore,
  property: PropertyId,
  percentiles: readonly [number, number] = [2, 98],
): void {
  changeColoring(store, property, { manual: null, percentiles });
}
