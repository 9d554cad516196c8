/** What the stages of one analysis share: runner, progress, timings, cache. */
import type { NumericsBackend } from "../../numerics/backend.ts";
import type { Model } from "../../project/document.ts";
import type { JobProgress, StageTiming } from "../result.ts";
import type { TaskRunner } from "../tasks/runner.ts";
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

/** Name of a stage. */
export type StageName = "describe" | "activeSet" | "kernel" | "fit" | "targets" | "map";

/** Share of the whole job that a stage takes, for the progress bar and the time left, and its title. */
type Stages = Readonly<Record<StageName, readonly [share: number, title: string]>>;

const KERNEL_STAGES: Stages = {
  describe: [0.12, "Power spectra of the training pool"],
  activeSet: [0.33, "Active set"],
  kernel: [0.15, "Kernel of the training pool"],
  fit: [0.1, "Training-set variants"],
  targets: [0.2, "Rigidity of the targets"],
  map: [0.1, "Kernel map and error estimates"],
};

const LINEAR_STAGES: Stages = {
  ...KERNEL_STAGES,
  activeSet: [0, "Features"],
  kernel: [0.48, "Rows of the training pool"],
};

/** Training takes nearly all of the time: eleven networks on 7 312 environments 545 s of 575 s. */
const NETWORK_STAGES: Stages = {
  describe: [0.02, "Features of the training pool"],
  activeSet: [0.88, "Training networks"],
  kernel: [0.01, "Rows of the training pool"],
  fit: [0.01, "Training-set variants"],
  targets: [0.05, "Rigidity of the targets"],
  map: [0.03, "Kernel map and error estimates"],
};

const STAGES_OF = {
  linear: LINEAR_STAGES,
  "sparse-kernel": KERNEL_STAGES,
  network: NETWORK_STAGES,
} as const satisfies Record<Model["type"], Stages>;

const ORDER: readonly StageName[] = ["describe", "activeSet", "kernel", "fit", "targets", "map"];

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
  /**
   * `done` of `total` things, such as environments.
   * @param fraction - 0 … 1 of the whole stage, where things that are under way count as well
   */
  report(done: number, total: number, unit: string, fraction?: number): void;
  /** 0 … 1 of the whole stage, where nothing is there to be counted. */
  readonly fraction: (fraction: number) => void;
  /** The stage was remembered from an earlier job. */
  remembered(): void;
}

/** A job on a runner. What its stages are called and how long they take depends on the model. */
export function createJob(runner: TaskRunner, options: AnalysisOptions, model: Model["type"]): Job {
  const timings: StageTiming[] = [];
  const stages = STAGES_OF[model];
  return {
    runner,
    backend: options.backend,
    cache: options.cache,
    timings,
    stage: async (name, work) => {
      const earlier = ORDER.slice(0, ORDER.indexOf(name));
      const before = earlier.reduce((sum, stage) => sum + stages[stage][0], 0);
      const [share, title] = stages[name];
      const start = Date.now();
      let cached = false;
      options.onProgress?.({ stage: title, fraction: before });
      const result = await work({
        report: (done, total, unit, fraction = done / Math.max(1, total)) => {
          const count = `${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")}`;
          options.onProgress?.({
            stage: `${title}, ${count} ${unit}`,
            fraction: before + share * fraction,
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
