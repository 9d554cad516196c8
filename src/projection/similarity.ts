/**
 * Similarity of environments to a reference structure: k(i, R) = max over the environments j of R of
 * δ(species_i, species_j) (p_i · p_j)^ζ, the kernel of the model itself (Bartók, Kondor and Csányi
 * 2013, Phys. Rev. B 87, 184115). 1 for an environment of the reference, 0 for a species it has not.
 */
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite, requireShape } from "../numerics/checks.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { StudioError } from "../errors.ts";

/** Environments of a reference structure. Plain data: survives structured clone. */
export interface SimilarityReference {
  /** (n × d) features as those of the environments to compare: same descriptor, same columns. */
  readonly features: DenseMatrix;
  /** Atomic numbers, length n. */
  readonly species: Uint8Array;
}

/**
 * Feature rows closer than this are one environment. Leaving one of them out changes a similarity
 * of unit features by at most ζ times this.
 */
const SAME_FEATURES = 1e-10;

/** Environments compared at a time, which bounds the memory of the kernel. */
const BLOCK_ROWS = 1024;

/**
 * The reference without repetitions: a crystal cell of 64 atoms has one distinct environment or a
 * few. Keeps the first of each, in order.
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` for features not finite or no atoms
 */
export function distinctEnvironments(reference: SimilarityReference): SimilarityReference {
  requireReference(reference);
  const { features, species } = reference;
  const { rows, cols, data } = features;
  const kept: number[] = [];
  for (let i = 0; i < rows; i++) {
    const isKnown = kept.some(
      (j) => species[j] === species[i] && squaredDistance(features, i, j) <= SAME_FEATURES ** 2,
    );
    if (!isKnown) kept.push(i);
  }
  const distinct = denseMatrix(kept.length, cols);
  kept.forEach((i, row) => {
    distinct.data.set(data.subarray(i * cols, (i + 1) * cols), row * cols);
  });
  return { features: distinct, species: Uint8Array.from(kept, (i) => species[i]!) };
}

function squaredDistance({ cols, data }: DenseMatrix, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < cols; k++) sum += (data[i * cols + k]! - data[j * cols + k]!) ** 2;
  return sum;
}

/**
 * The similarity of every environment to a reference.
 *
 * @param features - (n × d); unit rows give values ≤ 1 (up to rounding)
 * @param species - atomic numbers, length n
 * @param reference - best without repetitions, see {@link distinctEnvironments}
 * @param zeta - positive integer
 * @returns length n; 0 for a species that the reference has not
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` for features not finite, an empty
 *   reference or ζ that is no positive integer
 */
export function similarityToReference(
  features: DenseMatrix,
  species: Uint8Array,
  reference: SimilarityReference,
  zeta: number,
  backend: NumericsBackend,
): Float64Array {
  requireReference(reference);
  const { features: others, species: otherSpecies } = reference;
  requireShape(features, species.length, others.cols, "features to compare with a reference");
  requireFinite(features.data, "features to compare with a reference");
  if (!Number.isInteger(zeta) || zeta < 1) {
    throw new StudioError("INVALID_PARAMETER", `similarity: ζ is ${zeta}, expected an integer ≥ 1`);
  }
  const out = new Float64Array(features.rows);
  const kernel = denseMatrix(Math.min(BLOCK_ROWS, features.rows), others.rows);
  for (let start = 0; start < features.rows; start += BLOCK_ROWS) {
    const end = Math.min(start + BLOCK_ROWS, features.rows);
    const block = rowRange(kernel, 0, end - start);
    const blockSpecies = species.subarray(start, end);
    const blockFeatures = rowRange(features, start, end);
    backend.polynomialKernel(blockFeatures, blockSpecies, others, otherSpecies, zeta, block);
    for (let i = 0; i < block.rows; i++) {
      out[start + i] = largestOfSpecies(block, i, blockSpecies[i]!, otherSpecies);
    }
  }
  return out;
}

function largestOfSpecies(
  { cols, data }: DenseMatrix,
  row: number,
  species: number,
  otherSpecies: Uint8Array,
): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < cols; j++) {
    if (otherSpecies[j] === species) largest = Math.max(largest, data[row * cols + j]!);
  }
  return largest === Number.NEGATIVE_INFINITY ? 0 : largest;
}

function requireReference({ features, species }: SimilarityReference): void {
  requireShape(features, species.length, features.cols, "reference features");
  requireFinite(features.data, "reference features");
  if (species.length === 0) {
    throw new StudioError("INVALID_PARAMETER", "similarity: the reference has no environments");
  }
}
