/** LPR and prediction of the toy model over a range of x (Chong et al. 2023, Figs. 2 and 3). */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { createReferenceBackend } from "../numerics/reference/backend.ts";
import { featureErrorEstimate } from "../rigidity/errorEstimate.ts";
import { localPredictionRigidity } from "../rigidity/rigidityFactor.ts";
import {
  fitToySystem,
  toyFeatures,
  toyGroupSize,
  toyGroupTotal,
  toyLoss,
  toyPredictions,
  toyTarget,
  type ToyFit,
  type ToySystem,
} from "./toySystem.ts";

/** One type of local features over the grid; all arrays have the length of the grid. */
export interface ToyCurve {
  /** Name of the type. */
  readonly type: string;
  /** LPR(x), > 0. */
  readonly lpr: Float64Array;
  /** ỹ(x). */
  readonly prediction: Float64Array;
  /** f(x), what the totals are made of. */
  readonly target: Float64Array;
}

/** A group of the training set and what the model makes of it. */
export interface ToyGroupFit {
  /** N_A. */
  readonly size: number;
  /** Σ x / N_A over all types: the stars of Fig. 2. */
  readonly meanX: number;
  /** Y_A. */
  readonly total: number;
  /** Ỹ_A; Ỹ_A / N_A are the crosses of Fig. 1. */
  readonly predictedTotal: number;
}

/** The profile of a toy system. */
export interface ToyProfile {
  readonly x: Float64Array;
  /** One for each type of the system. */
  readonly curves: readonly ToyCurve[];
  /** One for each group of the system. */
  readonly groups: readonly ToyGroupFit[];
  /** The minimised loss, regularisation included. */
  readonly loss: number;
  /** Estimated condition number of H. */
  readonly conditionEstimate: number;
  /** A-posteriori relative error estimate of the LPR. */
  readonly errorEstimate: number;
}

/** A local maximum of an LPR curve. */
export interface ToyPeak {
  readonly x: number;
  readonly lpr: number;
}

/**
 * `count` evenly spaced numbers from `first` to `last`, both included.
 * @throws StudioError `INVALID_PARAMETER` unless `count` is an integer ≥ 2 and the ends are finite
 */
export function evenGrid(first: number, last: number, count: number): Float64Array {
  if (!Number.isInteger(count) || count < 2 || !Number.isFinite(last - first)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `a grid of ${count} points from ${first} to ${last} was asked for, expected at least 2 points between finite numbers`,
    );
  }
  return Float64Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    return (1 - share) * first + share * last;
  });
}

/**
 * Trains the model and evaluates LPR (Eq. 14 with μ), prediction and target on a grid.
 *
 * @param grid - any finite x; not copied
 * @throws StudioError as `fitToySystem` and `toyFeatures`
 */
export function toyProfile(
  system: ToySystem,
  grid: Float64Array,
  backend: NumericsBackend = createReferenceBackend(),
): ToyProfile {
  const fit = fitToySystem(system, backend);
  let errorEstimate = 0;
  const curves = system.types.map(({ name }, type): ToyCurve => {
    const phi = toyFeatures(system, type, grid);
    const lpr = localPredictionRigidity(fit.factor, phi, backend);
    const sample = { structureRows: fit.rows, phi, rigidity: lpr };
    errorEstimate = Math.max(
      errorEstimate,
      featureErrorEstimate(sample, system.regularizer, backend),
    );
    return {
      type: name,
      lpr,
      prediction: toyPredictions(phi, fit.weights),
      target: grid.map((x) => toyTarget(system, type, x)),
    };
  });
  return {
    x: grid,
    curves,
    groups: groupFits(system, fit),
    loss: toyLoss(fit, fit.weights, system.regularizer),
    conditionEstimate: fit.factor.conditionEstimate,
    errorEstimate,
  };
}

function groupFits(system: ToySystem, fit: ToyFit): ToyGroupFit[] {
  const totals = toyGroupPredictions(system, fit.weights);
  return system.groups.map((group, a) => {
    const size = toyGroupSize(group);
    const sum = group.x.flat().reduce((total, x) => total + x, 0);
    return {
      size,
      meanX: sum / size,
      total: toyGroupTotal(system, group),
      predictedTotal: totals[a] ?? 0,
    };
  });
}

/**
 * Root mean square over the groups of (Ỹ_A − Y_A) / N_A: what rigid predictions must not cost.
 * @param groups - at least one
 */
export function toyTotalsError(groups: readonly ToyGroupFit[]): number {
  const squares = groups.reduce(
    (sum, { predictedTotal, total, size }) => sum + ((predictedTotal - total) / size) ** 2,
    0,
  );
  return Math.sqrt(squares / groups.length);
}

/** Ỹ_A = Σ_{i∈A} ỹ(x_i) of every group at any weights. */
export function toyGroupPredictions(system: ToySystem, weights: Float64Array): Float64Array {
  return Float64Array.from(system.groups, (group) => {
    let total = 0;
    group.x.forEach((values, type) => {
      for (const value of toyPredictions(toyFeatures(system, type, values), weights)) {
        total += value;
      }
    });
    return total;
  });
}

/**
 * The local maxima of a curve, ends of the grid left out. Numerical noise makes no peak: only those
 * that stand out of the valleys on both sides by a tenth are kept.
 *
 * @param lpr - one value for each x, > 0
 */
export function toyPeaks(x: Float64Array, lpr: Float64Array): ToyPeak[] {
  const peaks: ToyPeak[] = [];
  lpr.forEach((height, i) => {
    const isTop = height > (lpr[i - 1] ?? height) && height >= (lpr[i + 1] ?? Infinity);
    if (isTop && standsOut(lpr, i, height)) peaks.push({ x: x[i] ?? 0, lpr: height });
  });
  return peaks;
}

const PROMINENCE = 1.1;

function standsOut(lpr: Float64Array, peak: number, height: number): boolean {
  return [-1, 1].every((step) => {
    let lowest = height;
    for (let i = peak + step; i >= 0 && i < lpr.length; i += step) {
      const value = lpr[i] ?? 0;
      if (value > height) break;
      lowest = Math.min(lowest, value);
    }
    return height >= PROMINENCE * lowest;
  });
}
