/**
 * The best few additions together: greedy selection by the exact gain, every choice made knowing the
 * choices before it; and what as many random choices would have gained.
 */
import { StudioError } from "../errors.ts";
import { gatherRows } from "../models/farthestPoints.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { DEFAULT_MEMORY_LIMIT } from "../numerics/memoryLimit.ts";
import { createRandom, sampleWithoutReplacement } from "../random.ts";
import { candidateGain, reciprocalsOf } from "./candidateGain.ts";
import { candidateProducts, type CandidateSpace } from "./candidateSpace.ts";
import { rankUpdate } from "./rankUpdate.ts";
import { checkpoint, partOfWork, type WorkControl } from "./workControl.ts";

/** How to select. */
export interface GreedyOptions {
  /** Candidates wanted, ≥ 1; fewer come back when no more are left. */
  readonly count: number;
  /** What each choice maximises; `gainPerCost` needs costs. Default `gain`. */
  readonly by?: "gain" | "gainPerCost" | undefined;
  /**
   * Diversity by construction: after each choice, candidates whose cosine with it (in the
   * coordinates where H is the identity) exceeds this are put aside as alike. Default: none are;
   * the gains alone already avoid what has been learnt.
   */
  readonly maxSimilarity?: number | undefined;
  /** Bytes allowed for the products that are kept between choices, default 1 GiB. */
  readonly memoryLimit?: number | undefined;
}

/** One choice. Lifts and total gain are those of all choices so far, against the start. */
export interface GreedyStep {
  readonly candidate: number;
  /** Weighted mean log(LPR' / LPR) that this choice adds. */
  readonly gain: number;
  readonly totalGain: number;
  /** Σ of the costs so far, or null without costs. */
  readonly totalCost: number | null;
  readonly meanLift: number;
  readonly medianLift: number;
  readonly maxLift: number;
  /** Candidates put aside as alike, ascending. */
  readonly alike: Int32Array;
}

/** The choices in order, and where they lead. */
export interface GreedySelection {
  readonly steps: readonly GreedyStep[];
  /** LPR of the environments with all choices added, length m; `Infinity` where φ = 0. */
  readonly lpr: Float64Array;
}

/** Gains of random choices. */
export interface RandomSelections {
  /** Total gain of every draw. */
  readonly gains: Float64Array;
  readonly mean: number;
  /** Of the draws (divided by their number). */
  readonly standardDeviation: number;
}

const BLOCK_CANDIDATES = 256;

/** What changes from choice to choice. */
interface GreedyState {
  /** T, (c × m), under the choices so far; or null: made anew in blocks. */
  readonly products: DenseMatrix | null;
  readonly leverages: Float64Array;
  readonly inverse: Float64Array;
  /** For choice q: g_jq / √(1 + h_q) over the candidates j. */
  readonly candidateColumns: Float64Array[];
  /** For choice q: t_qk / √(1 + h_q) over the environments k. */
  readonly targetColumns: Float64Array[];
  readonly available: Uint8Array;
}

/**
 * Selects candidates one after the other. A choice p changes every inner product by a rank-one term:
 * ⟨x, y⟩ ← ⟨x, y⟩ − ⟨x, p⟩⟨p, y⟩ / (1 + h_p). With at most `memoryLimit` bytes, 8 c m, the products are
 * kept and a choice costs c (m + D) operations; else 2 c m D, as the first.
 *
 * @throws StudioError `INVALID_PARAMETER`, `CANCELLED`
 */
export function greedySelect(
  space: CandidateSpace,
  options: GreedyOptions,
  backend: NumericsBackend,
  control: WorkControl = {},
): GreedySelection {
  requireOptions(space, options);
  const c = space.candidates.rows;
  const m = space.targets.rows;
  const keep = 8 * c * m <= (options.memoryLimit ?? DEFAULT_MEMORY_LIMIT);
  const state: GreedyState = {
    products: keep ? denseMatrix(c, m) : null,
    leverages: space.leverages.slice(),
    inverse: space.inverse.slice(),
    candidateColumns: [],
    targetColumns: [],
    available: new Uint8Array(c).fill(1),
  };
  const steps: GreedyStep[] = [];
  const sums = { gain: 0, cost: 0 };
  while (steps.length < options.count) {
    const part = partOfWork(
      control,
      steps.length / options.count,
      (steps.length + 1) / options.count,
    );
    const gains = gainsNow(space, state, backend, part);
    const candidate = bestOf(
      gains,
      state.available,
      options.by === "gainPerCost" ? space.costs : null,
    );
    if (candidate < 0) break;
    sums.gain += gains[candidate]!;
    sums.cost += space.costs?.[candidate] ?? 0;
    const similarities = take(space, state, candidate, backend);
    steps.push({
      candidate,
      gain: gains[candidate]!,
      totalGain: sums.gain,
      totalCost: space.costs === null ? null : sums.cost,
      ...liftsOf(space.inverse, state.inverse),
      alike: putAside(state.available, similarities, options.maxSimilarity ?? Infinity),
    });
  }
  checkpoint(control, 1);
  return { steps, lpr: state.inverse.map((value) => 1 / value) };
}

