/**
 * What rigidity needs of a trained network: φ_k = ∂ỹ_k/∂w and the structure rows g_A = Σ_{i∈A} φ_i
 * (Chong et al. 2023, Sec. VI). With the Gauss–Newton H = Σ_A s_A² g_A g_Aᵀ + μ I these go to
 * `rigidity/rigidityFactor.ts` like those of any other model.
 */
import { StudioError } from "../../errors.ts";
import type { NumericsBackend } from "../../numerics/backend.ts";
import { requireFinite } from "../../numerics/checks.ts";
import { denseMatrix, type DenseMatrix } from "../../numerics/matrix.ts";
import { baselineEnergies, type EnergyBaseline } from "../baseline.ts";
import {
  environmentBatch,
  requireOffsets,
  speciesIndices,
  structureOfEnvironments,
  structureRuns,
  type EnvironmentBatch,
} from "./environmentBatches.ts";
import { layoutOf, type NetworkLayout, type NetworkModel } from "./networkModel.ts";
import {
  addGradientSum,
  createWorkspace,
  propagateBackward,
  propagateForward,
  workspaceRows,
  writeRowGradient,
  type Workspace,
} from "./propagation.ts";
import { standardizeBatch } from "./standardization.ts";

/** Environments at a time: their standardised features stay in the second-level cache. */
const BLOCK_ENVIRONMENTS = 512;

/** How a long computation talks to its caller. */
export interface StreamControl {
  /** Polled between blocks; true ends the work with `CANCELLED`. */
  readonly isCancelled?: (() => boolean) | undefined;
}

/**
 * φ_k = ∂ỹ_k/∂w of every environment, by backpropagation. Only the columns of the environment's own
 * species are not zero. m × P may be large: pass blocks of environments.
 *
 * @param features - (m × d), as the model was trained on (not standardised)
 * @param species - atomic number of each environment, length m; φ = 0 for a species without a network
 * @returns (m × P) in the unit of the energies (w is dimensionless)
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` for features not finite
 */
export function networkGradients(
  network: NetworkModel,
  features: DenseMatrix,
  species: Uint8Array,
  backend: NumericsBackend,
): DenseMatrix {
  const out = denseMatrix(features.rows, network.parameters.length);
  streamEnvironments(network, features, species, backend, {}, true, (layout, workspace, batch) => {
    for (const { speciesIndex, start, end } of batch.runs) {
      for (let row = start; row < end; row++) {
        const first = batch.environments[row]! * out.cols + speciesIndex * layout.perSpecies;
        const target = out.data.subarray(first, first + layout.perSpecies);
        writeRowGradient(layout, workspace, row, target);
      }
    }
  });
  return out;
}

/**
 * g_A = Σ_{i∈A} φ_i of every structure, without storing φ. Not scaled by the structure-row convention:
 * use `scaleRows` of `structureRows.ts`.
 *
 * @param features - (n × d), structures one after the other
 * @param species - atomic number of each environment, length n
 * @param offsets - first environment of each structure, length nStructures + 1
 * @returns (nStructures × P) in the unit of the energies
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` for features not finite, `CANCELLED`
 */
export function networkStructureRows(
  network: NetworkModel,
  features: DenseMatrix,
  species: Uint8Array,
  offsets: Int32Array,
  backend: NumericsBackend,
  control: StreamControl = {},
): DenseMatrix {
  requireOffsets(offsets, features.rows);
  const structureOf = structureOfEnvironments(offsets);
  const out = denseMatrix(offsets.length - 1, network.parameters.length);
  streamEnvironments(
    network,
    features,
    species,
    backend,
    control,
    true,
    (layout, workspace, batch) => {
      for (const { structure, speciesIndex, start, end } of structureRuns(batch, structureOf)) {
        const first = structure * out.cols + speciesIndex * layout.perSpecies;
        const target = out.data.subarray(first, first + layout.perSpecies);
        addGradientSum(layout, workspaceRows(workspace, start, end), target, backend);
      }
    },
  );
  return out;
}

/**
 * Local energies ỹ_k = e_base(species_k) + the network's energy. Their sum over a structure is its
 * energy.
 *
 * @param features - (m × d)
 * @param species - atomic number of each environment, length m
 * @returns length m, in the unit of the training energies
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER` for features not finite or a species
 * that the training set has not, `CANCELLED`
 */
export function networkLocalEnergies(
  network: NetworkModel & { readonly baseline: EnergyBaseline },
  features: DenseMatrix,
  species: Uint8Array,
  backend: NumericsBackend,
  control: StreamControl = {},
): Float64Array {
  const out = baselineEnergies(network.baseline, species);
  const { energyScale } = network;
  streamEnvironments(
    network,
    features,
    species,
    backend,
    control,
    false,
    (_layout, workspace, batch) => {
      batch.environments.forEach((environment, row) => {
        out[environment]! += energyScale * workspace.outputs[row]!;
      });
    },
  );
  return out;
}

/** Runs every environment through its species' network, block by block. */
function streamEnvironments(
  network: NetworkModel,
  features: DenseMatrix,
  species: Uint8Array,
  backend: NumericsBackend,
  control: StreamControl,
  withDerivatives: boolean,
  visit: (layout: NetworkLayout, workspace: Workspace, batch: EnvironmentBatch) => void,
): void {
  const layout = layoutOf(network);
  requireEnvironments(features, species, network.nFeatures);
  const speciesIndex = speciesIndices(species, network.species);
  const capacity = Math.min(BLOCK_ENVIRONMENTS, features.rows);
  const workspace = createWorkspace(layout, capacity);
  workspace.seeds.fill(network.energyScale);
  for (let start = 0; start < features.rows; start += BLOCK_ENVIRONMENTS) {
    if (control.isCancelled?.() === true) {
      throw new StudioError("CANCELLED", "The job was cancelled.");
    }
    const end = Math.min(start + BLOCK_ENVIRONMENTS, features.rows);
    const batch = environmentBatch(speciesIndex, start, end, layout.nSpecies);
    standardizeBatch(features, batch, network.standardization, workspace.inputs);
    for (const run of batch.runs) {
      const rows = workspaceRows(workspace, run.start, run.end);
      const first = run.speciesIndex * layout.perSpecies;
      const block = network.parameters.subarray(first, first + layout.perSpecies);
      propagateForward(layout, block, rows, backend);
      if (withDerivatives) propagateBackward(layout, block, rows, backend);
    }
    visit(layout, workspace, batch);
  }
}

/**
 * @throws StudioError `INCOMPATIBLE_SHAPE` unless there are d features and a species for each
 * environment, `INVALID_PARAMETER` when a feature is not finite
 */
export function requireEnvironments(
  features: DenseMatrix,
  species: Uint8Array,
  nFeatures: number,
): void {
  if (features.cols !== nFeatures || features.rows !== species.length) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `environments of the network: features are ${features.rows} × ${features.cols} with ` +
        `${species.length} species, expected ${species.length} × ${nFeatures}`,
    );
  }
  requireFinite(features.data, "environment features");
}
