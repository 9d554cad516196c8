import { expect, it } from "vitest";
import {
  requireCurrent,
  staleText,
  staleVariants,
} from "../../../renderer/composer/staleValues.ts";
import { createJobStore } from "../../../renderer/state/results/jobStore.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import type { FigureDefinition, FigureElement } from "../../../src/project/figure.ts";
import { FILM_PROJECT, resultOf } from "../../support/fakeStudioApi.ts";

const jobs = createJobStore().getState();
const frame = { x: 0, y: 0, width: 40, height: 40 };

function figureOf(...elements: readonly FigureElement[]): FigureDefinition {
  return {
    name: "One",
    page: { width: 100, height: 100 },
    colorings: { lpr: { property: "lpr" }, bonds: { property: "coordination" } },
    elements,
  };
}

function panel(variant: string | undefined, coloring = "lpr"): FigureElement {
  return { kind: "structure", id: "a", frame, target: { dataset: "film" }, variant, coloring };
}

/** What is stale of a figure after the project became another one. */
function staleAfter(document: ProjectDocument, figure: FigureDefinition): readonly string[] {
  const results = { result: resultOf(FILM_PROJECT, [6, 4]), source: FILM_PROJECT };
  return staleVariants(document, results, jobs, figure);
}

const [baseline, more] = FILM_PROJECT.variants ?? [];
const otherMore: ProjectDocument = {
  ...FILM_PROJECT,
  variants: [
    baseline ?? { name: "", train: [] },
    { ...more, name: "+more", base: "baseline", add: [{ dataset: "train", structures: "0" }] },
  ],
};

it("values of a variant that changed are stale in the figures that show it, and only there", () => {
  expect(staleAfter(FILM_PROJECT, figureOf(panel("+more")))).toEqual([]);
  expect(staleAfter(otherMore, figureOf(panel("+more")))).toEqual(["+more"]);
  expect(staleAfter(otherMore, figureOf(panel("baseline")))).toEqual([]);
  // Which variant suits the property is not named: any may be shown.
  expect(staleAfter(otherMore, figureOf(panel(undefined)))).toEqual(["+more"]);
  expect(
    staleAfter(
      otherMore,
      figureOf({ kind: "distribution", id: "d", frame, quantity: { property: "lpr" } }),
    ),
  ).toEqual(["+more"]);
});

it("what the files hold does not grow stale, nor what is hidden or was never computed", () => {
  expect(staleAfter(otherMore, figureOf(panel("+more", "bonds")))).toEqual([]);
  expect(staleAfter(otherMore, figureOf({ ...panel("+more"), hidden: true }))).toEqual([]);
  const figure = figureOf(panel("+more"));
  expect(staleVariants(otherMore, { result: null, source: null }, jobs, figure)).toEqual([]);
});

it("a model with other settings makes all values stale, and a file of them is refused", () => {
  const { model } = FILM_PROJECT;
  const other = { ...FILM_PROJECT, model: model && { ...model, structureRows: "sum" as const } };
  const stale = staleAfter(other, figureOf(panel("+more")));
  expect(stale).toEqual(["baseline", "+more"]);
  expect(staleText(stale)).toBe(
    "The values of baseline, +more are older than the settings of the project.",
  );
  expect(() => {
    requireCurrent(stale);
  }).toThrow(/older than the settings/);
  expect(() => {
    requireCurrent([]);
  }).not.toThrow();
});
