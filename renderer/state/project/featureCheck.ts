/** The job that looks through a file of features before it is imported. */
import type { FeatureCheck, FeatureCheckQuestion } from "../../../src/contract/features.ts";
import { formatError } from "../../../src/errors.ts";
import { requestCancel, startEngineJob } from "../results/engineJob.ts";
import { jobEnded } from "../results/jobStore.ts";
import type { Studio } from "../studio.ts";

/** How looking through a file ended. */
export type FeatureCheckOutcome =
  | { readonly kind: "done"; readonly check: FeatureCheck }
  | { readonly kind: "failed"; readonly problem: string }
  | { readonly kind: "stopped" };

/** A job under way. */
export interface RunningCheck {
  readonly jobId: string;
  readonly ended: Promise<FeatureCheckOutcome>;
}

/**
 * Starts the job; its progress is that of the job.
 * @param fileName - what the job is called by
 */
export async function startFeatureCheck(
  studio: Studio,
  question: FeatureCheckQuestion,
  fileName: string,
): Promise<RunningCheck> {
  const { document, path } = studio.project.getState();
  const request = { kind: "features", document, projectPath: path, question } as const;
  const jobId = await startEngineJob(studio, request, `Looking through ${fileName}`);
  const ended = jobEnded(studio.jobs, jobId).then(
    ({ outcome, error, features }): FeatureCheckOutcome => {
      if (outcome === "done" && features !== null) return { kind: "done", check: features };
      if (outcome === "failed" && error !== null) {
        return { kind: "failed", problem: formatError(error) };
      }
      return { kind: "stopped" };
    },
  );
  return { jobId, ended };
}

/** Does nothing to a job that has ended. */
export async function stopFeatureCheck(studio: Studio, jobId: string): Promise<void> {
  const job = studio.jobs.getState().jobs.find(({ id }) => id === jobId);
  if (job?.outcome === "running") await requestCancel(studio, jobId);
}
