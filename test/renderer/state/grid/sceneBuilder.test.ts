/** Colours are worked out again when something of theirs has changed, and only then. */
import { expect, test } from "vitest";
import { createColorStore } from "../../../../renderer/state/coloring/colorStore.ts";
import { sceneBuilder } from "../../../../renderer/state/grid/sceneBuilder.ts";
import { buildSceneModel, type SceneInputs } from "../../../../renderer/state/grid/sceneModel.ts";
import { createViewStore } from "../../../../renderer/state/grid/viewStore.ts";
import { createDatasetStore } from "../../../../renderer/state/project/datasetStore.ts";
import { FILM_PROJECT, resultOf, summaryOf } from "../../../support/fakeStudioApi.ts";

const SIZES = [6, 4];
const INPUTS = {
  document: FILM_PROJECT,
  datasets: {
    ...createDatasetStore().getState(),
    summaries: { film: summaryOf("film", SIZES) },
  },
  result: resultOf(FILM_PROJECT, SIZES),
  colors: createColorStore().getState(),
  view: createViewStore().getState(),
};

test("another active panel keeps the colours; its range and all else are of now", () => {
  const build = sceneBuilder();
  const first = build(INPUTS);
  const other = first.panels.at(-1);
  if (other === undefined) throw new Error("There are panels.");
  const view = {
    ...INPUTS.view,
    activeTarget: other.target.row,
    activeVariant: other.variant,
  };
  const next = build({ ...INPUTS, view });
  for (const kept of ["coloring", "rows", "panels", "properties", "property"] as const) {
    expect(next[kept], kept).toBe(first[kept]);
  }
  expect(next.activePanel?.id).toBe(other.id);
  expect(first.activePanel?.id).not.toBe(other.id);
  expect(next).toEqual(buildSceneModel({ ...INPUTS, view }));
});

const [ROW] = buildSceneModel(INPUTS).rows;
const CHANGES: readonly (readonly [string, Partial<SceneInputs>])[] = [
  ["results", { result: resultOf(FILM_PROJECT, SIZES) }],
  ["colours", { colors: { ...INPUTS.colors, reference: "+more" } }],
  ["files", { datasets: { ...INPUTS.datasets } }],
  ["variants", { document: { ...FILM_PROJECT, variants: FILM_PROJECT.variants?.slice(0, 1) } }],
  ["panels", { view: { ...INPUTS.view, workspace: "explore" } }],
  ["targets", { document: { ...FILM_PROJECT, targets: [] } }],
  ["frames", { view: { ...INPUTS.view, frames: new Map([[ROW?.row ?? "", 1]]) } }],
];

test.each(CHANGES)(
  "other %s give other colours, there and back, as if built alone",
  (_, change) => {
    const build = sceneBuilder();
    const inputs = { ...INPUTS, ...change };
    const scenes = [build(INPUTS), build(inputs), build(INPUTS)];
    expect(new Set(scenes.map(({ coloring }) => coloring)).size).toBe(3);
    const [before, changed, after] = scenes;
    expect(changed).toEqual(buildSceneModel(inputs));
    expect(after).toEqual(before);
  },
);

test("a grid of one panel is not the same as that panel explored", () => {
  const document = {
    ...FILM_PROJECT,
    variants: FILM_PROJECT.variants?.slice(0, 1),
    targets: [{ dataset: "film", structures: "0" }],
  };
  const alone = { ...INPUTS, document };
  const build = sceneBuilder();
  expect(build(alone).panels.map(({ content }) => content)).toEqual(["structure"]);
  const view = { ...INPUTS.view, workspace: "explore" as const };
  expect(build({ ...alone, view }).panels.map(({ content }) => content)).toEqual(["both"]);
});

test("a file that is looked at beside the targets is shown", () => {
  const other = summaryOf("other", [5]);
  const datasets = { ...INPUTS.datasets, summaries: { ...INPUTS.datasets.summaries, other } };
  const build = sceneBuilder();
  const before = build({ ...INPUTS, datasets });
  const inputs = { ...INPUTS, datasets, view: { ...INPUTS.view, viewedDataset: "other" } };
  expect(build(inputs).rows.length).toBe(before.rows.length + 1);
});
