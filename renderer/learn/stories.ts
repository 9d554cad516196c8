/** What there is to see in each scenario, in the words of a caption. */
import type { StructureRows } from "../../src/project/document.ts";
import type { ToyScenarioName } from "../../src/toy/toyScenarios.ts";

interface Story {
  readonly label: string;
  readonly figure: string;
  /** With the row convention that is chosen, where the numbers depend on it. */
  readonly text: (rows: StructureRows) => string;
}

/** N²⁻²ᵖ of five equal members: what their LPR is at least. */
const SINGLE: Readonly<Record<StructureRows, string>> = {
  mean: "1 (N⁰ with rows 1/N)",
  sqrt: "5 (N with rows 1/√N)",
  sum: "25 (N² with rows as sums)",
};

export const STORIES: Readonly<Record<ToyScenarioName, Story>> = {
  "four-groups": {
    label: "Four groups",
    figure: "Fig. 1",
    text: () =>
      "ỹ(x) is a polynomial of degree 8 that learns only the totals of groups of x. Hold its value at the cursor away from the optimum by ε and train again: the loss rises along a parabola, and its curvature is the LPR. Where the rest of the curve makes up for ε the totals (crosses) hardly move and the parabola is flat; drag the cursor to a peak of LPR and it is steep. A peak need lie neither at a member nor at the mean of a group.",
  },
  "single-environment": {
    label: "Single environment",
    figure: "Fig. 2",
    text: (rows) =>
      `A group of five equal x has joined the four (amber). Its total says what one prediction must be, Y/N, so LPR at that x rises to about ${SINGLE[rows]}; the thin line is the profile before. Drag a member away from the others and watch the peak sink.`,
  },
  "two-phases": {
    label: "Two phases",
    figure: "Fig. 3a",
    text: () =>
      "Every group has three members of each phase, near −0.5 and near 0.5: how a total is shared between the phases is arbitrary, and LPR is low on both, lower than between them (thin line). One group of a single phase (amber) decides the share, and LPR rises on both.",
  },
  "two-types": {
    label: "Two types",
    figure: "Fig. 3b",
    text: () =>
      "Types α and β have prediction functions of their own, and every group has two α and three β: their shares can be traded freely. One group of α alone (amber) settles the share of α and, through the totals, that of β.",
  },
};
