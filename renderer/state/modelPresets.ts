/** Model settings to start from. */
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import type { SparseKernelModel } from "../../src/project/document.ts";
import { speciesSymbol } from "../../src/structures/species.ts";

export interface ModelPreset {
  readonly id: string;
  readonly label: string;
  /** Where the numbers come from. */
  readonly source: string;
  readonly descriptor: SoapHyperparameters;
  model(from: readonly string[]): SparseKernelModel;
}

function sparseKernel(zeta: number, size: number) {
  return (from: readonly string[]): SparseKernelModel => ({
    type: "sparse-kernel",
    zeta,
    activeSet: { method: "fps", size, from },
    regularizer: 1e-4,
    structureRows: "mean",
  });
}

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
  model: sparseKernel(4, 1000),
};

const AMORPHOUS_SILICON: ModelPreset = {
  id: "silicon",
  label: "Amorphous silicon",
  source: "Chong et al. (2023), published example, 2.85 Å cutoff",
  descriptor: {
    type: "soap",
    basis: "gto",
    cutoff: 2.85,
    cutoffWidth: 0.1,
    sigma: 0.5,
    nMax: 10,
    lMax: 12,
  },
  model: sparseKernel(4, 1000),
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
  model: sparseKernel(4, 1000),
};

export const MODEL_PRESETS: readonly ModelPreset[] = [GAP_17_CARBON, AMORPHOUS_SILICON, GENERAL];

/** The preset for the species found in the training set. */
export function standardModel(species: readonly number[]): ModelPreset {
  const [only] = species;
  if (species.length === 1 && only !== undefined) {
    if (speciesSymbol(only) === "C") return GAP_17_CARBON;
    if (speciesSymbol(only) === "Si") return AMORPHOUS_SILICON;
  }
  return GENERAL;
}
