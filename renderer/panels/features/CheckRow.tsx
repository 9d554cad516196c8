import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { ProgressBar, wholePercent } from "../../components/ProgressBar.tsx";
import { stopFeatureCheck } from "../../state/project/featureCheck.ts";
import { attempt } from "../../state/studio.ts";
import { runningNote } from "../../state/results/jobReport.ts";
import { FieldRow } from "../model/FieldRow.tsx";
import type { FeatureCheckState } from "./useFeatureCheck.ts";

/** Whether the numbers of a file are fit to be used: found out while the person maps rows. */
export function CheckRow(props: {
  readonly state: FeatureCheckState;
  readonly onAgain: () => void;
}): ReactNode {
  const { state, onAgain } = props;
  if (state.kind === "nothing" || state.kind === "failed") return null;
  return (
    <FieldRow label="Values">
      {state.kind === "running" ? <Running jobId={state.jobId} /> : null}
      {state.kind === "stopped" ? (
        <span className="feature-file">
          <span>Not looked through.</span>
          <Button size="small" onClick={onAgain}>
            Look through them
          </Button>
        </span>
      ) : null}
      {state.kind === "done" ? (
        <span className="feature-file">
          {state.check.notFinite === 0 ? "All of them are finite" : "Not all of them are finite"}
        </span>
      ) : null}
    </FieldRow>
  );
}

function Running({ jobId }: { readonly jobId: string | null }): ReactNode {
  const studio = useStudio();
  const job = useStore(studio.jobs, ({ jobs }) => jobs.find(({ id }) => id === jobId));
  const fraction = job?.fraction ?? 0;
  const percent = wholePercent(fraction);
  const note = job === undefined ? "" : runningNote(job, studio.now() - job.startedAt);
  return (
    <span className="feature-file">
      <ProgressBar label="Looking through the values" percent={percent} />
      <span className="number">{percent} %</span>
      <span className="ellipsis muted" title={note}>
        {note}
      </span>
      <Button
        size="small"
        disabled={jobId === null}
        onClick={() => {
          if (jobId === null) return;
          attempt(studio, "It could not be stopped", () => stopFeatureCheck(studio, jobId));
        }}
      >
        Stop
      </Button>
    </span>
  );
}