/** The gain of every available candidate after the choices so far; 0 for the others. */
function gainsNow(
  space: CandidateSpace,
  state: GreedyState,
  backend: NumericsBackend,
  control: WorkControl,
): Float64Array {
  const c = space.candidates.rows;
  const gains = new Float64Array(c);
  const reciprocals = reciprocalsOf(state.inverse);
  for (let start = 0; start < c; start += BLOCK_CANDIDATES) {
    checkpoint(control, start / c);
    const end = Math.min(start + BLOCK_CANDIDATES, c);
    const block = productsNow(space, state, start, end, backend);
    for (let j = start; j < end; j++) {
      if (state.available[j] === 0) continue;
      const products = rowRange(block, j - start, j - start + 1).data;
      gains[j] = candidateGain(products, state.leverages[j]!, reciprocals, space.weights);
    }
  }
  return gains;
}

/** Rows `[start, end)` of T after the choices so far. */
function productsNow(
  space: CandidateSpace,
  { products, candidateColumns, targetColumns }: GreedyState,
  start: number,
  end: number,
  backend: NumericsBackend,
): DenseMatrix {
  const choices = candidateColumns.length;
  // Kept products are corrected at each choice; before the first they are still to be made.
  if (products !== null && choices > 0) return rowRange(products, start, end);
  const block = candidateProducts(space, start, end, backend);
  products?.data.set(block.data, start * products.cols);
  if (choices === 0) return block;
  const left = denseMatrix(choices, end - start);
  const right = denseMatrix(choices, block.cols);
  for (let q = 0; q < choices; q++) {
    left.data.set(candidateColumns[q]!.subarray(start, end), q * left.cols);
    right.data.set(targetColumns[q]!, q * right.cols);
  }
  backend.gemm(-1, left, true, right, false, 1, block);
  return block;
}

/** Index of the best available candidate, lowest index first; −1 when none is left. */
function bestOf(gains: Float64Array, available: Uint8Array, costs: Float64Array | null): number {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < gains.length; j++) {
    const merit = costs === null ? gains[j]! : gains[j]! / costs[j]!;
    if (available[j] === 0 || !(merit > most)) continue;
    most = merit;
    best = j;
  }
  return best;
}

/**
 * Adds a candidate to the training set. The new leverages and inverse rigidities are written as
 * (v + (v h − t²)) / (1 + h), where v h − t² ≥ 0: nothing cancels for large h.
 *
 * @returns cosines of all candidates with it, in the coordinates of the start
 */
function take(
  space: CandidateSpace,
  state: GreedyState,
  choice: number,
  backend: NumericsBackend,
): Float64Array {
  const { leverages, inverse, products } = state;
  const c = leverages.length;
  const row = productsNow(space, state, choice, choice + 1, backend).data;
  const gram = denseMatrix(1, c);
  const chosen = rowRange(space.candidates, choice, choice + 1);
  backend.gemm(1, chosen, false, space.candidates, true, 0, gram);
  const start = space.leverages;
  const similarities = gram.data.map((g, j) => {
    const size = Math.sqrt(start[j]! * start[choice]!);
    return size === 0 ? 0 : g / size;
  });
  for (const column of state.candidateColumns) {
    for (let j = 0; j < c; j++) gram.data[j]! -= column[choice]! * column[j]!;
  }
  const h = leverages[choice]!;
  const root = Math.sqrt(1 + h);
  const candidateColumn = gram.data.map((g) => g / root);
  const targetColumn = row.map((t) => t / root);
  lower(leverages, gram.data, h);
  lower(inverse, row, h);
  state.available[choice] = 0;
  state.candidateColumns.push(candidateColumn);
  state.targetColumns.push(targetColumn);
  if (products !== null) {
    for (let j = 0; j < c; j++) {
      if (state.available[j] === 0) continue;
      const factor = candidateColumn[j]!;
      const at = j * products.cols;
      for (let k = 0; k < products.cols; k++) products.data[at + k]! -= factor * targetColumn[k]!;
    }
  }
  return similarities;
}

