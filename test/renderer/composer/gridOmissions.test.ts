import { expect, it } from "vitest";
import { COMPOSER_ACTIONS } from "../../../renderer/composer/composerCommands.ts";
import { gridOmissions } from "../../../renderer/composer/gridOmissions.ts";
import { figureOfGrid, sceneOf } from "../../../renderer/composer/readGrid.ts";
import { changeColoring } from "../../../renderer/state/colorStore.ts";
import { addDifference, setLayout, setPanelContent } from "../../../renderer/state/gridLayout.ts";
import { showProject } from "../../../renderer/state/projectActions.ts";
import { changeDocument } from "../../../renderer/state/projectStore.ts";
import { createStudio, type Studio } from "../../../renderer/state/studio.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { createFakeStudio, FILM_PROJECT, resultOf } from "../../support/fakeStudioApi.ts";

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

it("nothing is said of a grid that the figure shows as it is", async () => {
  const studio = await openFilms((now) => now);
  COMPOSER_ACTIONS["figure.fromGrid"](studio);
  expect(studio.messages.getState().message).toBeNull();
});

it("says what of the grid is not in the figure", async () => {
  const place = { dataset: "film", structure: 0, variant: "+more" };
  const studio = await openFilms((now) =>
    setLayout(
      setPanelContent(
        addDifference(now, { from: "baseline", to: "+more", as: "percent" }),
        place,
        "both",
      ),
      "range",
      "rows",
    ),
  );
  COMPOSER_ACTIONS["figure.fromGrid"](studio);
  expect(studio.messages.getState().message?.text).toBe(
    "Not in the figure: 1 column of differences and 1 map beside a structure. " +
      "All panels of the figure share one colour range",
  );
  // Said of what is really left out: one panel for each film and variant, structures all.
  const panels = figureOfGrid(studio).elements.filter(({ kind }) => kind === "structure");
  expect(panels).toHaveLength(4);
});

it("a range set by hand is one range already", async () => {
  const studio = await openFilms((now) => setLayout(now, "range", "panels"));
  expect(gridOmissions(sceneOf(studio))).toBe("All panels of the figure share one colour range");
  changeColoring(studio.colors, "lpr", { manual: { min: 1, max: 2 } });
  expect(gridOmissions(sceneOf(studio))).toBeNull();
});
