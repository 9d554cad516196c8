/** The atoms that suggestions are to help: which they are, their LPR and their φ. */
import { StudioError } from "../../errors.ts";
import { rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import type { RigidityFactor } from "../../rigidity/rigidityFactor.ts";
import { mapDimension } from "../tasks/featureMap.ts";
import type { Job, StageProgress } from "../stages/job.ts";
import type { PoolStructure, Requirements } from "../requirements.ts";
import { allocateMatrix, runAll } from "../tasks/runner.ts";
import { atomRange } from "../tasks/sharding.ts";
import type { AtomChoice, SuggestionTarget } from "./suggestion.ts";
import type { PhiTask } from "../tasks/suggestTask.ts";
import {
  BLOCK_ENVIRONMENTS,
  type AtomRange,
  type DescriptorContext,
  type FeatureMap,
} from "../tasks/taskContext.ts";

/** The model that φ and LPR are taken from. */
export interface AtomModel {
  readonly map: FeatureMap;
  readonly factor: RigidityFactor;
}

/** Chosen atoms in target order. */
export interface ChosenAtoms {
  /** Target structure of each, over all target entries. */
  readonly target: Int32Array;
  readonly atom: Int32Array;
  readonly lpr: Float64Array;
  /** (atoms × d). */
  readonly phi: DenseMatrix;
}

/** Atoms as (target structure, atom), in target order. */
interface AtomList {
  readonly target: Int32Array;
  readonly atom: Int32Array;
}

/** All target structures of a project, over all its target entries. */
export function targetStructures({ targets }: Requirements): {
  readonly described: readonly SuggestionTarget[];
  readonly pools: readonly PoolStructure[];
} {
  return {
    described: targets.flatMap(({ dataset, structureIndices, labels }) =>
      Array.from(structureIndices, (structureIndex, s) => ({
        dataset,
        structureIndex,
        label: labels[s] ?? "",
      })),
    ),
    pools: targets.flatMap(({ structures }) => structures),
  };
}

/**
 * Checks a choice of atoms before anything is computed.
 * @throws StudioError `INVALID_PARAMETER` for a target that does not exist, a fraction outside of
 * (0, 1], no atoms, or atoms that do not exist
 */
export function requireAtoms(choice: AtomChoice, pools: readonly PoolStructure[]): void {
  const { target } = choice;
  if (target !== undefined && !(Number.isInteger(target) && pools[target] !== undefined)) {
    throw invalid(`target ${target}, expected 0 … ${pools.length - 1}, a target structure`);
  }
  if (choice.kind === "worst" && !(choice.fraction > 0 && choice.fraction <= 1)) {
    throw invalid(`the share of the worst atoms is ${choice.fraction}, expected > 0 and ≤ 1`);
  }
  if (choice.kind !== "listed") return;
  const length = atomsWithin(choice, pools).atom.length;
  if (choice.indices.length === 0) throw invalid("no atoms: the list is empty");
  for (const index of Array.from(choice.indices)) {
    if (Number.isInteger(index) && index >= 0 && index < length) continue;
    throw invalid(`atom ${index}, expected 0 … ${length - 1}`);
  }
}

/**
 * Finds the atoms and evaluates them. The worst are found by a first pass over all atoms that keeps
 * no φ; ties go to the first atom.
 *
 * @throws StudioError `INVALID_PROJECT` for an atom with φ = 0, whose LPR is not defined
 */
export async function chooseAtoms(
  job: Job,
  choice: AtomChoice,
  pools: readonly PoolStructure[],
  descriptor: DescriptorContext,
  model: AtomModel,
  progress: StageProgress,
): Promise<ChosenAtoms> {
  const within = atomsWithin(choice, pools);
  const evaluated = (atoms: AtomList, withPhi: boolean) =>
    evaluate(job, atoms, pools, descriptor, model, withPhi, progress);
  let chosen = within;
  if (choice.kind === "listed") {
    const indices = [...new Set(Array.from(choice.indices))].sort((a, b) => a - b);
    chosen = pick(within, indices);
  } else if (choice.kind === "worst") {
    const { lpr } = await evaluated(within, false);
    const count = Math.max(1, Math.round(choice.fraction * lpr.length));
    const order = Array.from(lpr.keys()).sort((a, b) => (lpr[a] ?? 0) - (lpr[b] ?? 0) || a - b);
    chosen = pick(
      within,
      order.slice(0, count).sort((a, b) => a - b),
    );
  }
  const { lpr, phi } = await evaluated(chosen, true);
  const bad = lpr.findIndex((value) => !(value > 0 && value < Infinity));
  if (bad !== -1) {
    const name = pools[chosen.target[bad] ?? 0]?.name ?? "";
    throw new StudioError(
      "INVALID_PROJECT",
      `the model sees nothing of atom ${chosen.atom[bad] ?? 0} of ${name}: its LPR is not defined`,
      { remedy: "Choose other atoms, or add structures with such atoms to the training data." },
    );
  }
  return { ...chosen, lpr, phi };
}

function atomsWithin({ target }: AtomChoice, pools: readonly PoolStructure[]): AtomList {
  const targets: number[] = [];
  const atoms: number[] = [];
  pools.forEach(({ structure }, t) => {
    if (target !== undefined && t !== target) return;
    for (let i = 0; i < structure.nAtoms; i++) {
      targets.push(t);
      atoms.push(i);
    }
  });
  return { target: Int32Array.from(targets), atom: Int32Array.from(atoms) };
}

function pick({ target, atom }: AtomList, indices: readonly number[]): AtomList {
  return {
    target: Int32Array.from(indices, (i) => target[i] ?? 0),
    atom: Int32Array.from(indices, (i) => atom[i] ?? 0),
  };
}

async function evaluate(
  job: Job,
  atoms: AtomList,
  pools: readonly PoolStructure[],
  descriptor: DescriptorContext,
  { map, factor }: AtomModel,
  withPhi: boolean,
  progress: StageProgress,
): Promise<{ readonly lpr: Float64Array; readonly phi: DenseMatrix }> {
  const { runner } = job;
  const total = atoms.atom.length;
  const lpr = runner.allocate(total);
  const width = mapDimension(map, descriptor.nFeatures);
  const phi = allocateMatrix(runner, withPhi ? total : 0, width);
  const blocks = rangeBlocks(atoms, pools);
  await runAll<"phi">(
    runner,
    blocks.map(({ ranges, start, end }) => (): PhiTask => ({
      kind: "phi",
      ranges,
      descriptor,
      map,
      factor,
      lpr: lpr.subarray(start, end),
      phi: withPhi ? rowRange(phi, start, end) : null,
    })),
    (count) => {
      const done = Math.round((total * count) / blocks.length);
      progress.report(done, total, "environments");
    },
  );
  return { lpr, phi };
}

/** Tasks of a block of atoms each; neighbouring atoms of a structure are one range. */
function rangeBlocks(
  { target, atom }: AtomList,
  pools: readonly PoolStructure[],
): readonly {
  readonly ranges: readonly AtomRange[];
  readonly start: number;
  readonly end: number;
}[] {
  const blocks: { ranges: AtomRange[]; start: number; end: number }[] = [];
  for (let start = 0; start < atom.length; start += BLOCK_ENVIRONMENTS) {
    const end = Math.min(start + BLOCK_ENVIRONMENTS, atom.length);
    const ranges: AtomRange[] = [];
    let first = start;
    for (let i = start + 1; i <= end; i++) {
      const isNext = i < end && target[i] === target[i - 1] && atom[i] === (atom[i - 1] ?? 0) + 1;
      const pool = pools[target[first] ?? 0];
      if (isNext || pool === undefined) continue;
      ranges.push(atomRange(pool, atom[first] ?? 0, (atom[i - 1] ?? 0) + 1));
      first = i;
    }
    blocks.push({ ranges, start, end });
  }
  return blocks;
}

function invalid(message: string): StudioError {
  return new StudioError("INVALID_PARAMETER", message);
}