/** values ← values − products² / (1 + h). */
function lower(values: Float64Array, products: Float64Array, h: number): void {
  for (let k = 0; k < values.length; k++) {
    const rest = Math.max(0, values[k]! * h - products[k]! ** 2);
    values[k] = (values[k]! + rest) / (1 + h);
  }
}

function putAside(
  available: Uint8Array,
  similarities: Float64Array,
  maxSimilarity: number,
): Int32Array {
  const alike: number[] = [];
  for (let j = 0; j < available.length; j++) {
    if (available[j] === 0 || !(Math.abs(similarities[j]!) > maxSimilarity)) continue;
    available[j] = 0;
    alike.push(j);
  }
  return Int32Array.from(alike);
}

function liftsOf(
  before: Float64Array,
  after: Float64Array,
): Pick<GreedyStep, "meanLift" | "medianLift" | "maxLift"> {
  const lifts = before.map((value, k) => (value > 0 ? value / after[k]! - 1 : 0)).sort();
  const half = lifts.length >> 1;
  return {
    meanLift: lifts.reduce((sum, lift) => sum + lift, 0) / lifts.length,
    medianLift: lifts.length % 2 === 1 ? lifts[half]! : (lifts[half - 1]! + lifts[half]!) / 2,
    maxLift: lifts[lifts.length - 1]!,
  };
}

/**
 * The total gain of `count` distinct candidates drawn at random, drawn `repeats` times.
 *
 * @param options - `seed` of the draws
 * @throws StudioError `INVALID_PARAMETER` unless 1 ≤ count ≤ candidates and repeats ≥ 1; `CANCELLED`
 */
export function randomSelections(
  space: CandidateSpace,
  options: { readonly count: number; readonly repeats: number; readonly seed: number },
  backend: NumericsBackend,
  control: WorkControl = {},
): RandomSelections {
  const { count, repeats, seed } = options;
  requireInteger(count, 1, space.candidates.rows, "number of random candidates");
  requireInteger(repeats, 1, 1e6, "number of random selections");
  const random = createRandom(seed);
  const gains = new Float64Array(repeats);
  for (let draw = 0; draw < repeats; draw++) {
    checkpoint(control, draw / repeats);
    const chosen = sampleWithoutReplacement(random, space.candidates.rows, count);
    gains[draw] = gainOfSet(space, chosen, backend);
  }
  checkpoint(control, 1);
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / repeats;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / repeats;
  return { gains, mean, standardDeviation: Math.sqrt(variance) };
}

/** Weighted mean log(LPR' / LPR) of adding all of `chosen`. */
function gainOfSet(space: CandidateSpace, chosen: Int32Array, backend: NumericsBackend): number {
  const rows = gatherRows(space.candidates, chosen);
  const products = denseMatrix(rows.rows, space.targets.rows);
  const gram = denseMatrix(rows.rows, rows.rows);
  backend.gemm(1, rows, false, space.targets, true, 0, products);
  backend.gemm(1, rows, false, rows, true, 0, gram);
  const changes = {
    multiplicities: new Array<number>(rows.rows).fill(1),
    products: Array.from(chosen, (_, j) => rowRange(products, j, j + 1).data),
    gram,
  };
  const update = rankUpdate(space.inverse, changes, backend);
  if (update === null) {
    throw new StudioError(
      "INVALID_PARAMETER",
      "suggestions: the candidates are so large beside the training rows that no digit is left",
      { remedy: "Put the candidates into the training set and refit." },
    );
  }
  let gain = 0;
  space.inverse.forEach((value, k) => {
    const weight = space.weights === null ? 1 / space.inverse.length : space.weights[k]!;
    if (value > 0) gain += weight * Math.log(value / update.inverse[k]!);
  });
  return gain;
}

function requireOptions(space: CandidateSpace, { count, by, maxSimilarity }: GreedyOptions): void {
  requireInteger(count, 1, Number.MAX_SAFE_INTEGER, "number of candidates to select");
  if (maxSimilarity !== undefined && !(maxSimilarity > 0)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `largest similarity is ${maxSimilarity}, expected > 0`,
    );
  }
  if (by === "gainPerCost" && space.costs === null) {
    throw new StudioError("INVALID_PARAMETER", "selection by gain per cost: no costs were given");
  }
}

function requireInteger(value: number, lowest: number, highest: number, subject: string): void {
  if (Number.isInteger(value) && value >= lowest && value <= highest) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    `${subject} is ${value}, expected an integer from ${lowest} to ${highest}`,
  );
}
