/** From structures with energies to the function that training minimises. */
import { StudioError, type Diagnostic } from "../../errors.ts";
import type { NumericsBackend } from "../../numerics/backend.ts";
import { requireRegularizer } from "../../numerics/checks.ts";
import type { Preconditioner } from "../../numerics/lbfgs.ts";
import { baselineEnergies, fitBaseline, type EnergyBaseline } from "../baseline.ts";
import { rowScales } from "../structureRows.ts";
import { requireOffsets, speciesIndices } from "./environmentBatches.ts";
import { requireEnvironments } from "./networkGradients.ts";
import { gaussNewtonPreconditioner, preconditionerStructures } from "./gaussNewton.ts";
import { createNetworkLoss, type NetworkLoss } from "./networkLoss.ts";
import { networkLayout, type NetworkLayout, type NetworkModel } from "./networkModel.ts";
import { fitStandardization } from "./standardization.ts";
import type { CompleteNetworkSettings, NetworkTrainingSet } from "./networkSettings.ts";

/** A training set made ready. */
export interface TrainingProblem {
  readonly layout: NetworkLayout;
  readonly model: Omit<NetworkModel, "parameters">;
  readonly loss: NetworkLoss;
  readonly preconditioner: Preconditioner;
  readonly nAtoms: Int32Array;
  readonly baseline: EnergyBaseline;
  /** E_A^base. */
  readonly baselineTotals: Float64Array;
  readonly gradientNormTolerance: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Fits baseline, standardisation and energy scale.
 * @param beforeBatch - called before each batch of the loss
 * @throws StudioError as `trainNetwork`
 */
export function prepareTraining(
  training: NetworkTrainingSet,
  settings: CompleteNetworkSettings,
  backend: NumericsBackend,
  beforeBatch: () => void,
): TrainingProblem {
  const { features, species, offsets, energies } = training;
  const { hiddenLayers, regularizer, structureRows } = settings;
  requireSettings(settings);
  requireEnvironments(features, species, features.cols);
  requireOffsets(offsets, features.rows);
  const nAtoms = Int32Array.from(energies, (_, a) => (offsets[a + 1] ?? 0) - (offsets[a] ?? 0));
  const scales = rowScales(nAtoms, structureRows);
  const baseline = fitBaseline(species, offsets, energies, scales, backend);
  const layout = networkLayout(features.cols, hiddenLayers, baseline.species.length);
  const speciesIndex = speciesIndices(species, baseline.species);
  const standardization = fitStandardization(features, speciesIndex, layout.nSpecies);
  const baselineTotals = sumOver(baselineEnergies(baseline, species), offsets);
  const targets = energies.map((energy, a) => energy - baselineTotals[a]!);
  const { energyScale, diagnostics } = chooseEnergyScale(settings, targets, energies, nAtoms);
  const loss = createNetworkLoss(
    {
      ...{ layout, standardization, energyScale, regularizer },
      ...{ features, speciesIndex, offsets, targets, scales },
    },
    backend,
    beforeBatch,
  );
  const sample = preconditionerStructures(energies.length, layout.nParameters);
  return {
    layout,
    model: {
      nFeatures: features.cols,
      hiddenLayers: [...hiddenLayers],
      species: baseline.species,
      standardization,
      energyScale,
    },
    loss,
    preconditioner: gaussNewtonPreconditioner(
      loss,
      energies.length,
      sample,
      layout,
      regularizer,
      backend,
    ),
    nAtoms,
    baseline,
    baselineTotals,
    gradientNormTolerance: settings.gradientTolerance * lossOfScale(energyScale, scales, nAtoms),
    diagnostics: [
      ...baseline.diagnostics,
      ...diagnostics,
      ...constantColumnDiagnostics(standardization.constantColumns, features.cols),
      ...sampleDiagnostics(sample.length, energies.length),
    ],
  };
}

/** ½ Σ_A (s_A N_A energyScale)²: the loss of an error of one energy scale per atom. */
function lossOfScale(energyScale: number, scales: Float64Array, nAtoms: Int32Array): number {
  return scales.reduce((sum, s, a) => sum + 0.5 * (s * nAtoms[a]! * energyScale) ** 2, 0);
}

function requireSettings(settings: CompleteNetworkSettings): void {
  requireRegularizer(settings.regularizer, "network");
  const { gradientTolerance, energyScale } = settings;
  if (!(gradientTolerance > 0 && Number.isFinite(gradientTolerance))) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `network: the gradient tolerance is ${gradientTolerance}, expected a number > 0`,
      { remedy: "Choose for example 1e-5." },
    );
  }
  if (typeof energyScale === "number" && !(energyScale > 0 && Number.isFinite(energyScale))) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `network: the energy scale is ${energyScale}, expected a number > 0 or "targets"`,
    );
  }
}

/** Per-atom targets below this share of the per-atom energies are the rounding of the baseline. */
const NO_SPREAD = 1e-12;

function chooseEnergyScale(
  { energyScale }: CompleteNetworkSettings,
  targets: Float64Array,
  energies: Float64Array,
  nAtoms: Int32Array,
): { readonly energyScale: number; readonly diagnostics: readonly Diagnostic[] } {
  if (typeof energyScale === "number") return { energyScale, diagnostics: [] };
  const spread = rootMeanSquare(targets, nAtoms);
  if (spread > NO_SPREAD * rootMeanSquare(energies, nAtoms)) {
    return { energyScale: spread, diagnostics: [] };
  }
  return {
    energyScale: 1,
    diagnostics: [
      {
        severity: "warning",
        code: "NETWORK_TARGETS_WITHOUT_SPREAD",
        message:
          "The energies of the training set follow from the compositions alone: the network has " +
          "nothing to learn, its energy scale was set to 1.",
      },
    ],
  };
}

function rootMeanSquare(energies: Float64Array, nAtoms: Int32Array): number {
  const sum = energies.reduce((total, energy, a) => total + (energy / nAtoms[a]!) ** 2, 0);
  return Math.sqrt(sum / energies.length);
}

function constantColumnDiagnostics(
  constantColumns: Int32Array,
  nFeatures: number,
): readonly Diagnostic[] {
  const most = constantColumns.reduce((largest, count) => Math.max(largest, count), 0);
  if (most === 0) return [];
  return [
    {
      severity: "info",
      code: "NETWORK_CONSTANT_FEATURES",
      message:
        `Up to ${most} of ${nFeatures} features do not vary over the training environments of a ` +
        "species; they were shifted to 0 and kept their scale.",
    },
  ];
}

function sampleDiagnostics(used: number, nStructures: number): readonly Diagnostic[] {
  if (used === nStructures) return [];
  return [
    {
      severity: "info",
      code: "NETWORK_PRECONDITIONER_SAMPLED",
      message:
        `The Gauss–Newton preconditioner of the training uses ${used} of ${nStructures} structures: ` +
        "training may take more iterations, the loss and its minimum are those of all structures.",
    },
  ];
}

function sumOver(values: Float64Array, offsets: Int32Array): Float64Array {
  return Float64Array.from({ length: offsets.length - 1 }, (_, a) => {
    let sum = 0;
    for (let i = offsets[a]!; i < offsets[a + 1]!; i++) sum += values[i]!;
    return sum;
  });
}
