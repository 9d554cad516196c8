/** Quantities of the generalised analysis: offered only where there are values, and which values. */
import { expect, test } from "vitest";
import { buildSceneModel } from "../../../../renderer/state/grid/sceneModel.ts";
import { createColorStore } from "../../../../renderer/state/coloring/colorStore.ts";
import { createViewStore } from "../../../../renderer/state/grid/viewStore.ts";
import { createDatasetStore } from "../../../../renderer/state/project/datasetStore.ts";
import { legendOf } from "../../../../renderer/state/coloring/legend.ts";
import { formatPropertyValue } from "../../../../renderer/panels/grid/panelSummary.ts";
import {
  listProperties,
  valueAt,
  valuesOf,
  type PropertyId,
} from "../../../../renderer/state/coloring/properties.ts";
import { resultProperties } from "../../../../renderer/state/coloring/resultProperties.ts";
import { listTargets } from "../../../../renderer/state/project/targets.ts";
import type { AnalysisResult } from "../../../../src/analysis/result.ts";
import { FILM_PROJECT, resultOf, summaryOf } from "../../../support/fakeStudioApi.ts";

const SIZES = [6, 4];
const PLAIN_RESULT = resultOf(FILM_PROJECT, SIZES);
const N = 10;

/** Every optional table; entry k of row r is 100 r + k. */
function table(rows: number): Float64Array {
  return Float64Array.from({ length: rows * N }, (_, i) => 100 * Math.floor(i / N) + (i % N));
}

const FULL: AnalysisResult = {
  ...PLAIN_RESULT,
  similarity: ["diamond", "graphite"],
  components: ["pairs", "triples"],
  variants: PLAIN_RESULT.variants.map((variant, v) => ({
    ...variant,
    calibration: { scale: v === 0 ? 4 : 9 } as NonNullable<typeof variant.calibration>,
  })),
  targets: PLAIN_RESULT.targets.map((target) => ({
    ...target,
    similarity: table(2),
    componentRigidity: table(4),
    unexplainedVariance: table(2).map((value) => value / 1000),
    committee: { members: 10, energies: table(20), mean: table(2), variance: table(2) },
  })),
};

function values(result: AnalysisResult, property: PropertyId, variant = ""): readonly number[] {
  const [, target] = listTargets(FILM_PROJECT, { film: summaryOf("film", SIZES) });
  if (target === undefined) throw new Error("The film has two structures.");
  const source = { result, structures: new Map(), columns: new Map() };
  return [...(valuesOf(source, property, target, variant, "baseline")?.values ?? [])];
}

test("the value of one atom is that of all, for every quantity of a result", () => {
  const rows = listTargets(FILM_PROJECT, { film: summaryOf("film", SIZES) });
  const source = { result: FULL, structures: new Map(), columns: new Map() };
  for (const { id } of resultProperties(FULL)) {
    for (const target of rows) {
      const all = valuesOf(source, id, target, "+more", "baseline")?.values;
      const each = Array.from({ length: target.nAtoms }, (_, atom) =>
        valueAt(source, id, target, "+more", "baseline", atom),
      );
      expect(each, id).toEqual([...(all ?? [])]);
      expect(valueAt(source, id, target, "+more", "baseline", target.nAtoms)).toBeUndefined();
    }
  }
  const [target] = rows;
  if (target === undefined) throw new Error("The film has structures.");
  expect(valueAt(source, "similarity:nothing", target, "", "", 0)).toBeUndefined();
});

test("a plain result offers LPR, its gain and SR uncertainty, nothing that it lacks", () => {
  expect(resultProperties(PLAIN_RESULT).map(({ id }) => id)).toEqual([
    "lpr",
    "enhancement",
    "uncertainty",
  ]);
  expect(values(PLAIN_RESULT, "committee", "baseline")).toEqual([]);
  expect(values(PLAIN_RESULT, "similarity:diamond")).toEqual([]);
  expect(values(PLAIN_RESULT, "rigidity:pairs", "baseline")).toEqual([]);
});

test("a full result offers every quantity once", () => {
  const labels = resultProperties(FULL).map(({ label }) => label);
  expect(labels).toEqual([
    "LPR",
    "LPR enhancement",
    "LPR of pairs",
    "LPR of triples",
    "SR uncertainty",
    "Projected-process uncertainty",
    "Committee std. deviation",
    "Committee variance",
    "Similarity to diamond",
    "Similarity to graphite",
  ]);
  const ids = listProperties(FULL, []).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("uncertainties carry the scale of their variant", () => {
  const lpr = [14, 16, 18, 20];
  expect(values(FULL, "uncertainty", "+more")).toEqual(lpr.map((l) => Math.sqrt((9 * 0.5) / l)));
  const expected = lpr.map((l, i) => Math.sqrt(9 * (0.5 / l + (100 + 6 + i) / 1000)));
  expect(values(FULL, "projectedProcess", "+more")).toEqual(expected);
});

test("the unit of uncertainties is eV only once all variants are calibrated", () => {
  const find = (result: AnalysisResult) =>
    resultProperties(result).find(({ id }) => id === "uncertainty");
  expect(find(FULL)).toMatchObject({ suffix: "eV", unit: "eV, calibrated, rows: mean" });
  expect(find(PLAIN_RESULT)).toMatchObject({ suffix: "", unit: "not calibrated, rows: mean" });
  const [first, ...others] = FULL.variants;
  if (first === undefined) throw new Error("There are variants.");
  const mixed = { ...FULL, variants: [{ ...first, calibration: null }, ...others] };
  expect(find(mixed)).toMatchObject({ suffix: "", unit: "partly calibrated, rows: mean" });
});

test("the committee is shown as a standard deviation in eV", () => {
  expect(values(FULL, "committee", "baseline")).toEqual([6, 7, 8, 9].map(Math.sqrt));
  const property = listProperties(FULL, []).find(({ id }) => id === "committee");
  if (property === undefined) throw new Error("committee is offered.");
  expect(formatPropertyValue(property, 0.0123)).toBe("0.0123 eV");
  expect(property.note).toContain("10 models");
});

test("similarities belong to a reference, component rigidities to a variant and a component", () => {
  expect(values(FULL, "similarity:graphite")).toEqual([106, 107, 108, 109]);
  expect(values(FULL, "rigidity:triples", "baseline")).toEqual([106, 107, 108, 109]);
  expect(values(FULL, "rigidity:pairs", "+more")).toEqual([206, 207, 208, 209]);
});

test("a component that an environment has not got has no value, never infinity", () => {
  const infinite: AnalysisResult = {
    ...FULL,
    targets: FULL.targets.map((target) => ({
      ...target,
      componentRigidity: target.componentRigidity.map(() => Infinity),
    })),
  };
  expect(values(infinite, "rigidity:pairs", "baseline").every(Number.isNaN)).toBe(true);
});

test("the legend names quantity, unit and scale; a quantity that is gone gives way to LPR", () => {
  const colors = { ...createColorStore().getState(), property: "committee" } as const;
  const scene = (result: AnalysisResult) =>
    buildSceneModel({
      document: FILM_PROJECT,
      datasets: {
        ...createDatasetStore().getState(),
        summaries: { film: summaryOf("film", SIZES) },
      },
      result,
      colors,
      view: createViewStore().getState(),
    });
  const full = scene(FULL);
  const [group] = full.coloring.groups.values();
  if (group === undefined) throw new Error("Nothing is coloured.");
  expect(legendOf(full, group, null)).toMatchObject({
    title: "Committee",
    unit: "eV, std. deviation, log scale",
  });
  expect(scene(PLAIN_RESULT).property.id).toBe("lpr");
});
