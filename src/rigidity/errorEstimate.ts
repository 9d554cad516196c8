/**
 * How many digits of an LPR to believe. Kernel entries carry rounding noise which a nearly singular
 * K_MM amplifies by an amount that no formula predicts sharply; so it is measured: the entries are
 * perturbed by more than their noise, everything is factored again, and the largest change of a
 * sample of targets is multiplied by a safety factor.
 */
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { createRandom, uniform, type RandomState } from "../random.ts";
import { gatherRows } from "../models/farthestPoints.ts";
import { kernelSpace, projectToKernelSpace } from "../models/kernelSpace.ts";
import { factorize, localPredictionRigidity } from "./rigidityFactor.ts";

/** The kernel entries behind one set of LPR values, and the values. */
export interface KernelSample {
  /** K_MM, (M × M). */
  readonly kernelMM: DenseMatrix;
  /** Rows of K_NM scaled by the structure-row convention, (nStructures × M). */
  readonly structureKernels: DenseMatrix;
  /** k_Mk of the sampled targets as rows, (m × M); choose them by {@link errorSample}. */
  readonly targetKernels: DenseMatrix;
  /** LPR of the sampled targets, length m. */
  readonly rigidity: Float64Array;
}

/** The same for a model on features. */
export interface FeatureSample {
  /** Φ scaled by the structure-row convention, (nStructures × d). */
  readonly structureRows: DenseMatrix;
  /** φ of the sampled targets, (m × d). */
  readonly phi: DenseMatrix;
  /** LPR of the sampled targets, length m. */
  readonly rigidity: Float64Array;
}

/** Relative size of the perturbation: some tens of units in the last place. */
const PERTURBATION = 1e-14;

/**
 * The largest change seen in a sample of targets under one perturbation is exceeded by other
 * perturbations and other targets; over seeds and targets the changes scatter by a factor of two to
 * four, and ten covers it.
 */
const SAFETY = 10;

/** Seed of the perturbation: fixed, so that a result is the same every time. */
const SEED = 20_231_116;

/**
 * Relative error estimate of sparse kernel LPR: no relative perturbation of 1e-14 of the entries of
 * K_MM, K_NM and k_Mk is expected to change an LPR by more. Costs one more factorisation.
 *
 * @param dropTolerance - tolerance of the kernel space the LPR came from
 * @returns ≥ 1e-13
 * @throws StudioError as `kernelSpace` and `factorize`
 */
export function kernelErrorEstimate(
  sample: KernelSample,
  regularizer: number,
  dropTolerance: number,
  backend: NumericsBackend,
): number {
  const random = createRandom(SEED);
  const space = kernelSpace(perturbSymmetric(sample.kernelMM, random), backend, dropTolerance);
  const project = (kernels: DenseMatrix): DenseMatrix =>
    projectToKernelSpace(space, perturb(kernels, random), backend);
  const factor = factorize(project(sample.structureKernels), regularizer, backend);
  const again = localPredictionRigidity(factor, project(sample.targetKernels), backend);
  return SAFETY * Math.max(PERTURBATION, largestChange(sample.rigidity, again));
}

/**
 * Relative error estimate of LPR on features, in the same sense.
 *
 * @returns ≥ 1e-13
 * @throws StudioError as `factorize`
 */
export function featureErrorEstimate(
  sample: FeatureSample,
  regularizer: number,
  backend: NumericsBackend,
): number {
  const random = createRandom(SEED);
  const factor = factorize(perturb(sample.structureRows, random), regularizer, backend);
  const again = localPredictionRigidity(factor, perturb(sample.phi, random), backend);
  return SAFETY * Math.max(PERTURBATION, largestChange(sample.rigidity, again));
}

/**
 * Which targets to estimate the error on: a third with the smallest LPR, a third with the largest
 * (where φᵀH⁻¹φ is small, noise weighs most), a third spread evenly between.
 *
 * @param rigidity - LPR of all targets
 * @returns ascending indices of at most `count` targets with finite LPR
 */
export function errorSample(rigidity: Float64Array, count = 96): Int32Array {
  const order = [...rigidity.keys()]
    .filter((k) => Number.isFinite(rigidity[k]))
    .sort((a, b) => rigidity[a]! - rigidity[b]! || a - b);
  if (order.length <= count) return Int32Array.from(order).sort();
  const third = Math.floor(count / 3);
  const chosen = new Set([...order.slice(0, third), ...order.slice(order.length - third)]);
  const middle = order.slice(third, order.length - third);
  const rest = count - 2 * third;
  for (let j = 0; j < rest; j++) {
    chosen.add(middle[Math.floor(((j + 0.5) * middle.length) / rest)]!);
  }
  return Int32Array.from(chosen).sort();
}

/** The sampled rows of k_Mk or φ, and the sampled LPR. */
export function takeSample(
  rows: DenseMatrix,
  rigidity: Float64Array,
  indices: Int32Array,
): { readonly rows: DenseMatrix; readonly rigidity: Float64Array } {
  return {
    rows: gatherRows(rows, indices),
    rigidity: Float64Array.from(indices, (index) => rigidity[index]!),
  };
}

/**
 * Every entry multiplied by 1 + u, u uniform on ±`level`.
 * @param random - advanced
 */
export function perturb(
  matrix: DenseMatrix,
  random: RandomState,
  level: number = PERTURBATION,
): DenseMatrix {
  const data = matrix.data.map((value) => value * (1 + level * (2 * uniform(random) - 1)));
  return denseMatrix(matrix.rows, matrix.cols, data);
}

/** The same for a symmetric matrix: entries (i, j) and (j, i) change together. */
export function perturbSymmetric(
  matrix: DenseMatrix,
  random: RandomState,
  level: number = PERTURBATION,
): DenseMatrix {
  const out = perturb(matrix, random, level);
  const n = matrix.rows;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) out.data[j * n + i] = out.data[i * n + j]!;
  }
  return out;
}

function largestChange(before: Float64Array, after: Float64Array): number {
  let largest = 0;
  before.forEach((value, k) => {
    if (Number.isFinite(value)) {
      largest = Math.max(largest, Math.abs(after[k]! - value) / value);
    }
  });
  return largest;
}
