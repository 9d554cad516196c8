/** Structure files in memory: read once, parsed by a worker, known by their content hash. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { LoadedDataset } from "../../src/analysis/requirements.ts";
import type { TaskRunner } from "../../src/analysis/tasks/runner.ts";
import type { DenseMatrix } from "../../src/numerics/matrix.ts";
import type { FeatureFile } from "../../src/project/document.ts";
import type { Structure } from "../../src/structures/structure.ts";
import type { DatasetFiles } from "../project/datasetPaths.ts";
import { readFeatures } from "./readFeatures.ts";
import { hashFile } from "../project/contentHash.ts";
import { reading, signatureOf } from "../project/readableFile.ts";
import { unpackGzip } from "./unpackGzip.ts";

/** Of the time that a dataset with imported features takes. */
const STRUCTURES_SHARE = 0.3;

interface Known {
  /** Size and time of change: while they stay, the content is taken to be the same. */
  readonly signature: string;
  readonly hash: string;
}

/** Changes when either file or the arrays taken from the features change. */
function joinHashes(structures: string, features: string, { array, structures: of }: FeatureFile) {
  const text = JSON.stringify([structures, features, array ?? null, of ?? null]);
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** Keeps the parsed structures of the files of the latest project. */
export class DatasetStore {
  readonly #files = new Map<string, Known>();
  readonly #features = new Map<string, DenseMatrix>();
  readonly #parsed = new Map<string, readonly Structure[]>();

  /**
   * Content hash of a dataset: that of its structures, joined by that of its features.
   * @throws StudioError `INVALID_FILE` when a file cannot be read
   */
  async hashDataset({ structures, features }: DatasetFiles): Promise<string> {
    const own = await this.hash(structures);
    return features === null
      ? own
      : joinHashes(own, await this.hash(features.path, Infinity), features);
  }

  /**
   * Content hash of a file.
   * @param largest - bytes, for files that are read whole
   * @throws StudioError `INVALID_FILE` when it cannot be read
   */
  async hash(path: string, largest?: number): Promise<string> {
    const signature = await signatureOf(path, largest);
    const known = this.#files.get(path);
    if (known?.signature === signature) return known.hash;
    const hash = await reading(path, () => hashFile(path));
    this.#files.set(path, { signature, hash });
    return hash;
  }

  /**
   * A dataset, from memory when the content of its files is known.
   * @throws StudioError `INVALID_FILE` with file and line, `INCOMPATIBLE_SHAPE` for features that do
   * not belong to the structures, `CANCELLED`
   */
  async load(
    { structures: path, features }: DatasetFiles,
    runner: TaskRunner,
    onProgress?: (fraction: number) => void,
  ): Promise<LoadedDataset> {
    const share = features === null ? 1 : STRUCTURES_SHARE;
    const loaded = await this.#loadStructures(path, runner, (fraction) => {
      onProgress?.(share * fraction);
    });
    if (features === null) return loaded;
    const hash = joinHashes(loaded.hash, await this.hash(features.path, Infinity), features);
    const known = this.#features.get(hash);
    if (known !== undefined) return { ...loaded, hash, features: known };
    const matrix = await readFeatures(features, loaded.structures, {
      allocate: (length) => runner.allocate(length),
      isCancelled: runner.isCancelled,
      onProgress: (fraction) => {
        onProgress?.(share + (1 - share) * fraction);
      },
    });
    this.#features.set(hash, matrix);
    return { ...loaded, hash, features: matrix };
  }

  async #loadStructures(
    path: string,
    runner: TaskRunner,
    onProgress?: (fraction: number) => void,
  ): Promise<LoadedDataset> {
    const fileName = basename(path);
    const hash = await this.hash(path);
    const known = this.#parsed.get(hash);
    if (known !== undefined) return { structures: known, hash, fileName };
    const bytes = await reading(path, () => readFile(path));
    // The file may have changed since it was hashed: what is parsed is what counts.
    const found = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    const task = { kind: "parse", bytes: await unpackGzip(bytes, fileName), fileName } as const;
    const structures = await runner.run<"parse">(task, onProgress);
    this.#parsed.set(found, structures);
    return { structures, hash: found, fileName };
  }

  /** Forgets the structures of all files but these. */
  retain(hashes: ReadonlySet<string>): void {
    for (const hash of this.#parsed.keys()) {
      if (!hashes.has(hash)) this.#parsed.delete(hash);
    }
    for (const hash of this.#features.keys()) {
      if (!hashes.has(hash)) this.#features.delete(hash);
    }
  }
}
