/** The tasks about targets: LPR block by block (describe → k_Mk → φ → LPR), and the kernel map. */
import { localEnergies } from "../models/energyModel.ts";
import { projectToKernelSpace } from "../models/kernelSpace.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { localPredictionRigidity } from "../rigidity/rigidityFactor.ts";
import { coordinationNumbers } from "../structures/coordination.ts";
import { asStructure, describeInBlocks, requireRunning } from "./describeBlocks.ts";
import { fitExactKernelMap, fitLandmarkKernelMap } from "../projection/kernelPca.ts";
import {
  BLOCK_ENVIRONMENTS,
  type MapTask,
  type MapTaskResult,
  type TargetTask,
  type TaskControl,
  type TaskResult,
} from "./task.ts";

/** Fills the outputs of the task. An environment with φ = 0 gets an infinite LPR. */
export function evaluateTarget(
  task: TargetTask,
  backend: NumericsBackend,
  control: TaskControl,
): TaskResult<"target"> {
  const { range, soap, kernel, space, variants, lpr, localEnergy } = task;
  describeInBlocks(range, soap, backend, control, (features, start, end) => {
    const species = range.atoms.species.subarray(start, end);
    const offset = start - range.start;
    const kernels = denseMatrix(end - start, kernel.active.rows);
    const { active, activeSpecies, zeta } = kernel;
    backend.polynomialKernel(features, species, active, activeSpecies, zeta, kernels);
    const phi = projectToKernelSpace(space, kernels, backend);
    variants.forEach(({ factor, model }, v) => {
      lpr[v]?.set(localPredictionRigidity(factor, phi, backend), offset);
      if (model === null) return;
      localEnergy?.[v]?.set(localEnergies(model, phi, species, backend), offset);
    });
    if (task.mapRows === null) return;
    const rows = task.mapRows.method === "exact" ? features : phi;
    copyColumns(rows, task.mapRows.out, offset);
  });
  const centers = { start: range.start, end: range.end };
  return { coordination: coordinationNumbers(asStructure(range.atoms), { range: centers }) };
}

/** The leading columns of `rows` into rows `first …` of `out`. */
function copyColumns(rows: DenseMatrix, out: DenseMatrix, first: number): void {
  for (let i = 0; i < rows.rows; i++) {
    const source = rows.data.subarray(i * rows.cols, i * rows.cols + out.cols);
    out.data.set(source, (first + i) * out.cols);
  }
}

/** Share of the exact map that its kernel takes, for the progress. */
const KERNEL_SHARE = 0.5;

/** Kernel PCA of all targets. Cancellation is polled between blocks of the kernel and products. */
export function makeMap(
  task: MapTask,
  backend: NumericsBackend,
  control: TaskControl,
): MapTaskResult {
  const { method, rows, components } = task;
  if (method === "landmark") return fitLandmarkKernelMap(rows, components, backend);
  const kernel = mapKernel(task, backend, control);
  return fitExactKernelMap(kernel, components, backend, {
    overwriteKernel: true,
    isCancelled: control.isCancelled,
    onProgress: (fraction) => {
      control.onProgress?.(KERNEL_SHARE + (1 - KERNEL_SHARE) * fraction);
    },
  });
}

function mapKernel(
  { rows, species, zeta }: MapTask,
  backend: NumericsBackend,
  control: TaskControl,
): DenseMatrix {
  const n = rows.rows;
  const kernel = denseMatrix(n, n);
  for (let start = 0; start < n; start += BLOCK_ENVIRONMENTS) {
    requireRunning(control);
    const end = Math.min(start + BLOCK_ENVIRONMENTS, n);
    const block = rowRange(rows, start, end);
    const blockSpecies = species.subarray(start, end);
    const out = rowRange(kernel, start, end);
    backend.polynomialKernel(block, blockSpecies, rows, species, zeta, out);
    control.onProgress?.((KERNEL_SHARE * end) / n);
  }
  return kernel;
}
