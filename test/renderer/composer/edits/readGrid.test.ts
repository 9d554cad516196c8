import { expect, it } from "vitest";
import { figureOfGrid, sceneOf } from "../../../../renderer/composer/edits/readGrid.ts";
import { resolveFigure } from "../../../../renderer/figure/resolve/resolveFigure.ts";
import { ATOM_FLAGS } from "../../../../renderer/scene/panelSpec.ts";
import { selectAtoms } from "../../../../renderer/state/selection/selectionStore.ts";
import { changeColoring } from "../../../../renderer/state/coloring/colorStore.ts";
import {
  addDifference,
  setLayout,
  setPanelContent,
} from "../../../../renderer/state/grid/gridLayout.ts";
import { showProject } from "../../../../renderer/state/project/projectActions.ts";
import { changeDocument } from "../../../../renderer/state/project/projectStore.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import type {
  FigureDefinition,
  FigureElement,
  FigureFrame,
} from "../../../../src/project/figure.ts";
import type { AnalysisResult } from "../../../../src/analysis/result.ts";
import { validateProject } from "../../../../src/project/schema.ts";
import {
  chainStructure,
  createFakeStudio,
  FILM_PROJECT,
  resultOf,
} from "../../../support/fakeStudioApi.ts";

const MAP_PLACE = { dataset: "film", structure: 0, variant: "+more" };

/** A result with two components for every atom. */
function withMaps(result: AnalysisResult): AnalysisResult {
  const components = 2;
  const map = {
    components,
    explainedVariance: Float64Array.of(0.6, 0.3),
    method: "exact",
    nLandmarks: 0,
  } as const;
  const targets = result.targets.map((target) => ({
    ...target,
    map: Float64Array.from({ length: components * 10 }, (_, k) => k),
  }));
  return { ...result, map, targets };
}

/** Two films under two variants, coloured by LPR. */
async function openFilms(change: (now: ProjectDocument) => ProjectDocument): Promise<Studio> {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  await showProject(studio, { path: null, name: "p", document: FILM_PROJECT, remarks: [] });
  studio.results.setState({ result: resultOf(FILM_PROJECT, [6, 4]) });
  studio.colors.setState({ property: "lpr" });
  changeDocument(studio.project, "Change", change);
  return studio;
}

function panelsOf({ elements }: FigureDefinition): readonly FigureElement[] {
  return elements.filter(({ kind }) => kind === "structure" || kind === "map");
}

function legendsOf({ elements }: FigureDefinition): readonly string[] {
  return elements.flatMap((one) => (one.kind === "legend" ? [one.coloring] : []));
}

/** A figure of the grid, read by the validator and drawn from the same result. */
function drawn(studio: Studio) {
  const figure = figureOfGrid(studio);
  const document = { ...studio.project.getState().document, figures: [figure] };
  expect(validateProject(document).figures).toEqual(JSON.parse(JSON.stringify([figure])));
  const source = {
    document,
    datasets: studio.datasets.getState(),
    result: studio.results.getState().result,
    bonds: new Map(),
  };
  return { figure, content: resolveFigure(source, figure) };
}

it("shows one panel for each film and variant, under one legend", async () => {
  const studio = await openFilms((now) => now);
  const { figure } = drawn(studio);
  expect(panelsOf(figure)).toHaveLength(4);
  expect(legendsOf(figure)).toEqual(["values"]);
  expect(figure.colorings).toEqual({ values: { property: "lpr" } });
});

it("shows columns of differences under a legend of their own, around zero", async () => {
  const studio = await openFilms((now) =>
    addDifference(now, { from: "baseline", to: "+more", as: "percent" }),
  );
  const { figure, content } = drawn(studio);
  expect(panelsOf(figure)).toHaveLength(6);
  expect(legendsOf(figure)).toEqual(["values", "percent"]);
  expect(figure.colorings?.["percent"]).toEqual({ property: "lpr", difference: "percent" });
  const differences = panelsOf(figure).filter(
    (one) => "coloring" in one && one.coloring === "percent",
  );
  expect(differences).toHaveLength(2);
  for (const one of differences) {
    expect(one).toMatchObject({ variant: "+more", reference: "baseline" });
  }
  expect(figure.elements.map((one) => (one.kind === "text" ? one.text : ""))).toContain(
    "Δ % +more over baseline",
  );
  // The same numbers and the same range as in the window.
  const scene = sceneOf(studio);
  const legend = content.legends.get("percent")?.content;
  const group = scene.coloring.groups.get("percent");
  expect(legend).toMatchObject({ kind: "scale", scale: group?.scale, signed: true });
  expect(group?.scale?.min).toBe(-(group?.scale?.max ?? 0));
});

