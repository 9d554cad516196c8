import { useEffect, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { formatSeconds } from "../../components/formatNumber.ts";
import { StateMark } from "../../components/StateMark.tsx";
import { ProgressBar, wholePercent } from "../../components/ProgressBar.tsx";
import type { Job, JobOutcome } from "../../state/results/jobStore.ts";
import { jobReport, runningNote } from "../../state/results/jobReport.ts";
import { say } from "../../state/window/messageStore.ts";
import { cancelJobs } from "../../state/project/projectActions.ts";
import type { VariantState } from "../../state/results/resultStore.ts";
import { attempt } from "../../state/studio.ts";

const MARKS: Readonly<Record<JobOutcome, VariantState>> = {
  running: "computing",
  done: "ready",
  failed: "failed",
  cancelled: "notComputed",
  lost: "failed",
};

const WORDS: Readonly<Record<JobOutcome, string>> = {
  running: "",
  done: "done",
  failed: "failed, see Problems",
  cancelled: "stopped",
  lost: "lost with the engine",
};

/** Counts seconds only while something runs. */
function useNow(running: boolean): number {
  const studio = useStudio();
  const [now, setNow] = useState(() => studio.now());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => {
      setNow(studio.now());
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [studio, running]);
  return now;
}

export function JobsPane(): ReactNode {
  const studio = useStudio();
  const jobs = useStore(studio.jobs, (state) => state.jobs);
  const isRunning = jobs.some((job) => job.outcome === "running");
  const now = useNow(isRunning);
  if (jobs.length === 0) return <p className="pane-empty">Nothing has been computed yet.</p>;
  return (
    <div className="jobs">
      <ul>
        {jobs.slice(0, 50).map((job) => (
          <JobRow key={job.id} job={job} now={now} />
        ))}
      </ul>
      <StageTimings />
      {isRunning ? (
        <p className="pane-note">Finished results stay usable. Cancel stops within 0.3 s.</p>
      ) : null}
    </div>
  );
}

function JobRow({ job, now }: { readonly job: Job; readonly now: number }): ReactNode {
  const studio = useStudio();
  const percent = wholePercent(job.fraction);
  const elapsed = Math.max(0, (job.endedAt ?? now) - job.startedAt);
  const note = job.outcome === "running" ? runningNote(job, elapsed) : WORDS[job.outcome];
  return (
    <li className="job" data-running={job.outcome === "running"}>
      <StateMark state={MARKS[job.outcome]} />
      <span className="ellipsis">{job.title}</span>
      <ProgressBar label={job.title} percent={percent} outcome={job.outcome} />
      <span className="number">{percent} %</span>
      <span className="muted ellipsis" title={note}>
        {note}
      </span>
      <span className="number muted">{formatSeconds(elapsed)}</span>
      <span className="job-action">
        {job.outcome === "running" ? (
          <Button
            size="small"
            look="plain"
            onClick={() => {
              attempt(studio, "The computation could not be stopped", () => cancelJobs(studio));
            }}
          >
            Cancel
          </Button>
        ) : job.error !== null ? (
          <Button
            size="small"
            look="plain"
            onClick={() => {
              attempt(studio, "The report was not copied", async () => {
                await studio.bridge.copyText(jobReport(job));
                say(studio.messages, "Report copied");
              });
            }}
          >
            Copy report
          </Button>
        ) : null}
      </span>
    </li>
  );
}

/** Where the time of the last result went. */
function StageTimings(): ReactNode {
  const studio = useStudio();
  const timings = useStore(studio.results, (state) => state.result?.timings);
  if (timings === undefined || timings.length === 0) return null;
  return (
    <table className="timings">
      <caption>Stages of the last result</caption>
      <tbody>
        {timings.map((timing) => (
          <tr key={timing.stage}>
            <th scope="row">{timing.stage}</th>
            <td>{timing.seconds.toFixed(2)} s</td>
            <td className="muted">{timing.cached ? "cached" : ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
