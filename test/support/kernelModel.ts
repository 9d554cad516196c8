/** A sparse kernel model on SOAP-like features, nearly singular, from a seed. */
import { farthestPoints, gatherRows } from "../../src/models/farthestPoints.ts";
import {
  defaultDropTolerance,
  kernelSpace,
  projectToKernelSpace,
} from "../../src/models/kernelSpace.ts";
import { rowScales, scaleRows } from "../../src/models/structureRows.ts";
import type { NumericsBackend } from "../../src/numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../../src/numerics/matrix.ts";
import { factorize, localPredictionRigidity } from "../../src/rigidity/rigidityFactor.ts";
import { soapLikeFeatures } from "./matrices.ts";

export interface KernelMatrices {
  readonly kernelMM: DenseMatrix;
  /** Mean rows of K_NM. */
  readonly structureKernels: DenseMatrix;
  readonly targetKernels: DenseMatrix;
}

/** 40 structures of 10 environments, 200 targets, farthest points. */
export async function soapLikeKernels(
  backend: NumericsBackend,
  options: { readonly size: number; readonly zeta: number; readonly decay: number },
): Promise<KernelMatrices> {
  const { size, zeta, decay } = options;
  const train = soapLikeFeatures(400, 24, 101, decay);
  const targets = soapLikeFeatures(200, 24, 102, decay);
  const { indices } = await farthestPoints(train, zeta, size, 0, backend);
  const active = gatherRows(train, indices);
  const carbon = (matrix: DenseMatrix) => new Uint8Array(matrix.rows).fill(6);
  const kernel = (x: DenseMatrix): DenseMatrix => {
    const out = denseMatrix(x.rows, active.rows);
    backend.polynomialKernel(x, carbon(x), active, carbon(active), zeta, out);
    return out;
  };
  const sums = denseMatrix(40, active.rows);
  const offsets = Int32Array.from({ length: 41 }, (_, a) => 10 * a);
  backend.polynomialKernelSums(train, carbon(train), offsets, active, carbon(active), zeta, sums);
  return {
    kernelMM: kernel(active),
    structureKernels: scaleRows(sums, rowScales(new Array<number>(40).fill(10), "mean")),
    targetKernels: kernel(targets),
  };
}

/** LPR of the targets by the stable route. */
export function kernelRigidity(
  kernels: KernelMatrices,
  regularizer: number,
  backend: NumericsBackend,
  dropTolerance: number = defaultDropTolerance(kernels.kernelMM.rows),
): Float64Array {
  const space = kernelSpace(kernels.kernelMM, backend, dropTolerance);
  const project = (matrix: DenseMatrix) => projectToKernelSpace(space, matrix, backend);
  const factor = factorize(project(kernels.structureKernels), regularizer, backend);
  return localPredictionRigidity(factor, project(kernels.targetKernels), backend);
}
