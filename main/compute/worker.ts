/**
 * Entry of a worker thread: one backend, and one task at a time for as long as the pool lives, or the
 * what-if session.
 */
import { parentPort, workerData } from "node:worker_threads";
import { executeTask } from "../../src/analysis/tasks/executeTask.ts";
import { StudioError, toPlainError } from "../../src/errors.ts";
import { createBackend } from "./createBackend.ts";
import { transferableBuffers } from "./transferables.ts";
import { serveWhatIf } from "./whatIfWorker.ts";
import type { WorkerReply, WorkerRequest, WorkerSetup } from "./workerMessages.ts";

function serve(): void {
  const port = parentPort;
  if (port === null) throw new StudioError("INTERNAL", "worker.ts runs in a worker thread only");
  const setup = workerData as WorkerSetup;
  const { backend } = createBackend(setup.backend);
  if (setup.role === "whatIf") {
    serveWhatIf(port, backend);
    return;
  }
  const reply = (message: WorkerReply, transfer: readonly ArrayBuffer[] = []): void => {
    port.postMessage(message, [...transfer]);
  };
  const work = async ({ id, task, cancelFlag, wantsProgress }: WorkerRequest): Promise<void> => {
    try {
      const value: unknown = await executeTask(task, backend, {
        isCancelled: () => Atomics.load(cancelFlag, 0) !== 0,
        onProgress: wantsProgress
          ? (fraction) => {
              reply({ type: "progress", id, fraction });
            }
          : undefined,
      });
      reply({ type: "done", id, value }, transferableBuffers(value));
    } catch (error) {
      reply({ type: "failed", id, error: toPlainError(error) });
    }
  };
  port.on("message", (request: WorkerRequest) => void work(request));
  reply({ type: "ready" });
}

serve();
