import { expect, it } from "vitest";
import { factsOf, type PresetFacts } from "../../../renderer/figure/presets/facts.ts";
import { makePreset } from "../../../renderer/figure/presets/presets.ts";
import { needsOf } from "../../../renderer/figure/resolve/needs.ts";
import { resolveFigure } from "../../../renderer/figure/resolve/resolveFigure.ts";
import { lookupOf, type FigureSource } from "../../../renderer/figure/resolve/source.ts";
import { showProject } from "../../../renderer/state/project/projectActions.ts";
import { createStudio } from "../../../renderer/state/studio.ts";
import { listQuantities } from "../../../renderer/charts/quantities.ts";
import { listNames } from "../../../renderer/state/selection/expressionNames.ts";
import { atomQuantities, expressionNamesOf } from "../../../src/project/atomQuantities.ts";
import type { FigureDefinition } from "../../../src/project/figure.ts";
import { createFakeStudio, FILM_PROJECT, resultOf } from "../../support/fakeStudioApi.ts";

const NAMES = ["lpr_other_model", "local_energy_other_model"];

/** The films, whose files hold what another model says of them. */
async function filmsOfTwoModels(): Promise<FigureSource> {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  await showProject(studio, { path: null, name: "p", document: FILM_PROJECT, remarks: [] });
  const { summaries, ...datasets } = studio.datasets.getState();
  const columns = NAMES.map((name) => ({ name, type: "R", components: 1 }) as const);
  return {
    document: FILM_PROJECT,
    datasets: {
      ...datasets,
      summaries: Object.fromEntries(
        Object.entries(summaries).map(([key, summary]) => [key, { ...summary, columns }]),
      ),
    },
    result: resultOf(FILM_PROJECT, [6, 4]),
    bonds: new Map(),
  };
}

function scatter(x: string, y: string): FigureDefinition {
  return {
    name: "Worked out",
    page: { width: 100, height: 50 },
    elements: [
      {
        kind: "scatter",
        id: "s",
        frame: { x: 0, y: 0, width: 50, height: 50 },
        variant: "baseline",
        x: { property: x },
        y: { property: y },
      },
    ],
  };
}

it("an axis may be worked out from several quantities", async () => {
  const source = await filmsOfTwoModels();
  const panel = resolveFigure(source, scatter("lpr", "= 2 * lpr + 1")).panels.get("s");
  if (panel?.kind !== "points") throw new Error("no points");
  expect(panel.y.label).toBe("2 * lpr + 1");
  expect(panel.ys.length).toBeGreaterThan(5);
  expect(panel.ys).toEqual(panel.xs.map((value) => 2 * value + 1));
});

it("an expression that means nothing is refused with its words", async () => {
  const source = await filmsOfTwoModels();
  expect(() => resolveFigure(source, scatter("lpr", "= 2 * lpt"))).toThrow(
    "“= 2 * lpt”: There is no quantity “lpt” here",
  );
  expect(() => resolveFigure(source, scatter("lpr", "= lpr < 2"))).toThrow("write a number");
  const without = { ...source, result: null };
  expect(resolveFigure(without, scatter("lpr", "= 2 * lpr")).panels.get("s")?.kind).toBe("missing");
});

it("columns of files that an expression names are read before", async () => {
  const source = await filmsOfTwoModels();
  const { columns } = needsOf(lookupOf(source, scatter("lpr", "= lpr - lpr_other_model")));
  expect(columns.map(({ row, column }) => [row.dataset, column])).toContainEqual([
    "film",
    "lpr_other_model",
  ]);
});

it("two models are compared where the targets hold the results of the other one", async () => {
  const { document, datasets, result } = await filmsOfTwoModels();
  const facts: PresetFacts = factsOf(document, datasets);
  const [chart] = makePreset("models", facts).elements;
  expect(chart).toMatchObject({
    x: { property: "= min(lpr, lpr_other_model)", scale: "log" },
    y: { property: "= 1000 * abs(local_energy - local_energy_other_model)", scale: "log" },
  });
  expect(() => makePreset("models", { ...facts, columns: ["lpr_other_model"] })).toThrow(
    "cannot be made of this project",
  );
  expect(result?.variants[0]?.name).toBe("baseline");
});

it("everything that can be drawn and named is known before anything is computed", async () => {
  const source = await filmsOfTwoModels();
  const lookup = lookupOf(source, scatter("lpr", "lpr"));
  const columns = Object.values(source.datasets.summaries)[0]?.columns ?? [];
  const known = atomQuantities(source.document, columns);
  const drawn = [
    ...lookup.properties,
    ...listQuantities(source.result, lookup.properties, "baseline"),
  ];
  expect(drawn.length).toBeGreaterThan(10);
  const ids = known.map(({ id }) => id);
  expect(drawn.filter(({ id }) => !ids.includes(id))).toEqual([]);
  const names = [...listNames(source.result, columns, "baseline").values()];
  const before = expressionNamesOf(source.document, columns);
  expect(names.filter(({ name, kind }) => before.get(name)?.kind !== kind)).toEqual([]);
});
