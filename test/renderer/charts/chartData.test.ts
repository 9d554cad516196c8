/** What scatter and parity charts are drawn from. */
import { describe, expect, it } from "vitest";
import { classesOf } from "../../../renderer/charts/atomClasses.ts";
import {
  atomListOf,
  entryOf,
  gatherBytes,
  gatherValues,
  picksOf,
  placeOf,
} from "../../../renderer/charts/atomList.ts";
import { csvText } from "../../../renderer/charts/csvText.ts";
import { drawDensity } from "../../../renderer/mapView/densityRaster.ts";
import { colorsByClass, colorsByValue } from "../../../renderer/charts/pointColors.ts";
import {
  fromMedian,
  parityOf,
  repeatedBytes,
  repeatedNumbers,
} from "../../../renderer/charts/parityData.ts";
import {
  listQuantities,
  quantityValues,
  startAxes,
  variantFor,
} from "../../../renderer/charts/quantities.ts";
import {
  placePoints,
  trendFacts,
  trendLine,
  trendOf,
  wholeScale,
} from "../../../renderer/charts/scatterData.ts";
import { scatterPresets, settingsOf } from "../../../renderer/charts/scatterPresets.ts";
import { categoryTable } from "../../../renderer/color/colorTable.ts";
import { scaleTicks } from "../../../renderer/color/scaleTicks.ts";
import { makeRaster } from "../../../renderer/mapView/pointRaster.ts";
import { listProperties } from "../../../renderer/state/coloring/properties.ts";
import {
  createSelectionStore,
  selectAcross,
} from "../../../renderer/state/selection/selectionStore.ts";
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import { CHART_LIST, CHART_ROWS, CHART_SIZES, chartStructures } from "../../support/chartAtoms.ts";
import { FILM_PROJECT, resultOf } from "../../support/fakeStudioApi.ts";

const LIST = CHART_LIST;
const [FIRST, SECOND] = CHART_ROWS;
if (FIRST === undefined || SECOND === undefined) throw new Error("The film has two structures.");

/** Committee variance of atom i under variant v is (i + 1) / (v + 1)³. */
const PLAIN = resultOf(FILM_PROJECT, CHART_SIZES);
const WITH_COMMITTEE: AnalysisResult = {
  ...PLAIN,
  targets: PLAIN.targets.map((target) => ({
    ...target,
    committee: {
      members: 2,
      energies: new Float64Array(40),
      mean: new Float64Array(20),
      variance: Float64Array.from({ length: 20 }, (_, i) => ((i % 10) + 1) / (i < 10 ? 1 : 8)),
    },
  })),
};

const source = (result: AnalysisResult, coordination: readonly number[] = []) => ({
  result,
  structures: chartStructures(coordination),
  columns: new Map(),
});

describe("the atoms of several structures as one list", () => {
  it("finds the structure and atom of each entry and back", () => {
    expect(LIST.nAtoms).toBe(10);
    for (let entry = 0; entry < 10; entry++) {
      const place = placeOf(LIST, entry);
      expect(place?.row.key).toBe(entry < 6 ? FIRST.key : SECOND.key);
      expect(entryOf(LIST, place?.row.key ?? null, place?.atom ?? -1)).toBe(entry);
    }
    expect(placeOf(LIST, 10)).toBeNull();
    expect(placeOf(LIST, -1)).toBeNull();
    expect(entryOf(LIST, "elsewhere", 0)).toBeNull();
  });

  it("has no value where a structure has none", () => {
    const values = gatherValues(LIST, (row) => (row === SECOND ? [1, 2, 3, 4] : null));
    expect([...values]).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, 1, 2, 3, 4]);
    expect(gatherBytes(LIST, () => null)).toBeNull();
    const bytes = gatherBytes(LIST, (row) => (row === SECOND ? Uint8Array.of(1, 0, 0, 1) : null));
    expect([...(bytes ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 1]);
  });

  it("selects across structures in one step to undo", () => {
    const store = createSelectionStore();
    selectAcross(store, picksOf(LIST, [1, 5, 6, 9]), "replace", "lasso on scatter");
    const { selections, undoable } = store.getState();
    expect([...(selections.get(FIRST.key)?.mask ?? [])]).toEqual([0, 1, 0, 0, 0, 1]);
    expect([...(selections.get(SECOND.key)?.mask ?? [])]).toEqual([1, 0, 0, 1]);
    expect(undoable).toHaveLength(1);
    selectAcross(store, picksOf(LIST, [9]), "remove", "lasso on scatter");
    expect(store.getState().selections.get(FIRST.key)?.count).toBe(2);
    expect(store.getState().selections.get(SECOND.key)?.count).toBe(1);
    selectAcross(store, picksOf(LIST, [8]), "replace", "lasso on scatter");
    expect(store.getState().selections.has(FIRST.key)).toBe(false);
  });
});

