/** Crystals that a kernel cannot tell apart. */
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import type { Structure } from "../structures/structure.ts";
import { featureDistance } from "./singleEnvironment.ts";

/**
 * The Euclidean distance of unit feature vectors at which their kernel distance is `tolerance`:
 * d² = 2 (1 − (p·q)^ζ) and p·q = 1 − ‖p − q‖²/2 give ‖p − q‖² = 2 (1 − (1 − d²/2)^{1/ζ}).
 * @param tolerance - kernel distance, 0 … √2
 */
export function featureDistanceLimit(tolerance: number, zeta: number): number {
  return Math.sqrt(-2 * Math.expm1(Math.log1p((-tolerance * tolerance) / 2) / zeta));
}

/** Remembers single-environment crystals and recognises one that it has seen. */
export class DuplicateFinder {
  readonly #limit: number;
  /** By composition; a matrix has one row for each species. */
  readonly #seen = new Map<string, DenseMatrix[]>();

  /** @param limit - Euclidean distance of feature vectors up to which they count as equal */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Whether a crystal whose environments are all as near as that is known; otherwise remembers it.
   * Mirror images have equal features and count as duplicates.
   * @param features - (nAtoms × nFeatures); the atoms of a species have equal rows
   */
  isDuplicate({ species }: Structure, features: DenseMatrix): boolean {
    const distinct = Array.from(new Set(species)).sort((a, b) => a - b);
    const rows = denseMatrix(distinct.length, features.cols);
    distinct.forEach((atomicNumber, i) => {
      const first = species.indexOf(atomicNumber) * features.cols;
      rows.data.set(features.data.subarray(first, first + features.cols), i * features.cols);
    });
    const key = distinct.join("-");
    const known = this.#seen.get(key) ?? [];
    const isKnown = known.some((other) =>
      distinct.every((_, i) => featureDistance(rows, i, other, i, this.#limit) <= this.#limit),
    );
    if (!isKnown) {
      known.push(rows);
      this.#seen.set(key, known);
    }
    return isKnown;
  }
}
