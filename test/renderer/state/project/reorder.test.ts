import { expect, test } from "vitest";
import { moveTargetRow, moveVariant } from "../../../../renderer/state/project/reorder.ts";
import { listTargets } from "../../../../renderer/state/project/targets.ts";
import { targetsKey } from "../../../../renderer/state/project/variantKey.ts";
import { FILM_PROJECT, summaryOf } from "../../../support/fakeStudioApi.ts";

const SUMMARIES = { film: summaryOf("film", [6, 4, 5]), train: summaryOf("train", [8, 8]) };
const PROJECT = {
  ...FILM_PROJECT,
  targets: [
    { dataset: "film", structures: "0:3", labels: ["a", "b", "c"] },
    { dataset: "train", structures: [1] },
  ],
};

function labels(document: typeof FILM_PROJECT): readonly string[] {
  return listTargets(document, SUMMARIES).map(({ label }) => label);
}

test("rows of one entry change places, names and numbers stay theirs", () => {
  const rows = listTargets(PROJECT, SUMMARIES);
  const next = moveTargetRow(PROJECT, rows, 2, 0);
  expect(labels(next)).toEqual(["c", "a", "b", "train"]);
  expect(next.targets?.[0]).toEqual({
    dataset: "film",
    structures: [2, 0, 1],
    labels: ["c", "a", "b"],
  });
  expect(next.targets?.[1]).toBe(PROJECT.targets[1]);
  expect(targetsKey(next)).toBe(targetsKey(PROJECT));
});

test("an entry is taken apart for a row of another dataset between its rows", () => {
  const rows = listTargets(PROJECT, SUMMARIES);
  const next = moveTargetRow(PROJECT, rows, 3, 1);
  expect(labels(next)).toEqual(["a", "train", "b", "c"]);
  expect(next.targets).toHaveLength(3);
  expect(targetsKey(next)).toBe(targetsKey(PROJECT));
  const back = moveTargetRow(next, listTargets(next, SUMMARIES), 1, 3);
  expect(labels(back)).toEqual(labels(PROJECT));
  expect(back.targets).toHaveLength(2);
});

test("a structure more or fewer is another set of targets", () => {
  expect(targetsKey({ ...PROJECT, targets: [{ dataset: "film", structures: [0, 1] }] })).not.toBe(
    targetsKey(PROJECT),
  );
  expect(targetsKey({ ...PROJECT, targets: [{ dataset: "film" }] })).not.toBe(
    targetsKey({ ...PROJECT, targets: [{ dataset: "film", structures: "0:2" }] }),
  );
});

test("targets that are not read yet are kept, and moving nowhere is no change", () => {
  const { film } = SUMMARIES;
  const rows = listTargets(PROJECT, { film });
  const next = moveTargetRow(PROJECT, rows, 0, 1);
  expect(next.targets?.at(-1)).toBe(PROJECT.targets[1]);
  expect(moveTargetRow(PROJECT, rows, 1, 1)).toBe(PROJECT);
  expect(moveVariant(PROJECT, 0, 5)).toBe(PROJECT);
  expect(moveVariant(PROJECT, 1, 0).variants?.map(({ name }) => name)).toEqual([
    "+more",
    "baseline",
  ]);
});
