/** The task behind a designed crystal: what it would do to watched atoms, and its place on the map. */
import type { NumericsBackend } from "../../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../../numerics/matrix.ts";
import { projectOntoExactMap, projectOntoLandmarkMap } from "../../projection/kernelPca.ts";
import { candidateLifts, liftSensitivity } from "../../rigidity/candidateLifts.ts";
import type { CandidateSpace } from "../../rigidity/candidateSpace.ts";
import { localPredictionRigidity, type RigidityFactor } from "../../rigidity/rigidityFactor.ts";
import { squaredNorms, whiten } from "../../rigidity/whitening.ts";
import { describeInBlocks } from "./describeBlocks.ts";
import { applyFeatureMap, speciesBlocks } from "./featureMap.ts";
import type { FittedMap } from "./taskContext.ts";
import type { MapRowSource } from "./targetTask.ts";
import type { AtomRange, DescriptorContext, FeatureMap, TaskControl } from "./taskContext.ts";

/** A kernel map on which further environments can be placed. */
export interface PlacingMap extends FittedMap {
  readonly from: MapRowSource;
  /** Atomic numbers of the environments that made it. */
  readonly species: Uint8Array;
  readonly zeta: number;
}

/** One structure that could be added to a training set once. */
export interface CrystalTask {
  readonly kind: "crystal";
  /** The whole structure. */
  readonly range: AtomRange;
  readonly descriptor: DescriptorContext;
  readonly map: FeatureMap;
  readonly factor: RigidityFactor;
  /** N^(−p) of the structure-row convention. */
  readonly scale: number;
  /** The watched atoms in the coordinates of H. */
  readonly watched: Pick<CandidateSpace, "targets" | "inverse">;
  /** null without a map. */
  readonly placing: PlacingMap | null;
}

/** What a {@link CrystalTask} finds. */
export interface CrystalTaskResult {
  /** LPR of the structure's own environments, without it in the training set. */
  readonly lpr: Float64Array;
  /** LPR' / LPR − 1 of every watched atom. */
  readonly lifts: Float64Array;
  /** |δlift| of every watched atom is at most the product error of the factor times this. */
  readonly sensitivities: Float64Array;
  /** (nAtoms × components); null without a map. */
  readonly places: DenseMatrix | null;
}

/** Every kind of work for designed crystals. */
export interface CrystalTaskResults {
  crystal: CrystalTaskResult;
}

/**
 * Evaluates a structure: φ of its environments, g = N^(−p) Σ φ, and the exact effect of one more row g
 * on the watched atoms (`candidateLifts`).
 */
export function evaluateCrystal(
  { range, descriptor, map, factor, scale, watched, placing }: CrystalTask,
  backend: NumericsBackend,
  control: TaskControl,
): CrystalTaskResult {
  const { species } = range.atoms;
  const features = denseMatrix(range.end - range.start, descriptor.nFeatures);
  describeInBlocks(range, descriptor, backend, control, (block, start) => {
    features.data.set(block.data, (start - range.start) * features.cols);
  });
  const phi = applyFeatureMap(map, features, species, backend);
  const row = denseMatrix(1, phi.cols);
  for (let i = 0; i < phi.rows; i++) {
    for (let j = 0; j < phi.cols; j++) row.data[j]! += scale * phi.data[i * phi.cols + j]!;
  }
  const candidates = whiten(factor, row, backend, control);
  const leverages = squaredNorms(candidates);
  const space = { ...watched, candidates, leverages, weights: null, costs: null };
  const lifts = candidateLifts(space, 0);
  return {
    lpr: localPredictionRigidity(factor, phi, backend),
    lifts,
    sensitivities: lifts.map((lift) => liftSensitivity(lift, leverages[0] ?? 0)),
    places:
      placing === null ? null : placesOf(placing, features, phi, species, descriptor, backend),
  };
}

/** Coordinates on the map, by the rows that it was made from. */
function placesOf(
  { map, rows, from, species: mapSpecies, zeta }: PlacingMap,
  features: DenseMatrix,
  phi: DenseMatrix,
  species: Uint8Array,
  descriptor: DescriptorContext,
  backend: NumericsBackend,
): DenseMatrix | null {
  if (map.method === "landmark") {
    const own = from === "phi" ? phi : speciesBlocks(features, species, descriptor.species);
    return projectOntoLandmarkMap(map, own, backend);
  }
  if (rows === null) return null;
  const kernel = denseMatrix(features.rows, rows.rows);
  backend.polynomialKernel(features, species, rows, mapSpecies, zeta, kernel);
  return projectOntoExactMap(map, kernel, backend);
}
