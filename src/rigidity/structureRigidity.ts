/**
 * Rigidities of other predictions than local ones, from the same factor of H: of a structure, and of
 * the parts of a prediction that come from blocks of features ("Prediction rigidities for data-driven
 * chemistry", Chong et al. 2024, Faraday Discuss., doi:10.1039/D4FD00101J).
 */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { projectToKernelSpace, type KernelSpace } from "../models/kernelSpace.ts";
import { rowScales, scaleRows } from "../models/structureRows.ts";
import {
  componentRigidity,
  localPredictionRigidity,
  type RigidityFactor,
} from "./rigidityFactor.ts";

/** Which prediction for a structure: its total energy, or its energy per atom. */
export type StructureQuantity = "total" | "perAtom";

/**
 * PR_A = 1 / (g_AᵀH⁻¹g_A) for total energies; N_A² times that for energies per atom, whose row is
 * g_A / N_A. Independent of how the training rows were scaled, except through H.
 *
 * @param rows - unscaled g_A = Σ_{i∈A} φ_i, (nStructures × d)
 * @param nAtoms - environments of each structure
 * @returns length nStructures; `Infinity` where g_A = 0
 * @throws StudioError `INVALID_PARAMETER`, `INCOMPATIBLE_SHAPE`
 */
export function structureRigidity(
  factor: RigidityFactor,
  rows: DenseMatrix,
  nAtoms: ArrayLike<number>,
  quantity: StructureQuantity,
  backend: NumericsBackend,
): Float64Array {
  const scales = rowScales(nAtoms, quantity === "total" ? "sum" : "mean");
  return localPredictionRigidity(factor, scaleRows(rows, scales), backend);
}

/**
 * Blocks of consecutive feature columns.
 *
 * @param dimensions - columns of each block, ≥ 1
 * @param total - features in all
 * @returns the columns of each block
 * @throws StudioError `INVALID_PARAMETER` when the blocks do not fill the features exactly
 */
export function consecutiveBlocks(
  dimensions: readonly number[],
  total: number,
): readonly Int32Array[] {
  let start = 0;
  const blocks = dimensions.map((dimension, c) => {
    if (!(Number.isInteger(dimension) && dimension >= 1)) {
      throw new StudioError(
        "INVALID_PARAMETER",
        `component ${c} has ${dimension} features, expected an integer ≥ 1`,
      );
    }
    const first = start;
    start += dimension;
    return Int32Array.from({ length: dimension }, (_, j) => first + j);
  });
  if (start === total) return blocks;
  throw new StudioError(
    "INVALID_PARAMETER",
    `the components have ${start} features together, expected ${total}`,
  );
}

/**
 * Component-wise rigidities of a model on features, 1 / (φ_cᵀH⁻¹φ_c) with φ_c = φ masked to the
 * columns of component c: LCPR of environments, CPR of structures.
 *
 * @param phi - (m × d): φ of environments, or rows of structures
 * @param components - feature columns of each component
 * @returns (m × components); `Infinity` where φ_c = 0
 * @throws StudioError `INVALID_PARAMETER` for a column out of range, and as `inverseRigidity`
 */
export function componentRigidities(
  factor: RigidityFactor,
  phi: DenseMatrix,
  components: readonly Int32Array[],
  backend: NumericsBackend,
): DenseMatrix {
  return byComponent(phi.rows, components, phi.cols, (columns) =>
    componentRigidity(factor, phi, columns, backend),
  );
}

/**
 * The same for a sparse kernel model, whose components are groups of active points (of a species, of a
 * descriptor): k masked to the points of component c, then φ_c = L⁻¹k_c. Masking φ itself would
 * mean nothing, its axes mix the active points.
 *
 * @param kernelBlock - k_Mk of environments or rows of K_NM, (m × M)
 * @param components - active points (columns of the block) of each component
 * @returns (m × components); `Infinity` where k_c = 0
 * @throws StudioError as {@link componentRigidities}
 */
export function kernelComponentRigidities(
  space: KernelSpace,
  factor: RigidityFactor,
  kernelBlock: DenseMatrix,
  components: readonly Int32Array[],
  backend: NumericsBackend,
): DenseMatrix {
  return byComponent(kernelBlock.rows, components, kernelBlock.cols, (columns) => {
    const masked = denseMatrix(kernelBlock.rows, kernelBlock.cols);
    for (const column of columns) {
      for (let i = 0; i < masked.rows; i++) {
        const entry = i * masked.cols + column;
        masked.data[entry] = kernelBlock.data[entry]!;
      }
    }
    return localPredictionRigidity(factor, projectToKernelSpace(space, masked, backend), backend);
  });
}

function byComponent(
  rows: number,
  components: readonly Int32Array[],
  width: number,
  evaluate: (columns: Int32Array) => Float64Array,
): DenseMatrix {
  const out = denseMatrix(rows, components.length);
  components.forEach((columns, c) => {
    const outside = columns.find((column) => !(column >= 0 && column < width));
    if (outside !== undefined) {
      throw new StudioError(
        "INVALID_PARAMETER",
        `component ${c} names column ${outside}, expected from 0 to ${width - 1}`,
      );
    }
    evaluate(columns).forEach((value, i) => {
      out.data[i * components.length + c] = value;
    });
  });
  return out;
}
