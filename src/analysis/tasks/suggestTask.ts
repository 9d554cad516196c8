/** The tasks of suggestions: φ of chosen atoms, whitened rows, ranking, greedy and random choice. */
import type { NumericsBackend } from "../../numerics/backend.ts";
import { rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { rankCandidates, type CandidateRanking } from "../../rigidity/candidateGain.ts";
import type { CandidateSpace } from "../../rigidity/candidateSpace.ts";
import {
  greedySelect,
  randomSelections,
  type GreedyOptions,
  type GreedySelection,
  type RandomSelections,
} from "../../rigidity/greedySelection.ts";
import { productErrorBound } from "../../rigidity/productAccuracy.ts";
import { localPredictionRigidity, type RigidityFactor } from "../../rigidity/rigidityFactor.ts";
import { squaredNorms, whiten } from "../../rigidity/whitening.ts";
import { partOfWork } from "../../rigidity/workControl.ts";
import type { CellGrid } from "../../structures/cellGrid.ts";
import { describeInBlocks, gridOf } from "./describeBlocks.ts";
import { applyFeatureMap } from "./featureMap.ts";
import type {
  Atoms,
  AtomRange,
  DescriptorContext,
  FeatureMap,
  TaskControl,
} from "./taskContext.ts";

/** LPR of some atoms under one variant, and their φ where it is wanted. */
export interface PhiTask {
  readonly kind: "phi";
  readonly ranges: readonly AtomRange[];
  readonly descriptor: DescriptorContext;
  readonly map: FeatureMap;
  readonly factor: RigidityFactor;
  /** One value an atom, the ranges one after the other. */
  readonly lpr: Float64Array;
  /** (atoms × d); null when only the LPR is wanted. */
  readonly phi: DenseMatrix | null;
}

/** `whitened` (n × D) ← rows (n × d) in the coordinates where H is the identity. */
export interface WhitenTask {
  readonly kind: "whiten";
  readonly factor: RigidityFactor;
  readonly rows: DenseMatrix;
  readonly whitened: DenseMatrix;
  /** ‖row‖² of `whitened`, length n. */
  readonly squaredNorms: Float64Array;
}

/** What each candidate of a block would do alone. */
export interface RankTask {
  readonly kind: "rank";
  readonly space: CandidateSpace;
}

/** Greedy choice, and random ones to compare it with. */
export interface ChooseTask {
  readonly kind: "choose";
  readonly space: CandidateSpace;
  readonly greedy: GreedyOptions;
  readonly random: { readonly repeats: number; readonly seed: number } | null;
}

/** What a {@link ChooseTask} gives back. */
export interface ChooseTaskResult {
  readonly greedy: GreedySelection;
  /** As many structures as greedy steps. */
  readonly random: RandomSelections | null;
}

/** LPR of φ that is at hand. */
export interface RigidityTask {
  readonly kind: "rigidity";
  readonly factor: RigidityFactor;
  readonly phi: DenseMatrix;
  /** One value a row. */
  readonly lpr: Float64Array;
}

/** Measures how exact inner products in the metric of H⁻¹ are (`productErrorBound`). */
export interface AccuracyTask {
  readonly kind: "accuracy";
  readonly factor: RigidityFactor;
  /** Rows that the factor was made from, (n × d), scaled. */
  readonly training: DenseMatrix;
  /** (c × d), scaled. */
  readonly candidates: DenseMatrix;
  /** φ of the atoms, (m × d), and φᵀ H⁻¹ φ. */
  readonly phi: DenseMatrix;
  readonly inverse: Float64Array;
}

/** Every kind of work for suggestions. */
export type SuggestTask =
  PhiTask | WhitenTask | RankTask | ChooseTask | RigidityTask | AccuracyTask;

/** What they give back besides their outputs. */
export interface SuggestTaskResults {
  phi: null;
  whiten: null;
  rank: CandidateRanking;
  choose: ChooseTaskResult;
  rigidity: null;
  accuracy: number;
}

/** Share of a choice that the greedy one takes, for the progress. */
const GREEDY_SHARE = 0.85;

/** φ and LPR of the atoms of the ranges. */
export function evaluateAtoms(
  { ranges, descriptor, map, factor, lpr, phi }: PhiTask,
  backend: NumericsBackend,
  control: TaskControl,
): null {
  let row = 0;
  let grid: CellGrid | null = null;
  let last: Atoms | undefined;
  for (const range of ranges) {
    // Single atoms of one structure share its grid.
    if (range.atoms !== last) {
      grid = gridOf(range, descriptor);
      last = range.atoms;
    }
    const first = row - range.start;
    const store = (features: DenseMatrix, start: number, end: number): void => {
      const rows = applyFeatureMap(
        map,
        features,
        range.atoms.species.subarray(start, end),
        backend,
      );
      lpr.set(localPredictionRigidity(factor, rows, backend), first + start);
      phi?.data.set(rows.data, (first + start) * phi.cols);
    };
    describeInBlocks(range, descriptor, backend, control, store, grid);
    row += range.end - range.start;
  }
  return null;
}

/** Whitens rows and measures them. */
export function whitenRows(task: WhitenTask, backend: NumericsBackend, control: TaskControl): null {
  whiten(task.factor, task.rows, backend, control, task.whitened);
  task.squaredNorms.set(squaredNorms(task.whitened));
  return null;
}

/** Ranks the candidates of a block. */
export function rank(
  { space }: RankTask,
  backend: NumericsBackend,
  control: TaskControl,
): CandidateRanking {
  return rankCandidates(space, backend, "gain", control);
}

/** The best few together, and as many at random. */
export function choose(
  { space, greedy: options, random: draws }: ChooseTask,
  backend: NumericsBackend,
  control: TaskControl,
): ChooseTaskResult {
  const share = draws === null ? 1 : GREEDY_SHARE;
  const greedy = greedySelect(space, options, backend, partOfWork(control, 0, share));
  const count = greedy.steps.length;
  if (draws === null || count === 0) return { greedy, random: null };
  const rest = partOfWork(control, share, 1);
  return { greedy, random: randomSelections(space, { ...draws, count }, backend, rest) };
}

/** LPR of the rows of φ. */
export function rigidityOf({ factor, phi, lpr }: RigidityTask, backend: NumericsBackend): null {
  lpr.set(localPredictionRigidity(factor, phi, backend));
  return null;
}

/** γ of the inner products of training rows, candidates and atoms. */
export function accuracy(
  { factor, training, candidates, phi, inverse }: AccuracyTask,
  backend: NumericsBackend,
): number {
  const known = [
    { rows: training, counts: new Uint8Array(training.rows).fill(1) },
    { rows: candidates, counts: new Uint8Array(candidates.rows) },
  ];
  return productErrorBound(factor, known, phi, inverse, backend);
}

/** The candidates `start … end − 1` of a space, by reference. */
export function candidateBlock(space: CandidateSpace, start: number, end: number): CandidateSpace {
  return {
    ...space,
    candidates: rowRange(space.candidates, start, end),
    leverages: space.leverages.subarray(start, end),
    costs: space.costs?.subarray(start, end) ?? null,
  };
}
