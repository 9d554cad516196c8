/** The tasks about the active set: choosing it, its kernel, and the feature space of that. */
import type { ActiveSetSelection } from "../../models/activeSet.ts";
import { selectActiveSetByCur } from "../../models/curSelection.ts";
import type { KernelSpace } from "../../models/kernelSpace.ts";
import type { NumericsBackend } from "../../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { requireRunning } from "./describeBlocks.ts";
import type { KernelContext, TaskControl } from "./taskContext.ts";

/** Columns `start …` of `out` (m × n) ← rows (m × d) · features (block × d)ᵀ. */
export interface ProductsTask {
  readonly kind: "products";
  readonly rows: DenseMatrix;
  readonly features: DenseMatrix;
  readonly start: number;
  readonly out: DenseMatrix;
}

/** Rows of K_MM: `out` (n × M) ← kernel of the active environments `start … start + n − 1`. */
export interface ActiveKernelTask {
  readonly kind: "activeKernel";
  readonly kernel: KernelContext;
  readonly start: number;
  readonly out: DenseMatrix;
}

/** Chooses active points by CUR. */
export interface LeverageTask {
  readonly kind: "leverage";
  readonly features: DenseMatrix;
  readonly species: Uint8Array;
  readonly zeta: number;
  readonly size: number;
}

/** The kernel's own feature space from K_MM (M × M). */
export interface KernelSpaceTask {
  readonly kind: "kernelSpace";
  readonly kernelMM: DenseMatrix;
}

/** Every kind of work for the active set. */
export type ActiveTask = ProductsTask | ActiveKernelTask | LeverageTask | KernelSpaceTask;

/** What they give back besides their outputs. */
export interface ActiveTaskResults {
  products: null;
  activeKernel: null;
  leverage: ActiveSetSelection;
  kernelSpace: KernelSpace;
}

/** Products of chosen rows with a block of the candidates. */
export function products(
  { rows, features, start, out }: ProductsTask,
  backend: NumericsBackend,
): null {
  const block = denseMatrix(rows.rows, features.rows);
  backend.gemm(1, rows, false, features, true, 0, block);
  for (let i = 0; i < rows.rows; i++) {
    out.data.set(rowRange(block, i, i + 1).data, i * out.cols + start);
  }
  return null;
}

/** Some rows of K_MM. */
export function activeKernel(
  { kernel, start, out }: ActiveKernelTask,
  backend: NumericsBackend,
): null {
  const end = start + out.rows;
  const { active, activeSpecies, zeta } = kernel;
  const rows = rowRange(active, start, end);
  const rowSpecies = activeSpecies.subarray(start, end);
  backend.polynomialKernel(rows, rowSpecies, active, activeSpecies, zeta, out);
  return null;
}

/** The active set by CUR; cancellation is polled after each point. */
export function leverage(
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
