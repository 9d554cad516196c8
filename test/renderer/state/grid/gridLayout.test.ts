import { expect, test } from "vitest";
import {
  addDifference,
  contentOf,
  layoutOf,
  removeDifference,
  renameInLayout,
  replaceDifference,
  setLayout,
  setPanelContent,
} from "../../../../renderer/state/grid/gridLayout.ts";
import {
  differenceProperty,
  differenceTitle,
  differenceValues,
} from "../../../../renderer/state/coloring/differences.ts";
import { renameVariant } from "../../../../renderer/state/project/documentEdits.ts";
import {
  cameraName,
  cameraOf,
  camerasToSave,
  createGridCameras,
  followLock,
  placeSaved,
  resetGridCameras,
  takeApart,
} from "../../../../renderer/state/grid/gridCameras.ts";
import { listProperties } from "../../../../renderer/state/coloring/properties.ts";
import { allPanels } from "../../../../renderer/state/grid/sceneModel.ts";
import { listTargets } from "../../../../renderer/state/project/targets.ts";
import { validateProject } from "../../../../src/project/schema.ts";
import { FILM_PROJECT, resultOf, summaryOf } from "../../../support/fakeStudioApi.ts";

const GAIN = { from: "baseline", to: "+more", as: "percent" } as const;
const PLACE = { dataset: "film", structure: 0, variant: "+more" };

test("choosing for the whole grid takes exceptions back, and no change is no change", () => {
  const mixed = setPanelContent(FILM_PROJECT, PLACE, "map");
  expect(contentOf(layoutOf(mixed), PLACE)).toBe("map");
  expect(contentOf(layoutOf(mixed), { ...PLACE, structure: 1 })).toBe("structure");
  const maps = setLayout(mixed, "content", "both");
  expect(maps.views?.grid).toEqual({ content: "both" });
  expect(setLayout(maps, "content", "both")).toBe(maps);
  expect(setPanelContent(mixed, PLACE, "structure").views?.grid).toEqual({});
});

test("a column of differences is there once, can be turned round and taken away", () => {
  const added = addDifference(FILM_PROJECT, GAIN);
  expect(addDifference(added, GAIN)).toBe(added);
  expect(addDifference(added, { ...GAIN, to: "baseline" })).toBe(added);
  const turned = replaceDifference(added, GAIN, { ...GAIN, from: "+more", to: "baseline" });
  expect(layoutOf(turned).differences).toEqual([{ ...GAIN, from: "+more", to: "baseline" }]);
  expect(layoutOf(removeDifference(added, GAIN)).differences).toEqual([]);
});

test("the layout follows a variant that gets another name", () => {
  const document = setPanelContent(addDifference(FILM_PROJECT, GAIN), PLACE, "map");
  const renamed = renameVariant(document, "+more", "richer");
  expect(layoutOf(renamed).differences[0]).toEqual({ ...GAIN, to: "richer" });
  expect(contentOf(layoutOf(renamed), { ...PLACE, variant: "richer" })).toBe("map");
  expect(renameInLayout(undefined, "a", "b")).toBeUndefined();
});

test("differences are B against A and have no value where either has none", () => {
  const a = [2, 4, NaN, 0, -1];
  const b = [3, 2, 1, 1, 2];
  expect([...differenceValues("difference", a, b)]).toEqual([1, -2, NaN, 1, 3]);
  expect([...differenceValues("percent", a, b)]).toEqual([50, -50, NaN, NaN, -300]);
  expect([...differenceValues("ratio", a, b)]).toEqual([Math.log2(1.5), -1, NaN, NaN, NaN]);
  expect(differenceTitle({ ...GAIN, as: "difference" })).toBe("Δ +more − baseline");
});

test("differences of every property are drawn around zero, with their unit", () => {
  for (const property of listProperties(resultOf(FILM_PROJECT, [6, 4]), [])) {
    if (!property.perVariant) continue;
    const shown = differenceProperty(property, "percent");
    expect(shown).toMatchObject({ diverging: true, scale: "linear", suffix: "%" });
    expect(shown.unit).toContain("percent");
    expect(differenceProperty(property, "difference").suffix).toBe(property.suffix);
  }
});

