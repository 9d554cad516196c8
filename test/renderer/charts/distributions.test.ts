/** What distributions are drawn from, and what a range over them selects. */
import { describe, expect, it } from "vitest";
import { atomListOf } from "../../../renderer/charts/atomList.ts";
import {
  curveOf,
  orderOf,
  distributionAxis,
  entriesBetween,
  mostOf,
  outlineOf,
  partOf,
  readingsAt,
  summarizeGroup,
  type DistributionGroup,
} from "../../../renderer/charts/distributionData.ts";
import {
  countsOf,
  distributionCsv,
  focusOf,
  groupsByClass,
  groupsByVariant,
  groupsOfTarget,
  withSelection,
} from "../../../renderer/charts/distributionGroups.ts";
import { listQuantities, type Quantity } from "../../../renderer/charts/quantities.ts";
import { wholeScale } from "../../../renderer/charts/scatterData.ts";
import { listProperties } from "../../../renderer/state/coloring/properties.ts";
import { listTargets } from "../../../renderer/state/project/targets.ts";
import { FILM_PROJECT, resultOf, summaryOf } from "../../support/fakeStudioApi.ts";

const LOG = wholeScale([Float64Array.of(1, 1000)], "log");
const VALUES = Float64Array.of(1, 1, 10, 1000, NaN, -5);

function group(values: readonly number[], entries: readonly number[] | null = null) {
  return {
    label: "group",
    stroke: "red",
    dash: "none",
    values: Float64Array.from(values),
    entries: entries === null ? null : Uint32Array.from(entries),
    selected: null,
  } satisfies DistributionGroup;
}

describe("curves of distributions", () => {
  it("counts every value with a place once; shares are of all values", () => {
    const { heights, count } = curveOf("histogram", VALUES, LOG);
    expect(count).toBe(5);
    expect(heights[0]).toBe(40);
    expect(heights.at(-1)).toBe(20);
    expect(heights.reduce((sum, share) => sum + share, 0)).toBeCloseTo(80, 12);
    expect(heights.findIndex((share, k) => k > 0 && share > 0)).toBe(
      Math.floor(heights.length / 3),
    );
  });

  it("rises from what lies below the axis to all that lies below its end", () => {
    const { heights } = curveOf("ecdf", VALUES, LOG);
    expect([heights[0], heights[30], heights[80], heights.at(-1)]).toEqual([60, 60, 80, 100]);
    const short = { ...LOG, max: 100 };
    expect(curveOf("ecdf", VALUES, short).heights.at(-1)).toBe(80);
    expect(curveOf("ecdf", Float64Array.of(5000, 0.1), short).heights.at(-1)).toBe(50);
    expect(curveOf("ecdf", Float64Array.of(NaN), LOG).count).toBe(0);
  });

  it("draws a density whose integral is the share that is shown", () => {
    const values = Float64Array.from({ length: 400 }, (_, i) => 10 ** (1 + (i % 100) / 100));
    const { heights } = curveOf("density", values, LOG);
    const integral = heights.reduce((sum, height) => sum + height, 0) / (heights.length - 1);
    expect(integral).toBeCloseTo(1, 2);
    const half = Float64Array.from([...values, ...values.map((value) => value * 1e6)]);
    const part = curveOf("density", half, LOG).heights.reduce((sum, height) => sum + height, 0);
    expect(part / (heights.length - 1)).toBeCloseTo(0.5, 2);
  });

  it("shows the selected atoms as part of all, so that bars stand within bars", () => {
    const whole = curveOf("histogram", VALUES, LOG);
    const part = partOf("histogram", Float64Array.of(1, 10), whole, LOG);
    expect(part.heights[0]).toBe(20);
    part.heights.forEach((height, k) =>
      expect(height).toBeLessThanOrEqual((whole.heights[k] ?? 0) + 1e-12),
    );
    expect(partOf("ecdf", Float64Array.of(1, 10), whole, LOG).heights.at(-1)).toBe(100);
  });

  it("draws a staircase that stays inside its box, clear of the upper edge", () => {
    const path = outlineOf("histogram", Float64Array.of(50, 100), 10, 20, 100);
    expect(path).toBe("M0 20.0L0.0 10.0L5.0 10.0L5.0 0.0L10.0 0.0L10.0 20.0");
    expect(outlineOf("ecdf", Float64Array.of(0, 100), 10, 20, 100)).toBe("M0.0 20.0L10.0 0.0");
    const curve = curveOf("histogram", VALUES, LOG);
    expect(mostOf("histogram", [curve])).toBeGreaterThan(40);
    expect(mostOf("ecdf", [curve])).toBe(100);
  });
});

