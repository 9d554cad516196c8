/**
 * The toy model of Chong et al. (2023), Sec. III: local predictions ỹ(x) that are polynomials of one
 * number x, trained on totals Y_A of groups of x. Everything about it is one plain value, `ToySystem`,
 * so that a window can change a number and draw again.
 */
import { StudioError } from "../errors.ts";
import { factorizeRidge } from "../models/ridge.ts";
import {
  rowScales,
  scaleRows,
  sumStructureRows,
  type StructureRows,
} from "../models/structureRows.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import type { RigidityFactor } from "../rigidity/rigidityFactor.ts";

/** A pseudo-structure: the local features whose total is known. */
export interface ToyGroup {
  /** The x of its members, one list for each type of the system; lists may be empty, not all. */
  readonly x: readonly (readonly number[])[];
}

/**
 * The function that the totals are made of: f(x) = offset + slope x + amplitude sin(frequency x +
 * phase). No polynomial of the model's degree equals it, as no model equals nature.
 */
export interface ToyTarget {
  readonly offset: number;
  readonly slope: number;
  readonly amplitude: number;
  /** Radians for each unit of x. */
  readonly frequency: number;
  /** Radians. */
  readonly phase: number;
}

/** A type of local features: its own prediction function and its own target. */
export interface ToyType {
  readonly name: string;
  readonly target: ToyTarget;
}

/** A toy training set and model. Plain data: survives structured clone. */
export interface ToySystem {
  /** Degree p of the polynomial, 8 in the paper. */
  readonly degree: number;
  readonly types: readonly ToyType[];
  readonly groups: readonly ToyGroup[];
  /** μ of the term μ/2 ‖w‖² on all weights, the constant one included. */
  readonly regularizer: number;
  /** How a group's row is scaled; `mean` gives the LPR ≈ 1 of Fig. 2. */
  readonly rows: StructureRows;
}

/** A trained toy model. */
export interface ToyFit {
  /** g_A scaled by the row convention, (nGroups × d). */
  readonly rows: DenseMatrix;
  /** Y_A scaled likewise. */
  readonly targets: Float64Array;
  /** Factor of H = Σ_A g_A g_Aᵀ + μ I. */
  readonly factor: RigidityFactor;
  /** w₀, length d: one block of degree + 1 powers for each type. */
  readonly weights: Float64Array;
}

/** Powers beyond this are all nearly equal on [−1, 1]: nothing is learnt from them. */
const MAX_DEGREE = 40;

/**
 * φ(x): the powers 1, x, …, x^p in the block of its type, zeros in the others.
 *
 * @param type - index of the type
 * @param x - any finite numbers; the scenarios use [−1, 1]
 * @returns (x.length × nTypes · (degree + 1))
 * @throws StudioError `INVALID_PARAMETER` for a type that the system has not, or x or its powers not
 *   finite
 */
export function toyFeatures(system: ToySystem, type: number, x: ArrayLike<number>): DenseMatrix {
  if (system.types[type] === undefined) {
    throw invalid(`type ${type} is not one of the ${system.types.length} types of the system`);
  }
  const block = system.degree + 1;
  const features = denseMatrix(x.length, system.types.length * block);
  for (let i = 0; i < x.length; i++) {
    const value = x[i] ?? 0;
    if (!Number.isFinite(value) || !Number.isFinite(value ** system.degree)) {
      throw invalid(
        `x is ${value}, expected a number whose powers up to ${system.degree} are finite`,
      );
    }
    let power = 1;
    for (let j = 0; j < block; j++) {
      features.data[i * features.cols + type * block + j] = power;
      power *= value;
    }
  }
  return features;
}

/**
 * f(x) of a type.
 * @throws StudioError `INVALID_PARAMETER` for a type that the system has not
 */
export function toyTarget(system: ToySystem, type: number, x: number): number {
  const target = system.types[type]?.target;
  if (target === undefined) {
    throw invalid(`type ${type} is not one of the ${system.types.length} types of the system`);
  }
  const { offset, slope, amplitude, frequency, phase } = target;
  return offset + slope * x + amplitude * Math.sin(frequency * x + phase);
}

/** N_A: how many local features a group has. */
export function toyGroupSize(group: ToyGroup): number {
  return group.x.reduce((count, values) => count + values.length, 0);
}

/** Y_A = Σ f(x) over the members of a group. @throws StudioError as {@link toyTarget} */
export function toyGroupTotal(system: ToySystem, group: ToyGroup): number {
  let total = 0;
  group.x.forEach((values, type) => {
    for (const x of values) total += toyTarget(system, type, x);
  });
  return total;
}

