/** Why elements of a figure show nothing: each reason apart, because each is mended otherwise. */
import { describe, expect, it } from "vitest";
import {
  elementsWithVariant,
  replaceTarget,
  replaceVariant,
} from "../../../renderer/composer/edits/replaceNamed.ts";
import { windowContent } from "../../../renderer/composer/artboard/windowContent.ts";
import type { FigureSource } from "../../../renderer/figure/resolve/source.ts";
import { structureKey } from "../../../renderer/state/project/datasetStore.ts";
import type { FigureDefinition, FigureElement } from "../../../src/project/figure.ts";
import { chainStructure, FILM_PROJECT, resultOf, summaryOf } from "../../support/fakeStudioApi.ts";

const SIZES = [4, 3];
const FRAME = { x: 0, y: 0, width: 40, height: 40 };

function panel(id: string, more: object = {}): FigureElement {
  const base = { kind: "structure", frame: FRAME, target: { dataset: "film" }, coloring: "lpr" };
  return { ...base, id, ...more } as FigureElement;
}

function figureOf(...elements: readonly FigureElement[]): FigureDefinition {
  return {
    name: "F",
    page: { width: 178, height: 90 },
    colorings: {
      lpr: { property: "lpr" },
      kind: { property: "species" },
      gain: { property: "enhancement", reference: "lost" },
    },
    elements,
  };
}

/** Everything read, nothing computed. */
const READ: FigureSource = {
  document: FILM_PROJECT,
  datasets: {
    summaries: { film: summaryOf("film", SIZES) },
    failures: {},
    structures: new Map(SIZES.map((n, k) => [structureKey("film", k), chainStructure(n)])),
    unshown: new Map(),
    columns: new Map(),
  },
  result: null,
  bonds: new Map(),
};
const COMPUTED: FigureSource = { ...READ, result: resultOf(FILM_PROJECT, SIZES) };
const UNREAD: FigureSource = {
  ...COMPUTED,
  datasets: { ...READ.datasets, structures: new Map() },
};
const UNOPENED: FigureSource = {
  ...COMPUTED,
  datasets: { ...READ.datasets, summaries: {}, structures: new Map() },
};

const BAR: FigureElement = { kind: "legend", id: "bar", frame: FRAME, coloring: "lpr" };

function kinds(source: FigureSource, ...elements: readonly FigureElement[]) {
  const { states } = windowContent(source, figureOf(...elements));
  return elements.map(({ id }) => states.get(id)?.kind ?? "drawn");
}

describe("states of elements", () => {
  it("tells results that are missing from files that are being read", () => {
    const elements = [panel("a"), BAR, panel("b", { coloring: "kind" })];
    expect(kinds(READ, ...elements)).toEqual(["notComputed", "notComputed", "drawn"]);
    expect(kinds(COMPUTED, ...elements)).toEqual(["drawn", "drawn", "drawn"]);
    expect(kinds(UNREAD, ...elements)).toEqual(["reading", "drawn", "reading"]);
    expect(kinds(UNOPENED, ...elements)).toEqual(["reading", "reading", "reading"]);
  });

  it("says what was not asked for", () => {
    const map: FigureElement = { kind: "map", id: "m", frame: FRAME, coloring: "lpr" };
    const parity: FigureElement = { kind: "parity", id: "p", frame: FRAME };
    expect(kinds(READ, map, parity)).toEqual(["noMap", "noCommittee"]);
    const asked = { ...READ, document: { ...FILM_PROJECT, maps: [{ method: "kpca" as const }] } };
    expect(kinds(asked, map)).toEqual(["notComputed"]);
  });

  it("names what is gone, and draws the rest", () => {
    const elements = [
      panel("a", { variant: "lost" }),
      panel("b", { target: { dataset: "film", structure: 9 } }),
      panel("c"),
      BAR,
      panel("d", { coloring: "gain" }),
    ];
    const { states } = windowContent(COMPUTED, figureOf(...elements));
    expect(states.get("a")).toEqual({ kind: "goneVariant", name: "lost" });
    expect(states.get("b")).toMatchObject({ kind: "goneTarget", target: { structure: 9 } });
    expect(states.get("d")).toEqual({ kind: "goneVariant", name: "lost" });
    expect([...states.keys()]).toEqual(["a", "b", "d"]);
  });

  it("a file that cannot be read is not being read", () => {
    const failed = {
      ...UNOPENED,
      datasets: {
        ...UNOPENED.datasets,
        failures: { film: { code: "INVALID_PROJECT" as const, message: "line 3" } },
      },
    };
    const { states } = windowContent(failed, figureOf(panel("a")));
    expect(states.get("a")).toEqual({ kind: "problem", text: "film was not read: line 3" });
  });
});

describe("another in its place", () => {
  const figure = figureOf(
    panel("a", { variant: "lost" }),
    panel("b", { coloring: "gain", variant: "baseline" }),
    { kind: "variants", id: "key", frame: FRAME, variants: ["lost", "baseline"] },
  );

  it("replaces a variant where it is named, in the colouring too", () => {
    const users = elementsWithVariant(figure, "lost");
    expect(users).toEqual(["a", "b", "key"]);
    const next = replaceVariant(figure, users, "lost", "baseline");
    expect(elementsWithVariant(next, "lost")).toEqual([]);
    expect(next.elements[0]).toMatchObject({ variant: "baseline" });
    expect(next.elements[2]).toMatchObject({ variants: ["baseline"] });
    expect(next.colorings?.["gain"]?.reference).toBe("baseline");
  });

  it("leaves other elements as they are", () => {
    const next = replaceVariant(figure, ["a"], "lost", "+more");
    expect(next.elements.slice(1)).toEqual(figure.elements.slice(1));
    expect(next.colorings).toEqual(figure.colorings);
  });

  it("replaces a target, named with its index or without", () => {
    const to = { dataset: "film", structure: 1 };
    const next = replaceTarget(figure, ["a"], { dataset: "film", structure: 0 }, to);
    expect(next.elements[0]).toMatchObject({ target: to });
    expect(next.elements[1]).toMatchObject({ target: { dataset: "film" } });
  });
});