describe("numbers of distributions", () => {
  it("summarises by quantiles and counts what lies beyond the axis", () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => i);
    const summary = summarizeGroup(values, { ...LOG, kind: "linear", min: 10, max: 95 });
    expect(summary).toEqual({ count: 101, mean: 50, quantiles: [5, 25, 50, 75, 95], beyond: 15 });
    expect(summarizeGroup(Float64Array.of(NaN), LOG)).toEqual({
      count: 0,
      mean: null,
      quantiles: [],
      beyond: 0,
    });
  });

  it("keeps a log axis only where something is positive, and can leave out the ends", () => {
    expect(distributionAxis([group([-1, -2])], "log", "all").kind).toBe("linear");
    expect(distributionAxis([group([-1, 2])], "log", "all").kind).toBe("log");
    const outlier = group([...Array.from({ length: 1000 }, (_, i) => i / 100), 1e6]);
    expect(distributionAxis([outlier], "linear", "all").max).toBeGreaterThanOrEqual(1e6);
    expect(distributionAxis([outlier], "linear", "middle").max).toBeLessThan(20);
  });

  it("reads shares at a value and finds the atoms of a range, ends included", () => {
    const sorted = Float64Array.of(1, 2, 3, 4);
    expect(readingsAt([{ label: "a", sorted }], 2)).toEqual([{ label: "a", below: 50 }]);
    expect(readingsAt([{ label: "a", sorted: Float64Array.of() }], 2)[0]?.below).toBeNull();
    expect([...entriesBetween(group([5, NaN, 2, 3]), 2, 3)]).toEqual([2, 3]);
    expect([...entriesBetween(group([5, NaN, 2], [7, 8, 9]), 2, 5)]).toEqual([7, 9]);
  });
});

const SIZES = [6, 4];
const RESULT = resultOf(FILM_PROJECT, SIZES);
const ROWS = listTargets(FILM_PROJECT, { film: summaryOf("film", SIZES) });
const LIST = atomListOf(ROWS);
const QUANTITIES = listQuantities(RESULT, listProperties(RESULT, []), "baseline");
const SELECTED = Uint8Array.from({ length: 10 }, (_, i) => Number(i > 7));
const INPUTS = {
  list: LIST,
  source: { result: RESULT, structures: new Map(), columns: new Map() },
  classes: {
    title: "Kind",
    categories: [
      { label: "even", color: "red" },
      { label: "odd", color: "blue" },
    ],
    codes: Int16Array.from({ length: 10 }, (_, i) => i % 2),
  },
  selected: SELECTED,
  variants: ["baseline", "+more"],
  reference: "baseline",
  activeVariant: "baseline",
};

