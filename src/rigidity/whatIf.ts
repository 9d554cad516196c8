/**
 * What if these structures were in the training set, and those not? One stable factor of H, and the
 * LPR of fixed targets under any other multiset of the pool's rows as a low-rank correction, with an
 * error estimate in every answer and a full refit where the correction would lose digits.
 */
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite, requireShape } from "../numerics/checks.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import { DEFAULT_MEMORY_LIMIT, requireWithinLimit } from "../numerics/memoryLimit.ts";
import { rankUpdate, type RankUpdate } from "./rankUpdate.ts";
import type { RigidityFactor } from "./rigidityFactor.ts";
import { RowPool } from "./rowPool.ts";
import { addColumns, createWhatIfBase, requireSameRows, type WhatIfBase } from "./whatIfBase.ts";
import { whitenedDimension } from "./whitening.ts";
import type { WorkControl } from "./workControl.ts";

/** What a session starts from. */
export interface WhatIfProblem {
  /** Factor of H for `rowCounts`; either kind. */
  readonly factor: RigidityFactor;
  /** One row a structure of the pool, (P × d), scaled by the structure-row convention. */
  readonly poolRows: DenseMatrix;
  /** Times each pool row is in the training set of `factor`, length P. */
  readonly rowCounts: ArrayLike<number>;
  /** φ of the targets, (m × d). Kept by reference, never modified. */
  readonly targetPhi: DenseMatrix;
}

/** How a session works. */
export interface WhatIfOptions extends WorkControl {
  /** Relative error estimate above which an answer asks for a refit; default 1e-6. */
  readonly tolerance?: number | undefined;
  /** Bytes the session may hold in whitened targets; default 1 GiB. */
  readonly memoryLimit?: number | undefined;
  /**
   * `kept` (default) holds the whitened targets, {@link whatIfMemory} bytes; `streamed` makes them
   * anew for each new column, m d² operations a toggle: slow, but in 32 MB.
   */
  readonly targets?: "kept" | "streamed" | undefined;
}

/** The LPR of the targets under the present multiset. */
export interface WhatIfAnswer {
  /** LPR, length m; caller owns it. `Infinity` where φ = 0. */
  readonly lpr: Float64Array;
  /** From a factor of exactly these rows, not from an update of another. */
  readonly exact: boolean;
  /** Bound on the relative difference from a full refit, of every LPR. */
  readonly errorEstimate: number;
  /** The estimate exceeds the tolerance and a refit would do better. */
  readonly needsRefit: boolean;
  /** Pool rows whose count differs from the factor behind this answer. */
  readonly changedRows: number;
}

const DEFAULT_TOLERANCE = 1e-6;
/** Columns beyond those in use are dropped when all together take more. */
const COLUMN_BYTES = 2 ** 27;
/** Beyond d / 4 changed rows a refit costs no more than the update. */
const MOST_CHANGED_FRACTION = 0.25;
const FEW_CHANGES = 32;
/** Where the update amplifies errors by less, a refit would be no better. */
const WORTHWHILE_AMPLIFICATION = 10;
/** Exact answers remembered, so that going back is instantaneous after a refit. */
const REMEMBERED = 16;

/** Bytes of the whitened targets that a session with `kept` targets holds: 8 m D. */
export function whatIfMemory(factor: RigidityFactor, nTargets: number): number {
  return 8 * nTargets * whitenedDimension(factor);
}

/**
 * Opens a session.
 *
 * @throws StudioError `INCOMPATIBLE_SHAPE`; `INVALID_PARAMETER` for values that are not finite,
 * counts that are not integers ≥ 0 or a factor of other rows; `OUT_OF_MEMORY` when the whitened
 * targets exceed the limit; `CANCELLED`
 */
export function createWhatIfSession(
  problem: WhatIfProblem,
  backend: NumericsBackend,
  options: WhatIfOptions = {},
): WhatIfSession {
  const { factor, poolRows, rowCounts, targetPhi } = problem;
  requireShape(poolRows, poolRows.rows, factor.dimension, "what-if: pool rows");
  requireShape(targetPhi, targetPhi.rows, factor.dimension, "what-if: targets φ");
  requireFinite(targetPhi.data, "what-if: targets φ");
  if (rowCounts.length !== poolRows.rows) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `what-if: got ${rowCounts.length} counts, expected one for each of ${poolRows.rows} rows`,
    );
  }
  if (options.targets !== "streamed") {
    requireWithinLimit({
      bytes: whatIfMemory(factor, targetPhi.rows),
      limit: options.memoryLimit ?? DEFAULT_MEMORY_LIMIT,
      subject: `what-if: ${targetPhi.rows} targets in ${whitenedDimension(factor)} dimensions`,
      remedy: "Choose fewer target atoms, or let the targets be streamed.",
    });
  }
  return new WhatIfSession(problem, backend, options);
}

