/** What scatter charts and the table of classes are drawn from. */
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
import { classTable } from "../../../renderer/charts/classTable.ts";
import { csvText } from "../../../renderer/charts/csvText.ts";
import { drawDensity } from "../../../renderer/charts/densityRaster.ts";
import { colorsByClass, colorsByValue } from "../../../renderer/charts/pointColors.ts";
import { curveOf, outlineOf } from "../../../renderer/charts/distributionData.ts";
import { parityOf, repeatedBytes, repeatedNumbers } from "../../../renderer/charts/parityData.ts";
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
import { categoryTable } from "../../../renderer/color/colorTable.ts";
import { makeRaster } from "../../../renderer/mapView/pointRaster.ts";
import { listProperties } from "../../../renderer/state/properties.ts";
import { createSelectionStore, selectAcross } from "../../../renderer/state/selectionStore.ts";
import { listTargets } from "../../../renderer/state/targets.ts";
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import { displayStructure } from "../../support/displayStructure.ts";
import { FILM_PROJECT, resultOf, summaryOf } from "../../support/fakeStudioApi.ts";

const SIZES = [6, 4];
const ROWS = listTargets(FILM_PROJECT, { film: summaryOf("film", SIZES) });
const LIST = atomListOf(ROWS);
const [FIRST, SECOND] = ROWS;
if (FIRST === undefined || SECOND === undefined) throw new Error("The film has two structures.");

/** Committee variance of atom i under variant v is (i + 1) / (v + 1)³. */
const PLAIN = resultOf(FILM_PROJECT, SIZES);
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

function structures(coordination: readonly number[], species?: readonly number[]) {
  let first = 0;
  return new Map(
    ROWS.map(({ key, nAtoms }) => {
      const part = <T>(of: readonly T[]): T[] => of.slice(first, first + nAtoms);
      const places = Array.from({ length: nAtoms }, () => [0, 0, 0] as const);
      const shown = displayStructure(places, species && part(species));
      const entry = [key, { ...shown, coordination: Uint8Array.from(part(coordination)) }] as const;
      first += nAtoms;
      return entry;
    }),
  );
}

const source = (result: AnalysisResult, coordination: readonly number[] = []) => ({
  result,
  structures: structures(coordination),
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

describe("classes of atoms", () => {
  const COORDINATION = [2, 3, 3, 4, 4, 4, 3, 4, 9, 3];

  it("names carbons by hybridisation, silicon by neighbours, compounds by species", () => {
    const labels = (species?: readonly number[]) =>
      classesOf(LIST, structures(COORDINATION, species)).categories.map(({ label }) => label);
    expect(labels()).toEqual(["sp", "sp²", "sp³", "8-fold or more"]);
    expect(labels(COORDINATION.map(() => 14))).toEqual([
      "2-fold",
      "3-fold",
      "4-fold",
      "8-fold or more",
    ]);
    expect(labels(COORDINATION.map((_, i) => (i % 2 === 0 ? 33 : 31)))).toEqual(["Ga", "As"]);
  });

  it("gives medians of each class, of all and of the selected atoms", () => {
    const classes = classesOf(LIST, structures(COORDINATION));
    const lpr = Float64Array.from({ length: 10 }, (_, i) => (i === 5 ? NaN : i));
    const selected = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    const rows = classTable(classes, selected, [lpr]);
    expect(rows.map(({ label, atoms, medians }) => [label, atoms.length, medians[0]])).toEqual([
      ["sp", 1, 0],
      ["sp²", 4, 4],
      ["sp³", 4, 4],
      ["8-fold or more", 1, 8],
      ["All atoms", 10, 4],
      ["Selected", 2, 4.5],
    ]);
    expect(rows[1]?.share).toBe(0.4);
    expect(classTable(classes, null, [lpr])).toHaveLength(5);
  });

  it("leaves atoms of structures that are not read without class", () => {
    const known = structures(COORDINATION);
    known.delete(FIRST.key);
    const { codes, categories } = classesOf(LIST, known);
    expect([...codes.subarray(0, 6)]).toEqual([-1, -1, -1, -1, -1, -1]);
    expect(categories.map(({ label }) => label)).toEqual(["sp²", "sp³", "8-fold or more"]);
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
    const trend = trendOf(x, y);
    expect(trend?.slope).toBeCloseTo(-2, 12);
    expect(trend?.pearson).toBeCloseTo(-1, 12);
    expect(trend?.nExcluded).toBe(2);
    if (trend === null) throw new Error("There is a trend.");
    const line = trendLine(trend, wholeScale([x], "log"), wholeScale([y], "log"));
    expect(line?.map((value) => Number(value.toFixed(9)) + 0)).toEqual([0, 1, 1, 0]);
    expect(trendFacts(trend).map(({ value }) => value)).toEqual(["−2.00", "−1.00", "−1.00"]);
    expect(trendOf(Float64Array.of(1, -1), Float64Array.of(1, 1))).toBeNull();
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
    expect([...repeatedBytes(Uint8Array.of(1, 0), 2)]).toEqual([1, 1, 0, 0]);
    expect([...repeatedNumbers(Float32Array.of(0.5, -1), 2)]).toEqual([0.5, 0.5, -1, -1]);
  });
});

describe("distributions", () => {
  const axis = wholeScale([Float64Array.of(1, 1000)], "log");
  const values = Float64Array.of(1, 1, 10, 1000, NaN, -5);

  it("counts every value with a place once, in equal parts of the axis", () => {
    const { heights, count } = curveOf("histogram", values, axis);
    expect(count).toBe(4);
    expect(heights[0]).toBe(50);
    expect(heights.at(-1)).toBe(25);
    expect(heights.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 12);
    expect(heights.findIndex((share, k) => k > 0 && share > 0)).toBe(
      Math.floor(heights.length / 3),
    );
  });

  it("rises to all atoms at the end of the axis", () => {
    const { heights } = curveOf("ecdf", values, axis);
    expect([heights[0], heights[30], heights[80], heights.at(-1)]).toEqual([50, 50, 75, 100]);
    expect(curveOf("ecdf", Float64Array.of(NaN), axis).count).toBe(0);
  });

  it("draws a staircase that stays inside its box", () => {
    const path = outlineOf("histogram", Float64Array.of(50, 100), 10, 20, 100);
    expect(path).toBe("M0 20.0L0.0 10.0L5.0 10.0L5.0 0.0L10.0 0.0L10.0 20.0");
    expect(outlineOf("ecdf", Float64Array.of(0, 100), 10, 20, 100)).toBe("M0.0 20.0L10.0 0.0");
    expect(curveOf("violin", values, axis).heights.every((height) => height >= 0)).toBe(true);
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
