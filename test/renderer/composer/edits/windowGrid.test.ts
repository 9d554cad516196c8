import { describe, expect, it } from "vitest";
import {
  layOutGrid,
  naturalWidth,
  type GridCell,
  type GridPicture,
} from "../../../../renderer/composer/edits/figureFromGrid.ts";
import { sceneOf } from "../../../../renderer/composer/edits/readGrid.ts";
import {
  gridOfView,
  heightOfGrid,
  type GridView,
} from "../../../../renderer/composer/edits/windowGrid.ts";
import { addDifference, setLayout } from "../../../../renderer/state/grid/gridLayout.ts";
import { showProject } from "../../../../renderer/state/project/projectActions.ts";
import { changeDocument } from "../../../../renderer/state/project/projectStore.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import { validateProject } from "../../../../src/project/schema.ts";
import { createFakeStudio, FILM_PROJECT, resultOf } from "../../../support/fakeStudioApi.ts";

/** Two films under two variants and their difference. */
async function openFilms(): Promise<Studio> {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  await showProject(studio, { path: null, name: "p", document: FILM_PROJECT, remarks: [] });
  studio.results.setState({ result: resultOf(FILM_PROJECT, [6, 4]) });
  studio.colors.setState({ property: "lpr" });
  changeDocument(studio.project, "Change", (now) =>
    addDifference(now, { from: "baseline", to: "+more", as: "percent" }),
  );
  return studio;
}

const VIEW: Omit<GridView, "panels"> = {
  titleOf: ({ variant }) => variant,
  hasMap: () => true,
  isExplore: false,
  aspect: 1.5,
};

function cell(row: number, column: number, change: Partial<GridCell> = {}): GridCell {
  return {
    row,
    column,
    target: { dataset: "film", structure: row },
    variant: "baseline",
    reference: null,
    camera: "all",
    coloring: "values",
    content: "structure",
    ...change,
  };
}

const FRONT = { rotation: [0, 0, 0, 1], target: [0, 0, 0], span: null } as const;

function gridOf(cells: readonly GridCell[], change: Partial<GridPicture> = {}): GridPicture {
  return {
    cells,
    rowTitles: ["low", "high"],
    columnTitles: ["baseline", "+more"],
    cameras: { all: { ...FRONT, projection: "orthographic" } },
    colorings: { values: { property: "lpr" } },
    legends: "grid",
    display: {},
    selection: null,
    showScaleBar: true,
    showAxes: true,
    showMean: true,
    aspect: 1,
    ...change,
  };
}

const FOUR = [cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1)];

describe("a grid on a sheet of given height", () => {
  it.each([
    ["structures", FOUR],
    ["maps below structures", [cell(0, 0, { content: "both" }), cell(0, 1), cell(1, 0)]],
  ])("fills it to the margins: %s", (_, cells) => {
    const { figure } = layOutGrid("f", gridOf(cells), { width: 150, height: 90 });
    expect(figure.page).toEqual({ width: 150, height: 90 });
    const ends = figure.elements.map(({ frame }) => frame.y + frame.height);
    expect(Math.max(...ends)).toBeCloseTo(87, 1);
    expect(validateProject({ ...FILM_PROJECT, figures: [figure] }).figures).toHaveLength(1);
  });

  it("gives the legends' room to the panels where none is asked for", () => {
    const sheet = { width: 150, height: 90, background: "dark" } as const;
    const { figure } = layOutGrid("f", gridOf(FOUR, { legends: "none" }), sheet);
    expect(figure.page.background).toBe("dark");
    expect(figure.elements.filter(({ kind }) => kind === "legend")).toEqual([]);
    const right = Math.max(...figure.elements.map(({ frame }) => frame.x + frame.width));
    expect(right).toBeCloseTo(147, 1);
  });

  it("keeps the shape of the panels at its own height", () => {
    const grid = gridOf(FOUR, { aspect: 1.5, letters: false, showMean: false });
    const width = naturalWidth(grid);
    const { figure } = layOutGrid("f", grid, { width, height: heightOfGrid(grid, width) });
    const panel = figure.elements.find(({ kind }) => kind === "structure");
    const { frame } = panel ?? { frame: { width: 0, height: 1 } };
    expect(frame.width / frame.height).toBeCloseTo(1.5, 1);
    expect(heightOfGrid(grid, 2 * width)).toBeCloseTo(2 * heightOfGrid(grid, width), 9);
  });
});

