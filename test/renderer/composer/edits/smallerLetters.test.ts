import { describe, expect, it } from "vitest";
import { scaleToPage } from "../../../../renderer/composer/edits/fitPage.ts";
import { smallerLetters } from "../../../../renderer/composer/edits/smallerLetters.ts";
import { composeFigure } from "../../../../renderer/figure/compose/composeFigure.ts";
import type { FigureDefinition } from "../../../../src/project/figure.ts";
import { sampleContent, sampleFigure, typefaces } from "../../../support/figures.ts";

const words = { kind: "text", id: "words", frame: { x: 70, y: 1, width: 32, height: 5 } } as const;

function crowded(figure: FigureDefinition): readonly string[] {
  return composeFigure(figure, sampleContent(8), typefaces).crowded;
}

const count = (figure: FigureDefinition): number => crowded(figure).length;

describe("smaller letters", () => {
  const wide: FigureDefinition = {
    ...sampleFigure,
    elements: [...sampleFigure.elements, { ...words, text: "+10 graphite-like" }],
  };
  const column = scaleToPage({ ...wide, page: { width: 114, height: 60 } });

  it("make room on a narrower page, no smaller than is needed", () => {
    expect(count(wide)).toBe(0);
    expect(count(column)).toBeGreaterThan(0);
    const mended = smallerLetters(column, count);
    expect(crowded(mended)).toEqual([]);
    const { titleSize = 8, tickSize = 6.5, letterSize = 9, labelSize = 7 } = mended.style ?? {};
    expect(Math.min(titleSize, tickSize, letterSize, labelSize)).toBeGreaterThanOrEqual(6);
    expect(titleSize).toBeLessThan(8);
    expect(mended.elements.map(({ frame }) => frame)).toEqual(
      column.elements.map(({ frame }) => frame),
    );
  });

  it("change nothing where they do not help, or nothing lacks room", () => {
    expect(smallerLetters(wide, count)).toBe(wide);
    const tiny = { ...words, frame: { ...words.frame, width: 3 }, text: "thermodynamically" };
    const hopeless = { ...sampleFigure, elements: [...sampleFigure.elements, tiny] };
    expect(smallerLetters(hopeless, count)).toBe(hopeless);
  });
});