/** A multiset of pool rows that can be changed, and the LPR under it. Not plain data. */
export class WhatIfSession {
  readonly #backend: NumericsBackend;
  readonly #targetPhi: DenseMatrix;
  readonly #pool: RowPool;
  readonly #tolerance: number;
  readonly #keep: boolean;
  readonly #original: WhatIfBase;
  readonly #remembered = new Map<string, WhatIfAnswer>();
  #counts: number[];
  #base: WhatIfBase;

  /** Use {@link createWhatIfSession}, which checks its arguments. */
  constructor(problem: WhatIfProblem, backend: NumericsBackend, options: WhatIfOptions) {
    const { factor, poolRows, targetPhi } = problem;
    this.#backend = backend;
    this.#targetPhi = targetPhi;
    this.#pool = new RowPool(poolRows);
    this.#tolerance = options.tolerance ?? DEFAULT_TOLERANCE;
    this.#keep = options.targets !== "streamed";
    this.#counts = Array.from(problem.rowCounts, requireCount);
    this.#base = createWhatIfBase(
      factor,
      [...this.#counts],
      this.#pool.counted(this.#counts),
      targetPhi,
      { whitened: this.#keep },
      backend,
      options,
    );
    requireSameRows(this.#base);
    this.#original = { ...this.#base, whitenedTargets: null, columns: new Map() };
    this.#remember(this.#exactAnswer());
  }

  /** Times each row is in the training set now: the pool, then the added rows. A copy. */
  get counts(): readonly number[] {
    return [...this.#counts];
  }

  /**
   * Sets how often a row is in the training set; costs nothing until the next answer.
   * @throws StudioError `INVALID_PARAMETER` unless both are in range
   */
  setCount(index: number, count: number): void {
    this.#requireIndex(index);
    this.#counts[index] = requireCount(count, index);
  }

  /**
   * Takes a row out if it is in; else puts it in, as often as the session found it or once.
   * @returns the new count
   * @throws StudioError `INVALID_PARAMETER`
   */
  toggle(index: number): number {
    this.#requireIndex(index);
    const count = this.#counts[index]! > 0 ? 0 : Math.max(1, this.#original.counts[index] ?? 0);
    this.#counts[index] = count;
    return count;
  }

  /**
   * Sets the whole multiset, for undo and for jumping to a variant.
   * @param counts - one a row, as {@link counts} gives them; missing ones at the end count as 0
   * @throws StudioError `INVALID_PARAMETER`
   */
  setCounts(counts: ArrayLike<number>): void {
    if (counts.length > this.#counts.length) this.#requireIndex(counts.length - 1);
    const next = Array.from(counts, requireCount);
    this.#counts = this.#counts.map((_, index) => next[index] ?? 0);
  }

  /** Back to the training set of the factor the session was opened with; added rows count 0. */
  reset(): void {
    this.setCounts(this.#original.counts);
  }

  /**
   * Adds rows that are not in the pool, with count 0.
   * @param rows - (n × d), scaled as the pool rows; copied
   * @returns index of the first
   * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` when not finite
   */
  addRows(rows: DenseMatrix): number {
    const first = this.#counts.length;
    this.#pool.append(rows);
    for (let i = 0; i < rows.rows; i++) this.#counts.push(0);
    return first;
  }

  /**
   * Makes the columns of rows that are about to be toggled (those under the pointer, say).
   * @throws StudioError `INVALID_PARAMETER` for an index out of range
   */
  prepare(indices: Iterable<number>): void {
    const missing = [...new Set(indices)].filter((index) => {
      this.#requireIndex(index);
      return !this.#base.columns.has(index);
    });
    if (missing.length === 0) return;
    const rows = this.#pool.gather(missing);
    addColumns(this.#base, missing, rows, this.#targetPhi, this.#backend);
  }

  /**
   * The LPR of all targets under the present multiset.
   *
   * @param refit - `automatic` (default) refits when the estimate exceeds the tolerance; `manual`
   * leaves that to {@link refit}, except where an update has no digit left to give or would cost more
   * @throws StudioError `NOT_POSITIVE_DEFINITE` when μ = 0 and the rows determine no model
   */
  lpr(refit: "automatic" | "manual" = "automatic"): WhatIfAnswer {
    const remembered = this.#remembered.get(this.#key());
    if (remembered !== undefined) return copyOf(remembered);
    const changed = this.#changedIndices();
    if (changed.length === 0) return this.#exactAnswer();
    const update = changed.length > this.#mostChanges() ? null : this.#update(changed);
    if (update === null) return this.refit();
    const errorEstimate = this.#base.productError * update.amplification;
    const needsRefit =
      errorEstimate > this.#tolerance && update.amplification > WORTHWHILE_AMPLIFICATION;
    if (needsRefit && refit === "automatic") return this.refit();
    return {
      lpr: update.inverse.map((value) => 1 / value),
      exact: false,
      errorEstimate,
      needsRefit,
      changedRows: changed.length,
    };
  }

  /**
   * Factors the present multiset; later answers are corrections of this factor.
   * @throws StudioError `NOT_POSITIVE_DEFINITE`; the session is then as before
   */
  refit(): WhatIfAnswer {
    if (this.#changedIndices().length > 0) this.#rebase();
    const answer = this.#exactAnswer();
    this.#remember(answer);
    return copyOf(answer);
  }

  /**
   * A factor of H for the present multiset, for suggestions; refits if there is none yet.
   * @throws StudioError as {@link refit}
   */
  currentFactor(): RigidityFactor {
    this.refit();
    return this.#base.factor;
  }

  #update(changed: readonly number[]): RankUpdate | null {
    this.#dropColumns(changed);
    this.prepare(changed);
    const columns = changed.map((index) => this.#base.columns.get(index)!);
    const size = whitenedDimension(this.#base.factor);
    const whitened = denseMatrix(changed.length, size);
    columns.forEach((column, j) => {
      whitened.data.set(column.whitened, j * size);
    });
    const gram = denseMatrix(changed.length, changed.length);
    this.#backend.gemm(1, whitened, false, whitened, true, 0, gram);
    const changes = {
      multiplicities: changed.map((i) => this.#counts[i]! - (this.#base.counts[i] ?? 0)),
      products: columns.map((column) => column.products),
      gram,
    };
    return rankUpdate(this.#base.inverse, changes, this.#backend);
  }

  #rebase(): void {
    const { factor: original } = this.#original;
    const isOriginal = this.#key() === "";
    const factor = isOriginal
      ? original
      : this.#pool.factorize(this.#counts, original.regularizer, this.#backend);
    this.#base = createWhatIfBase(
      factor,
      [...this.#counts],
      this.#pool.counted(this.#counts),
      this.#targetPhi,
      { whitened: this.#keep, reuse: this.#base.whitenedTargets },
      this.#backend,
    );
  }

  #exactAnswer(): WhatIfAnswer {
    return {
      lpr: this.#base.inverse.map((value) => 1 / value),
      exact: true,
      errorEstimate: this.#base.productError,
      needsRefit: false,
      changedRows: 0,
    };
  }

  #changedIndices(): readonly number[] {
    const changed: number[] = [];
    this.#counts.forEach((count, index) => {
      if (count !== (this.#base.counts[index] ?? 0)) changed.push(index);
    });
    return changed;
  }

  #mostChanges(): number {
    return Math.max(FEW_CHANGES, MOST_CHANGED_FRACTION * this.#pool.dimension);
  }

  #dropColumns(inUse: readonly number[]): void {
    const { columns, factor } = this.#base;
    const each = 8 * (whitenedDimension(factor) + this.#targetPhi.rows);
    if (columns.size * each <= COLUMN_BYTES) return;
    const kept = new Set(inUse);
    for (const index of columns.keys()) {
      if (!kept.has(index)) columns.delete(index);
    }
  }

  /** The multiset as text: where it differs from the original one; empty for that. */
  #key(): string {
    let key = "";
    this.#counts.forEach((count, index) => {
      if (count !== (this.#original.counts[index] ?? 0)) key += `${index}:${count} `;
    });
    return key;
  }

  #remember(answer: WhatIfAnswer): void {
    this.#remembered.set(this.#key(), answer);
    for (const key of this.#remembered.keys()) {
      if (this.#remembered.size <= REMEMBERED) break;
      if (key !== "") this.#remembered.delete(key);
    }
  }

  #requireIndex(index: number): void {
    if (Number.isInteger(index) && index >= 0 && index < this.#counts.length) return;
    throw new StudioError(
      "INVALID_PARAMETER",
      `what-if: row ${index}, expected an index from 0 to ${this.#counts.length - 1}`,
    );
  }
}

function copyOf(answer: WhatIfAnswer): WhatIfAnswer {
  return { ...answer, lpr: answer.lpr.slice() };
}

function requireCount(count: number, index: number): number {
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new StudioError(
    "INVALID_PARAMETER",
    `what-if: row ${index} is to count ${count} times, expected an integer ≥ 0`,
  );
}
