/** Labels beside the curves of What if. */
import { expect, it } from "vitest";
import { shortened, spreadLines } from "../../../../renderer/panels/whatIf/effectLabels.ts";

it("shortens labels so that those of one file can still be told apart", () => {
  expect(shortened("low film")).toBe("low film");
  expect(shortened("aSi_vacancy 1")).toBe("aSi_va…y 1");
  expect(shortened("aSi_vacancy 12")).toBe("aSi_va… 12");
  expect(shortened("Low-density film")).toHaveLength(10);
});

it("keeps labels a line apart and above the lowest place", () => {
  expect(spreadLines([10, 40, 12], 13, 68)).toEqual([10, 40, 23]);
  expect(spreadLines([60, 60, 60], 13, 68)).toEqual([42, 55, 68]);
  expect(spreadLines([66, 20, 64], 13, 68)).toEqual([68, 20, 55]);
});
