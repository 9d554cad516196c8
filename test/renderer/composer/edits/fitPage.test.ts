import { describe, expect, it } from "vitest";
import { pageAroundElements, scaleToPage } from "../../../../renderer/composer/edits/fitPage.ts";
import type { FigureDefinition, FigureFrame } from "../../../../src/project/figure.ts";

const camera = { rotation: [0, 0, 0, 1] } as const;

/** Two panels side by side within 3 mm of the edges of a page of two columns, and a hidden text. */
const FIGURE: FigureDefinition = {
  name: "a",
  page: { width: 178, height: 86 },
  cameras: { zoomed: { ...camera, scale: 0.5 }, whole: camera },
  elements: [
    structure("left", { x: 3, y: 3, width: 80, height: 80 }, "zoomed"),
    structure("right", { x: 95, y: 3, width: 80, height: 80 }, "whole"),
    {
      id: "note",
      kind: "text",
      text: "hidden",
      hidden: true,
      frame: { x: 200, y: 100, width: 20, height: 10 },
    },
  ],
};

function structure(id: string, frame: FigureFrame, name: string) {
  return {
    id,
    kind: "structure",
    target: { dataset: "film", structure: 0 },
    camera: name,
    coloring: "values",
    frame,
  } as const;
}

const frames = (figure: FigureDefinition): readonly FigureFrame[] =>
  figure.elements.map(({ frame }) => frame);

describe("scale to page", () => {
  const narrow = scaleToPage({ ...FIGURE, page: { width: 85, height: 70 } });
  const factor = (85 - 6) / (178 - 6);

  it("fills the width up to the margins by one factor and stands in the middle", () => {
    const [left, right] = frames(narrow);
    expect(left?.x).toBeCloseTo(3, 2);
    expect((right?.x ?? 0) + (right?.width ?? 0)).toBeCloseTo(82, 2);
    expect(left?.width).toBeCloseTo(80 * factor, 2);
    expect(left?.height).toBeCloseTo(80 * factor, 2);
    const above = left?.y ?? 0;
    expect(70 - above - (left?.height ?? 0)).toBeCloseTo(above, 2);
  });

  it("shows the same part of structures, and leaves cameras that fit by themselves", () => {
    // mm of panel times Å per mm: what is seen of the structure, Å.
    const seen = (frames(narrow)[0]?.width ?? 0) * (narrow.cameras?.["zoomed"]?.scale ?? 0);
    expect(seen).toBeCloseTo(80 * 0.5, 3);
    expect(narrow.cameras?.["whole"]).toEqual(camera);
  });

  it("lets letters, lines and points grow, and shrink no further than in a new figure", () => {
    const slide = scaleToPage({ ...FIGURE, page: { width: 338.7, height: 190.5 } });
    const grown = (338.7 - 6) / (178 - 6);
    expect(slide.style?.titleSize).toBeCloseTo(8 * grown, 1);
    expect(slide.style?.lineWidth).toBeCloseTo(0.5 * grown, 1);
    const back = scaleToPage({ ...slide, page: FIGURE.page });
    expect(back.style).toMatchObject({ titleSize: 8, tickSize: 6.5, lineWidth: 0.5 });
    expect(narrow.style).toBeUndefined();
    const small = { ...FIGURE, page: { width: 85, height: 70 }, style: { titleSize: 5 } };
    expect(scaleToPage(small).style).toEqual({ titleSize: 5 });
  });

  it("is done once, and leaves what fits already or is empty", () => {
    expect(scaleToPage(narrow)).toBe(narrow);
    expect(scaleToPage(FIGURE)).toBe(FIGURE);
    const empty = { ...FIGURE, elements: [] };
    expect(scaleToPage(empty)).toBe(empty);
  });
});

describe("fit page", () => {
  it("is as large as what is shown, with its margins, which stays as large as it was", () => {
    const wide = { ...FIGURE, page: { width: 338.7, height: 190.5 } };
    const fitted = pageAroundElements(wide);
    expect(fitted.page).toEqual({ width: 178, height: 86 });
    expect(frames(fitted)).toEqual(frames(FIGURE));
    expect(pageAroundElements(fitted)).toBe(fitted);
  });

  it("brings back what hangs over the edge", () => {
    const elements = FIGURE.elements.map((element) => ({
      ...element,
      frame: { ...element.frame, x: element.frame.x - 40 },
    }));
    const fitted = pageAroundElements({ ...FIGURE, elements });
    expect(fitted.page.width).toBe(178);
    expect(frames(fitted)[0]).toEqual({ x: 3, y: 3, width: 80, height: 80 });
  });
});
