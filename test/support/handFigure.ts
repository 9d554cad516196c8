/** A figure of the small project that end-to-end tests arrange by hand. */
import type { FigureDefinition, StructurePanel } from "../../src/project/figure.ts";

const FRAME = { x: 3, y: 8, width: 40, height: 40 };

function panel(id: string, x: number, more: Partial<StructurePanel> = {}): StructurePanel {
  return {
    kind: "structure",
    id,
    frame: { ...FRAME, x },
    target: { dataset: "films", structure: 0 },
    coloring: "lpr",
    camera: "all",
    ...more,
  };
}

/** Two panels 4 mm apart and a third that is not; one names a variant that is not there. */
export const HAND_FIGURE: FigureDefinition = {
  name: "By hand",
  page: { width: 178, height: 80 },
  colorings: { lpr: { property: "lpr" } },
  cameras: { all: { rotation: [0, 0, 0, 1] } },
  elements: [
    panel("a", 3, { letter: "(a)" }),
    panel("b", 47, { letter: "(b)" }),
    panel("c", 100, { letter: "(c)" }),
    panel("gone", 125, { variant: "lost", frame: { x: 136, y: 50, width: 40, height: 26 } }),
    { kind: "legend", id: "bar", frame: { x: 150, y: 8, width: 20, height: 40 }, coloring: "lpr" },
    { kind: "text", id: "note", frame: { x: 4, y: 55, width: 90, height: 6 }, text: "σ² of ỹ, Å" },
  ],
};
