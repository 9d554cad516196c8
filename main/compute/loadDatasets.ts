/** The datasets that a job reads, one after the other. */
import type { LoadedDataset } from "../../src/analysis/requirements.ts";
import type { TaskRunner } from "../../src/analysis/tasks/runner.ts";
import { StudioError } from "../../src/errors.ts";
import type { DatasetFiles } from "../project/datasetPaths.ts";
import type { DatasetStore } from "./datasetStore.ts";

/** Where the files are and who reads them. */
export interface DatasetReader {
  /** The files of every dataset. */
  readonly files: Readonly<Record<string, DatasetFiles>>;
  readonly datasets: DatasetStore;
  readonly runner: TaskRunner;
}

/**
 * Reads datasets, or finds them in memory.
 *
 * @param onProgress - the dataset being read, and 0 … 1 of all
 * @throws StudioError `ACCESS_DENIED` for a file that was not opened, `INVALID_FILE`, `CANCELLED`
 */
export async function loadDatasets(
  names: readonly string[],
  { files, datasets, runner }: DatasetReader,
  onProgress: (dataset: string, fraction: number) => void,
): Promise<Record<string, LoadedDataset>> {
  const loaded: Record<string, LoadedDataset> = {};
  for (const [i, name] of names.entries()) {
    const file = files[name];
    if (file === undefined) {
      throw new StudioError("ACCESS_DENIED", `the file of dataset "${name}" was not opened`, {
        remedy: "Open the file or the project again.",
      });
    }
    loaded[name] = await datasets.load(file, runner, (fraction) => {
      onProgress(name, (i + fraction) / names.length);
    });
  }
  return loaded;
}
