import { describe, expect, test } from "vitest";
import { createJobStore, registerJob } from "../../../../renderer/state/results/jobStore.ts";
import {
  listProperties,
  valuesOf,
  type PropertyId,
} from "../../../../renderer/state/coloring/properties.ts";
import { enhancementOf } from "../../../../renderer/state/coloring/resultProperties.ts";
import { isUpToDate, variantStates } from "../../../../renderer/state/results/resultStore.ts";
import { listTargets } from "../../../../renderer/state/project/targets.ts";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import {
  FILM_PROJECT,
  chainStructure,
  resultOf,
  summaryOf,
} from "../../../support/fakeStudioApi.ts";

const RESULT = resultOf(FILM_PROJECT, [6, 4]);
const SUMMARIES = { film: summaryOf("film", [6, 4]) };
const TARGETS = listTargets(FILM_PROJECT, SUMMARIES);
const SOURCE = {
  result: RESULT,
  structures: new Map([["film#1", chainStructure(4)]]),
  columns: new Map(),
};

function second(property: PropertyId, variant: string): readonly number[] {
  const [, target] = TARGETS;
  if (target === undefined) throw new Error("The film has two structures.");
  const panel = valuesOf(SOURCE, property, target, variant, "baseline");
  return panel === null ? [] : [...panel.values];
}

test("values of the second structure start after the first, per variant", () => {
  expect(second("lpr", "baseline")).toEqual([7, 8, 9, 10]);
  expect(second("lpr", "+more")).toEqual([14, 16, 18, 20]);
});

test("enhancement is percent over the reference, and zero over itself", () => {
  expect(second("enhancement", "+more")).toEqual([100, 100, 100, 100]);
  expect(second("enhancement", "baseline")).toEqual([0, 0, 0, 0]);
});

test("SR uncertainty is the root of the regularizer over LPR", () => {
  expect(second("uncertainty", "baseline")).toEqual([7, 8, 9, 10].map((l) => Math.sqrt(0.5 / l)));
});

test("what cannot be divided has no value, never zero", () => {
  const values = enhancementOf([1, 2, NaN, Infinity], [0, NaN, 1, 1]);
  expect([...values].every((value) => Number.isNaN(value))).toBe(true);
});

test("coordination names its categories", () => {
  const [, target] = TARGETS;
  if (target === undefined) throw new Error("The film has two structures.");
  const panel = valuesOf(SOURCE, "hybridization", target, "", "");
  const names = [...(panel?.values ?? [])].map((code) => panel?.categories?.[code]?.label);
  expect(names).toEqual(["other", "sp", "sp", "other"]);
});

test("results are offered only when there are any, local energy only with energies", () => {
  expect(listProperties(null, []).map(({ id }) => id)).toEqual([
    "species",
    "coordination",
    "hybridization",
  ]);
  const ids = listProperties(RESULT, [{ name: "forces", type: "R", components: 3 }]).map(
    ({ label }) => label,
  );
  expect(ids).toContain("LPR enhancement");
  expect(ids).not.toContain("Local energy");
  expect(ids).toContain("forces z");
});