function quantity(id: string): Quantity {
  const found = QUANTITIES.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no ${id}.`);
  return found;
}

describe("groups of atoms", () => {
  it("makes one group a variant, without the reference where it means nothing", () => {
    const groups = groupsByVariant(INPUTS, quantity("lpr"));
    expect(groups.map(({ label }) => label)).toEqual(["baseline", "+more"]);
    expect(groups[0]?.values).toHaveLength(10);
    expect(groups[0]?.selected).toHaveLength(2);
    const gains = groupsByVariant(INPUTS, quantity("enhancement"));
    expect(gains.map(({ label }) => label)).toEqual(["+more"]);
    expect(focusOf(groups, "+more")).toBe(1);
    expect(focusOf(gains, "baseline")).toBe(0);
  });

  it("makes one group a class that knows its atoms", () => {
    const groups = groupsByClass(INPUTS, quantity("lpr"));
    expect(groups.map(({ label }) => label)).toEqual(["even", "odd"]);
    expect([...(groups[1]?.entries ?? [])]).toEqual([1, 3, 5, 7, 9]);
    expect(groups[1]?.selected).toHaveLength(1);
    expect(focusOf(groups, "+more")).toBeNull();
    const lpr = groupsByVariant(INPUTS, quantity("lpr"))[0]?.values ?? [];
    expect(groups[1]?.values[2]).toBe(lpr[5]);
  });

  it("counts atoms once, whatever the number of groups", () => {
    const groups = groupsByVariant(INPUTS, quantity("lpr"));
    const axis = distributionAxis(groups, "log", "all");
    expect(countsOf(LIST, groups, axis)).toEqual({ count: 10, beyond: 0, without: 0 });
    const narrow = { ...axis, max: 5 };
    expect(countsOf(LIST, groups, narrow).beyond).toBeGreaterThan(0);
    expect(countsOf(LIST, [group([1, NaN])], axis).without).toBe(9);
  });

  it("shows the variants of one target, or the property once", () => {
    const [row] = ROWS;
    const property = listProperties(RESULT, []).find(({ id }) => id === "lpr");
    if (row === undefined || property === undefined) throw new Error("There is LPR.");
    const groups = groupsOfTarget(INPUTS.source, row, property, ["+more"], INPUTS);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ label: "+more", entries: null, selected: null });
    expect(groups[0]?.values).toHaveLength(6);
  });

  it("writes variants side by side and classes below each other", () => {
    const lpr = quantity("lpr");
    const wide = distributionCsv(INPUTS, "LPR", lpr, groupsByVariant(INPUTS, lpr)).split("\n");
    expect(wide[0]).toBe(
      'dataset,structure_from_0,atom_from_0,class,selected,"LPR, baseline","LPR, +more"',
    );
    expect(wide).toHaveLength(12);
    expect(wide[10]?.startsWith("film,1,3,odd,1,")).toBe(true);
    const long = distributionCsv(INPUTS, "LPR", lpr, groupsByClass(INPUTS, lpr)).split("\n");
    expect(long[0]).toBe("dataset,structure_from_0,atom_from_0,class,selected,LPR");
    expect(long.slice(1, 11).map((line) => line.split(",")[3])).toEqual([
      ...Array.from({ length: 5 }, () => "even"),
      ...Array.from({ length: 5 }, () => "odd"),
    ]);
  });
});

describe("what a selection changes", () => {
  it("is the selected values alone: values, order and curve of a group stay", () => {
    const values = Float64Array.from([3, NaN, 1, 2]);
    const axis = { kind: "linear", min: 0, max: 4, linearThreshold: 1 } as const;
    const group = { label: "a", stroke: "", dash: "", values, entries: null, selected: null };
    const curve = curveOf("density", values, axis);
    const [chosen] = withSelection([group], Uint8Array.from([1, 1, 0, 0]));
    expect([...(chosen?.selected ?? [])]).toEqual([3, NaN]);
    expect(chosen?.values).toBe(values);
    expect(curveOf("density", chosen!.values, axis)).toBe(curve);
    expect([...orderOf(values)]).toEqual([1, 2, 3]);
    // Another axis or kind is another curve.
    expect(curveOf("density", values, { ...axis, max: 8 })).not.toBe(curve);
    expect(curveOf("histogram", values, axis).heights).toHaveLength(40);
    expect(withSelection([group], null)).toEqual([group]);
  });
});
