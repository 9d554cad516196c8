import { expect, test } from "vitest";
import { colorPanels, type PanelInput } from "../../../../renderer/state/coloring/coloring.ts";
import {
  changeColoring,
  coloringOf,
  createColorStore,
  setManualRange,
  type ColoringChoice,
} from "../../../../renderer/state/coloring/colorStore.ts";
import {
  listProperties,
  type PropertyDescription,
} from "../../../../renderer/state/coloring/properties.ts";
import {
  densityOf,
  histogramOf,
  meanOf,
  percentileOf,
  quantileOf,
} from "../../../../renderer/state/results/statistics.ts";
import { columnDecimals, sortAtoms } from "../../../../renderer/state/results/atomTable.ts";
import { FILM_PROJECT, resultOf } from "../../../support/fakeStudioApi.ts";

const PROPERTIES = listProperties(resultOf(FILM_PROJECT, [6, 4]), []);

function propertyOf(id: string): PropertyDescription {
  const found = PROPERTIES.find((property) => property.id === id);
  if (found === undefined) throw new Error(`${id} is not offered.`);
  return found;
}

function numbers(id: string, values: readonly number[], group = "values"): PanelInput {
  return {
    id,
    group,
    nAtoms: values.length,
    data: { values: Float64Array.from(values), categories: null },
  };
}

const LPR = propertyOf("lpr");
const GAIN = propertyOf("enhancement");

test("LPR starts on a log scale in viridis, gains on a symmetric diverging one", () => {
  const state = createColorStore().getState();
  expect(coloringOf(state, LPR)).toMatchObject({ scale: "log", map: "viridis", symmetric: false });
  expect(coloringOf(state, GAIN)).toMatchObject({
    scale: "automatic",
    map: "lpr-diverge",
    symmetric: true,
  });
});

test("gains of thousands of percent are on a symlog scale, in all groups alike; a choice stays", () => {
  const store = createColorStore();
  const kinds = (choice: ColoringChoice, ...gains: readonly number[]): readonly unknown[] =>
    [
      ...colorPanels(
        GAIN,
        choice,
        gains.map((gain, k) => numbers(String(k), [-3, 2, gain], String(k))),
      ).groups.values(),
    ].map(({ settings, scale }) => [settings.scale, scale?.kind]);
  const automatic = coloringOf(store.getState(), GAIN);
  expect(kinds(automatic, 900, 20)).toEqual(Array(2).fill(["linear", "linear"]));
  expect(kinds(automatic, 9000, 20)).toEqual(Array(2).fill(["symlog", "symlog"]));
  expect(kinds(automatic, NaN)).toEqual([["linear", "linear"]]);
  changeColoring(store, GAIN.id, { scale: "linear" });
  expect(kinds(coloringOf(store.getState(), GAIN), 9000)).toEqual([["linear", "linear"]]);
});

test("without a choice a range leaves out two percent of the values at either end", () => {
  const plain: PropertyDescription = { ...LPR, scale: "linear" };
  const middle = Array.from({ length: 99 }, (_, k) => k / 98);
  const { groups } = colorPanels(plain, coloringOf(createColorStore().getState(), plain), [
    numbers("a", [-1000, ...middle, 1000]),
  ]);
  expect(groups.get("values")?.scale).toMatchObject({ min: 0, max: 1 });
  expect(groups.get("values")?.counts).toMatchObject({ under: 1, over: 1 });
});

test("a value that is not a number is no value, not the low end", () => {
  const settings = coloringOf(createColorStore().getState(), LPR);
  const { panels, groups } = colorPanels(LPR, settings, [numbers("a", [0.1, NaN, 1])]);
  expect(panels.get("a")?.scalars?.[1]).toBe(-1);
  expect(groups.get("values")?.counts.noValue).toBe(1);
  expect(panels.get("a")?.mean).toBeCloseTo(0.55, 12);
});

test("shared, equal values are equal colours in all panels; unshared, each has its own range", () => {
  const settings = coloringOf(createColorStore().getState(), LPR);
  const inputs = [numbers("a", [0.01, 0.1]), numbers("b", [0.1, 10])];
  const shared = colorPanels(LPR, settings, inputs).panels;
  expect(shared.get("a")?.scalars?.[1]).toBe(shared.get("b")?.scalars?.[0]);
  const own = colorPanels(
    LPR,
    settings,
    inputs.map((input) => ({ ...input, group: input.id })),
  ).panels;
  expect(own.get("a")?.scale.max).not.toBe(own.get("b")?.scale.max);
});

