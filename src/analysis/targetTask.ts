/** The tasks about targets: LPR block by block (describe → k_Mk → φ → LPR), and the kernel map. */
import { localEnergies } from "../models/energyModel.ts";
import { projectToKernelSpace } from "../models/kernelSpace.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { localPredictionRigidity } from "../rigidity/rigidityFactor.ts";
import { coordinationNumbers } from "../structures/coordination.ts";
import { asStructure, describeInBlocks } from "./describeBlocks.ts";
import { fitExactKernelMap, fitLandmarkKernelMap } from "../projection/kernelPca.ts";
import type { MapTask, MapTaskResult, TargetTask, TaskControl, TaskResult } from "./task.ts";

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

/** Kernel PCA of all targets. */
export function makeMap(task: MapTask, backend: NumericsBackend): MapTaskResult {
  const { method, rows, species, zeta, components } = task;
  if (method === "landmark") return fitLandmarkKernelMap(rows, components, backend);
  const kernel = denseMatrix(rows.rows, rows.rows);
  backend.polynomialKernel(rows, species, rows, species, zeta, kernel);
  return fitExactKernelMap(kernel, components, backend);
}