/** The system with one more group at the end. */
export function withToyGroup(system: ToySystem, group: ToyGroup): ToySystem {
  return { ...system, groups: [...system.groups, group] };
}

/**
 * Minimises the loss of Eq. 1 with L2: ½ Σ_A s_A² (Y_A − Σ_{i∈A} ỹ(x_i))² + μ/2 ‖w‖², s_A = N_A^(−p)
 * of the row convention.
 *
 * @throws StudioError `INVALID_PARAMETER` for a system that is not one (see {@link ToySystem}),
 *   `NOT_POSITIVE_DEFINITE` for μ = 0 when the groups do not determine all weights
 */
export function fitToySystem(system: ToySystem, backend: NumericsBackend): ToyFit {
  requireToySystem(system);
  const { groups, types, degree } = system;
  const sizes = groups.map(toyGroupSize);
  const offsets = new Int32Array(groups.length + 1);
  sizes.forEach((size, a) => (offsets[a + 1] = (offsets[a] ?? 0) + size));
  const members = denseMatrix(offsets[groups.length] ?? 0, types.length * (degree + 1));
  let first = 0;
  for (const group of groups) {
    group.x.forEach((values, type) => {
      rowRange(members, first, first + values.length).data.set(
        toyFeatures(system, type, values).data,
      );
      first += values.length;
    });
  }
  const scales = rowScales(sizes, system.rows);
  const rows = scaleRows(sumStructureRows(members, offsets), scales);
  const targets = Float64Array.from(
    groups,
    (group, a) => (scales[a] ?? 0) * toyGroupTotal(system, group),
  );
  return { rows, targets, ...solveToyRidge(rows, targets, system.regularizer, backend) };
}

/**
 * The ridge problem of the toy model, or of what a constraint leaves of it.
 * @throws StudioError as `factorizeRidge`
 */
export function solveToyRidge(
  rows: DenseMatrix,
  targets: Float64Array,
  regularizer: number,
  backend: NumericsBackend,
): Pick<ToyFit, "factor" | "weights"> {
  const { factor, weights } = factorizeRidge(rows, targets, regularizer, backend);
  if (weights === null) throw new StudioError("INTERNAL", "the toy model has no weights");
  return { factor, weights };
}

/**
 * The loss at any weights.
 * @param weights - length d
 */
export function toyLoss(
  fit: Pick<ToyFit, "rows" | "targets">,
  weights: Float64Array,
  regularizer: number,
): number {
  const { rows, cols, data } = fit.rows;
  let loss = 0;
  for (let a = 0; a < rows; a++) {
    let residual = fit.targets[a] ?? 0;
    for (let j = 0; j < cols; j++) residual -= (data[a * cols + j] ?? 0) * (weights[j] ?? 0);
    loss += 0.5 * residual ** 2;
  }
  for (const weight of weights) loss += 0.5 * regularizer * weight ** 2;
  return loss;
}

/** ỹ = φ w for each row of φ. */
export function toyPredictions(features: DenseMatrix, weights: Float64Array): Float64Array {
  const { rows, cols, data } = features;
  const predictions = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++)
      predictions[i] = (predictions[i] ?? 0) + (data[i * cols + j] ?? 0) * (weights[j] ?? 0);
  }
  return predictions;
}

function requireToySystem({ degree, types, groups }: ToySystem): void {
  if (!Number.isInteger(degree) || degree < 0 || degree > MAX_DEGREE) {
    throw invalid(`the degree is ${degree}, expected an integer from 0 to ${MAX_DEGREE}`);
  }
  if (types.length === 0) throw invalid("there are no types, expected at least 1");
  if (groups.length === 0) throw invalid("there are no groups, expected at least 1");
  for (const { name, target } of types) {
    const bad = Object.entries(target).find(([, value]) => !Number.isFinite(value));
    if (bad !== undefined) {
      throw invalid(`${bad[0]} of the target of type "${name}" is ${String(bad[1])}`);
    }
  }
  groups.forEach((group, a) => {
    if (group.x.length !== types.length) {
      throw invalid(
        `group ${a} has ${group.x.length} lists of x, expected one for each of ${types.length} types`,
      );
    }
    if (toyGroupSize(group) === 0) throw invalid(`group ${a} has no members, expected at least 1`);
  });
}

function invalid(what: string): StudioError {
  return new StudioError("INVALID_PARAMETER", `toy model: ${what}`);
}
