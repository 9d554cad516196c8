import { expect, it } from "vitest";
import { rowOf, withGridLabels } from "../../../../renderer/state/project/targets.ts";

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
