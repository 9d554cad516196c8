/** The host's end of the engine process: starting it, giving it jobs, noticing that it is gone. */
import { fork } from "node:child_process";
import { fromPlainError, StudioError } from "../../src/errors.ts";
import type {
  EngineOptions,
  EngineReply,
  EngineStarted,
  HostMessage,
  StartJob,
} from "./hostMessages.ts";

/** A process that can be talked to: Electron's `utilityProcess` or a forked Node. */
export interface EngineProcessHandle {
  postMessage(message: HostMessage, transfer?: readonly unknown[]): void;
  onMessage(listener: (message: EngineReply) => void): void;
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}

/** The part of Electron's `UtilityProcess` that is used. */
export interface UtilityProcessLike {
  postMessage(message: unknown, transfer?: never[]): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "exit", listener: (code: number) => void): unknown;
  kill(): boolean;
}

/** Wraps `utilityProcess.fork(enginePath, …)`. */
export function utilityEngine(child: UtilityProcessLike): EngineProcessHandle {
  return {
    postMessage: (message, transfer = []) => {
      child.postMessage(message, transfer as never[]);
    },
    onMessage: (listener) => {
      child.on("message", (message) => {
        listener(message as EngineReply);
      });
    },
    onExit: (listener) => {
      child.on("exit", (code) => {
        listener(`the compute engine ended with exit code ${code}`);
      });
    },
    kill: () => {
      child.kill();
    },
  };
}

/** Starts the engine bundle as a plain Node process; window messages travel on the same channel. */
export function forkedEngine(enginePath: string): EngineProcessHandle & { readonly pid: number } {
  const child = fork(enginePath, [], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  let failure: string | null = null;
  child.on("error", (error) => {
    failure = error.message;
  });
  return {
    pid: child.pid ?? -1,
    postMessage: (message) => {
      if (child.connected) child.send(message);
    },
    onMessage: (listener) => {
      child.on("message", (message) => {
        listener(message as unknown as EngineReply);
      });
    },
    onExit: (listener) => {
      child.on("exit", (code, signal) => {
        const how = signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
        listener(failure ?? `the compute engine ended with ${how}`);
      });
    },
    kill: () => {
      child.kill();
    },
  };
}

/** What the client needs. */
export interface EngineClientOptions {
  readonly spawn: () => EngineProcessHandle;
  /** Asked for every process anew. */
  readonly options: () => EngineOptions;
  /** The engine ended although nobody asked it to. Its jobs are lost; `start` makes a new one. */
  readonly onLost: (reason: string) => void;
  /** Messages for the window, where no port could be transferred. */
  readonly onWindowMessage?: (
    message: Extract<EngineReply, { type: "windowMessage" }>["message"],
  ) => void;
}

/** One engine process at a time. */
export class EngineClient {
  readonly #settings: EngineClientOptions;
  #process: EngineProcessHandle | null = null;

  constructor(settings: EngineClientOptions) {
    this.#settings = settings;
  }

  /** True between `start` and the end of the process. */
  get isRunning(): boolean {
    return this.#process !== null;
  }

  /**
   * Starts a fresh process; messages may be sent at once, they are queued.
   * @throws StudioError `NATIVE_UNAVAILABLE` (forced and missing), `WORKER_LOST` when it ends first
   */
  start(): Promise<EngineStarted> {
    this.dispose();
    const child = this.#settings.spawn();
    this.#process = child;
    const started = new Promise<EngineStarted>((resolve, reject) => {
      child.onMessage((reply) => {
        if (reply.type === "started") resolve(reply);
        else if (reply.type === "startFailed") reject(fromPlainError(reply.error));
        else this.#settings.onWindowMessage?.(reply.message);
      });
      child.onExit((reason) => {
        reject(lost(reason));
        if (this.#process !== child) return; // Replaced or disposed: expected.
        this.#process = null;
        this.#settings.onLost(reason);
      });
    });
    child.postMessage({ type: "start", options: this.#settings.options() });
    return started;
  }

  /** Hands one end of a message channel to the engine; the window has the other. */
  attachPort(port: unknown): void {
    this.#require().postMessage({ type: "windowPort" }, [port]);
  }

  /** @throws StudioError `WORKER_LOST` when no engine runs */
  startJob(job: Omit<StartJob, "type">): void {
    this.#require().postMessage({ type: "startJob", ...job });
  }

  /** Does nothing when no engine runs. */
  cancelJob(jobId: string): void {
    this.#process?.postMessage({ type: "cancelJob", jobId });
  }

  /** Sends a request of the window where no port could be transferred. */
  windowRequest(request: Extract<HostMessage, { type: "windowRequest" }>["request"]): void {
    this.#require().postMessage({ type: "windowRequest", request });
  }

  /** Ends the process without reporting it as lost. */
  dispose(): void {
    const child = this.#process;
    this.#process = null;
    child?.kill();
  }

  #require(): EngineProcessHandle {
    if (this.#process === null) throw lost("the compute engine is not running");
    return this.#process;
  }
}

function lost(reason: string): StudioError {
  return new StudioError("WORKER_LOST", reason, { remedy: "Restart the engine." });
}
