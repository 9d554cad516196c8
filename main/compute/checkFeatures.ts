/** Looking through a file of features to its end, before it is imported. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { requireRunning } from "../../src/analysis/tasks/describeBlocks.ts";
import type { JobProgress } from "../../src/analysis/result.ts";
import type { FeatureCheck, FeatureCheckQuestion } from "../../src/contract/features.ts";
import { StudioError } from "../../src/errors.ts";
import { readArrayFile, type StoredArray } from "./arrayFile.ts";
import { matrixShape } from "./readFeatures.ts";

/** What looking talks to. */
export interface FeatureCheckControl {
  readonly memoryLimitBytes: number;
  readonly isCancelled: () => boolean;
  readonly onProgress: (progress: JobProgress) => void;
}

const BLOCK_BYTES = 2 ** 20;
/** Of the time: numbers first, then the hash of the file. */
const NUMBERS_SHARE = 0.7;

/**
 * Counts values that are not finite and hashes the file, a block at a time.
 * @throws StudioError `INVALID_FILE`; `INCOMPATIBLE_SHAPE` for anything but a matrix; `OUT_OF_MEMORY`
 * for features beyond the memory limit, before they are read; `CANCELLED`
 */
export async function checkFeatures(
  { path, array: wanted }: FeatureCheckQuestion,
  control: FeatureCheckControl,
): Promise<FeatureCheck> {
  const { arrays } = await readArrayFile(path, basename(path));
  const array = arrays.find(({ name }) => name === wanted);
  if (array === undefined) {
    throw new StudioError("INVALID_FILE", `there is no array "${wanted ?? ""}" any more`, {
      location: { file: path },
      remedy: "Choose the file again.",
    });
  }
  requireRoom(array, path, control.memoryLimitBytes);
  const found = await lookThrough(array, path, control);
  return { ...found, hash: await hashOf(path, control) };
}

function requireRoom({ header }: StoredArray, path: string, limit: number): void {
  const bytes = 8 * header.length;
  if (bytes <= limit) return;
  const gib = (value: number): string => `${(value / 2 ** 30).toFixed(2)} GiB`;
  throw new StudioError(
    "OUT_OF_MEMORY",
    `${header.shape.join(" × ")} features take ${gib(bytes)} as double precision numbers; this window may use ${gib(limit)}`,
    {
      location: { file: path },
      remedy: "Save fewer features for each atom, or features of fewer structures.",
    },
  );
}

async function lookThrough(
  { header, values }: StoredArray,
  path: string,
  { isCancelled, onProgress }: FeatureCheckControl,
): Promise<Pick<FeatureCheck, "notFinite" | "firstNotFinite">> {
  const [rows, columns] = matrixShape(header, path);
  let notFinite = 0;
  let first: FeatureCheck["firstNotFinite"] = null;
  let position = 0;
  for await (const block of values()) {
    requireRunning({ isCancelled });
    for (let i = 0; i < block.length; i++) {
      if (Number.isFinite(block[i])) continue;
      notFinite++;
      first ??= placeOf(position + i, rows, columns, header.fortranOrder);
    }
    position += block.length;
    const fraction = NUMBERS_SHARE * (position / Math.max(1, header.length));
    onProgress({ stage: "Looking for values that are not finite", fraction });
  }
  return { notFinite, firstNotFinite: first };
}

function placeOf(
  position: number,
  rows: number,
  columns: number,
  fortranOrder: boolean,
): { readonly row: number; readonly column: number } {
  return fortranOrder
    ? { row: position % rows, column: Math.floor(position / rows) }
    : { row: Math.floor(position / columns), column: position % columns };
}

/** As `hashFile`, with progress. */
async function hashOf(
  path: string,
  { isCancelled, onProgress }: FeatureCheckControl,
): Promise<string> {
  const hash = createHash("sha256");
  const { size } = await stat(path);
  const stream = createReadStream(path, { highWaterMark: BLOCK_BYTES });
  for await (const chunk of stream) {
    requireRunning({ isCancelled });
    hash.update(chunk as Buffer);
    const share = Math.min(1, stream.bytesRead / Math.max(1, size));
    const fraction = NUMBERS_SHARE + (1 - NUMBERS_SHARE) * share;
    onProgress({ stage: "Taking the content hash", fraction });
  }
  return `sha256:${hash.digest("hex")}`;
}
