/**
 * From features to φ: the only place where linear, sparse kernel and network models differ on
 * the way to a rigidity.
 */
import { StudioError } from "../../errors.ts";
import { localEnergies } from "../../models/energyModel.ts";
import { projectToKernelSpace } from "../../models/kernelSpace.ts";
import { networkGradients, networkLocalEnergies } from "../../models/network/networkGradients.ts";
import type { NumericsBackend } from "../../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../../numerics/matrix.ts";
import { speciesSymbol } from "../../structures/species.ts";
import type { EnergyPredictor, FeatureMap, KernelContext } from "./taskContext.ts";

/**
 * Dimension d of φ.
 * @param nFeatures - columns of the features
 */
export function mapDimension(map: FeatureMap, nFeatures: number): number {
  switch (map.kind) {
    case "linear":
      return nFeatures * (map.centerSpecies?.length ?? 1);
    case "kernel":
      return map.space.rank;
    case "network":
      return map.network.parameters.length;
  }
}

/**
 * φ of every environment.
 *
 * @param features - (m × nFeatures), not modified
 * @param species - atomic number of each environment, length m
 * @returns (m × d); may be `features` itself
 * @throws StudioError `INCOMPATIBLE_SHAPE`, and `INVALID_PARAMETER` for values that are not finite
 * or a species that the map does not know
 */
export function applyFeatureMap(
  map: FeatureMap,
  features: DenseMatrix,
  species: Uint8Array,
  backend: NumericsBackend,
): DenseMatrix {
  switch (map.kind) {
    case "linear":
      return map.centerSpecies === null
        ? features
        : speciesBlocks(features, species, map.centerSpecies);
    case "kernel":
      return projectToKernelSpace(
        map.space,
        kernelToActive(map.kernel, features, species, backend),
        backend,
      );
    case "network":
      return networkGradients(map.network, features, species, backend);
  }
}

/** k_Mk of every environment, as rows: (m × M). */
export function kernelToActive(
  { active, activeSpecies, zeta }: KernelContext,
  features: DenseMatrix,
  species: Uint8Array,
  backend: NumericsBackend,
): DenseMatrix {
  const out = denseMatrix(features.rows, active.rows);
  backend.polynomialKernel(features, species, active, activeSpecies, zeta, out);
  return out;
}

/** Local energies of every environment, eV including the baseline. */
export function predictLocalEnergies(
  predictor: EnergyPredictor,
  phi: DenseMatrix,
  features: DenseMatrix,
  species: Uint8Array,
  backend: NumericsBackend,
): Float64Array {
  return predictor.kind === "weights"
    ? localEnergies(predictor, phi, species, backend)
    : networkLocalEnergies(predictor.network, features, species, backend);
}

/**
 * Row i of the features in the columns of the block of its species, zeros elsewhere: inner products
 * of different species vanish.
 *
 * @param centerSpecies - atomic numbers, one block each
 * @returns (m × nFeatures · nSpecies)
 * @throws StudioError `INVALID_PARAMETER` for a species without a block
 */
export function speciesBlocks(
  features: DenseMatrix,
  species: Uint8Array,
  centerSpecies: Uint8Array,
): DenseMatrix {
  const { rows, cols, data } = features;
  const out = denseMatrix(rows, cols * centerSpecies.length);
  for (let i = 0; i < rows; i++) {
    const block = centerSpecies.indexOf(species[i] ?? 0);
    if (block === -1) {
      throw new StudioError(
        "INVALID_PARAMETER",
        `the linear model has no block for ${speciesSymbol(species[i] ?? 0)}`,
      );
    }
    out.data.set(data.subarray(i * cols, (i + 1) * cols), i * out.cols + block * cols);
  }
  return out;
}
