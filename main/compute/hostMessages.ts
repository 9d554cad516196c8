/**
 * What the process that starts the engine (Electron main, a test) and the engine say to each
 * other. Bulk data does not travel here but over the window port (`src/contract/enginePort.ts`).
 */
import type { DatasetFiles } from "../project/datasetPaths.ts";
import type { JobRequest } from "../../src/contract/api.ts";
import type { EngineMessage, EngineRequest } from "../../src/contract/enginePort.ts";
import type { PlainError } from "../../src/errors.ts";

/** How to compute. Fixed for the life of an engine process. */
export interface EngineOptions {
  /** `auto`: native when it loads and passes its self test, else reference, visibly. */
  readonly backend: "auto" | "native" | "reference";
  /** Worker threads; default: all processors the machine offers, at most 16. */
  readonly threads?: number | undefined;
  /** Limit for the arrays of a job; default: half of the machine's memory. */
  readonly memoryLimitBytes?: number | undefined;
  /** Folder of the result cache; null for none. */
  readonly cacheDirectory: string | null;
}

/** A job, with the files the host allows it to read. */
export interface StartJob {
  readonly type: "startJob";
  readonly jobId: string;
  readonly request: JobRequest;
  /** The files of every dataset of the document. Nothing else is ever opened. */
  readonly files: Readonly<Record<string, DatasetFiles>>;
}

/** Host → engine. `start` comes first. */
export type HostMessage =
  | { readonly type: "start"; readonly options: EngineOptions }
  | StartJob
  | { readonly type: "cancelJob"; readonly jobId: string }
  /** With exactly one transferred port, whose other end the window has. Replaces an earlier one. */
  | { readonly type: "windowPort" }
  /** In place of a port where the transport cannot transfer one (`child_process`). */
  | { readonly type: "windowRequest"; readonly request: EngineRequest }
  | { readonly type: "shutdown" };

/** What an engine says of itself when it is ready. */
export interface EngineStarted {
  readonly type: "started";
  readonly backend: string;
  readonly threads: number;
  readonly memoryLimitBytes: number;
}

/** Engine → host. */
export type EngineReply =
  | EngineStarted
  | { readonly type: "startFailed"; readonly error: PlainError }
  /** Only after a `windowRequest` has been seen. */
  | { readonly type: "windowMessage"; readonly message: EngineMessage };
