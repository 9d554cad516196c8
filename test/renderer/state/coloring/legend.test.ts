import { expect, test } from "vitest";
import { legendOf } from "../../../../renderer/state/coloring/legend.ts";
import type { ColorGroup } from "../../../../renderer/state/coloring/coloring.ts";
import {
  changeColoring,
  createColorStore,
} from "../../../../renderer/state/coloring/colorStore.ts";
import type { PropertyId } from "../../../../renderer/state/coloring/properties.ts";
import { createDatasetStore } from "../../../../renderer/state/project/datasetStore.ts";
import { buildSceneModel, type SceneModel } from "../../../../renderer/state/grid/sceneModel.ts";
import { createViewStore } from "../../../../renderer/state/grid/viewStore.ts";
import type { RangeMode } from "../../../../src/project/gridLayout.ts";
import { FILM_PROJECT, resultOf, summaryOf } from "../../../support/fakeStudioApi.ts";

const SIZES = [6, 4];

interface Shown {
  readonly property?: PropertyId;
  readonly range?: RangeMode;
  readonly manual?: boolean;
  readonly isComputed?: boolean;
}

function sceneOf({ property = "lpr", range = "shared", manual, isComputed = true }: Shown) {
  const document = { ...FILM_PROJECT, views: { grid: { range } } };
  const colors = createColorStore();
  colors.setState({ property });
  if (manual === true) changeColoring(colors, property, { manual: { min: 1, max: 2 } });
  const datasets = {
    ...createDatasetStore().getState(),
    summaries: { film: summaryOf("film", SIZES) },
  };
  return buildSceneModel({
    document,
    datasets,
    result: isComputed ? resultOf(document, SIZES) : null,
    colors: colors.getState(),
    view: createViewStore().getState(),
  });
}

function groupOf(scene: SceneModel): ColorGroup {
  const [group] = scene.coloring.groups.values();
  if (group === undefined) throw new Error("Nothing is coloured.");
  return group;
}

function noteOf(shown: Shown, change: Partial<ColorGroup> = {}): string {
  const scene = sceneOf(shown);
  return legendOf(scene, { ...groupOf(scene), ...change }, null).note;
}

test("a legend says how many panels it is for, or that each has its own", () => {
  expect(noteOf({})).toBe("one range, 4 panels");
  expect(noteOf({ range: "rows" })).toBe("one range in each row");
  expect(noteOf({ range: "panels" })).toBe("own range in each panel");
  expect(noteOf({ manual: true })).toBe("range set by hand, the same in all panels");
  expect(noteOf({ property: "species" })).toBe("");
});

test("a legend says when some of its panels are not ready", () => {
  expect(noteOf({}, { nReady: 3 })).toBe("3 of 4 panels ready");
  expect(noteOf({}, { nReady: 4 })).toBe("one range, 4 panels");
});

test("signs are written where zero is the middle; what is dimmed and counted is passed on", () => {
  const scene = sceneOf({});
  const group = groupOf(scene);
  const counts = { under: 1, over: 2, noValue: 3 };
  const legend = legendOf(scene, { ...group, counts }, 9);
  expect(legend).toMatchObject({ noValue: 3, notSelected: 9 });
  expect(legend.content).toMatchObject({ kind: "scale", under: 1, over: 2, signed: false });
  const gains = sceneOf({ property: "enhancement" });
  expect(legendOf(gains, groupOf(gains), null).content).toMatchObject({ signed: true });
});
