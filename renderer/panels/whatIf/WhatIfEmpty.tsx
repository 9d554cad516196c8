import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { ProgressBar, wholePercent } from "../../components/ProgressBar.tsx";
import { latestJob, runningJob } from "../../state/results/jobStore.ts";
import { runAgain } from "../../state/project/projectActions.ts";
import { attempt } from "../../state/studio.ts";
import { openWhatIf, stopOpening } from "../../state/whatIf/whatIfActions.ts";
import type { WantedSession, WorkspaceState } from "../../state/whatIf/whatIfSession.ts";

/** Why there is no table, and what can be done about it. */
export function WhatIfEmpty({ state }: { readonly state: WorkspaceState }): ReactNode {
  switch (state.kind) {
    case "live":
      return null;
    case "incomplete":
      return <Incomplete text={state.text} />;
    case "notComputed":
      return <NotComputed isComputing={state.isComputing} />;
    case "noTargets":
      return <Message title="Nothing to watch" text={state.text} />;
    case "lost":
      return <Lost />;
    case "opening":
      return <Opening />;
    case "failed":
      return <Failed wanted={state.wanted} />;
    case "stopped":
      return (
        <Message
          title="Preparing was stopped"
          text="The rows of the pool and of the targets are needed once; then every tick is answered at once."
          action={<Prepare wanted={state.wanted} label="Prepare what if" />}
        />
      );
  }
}

function Message(props: {
  readonly title: string;
  readonly text: string;
  readonly action?: ReactNode;
}): ReactNode {
  return (
    <div className="what-if-empty">
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.action === undefined ? null : <div className="button-row">{props.action}</div>}
    </div>
  );
}

function Incomplete({ text }: { readonly text: string }): ReactNode {
  const { studio, run } = useStudioContext();
  const document = useStore(studio.project, (state) => state.document);
  const hasFiles = Object.keys(document.datasets).length > 0;
  const needsModel = hasFiles && document.model === undefined;
  const action = needsModel ? (
    <Button
      look="primary"
      onClick={() => {
        studio.view.setState({ dialog: "model" });
      }}
    >
      Choose a model
    </Button>
  ) : (
    <Button
      onClick={() => {
        run("project.open");
      }}
    >
      Open files
    </Button>
  );
  return <Message title="Something is missing" text={text} action={action} />;
}

function NotComputed({ isComputing }: { readonly isComputing: boolean }): ReactNode {
  const { studio, run } = useStudioContext();
  const base = useStore(studio.whatIf, (state) => state.draft.base);
  const percent = useStore(studio.jobs, (jobs) =>
    wholePercent(runningJob(jobs, "compute")?.fraction ?? 0),
  );
  if (isComputing) {
    return (
      <Message
        title={`Computing, ${String(percent)} %`}
        text="What if opens by itself when the rigidities are here."
      />
    );
  }
  return (
    <Message
      title="Rigidities come first"
      text={`What if changes a computed training set: “${base}” is not computed, or something has changed since.`}
      action={
        <Button
          look="primary"
          onClick={() => {
            run("compute.run");
          }}
        >
          Compute
        </Button>
      }
    />
  );
}

function Lost(): ReactNode {
  const studio = useStudio();
  return (
    <Message
      title="The computation stopped unexpectedly"
      text="What is ticked is kept. Run it again and what if goes on."
      action={
        <Button
          look="primary"
          onClick={() => {
            attempt(studio, "The computation was not started again", () => runAgain(studio));
          }}
        >
          Run again
        </Button>
      }
    />
  );
}

function Opening(): ReactNode {
  const studio = useStudio();
  const job = useStore(studio.jobs, (state) => runningJob(state, "whatIf"));
  const percent = wholePercent(job?.fraction ?? 0);
  const stage = job === null || job.stage === "" ? "Starting" : job.stage;
  return (
    <div className="what-if-empty">
      <h2>Preparing what if</h2>
      <p className="ellipsis">{stage}</p>
      <ProgressBar label="Preparing what if" percent={percent} />
      <div className="button-row">
        <span className="number">{percent} %</span>
        <Button
          size="small"
          onClick={() => {
            attempt(studio, "Preparing could not be stopped", () => stopOpening(studio));
          }}
        >
          Cancel
        </Button>
      </div>
    </div>
  );
}

function Failed({ wanted }: { readonly wanted: WantedSession }): ReactNode {
  const studio = useStudio();
  const error = useStore(studio.whatIf, (state) => state.error);
  const failed = useStore(studio.jobs, (state) => latestJob(state, "whatIf")?.error ?? null);
  const { message, remedy } = error ?? failed ?? { message: "The reason is not known." };
  return (
    <Message
      title="What if was not prepared"
      text={[message, remedy ?? ""].filter((part) => part !== "").join(" ")}
      action={<Prepare wanted={wanted} label="Try again" />}
    />
  );
}

function Prepare(props: { readonly wanted: WantedSession; readonly label: string }): ReactNode {
  const studio = useStudio();
  return (
    <Button
      look="primary"
      onClick={() => {
        attempt(studio, "What if was not prepared", () => openWhatIf(studio, props.wanted));
      }}
    >
      {props.label}
    </Button>
  );
}
