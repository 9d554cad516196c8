/** The engine's end of the thread that holds a what-if session. */
import { Worker } from "node:worker_threads";
import type { PreparedWhatIf } from "../../src/analysis/questions/whatIf.ts";
import type { WhatIfEdit, WhatIfValues } from "../../src/contract/whatIf.ts";
import { fromPlainError, StudioError } from "../../src/errors.ts";
import type { EngineOptions } from "./hostMessages.ts";
import type { WhatIfThreadReply, WhatIfThreadRequest } from "./whatIfMessages.ts";
import type { WorkerSetup } from "./workerMessages.ts";

interface Pending {
  resolve(values: WhatIfValues): void;
  reject(error: StudioError): void;
}

/** Starts its thread at once; `close` ends it as soon as it has done what it is doing. */
export class WhatIfThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #opening: { resolve(errorEstimate: number): void; reject(error: StudioError): void } | null =
    null;
  #onProgress: (fraction: number) => void = () => undefined;
  readonly #cancelFlag = new Int32Array(new SharedArrayBuffer(4));
  #nextId = 1;
  #end: StudioError | null = null;

  constructor(workerPath: string, backend: EngineOptions["backend"]) {
    const setup: WorkerSetup = { backend, role: "whatIf" };
    this.#worker = new Worker(workerPath, { workerData: setup });
    this.#worker.on("message", (reply: WhatIfThreadReply) => {
      this.#receive(reply);
    });
    this.#worker.on("error", (error) => {
      this.#stop(lost(`The what-if session failed: ${error.message}`));
    });
    this.#worker.on("exit", () => {
      this.#stop(lost("The what-if session ended."));
    });
    // An idle session must not keep the process alive.
    this.#worker.unref();
  }

  /**
   * Opens the session.
   * @returns the error estimate of the LPR it starts from
   * @throws StudioError as `createWhatIfSession`; `WORKER_LOST`; `CANCELLED` after `close`
   */
  open(
    { problem, offsets, mode }: PreparedWhatIf,
    onProgress: (fraction: number) => void,
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#end !== null) {
        reject(this.#end);
        return;
      }
      this.#opening = { resolve, reject };
      this.#onProgress = onProgress;
      this.#send({ type: "open", problem, offsets, mode, cancelFlag: this.#cancelFlag });
    });
  }

  /** @throws StudioError as `valuesUnder`; `WORKER_LOST`; `CANCELLED` after `close` */
  set({ changes, refit }: Pick<WhatIfEdit, "changes" | "refit">): Promise<WhatIfValues> {
    return new Promise((resolve, reject) => {
      if (this.#end !== null) {
        reject(this.#end);
        return;
      }
      const id = this.#nextId++;
      this.#pending.set(id, { resolve, reject });
      this.#send({ type: "set", id, changes, refit });
    });
  }

  /** What is still unanswered is rejected with `CANCELLED`. */
  close(): void {
    this.#stop(new StudioError("CANCELLED", "The what-if session was closed."));
    // Ending between blocks is as soon as terminating: that waits for native calls, too.
    Atomics.store(this.#cancelFlag, 0, 1);
    const close: WhatIfThreadRequest = { type: "close" };
    this.#worker.postMessage(close);
    this.#worker.unref();
  }

  #send(request: WhatIfThreadRequest): void {
    this.#worker.ref();
    this.#worker.postMessage(request);
  }

  #receive(reply: WhatIfThreadReply): void {
    switch (reply.type) {
      case "progress":
        this.#onProgress(reply.fraction);
        return;
      case "opened":
        this.#opening?.resolve(reply.errorEstimate);
        this.#opening = null;
        break;
      case "openFailed":
        this.#opening?.reject(fromPlainError(reply.error));
        this.#opening = null;
        break;
      case "values":
        this.#pending.get(reply.id)?.resolve(reply.values);
        this.#pending.delete(reply.id);
        break;
      case "setFailed":
        this.#pending.get(reply.id)?.reject(fromPlainError(reply.error));
        this.#pending.delete(reply.id);
        break;
    }
    if (this.#opening === null && this.#pending.size === 0) this.#worker.unref();
  }

  /** The first end counts. */
  #stop(error: StudioError): void {
    this.#end ??= error;
    this.#opening?.reject(this.#end);
    this.#opening = null;
    for (const pending of this.#pending.values()) pending.reject(this.#end);
    this.#pending.clear();
  }
}

function lost(reason: string): StudioError {
  return new StudioError("WORKER_LOST", reason, { remedy: "Prepare what-if again." });
}
