import { expect, it } from "vitest";
import { withDrag, withDraggedSizes } from "../../../renderer/composer/composerStore.ts";
import type { FigureDefinition, FigureFrame } from "../../../src/project/figure.ts";
import { sampleFigure } from "../../support/figures.ts";

const film = {
  kind: "structure",
  id: "film",
  frame: { x: 5, y: 5, width: 30, height: 30 },
  target: { dataset: "film" },
  coloring: "lpr",
} as const;
const figure: FigureDefinition = { ...sampleFigure, elements: [...sampleFigure.elements, film] };

function dragOf(id: string, frame: FigureFrame) {
  return { kind: "move", frames: new Map([[id, frame]]), guides: [], gaps: [] } as const;
}

it("works out anew what a dragged figure shows only where a structure gets another size", () => {
  expect(withDraggedSizes(figure, null)).toBe(figure);
  const map = dragOf("a", { x: 0, y: 0, width: 20, height: 25 });
  expect(withDraggedSizes(figure, map)).toBe(figure);
  expect(withDraggedSizes(figure, dragOf("film", { ...film.frame, x: 9 }))).toBe(figure);
  const wider = dragOf("film", { ...film.frame, width: 31 });
  expect(withDraggedSizes(figure, wider)).toEqual(withDrag(figure, wider));
  expect(withDraggedSizes(figure, wider)).not.toBe(figure);
});