describe("quantities of charts", () => {
  it("offers ratios only where there are variants and committees", () => {
    const ids = (result: AnalysisResult) =>
      listQuantities(result, listProperties(result, []), "baseline").map(({ id }) => id);
    expect(ids(PLAIN)).toContain("lprRatio");
    expect(ids(PLAIN)).not.toContain("varianceRatio");
    expect(ids(WITH_COMMITTEE)).toContain("varianceRatio");
    const single = { ...PLAIN, variants: PLAIN.variants.slice(0, 1) };
    expect(ids(single)).not.toContain("lprRatio");
    expect(ids(PLAIN)).not.toContain("species");
    expect(new Set(ids(WITH_COMMITTEE)).size).toBe(ids(WITH_COMMITTEE).length);
  });

  it("begins with Fig. 4c where there are committees", () => {
    const quantities = listQuantities(
      WITH_COMMITTEE,
      listProperties(WITH_COMMITTEE, []),
      "baseline",
    );
    const { x, y } = startAxes(quantities);
    expect([x?.id, y?.id]).toEqual(["lprRatio", "varianceRatio"]);
    expect(y?.axisLabel).toBe("Committee variance ratio to baseline");
    const label = quantities.find(({ id }) => id === "committee")?.axisLabel;
    expect(label).toBe("Committee std. deviation (eV)");
    const names = ["baseline", "+more"];
    expect(variantFor(quantities.slice(0, 1), names, "baseline", "baseline")).toBe("baseline");
    expect(variantFor(x === undefined ? [] : [x], names, "baseline", "baseline")).toBe("+more");
  });

  it("divides variances, not standard deviations", () => {
    const at = (id: "lprRatio" | "varianceRatio" | "referenceLpr") => [
      ...(quantityValues(source(WITH_COMMITTEE), id, SECOND, "+more", "baseline") ?? []),
    ];
    expect(at("lprRatio")).toEqual([2, 2, 2, 2]);
    for (const ratio of at("varianceRatio")) expect(ratio).toBeCloseTo(1 / 8, 12);
    expect(at("referenceLpr")).toEqual([7, 8, 9, 10]);
  });

  it("has no ratio to zero, and no map coordinate without a map", () => {
    const zero = {
      ...PLAIN,
      targets: PLAIN.targets.map((target) => ({ ...target, lpr: new Float64Array(20) })),
    };
    expect([
      ...(quantityValues(source(zero), "lprRatio", FIRST, "+more", "baseline") ?? []),
    ]).toEqual(Array.from({ length: 6 }, () => NaN));
    expect(quantityValues(source(PLAIN), "map:0", FIRST, "+more", "baseline")).toBeNull();
  });
});

