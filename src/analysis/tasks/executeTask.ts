/** Carries out one task on one backend: what a worker does. Pure apart from the task's outputs. */
import type { NumericsBackend } from "../../numerics/backend.ts";
import { bondList } from "../../structures/bonds.ts";
import { coordinationNumbers } from "../../structures/coordination.ts";
import { kernelSpace } from "../../models/kernelSpace.ts";
import { activeKernel, leverage, products } from "./activeTask.ts";
import { asStructure } from "./describeBlocks.ts";
import { evaluateCrystal } from "./crystalTask.ts";
import { describe, parse } from "./describeTask.ts";
import { calibrate, committee, predict } from "./energyTask.ts";
import { estimateError, fit, searchForRegularizer } from "./fitTask.ts";
import { project, structureKernels, structureRows, trainNetworkOf } from "./structureRowsTask.ts";
import { accuracy, choose, evaluateAtoms, rank, rigidityOf, whitenRows } from "./suggestTask.ts";
import { evaluateTarget, makeMap } from "./targetTask.ts";
import type { Task, TaskResult } from "./task.ts";
import type { TaskControl } from "./taskContext.ts";

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
  accuracy,
  crystal: evaluateCrystal,
};