it("gives rows and panels ranges and legends of their own, as in the grid", async () => {
  const studio = await openFilms((now) =>
    setLayout(
      addDifference(now, { from: "baseline", to: "+more", as: "difference" }),
      "range",
      "rows",
    ),
  );
  const rows = drawn(studio);
  expect(legendsOf(rows.figure)).toEqual(["values 1", "difference 1", "values 2", "difference 2"]);
  const scales = [...sceneOf(studio).coloring.groups.values()].map(({ scale }) => scale);
  const shown = legendsOf(rows.figure).map((name) => rows.content.legends.get(name)?.content);
  expect(shown.map((one) => (one?.kind === "scale" ? one.scale : null))).toEqual(
    [0, 2, 1, 3].map((k) => scales[k]),
  );
  changeDocument(studio.project, "Change", (now) => setLayout(now, "range", "panels"));
  const panels = drawn(studio);
  expect(legendsOf(panels.figure)).toHaveLength(6);
  const below = panels.figure.elements.filter(({ kind }) => kind === "legend");
  for (const { frame } of below) {
    const over = panelsOf(panels.figure).filter(
      (one) => one.frame.x === frame.x && one.frame.y < frame.y,
    );
    expect(over.length).toBeGreaterThan(0);
  }
});

it("puts the map of a panel below its structure, with a letter of its own", async () => {
  const place = { dataset: "film", structure: 0, variant: "+more" };
  const studio = await openFilms((now) => setPanelContent(now, place, "both"));
  const { figure } = drawn(studio);
  const panels = panelsOf(figure);
  expect(panels).toHaveLength(5);
  const map = panels.find(({ kind }) => kind === "map");
  const above = panels.find(
    (one) => one.kind === "structure" && one.frame.x === map?.frame.x && one.variant === "+more",
  );
  expect(above?.frame.y).toBeLessThan(map?.frame.y ?? 0);
  expect(panels.map((one) => ("letter" in one ? one.letter : ""))).toEqual([
    "(a)",
    "(b)",
    "(c)",
    "(d)",
    "(e)",
  ]);
  for (const [k, one] of figure.elements.entries()) {
    for (const other of figure.elements.slice(k + 1)) {
      if (one.kind === "scaleBar" || one.kind === "triad") continue;
      if (other.kind === "scaleBar" || other.kind === "triad") continue;
      expect(overlap(one.frame, other.frame), `${one.id}, ${other.id}`).toBe(false);
    }
    expect(one.frame.y + one.frame.height).toBeLessThanOrEqual(figure.page.height);
  }
});

it("a range set by hand is one range already", async () => {
  const studio = await openFilms((now) => setLayout(now, "range", "panels"));
  expect(legendsOf(drawn(studio).figure)).toHaveLength(4);
  changeColoring(studio.colors, "lpr", { manual: { min: 1, max: 2 } });
  expect(legendsOf(drawn(studio).figure)).toEqual(["values"]);
});

function overlap(a: FigureFrame, b: FigureFrame): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

it("keeps what is selected in the grid, in the look that it has there", async () => {
  const studio = await openFilms((now) => setPanelContent(now, MAP_PLACE, "map"));
  studio.results.setState({ result: withMaps(resultOf(FILM_PROJECT, [6, 4])) });
  studio.datasets.setState({
    structures: new Map([6, 4].map((n, k) => [`film#${String(k)}`, chainStructure(n)])),
  });
  expect(drawn(studio).figure.selections).toBeUndefined();
  selectAtoms(studio.selection, "film#0", 6, [1, 2, 4], "replace", "picked");
  const grey = drawn(studio);
  expect(grey.figure.selections).toEqual({
    Selection: { atoms: [{ dataset: "film", structure: 0, atoms: "1:3,4" }], others: "grey" },
  });
  const { normal, dimmed, marked } = ATOM_FLAGS;
  const flagsOf = ({ figure, content }: typeof grey): readonly (readonly number[])[] =>
    panelsOf(figure).map(({ id }) => {
      const panel = content.panels.get(id);
      if (panel?.kind === "structure") return [...(panel.panel.flags ?? [])];
      return panel?.kind === "points" ? [...(panel.flags ?? [])] : [];
    });
  const first = [dimmed, normal, normal, dimmed, normal, dimmed];
  const second = [dimmed, dimmed, dimmed, dimmed];
  expect(flagsOf(grey)).toEqual([first, first, second, second]);
  // As the legend of the window says.
  expect(grey.content.legends.get("values")?.notSelected).toBe(2 * 3 + 2 * 4);
  studio.view.setState({ unselected: "normal" });
  const ringed = drawn(studio);
  expect(flagsOf(ringed)[1]).toEqual([normal, marked, marked, normal, marked, normal]);
  expect(ringed.content.legends.get("values")?.notSelected).toBeNull();
});