describe("places and trend of points", () => {
  const x = Float64Array.of(0.01, 0.1, 1, 10, -1, NaN);
  const y = Float64Array.of(1e4, 1e2, 1, 1e-2, 5, 5);

  it("leaves nothing with two positive values outside log axes", () => {
    const xScale = wholeScale([x], "log");
    const yScale = wholeScale([y], "log");
    const { points, nDrawn, nLeftOut } = placePoints(x, y, xScale, yScale);
    expect([nDrawn, nLeftOut]).toEqual([4, 2]);
    expect([...points.subarray(8)]).toEqual([NaN, NaN, NaN, NaN]);
    expect([...points.subarray(0, 8)].map((f) => Number(f.toFixed(5)))).toEqual([
      0, 1, 0.33333, 0.66667, 0.66667, 0.33333, 1, 0,
    ]);
  });

  it("finds the power law, and says what it left out", () => {
    const trend = trendOf(x, y, "log", "log");
    expect(trend?.slope).toBeCloseTo(-2, 12);
    expect(trend?.pearson).toBeCloseTo(-1, 12);
    expect(trend?.nExcluded).toBe(2);
    if (trend === null) throw new Error("There is a trend.");
    const line = trendLine(trend, wholeScale([x], "log"), wholeScale([y], "log"));
    expect(line?.map((value) => Number(value.toFixed(9)) + 0)).toEqual([0, 1, 1, 0]);
    expect(trendFacts(trend, "log", "log").map(({ value }) => value)).toEqual([
      "−2.00",
      "−1.00",
      "−1.00",
    ]);
    expect(trendOf(Float64Array.of(1, -1), Float64Array.of(1, 1), "log", "log")).toBeNull();
  });

  it("correlates what the axes show, and speaks of a slope only between logarithms", () => {
    const trend = trendOf(x, Float64Array.of(-4, -2, 0, 2, 9, 9), "log", "linear");
    expect(trend?.n).toBe(4);
    expect(trend?.pearson).toBeCloseTo(1, 12);
    if (trend === null) throw new Error("There is a trend.");
    expect(trendFacts(trend, "log", "linear").map(({ label }) => label)).toEqual([
      "Pearson",
      "Spearman",
    ]);
  });

  it("offers the charts of the paper where their quantities are", () => {
    const ids = (result: AnalysisResult) =>
      scatterPresets(listQuantities(result, listProperties(result, []), "baseline")).map(
        ({ id }) => id,
      );
    expect(ids(WITH_COMMITTEE)).toEqual(["ratios", "variance", "enhancement"]);
    expect(ids(PLAIN)).toEqual(["enhancement"]);
    const [first] = scatterPresets(
      listQuantities(WITH_COMMITTEE, listProperties(WITH_COMMITTEE, []), "baseline"),
    );
    if (first === undefined) throw new Error("There is a preset.");
    expect(settingsOf(first)).toEqual({
      x: { quantity: "lprRatio", scale: null },
      y: { quantity: "varianceRatio", scale: null },
      color: "class",
    });
    const variances = quantityValues(
      source(WITH_COMMITTEE),
      "committeeVariance",
      SECOND,
      "+more",
      "baseline",
    );
    [...(variances ?? [])].forEach((value, k) => expect(value).toBeCloseTo((7 + k) / 8, 12));
  });
});

