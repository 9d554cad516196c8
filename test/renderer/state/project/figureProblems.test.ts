import { beforeEach, expect, it } from "vitest";
import {
  removeTarget,
  removeVariant,
  renameVariant,
} from "../../../../renderer/state/project/documentEdits.ts";
import { leftInFigures } from "../../../../renderer/state/project/figureProblems.ts";
import { showProject } from "../../../../renderer/state/project/projectActions.ts";
import { changeDocument, undoDocument } from "../../../../renderer/state/project/projectStore.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import type { FigureDefinition } from "../../../../src/project/figure.ts";
import { createFakeStudio, FILM_PROJECT } from "../../../support/fakeStudioApi.ts";

const frame = { x: 0, y: 0, width: 40, height: 40 };
const figure: FigureDefinition = {
  name: "Gains",
  page: { width: 100, height: 50 },
  colorings: { gain: { property: "enhancement", reference: "baseline" } },
  elements: [
    {
      kind: "structure",
      id: "film",
      frame,
      target: { dataset: "film" },
      variant: "+more",
      coloring: "gain",
    },
  ],
};
const PROJECT: ProjectDocument = { ...FILM_PROJECT, figures: [figure] };

let studio: Studio;

beforeEach(async () => {
  const fake = createFakeStudio();
  studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  await showProject(studio, { path: "/p.lpr.json", name: "p", document: PROJECT, remarks: [] });
});

function problems(): readonly string[] {
  return studio.messages.getState().problems.map(({ error }) => error.message);
}

it("a figure follows a renamed variant, in one step", () => {
  changeDocument(studio.project, "Rename", (now) => renameVariant(now, "+more", "most"));
  const { document, undoable } = studio.project.getState();
  expect(document.figures?.[0]?.elements[0]).toMatchObject({ variant: "most" });
  expect(undoable).toHaveLength(1);
  expect(problems()).toEqual([]);
  undoDocument(studio.project);
  expect(studio.project.getState().document).toBe(PROJECT);
});

it("a removed variant stays in the figure, as a problem until it is back", () => {
  changeDocument(studio.project, "Remove", (now) => removeVariant(now, "+more"));
  const { document } = studio.project.getState();
  expect(document.figures).toBe(PROJECT.figures);
  expect(problems()).toEqual([
    "variant “+more” is not in the project; it has “baseline”; “enhancement” needs two variants to compare, which the project lacks.",
  ]);
  const [problem] = studio.messages.getState().problems;
  expect(problem).toMatchObject({ figure: "Gains" });
  expect(problem?.error.location?.jsonPath).toBe("figures[0].elements[0].variant");
  expect(leftInFigures(PROJECT, document)).toBe("; figure “Gains” still shows it");
  expect(leftInFigures(document, { ...document, name: "x" })).toBe("");
  undoDocument(studio.project);
  expect(problems()).toEqual([]);
});

it("a removed target is said as well, and another problem stays beside it", () => {
  changeDocument(studio.project, "Remove", (now) => removeVariant(now, "+more"));
  changeDocument(studio.project, "Remove", (now) => removeTarget(now, 0));
  expect(problems()).toEqual([
    expect.stringContaining("; dataset “film” is not among the targets"),
  ]);
});

it("opening says what is gone, and nothing of it in the next project", async () => {
  const gone = removeVariant(PROJECT, "+more");
  const open = (document: ProjectDocument) =>
    showProject(studio, { path: "/q.lpr.json", name: "q", document, remarks: [] });
  await open(gone);
  expect(problems()).toHaveLength(1);
  await open(gone);
  expect(problems()).toHaveLength(1);
  await open(PROJECT);
  expect(problems()).toEqual([]);
});
