/** Asking the engine for a job. The answer, the job's id, may come after the world has changed. */
import type { JobRequest } from "../../../src/contract/api.ts";
import { StudioError } from "../../../src/errors.ts";
import type { Studio } from "../studio.ts";
import { endJob, registerJob } from "./jobStore.ts";
import { cancelWindowJob } from "./windowJobs.ts";

/**
 * Starts a job; its id. Where its project was left meanwhile it is abandoned and cancelled; where the
 * engine was lost meanwhile it is lost, as no event will ever end it.
 * @throws PlainError when the job cannot be started
 */
export async function startEngineJob(
  studio: Studio,
  request: JobRequest,
  title: string,
): Promise<string> {
  const { leftProjects, lostEngines } = studio.jobs.getState();
  const id = await studio.bridge.startJob(request);
  const now = studio.jobs.getState();
  registerJob(studio.jobs, id, request.kind, title, studio.now());
  if (now.leftProjects !== leftProjects) {
    studio.abandonedJobs.add(id);
    endJob(studio.jobs, id, "cancelled", studio.now());
    await requestCancel(studio, id);
  } else if (now.lostEngines !== lostEngines) endJob(studio.jobs, id, "lost", studio.now());
  return id;
}

/** Asks for the end of a job, whether the engine or the window itself does it. */
export async function requestCancel(studio: Studio, jobId: string): Promise<void> {
  if (cancelWindowJob(studio, jobId)) return;
  try {
    await studio.connection.request("cancel", { jobId });
  } catch (error) {
    // A lost engine has nothing left to cancel; the loss is reported where it happens.
    if (!(error instanceof StudioError && error.code === "WORKER_LOST")) throw error;
  }
}