describe("parity of a committee", () => {
  it("repeats the mean for each member and averages variances, not deviations", () => {
    const [target] = PLAIN.targets;
    if (target === undefined) throw new Error("There is a target.");
    // Variants × members × environments: the second variant begins at 20.
    const energies = Float64Array.from({ length: 40 }, (_, i) => i);
    const mean = Float64Array.from({ length: 20 }, (_, i) => -i);
    const variance = Float64Array.from({ length: 20 }, (_, i) => (i < 15 ? 1 : 7));
    const result = {
      ...PLAIN,
      targets: [{ ...target, committee: { members: 2, energies, mean, variance } }],
    };
    const parity = parityOf(result, atomListOf([SECOND]), "+more");
    expect([...(parity?.energies ?? [])]).toEqual([26, 36, 27, 37, 28, 38, 29, 39]);
    expect([...(parity?.mean ?? [])]).toEqual([-16, -16, -17, -17, -18, -18, -19, -19]);
    expect(parity?.rmsSpread).toBeCloseTo(Math.sqrt(7), 12);
    const all = parityOf(result, LIST, "+more");
    expect(all?.rmsSpread).toBeCloseTo(2, 12);
    expect(parityOf(PLAIN, LIST, "+more")).toBeNull();
    if (parity === null) throw new Error("There is a committee.");
    const { zero, parities } = fromMedian([parity]);
    expect(zero).toBe(-17.5);
    expect([...(parities[0]?.mean ?? [])]).toEqual([1.5, 1.5, 0.5, 0.5, -0.5, -0.5, -1.5, -1.5]);
    expect(parities[0]?.energies[0]).toBe(43.5);
    expect([...repeatedBytes(Uint8Array.of(1, 0), 2)]).toEqual([1, 1, 0, 0]);
    expect([...repeatedNumbers(Float32Array.of(0.5, -1), 2)]).toEqual([0.5, 0.5, -1, -1]);
  });
});

describe("log axes of ratios near one", () => {
  it("fill the plot, and have more than one number", () => {
    const scale = wholeScale([Float64Array.of(1.002, 1.05, 1.128, NaN, -1)], "log");
    expect(scale.kind).toBe("log");
    expect([scale.min, scale.max]).toEqual([1, 1.13]);
    const labels = scaleTicks(scale, { maxLabels: 6, signed: false }).map(({ label }) => label);
    expect(labels.filter((label) => label !== "").length).toBeGreaterThan(2);
    expect(labels).toContain("1.05");
    const wide = wholeScale([Float64Array.of(0.9, 40)], "log");
    expect([wide.min, wide.max]).toEqual([0.6, 50]);
  });
});

describe("colours of points", () => {
  it("marks atoms without class or value", () => {
    const classes = classesOf(LIST, new Map());
    expect([...colorsByClass(classes).scalars]).toEqual(Array.from({ length: 10 }, () => -1));
    const [lpr] = listQuantities(PLAIN, listProperties(PLAIN, []), "baseline");
    if (lpr === undefined) throw new Error("There is LPR.");
    const { scalars, key } = colorsByValue(lpr, Float64Array.of(1, 10, NaN));
    expect(scalars[2]).toBe(-1);
    expect(key).toMatchObject({ kind: "scale", scale: { kind: "log" } });
  });

  it("mixes colours that lie on each other, whichever comes first", () => {
    const draw = (scalars: readonly number[], n = 2) => {
      const raster = makeRaster(9, 9, "#000000");
      drawDensity(raster, {
        points: new Float32Array(2 * n).fill(4.5),
        scalars: Float32Array.from({ length: n }, (_, i) => scalars[i % 2] ?? 0),
        flags: null,
        table: categoryTable("test", ["#ff0000", "#0000ff"]),
        xFactor: 1,
        xOffset: 0,
        yFactor: 1,
        yOffset: 0,
        radius: 2,
        dimmedRadius: 1,
        dimmedColor: "#888888",
        accent: "#ffffff",
      });
      return [...raster.pixels.subarray(4 * (4 * 9 + 4), 4 * (4 * 9 + 4) + 3)];
    };
    const [red, blue] = [0.5 / 256, 1.5 / 256];
    expect(draw([red, blue])).toEqual(draw([blue, red]));
    const [r = 0, , b = 0] = draw([red, blue]);
    expect(r).toBe(b);
    const [solid = 0] = draw([red, blue], 200);
    expect(solid).toBeGreaterThan(r);
    expect(solid).toBeCloseTo(127.5, -0.5);
  });
});

describe("tables as text", () => {
  it("quotes what needs it and leaves missing values empty", () => {
    expect(
      csvText(
        ["a", "b, c"],
        [
          ["x", 1.25],
          ['"y"', NaN],
          [null, -1e-9],
        ],
      ),
    ).toBe('a,"b, c"\nx,1.25\n"""y""",\n,-1e-9\n');
  });
});