const LAYOUT = layoutOf(addDifference(FILM_PROJECT, GAIN));
const ROWS = listTargets(FILM_PROJECT, { film: summaryOf("film", [6, 4]) });
const PANELS = allPanels(ROWS, ["baseline", "+more"], LAYOUT).filter(
  ({ variant }) => variant !== "",
);

function panel(index: number): (typeof PANELS)[number] {
  const found = PANELS[index];
  if (found === undefined) throw new Error(`No panel ${String(index)}.`);
  return found;
}

const TURNED = { rotation: [0, 1, 0, 0], target: [1, 2, 3], scale: 0.25 } as const;

test("the lock says which panels look through the same camera", () => {
  const names = (lock: "all" | "rows" | "free"): number =>
    new Set(PANELS.map((one) => cameraName(one, lock, new Set()))).size;
  expect([names("all"), names("rows"), names("free")]).toEqual([1, 2, PANELS.length]);
  expect(cameraName(panel(0), "all", new Set([panel(0).id]))).not.toBe(
    cameraName(panel(1), "all", new Set([panel(0).id])),
  );
});

test("another lock moves no camera; the active panel leads the way back", () => {
  const grid = createGridCameras();
  cameraOf(grid, "all", panel(0)).store.setState(TURNED, true);
  followLock(grid, PANELS, panel(1), "all", "free");
  for (const one of PANELS) {
    expect(cameraOf(grid, `panel ${one.id}`, one).store.getState()).toEqual(TURNED);
  }
  const other = { ...TURNED, scale: 0.5 };
  cameraOf(grid, `panel ${panel(1).id}`, panel(1)).store.setState(other, true);
  followLock(grid, PANELS, panel(1), "free", "rows");
  expect(cameraOf(grid, `row ${panel(1).target.row}`, panel(1)).store.getState()).toEqual(other);
  const below = PANELS.find(({ target }) => target.row !== panel(1).target.row) ?? panel(0);
  expect(cameraOf(grid, `row ${below.target.row}`, below).store.getState()).toEqual(TURNED);
});

test("cameras that were moved are saved by span and come back in a panel of another size", () => {
  const grid = createGridCameras();
  const all = cameraOf(grid, "all", panel(0));
  expect(camerasToSave(grid, PANELS, "all")).toEqual([]);
  all.side = 200;
  all.store.setState(TURNED, true);
  const apart = takeApart(grid, "all", panel(2));
  apart.store.setState({ ...TURNED, scale: 1 }, true);
  const saved = camerasToSave(grid, PANELS, "all");
  expect(saved[0]).toEqual({ rotation: [0, 1, 0, 0], target: [1, 2, 3], span: 50 });
  expect(saved[1]).toMatchObject({ row: { dataset: "film", structure: 0 }, span: 200 });
  expect(saved[1]?.difference).toEqual(GAIN);
  expect(placeSaved(saved[0] ?? { ...TURNED, span: 1 }, 400)).toEqual({ ...TURNED, scale: 0.125 });
  resetGridCameras(grid, saved);
  expect(cameraOf(grid, "all", panel(0)).waiting).toEqual(saved[0]);
  expect(camerasToSave(grid, PANELS, "all")).toEqual([saved[0]]);
});

test("a layout that makes no sense is refused with its place", () => {
  const bad = (grid: unknown): string => {
    try {
      validateProject({ ...FILM_PROJECT, views: { grid } });
    } catch (error) {
      return (error as { location?: { jsonPath?: string } }).location?.jsonPath ?? "?";
    }
    return "accepted";
  };
  expect(bad({ cameraLock: "rows", range: "panels", content: "both", differences: [GAIN] })).toBe(
    "accepted",
  );
  expect(bad({ cameraLock: "columns" })).toBe("views.grid.cameraLock");
  expect(bad({ contents: "map" })).toMatch(/views\.grid/);
  expect(bad({ differences: [{ ...GAIN, to: "baseline" }] })).toBe("views.grid.differences[0]");
  expect(bad({ cameras: [{ rotation: [0, 0, 0, 2], target: [0, 0, 0], span: 1 }] })).toMatch(
    /cameras\[0\]\.rotation/,
  );
  expect(bad({ cameras: [{ rotation: [0, 0, 0, 1], target: [0, 0, 0], span: 0 }] })).toMatch(
    /cameras\[0\]\.span/,
  );
});
