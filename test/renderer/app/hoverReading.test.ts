import { expect, test } from "vitest";
import { hoverReading } from "../../../renderer/app/hoverReading.ts";
import { createColorStore } from "../../../renderer/state/coloring/colorStore.ts";
import type { PropertyId } from "../../../renderer/state/coloring/properties.ts";
import { buildSceneModel, type SceneModel } from "../../../renderer/state/grid/sceneModel.ts";
import { createViewStore } from "../../../renderer/state/grid/viewStore.ts";
import { createDatasetStore } from "../../../renderer/state/project/datasetStore.ts";
import { displayStructure } from "../../support/displayStructure.ts";
import { FILM_PROJECT, resultOf, summaryOf } from "../../support/fakeStudioApi.ts";

const SIZES = [6, 4];
const positions = Array.from({ length: 4 }, (_, i) => [i, -1.256, 10 * i] as const);
const DATASETS = {
  ...createDatasetStore().getState(),
  summaries: { film: summaryOf("film", SIZES) },
  structures: new Map([
    [
      "film#1",
      displayStructure(
        positions.map(([x, y, z]) => [x, y, z]),
        [6, 14, 6, 6],
      ),
    ],
  ]),
};

function sceneOf(property: PropertyId = "lpr", activeVariant: string | null = null): SceneModel {
  const colors = { ...createColorStore().getState(), property };
  return buildSceneModel({
    document: FILM_PROJECT,
    datasets: DATASETS,
    result: resultOf(FILM_PROJECT, SIZES),
    colors,
    view: { ...createViewStore().getState(), activeVariant, activeTarget: "film#1" },
  });
}

function panelOf(scene: SceneModel, column: number): string {
  const here = scene.panels.filter(({ target }) => target.key === "film#1");
  return here[column]?.id ?? "";
}

const atom = (scene: SceneModel, atomIndex: number, panelId: string | null) =>
  hoverReading({ structureId: "film#1", atomIndex, panelId }, scene, DATASETS);

test("an atom is named by its symbol and its number from 1, with its place in Å", () => {
  const scene = sceneOf();
  expect(atom(scene, 1, panelOf(scene, 0))).toMatchObject({
    atom: "Si 2",
    position: "(1.00, −1.26, 10.00) Å",
  });
});

test("its value is that of the panel under the pointer, else of the active one, else of the first", () => {
  // The film's second structure begins at environment 6; the second variant has twice the values.
  const scene = sceneOf("lpr", "+more");
  const value = (panelId: string | null): unknown => atom(scene, 1, panelId)?.facts;
  expect(value(panelOf(scene, 0))).toEqual([{ label: "LPR", value: "8.00" }]);
  expect(value(panelOf(scene, 1))).toEqual([{ label: "LPR", value: "16.0" }]);
  expect(value("a map")).toEqual([{ label: "LPR", value: "16.0" }]);
  const first = { ...scene, activePanel: null };
  expect(atom(first, 1, null)?.facts).toEqual([{ label: "LPR", value: "8.00" }]);
});

test("what the symbol says already is not said twice, and nothing is said of nothing", () => {
  const scene = sceneOf("species");
  expect(atom(scene, 0, panelOf(scene, 0))?.facts).toEqual([]);
  const nothing = { structureId: null, atomIndex: null, panelId: null };
  expect(hoverReading(nothing, scene, DATASETS)).toBeNull();
  expect(hoverReading({ ...nothing, structureId: "film#1" }, scene, DATASETS)).toBeNull();
  const unread = { structureId: "film#0", atomIndex: 0, panelId: null };
  expect(hoverReading(unread, scene, DATASETS)).toBeNull();
});