describe("state of variants", () => {
  const jobs = createJobStore().getState();
  const statesOf = (document: ProjectDocument): Readonly<Record<string, string>> =>
    variantStates(document, { result: RESULT, source: FILM_PROJECT }, jobs);

  test("unchanged inputs are up to date", () => {
    const states = variantStates(FILM_PROJECT, { result: RESULT, source: FILM_PROJECT }, jobs);
    expect(states).toEqual({ baseline: "ready", "+more": "ready" });
    expect(isUpToDate(states)).toBe(true);
  });

  test("a label, a description or a view changes no number", () => {
    const document = {
      ...FILM_PROJECT,
      name: "other",
      views: { colorBy: "lpr" },
      targets: [{ dataset: "film", labels: ["a", "b"] }],
    };
    expect(statesOf(document)).toEqual({ baseline: "ready", "+more": "ready" });
  });

  test("changing a derived variant leaves its base ready", () => {
    const document: ProjectDocument = {
      ...FILM_PROJECT,
      variants: [
        ...(FILM_PROJECT.variants ?? []).slice(0, 1),
        { name: "+more", base: "baseline", add: [{ dataset: "train", structures: "0:3" }] },
      ],
    };
    expect(statesOf(document)).toEqual({ baseline: "ready", "+more": "stale" });
  });

  test("changing the baseline or the model makes all of them stale", () => {
    const trained: ProjectDocument = {
      ...FILM_PROJECT,
      variants: [
        { name: "baseline", train: [{ dataset: "train", structures: "0:5" }] },
        ...(FILM_PROJECT.variants ?? []).slice(1),
      ],
    };
    expect(statesOf(trained)).toEqual({ baseline: "stale", "+more": "stale" });
    const { model } = FILM_PROJECT;
    if (model === undefined) throw new Error("The project has a model.");
    const stiff = { ...FILM_PROJECT, model: { ...model, regularizer: 1 } };
    expect(isUpToDate(variantStates(stiff, { result: RESULT, source: FILM_PROJECT }, jobs))).toBe(
      false,
    );
  });

  test("tests, committees, calibration and references count; what is written out does not", () => {
    const changed: readonly ProjectDocument[] = [
      { ...FILM_PROJECT, test: [{ dataset: "train", structures: "0:2" }] },
      { ...FILM_PROJECT, uncertainty: { committee: {} } },
      { ...FILM_PROJECT, uncertainty: { calibration: [{ dataset: "train" }] } },
      { ...FILM_PROJECT, similarity: [{ name: "diamond", dataset: "train" }] },
    ];
    for (const document of changed) {
      expect(statesOf(document)).toEqual({ baseline: "stale", "+more": "stale" });
    }
    const same = { ...FILM_PROJECT, uncertainty: { projectedProcess: false } };
    expect(statesOf(same)).toEqual({ baseline: "ready", "+more": "ready" });
  });

  test("a regularizer found on the first variant ties the others to it", () => {
    const { model } = FILM_PROJECT;
    if (model?.type !== "sparse-kernel") throw new Error("The project has a kernel model.");
    const independent: ProjectDocument = {
      ...FILM_PROJECT,
      variants: [
        { name: "baseline", train: [{ dataset: "train" }] },
        { name: "alone", train: [{ dataset: "train", structures: "0:9" }] },
      ],
    };
    const found: ProjectDocument = {
      ...independent,
      model: { ...model, regularizer: { method: "cross-validation" } },
    };
    const stateOfSecond = (source: ProjectDocument): string | undefined => {
      const first = { name: "baseline", train: [{ dataset: "train", structures: "0:5" }] };
      const document = { ...source, variants: [first, ...(source.variants ?? []).slice(1)] };
      const result = resultOf(source, [6, 4]);
      return variantStates(document, { result, source }, jobs)["alone"];
    };
    expect(stateOfSecond(independent)).toBe("ready");
    expect(stateOfSecond(found)).toBe("stale");
  });

  test("features of another program count where they are used", () => {
    const withFeatures = (path: string): ProjectDocument => ({
      ...FILM_PROJECT,
      datasets: {
        ...FILM_PROJECT.datasets,
        film: { path: "film.xyz", features: { path } },
      },
    });
    expect(statesOf(withFeatures("a.npy"))).toEqual({ baseline: "ready", "+more": "ready" });
    const source = { ...withFeatures("a.npy"), descriptor: { type: "features" } as const };
    const other = { ...withFeatures("b.npy"), descriptor: { type: "features" } as const };
    expect(variantStates(other, { result: RESULT, source }, jobs)["baseline"]).toBe("stale");
    expect(variantStates(source, { result: RESULT, source }, jobs)["baseline"]).toBe("ready");
  });

  test("without a result nothing is computed; while a job runs it is computing", () => {
    const none = { result: null, source: null };
    expect(variantStates(FILM_PROJECT, none, jobs)["baseline"]).toBe("notComputed");
    const store = createJobStore();
    registerJob(store, "j", "compute", "LPR", 0);
    expect(variantStates(FILM_PROJECT, none, store.getState())["baseline"]).toBe("computing");
  });
});
