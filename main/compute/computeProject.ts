/** From a project and its files to a result: remembered, or computed and then remembered. */
import {
  datasetsInUse,
  requireComplete,
  type LoadedDataset,
} from "../../src/analysis/requirements.ts";
import type { AnalysisResult, JobProgress } from "../../src/analysis/result.ts";
import { resultKeyText } from "../../src/analysis/resultKey.ts";
import { runAnalysis } from "../../src/analysis/runAnalysis.ts";
import type { TaskRunner } from "../../src/analysis/tasks/runner.ts";
import type { StageCache } from "../../src/analysis/stages/stageCache.ts";
import { StudioError, type Diagnostic } from "../../src/errors.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import type { ChosenBackend } from "./createBackend.ts";
import type { DatasetStore } from "./datasetStore.ts";
import { hashText } from "../project/contentHash.ts";
import type { DatasetFiles } from "../project/datasetPaths.ts";
import type { ResultCache } from "./resultCache.ts";

/** Share of the progress bar that reading the files takes. */
const LOAD_SHARE = 0.08;

/** What computing needs. */
export interface ComputeRequest {
  readonly document: ProjectDocument;
  /** The files of every dataset. */
  readonly files: Readonly<Record<string, DatasetFiles>>;
  readonly chosen: ChosenBackend;
  readonly datasets: DatasetStore;
  /** Called only when something has to be computed. */
  readonly runner: () => TaskRunner;
  readonly threads: number;
  readonly memoryLimitBytes: number;
  readonly results: ResultCache | null;
  readonly stages?: StageCache | undefined;
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
}

/**
 * Computes a project.
 * @throws StudioError as `runAnalysis`, and `INVALID_FILE` for files
 */
export async function computeProject(request: ComputeRequest): Promise<AnalysisResult> {
  const { document, chosen, results, onProgress } = request;
  requireComplete(document);
  const start = Date.now();
  onProgress?.({ stage: "Reading files", fraction: 0 });
  const fileHashes = await hashFiles(request);
  const key = hashText(resultKeyText(document, fileHashes, chosen.backend.name));
  const found = await results?.get(key);
  const remarks = [...chosen.diagnostics, ...changedFiles(document, fileHashes)];
  if (found?.result !== undefined && found.result !== null) {
    onProgress?.({ stage: "Done", fraction: 1 });
    const seconds = (Date.now() - start) / 1000;
    const timings = [{ stage: "Remembered result", seconds, cached: true }];
    return withRemarks({ ...found.result, timings }, remarks);
  }
  const runner = request.runner();
  const datasets = await loadFiles(request, runner);
  const loading = { stage: "Reading files", seconds: (Date.now() - start) / 1000, cached: false };
  const computed = await runAnalysis(document, datasets, runner, {
    backend: chosen.backend,
    threads: request.threads,
    memoryLimitBytes: request.memoryLimitBytes,
    key,
    cache: request.stages,
    onProgress: ({ stage, fraction }) => {
      onProgress?.({ stage, fraction: LOAD_SHARE + (1 - LOAD_SHARE) * fraction });
    },
  });
  const result = { ...computed, timings: [loading, ...computed.timings] };
  const unwritten = (await results?.put(key, result)) ?? [];
  return withRemarks(result, [...remarks, ...(found?.diagnostics ?? []), ...unwritten]);
}

function withRemarks(result: AnalysisResult, remarks: readonly Diagnostic[]): AnalysisResult {
  return { ...result, diagnostics: [...remarks, ...result.diagnostics] };
}

function filesOf({ files }: ComputeRequest, name: string): DatasetFiles {
  const found = files[name];
  if (found !== undefined) return found;
  throw new StudioError("ACCESS_DENIED", `the file of dataset "${name}" was not opened`, {
    remedy: "Open the file or the project again.",
  });
}

async function hashFiles(request: ComputeRequest): Promise<Record<string, string>> {
  const names = datasetsInUse(request.document);
  const hashes = await Promise.all(
    names.map((name) => request.datasets.hashDataset(filesOf(request, name))),
  );
  return Object.fromEntries(names.map((name, i) => [name, hashes[i] ?? ""]));
}

async function loadFiles(
  request: ComputeRequest,
  runner: TaskRunner,
): Promise<Record<string, LoadedDataset>> {
  const names = datasetsInUse(request.document);
  const fractions = new Float64Array(names.length);
  const loaded = await Promise.all(
    names.map((name, i) =>
      request.datasets.load(filesOf(request, name), runner, (fraction) => {
        fractions[i] = fraction;
        const mean = fractions.reduce((sum, value) => sum + value, 0) / names.length;
        request.onProgress?.({ stage: `Reading ${name}`, fraction: LOAD_SHARE * mean });
      }),
    ),
  );
  return Object.fromEntries(
    names.flatMap((name, i) => {
      const dataset = loaded[i];
      return dataset === undefined ? [] : [[name, dataset] as const];
    }),
  );
}

/** A project remembers what its files held; other content is computed, but said. */
function changedFiles(
  document: ProjectDocument,
  fileHashes: Readonly<Record<string, string>>,
): readonly Diagnostic[] {
  return Object.entries(document.datasets).flatMap(([name, { hash, path, features }]) =>
    // With features the hash in use is that of both files; opening the project compares each.
    features !== undefined ||
    hash === undefined ||
    fileHashes[name] === undefined ||
    hash === fileHashes[name]
      ? []
      : [
          {
            severity: "warning" as const,
            code: "DATASET_CHANGED",
            message: `The file of dataset "${name}" (${path}) has changed since the project was saved.`,
          },
        ],
  );
}