test("a panel without values is counted and grey, and does not move the range of the others", () => {
  const settings = coloringOf(createColorStore().getState(), LPR);
  const alone = colorPanels(LPR, settings, [numbers("a", [0.01, 0.1])]);
  const both = colorPanels(LPR, settings, [
    numbers("a", [0.01, 0.1]),
    { id: "b", nAtoms: 7, data: null, group: "values" },
  ]);
  expect(both.groups.get("values")?.scale).toEqual(alone.groups.get("values")?.scale);
  expect(both.nReady).toBe(1);
  expect(both.groups.get("values")?.counts.noValue).toBe(7);
});

test("categories of different panels share their colours", () => {
  const species = propertyOf("species");
  const carbon = { label: "C", color: "#909090" };
  const hydrogen = { label: "H", color: "#ffffff" };
  const panel = (id: string, categories: readonly (typeof carbon)[]): PanelInput => ({
    id,
    group: "values",
    nAtoms: 1,
    data: { values: Float64Array.from([categories.length - 1]), categories },
  });
  const settings = coloringOf(createColorStore().getState(), species);
  const { panels, groups } = colorPanels(species, settings, [
    panel("a", [carbon]),
    panel("b", [hydrogen, carbon]),
  ]);
  expect(groups.get("values")?.categories).toEqual([carbon, hydrogen]);
  expect(panels.get("a")?.scalars?.[0]).toBe(panels.get("b")?.scalars?.[0]);
});

test("symmetric ranges follow the end that was moved", () => {
  const store = createColorStore();
  expect(setManualRange(store, GAIN, { min: -6, max: 9 }, "max")).toBeNull();
  expect(coloringOf(store.getState(), GAIN).manual).toEqual({ min: -9, max: 9 });
  changeColoring(store, GAIN.id, { symmetric: false });
  setManualRange(store, GAIN, { min: -6, max: 9 }, "min");
  expect(coloringOf(store.getState(), GAIN).manual).toEqual({ min: -6, max: 9 });
});

test("what is no range is refused with a reason and changes nothing", () => {
  const store = createColorStore();
  expect(setManualRange(store, LPR, { min: -1, max: 1 }, "min")).toMatch(/above zero/);
  expect(setManualRange(store, LPR, { min: 2, max: 1 }, "min")).toMatch(/above/);
  expect(setManualRange(store, LPR, { min: 2, max: 2 }, "min")).toMatch(/same/);
  expect(coloringOf(store.getState(), LPR).manual).toBeNull();
});

test("statistics of nothing are nothing", () => {
  expect(meanOf([NaN, Infinity])).toBeNull();
  expect(quantileOf(new Float64Array(0), 0.5)).toBeNull();
  expect(percentileOf(new Float64Array(0), 1)).toBeNull();
});

test("quantiles interpolate, histograms count every value inside once", () => {
  expect(quantileOf(Float64Array.from([0, 10]), 0.25)).toBe(2.5);
  expect(percentileOf(Float64Array.from([1, 2, 3, 4]), 2)).toBe(50);
  expect([...histogramOf([0, 0.5, 1, 2, NaN], 0, 1, 2)]).toEqual([1, 2]);
});

test("a density integrates to one", () => {
  const sorted = Float64Array.from({ length: 500 }, (_, i) => 0.3 + (0.4 * i) / 499);
  const density = densityOf(sorted, 0, 1, 201);
  const integral = density.reduce((sum, value) => sum + value, 0) / 200;
  expect(integral).toBeCloseTo(1, 3);
});

test("atoms without a value come last in both directions, ties in atom order", () => {
  const values = Float64Array.from([2, NaN, 1, 2]);
  expect([...sortAtoms(values, false)]).toEqual([2, 0, 3, 1]);
  expect([...sortAtoms(values, true)]).toEqual([0, 3, 2, 1]);
  expect(columnDecimals(Float64Array.from([0.0228, 0.0576, NaN]))).toBe(4);
});
