/**
 * A committee: the same model fitted to random parts of the training set. The spread of its
 * predictions is an uncertainty that owes nothing to the Hessian (Musil et al. 2019, J. Chem. Theory
 * Comput. 15, 906), so it can be held against the LPR.
 */
import { StudioError, type Diagnostic } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { requireFinite, requireShape } from "../numerics/checks.ts";
import { pearson } from "../numerics/correlation.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { createRandom, sampleWithoutReplacement } from "../random.ts";
import { baselineEnergies, fitBaseline, structureSums, type EnergyBaseline } from "./baseline.ts";
import { fitEnergyModel } from "./energyModel.ts";
import type { EnergyTrainingSet } from "./predict.ts";
import { gatherRows } from "./farthestPoints.ts";
import type { Predictor } from "./predict.ts";
import { rowScales, type StructureRows } from "./structureRows.ts";

/** How the members are drawn. */
export interface CommitteeOptions {
  /** B ≥ 2; default 10. */
  readonly members?: number | undefined;
  /** Part of the structures that each member is trained on, 0 < fraction ≤ 1; default 0.8. */
  readonly fraction?: number | undefined;
  readonly seed: number;
}

/** Fitted members. Plain data: survives structured clone. */
export interface Committee {
  readonly members: readonly Predictor[];
  /** Training structures of each member, ascending. */
  readonly memberRows: readonly Int32Array[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Mean and spread over the members. */
export interface CommitteeStatistics {
  /** Length m. */
  readonly mean: Float64Array;
  /** Unbiased, Σ_b (e_b − mean)² / (B − 1), length m. */
  readonly variance: Float64Array;
}

/** One member against the mean of all, over the environments given. */
export interface MemberParity {
  /** Mean of e_b − mean. */
  readonly meanDifference: number;
  /** Root mean square of e_b − mean. */
  readonly rootMeanSquare: number;
  /** Pearson correlation of e_b with the mean; null when either does not vary. */
  readonly correlation: number | null;
}

const DEFAULT_MEMBERS = 10;
const DEFAULT_FRACTION = 0.8;

/**
 * Draws the training structures of each member: round(fraction · n) of them, at least one, without
 * replacement, members independent of one another. Member b has a generator of its own, so that
 * more members leave the first ones unchanged.
 *
 * @param nStructures - structures of the training set
 * @returns ascending structure indices of each member
 * @throws StudioError `INVALID_PARAMETER`
 */
export function committeeMembers(
  nStructures: number,
  options: CommitteeOptions,
): readonly Int32Array[] {
  const { members = DEFAULT_MEMBERS, fraction = DEFAULT_FRACTION, seed } = options;
  if (!(Number.isInteger(members) && members >= 2 && members <= 256)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `committee of ${members} members, expected an integer from 2 to 256`,
    );
  }
  if (!(fraction > 0 && fraction <= 1)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `a committee member is trained on a fraction ${fraction} of the structures, expected above 0 ` +
        "and at most 1",
    );
  }
  if (nStructures < 1) {
    throw new StudioError("INVALID_PARAMETER", "the training set has no structures");
  }
  const count = Math.max(1, Math.round(fraction * nStructures));
  return Array.from({ length: members }, (_, b) =>
    sampleWithoutReplacement(createRandom(seed * 256 + b), nStructures, count).sort(),
  );
}

/**
 * Fits every member by the ridge path of the model itself: same features, same μ, same structure
 * rows, a per-species baseline of its own. A species that a member's structures have not is given
 * the baseline energy of the whole training set, which is said.
 *
 * @param memberRows - {@link committeeMembers}
 * @throws StudioError as `fitEnergyModel`; `INVALID_PARAMETER` for rows out of range
 */
export function fitCommittee(
  training: EnergyTrainingSet,
  memberRows: readonly Int32Array[],
  regularizer: number,
  structureRows: StructureRows,
  backend: NumericsBackend,
): Committee {
  const whole = wholeBaseline(training, structureRows, backend);
  let borrowed = 0;
  const members = memberRows.map((rows): Predictor => {
    const part = trainingPart(training, rows);
    const { baseline, weights } = fitEnergyModel(part, regularizer, structureRows, backend);
    const complete = completedBaseline(baseline, whole);
    if (complete !== baseline) borrowed++;
    return { baseline: complete, weights };
  });
  return { members, memberRows, diagnostics: borrowedDiagnostics(borrowed, members.length) };
}

/**
 * The structures listed, as a training set of their own.
 *
 * @throws StudioError `INVALID_PARAMETER` for a structure out of range, `INCOMPATIBLE_SHAPE`
 */
export function trainingPart(training: EnergyTrainingSet, rows: Int32Array): EnergyTrainingSet {
  const { species, offsets, energies } = training;
  requireShape(training.rows, energies.length, training.rows.cols, "structure rows");
  const parts: Uint8Array[] = [];
  const partOffsets = new Int32Array(rows.length + 1);
  rows.forEach((row, a) => {
    if (!(row >= 0 && row < energies.length)) {
      throw new StudioError(
        "INVALID_PARAMETER",
        `training structure ${row}, expected from 0 to ${energies.length - 1}`,
      );
    }
    const part = species.subarray(offsets[row], offsets[row + 1]);
    parts.push(part);
    partOffsets[a + 1] = partOffsets[a]! + part.length;
  });
  const partSpecies = new Uint8Array(partOffsets[rows.length]!);
  parts.forEach((part, a) => {
    partSpecies.set(part, partOffsets[a]);
  });
  return {
    rows: gatherRows(training.rows, rows),
    species: partSpecies,
    offsets: partOffsets,
    energies: Float64Array.from(rows, (row) => energies[row]!),
  };
}

