/**
 * A fixed set of long-lived worker threads with one queue. Cancelling rejects at once and tells the
 * running tasks through shared memory; a worker that dies rejects its task with `WORKER_LOST` and
 * is replaced.
 */
import { Worker } from "node:worker_threads";
import type { TaskRunner } from "../../src/analysis/tasks/runner.ts";
import type { Task } from "../../src/analysis/tasks/task.ts";
import { fromPlainError, StudioError } from "../../src/errors.ts";
import type { EngineOptions } from "./hostMessages.ts";
import type { WorkerReply, WorkerRequest, WorkerSetup } from "./workerMessages.ts";

/** A task that is waiting or running. */
interface Assignment {
  readonly id: number;
  readonly task: Task;
  readonly job: PoolJob;
  readonly onProgress: ((fraction: number) => void) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: StudioError) => void;
}

interface Slot {
  worker: Worker;
  current: Assignment | null;
  /** Deaths since the last task done: a worker that cannot even start is not replaced for ever. */
  deaths: number;
}

/** One job's share of the pool. */
export interface PoolJob {
  readonly runner: TaskRunner;
  /** Rejects every task of the job with `CANCELLED`, now. Does nothing the second time. */
  cancel(): void;
}

const MAX_DEATHS = 3;
/** A cancelled task that goes on for so long (a factorisation) costs its worker. */
const CANCEL_GRACE_MS = 2000;

/** Starts its workers at once; `close` ends them. */
export class WorkerPool {
  readonly size: number;
  readonly #workerPath: string;
  readonly #setup: WorkerSetup;
  readonly #slots: Slot[] = [];
  #queue: Assignment[] = [];
  #nextId = 1;
  #isClosed = false;

  constructor(options: {
    readonly workerPath: string;
    readonly size: number;
    readonly backend: EngineOptions["backend"];
  }) {
    this.size = options.size;
    this.#workerPath = options.workerPath;
    this.#setup = { backend: options.backend };
    for (let i = 0; i < this.size; i++) {
      const slot: Slot = { worker: this.#spawn(), current: null, deaths: 0 };
      this.#slots.push(slot);
      this.#listen(slot);
    }
  }

  /** A new job. Its tasks share the queue with those of other jobs, first come, first served. */
  createJob(): PoolJob {
    const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
    const job: PoolJob & { readonly cancelFlag: Int32Array } = {
      cancelFlag,
      runner: {
        concurrency: this.size,
        allocate: (length) => new Float64Array(new SharedArrayBuffer(8 * length)),
        isCancelled: () => cancelFlag[0] !== 0,
        run: (task, onProgress) =>
          new Promise((resolve, reject) => {
            if (cancelFlag[0] !== 0) {
              reject(cancelled());
              return;
            }
            const assignment: Assignment = {
              id: this.#nextId++,
              task,
              job,
              onProgress,
              resolve: resolve as (value: unknown) => void,
              reject,
            };
            this.#queue.push(assignment);
            this.#dispatch();
          }),
      },
      cancel: () => {
        if (Atomics.exchange(cancelFlag, 0, 1) === 0) this.#rejectJob(job);
      },
    };
    this.#flags.set(job, cancelFlag);
    return job;
  }

  /** Ends the workers; tasks under way are rejected. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const running = this.#slots.flatMap(({ current }) => (current === null ? [] : [current]));
    for (const { reject } of [...this.#queue, ...running]) reject(lost("The pool was closed."));
    this.#queue = [];
    await Promise.all(
      this.#slots.map(({ worker }) => {
        // Else a process with nothing else to do ends before it has seen the end of its workers.
        worker.ref();
        return worker.terminate();
      }),
    );
  }

  readonly #flags = new WeakMap<PoolJob, Int32Array>();

  #spawn(): Worker {
    return new Worker(this.#workerPath, { workerData: this.#setup });
  }

  #listen(slot: Slot): void {
    const { worker } = slot;
    let reason = "A worker thread ended.";
    worker.on("message", (reply: WorkerReply) => {
      this.#receive(slot, reply);
    });
    worker.on("error", (error) => {
      reason = `A worker thread failed: ${error.message}`;
    });
    worker.on("messageerror", (error) => {
      reason = `A worker thread answered with something unreadable: ${error.message}`;
      void worker.terminate();
    });
    worker.on("exit", () => {
      if (slot.worker === worker) this.#bury(slot, reason);
    });
    // An idle pool must not keep the process alive.
    worker.unref();
  }

  #receive(slot: Slot, reply: WorkerReply): void {
    // A late reply must not unref a worker whose end `close` waits for: the process would end first.
    if (this.#isClosed || reply.type === "ready") return;
    const { current } = slot;
    if (current?.id !== reply.id) return;
    if (reply.type === "progress") {
      current.onProgress?.(reply.fraction);
      return;
    }
    slot.current = null;
    slot.deaths = 0;
    slot.worker.unref();
    if (reply.type === "done") current.resolve(reply.value);
    else current.reject(fromPlainError(reply.error));
    this.#dispatch();
  }

  #dispatch(): void {
    for (const slot of this.#slots) {
      if (slot.current !== null || slot.deaths > MAX_DEATHS) continue;
      const next = this.#queue.shift();
      if (next === undefined) return;
      slot.current = next;
      slot.worker.ref();
      const cancelFlag = this.#flags.get(next.job) ?? new Int32Array(1);
      const wantsProgress = next.onProgress !== undefined;
      const request: WorkerRequest = { id: next.id, task: next.task, cancelFlag, wantsProgress };
      try {
        slot.worker.postMessage(request);
      } catch (error) {
        slot.current = null;
        const message = error instanceof Error ? error.message : String(error);
        next.reject(new StudioError("INTERNAL", `a task could not be sent: ${message}`));
      }
    }
    if (this.#slots.every(({ deaths }) => deaths > MAX_DEATHS)) this.#giveUp();
  }

  #bury(slot: Slot, reason: string): void {
    if (this.#isClosed) return;
    const { current } = slot;
    slot.current = null;
    slot.deaths++;
    current?.reject(lost(reason));
    if (slot.deaths <= MAX_DEATHS) {
      slot.worker = this.#spawn();
      this.#listen(slot);
    }
    this.#lastReason = reason;
    this.#dispatch();
  }

  #lastReason = "";

  #giveUp(): void {
    for (const { reject } of this.#queue) reject(lost(this.#lastReason));
    this.#queue = [];
  }

  #rejectJob(job: PoolJob): void {
    const mine = this.#queue.filter((assignment) => assignment.job === job);
    this.#queue = this.#queue.filter((assignment) => assignment.job !== job);
    for (const { reject } of mine) reject(cancelled());
    for (const slot of this.#slots) {
      const { current, worker } = slot;
      if (current?.job !== job) continue;
      current.reject(cancelled());
      setTimeout(() => {
        if (slot.worker === worker && slot.current === current) void worker.terminate();
      }, CANCEL_GRACE_MS).unref();
    }
  }
}

function cancelled(): StudioError {
  return new StudioError("CANCELLED", "The job was cancelled.");
}

function lost(reason: string): StudioError {
  return new StudioError("WORKER_LOST", reason, { remedy: "Run it again." });
}
