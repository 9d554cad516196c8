import { describe, expect, it } from "vitest";
import {
  fitCameraOf,
  linkCamera,
  setCamera,
  setProjection,
} from "../../../../renderer/composer/edits/figureCameras.ts";
import { separateColoring } from "../../../../renderer/composer/edits/figureColorings.ts";
import {
  addFigure,
  copyElements,
  duplicateFigure,
  figuresOf,
  moveFigure,
  pasteElements,
  removeElements,
  removeFigure,
  renameFigure,
} from "../../../../renderer/composer/edits/figureEdits.ts";
import {
  figureFromGrid,
  type GridPicture,
} from "../../../../renderer/composer/edits/figureFromGrid.ts";
import { legendPlaceOf, placeLegend } from "../../../../renderer/composer/edits/legendPlace.ts";
import {
  keepLetters,
  letterAt,
  letterPanels,
  letterStyleOf,
} from "../../../../renderer/composer/edits/letters.ts";
import { addElement } from "../../../../renderer/composer/edits/newElements.ts";
import type { FigureDefinition } from "../../../../src/project/figure.ts";
import { validateProject } from "../../../../src/project/schema.ts";
import { FILM_PROJECT } from "../../../support/fakeStudioApi.ts";

const GRID: GridPicture = {
  cells: [0, 1, 2, 3, 4, 5].map((k) => ({
    row: Math.floor(k / 3),
    column: k % 3,
    target: { dataset: "film", structure: Math.floor(k / 3) },
    variant: k % 3 === 0 ? "baseline" : "+more",
    reference: null,
    camera: "all",
    coloring: "grid",
    content: "structure",
  })),
  rowTitles: ["low", "high"],
  columnTitles: ["baseline", "+more", "again"],
  cameras: {
    all: { rotation: [0, 0, 0, 1], target: [1, 0, 0], span: 40, projection: "orthographic" },
  },
  colorings: { grid: { property: "lpr" } },
  legends: "grid",
  display: { radius: 0.5 },
  selection: null,
  showScaleBar: true,
  showAxes: true,
  showMean: true,
  aspect: 1,
};
const figure = figureFromGrid("Grid", GRID, 178);

function lettersOf({ elements }: FigureDefinition): readonly (string | undefined)[] {
  return elements
    .filter(({ kind }) => kind === "structure")
    .map((one) => ("letter" in one ? one.letter : undefined));
}

function namesOf(project: typeof FILM_PROJECT): readonly string[] {
  return figuresOf(project).map(({ name }) => name);
}

describe("setProjection", () => {
  it("is of the camera, so of all panels that share it, and keeps where it stands", () => {
    const seen = setProjection(figure, "panel 2", "perspective");
    expect(seen.cameras?.["all"]).toEqual({
      ...figure.cameras?.["all"],
      projection: "perspective",
    });
    expect(setProjection(seen, "panel 1", "orthographic")).toEqual(figure);
    expect(setProjection(figure, "panel 1", "orthographic")).toBe(figure);
  });

  it("gives a panel without a camera one of its own", () => {
    const elements = figure.elements.map((one) =>
      one.id === "panel 1" && one.kind === "structure" ? { ...one, camera: undefined } : one,
    );
    const seen = setProjection({ ...figure, elements }, "panel 1", "perspective");
    const panel = seen.elements.find(({ id }) => id === "panel 1");
    const name = panel?.kind === "structure" ? panel.camera : undefined;
    expect(name).toBe("camera of panel 1");
    expect(seen.cameras?.["camera of panel 1"]).toMatchObject({ projection: "perspective" });
    expect(validateProject({ ...FILM_PROJECT, figures: [seen] }).figures).toHaveLength(1);
  });
});

describe("figureFromGrid", () => {
  it("is a valid figure with the panels, cameras, colours and titles of the grid", () => {
    const project = validateProject({ ...FILM_PROJECT, figures: [figure] });
    expect(project.figures?.[0]?.elements).toHaveLength(3 + 2 + 6 + 1 + 2);
    expect(lettersOf(figure)).toEqual(["(a)", "(b)", "(c)", "(d)", "(e)", "(f)"]);
    const panel = figure.elements.find(({ kind }) => kind === "structure");
    // 40 Å across the shorter side of a panel, in mm of the page.
    const side = Math.min(panel?.frame.width ?? 0, (panel?.frame.height ?? 0) - 4.2);
    expect(figure.cameras?.["all"]?.scale).toBeCloseTo(40 / side, 3);
    expect(figure.cameras?.["all"]?.target).toEqual([1, 0, 0]);
  });

  it("keeps everything on the page", () => {
    for (const { frame } of figure.elements) {
      expect(Math.min(frame.x, frame.y)).toBeGreaterThanOrEqual(0);
      expect(frame.x + frame.width).toBeLessThanOrEqual(figure.page.width);
      expect(frame.y + frame.height).toBeLessThanOrEqual(figure.page.height);
    }
  });
});

