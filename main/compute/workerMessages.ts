/** What the pool and its workers say to each other. */
import type { Task } from "../../src/analysis/tasks/task.ts";
import type { PlainError } from "../../src/errors.ts";
import type { EngineOptions } from "./hostMessages.ts";

/** Given to a worker at its start. */
export interface WorkerSetup {
  readonly backend: EngineOptions["backend"];
  /** What the thread is for; default: tasks of the pool. */
  readonly role?: "tasks" | "whatIf" | undefined;
}

/** Pool → worker. One task at a time. */
export interface WorkerRequest {
  readonly id: number;
  readonly task: Task;
  /** Element 0 becomes 1 when the job is cancelled. */
  readonly cancelFlag: Int32Array;
  readonly wantsProgress: boolean;
}

/** Worker → pool. */
export type WorkerReply =
  | { readonly type: "ready" }
  | { readonly type: "progress"; readonly id: number; readonly fraction: number }
  | { readonly type: "done"; readonly id: number; readonly value: unknown }
  | { readonly type: "failed"; readonly id: number; readonly error: PlainError };
