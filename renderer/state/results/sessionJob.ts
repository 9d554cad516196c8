/** The job that prepares a session of the engine, in place of one of its kind that is under way. */
import type { JobRequest } from "../../../src/contract/api.ts";
import { toPlainError, type PlainError } from "../../../src/errors.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { listTargets, withGridLabels } from "../project/targets.ts";
import type { Studio } from "../studio.ts";
import { requestCancel, startEngineJob } from "./engineJob.ts";
import { jobEnded, runningJob, type Job } from "./jobStore.ts";

/** How it ended. */
export type SessionEnd =
  | { readonly phase: "open"; readonly job: Job }
  | { readonly phase: "failed"; readonly error: PlainError | null }
  | { readonly phase: "stopped" };

/** Ends the job that prepares a session of a kind, if there is one. */
export async function stopSessionJob(studio: Studio, kind: JobRequest["kind"]): Promise<void> {
  const job = runningJob(studio.jobs.getState(), kind);
  if (job !== null) await requestCancel(studio, job.id);
}

/** What a session was asked for. */
interface SessionWish {
  readonly key: string;
  /** Structure keys of its targets, in the order of the question. */
  readonly targets: readonly string[];
}

interface NamedSession<Opened> extends SessionWish {
  /** Of the job that prepared it. */
  readonly id: string;
  readonly opened: Opened;
}

/** A session under the names that the grid gives its targets. */
export function sessionOf<
  Opened extends { readonly targets: readonly { readonly label: string }[] },
>(
  studio: Studio,
  id: string,
  answer: Opened,
  { document, key, targets }: SessionWish & { readonly document: ProjectDocument },
): NamedSession<Opened> {
  const rows = listTargets(document, studio.datasets.getState().summaries);
  return { id, opened: withGridLabels(answer, targets, rows), key, targets };
}

/**
 * Prepares a session.
 * @param isLatest - false once another was asked for: this one's end is of no interest then
 * @returns null for a session that is no longer wanted
 */
export async function prepareSession(
  studio: Studio,
  request: JobRequest,
  title: string,
  isLatest: () => boolean,
): Promise<SessionEnd | null> {
  try {
    await stopSessionJob(studio, request.kind);
    if (!isLatest()) return null;
    const id = await startEngineJob(studio, request, title);
    const job = await jobEnded(studio.jobs, id);
    if (studio.abandonedJobs.has(id) || !isLatest()) return null;
    if (job.outcome === "done") return { phase: "open", job };
    return job.outcome === "failed" ? { phase: "failed", error: job.error } : { phase: "stopped" };
  } catch (error) {
    return isLatest() ? { phase: "failed", error: toPlainError(error) } : null;
  }
}
