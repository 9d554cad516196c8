/** Rows and columns that take each other's place; what a difference says of one atom. */
import { beforeEach, expect, test } from "vitest";
import { differenceFacts } from "../../../../renderer/panels/grid/differenceFacts.ts";
import { differenceProperty } from "../../../../renderer/state/coloring/differences.ts";
import { layoutOf } from "../../../../renderer/state/grid/gridLayout.ts";
import {
  hiddenTargets,
  hiddenVariants,
  putTargetAt,
  putVariantAt,
  putVariantInDifference,
  setTargetShown,
  setVariantShown,
} from "../../../../renderer/state/grid/gridPlaces.ts";
import {
  placeInPanel,
  placingOf,
  toggleTargetShown,
} from "../../../../renderer/state/grid/gridPlacing.ts";
import { gridToSave, restoreGrid } from "../../../../renderer/state/grid/gridSaving.ts";
import { undoStep } from "../../../../renderer/state/project/history.ts";
import { showProject } from "../../../../renderer/state/project/projectActions.ts";
import { changeDocument } from "../../../../renderer/state/project/projectStore.ts";
import { listProperties } from "../../../../renderer/state/coloring/properties.ts";
import { buildSceneModel, type SceneModel } from "../../../../renderer/state/grid/sceneModel.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import { listTargets } from "../../../../renderer/state/project/targets.ts";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import { validateProject } from "../../../../src/project/schema.ts";
import {
  createFakeStudio,
  FILM_PROJECT,
  resultOf,
  summaryOf,
} from "../../../support/fakeStudioApi.ts";

const SUMMARIES = { film: summaryOf("film", [6, 4, 5]) };
const PROJECT: ProjectDocument = {
  ...FILM_PROJECT,
  targets: [{ dataset: "film", structures: "0:3", labels: ["a", "b", "c"] }],
  variants: [
    ...(FILM_PROJECT.variants ?? []),
    { name: "third", base: "baseline", remove: [{ dataset: "train", structures: "0" }] },
  ],
};
const NONE: ReadonlySet<string> = new Set();
const LATER: ReadonlySet<string> = new Set(["film#2"]);

function columns(document: ProjectDocument): readonly string[] {
  const hidden = hiddenVariants(document);
  return (document.variants ?? []).map(({ name }) => name).filter((name) => !hidden.has(name));
}

function rows(document: ProjectDocument, later = NONE): readonly string[] {
  const hidden = hiddenTargets(document, later);
  return listTargets(document, SUMMARIES)
    .filter(({ row }) => !hidden.has(row))
    .map(({ label }) => label);
}

test("a shown variant changes places with the one it is put on", () => {
  const next = putVariantAt(PROJECT, "third", "baseline");
  expect(columns(next)).toEqual(["third", "+more", "baseline"]);
  expect(putVariantAt(PROJECT, "third", "third")).toBe(PROJECT);
  expect(putVariantAt(PROJECT, "nobody", "baseline")).toBe(PROJECT);
});

test("a hidden variant is shown where the other was, and the other is hidden", () => {
  const two = setVariantShown(PROJECT, "third", false);
  expect(columns(two)).toEqual(["baseline", "+more"]);
  const next = putVariantAt(two, "third", "baseline");
  expect(columns(next)).toEqual(["third", "+more"]);
  expect([...hiddenVariants(next)]).toEqual(["baseline"]);
  validateProject(next);
  expect(setVariantShown(setVariantShown(two, "third", true), "third", true)).toEqual(
    expect.objectContaining({ views: { grid: {} } }),
  );
});

test("rows behave as columns do; later rows stay hidden until the document says otherwise", () => {
  expect(rows(PROJECT, LATER)).toEqual(["a", "b"]);
  const list = listTargets(PROJECT, SUMMARIES);
  const next = putTargetAt(PROJECT, list, "film#2", "film#0", LATER);
  expect(rows(next, LATER)).toEqual(["c", "b"]);
  const shown = setTargetShown(PROJECT, "film#2", true, LATER);
  expect(rows(shown, LATER)).toEqual(["a", "b", "c"]);
  expect(setTargetShown(shown, "film#2", true, LATER)).toBe(shown);
  expect(rows(putTargetAt(PROJECT, list, "film#0", "film#1", NONE))).toEqual(["b", "a", "c"]);
});

test("a column of differences takes a variant as B, and turns round for its own A", () => {
  const column = { from: "baseline", to: "+more", as: "percent" } as const;
  const with_ = { ...PROJECT, views: { grid: { differences: [column] } } };
  const third = putVariantInDifference(with_, "third", column);
  expect(layoutOf(third).differences).toEqual([{ ...column, to: "third" }]);
  const turned = putVariantInDifference(with_, "baseline", column);
  expect(layoutOf(turned).differences).toEqual([{ ...column, from: "+more", to: "baseline" }]);
});

let studio: Studio;
beforeEach(async () => {
  const fake = createFakeStudio();
  studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  const document = FILM_PROJECT;
  await showProject(studio, { path: "/p.lpr.json", name: "p", document, remarks: [] });
});

function scene(): SceneModel {
  const { document } = studio.project.getState();
  return buildSceneModel({
    document,
    datasets: studio.datasets.getState(),
    result: resultOf(document, [6]),
    colors: { ...studio.colors.getState(), property: "lpr" },
    view: studio.view.getState(),
  });
}

