/** Long work of the window itself, shown and cancelled beside the jobs of the engine. */
import { StudioError, toPlainError } from "../../../src/errors.ts";
import { registerJob, updateWindowJob } from "./jobStore.ts";
import type { Studio } from "../studio.ts";

/** What the work is given. */
export interface WindowWork {
  readonly signal: AbortSignal;
  /** Plain words, and 0 … 1. */
  readonly onProgress: (stage: string, fraction: number) => void;
  /**
   * From here on the work can no longer be cancelled: what it leaves behind is about to be made. Presses
   * of Cancel that still wait are heard first.
   * @throws StudioError `CANCELLED`
   */
  readonly settle: () => Promise<void>;
}

const running = new WeakMap<Studio, Map<string, AbortController>>();
let nextNumber = 1;

function controllersOf(studio: Studio): Map<string, AbortController> {
  const known = running.get(studio) ?? new Map<string, AbortController>();
  running.set(studio, known);
  return known;
}

/** Runs work as a job. Failing and being cancelled show in the list, and are thrown on. */
export async function runWindowJob<T>(
  studio: Studio,
  title: string,
  work: (job: WindowWork) => Promise<T>,
): Promise<T> {
  const id = `window-${String(nextNumber++)}`;
  const controller = new AbortController();
  controllersOf(studio).set(id, controller);
  registerJob(studio.jobs, id, "figure", title, studio.now());
  const { signal } = controller;
  const onProgress = (stage: string, fraction: number): void => {
    updateWindowJob(studio.jobs, id, studio.now(), { stage, fraction });
  };
  const end = (outcome: "done" | "cancelled" | "failed", error: unknown = null): void => {
    const endedAt = studio.now();
    updateWindowJob(studio.jobs, id, endedAt, {
      outcome,
      endedAt,
      ...(outcome === "done" ? { fraction: 1 } : {}),
      error: error === null ? null : toPlainError(error),
    });
  };
  const state = { isSettled: false };
  const requireGoing = (): void => {
    if (signal.aborted) throw new StudioError("CANCELLED", `${title} was cancelled.`);
  };
  const settle = async (): Promise<void> => {
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    requireGoing();
    state.isSettled = true;
  };
  try {
    const value = await work({ signal, onProgress, settle });
    if (!state.isSettled) requireGoing();
    end("done");
    return value;
  } catch (error) {
    if (toPlainError(error).code === "CANCELLED") end("cancelled");
    else end("failed", error);
    throw error;
  } finally {
    controllersOf(studio).delete(id);
  }
}

/** Cancels a job of the window; false when it is none. */
export function cancelWindowJob(studio: Studio, id: string): boolean {
  const controller = controllersOf(studio).get(id);
  controller?.abort();
  return controller !== undefined;
}
