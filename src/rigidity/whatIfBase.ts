/** A factor of H seen from fixed targets: the state that what-if answers are corrections of. */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { productErrorBound, type CountedRows } from "./productAccuracy.ts";
import { inverseRigidity, type RigidityFactor } from "./rigidityFactor.ts";
import { squaredNorms, whiten, whitenedDimension } from "./whitening.ts";
import { partOfWork, type WorkControl } from "./workControl.ts";

/** A pool row in whitened coordinates. */
export interface RowColumn {
  /** w = z(u), length D. */
  readonly whitened: Float64Array;
  /** u · H⁻¹ φ_k, length m. */
  readonly products: Float64Array;
}

/** Everything about one factor that answers need. */
export interface WhatIfBase {
  readonly factor: RigidityFactor;
  /** The multiset the factor was made from: times each pool row counts. */
  readonly counts: readonly number[];
  /** Z, (m × D); null when it is made anew in blocks for every new column. */
  readonly whitenedTargets: DenseMatrix | null;
  /** φ_kᵀ H⁻¹ φ_k, length m. */
  readonly inverse: Float64Array;
  /** γ: relative error of inner products by this factor, measured, with a safety factor. */
  readonly productError: number;
  /** Columns made so far, by pool index. Grows and shrinks. */
  readonly columns: Map<number, RowColumn>;
}

/** No rounding does this: the factor belongs to other rows. */
const MISMATCH = 0.1;
/** Targets whitened at a time when they are not kept. */
const STREAM_ROWS = 2048;

/**
 * Prepares a factor for questions.
 *
 * @param training - pool rows with `counts` (all of them, in pool order)
 * @param keep - whether to keep Z, or null where it can be written over the Z of an earlier base
 * @throws StudioError `CANCELLED`
 */
export function createWhatIfBase(
  factor: RigidityFactor,
  counts: readonly number[],
  training: readonly CountedRows[],
  targetPhi: DenseMatrix,
  keep: { readonly whitened: boolean; readonly reuse?: DenseMatrix | null },
  backend: NumericsBackend,
  control: WorkControl = {},
): WhatIfBase {
  const size = whitenedDimension(factor);
  const reuse =
    keep.reuse?.cols === size ? keep.reuse : denseMatrix(keep.whitened ? targetPhi.rows : 0, size);
  const work = partOfWork(control, 0, 0.95);
  const whitenedTargets = keep.whitened ? whiten(factor, targetPhi, backend, work, reuse) : null;
  const inverse =
    whitenedTargets === null
      ? inverseRigidity(factor, targetPhi, backend)
      : squaredNorms(whitenedTargets);
  return {
    factor,
    counts,
    whitenedTargets,
    inverse,
    productError: productErrorBound(factor, training, targetPhi, inverse, backend),
    columns: new Map(),
  };
}

/**
 * Tells a factor of other rows or counts from one with rounding errors.
 * @throws StudioError `INVALID_PARAMETER`
 */
export function requireSameRows({ productError }: WhatIfBase): void {
  if (productError <= MISMATCH) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    `what-if: the factor of H and the training rows disagree by ${productError.toExponential(1)}, ` +
      "expected rounding: the factor was made from other rows or counts",
    { remedy: "Pass the rows, scaled as for the factor, and how often each was in it." },
  );
}

/**
 * Makes the missing columns of some pool rows, together.
 *
 * @param rows - one row a pool index of `indices`, (r × d)
 */
export function addColumns(
  base: WhatIfBase,
  indices: readonly number[],
  rows: DenseMatrix,
  targetPhi: DenseMatrix,
  backend: NumericsBackend,
): void {
  const whitened = whiten(base.factor, rows, backend);
  const m = targetPhi.rows;
  const products = indices.map(() => new Float64Array(m));
  const block = base.whitenedTargets === null ? STREAM_ROWS : Math.max(1, m);
  for (let start = 0; start < m; start += block) {
    const end = Math.min(start + block, m);
    const targets =
      base.whitenedTargets ?? whiten(base.factor, rowRange(targetPhi, start, end), backend);
    const part = denseMatrix(indices.length, end - start);
    backend.gemm(1, whitened, false, targets, true, 0, part);
    products.forEach((column, j) => {
      column.set(rowRange(part, j, j + 1).data, start);
    });
  }
  indices.forEach((index, j) => {
    base.columns.set(index, {
      whitened: rowRange(whitened, j, j + 1).data.slice(),
      products: products[j]!,
    });
  });
}
