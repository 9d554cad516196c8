/** Model settings to start from: published ones where they exist, and where they come from. */
import type { SoapHyperparameters } from "../descriptors/hyperparameters.ts";
import { speciesSymbol } from "../structures/species.ts";
import type { SparseKernelModel } from "./document.ts";

/** A named descriptor and model. */
export interface ModelPreset {
  readonly id: string;
  readonly label: string;
  /** Where the numbers come from, for people. */
  readonly source: string;
  readonly descriptor: SoapHyperparameters;
  /** The model, with an active set from these datasets. */
  model(from: readonly string[]): SparseKernelModel;
}

/** Per-atom rows throughout: a two-atom crystal counts like a 64-atom cell. */
function sparseKernel(zeta: number, size: number, regularizer: number) {
  return (from: readonly string[]): SparseKernelModel => ({
    type: "sparse-kernel",
    zeta,
    activeSet: { method: "fps", size, from },
    regularizer,
    structureRows: "mean",
  });
}

/** Many-body term of GAP-17: Deringer & Csányi (2017), doi:10.1103/PhysRevB.95.094203. */
const GAP_17_CARBON: ModelPreset = {
  id: "carbon",
  label: "Carbon, GAP-17",
  source: "Deringer and Csányi (2017), 3.7 Å cutoff",
  descriptor: {
    type: "soap",
    basis: "gto",
    cutoff: 3.7,
    cutoffWidth: 0.5,
    sigma: 0.5,
    nMax: 8,
    lMax: 8,
  },
  model: sparseKernel(4, 1000, 1e-4),
};

/** Descriptor of the published a-Si example of Chong et al. (2023); the kernel is this project's. */
const AMORPHOUS_SILICON: ModelPreset = {
  id: "silicon",
  label: "Amorphous silicon",
  source: "Descriptor of the example by Chong et al. (2023), 2.85 Å cutoff",
  descriptor: {
    type: "soap",
    basis: "gto",
    cutoff: 2.85,
    cutoffWidth: 0.1,
    sigma: 0.5,
    nMax: 10,
    lMax: 12,
  },
  model: sparseKernel(2, 500, 1e-5),
};

/** Chong et al. (2023) print none for GaAs: both shells of zinc blende lie inside this cutoff. */
const GALLIUM_ARSENIDE: ModelPreset = {
  id: "gallium-arsenide",
  label: "Gallium arsenide",
  source: "Settings of this project, 4 Å cutoff",
  descriptor: {
    type: "soap",
    basis: "gto",
    cutoff: 4,
    cutoffWidth: 0.5,
    sigma: 0.5,
    nMax: 6,
    lMax: 4,
  },
  model: sparseKernel(2, 80, 1e-6),
};

const GENERAL: ModelPreset = {
  id: "general",
  label: "General, 5 Å",
  source: "A starting point for other elements; check the cutoff against the bond lengths",
  descriptor: {
    type: "soap",
    basis: "gto",
    cutoff: 5,
    cutoffWidth: 0.5,
    sigma: 0.5,
    nMax: 8,
    lMax: 6,
  },
  model: sparseKernel(4, 1000, 1e-4),
};

/** In the order in which they are offered. */
export const MODEL_PRESETS: readonly ModelPreset[] = [
  GAP_17_CARBON,
  AMORPHOUS_SILICON,
  GALLIUM_ARSENIDE,
  GENERAL,
];

/** The preset for exactly these species (atomic numbers). */
export function standardModel(species: readonly number[]): ModelPreset {
  const found = species.map(speciesSymbol).sort().join(" ");
  if (found === "C") return GAP_17_CARBON;
  if (found === "Si") return AMORPHOUS_SILICON;
  return found === "As Ga" ? GALLIUM_ARSENIDE : GENERAL;
}
