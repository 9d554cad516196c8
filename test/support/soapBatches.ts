/** Seeded neighbourhoods and plans for tests and benchmarks of the SOAP kernels. */
import type { NeighborBatch } from "../../src/numerics/backend.ts";
import { createRandom, integerBelow, uniform } from "../../src/random.ts";
import type { RandomState } from "../../src/random.ts";

export interface BatchOptions {
  readonly nEnvironments: number;
  readonly nSpecies: number;
  readonly cutoff: number;
  /** Neighbours of an environment: uniform on [fewest, most]. */
  readonly fewest: number;
  readonly most: number;
  readonly seed: number;
}

/** Neighbours uniform in the ball of the cutoff outside 1 Å. */
export function randomBatch(options: BatchOptions): NeighborBatch {
  const { nEnvironments, nSpecies, cutoff, fewest, most, seed } = options;
  const random = createRandom(seed);
  const offsets = new Int32Array(nEnvironments + 1);
  for (let i = 0; i < nEnvironments; i++) {
    offsets[i + 1] = (offsets[i] ?? 0) + fewest + integerBelow(random, most - fewest + 1);
  }
  const nPairs = offsets[nEnvironments] ?? 0;
  const vectors = new Float64Array(3 * nPairs);
  for (let pair = 0; pair < nPairs; pair++) {
    vectors.set(randomVector(random, cutoff), 3 * pair);
  }
  const label = (): number => integerBelow(random, nSpecies);
  return {
    nEnvironments,
    offsets,
    centerSpecies: Int32Array.from({ length: nEnvironments }, label),
    neighborSpecies: Int32Array.from({ length: nPairs }, label),
    vectors,
  };
}

function randomVector(random: RandomState, cutoff: number): [number, number, number] {
  for (;;) {
    const x = cutoff * (2 * uniform(random) - 1);
    const y = cutoff * (2 * uniform(random) - 1);
    const z = cutoff * (2 * uniform(random) - 1);
    const r = Math.hypot(x, y, z);
    if (r >= 1 && r <= cutoff) return [x, y, z];
  }
}

/** The same arrays as views of shared memory. */
export function sharedCopy(array: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
