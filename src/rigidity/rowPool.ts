/** Structure rows that a what-if session chooses from: a shared pool and rows added to it. */
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite, requireShape } from "../numerics/checks.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import type { CountedRows } from "./productAccuracy.ts";
import { factorize, type RigidityFactor } from "./rigidityFactor.ts";

/** The pool by reference, the added rows as a copy. Not plain data. */
export class RowPool {
  readonly #shared: DenseMatrix;
  #added: DenseMatrix;

  /**
   * @param shared - (P × d), finite
   * @throws StudioError `INVALID_PARAMETER`
   */
  constructor(shared: DenseMatrix) {
    requireFinite(shared.data, "what-if: pool rows");
    this.#shared = shared;
    this.#added = denseMatrix(0, shared.cols);
  }

  /** Number of features d of a row. */
  get dimension(): number {
    return this.#shared.cols;
  }

  /**
   * Adds rows after those there are.
   * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER`
   */
  append(rows: DenseMatrix): void {
    requireShape(rows, rows.rows, this.dimension, "what-if: added rows");
    requireFinite(rows.data, "what-if: added rows");
    const joined = denseMatrix(this.#added.rows + rows.rows, rows.cols);
    joined.data.set(this.#added.data);
    joined.data.set(rows.data, this.#added.data.length);
    this.#added = joined;
  }

  /** The listed rows, copied, (indices.length × d). */
  gather(indices: readonly number[]): DenseMatrix {
    const { rows: split, cols } = this.#shared;
    const out = denseMatrix(indices.length, cols);
    indices.forEach((index, i) => {
      const from = index < split ? this.#shared : this.#added;
      const row = index < split ? index : index - split;
      out.data.set(from.data.subarray(row * cols, (row + 1) * cols), i * cols);
    });
    return out;
  }

  /** All rows with their counts. */
  counted(counts: readonly number[]): readonly CountedRows[] {
    const split = this.#shared.rows;
    return [
      { rows: this.#shared, counts: counts.slice(0, split) },
      { rows: this.#added, counts: counts.slice(split) },
    ];
  }

  /**
   * Factors H of a multiset of the rows.
   * @throws StudioError `NOT_POSITIVE_DEFINITE` for μ = 0 when H is singular
   */
  factorize(
    counts: readonly number[],
    regularizer: number,
    backend: NumericsBackend,
  ): RigidityFactor {
    const used: number[] = [];
    counts.forEach((count, index) => {
      if (count > 0) used.push(index);
    });
    const rows = this.gather(used);
    used.forEach((index, i) => {
      // A row that counts c times is one row times √c.
      const scale = Math.sqrt(counts[index]!);
      if (scale === 1) return;
      for (let j = i * rows.cols; j < (i + 1) * rows.cols; j++) rows.data[j]! *= scale;
    });
    return factorize(rows, regularizer, backend);
  }
}
