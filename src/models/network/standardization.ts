/** Features with mean 0 and standard deviation 1 over the training environments of a species. */
import type { DenseMatrix } from "../../numerics/matrix.ts";
import type { EnvironmentBatch } from "./environmentBatches.ts";

/** x ↦ (x − mean) / scale, for each species on its own. Plain data. */
export interface FeatureStandardization {
  /** (nSpecies × d), row-major. */
  readonly means: Float64Array;
  /** (nSpecies × d), row-major: the standard deviation (divided by n), 1 for constant columns. */
  readonly scales: Float64Array;
  /** Constant columns of each species: they keep scale 1, so that rounding noise is not blown up. */
  readonly constantColumns: Int32Array;
}

/** A spread below this share of the column's largest value is the rounding of the descriptor. */
const CONSTANT_COLUMN = 1e-10;
/** A column below this share of the largest feature of all is rounding noise throughout. */
const NOISE_COLUMN = 1e-14;

/**
 * Means and standard deviations in two passes over the environments. A column counts as constant when
 * its standard deviation is ≤ 1e-10 of its largest magnitude, or ≤ 1e-14 of the largest feature.
 *
 * @param features - (n × d)
 * @param speciesIndex - position of each environment's species in the model, length n; −1 is left out
 */
export function fitStandardization(
  features: DenseMatrix,
  speciesIndex: Int32Array,
  nSpecies: number,
): FeatureStandardization {
  const { cols: d } = features;
  const means = new Float64Array(nSpecies * d);
  const scales = new Float64Array(nSpecies * d);
  const largest = new Float64Array(nSpecies * d);
  const counts = new Float64Array(nSpecies);
  for (const index of speciesIndex) if (index >= 0) counts[index]! += 1;
  forEachRow(features, speciesIndex, (index, row) => {
    const weight = 1 / counts[index]!;
    for (let j = 0; j < d; j++) {
      const value = row[j]!;
      means[index * d + j]! += weight * value;
      if (Math.abs(value) > largest[index * d + j]!) largest[index * d + j] = Math.abs(value);
    }
  });
  forEachRow(features, speciesIndex, (index, row) => {
    const weight = 1 / counts[index]!;
    for (let j = 0; j < d; j++) {
      scales[index * d + j]! += weight * (row[j]! - means[index * d + j]!) ** 2;
    }
  });
  const overall = largest.reduce((most, value) => Math.max(most, value), 0);
  const constantColumns = new Int32Array(nSpecies);
  for (let k = 0; k < scales.length; k++) {
    const deviation = Math.sqrt(scales[k]!);
    const noise = Math.max(CONSTANT_COLUMN * largest[k]!, NOISE_COLUMN * overall);
    if (deviation <= noise) constantColumns[Math.floor(k / d)]! += 1;
    scales[k] = deviation <= noise ? 1 : deviation;
  }
  return { means, scales, constantColumns };
}

function forEachRow(
  features: DenseMatrix,
  speciesIndex: Int32Array,
  visit: (index: number, row: Float64Array) => void,
): void {
  const { cols: d } = features;
  for (let i = 0; i < features.rows; i++) {
    const index = speciesIndex[i]!;
    if (index >= 0) visit(index, features.data.subarray(i * d, (i + 1) * d));
  }
}

/**
 * Standardised features of a batch, in the order of its rows.
 * @param out - at least as many rows as the batch, overwritten
 */
export function standardizeBatch(
  features: DenseMatrix,
  batch: EnvironmentBatch,
  { means, scales }: FeatureStandardization,
  out: DenseMatrix,
): void {
  const { cols: d, data } = features;
  const target = out.data;
  for (const { speciesIndex, start, end } of batch.runs) {
    const shift = speciesIndex * d;
    for (let row = start; row < end; row++) {
      const source = batch.environments[row]! * d;
      const first = row * d;
      for (let j = 0; j < d; j++) {
        target[first + j] = (data[source + j]! - means[shift + j]!) / scales[shift + j]!;
      }
    }
  }
}
