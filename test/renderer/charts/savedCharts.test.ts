/** What a project file remembers of the charts. */
import { afterEach, expect, test } from "vitest";
import { chartStore, resetCharts } from "../../../renderer/charts/chartStore.ts";
import { chartsToSave, readCharts, restoreCharts } from "../../../renderer/charts/savedCharts.ts";
import { createViewStore } from "../../../renderer/state/grid/viewStore.ts";

afterEach(resetCharts);

test("comes back as it was left, through the text of a file", () => {
  chartStore.setState({
    x: { quantity: "lprRatio", scale: null },
    y: { quantity: "varianceRatio", scale: "linear" },
    color: "similarity:diamond",
    atomsOf: "all",
    classesOf: "species",
    distributionAs: "violin",
    distributionPer: "class",
  });
  const saved: unknown = JSON.parse(JSON.stringify(chartsToSave("scatter")));
  const before = chartStore.getState();
  resetCharts();
  const view = createViewStore();
  restoreCharts(view, saved);
  expect(chartStore.getState()).toEqual(before);
  expect(view.getState().drawerTab).toBe("scatter");
});

test("what was never chosen is not written, nor what belongs to the session", () => {
  expect(JSON.parse(JSON.stringify(chartsToSave("jobs")))).toEqual({});
});

test("unknown entries are passed over, and the last project's settings forgotten", () => {
  chartStore.setState({ color: "lpr", atomsOf: "all" });
  const view = createViewStore();
  restoreCharts(view, { tab: "nonsense", x: 3, y: { scale: "log" }, atoms: "some", color: null });
  expect(chartStore.getState().atomsOf).toBe("shown");
  expect(chartStore.getState().color).toBe("class");
  expect(view.getState().drawerTab).toBe("charts");
  expect(readCharts(null)).toEqual({ tab: undefined, settings: {} });
});
