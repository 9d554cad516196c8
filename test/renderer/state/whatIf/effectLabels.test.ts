/** Labels beside the curves of What if. */
import { expect, it } from "vitest";
import { shortenedLabels, spreadLines } from "../../../../renderer/panels/whatIf/effectLabels.ts";

it("shortens labels so that those of one file can still be told apart", () => {
  expect(shortenedLabels(["low film", "Low-density film", "High-density film"])).toEqual([
    "low film",
    "Low-densi…",
    "High-dens…",
  ]);
  expect(shortenedLabels(["aSi_vacancy 1", "aSi_vacancy 12", "film"])).toEqual([
    "aSi_va…y 1",
    "aSi_va… 12",
    "film",
  ]);
  expect(shortenedLabels(["one name, two files", "one name, two files"])).toEqual([
    "one name,…",
    "one name,…",
  ]);
});

it("keeps labels a line apart and above the lowest place", () => {
  expect(spreadLines([10, 40, 12], 13, 68)).toEqual([10, 40, 23]);
  expect(spreadLines([60, 60, 60], 13, 68)).toEqual([42, 55, 68]);
  expect(spreadLines([66, 20, 64], 13, 68)).toEqual([68, 20, 55]);
});
