import { IconHistory, IconRestore, IconX } from "@tabler/icons-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useStore } from "zustand";
import { TOY_SCENARIOS, type ToyScenarioName } from "../../src/toy/toyScenarios.ts";
import { useStudio } from "../app/StudioContext.tsx";
import { ChartTools } from "../charts/ChartTools.tsx";
import { Button, IconButton, Toggle } from "../components/Button.tsx";
import { Segmented } from "../components/Controls.tsx";
import { formatFixed } from "../components/formatNumber.ts";
import { learnCsv } from "../state/learn/learnCsv.ts";
import { keepAsBefore } from "../state/learn/learnEdits.ts";
import { changeLearn, startScenario, wakeLearn } from "../state/learn/learnStore.ts";
import { say } from "../state/window/messageStore.ts";
import { closeLearn } from "../state/grid/viewStore.ts";
import { useSceneTheme } from "../theme/useSceneTheme.ts";
import { LearnCharts } from "./LearnCharts.tsx";
import { LearnEditor } from "./LearnEditor.tsx";
import { learnPicture } from "./learnPicture.ts";
import { LearnStory } from "./LearnStory.tsx";
import { STORIES } from "./stories.ts";

/** The toy model over the workbench, which waits behind it as it was. */
export function LearnView(): ReactNode {
  const studio = useStudio();
  const { setup, model, problem } = useStore(studio.learn);
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    wakeLearn(studio.learn);
    const before = document.activeElement;
    ref.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [studio]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (studio.view.getState().dialog === null) closeLearn(studio.view);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [studio]);
  return (
    <section
      ref={ref}
      className="learn"
      data-region
      tabIndex={-1}
      aria-label="Learn: the toy model"
    >
      <LearnBar />
      {problem === null ? null : (
        <p className="learn-problem" role="alert">
          {problem.message} The charts show the last model that could be trained.
        </p>
      )}
      <div className="learn-body">
        <LearnEditor setup={setup} />
        {model === null ? null : (
          <>
            <LearnCharts model={model} />
            <LearnStory model={model} />
          </>
        )}
      </div>
    </section>
  );
}

function LearnBar(): ReactNode {
  const studio = useStudio();
  const { learn } = studio;
  const scenario = useStore(learn, (state) => state.setup.scenario);
  const showBefore = useStore(learn, (state) => state.showBefore);
  const milliseconds = useStore(learn, (state) => state.milliseconds);
  const model = useStore(learn, (state) => state.model);
  const theme = useSceneTheme();
  return (
    <div className="learn-bar">
      <Segmented<ToyScenarioName>
        label="Scenario"
        value={scenario}
        options={TOY_SCENARIOS.map((name) => ({ value: name, label: STORIES[name].label }))}
        onChange={(name) => {
          startScenario(learn, name);
        }}
      />
      <Button
        size="small"
        look="plain"
        onClick={() => {
          startScenario(learn, scenario);
        }}
      >
        <IconRestore size={16} stroke={1.5} />
        Reset
      </Button>
      <span className="bar-line" />
      <Toggle
        label="Before"
        tooltip="The set before as a thin line"
        icon={<IconHistory size={16} stroke={1.5} />}
        pressed={showBefore}
        onClick={() => {
          learn.setState({ showBefore: !showBefore });
        }}
      />
      <Button
        size="small"
        look="plain"
        onClick={() => {
          changeLearn(learn, keepAsBefore);
          say(studio.messages, "The thin line is now the present set");
        }}
      >
        Keep as before
      </Button>
      <span className="learn-time" data-milliseconds={milliseconds}>
        {milliseconds === 0 ? "" : `computed in ${formatFixed(milliseconds, 1)} ms`}
      </span>
      <ChartTools
        name={`Toy model, ${STORIES[scenario].label.toLowerCase()}`}
        csv={() => (model === null ? "" : learnCsv(model))}
        picture={() => learnPicture({ model, showBefore }, theme)}
      />
      <IconButton
        label="Close"
        shortcut="Escape"
        icon={<IconX size={16} stroke={1.5} />}
        onClick={() => {
          closeLearn(studio.view);
        }}
      />
    </div>
  );
}
