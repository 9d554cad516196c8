/** The job behind every question for structures, whoever asks. */
import type { SuggestAnswer, SuggestQuestion } from "../../../src/contract/suggestions.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { startEngineJob } from "../results/engineJob.ts";
import { jobEnded, runningJob } from "../results/jobStore.ts";
import { reportProblem } from "../window/messageStore.ts";
import type { Studio } from "../studio.ts";
import { showDrawer } from "../grid/viewStore.ts";

/** One question at a time: its answer is what the engine remembers. */
export function isSuggesting({ jobs }: Studio): boolean {
  return runningJob(jobs.getState(), "suggest") !== null;
}

/**
 * Asks, and waits for the answer. A failure becomes a problem in the drawer.
 * @returns null when the job failed, was cancelled, or belongs to a project that was closed
 */
export async function suggestionsFor(
  studio: Studio,
  document: ProjectDocument,
  question: SuggestQuestion,
): Promise<(SuggestAnswer & { readonly jobId: string }) | null> {
  const projectPath = studio.project.getState().path;
  const request = { kind: "suggest", document, projectPath, question } as const;
  const jobId = await startEngineJob(studio, request, "Suggested structures");
  const job = await jobEnded(studio.jobs, jobId);
  if (studio.abandonedJobs.has(jobId)) return null;
  if (job.outcome === "failed" && job.error !== null) {
    reportProblem(studio.messages, "No structures were suggested", job.error);
    showDrawer(studio.view, "problems");
  }
  if (job.outcome !== "done" || job.suggestions === null) return null;
  return { ...job.suggestions, jobId };
}
