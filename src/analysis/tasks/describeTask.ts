/** The tasks about structures: reading a file, and features of its environments. */
import { readStructures } from "../../formats/readStructures.ts";
import type { NumericsBackend } from "../../numerics/backend.ts";
import type { DenseMatrix } from "../../numerics/matrix.ts";
import type { CellGrid } from "../../structures/cellGrid.ts";
import { requireDrawableStructure } from "../../structures/checkStructure.ts";
import type { Structure } from "../../structures/structure.ts";
import { describeInBlocks, gridOf } from "./describeBlocks.ts";
import type { Atoms, AtomRange, DescriptorContext, TaskControl } from "./taskContext.ts";

/** Reads a structure file. */
export interface ParseTask {
  readonly kind: "parse";
  /** The file, gzipped or not. */
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

/** Features of some environments, row by row into `out` (n × d). */
export interface DescribeTask {
  readonly kind: "describe";
  readonly ranges: readonly AtomRange[];
  readonly descriptor: DescriptorContext;
  readonly out: DenseMatrix;
}

/** From files to features. */
export type DescriptionTask = ParseTask | DescribeTask;

/** What they give back besides their outputs. */
export interface DescriptionTaskResults {
  parse: readonly Structure[];
  describe: null;
}

/** Reads a structure file. */
export function parse(
  task: ParseTask,
  { isCancelled, onProgress }: TaskControl,
): readonly Structure[] {
  const { fileName } = task;
  const structures = readStructures(task.bytes, {
    fileName,
    isCancelled,
    onProgress: (done, total) => onProgress?.(total === 0 ? 1 : done / total),
  });
  structures.forEach((structure, structureIndex) => {
    requireDrawableStructure(structure, { file: fileName, structureIndex });
  });
  return structures;
}

/** Features of the environments of the ranges, in blocks. */
export function describe(task: DescribeTask, backend: NumericsBackend, control: TaskControl): null {
  let row = 0;
  let grid: CellGrid | null = null;
  let last: Atoms | undefined;
  for (const range of task.ranges) {
    // Single atoms of one structure share its grid.
    if (range.atoms !== last) {
      grid = gridOf(range, task.descriptor);
      last = range.atoms;
    }
    const first = row - range.start;
    const store = (features: DenseMatrix, start: number): void => {
      task.out.data.set(features.data, (first + start) * task.out.cols);
    };
    describeInBlocks(range, task.descriptor, backend, control, store, grid);
    row += range.end - range.start;
  }
  return null;
}
