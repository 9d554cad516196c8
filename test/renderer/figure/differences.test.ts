import { expect, it } from "vitest";
import { loadNeeds } from "../../../renderer/figure/export/loadNeeds.ts";
import { resolveFigure } from "../../../renderer/figure/resolve/resolveFigure.ts";
import { showProject } from "../../../renderer/state/project/projectActions.ts";
import { createStudio } from "../../../renderer/state/studio.ts";
import type {
  FigureDefinition,
  FigureElement,
  FigureQuantity,
} from "../../../src/project/figure.ts";
import { createFakeStudio, FILM_PROJECT, resultOf } from "../../support/fakeStudioApi.ts";

const frame = { x: 0, y: 0, width: 40, height: 40 };

async function sourceOfFilms() {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  await showProject(studio, { path: null, name: "p", document: FILM_PROJECT, remarks: [] });
  return {
    document: FILM_PROJECT,
    datasets: studio.datasets.getState(),
    result: resultOf(FILM_PROJECT, [6, 4]),
    bonds: new Map(),
  };
}

function figureOf(
  coloring: NonNullable<FigureDefinition["colorings"]>[string],
  ...panels: readonly Partial<Extract<FigureElement, { kind: "scatter" }>>[]
): FigureDefinition {
  return {
    name: "Differences",
    page: { width: 100, height: 50 },
    colorings: { change: coloring },
    elements: panels.map((panel, k) => ({
      kind: "scatter",
      id: String(k),
      frame,
      coloring: "change",
      x: { property: "lpr" },
      y: { property: "lpr" },
      ...panel,
    })),
  };
}

it("the colours of a difference are B − A, per cent or log₂, and zero is in their middle", async () => {
  const source = await sourceOfFilms();
  const numbersOf = (figure: FigureDefinition): Float64Array => {
    const panel = resolveFigure(source, figure).panels.get("0");
    if (panel?.kind !== "points" || panel.values === null) throw new Error("no values");
    return panel.values;
  };
  const a = numbersOf(figureOf({ property: "lpr" }, { variant: "baseline" }));
  const b = numbersOf(figureOf({ property: "lpr" }, { variant: "+more" }));
  expect(a.every((value, k) => value === b[k])).toBe(false);
  const shown = (difference: "difference" | "percent" | "ratio") =>
    numbersOf(figureOf({ property: "lpr", difference }, { variant: "+more" }));
  expect(shown("difference")).toEqual(b.map((value, k) => value - (a[k] ?? NaN)));
  expect(shown("percent")).toEqual(b.map((value, k) => 100 * (value / (a[k] ?? NaN) - 1)));
  expect(shown("ratio")).toEqual(b.map((value, k) => Math.log2(value / (a[k] ?? NaN))));
  // A gain is a comparison already: what is compared is LPR.
  expect(numbersOf(figureOf({ property: "enhancement", difference: "difference" }, {}))).toEqual(
    shown("difference"),
  );
  const turned = numbersOf(
    figureOf(
      { property: "lpr", difference: "difference", reference: "+more" },
      { variant: "baseline" },
    ),
  );
  expect(turned).toEqual(shown("difference").map((value) => -value));
  const { legends } = resolveFigure(
    source,
    figureOf({ property: "lpr", difference: "percent" }, { variant: "+more" }),
  );
  const legend = legends.get("change");
  expect(legend).toMatchObject({ title: "Δ LPR", unit: "percent of A" });
  const scale = legend?.content.kind === "scale" ? legend.content.scale : null;
  expect(scale?.min).toBe(-(scale?.max ?? 0));
});

it("each structure may be relative to a variant of its own", async () => {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  await showProject(studio, { path: null, name: "p", document: FILM_PROJECT, remarks: [] });
  studio.results.setState({ result: resultOf(FILM_PROJECT, [6, 4]) });
  const panel = (id: string, variant: string, reference: string): FigureElement => ({
    kind: "structure",
    id,
    frame,
    target: { dataset: "film" },
    coloring: "change",
    variant,
    reference,
  });
  const figure = {
    ...figureOf({ property: "lpr", difference: "difference" }),
    elements: [panel("up", "+more", "baseline"), panel("down", "baseline", "+more")],
  };
  const { panels } = resolveFigure(await loadNeeds(studio, figure), figure);
  const contentOf = (id: string) => {
    const content = panels.get(id);
    if (content?.kind !== "structure") throw new Error("no structure");
    return content;
  };
  expect(contentOf("up").values).toEqual(contentOf("down").values?.map((value) => -value));
  expect(contentOf("up").label).toContain("+more against baseline");
  expect(contentOf("down").label).toContain("baseline against +more");
});

it("what is the same for every variant has no difference", async () => {
  const source = await sourceOfFilms();
  expect(() =>
    resolveFigure(source, figureOf({ property: "species", difference: "difference" }, {})),
  ).toThrow("“Species”, which is the same for every variant");
});

it("gains of thousands of percent are symlog in colours, scatter and distributions alike", async () => {
  const source = await sourceOfFilms();
  const [target] = source.result.targets;
  if (target === undefined) throw new Error("no target");
  /** Of ten atoms all gain 2 percent, but for one. */
  const gaining = (percent: number): typeof source => {
    const lpr = Float64Array.from({ length: 20 }, (_, k) => (k < 10 ? 1 : 1.02));
    lpr[19] = 1 + percent / 100;
    return { ...source, result: { ...source.result, targets: [{ ...target, lpr }] } };
  };
  const gain = { property: "enhancement" };
  const figure = (quantity: FigureQuantity): FigureDefinition => {
    const scatter = figureOf({ ...gain, percentiles: [0, 100] }, { variant: "+more", x: quantity });
    const distribution: FigureElement = { kind: "distribution", id: "d", frame, quantity };
    return { ...scatter, elements: [...scatter.elements, distribution] };
  };
  const kindsOf = (percent: number, quantity: FigureQuantity): readonly unknown[] => {
    const { panels, legends } = resolveFigure(gaining(percent), figure(quantity));
    const legend = legends.get("change")?.content;
    const axes = ["0", "d"].map((id) => {
      const panel = panels.get(id);
      return panel?.kind === "points" || panel?.kind === "curves" ? panel.x.scale.kind : panel;
    });
    return [legend?.kind === "scale" ? legend.scale.kind : legend, ...axes];
  };
  expect(kindsOf(30, gain)).toEqual(["linear", "linear", "linear"]);
  expect(kindsOf(90_000, gain)).toEqual(["symlog", "symlog", "symlog"]);
  expect(kindsOf(90_000, { ...gain, scale: "linear" })).toEqual(["symlog", "linear", "linear"]);
  expect(kindsOf(30, { ...gain, scale: "symlog" })).toEqual(["linear", "symlog", "symlog"]);
});
