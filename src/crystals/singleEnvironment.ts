/**
 * Whether a structure has a single environment (one per species), judged in two ways that know
 * nothing of each other: crystallographic orbits and equal SOAP vectors.
 *
 * One orbit implies equal vectors: SOAP is invariant under every operation of the space group, also
 * those that turn an environment into its mirror image. Equal vectors do not imply one orbit: a
 * cutoff shorter than the first difference, or mirror images that no operation relates, give equal
 * vectors too. Both are needed for a structure to count.
 */
import { StudioError } from "../errors.ts";
import { neighborBatch } from "../descriptors/soap.ts";
import type { NumericsBackend, SoapPlan } from "../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../numerics/matrix.ts";
import type { Structure } from "../structures/structure.ts";
import { symmetryCell, type SymmetryAnalyzer, type SymmetryReport } from "./symmetry.ts";

/** How to judge. */
export interface EnvironmentJudge {
  readonly analyzer: SymmetryAnalyzer;
  /** Å. */
  readonly symprec: number;
  readonly backend: Pick<NumericsBackend, "soapPowerSpectrum">;
  readonly plan: SoapPlan;
  /** Sorted atomic numbers of the plan's density channels. */
  readonly species: Uint8Array;
  /** Largest distance between feature vectors that count as equal. */
  readonly soapTolerance: number;
}

/** Both verdicts about one structure. */
export interface EnvironmentVerdict {
  readonly symmetry: SymmetryReport;
  /** Largest number of orbits that the atoms of one species are on. */
  readonly nOrbits: number;
  /** Largest Euclidean distance between L2-normalised feature vectors of atoms of one species. */
  readonly soapSpread: number;
  readonly isSingleBySymmetry: boolean;
  readonly isSingleBySoap: boolean;
  /** (nAtoms × nFeatures). */
  readonly features: DenseMatrix;
}

/**
 * Judges a structure.
 * @throws StudioError `INVALID_PARAMETER` for a structure that is neither crystal nor sheet,
 *   `NO_CONVERGENCE` when the symmetry finder gives up, and what describing throws
 */
export function judgeEnvironments(
  structure: Structure,
  judge: EnvironmentJudge,
): EnvironmentVerdict {
  const symmetry = judge.analyzer.analyze(symmetryCell(structure), judge.symprec);
  const nOrbits = countOrbits(structure.species, symmetry.orbits);
  const features = denseMatrix(structure.nAtoms, judge.plan.nFeatures);
  const batch = neighborBatch(structure, judge.species, judge.plan.cutoff);
  judge.backend.soapPowerSpectrum(batch, judge.plan, features);
  const soapSpread = featureSpread(features, structure.species);
  return {
    symmetry,
    nOrbits,
    soapSpread,
    isSingleBySymmetry: nOrbits === 1,
    isSingleBySoap: soapSpread <= judge.soapTolerance,
    features,
  };
}

function countOrbits(species: Uint8Array, orbits: readonly number[]): number {
  if (orbits.length !== species.length) {
    throw new StudioError(
      "INTERNAL",
      `symmetry analysis gave orbits of ${orbits.length} atoms, expected ${species.length}`,
    );
  }
  const orbitsOfSpecies = new Map<number, Set<number>>();
  species.forEach((atomicNumber, atom) => {
    const seen = orbitsOfSpecies.get(atomicNumber) ?? new Set();
    orbitsOfSpecies.set(atomicNumber, seen.add(orbits[atom] ?? -1));
  });
  return Math.max(...[...orbitsOfSpecies.values()].map(({ size }) => size));
}

/**
 * Largest Euclidean distance between feature vectors of atoms of the same species; 0 when every
 * species has one atom.
 * @param features - (nAtoms × nFeatures)
 * @param species - atomic numbers, length nAtoms
 */
export function featureSpread(features: DenseMatrix, species: Uint8Array): number {
  let spread = 0;
  for (let i = 0; i < species.length; i++) {
    for (let j = 0; j < i; j++) {
      if (species[i] !== species[j]) continue;
      spread = Math.max(spread, featureDistance(features, i, features, j));
    }
  }
  return spread;
}

/**
 * ‖x_i − y_j‖, from the differences, so that near-equal rows lose no digits. Stops early with a
 * value above `limit` once that is certain.
 */
export function featureDistance(
  x: DenseMatrix,
  i: number,
  y: DenseMatrix,
  j: number,
  limit = Infinity,
): number {
  const squaredLimit = limit * limit;
  let sum = 0;
  for (let k = 0; k < x.cols; k++) {
    const difference = (x.data[i * x.cols + k] ?? 0) - (y.data[j * y.cols + k] ?? 0);
    sum += difference * difference;
    if (sum > squaredLimit) break;
  }
  return Math.sqrt(sum);
}
