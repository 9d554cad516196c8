import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { ToyScenarioName } from "../../src/toy/toyScenarios.ts";
import { useStudio } from "../app/StudioContext.tsx";
import { Segmented } from "../components/Controls.tsx";
import { formatSignificant } from "../components/formatNumber.ts";
import { holdAt } from "../state/learn/learnEdits.ts";
import type { LearnModel } from "../state/learn/learnModel.ts";
import { changeLearn } from "../state/learn/learnStore.ts";
import { formatX, typeName } from "./learnStyle.ts";
import { ParabolaChart } from "./ParabolaChart.tsx";

interface Story {
  readonly label: string;
  readonly figure: string;
  readonly text: string;
}

/** What there is to see, in the words of a caption. */
export const STORIES: Readonly<Record<ToyScenarioName, Story>> = {
  "four-groups": {
    label: "Four groups",
    figure: "Fig. 1",
    text: "ỹ(x) is a polynomial of degree 8 that learns only the totals of groups of x. Hold its value at the cursor away from the optimum by ε and train again: the loss rises along a parabola, and its curvature is the LPR. Where the rest of the curve makes up for ε the totals (crosses) hardly move and the parabola is flat; drag the cursor to a peak and it is steep.",
  },
  "single-environment": {
    label: "Single environment",
    figure: "Fig. 2",
    text: "A group of five equal x has joined the four (amber). Its total says what one prediction must be, Y/N, so LPR rises to about 1 at that x; the thin line is the profile before. Drag a member away from the others and watch the peak sink.",
  },
  "two-phases": {
    label: "Two phases",
    figure: "Fig. 3a",
    text: "Every group has three members of each phase, near −0.5 and near 0.5: how a total is shared between the phases is arbitrary, and LPR is low on both. One group of a single phase (amber) decides the share, and LPR rises on both.",
  },
  "two-types": {
    label: "Two types",
    figure: "Fig. 3b",
    text: "Types α and β have prediction functions of their own, and every group has two α and three β: their shares can be traded freely. One group of α alone (amber) settles the share of α and, through the totals, that of β.",
  },
};

/** The explanation, the held prediction in numbers, and its parabola. */
export function LearnStory({ model }: { readonly model: LearnModel }): ReactNode {
  const { learn } = useStudio();
  const showBefore = useStore(learn, (state) => state.showBefore);
  const { setup, fits, beforeFits } = model;
  const { label, figure, text } = STORIES[setup.scenario];
  const { types } = setup.system;
  return (
    <aside className="learn-story" data-region tabIndex={-1} aria-label="Explanation">
      <section className="learn-text">
        <h2>
          {label}
          <span className="muted">{figure} of the paper</span>
        </h2>
        <p className="selectable">{text}</p>
      </section>
      <section className="learn-held" aria-label="Held prediction">
        <h2>Held at x = {formatX(setup.held.x)}</h2>
        {types.length < 2 ? null : (
          <Segmented
            label="Type of the held prediction"
            value={String(setup.held.type)}
            options={types.map(({ name }, type) => ({
              value: String(type),
              label: `Type ${typeName(name)}`,
            }))}
            onChange={(type) => {
              changeLearn(learn, (old) => holdAt(old, old.held.x, Number(type)));
            }}
          />
        )}
        <dl className="learn-numbers">
          <Row label="LPR, from the groups" value={fits.lpr} id="lpr" />
          <Row label="Curvature of the loss" value={fits.curvature} id="curvature" />
          {showBefore ? <Row label="LPR before" value={beforeFits.lpr} id="lpr-before" /> : null}
        </dl>
      </section>
      <section className="learn-parabola" aria-label="Loss">
        <h2>Loss, trained anew at each ε</h2>
        <ParabolaChart model={model} showBefore={showBefore} />
      </section>
    </aside>
  );
}

function Row(props: {
  readonly label: string;
  readonly value: number;
  readonly id: string;
}): ReactNode {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd className="number selectable" data-number={props.id}>
        {formatSignificant(props.value)}
      </dd>
    </div>
  );
}
