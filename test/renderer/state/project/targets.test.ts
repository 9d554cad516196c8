import { expect, it } from "vitest";
import {
  rowOf,
  unreadTargets,
  withGridLabels,
} from "../../../../renderer/state/project/targets.ts";
import { FILM_PROJECT, summaryOf } from "../../../support/fakeStudioApi.ts";

const SUMMARY = {
  dataset: "test",
  structures: [],
} as unknown as Parameters<typeof rowOf>[0];

it("calls targets of a session as the grid does, whatever their order", () => {
  const rows = [rowOf(SUMMARY, 0, "crystal 1"), rowOf(SUMMARY, 2, "crystal 3")];
  const keys = [rows[1]?.key ?? "", rows[0]?.key ?? "", "gone"];
  const opened = {
    variant: "a",
    targets: [
      { label: "test[2]", nAtoms: 3 },
      { label: "test[0]", nAtoms: 1 },
      { label: "test[7]", nAtoms: 7 },
    ],
  };
  expect(withGridLabels(opened, keys, rows)).toEqual({
    variant: "a",
    targets: [
      { label: "crystal 3", nAtoms: 3 },
      { label: "crystal 1", nAtoms: 1 },
      { label: "test[7]", nAtoms: 7 },
    ],
  });
});

it("tells which files of targets were not read, and which are not read yet", () => {
  const document = {
    ...FILM_PROJECT,
    targets: [{ dataset: "film" }, { dataset: "run", structures: "0" }, { dataset: "run" }],
  };
  const film = summaryOf("film", [6, 4]);
  const failure = { code: "INVALID_FILE", message: "line 4 has 3 columns" } as const;
  expect(unreadTargets(document, { summaries: { film }, failures: {} })).toEqual([
    { dataset: "run", failed: false },
  ]);
  expect(unreadTargets(document, { summaries: { film }, failures: { run: failure } })).toEqual([
    { dataset: "run", failed: true },
  ]);
  const run = summaryOf("run", [6]);
  expect(unreadTargets(document, { summaries: { film, run }, failures: {} })).toEqual([]);
});
