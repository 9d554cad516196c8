/** Carries out one task on one backend: what a worker does. Pure apart from the task's outputs. */
import { readExtendedXyz } from "../formats/extendedXyz.ts";
import { kernelSpace, projectToKernelSpace } from "../models/kernelSpace.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import type { CellGrid } from "../structures/cellGrid.ts";
import { estimateError, fit } from "./fitTask.ts";
import { coordinationNumbers } from "../structures/coordination.ts";
import { asStructure, describeInBlocks, gridOf, requireRunning } from "./describeBlocks.ts";
import { evaluateTarget, makeMap } from "./targetTask.ts";
import {
  BLOCK_ENVIRONMENTS,
  type ActiveKernelTask,
  type Atoms,
  type DescribeTask,
  type ParseTask,
  type ProductsTask,
  type ProjectTask,
  type StructureKernelsTask,
  type Task,
  type TaskControl,
  type TaskResult,
} from "./task.ts";

/**
 * Carries out a task.
 * @throws StudioError `CANCELLED` when `isCancelled` becomes true, and what the science throws
 */
export function executeTask<K extends Task["kind"]>(
  task: Extract<Task, { kind: K }>,
  backend: NumericsBackend,
  control: TaskControl,
): TaskResult<K> {
  return dispatch(task, backend, control) as TaskResult<K>;
}

function dispatch(task: Task, backend: NumericsBackend, control: TaskControl): unknown {
  switch (task.kind) {
    case "parse":
      return parse(task, control);
    case "describe":
      return describe(task, backend, control);
    case "products":
      return products(task, backend);
    case "activeKernel":
      return activeKernel(task, backend);
    case "structureKernels":
      return structureKernels(task, backend, control);
    case "kernelSpace":
      return kernelSpace(task.kernelMM, backend);
    case "project":
      return project(task, backend);
    case "fit":
      return fit(task, backend);
    case "target":
      return evaluateTarget(task, backend, control);
    case "errorEstimate":
      return estimateError(task, backend);
    case "map":
      return makeMap(task, backend, control);
    case "coordination":
      return coordinationNumbers(asStructure(task.atoms));
  }
}

function parse(task: ParseTask, { isCancelled, onProgress }: TaskControl): unknown {
  return readExtendedXyz(task.bytes, {
    fileName: task.fileName,
    isCancelled,
    onProgress: (done, total) => onProgress?.(total === 0 ? 1 : done / total),
  });
}

function describe(task: DescribeTask, backend: NumericsBackend, control: TaskControl): null {
  let row = 0;
  let grid: CellGrid | undefined;
  let last: Atoms | undefined;
  for (const range of task.ranges) {
    // Single atoms of one structure share its grid.
    if (range.atoms !== last) {
      grid = gridOf(range, task.soap);
      last = range.atoms;
    }
    const first = row - range.start;
    const store = (features: DenseMatrix, start: number): void => {
      task.out.data.set(features.data, (first + start) * task.out.cols);
    };
    describeInBlocks(range, task.soap, backend, control, store, grid);
    row += range.end - range.start;
  }
  return null;
}

function products({ rows, features, start, out }: ProductsTask, backend: NumericsBackend): null {
  const block = denseMatrix(rows.rows, features.rows);
  backend.gemm(1, rows, false, features, true, 0, block);
  for (let i = 0; i < rows.rows; i++) {
    out.data.set(rowRange(block, i, i + 1).data, i * out.cols + start);
  }
  return null;
}

function activeKernel({ kernel, start, out }: ActiveKernelTask, backend: NumericsBackend): null {
  const end = start + out.rows;
  const { active, activeSpecies, zeta } = kernel;
  const rows = rowRange(active, start, end);
  const rowSpecies = activeSpecies.subarray(start, end);
  backend.polynomialKernel(rows, rowSpecies, active, activeSpecies, zeta, out);
  return null;
}

/** Each structure by itself, in blocks: its row does not depend on its neighbours in the task. */
function structureKernels(
  task: StructureKernelsTask,
  backend: NumericsBackend,
  control: TaskControl,
): null {
  const { active, activeSpecies, zeta } = task.kernel;
  for (const { source, out } of task.structures) {
    out.data.fill(0);
    const part = denseMatrix(1, active.rows);
    const add = (features: DenseMatrix, species: Uint8Array): void => {
      const offsets = Int32Array.of(0, features.rows);
      backend.polynomialKernelSums(features, species, offsets, active, activeSpecies, zeta, part);
      for (let j = 0; j < part.cols; j++) out.data[j]! += part.data[j]!;
    };
    if ("range" in source) {
      const { species } = source.range.atoms;
      describeInBlocks(source.range, source.soap, backend, control, (features, start, end) => {
        add(features, species.subarray(start, end));
      });
      continue;
    }
    for (let start = 0; start < source.features.rows; start += BLOCK_ENVIRONMENTS) {
      requireRunning(control);
      const end = Math.min(start + BLOCK_ENVIRONMENTS, source.features.rows);
      add(rowRange(source.features, start, end), source.species.subarray(start, end));
    }
  }
  return null;
}

function project({ space, kernels, out }: ProjectTask, backend: NumericsBackend): null {
  out.data.set(projectToKernelSpace(space, kernels, backend).data);
  return null;
}
