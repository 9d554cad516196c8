/**
 * The row of largest leverage score without reading the whole matrix: each score is bounded from
 * what its row is within a subspace that holds most of the singular vectors, and only rows that the
 * bounds leave in question are multiplied in full.
 */
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { dot, orthonormalRows, rowProducts, withoutSpace } from "../numerics/rowSpace.ts";

/** Scores this close to the largest, relatively, are ties: they go to the lowest index. */
const TIE = 1e-8;
/** A matrix product does so many multiplications in the time of one of a row by itself. */
const PRODUCT_ADVANTAGE = 8;
/** Directions multiplied with all rows at a time. */
const BLOCK_DIRECTIONS = 64;

/** Rows and what bounds their scores; changed by {@link largestScore}. */
export interface ScoredRows {
  /** Ψ, (n × d). */
  readonly rows: DenseMatrix;
  /** Rounding in the squared lengths, length n. */
  readonly rounding: Float64Array;
  /** ‖ψ_i‖² without the parts along the first `nDirections` directions, length n. */
  readonly squaredLengths: Float64Array;
  nDirections: number;
  bounds: {
    /** (p × d), orthonormal rows, orthogonal to these directions. */
    readonly basis: DenseMatrix;
    /** (n × p): Ψ basisᵀ. */
    readonly images: DenseMatrix;
    /** ‖ψ_i‖ outside the basis and these directions, length n. */
    readonly rests: Float64Array;
  } | null;
  /** Rows multiplied by themselves since the bounds were made. */
  multiplied: number;
}

/** Singular vectors of the rows without their parts along some directions. */
export interface LeadingVectors {
  /** (block × d), orthonormal rows: the singular vectors, then others in which the next ones lie. */
  readonly vectors: DenseMatrix;
  /** Squared singular values σ_j², positive: as many as vectors enter a score. */
  readonly values: Float64Array;
  /** (m × d), orthonormal rows; new ones come at the end. */
  readonly directions: DenseMatrix;
}

/** @param rows - Ψ, (n × d), not modified */
export function scoredRows(rows: DenseMatrix): ScoredRows {
  const squaredLengths = Float64Array.from({ length: rows.rows }, (_, i) => {
    const row = rowRange(rows, i, i + 1).data;
    return dot(row, row);
  });
  return {
    rows,
    rounding: squaredLengths.map((value) => 2 * rows.cols * Number.EPSILON * value),
    squaredLengths,
    nDirections: 0,
    bounds: null,
    multiplied: 0,
  };
}

/**
 * argmax over the available rows of π_i = Σ_j (ψ_i · v_j)² / σ_j²; ties (relatively 1e-8) go to the
 * lowest index.
 *
 * With u_j = v_j / σ_j = Bᵀ c_j + r_j, B the basis of the bounds: |√π_i − ‖C B ψ_i‖| ≤ ‖R‖_F times
 * the length of ψ_i outside B and the directions, to which all of them are orthogonal.
 */
export function largestScore(
  scored: ScoredRows,
  leading: LeadingVectors,
  available: Uint8Array,
  backend: NumericsBackend,
): number {
  const scaled = scaledVectors(leading, backend);
  const { rows } = scored;
  const products = leading.directions.rows - scored.nDirections + leading.vectors.rows;
  if (scored.bounds === null || scored.multiplied * PRODUCT_ADVANTAGE > products * rows.rows) {
    renewBounds(scored, leading, backend);
  }
  const inQuestion = rowsInQuestion(scored, scaled, available, backend);
  scored.multiplied += inQuestion.length;
  const scores = inQuestion.map((index) => scoreOf(rowRange(rows, index, index + 1).data, scaled));
  const largest = scores.reduce((a, b) => Math.max(a, b), 0);
  return inQuestion[scores.findIndex((score) => score >= (1 - TIE) * largest)] ?? 0;
}

/** v_j / σ_j, made orthogonal to the directions to the last digit, (k × d). */
function scaledVectors(
  { vectors, values, directions }: LeadingVectors,
  backend: NumericsBackend,
): DenseMatrix {
  const { cols } = vectors;
  const scaled = withoutSpace(rowRange(vectors, 0, values.length), directions, backend);
  scaled.data.forEach((value, k) => {
    scaled.data[k] = value / Math.sqrt(values[Math.floor(k / cols)]!);
  });
  return scaled;
}

function renewBounds(
  scored: ScoredRows,
  { vectors, directions }: LeadingVectors,
  backend: NumericsBackend,
): void {
  const { rows, squaredLengths, rounding } = scored;
  for (let first = scored.nDirections; first < directions.rows; first += BLOCK_DIRECTIONS) {
    const some = rowRange(directions, first, Math.min(first + BLOCK_DIRECTIONS, directions.rows));
    subtractSquares(squaredLengths, rowProducts(rows, some, backend));
  }
  scored.nDirections = directions.rows;
  const basis = orthonormalRows(withoutSpace(vectors, directions, backend), backend);
  const images = rowProducts(rows, basis, backend);
  const rests = squaredLengths.slice();
  subtractSquares(rests, images);
  rests.forEach((value, i) => (rests[i] = Math.sqrt(Math.max(value, 0) + rounding[i]!)));
  scored.bounds = { basis, images, rests };
  scored.multiplied = 0;
}

/** Available rows, ascending, whose upper bound reaches the largest lower bound. */
function rowsInQuestion(
  { bounds, rows }: ScoredRows,
  scaled: DenseMatrix,
  available: Uint8Array,
  backend: NumericsBackend,
): number[] {
  if (bounds === null) return [];
  const { basis, images, rests } = bounds;
  const k = scaled.rows;
  const coordinates = rowProducts(scaled, basis, backend);
  const outside = denseMatrix(k, scaled.cols, scaled.data.slice());
  backend.gemm(-1, coordinates, false, basis, false, 1, outside);
  const slack = Math.sqrt(dot(outside.data, outside.data));
  const inside = rowProducts(images, coordinates, backend).data;
  const roots = new Float64Array(rows.rows);
  let lowest = 0;
  for (let i = 0; i < rows.rows; i++) {
    if (available[i] === 0) continue;
    let score = 0;
    for (let j = i * k; j < (i + 1) * k; j++) score += inside[j]! ** 2;
    roots[i] = Math.sqrt(score);
    lowest = Math.max(lowest, roots[i]! - rests[i]! * slack);
  }
  const inQuestion: number[] = [];
  for (let i = 0; i < rows.rows; i++) {
    if (available[i] === 0) continue;
    if (roots[i]! + rests[i]! * slack >= (1 - TIE) * lowest) inQuestion.push(i);
  }
  return inQuestion;
}

function scoreOf(row: Float64Array, scaled: DenseMatrix): number {
  let score = 0;
  for (let j = 0; j < scaled.rows; j++) score += dot(row, rowRange(scaled, j, j + 1).data) ** 2;
  return score;
}

/** values_i ← values_i − Σ_j images_ij². */
function subtractSquares(values: Float64Array, { cols, data }: DenseMatrix): void {
  for (let i = 0; i < values.length; i++) {
    let sum = 0;
    for (let j = i * cols; j < (i + 1) * cols; j++) sum += data[j]! ** 2;
    values[i]! -= sum;
  }
}