test("putting a variant on a panel is one step to undo, and gains keep their reference", () => {
  const [first] = scene().panels;
  if (first === undefined) throw new Error("no panel");
  const placed = { kind: "variant", name: "+more" } as const;
  expect(placingOf(scene(), "compare", placed, first)).toEqual({
    text: "Show +more here",
    isPossible: true,
  });
  placeInPanel(studio, placed, first);
  expect(scene().columns).toEqual(["+more", "baseline"]);
  expect(scene().reference).toBe("baseline");
  expect(scene().activeVariant).toBe("+more");
  undoStep(studio);
  expect(scene().columns).toEqual(["baseline", "+more"]);
  expect(studio.project.getState().document).toBe(FILM_PROJECT);
});

test("what cannot be shown there says why, what is there already says nothing", () => {
  const now = scene();
  const [first] = now.panels;
  if (first === undefined) throw new Error("no panel");
  const variant = { kind: "variant", name: "baseline" } as const;
  const species = { ...now, property: { ...now.property, perVariant: false, label: "Species" } };
  expect(placingOf(now, "compare", variant, first)).toBeNull();
  expect(placingOf(now, "whatIf", variant, first)).toBeNull();
  expect(placingOf(species, "compare", variant, first)?.text).toBe(
    "Species is the same for all variants",
  );
  const gains = {
    ...now,
    property: { ...now.property, id: "enhancement" as const },
    reference: "+more",
  };
  const more = { kind: "variant", name: "+more" } as const;
  expect(placingOf(gains, "compare", more, first)).toEqual({
    text: "Gains are relative to +more",
    isPossible: false,
  });
});

test("frames and the dataset looked at are saved and come back; frames of gone files do not", () => {
  studio.view.setState({
    frames: new Map([
      ["film#0", 4],
      ["film#1", 1],
      ["gone#0", 2],
    ]),
    viewedDataset: "film",
  });
  const grid = gridToSave(studio);
  expect(grid.frames).toEqual([{ dataset: "film", structure: 0, frame: 4 }]);
  expect(grid.viewed).toBe("film");
  const saved = validateProject({ ...FILM_PROJECT, views: { grid } });
  studio.view.setState({ frames: new Map(), viewedDataset: null });
  restoreGrid(studio, saved);
  expect([...studio.view.getState().frames]).toEqual([["film#0", 4]]);
  expect(studio.view.getState().viewedDataset).toBe("film");
  restoreGrid(studio, { ...saved, views: { grid: { viewed: "gone" } } });
  expect(studio.view.getState().viewedDataset).toBeNull();
});

test("rows that are hidden stay so when the project is saved before its files are read", () => {
  const hidden = [{ dataset: "film", structure: 1 }];
  changeDocument(studio.project, "Hide", (now) => ({
    ...now,
    views: { grid: { hiddenTargets: [...hidden, { dataset: "gone", structure: 0 }] } },
  }));
  studio.datasets.setState({ summaries: {} });
  expect(gridToSave(studio).hiddenTargets).toEqual(hidden);
  undoStep(studio);
  expect(gridToSave(studio).hiddenTargets).toBeUndefined();
});

test("eyes are steps to undo, and are in the saved grid", () => {
  const [target] = scene().targets;
  if (target === undefined) throw new Error("no target");
  toggleTargetShown(studio, target);
  expect(scene().rows.map(({ row }) => row)).toEqual(["film#1"]);
  expect(gridToSave(studio).hiddenTargets).toEqual([{ dataset: "film", structure: 0 }]);
  undoStep(studio);
  expect(scene().rows).toHaveLength(2);
});

test("the reading of a difference names A, B and the change, each with its unit", () => {
  const result = resultOf(FILM_PROJECT, [6]);
  const properties = listProperties(result, []);
  const [target] = listTargets(FILM_PROJECT, { film: summaryOf("film", [6]) });
  const lpr = properties.find(({ id }) => id === "lpr");
  if (target === undefined || lpr === undefined) throw new Error("no data");
  const source = { result, structures: new Map(), columns: new Map() };
  const read = (as: "difference" | "percent" | "ratio", property = lpr) =>
    differenceFacts(
      source,
      {
        property,
        properties,
        reference: "baseline",
        target,
        difference: { from: "baseline", to: "+more", as },
      },
      2,
    ).map(({ label, value }) => `${label} = ${value}`);
  expect(read("difference")).toEqual([
    "LPR, A: baseline = 3.00",
    "LPR, B: +more = 6.00",
    "B − A = +3.00",
  ]);
  expect(read("percent")[2]).toBe("B over A = +100.0 %");
  expect(read("ratio")[2]).toBe("log₂(B / A) = +1.00");
  const energy = properties.find(({ id }) => id === "uncertainty");
  expect(differenceProperty(energy ?? lpr, "difference").suffix).toBe(energy?.suffix ?? "");
});

test("structures of one name in a file are told apart by their number in it", () => {
  const { structures, ...summary } = summaryOf("film", [6, 4, 5]);
  const named = structures.map((one, k) => ({ ...one, name: k === 1 ? "melt" : "quenched" }));
  const entry = { dataset: "film", structures: "0:3" };
  const labels = (targets: NonNullable<ProjectDocument["targets"]>): readonly string[] =>
    listTargets({ ...PROJECT, targets }, { film: { ...summary, structures: named } }).map(
      ({ label }) => label,
    );
  expect(labels([entry])).toEqual(["quenched 1", "melt", "quenched 3"]);
  expect(labels([{ ...entry, structures: "0:2" }])).toEqual(["quenched", "melt"]);
});
