/** `lpr-studio run`: compute a project and write its results. */
import { join } from "node:path";
import { version } from "../../package.json";
import { inlineTaskRunner } from "../../src/analysis/tasks/runner.ts";
import type { AnalysisResult } from "../../src/analysis/result.ts";
import type { Structure } from "../../src/structures/structure.ts";
import { computeProject } from "../compute/computeProject.ts";
import { createBackend, type ChosenBackend } from "../compute/createBackend.ts";
import { DatasetStore } from "../compute/datasetStore.ts";
import { defaultThreads, MOST_THREADS } from "../compute/machine.ts";
import { defaultCacheDirectory, ResultCache } from "../compute/resultCache.ts";
import type { DatasetFiles } from "../project/datasetPaths.ts";
import type { EngineOptions } from "../compute/hostMessages.ts";
import { WorkerPool, type PoolJob } from "../compute/workerPool.ts";
import {
  backendOption,
  memoryLimitOption,
  numberOption,
  oneOperand,
  parseCommand,
  requiredText,
} from "./arguments.ts";
import { outputFiles } from "./outputFiles.ts";
import { readProject, withProjectFile } from "./readInput.ts";
import { describeDiagnostic, type Terminal } from "./terminal.ts";
import { requireFolder, writeOutputs } from "./writeOutputs.ts";

/** Interrupting ends the job; the signal's listener calls this. */
export interface Interruptible {
  onInterrupt: () => void;
}

/** Where worker threads start. */
export function workerPath(): string {
  return join(__dirname, "worker.cjs");
}

interface RunSettings {
  readonly project: string;
  readonly out: string;
  readonly backend: EngineOptions["backend"];
  readonly threads: number;
  readonly memoryLimitBytes: number;
  readonly results: ResultCache | null;
  readonly isQuiet: boolean;
  readonly withChemiscope: boolean;
}

function parseRun(args: readonly string[]): RunSettings {
  const texts = ["out", "backend", "threads", "memory-limit"];
  const parsed = parseCommand("run", args, texts, ["no-cache", "quiet", "chemiscope"]);
  const counts = { min: 1, max: MOST_THREADS, integer: true };
  return {
    project: oneOperand(parsed, "PROJECT", "run"),
    out: requiredText(parsed, "out", "run"),
    backend: backendOption(parsed, "run"),
    threads: numberOption(parsed, "threads", counts, "run") ?? defaultThreads(),
    memoryLimitBytes: memoryLimitOption(parsed, "run"),
    results: parsed.flag("no-cache") ? null : new ResultCache(defaultCacheDirectory()),
    isQuiet: parsed.flag("quiet"),
    withChemiscope: parsed.flag("chemiscope"),
  };
}

/** @throws StudioError `USAGE`, and what computing throws */
export async function runCommand(
  args: readonly string[],
  terminal: Terminal & { quiet: boolean },
  interruption: Interruptible,
): Promise<void> {
  const settings = parseRun(args);
  const { project, out, threads, memoryLimitBytes, results } = settings;
  terminal.quiet = settings.isQuiet;
  const { document, files } = await readProject(project);
  await requireFolder(out);
  const chosen = createBackend(settings.backend);
  const datasets = new DatasetStore();
  let pool: { readonly workers: WorkerPool; readonly job: PoolJob } | null = null;
  try {
    const result = await withProjectFile(project, () =>
      computeProject({
        document,
        files,
        chosen,
        datasets,
        runner: () => {
          // A remembered result needs no workers.
          const workers = new WorkerPool({
            workerPath: workerPath(),
            size: threads,
            backend: chosen.backend.name,
          });
          const job = workers.createJob();
          pool = { workers, job };
          interruption.onInterrupt = () => {
            job.cancel();
          };
          return job.runner;
        },
        threads,
        memoryLimitBytes,
        results,
        onProgress: (progress) => {
          terminal.progress(progress);
        },
      }),
    );
    const structures = await targetStructures(result, files, datasets, chosen);
    const { withChemiscope } = settings;
    const request = { document, result, structures, version, withChemiscope };
    await writeOutputs(out, outputFiles(request));
    report(result, out, terminal);
  } finally {
    terminal.clear();
    await closePool(pool);
  }
}

/** The argument's type is spelled out because assignments in callbacks escape the compiler. */
async function closePool(pool: { readonly workers: WorkerPool } | null): Promise<void> {
  await pool?.workers.close();
}

/** Only the targets' files are needed again for a remembered result. */
async function targetStructures(
  result: AnalysisResult,
  files: Readonly<Record<string, DatasetFiles>>,
  datasets: DatasetStore,
  { backend }: ChosenBackend,
): Promise<Record<string, readonly Structure[]>> {
  const structures: Record<string, readonly Structure[]> = {};
  for (const { dataset } of result.targets) {
    const path = files[dataset]?.structures ?? "";
    const loaded = await datasets.load(
      { structures: path, features: null },
      inlineTaskRunner(backend),
    );
    structures[dataset] = loaded.structures;
  }
  return structures;
}

function report(result: AnalysisResult, out: string, terminal: Terminal): void {
  const own = result.variants.flatMap(({ name, diagnostics }) =>
    diagnostics.map((diagnostic) => `${name}: ${describeDiagnostic(diagnostic)}`),
  );
  for (const line of [...result.diagnostics.map(describeDiagnostic), ...own]) terminal.note(line);
  const seconds = result.timings.reduce((sum, timing) => sum + timing.seconds, 0);
  terminal.note(`${result.backend}, ${result.threads} threads, ${seconds.toFixed(2)} s → ${out}`);
}