describe("figures of a project", () => {
  it("are added, copied, renamed, moved and removed under names of their own", () => {
    const twice = addFigure(addFigure(FILM_PROJECT, figure), figure);
    expect(namesOf(twice)).toEqual(["Grid", "Grid 2"]);
    expect(namesOf(duplicateFigure(twice, "Grid").document)).toEqual([
      "Grid",
      "Grid copy",
      "Grid 2",
    ]);
    expect(renameFigure(twice, "Grid 2", "Grid")).toBe(twice);
    expect(renameFigure(twice, "Grid 2", " ")).toBe(twice);
    expect(namesOf(moveFigure(twice, "Grid 2", 0))).toEqual(["Grid 2", "Grid"]);
    expect(moveFigure(twice, "Grid", 5)).toBe(twice);
    expect(namesOf(removeFigure(twice, "Grid"))).toEqual(["Grid 2"]);
  });
});

describe("elements", () => {
  it("take their scale bar and axes along when they go", () => {
    const bar = figure.elements.find(({ kind }) => kind === "scaleBar");
    const of = bar !== undefined && "of" in bar ? bar.of : "";
    expect(removeElements(figure, new Set([of])).elements).toHaveLength(figure.elements.length - 3);
  });

  it("are pasted into another figure with their colours and cameras, under new ids", () => {
    const clip = copyElements(figure, new Set(["panel 1", "panel 2"]));
    const other: FigureDefinition = {
      name: "Other",
      page: { width: 85, height: 70 },
      colorings: { grid: { property: "enhancement" } },
      elements: [],
    };
    const pasted = pasteElements(other, clip).figure;
    expect(pasted.colorings).toEqual({
      grid: { property: "enhancement" },
      "grid 2": { property: "lpr" },
    });
    expect(pasted.elements[0]).toMatchObject({ coloring: "grid 2", camera: "all" });
    const again = pasteElements(pasted, clip);
    expect(again.ids).toEqual(["panel 3", "panel 4"]);
    validateProject({ ...FILM_PROJECT, figures: [again.figure] });
  });

  it("find a free spot and join the lettering", () => {
    const context = {
      target: { dataset: "film", structure: 0 },
      variant: "baseline",
      coloring: { property: "lpr" },
      quantity: "lpr",
      selected: null,
    };
    const empty: FigureDefinition = { name: "E", page: { width: 178, height: 112 }, elements: [] };
    let now = empty;
    for (const kind of ["structure", "map", "legend", "scaleBar", "triad", "text"] as const) {
      now = addElement(now, kind, context).figure;
    }
    validateProject({ ...FILM_PROJECT, figures: [now] });
    const added = addElement(letterPanels(now, "(a)"), "parity", context);
    expect(added.figure.elements.at(-1)).toMatchObject({ kind: "parity", letter: "(c)" });
    expect(addElement(empty, "scaleBar", context)).toEqual({ figure: empty, id: "" });
  });
});

describe("letters", () => {
  it("follow the reading order until a person writes another", () => {
    expect([0, 25, 26].map((place) => letterAt(place, "(a)"))).toEqual(["(a)", "(z)", "(aa)"]);
    expect(letterStyleOf(figure)).toBe("(a)");
    const gone = new Set(["panel 2"]);
    const left = keepLetters(figure, removeElements(figure, gone));
    expect(lettersOf(left)).toEqual(["(a)", "(b)", "(c)", "(d)", "(e)"]);
    const own: FigureDefinition = {
      ...figure,
      elements: figure.elements.map((one) =>
        one.kind === "structure" && one.id === "panel 1" ? { ...one, letter: "i" } : one,
      ),
    };
    expect(letterStyleOf(own)).toBeNull();
    expect(lettersOf(keepLetters(own, removeElements(own, gone)))[0]).toBe("i");
  });
});

describe("cameras and colourings", () => {
  it("are shared until a panel gets its own", () => {
    const seen = { rotation: [0, 1, 0, 0], target: [0, 0, 0], scale: 2 } as const;
    const turned = setCamera(figure, "panel 1", seen);
    const own = setCamera(linkCamera(turned, "panel 1", null), "panel 1", { ...seen, scale: 3 });
    expect(own.cameras?.["all"]?.scale).toBe(2);
    expect(own.cameras?.["camera of panel 1"]?.scale).toBe(3);
    const fitted = fitCameraOf(own, "panel 1");
    expect(fitted.cameras?.["camera of panel 1"]?.scale).toBeUndefined();
    const colored = separateColoring(figure, "panel 1");
    expect(colored.elements.find(({ id }) => id === "panel 1")).toMatchObject({
      coloring: "grid 2",
    });
  });
});

describe("places of legends", () => {
  const legend = figure.elements.find((element) => element.kind === "legend");

  it("a figure made from the grid has its legend where the inspector says", () => {
    if (legend === undefined) throw new Error("The grid has a legend.");
    expect(legendPlaceOf(figure, legend)).toBe("right");
    const below = placeLegend(figure, legend.id, "below");
    const moved = below.elements.find(({ id }) => id === legend.id);
    expect(moved).toMatchObject({ orientation: "horizontal" });
    const back = placeLegend(below, legend.id, "right");
    const again = back.elements.find(({ id }) => id === legend.id);
    expect(again?.kind === "legend" && legendPlaceOf(back, again)).toBe("right");
  });
});
