/** The files of a project read for the window, side by side: one that is bad keeps no other back. */
import type { LoadedDataset } from "../../src/analysis/requirements.ts";
import type { JobProgress } from "../../src/analysis/result.ts";
import type { TaskRunner } from "../../src/analysis/tasks/runner.ts";
import { StudioError, toPlainError, type PlainError } from "../../src/errors.ts";
import type { DatasetFiles } from "../project/datasetPaths.ts";
import type { DatasetStore } from "./datasetStore.ts";

/** What reading works with, and whom it tells. */
export interface OpeningCall {
  readonly names: readonly string[];
  /** By dataset; those that the user did not open are missing. */
  readonly files: Readonly<Record<string, DatasetFiles>>;
  readonly store: DatasetStore;
  readonly runner: TaskRunner;
  readonly isCancelled: () => boolean;
  readonly onProgress: (progress: JobProgress) => void;
  readonly onLoaded: (name: string, dataset: LoadedDataset) => void;
  readonly onFailed: (name: string, error: PlainError) => void;
}

/**
 * Reads all datasets and forgets the structures of files that are none of theirs.
 * @returns those that could be read
 * @throws StudioError `CANCELLED`
 */
export async function openDatasets(
  call: OpeningCall,
): Promise<Readonly<Record<string, LoadedDataset>>> {
  const { names, store, onProgress } = call;
  const fractions = new Float64Array(names.length);
  const loaded: Record<string, LoadedDataset> = {};
  await Promise.all(
    names.map(async (name, i) => {
      const progress = (fraction: number): void => {
        fractions[i] = fraction;
        const mean = fractions.reduce((sum, value) => sum + value, 0) / names.length;
        onProgress({ stage: `Reading ${name}`, fraction: mean });
      };
      const dataset = await openOne(call, name, progress);
      if (dataset === null || call.isCancelled()) return;
      loaded[name] = dataset;
      call.onLoaded(name, dataset);
      progress(1);
    }),
  );
  store.retain(new Set(Object.values(loaded).map(({ hash }) => hash)));
  return loaded;
}

/** Null, said to `onFailed`, for a file that cannot be read. */
async function openOne(
  { files, store, runner, onFailed }: OpeningCall,
  name: string,
  onProgress: (fraction: number) => void,
): Promise<LoadedDataset | null> {
  try {
    const file = files[name];
    if (file === undefined) {
      throw new StudioError("ACCESS_DENIED", `the file of dataset "${name}" was not opened`);
    }
    return await store.load(file, runner, onProgress);
  } catch (error) {
    const plain = toPlainError(error);
    if (plain.code === "CANCELLED") throw error;
    onFailed(name, plain);
    onProgress(1);
    return null;
  }
}
