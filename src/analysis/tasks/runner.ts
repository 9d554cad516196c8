/** Who carries out tasks: this thread, or a pool of workers. */
import type { NumericsBackend } from "../../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../../numerics/matrix.ts";
import { requireRunning } from "./describeBlocks.ts";
import { executeTask } from "./executeTask.ts";
import type { Task, TaskResult } from "./task.ts";

/** Runs the tasks of one job. */
export interface TaskRunner {
  /** Tasks that are worth having under way at the same time. */
  readonly concurrency: number;
  /**
   * Carries out a task. Rejects with `CANCELLED` as soon as the job is cancelled, even while the
   * task itself is still coming to its end.
   * @param onProgress - 0 … 1, for tasks that take long
   */
  run<K extends Task["kind"]>(
    task: Extract<Task, { kind: K }>,
    onProgress?: (fraction: number) => void,
  ): Promise<TaskResult<K>>;
  /** Zeros that tasks may write to: shared memory in a pool. */
  allocate(length: number): Float64Array;
  readonly isCancelled: () => boolean;
}

/** Runs tasks in this thread, one after the other. */
export function inlineTaskRunner(
  backend: NumericsBackend,
  isCancelled: () => boolean = () => false,
): TaskRunner {
  return {
    concurrency: 1,
    run: async (task, onProgress) => {
      await Promise.resolve();
      requireRunning({ isCancelled });
      return executeTask(task, backend, { isCancelled, onProgress });
    },
    allocate: (length) => new Float64Array(length),
    isCancelled,
  };
}

/** A matrix of zeros that tasks may write to. */
export function allocateMatrix(runner: TaskRunner, rows: number, cols: number): DenseMatrix {
  return denseMatrix(rows, cols, runner.allocate(rows * cols));
}

/** The same values in memory that tasks share without a copy. */
export function shareMatrix(runner: TaskRunner, matrix: DenseMatrix): DenseMatrix {
  const shared = runner.allocate(matrix.data.length);
  shared.set(matrix.data);
  return { ...matrix, data: shared };
}

/**
 * Runs tasks with a bounded number under way, so that queued tasks hold no memory. Results are in
 * the order of the tasks, whatever order they end in. The first failure stops the rest.
 *
 * @param onDone - called after each task with the number done
 * @param onFraction - 0 … 1 over all tasks, for few long ones
 */
export async function runAll<K extends Task["kind"]>(
  runner: TaskRunner,
  tasks: readonly (() => Extract<Task, { kind: K }>)[],
  onDone: (count: number, index: number) => void = () => undefined,
  onFraction?: (fraction: number) => void,
): Promise<TaskResult<K>[]> {
  const results = new Array<TaskResult<K>>(tasks.length);
  let next = 0;
  let done = 0;
  let failed = false;
  const fractions = new Float64Array(tasks.length);
  const progressOf = (index: number) =>
    onFraction === undefined
      ? undefined
      : (fraction: number): void => {
          fractions[index] = fraction;
          onFraction(fractions.reduce((sum, value) => sum + value, 0) / tasks.length);
        };
  const drain = async (): Promise<void> => {
    while (next < tasks.length && !failed) {
      const index = next++;
      const make = tasks[index];
      if (make === undefined) return;
      try {
        results[index] = await runner.run<K>(make(), progressOf(index));
      } catch (error) {
        failed = true;
        throw error;
      }
      done++;
      onDone(done, index);
    }
  };
  // One more than the workers, so that none waits for the next task to be made.
  const lanes = Math.min(tasks.length, runner.concurrency + 1);
  await Promise.all(Array.from({ length: lanes }, drain));
  return results;
}
