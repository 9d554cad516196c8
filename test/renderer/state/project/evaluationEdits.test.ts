import { expect, test } from "vitest";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import { validateProject } from "../../../../src/project/schema.ts";
import {
  evaluationUses,
  toggleCalibration,
  toggleReference,
  toggleTest,
} from "../../../../renderer/state/project/evaluationEdits.ts";

const PROJECT: ProjectDocument = {
  version: 1,
  datasets: { a: { path: "a.xyz", label: "dia mond (8).xyz" }, b: { path: "b.xyz" } },
};

test("each use is taken up and given up again, and leaves a valid project", () => {
  for (const toggle of [toggleTest, toggleCalibration, toggleReference]) {
    const on = toggle(PROJECT, "a");
    expect(validateProject(on)).toEqual(on);
    expect(Object.values(evaluationUses(on, "a")).filter(Boolean)).toHaveLength(1);
    expect(Object.values(evaluationUses(on, "b")).filter(Boolean)).toHaveLength(0);
    expect(toggle(on, "a")).toEqual(PROJECT);
    const both = toggle(on, "b");
    expect(evaluationUses(toggle(both, "a"), "b")).toEqual(
      evaluationUses(toggle(PROJECT, "b"), "b"),
    );
  }
});

test("a file called as parts of every object are is a reference under another name", () => {
  const document = { ...PROJECT, datasets: { a: { path: "a", label: "constructor.xyz" } } };
  const on = toggleReference(document, "a");
  expect(on.similarity?.[0]?.name).toBe("constructor-2");
  expect(validateProject(on)).toEqual(on);
});

test("what else is asked of the uncertainty stays", () => {
  const committee: ProjectDocument = { ...PROJECT, uncertainty: { committee: { members: 5 } } };
  const on = toggleCalibration(committee, "a");
  expect(on.uncertainty).toEqual({ committee: { members: 5 }, calibration: [{ dataset: "a" }] });
  expect(toggleCalibration(on, "a")).toEqual(committee);
});

test("references get names that columns may have, each once", () => {
  const one = toggleReference(PROJECT, "a");
  expect(one.similarity).toEqual([{ name: "dia-mond-8", dataset: "a" }]);
  const twin: ProjectDocument = {
    ...one,
    datasets: { ...one.datasets, b: { path: "b.xyz", label: "dia mond (8)" } },
  };
  expect(toggleReference(twin, "b").similarity?.map(({ name }) => name)).toEqual([
    "dia-mond-8",
    "dia-mond-8-2",
  ]);
});
