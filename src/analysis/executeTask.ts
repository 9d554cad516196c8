/** Carries out one task on one backend: what a worker does. Pure apart from the task's outputs. */
import { readStructures } from "../formats/readStructures.ts";
import type { ActiveSetSelection } from "../models/activeSet.ts";
import { selectActiveSetByCur } from "../models/curSelection.ts";
import { kernelSpace, projectToKernelSpace } from "../models/kernelSpace.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { bondList } from "../structures/bonds.ts";
import type { CellGrid } from "../structures/cellGrid.ts";
import type { Structure } from "../structures/structure.ts";
import { calibrate, committee, predict } from "./energyTasks.ts";
import { estimateError, fit, searchForRegularizer } from "./fitTask.ts";
import { structureRows, trainNetworkOf } from "./structureRowsTask.ts";
import { coordinationNumbers } from "../structures/coordination.ts";
import {
  asStructure,
  describeInBlocks,
  gridOf,
  requireRunning,
  visitSource,
} from "./describeBlocks.ts";
import { choose, evaluateAtoms, rank, rigidityOf, whitenRows } from "./suggestTask.ts";
import { evaluateTarget, makeMap } from "./targetTask.ts";
import type {
  ActiveKernelTask,
  Atoms,
  DescribeTask,
  LeverageTask,
  ParseTask,
  ProductsTask,
  ProjectTask,
  StructureKernelsTask,
  Task,
  TaskControl,
  TaskResult,
} from "./task.ts";

/**
 * Carries out a task. Most end before this returns; the promise is for those that need to wait.
 * @throws StudioError `CANCELLED` when `isCancelled` becomes true, and what the science throws
 */
export async function executeTask<K extends Task["kind"]>(
  task: Extract<Task, { kind: K }>,
  backend: NumericsBackend,
  control: TaskControl,
): Promise<TaskResult<K>> {
  const kind: K = task.kind;
  const handler: Handler<K> = HANDLERS[kind];
  return handler(task, backend, control);
}

type Handler<K extends Task["kind"]> = (
  task: Extract<Task, { kind: K }>,
  backend: NumericsBackend,
  control: TaskControl,
) => TaskResult<K> | Promise<TaskResult<K>>;

const HANDLERS: { readonly [K in Task["kind"]]: Handler<K> } = {
  parse: (task, _backend, control) => parse(task, control),
  describe,
  products,
  activeKernel,
  structureKernels,
  structureRows,
  trainNetwork: trainNetworkOf,
  leverage,
  regularizer: searchForRegularizer,
  kernelSpace: (task, backend) => kernelSpace(task.kernelMM, backend),
  project,
  fit,
  committee,
  calibration: calibrate,
  predict,
  target: evaluateTarget,
  errorEstimate: estimateError,
  map: makeMap,
  coordination: (task) => coordinationNumbers(asStructure(task.atoms)),
  bonds: (task) => bondList(asStructure(task.atoms)),
  phi: evaluateAtoms,
  whiten: whitenRows,
  rank,
  choose,
  rigidity: rigidityOf,
};

function parse(task: ParseTask, { isCancelled, onProgress }: TaskControl): readonly Structure[] {
  return readStructures(task.bytes, {
    fileName: task.fileName,
    isCancelled,
    onProgress: (done, total) => onProgress?.(total === 0 ? 1 : done / total),
  });
}

function describe(task: DescribeTask, backend: NumericsBackend, control: TaskControl): null {
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
    visitSource(source, backend, control, (features, species) => {
      const offsets = Int32Array.of(0, features.rows);
      backend.polynomialKernelSums(features, species, offsets, active, activeSpecies, zeta, part);
      for (let j = 0; j < part.cols; j++) out.data[j]! += part.data[j]!;
    });
  }
  return null;
}

function leverage(
  task: LeverageTask,
  backend: NumericsBackend,
  control: TaskControl,
): Promise<ActiveSetSelection> {
  const { features, species, zeta, size } = task;
  const onSelected = (selected: number): void => {
    requireRunning(control);
    control.onProgress?.(selected / size);
  };
  return selectActiveSetByCur(features, species, { zeta, size, onSelected }, backend);
}

function project({ space, kernels, out }: ProjectTask, backend: NumericsBackend): null {
  out.data.set(projectToKernelSpace(space, kernels, backend).data);
  return null;
}
