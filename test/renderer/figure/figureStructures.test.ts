import { expect, it } from "vitest";
import { figureStructures } from "../../../renderer/figure/export/figureStructures.ts";
import { loadNeeds } from "../../../renderer/figure/export/loadNeeds.ts";
import { resolveFigure } from "../../../renderer/figure/resolve/resolveFigure.ts";
import { showProject } from "../../../renderer/state/project/projectActions.ts";
import { createStudio } from "../../../renderer/state/studio.ts";
import type { FigureDefinition, FigureElement } from "../../../src/project/figure.ts";
import { createFakeStudio, FILM_PROJECT, resultOf } from "../../support/fakeStudioApi.ts";

it("each structure is there once, with a column for each different colouring", async () => {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  await showProject(studio, { path: null, name: "p", document: FILM_PROJECT, remarks: [] });
  studio.results.setState({ result: resultOf(FILM_PROJECT, [6, 4]) });
  const panel = (id: string, coloring: string, variant?: string): FigureElement => ({
    kind: "structure",
    id,
    frame: { x: 0, y: 0, width: 40, height: 40 },
    target: { dataset: "film" },
    coloring,
    variant,
  });
  const figure: FigureDefinition = {
    name: "Columns",
    page: { width: 100, height: 50 },
    colorings: {
      lpr: { property: "lpr" },
      gain: { property: "enhancement" },
      change: { property: "lpr", difference: "percent" },
      species: { property: "species" },
    },
    elements: [
      panel("a", "lpr", "baseline"),
      panel("b", "lpr", "+more"),
      panel("c", "gain"),
      panel("d", "change"),
      panel("e", "species"),
      panel("again", "lpr", "baseline"),
    ],
  };
  const content = resolveFigure(await loadNeeds(studio, figure), figure);
  const [structure, ...others] = figureStructures(figure, content);
  expect(others).toEqual([]);
  expect(structure).toMatchObject({
    dataset: "film",
    structureIndex: 0,
    info: { figure: "Columns" },
  });
  expect([...(structure?.atoms ?? [])]).toEqual([0, 1, 2, 3, 4, 5]);
  expect(structure?.columns.map(({ name }) => name)).toEqual([
    "lpr_baseline",
    "lpr_+more",
    "enhancement_+more_over_baseline",
    "lpr_percent_+more_over_baseline",
  ]);
  const panelB = content.panels.get("b");
  expect(structure?.columns[1]?.values).toBe(panelB?.kind === "structure" && panelB.values);
});
