/** The toy model before and after a group joins its training set, after Figs. 2 and 3 of Chong et al. (2023). */
import type { FigureDefinition, FigureElement } from "../../../src/project/figure.ts";
import type { FigurePreset } from "./facts.ts";
import { frameAt, gridFrames, letterOf, words } from "./grid.ts";

const WIDTH = 178;

function makeToy(): FigureDefinition {
  const frames = gridFrames(frameAt(2, 2, 174, 52), 3, 1, 4);
  const panels = [
    ["single-environment", "Single environment"],
    ["two-phases", "Two phases"],
    ["two-types", "Two types"],
  ] as const;
  const key = frameAt(8, 55, 160, 5);
  return {
    name: "Toy model",
    caption:
      "LPR of the toy model before (dotted) and after (solid) a group joins the training set; rings are members of the groups, discs those of the group that joins.",
    page: { width: WIDTH, height: 61 },
    elements: [
      ...panels.map(([scenario, title], k): FigureElement => ({
        kind: "toy",
        id: `toy-${String(k + 1)}`,
        frame: frames[k] ?? key,
        scenario,
        letter: letterOf(k),
        title,
      })),
      words(
        "key",
        key,
        "dotted: before, solid: after the group of the filled rings joined; (c) blue: type alpha, brown: type beta",
        {
          bold: false,
          size: 7,
          align: "start",
        },
      ),
    ],
  };
}

export const TOY_PRESET: FigurePreset = {
  id: "toy",
  label: "Toy model",
  after: "Figs. 2 and 3 of Chong et al. (2023)",
  lacks: () => [],
  make: makeToy,
};
