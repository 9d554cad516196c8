import { expect, test } from "vitest";
import { missingQuantities } from "../../../../renderer/state/coloring/missingQuantities.ts";
import { listProperties } from "../../../../renderer/state/coloring/properties.ts";
import {
  resultProperties,
  resultValues,
} from "../../../../renderer/state/coloring/resultProperties.ts";
import { listTargets } from "../../../../renderer/state/project/targets.ts";
import type { AnalysisResult } from "../../../../src/analysis/result.ts";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import { FILM_PROJECT, resultOf, summaryOf } from "../../../support/fakeStudioApi.ts";

function actions(
  document: ProjectDocument,
  result: AnalysisResult | null,
): Readonly<Record<string, string>> {
  const missing = missingQuantities(document, result, listProperties(result, []));
  return Object.fromEntries(missing.map(({ id, action }) => [id, action]));
}

test("before a result everything is missing, and each quantity says what brings it", () => {
  expect(actions(FILM_PROJECT, null)).toEqual({
    lpr: "compute",
    enhancement: "compute",
    uncertainty: "compute",
    projectedProcess: "model",
    committee: "model",
    localEnergy: "compute",
    "similarity:": "similarity",
    "map:": "map",
  });
  const alone = { ...FILM_PROJECT, variants: FILM_PROJECT.variants?.slice(0, 1) };
  expect(actions(alone, null)["enhancement"]).toBe("variant");
});

test("what a result has is not missing; what was asked for since waits for a computation", () => {
  const result = resultOf(FILM_PROJECT, [6, 4]);
  const asked: ProjectDocument = {
    ...FILM_PROJECT,
    uncertainty: { committee: {}, projectedProcess: true },
    maps: [{ method: "kpca", components: 2 }],
    similarity: [{ name: "diamond", dataset: "train" }],
  };
  const now = actions(asked, result);
  expect(Object.keys(now)).not.toContain("lpr");
  expect(Object.keys(now)).not.toContain("enhancement");
  for (const id of ["committee", "projectedProcess", "map:", "similarity:"]) {
    expect(now[id], id).toBe("compute");
  }
});

test("a network has no active points, and says so", () => {
  const network = { ...FILM_PROJECT, model: { type: "network" } } as unknown as ProjectDocument;
  const missing = missingQuantities(network, null, []);
  expect(missing.find(({ id }) => id === "projectedProcess")).toMatchObject({ action: "none" });
});

test("the coordinates of the map are quantities, the same for all variants", () => {
  const plain = resultOf(FILM_PROJECT, [6, 4]);
  const result: AnalysisResult = {
    ...plain,
    map: {
      components: 2,
      explainedVariance: Float64Array.of(0.4, 0.25),
      method: "landmark",
      nLandmarks: 7,
    },
    targets: plain.targets.map((target) => ({
      ...target,
      map: Float64Array.from({ length: 20 }, (_, k) => (k % 2 === 0 ? k : -k)),
    })),
  };
  const [first, second] = resultProperties(result).filter(({ id }) => id.startsWith("map:"));
  expect(first).toMatchObject({ label: "Kernel component 1", unit: "40 % of variance" });
  expect(first).toMatchObject({ perVariant: false, kind: "number" });
  expect(first?.note).toContain("7 landmarks");
  const row = listTargets(FILM_PROJECT, { film: summaryOf("film", [6, 4]) })[1];
  if (row === undefined || second === undefined) throw new Error("no second row");
  expect([...(resultValues(result, second.id, row, "", "") ?? [])]).toEqual([-13, -15, -17, -19]);
  expect(resultValues(result, "map:2", row, "", "")).toBeNull();
  expect(resultValues(plain, "map:0", row, "", "")).toBeNull();
});
