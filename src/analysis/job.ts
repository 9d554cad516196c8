/** What the stages of one analysis share: runner, progress, timings, cache. */
import type { NumericsBackend } from "../numerics/backend.ts";
import type { JobProgress, StageTiming } from "./result.ts";
import type { TaskRunner } from "./runner.ts";
import type { StageCache } from "./stageCache.ts";

/** Settings of `runAnalysis`. */
export interface AnalysisOptions {
  /** Small decisions between tasks are made on it, in the calling thread. */
  readonly backend: NumericsBackend;
  /** Worker threads, for the record. */
  readonly threads: number;
  /** Largest sum of array sizes a job may need, bytes. */
  readonly memoryLimitBytes: number;
  /** Content hash of inputs and settings (`resultKey.ts`). */
  readonly key: string;
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
  /** Remembers stages between jobs. */
  readonly cache?: StageCache | undefined;
}

/** Share of the whole job that each stage takes, for the progress bar. */
const STAGES = [
  ["describe", 0.12, "Power spectra of the training pool"],
  ["activeSet", 0.33, "Active set"],
  ["kernel", 0.15, "Kernel of the training pool"],
  ["fit", 0.1, "Training-set variants"],
  ["targets", 0.2, "Rigidity of the targets"],
  ["map", 0.1, "Kernel map and error estimates"],
] as const;

/** Name of a stage. */
export type StageName = (typeof STAGES)[number][0];

/** One analysis under way. */
export interface Job {
  readonly runner: TaskRunner;
  readonly backend: NumericsBackend;
  readonly cache: StageCache | undefined;
  readonly timings: readonly StageTiming[];
  /**
   * Runs a stage and times it. `work` reports its progress, and whether it was remembered.
   */
  stage<T>(name: StageName, work: (progress: StageProgress) => Promise<T>): Promise<T>;
}

/** How a stage reports. */
export interface StageProgress {
  /** `done` of `total` things, such as environments. */
  report(done: number, total: number, unit: string): void;
  /** 0 … 1 of the whole stage, where nothing is there to be counted. */
  readonly fraction: (fraction: number) => void;
  /** The stage was remembered from an earlier job. */
  remembered(): void;
}

/** A job on a runner. */
export function createJob(runner: TaskRunner, options: AnalysisOptions): Job {
  const timings: StageTiming[] = [];
  return {
    runner,
    backend: options.backend,
    cache: options.cache,
    timings,
    stage: async (name, work) => {
      const index = STAGES.findIndex(([stage]) => stage === name);
      const before = STAGES.slice(0, index).reduce((sum, [, share]) => sum + share, 0);
      const [, share, title] = STAGES[index] ?? STAGES[0];
      const start = Date.now();
      let cached = false;
      options.onProgress?.({ stage: title, fraction: before });
      const result = await work({
        report: (done, total, unit) => {
          const count = `${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")}`;
          options.onProgress?.({
            stage: `${title}, ${count} ${unit}`,
            fraction: before + (share * done) / Math.max(1, total),
          });
        },
        fraction: (fraction) => {
          options.onProgress?.({ stage: title, fraction: before + share * fraction });
        },
        remembered: () => {
          cached = true;
        },
      });
      timings.push({ stage: title, seconds: (Date.now() - start) / 1000, cached });
      return result;
    },
  };
}
