import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio, useStudioContext } from "../app/StudioContext.tsx";
import { Button } from "../components/Button.tsx";
import { ProgressBar, wholePercent } from "../components/ProgressBar.tsx";
import { missingForCompute } from "../state/project/documentEdits.ts";
import { cancelJobs } from "../state/project/projectActions.ts";
import { runningJob } from "../state/results/jobStore.ts";
import { attempt } from "../state/studio.ts";

/** The job that brings what a pane waits for; null while nothing is computed. */
export function useComputeJob(): ReturnType<typeof runningJob> {
  return useStore(useStudio().jobs, (state) => runningJob(state, "compute"));
}

/**
 * In place of numbers that come with a result: what is running and how far it is, with Cancel; while
 * nothing runs what is missing, or Compute.
 */
export function PendingPane(props: {
  /** `Medians of each class`: a plural. */
  readonly what: string;
  /** Beside others that wait for the same: the progress alone. */
  readonly isOneOfMany?: boolean;
}): ReactNode {
  const { studio, run } = useStudioContext();
  const document = useStore(studio.project, (state) => state.document);
  const job = useComputeJob();
  const { what, isOneOfMany = false } = props;
  if (job === null) {
    const missing = missingForCompute(document);
    return (
      <div className="pane-empty">
        <p>
          {what} appear with the first result. {missing}
        </p>
        {missing !== null || isOneOfMany ? null : (
          <div className="button-row">
            <Button
              size="small"
              onClick={() => {
                run("compute.run");
              }}
            >
              Compute
            </Button>
          </div>
        )}
      </div>
    );
  }
  const percent = wholePercent(job.fraction);
  return (
    <div className="pane-empty pane-pending">
      <p>{what} appear with the result.</p>
      <p className="pane-progress">
        <span className="ellipsis">{job.stage === "" ? "Starting" : job.stage}</span>
        <ProgressBar label={job.title} percent={percent} />
        <span className="number">{percent} %</span>
      </p>
      {isOneOfMany ? null : (
        <div className="button-row">
          <Button
            size="small"
            onClick={() => {
              attempt(studio, "The computation could not be stopped", () => cancelJobs(studio));
            }}
          >
            Cancel
          </Button>
        </div>
      )}
    </div>
  );
}