it("has a scale bar and axes for each camera, in the lowest panel that looks through it", () => {
  const cells = [cell(0, 0), cell(0, 1, { camera: "own" }), cell(1, 0)];
  const cameras = { all: FRONT, own: FRONT };
  const withAll = Object.fromEntries(
    Object.entries(cameras).map(([name, one]) => [name, { ...one, projection: "orthographic" }]),
  ) as GridPicture["cameras"];
  const { figure, cells: cellOf } = layOutGrid("f", gridOf(cells, { cameras: withAll }), {
    width: 150,
  });
  const of = figure.elements.flatMap((one) => (one.kind === "scaleBar" ? [one.of] : []));
  expect(of.map((id) => [cellOf.get(id)?.row, cellOf.get(id)?.camera])).toEqual([
    [1, "all"],
    [0, "own"],
  ]);
  expect(figure.elements.filter(({ kind }) => kind === "triad")).toHaveLength(2);
  expect(new Set(figure.elements.map(({ id }) => id)).size).toBe(figure.elements.length);
});

describe("the grid of a view", () => {
  it("has no letters, counts what lies beyond its ends, and knows the panel of each cell", async () => {
    const studio = await openFilms();
    const scene = sceneOf(studio);
    const { grid, panels } = gridOfView(studio, scene, { ...VIEW, panels: scene.panels });
    expect([...panels.values()]).toEqual(scene.panels);
    expect(grid).toMatchObject({ letters: false, counts: true, aspect: 1.5 });
    const { figure } = layOutGrid("f", grid, { width: 178 });
    expect(figure.elements.some((one) => "letter" in one)).toBe(false);
    expect(figure.elements).toContainEqual(
      expect.objectContaining({ kind: "legend", counts: true }),
    );
  });

  it("leaves no room for rows and columns that are not on screen", async () => {
    const studio = await openFilms();
    const scene = sceneOf(studio);
    const last = scene.panels.at(-1);
    if (last === undefined) throw new Error("no panel");
    const { grid } = gridOfView(studio, scene, { ...VIEW, panels: [last] });
    expect(grid.cells.map(({ row, column }) => [row, column])).toEqual([[0, 0]]);
    expect(grid.rowTitles).toEqual([""]);
    expect(grid.columnTitles).toEqual([`${last.target.label}, +more`]);
  });

  it("puts maps beside their structures, under one legend", async () => {
    const studio = await openFilms();
    changeDocument(studio.project, "Change", (now) =>
      setLayout(setLayout(now, "content", "both"), "range", "panels"),
    );
    const scene = sceneOf(studio);
    const { grid } = gridOfView(studio, scene, { ...VIEW, panels: scene.panels });
    expect(grid.columnTitles).toEqual([
      "baseline",
      "Kernel map",
      "+more",
      "Kernel map",
      "Δ % +more over baseline",
      "Kernel map",
    ]);
    const { figure } = layOutGrid("f", grid, { width: 300 });
    const legends = figure.elements.filter(({ kind }) => kind === "legend");
    const structures = figure.elements.filter(({ kind }) => kind === "structure");
    expect(legends).toHaveLength(structures.length);
    for (const [k, { frame }] of structures.entries()) {
      const legend = legends.find((one) => one.frame.x === frame.x && one.frame.y > frame.y);
      expect(legend?.frame.width, String(k)).toBeGreaterThan(2 * frame.width);
    }
  });

  it("puts the map beside the structure in Explore, where there is one", async () => {
    const studio = await openFilms();
    const scene = sceneOf(studio);
    const panels = scene.panels.slice(0, 1);
    const view = { ...VIEW, panels, isExplore: true };
    const both = gridOfView(studio, scene, view).grid;
    expect(both.cells.map(({ column, content, camera }) => [column, content, camera])).toEqual([
      [0, "structure", "explore"],
      [1, "map", "explore"],
    ]);
    expect(both.columnTitles[1]).toBe("Kernel map");
    const alone = gridOfView(studio, scene, { ...view, hasMap: () => false }).grid;
    expect(alone.columnTitles).toHaveLength(1);
  });
});