/**
 * Local energies of every member, ỹ_bk = e_base,b(species_k) + φ_kᵀ w_b.
 *
 * @param phi - (m × d), one row per environment
 * @param species - atomic number of each environment, length m
 * @returns (B × m)
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` for an unknown species
 */
export function committeeLocalEnergies(
  { members }: Pick<Committee, "members">,
  phi: DenseMatrix,
  species: Uint8Array,
  backend: NumericsBackend,
): DenseMatrix {
  requireShape(phi, species.length, members[0]?.weights.length ?? 0, "environment features φ");
  const out = weightProducts(members, phi, backend);
  members.forEach(({ baseline }, b) => {
    addTo(rowRange(out, b, b + 1).data, baselineEnergies(baseline, species));
  });
  return out;
}

/**
 * Total energies of every member.
 *
 * @param rows - unscaled g_A, (nStructures × d)
 * @param species - atomic number of each environment, structures one after the other
 * @param offsets - first environment of each structure, length nStructures + 1
 * @returns (B × nStructures)
 * @throws StudioError as {@link committeeLocalEnergies}
 */
export function committeeTotalEnergies(
  { members }: Pick<Committee, "members">,
  rows: DenseMatrix,
  species: Uint8Array,
  offsets: Int32Array,
  backend: NumericsBackend,
): DenseMatrix {
  requireShape(rows, offsets.length - 1, members[0]?.weights.length ?? 0, "structure rows");
  const out = weightProducts(members, rows, backend);
  members.forEach(({ baseline }, b) => {
    const base = structureSums(baselineEnergies(baseline, species), offsets);
    addTo(rowRange(out, b, b + 1).data, base);
  });
  return out;
}

/**
 * Mean and unbiased variance over the members, in two passes.
 *
 * @param energies - (B × m), B ≥ 2
 * @throws StudioError `INVALID_PARAMETER` for fewer than two members or values not finite
 */
export function committeeStatistics(energies: DenseMatrix): CommitteeStatistics {
  const { rows: members, cols } = energies;
  if (members < 2) {
    throw new StudioError("INVALID_PARAMETER", `${members} committee members have no variance`);
  }
  requireFinite(energies.data, "committee energies");
  const mean = new Float64Array(cols);
  for (let b = 0; b < members; b++) addTo(mean, rowRange(energies, b, b + 1).data);
  for (let k = 0; k < cols; k++) mean[k]! /= members;
  const variance = new Float64Array(cols);
  for (let b = 0; b < members; b++) {
    for (let k = 0; k < cols; k++) variance[k]! += (energies.data[b * cols + k]! - mean[k]!) ** 2;
  }
  for (let k = 0; k < cols; k++) variance[k]! /= members - 1;
  return { mean, variance };
}

/**
 * Each member against the mean: the numbers beside a parity plot of local energies, whose points are
 * (`mean[k]`, `energies[b, k]`).
 *
 * @param energies - (B × m), m ≥ 1
 * @throws StudioError as {@link committeeStatistics}
 */
export function committeeParity(energies: DenseMatrix): readonly MemberParity[] {
  const { mean } = committeeStatistics(energies);
  const { cols } = energies;
  if (cols === 0) throw new StudioError("INVALID_PARAMETER", "no environments to compare");
  return Array.from({ length: energies.rows }, (_, b) => {
    const member = rowRange(energies, b, b + 1).data;
    const differences = member.map((value, k) => value - mean[k]!);
    return {
      meanDifference: average(differences),
      rootMeanSquare: Math.sqrt(average(differences.map((value) => value * value))),
      correlation: pearson(member, mean),
    };
  });
}

function weightProducts(
  members: readonly Predictor[],
  phi: DenseMatrix,
  backend: NumericsBackend,
): DenseMatrix {
  if (members.length === 0) {
    throw new StudioError("INVALID_PARAMETER", "the committee has no members");
  }
  requireFinite(phi.data, "features φ");
  const weights = denseMatrix(members.length, phi.cols);
  members.forEach((member, b) => {
    weights.data.set(member.weights, b * phi.cols);
  });
  const out = denseMatrix(members.length, phi.rows);
  backend.gemm(1, weights, false, phi, true, 0, out);
  return out;
}

function wholeBaseline(
  { species, offsets, energies }: EnergyTrainingSet,
  structureRows: StructureRows,
  backend: NumericsBackend,
): EnergyBaseline {
  const nAtoms = Int32Array.from(energies, (_, a) => (offsets[a + 1] ?? 0) - offsets[a]!);
  return fitBaseline(species, offsets, energies, rowScales(nAtoms, structureRows), backend);
}

/** `own` with the species it lacks taken from `whole`; `own` itself when it lacks none. */
function completedBaseline(own: EnergyBaseline, whole: EnergyBaseline): EnergyBaseline {
  if (own.species.length === whole.species.length) return own;
  const known = new Map(Array.from(own.species, (z, j) => [z, own.energies[j]!]));
  return {
    species: whole.species,
    energies: whole.energies.map((energy, j) => known.get(whole.species[j]!) ?? energy),
    diagnostics: own.diagnostics,
  };
}

function borrowedDiagnostics(borrowed: number, members: number): readonly Diagnostic[] {
  if (borrowed === 0) return [];
  return [
    {
      severity: "warning",
      code: "COMMITTEE_BASELINE_SHARED",
      message:
        `${borrowed} of ${members} committee members were trained without a species of the training ` +
        "set; its baseline energy is that of the whole set, so their spread leaves it out.",
    },
  ];
}

function addTo(target: Float64Array, values: Float64Array): void {
  for (let k = 0; k < target.length; k++) target[k]! += values[k]!;
}

function average(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
