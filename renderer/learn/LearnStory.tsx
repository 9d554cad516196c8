import type { ReactNode } from "react";
import { useStore } from "zustand";
import { toyTotalsError } from "../../src/toy/toyProfile.ts";
import { useStudio } from "../app/StudioContext.tsx";
import { ChartTools } from "../charts/ChartTools.tsx";
import { Segmented } from "../components/Controls.tsx";
import { formatSignificant } from "../components/formatNumber.ts";
import { NumberField, within } from "../components/NumberField.tsx";
import { parabolaCsv } from "../state/learn/learnCsv.ts";
import { holdAt } from "../state/learn/learnEdits.ts";
import { isEdited, LARGEST_X, type LearnModel } from "../state/learn/learnModel.ts";
import { changeLearn } from "../state/learn/learnStore.ts";
import { useSceneTheme } from "../theme/useSceneTheme.ts";
import { lossPicture } from "./learnPicture.ts";
import { typeName } from "./learnStyle.ts";
import { ParabolaChart } from "./ParabolaChart.tsx";
import { STORIES } from "./stories.ts";

/** The explanation, the held prediction in numbers, and its parabola. */
export function LearnStory({ model }: { readonly model: LearnModel }): ReactNode {
  const { learn } = useStudio();
  const showBefore = useStore(learn, (state) => state.showBefore);
  const { setup, fits, beforeFits } = model;
  const { label, figure, text } = STORIES[setup.scenario];
  const { types } = setup.system;
  const theme = useSceneTheme();
  return (
    <aside className="learn-story" data-region tabIndex={-1} aria-label="Explanation">
      <section className="learn-text">
        <h2>
          {label}
          <span className="muted">{figure} of the paper</span>
        </h2>
        <p className="selectable">{text(setup.system.rows)}</p>
        {isEdited(setup) ? (
          <p className="learn-edited">Edited since. Reset shows the figure again.</p>
        ) : null}
      </section>
      <section className="learn-held" aria-label="Held prediction">
        <h2>Held prediction</h2>
        <div className="field-row">
          <span className="field-label">At x</span>
          <NumberField
            label="x of the held prediction"
            value={setup.held.x}
            step={0.01}
            check={within(-LARGEST_X, LARGEST_X)}
            onChange={(x) => {
              changeLearn(learn, (old) => holdAt(old, x));
            }}
          />
        </div>
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
          <Row
            label="Error of totals / N, RMS"
            value={toyTotalsError(model.profile.groups)}
            id="totals-error"
          />
        </dl>
      </section>
      <section className="learn-parabola" aria-label="Loss">
        <div className="learn-heading">
          <h2>Loss against ε</h2>
          <ChartTools
            name={`Loss at x = ${String(setup.held.x)}`}
            csv={() => parabolaCsv(model)}
            picture={() => lossPicture(model, showBefore, theme)}
          />
        </div>
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
