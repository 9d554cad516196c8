/** The tasks about structure rows g_A = Σ φ: kernel sums and φ, their sums, and training a network. */
import { projectToKernelSpace, type KernelSpace } from "../../models/kernelSpace.ts";
import { networkStructureRows } from "../../models/network/networkGradients.ts";
import { trainNetwork, type TrainedNetwork } from "../../models/network/trainNetwork.ts";
import type { NetworkSettings } from "../../models/network/networkSettings.ts";
import { sumStructureRows } from "../../models/structureRows.ts";
import type { NumericsBackend } from "../../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { visitSource } from "./describeBlocks.ts";
import { applyFeatureMap } from "./featureMap.ts";
import type { FeatureMap, FeatureSource, KernelContext, TaskControl } from "./taskContext.ts";

/** Rows of K_NM, one for each structure: sums of the kernel over its environments. */
export interface StructureKernelsTask {
  readonly kind: "structureKernels";
  readonly structures: readonly { readonly source: FeatureSource; readonly out: DenseMatrix }[];
  readonly kernel: KernelContext;
}

/** Structure rows g_A = Σ φ of a linear or network model, one for each structure. */
export interface StructureRowsTask {
  readonly kind: "structureRows";
  readonly structures: readonly { readonly source: FeatureSource; readonly out: DenseMatrix }[];
  readonly map: FeatureMap;
}

/** `out` (n × rank) ← rows of `kernels` (n × M) in kernel space. */
export interface ProjectTask {
  readonly kind: "project";
  readonly space: KernelSpace;
  readonly kernels: DenseMatrix;
  readonly out: DenseMatrix;
}

/** Trains a network on the structures of one variant. */
export interface TrainNetworkTask {
  readonly kind: "trainNetwork";
  /** Features of the environments of the pool, (nEnvironments × d). */
  readonly features: DenseMatrix;
  readonly poolSpecies: Uint8Array;
  readonly poolOffsets: Int32Array;
  readonly rowIndices: Int32Array;
  readonly energies: Float64Array;
  readonly settings: NetworkSettings;
}

/** Every kind of work for structure rows. */
export type RowTask = StructureKernelsTask | StructureRowsTask | ProjectTask | TrainNetworkTask;

/** What they give back besides their outputs. */
export interface RowTaskResults {
  structureKernels: null;
  structureRows: null;
  project: null;
  trainNetwork: TrainedNetwork;
}

/** Each structure by itself, in blocks: its row does not depend on its neighbours in the task. */
export function structureKernels(
  task: StructureKernelsTask,
  backend: NumericsBackend,
  control: TaskControl,
): null {
  const { active, activeSpecies, zeta } = task.kernel;
  for (const { source, out } of task.structures) {
    out.data.fill(0);
    const part = denseMatrix(1, active.rows);
    visitSource(source, backend, control, (features, species) => {
      const offsets = Int32Array.of(0, features.rows);
      backend.polynomialKernelSums(features, species, offsets, active, activeSpecies, zeta, part);
      for (let j = 0; j < part.cols; j++) out.data[j]! += part.data[j]!;
    });
  }
  return null;
}

/** Rows of kernels in kernel space. */
export function project({ space, kernels, out }: ProjectTask, backend: NumericsBackend): null {
  out.data.set(projectToKernelSpace(space, kernels, backend).data);
  return null;
}

/** Each structure by itself, in blocks: its row does not depend on its neighbours in the task. */
export function structureRows(
  task: StructureRowsTask,
  backend: NumericsBackend,
  control: TaskControl,
): null {
  for (const { source, out } of task.structures) {
    out.data.fill(0);
    visitSource(source, backend, control, (features, species) => {
      const sum = sumOfPhi(task.map, features, species, backend);
      for (let j = 0; j < out.cols; j++) out.data[j]! += sum.data[j]!;
    });
  }
  return null;
}

/** Σ φ over the environments, (1 × d); for networks without forming φ. */
function sumOfPhi(
  map: FeatureMap,
  features: DenseMatrix,
  species: Uint8Array,
  backend: NumericsBackend,
): DenseMatrix {
  const offsets = Int32Array.of(0, features.rows);
  return map.kind === "network"
    ? networkStructureRows(map.network, features, species, offsets, backend)
    : sumStructureRows(applyFeatureMap(map, features, species, backend), offsets);
}

/** Trains on the structures of a variant, taken out of the features of the pool. */
export function trainNetworkOf(
  task: TrainNetworkTask,
  backend: NumericsBackend,
  control: TaskControl,
): TrainedNetwork {
  const { features, poolSpecies, poolOffsets, rowIndices, energies, settings } = task;
  const offsets = new Int32Array(rowIndices.length + 1);
  rowIndices.forEach((a, i) => {
    offsets[i + 1] = offsets[i]! + poolOffsets[a + 1]! - poolOffsets[a]!;
  });
  const nEnvironments = offsets[rowIndices.length]!;
  const gathered = denseMatrix(nEnvironments, features.cols);
  const species = new Uint8Array(nEnvironments);
  rowIndices.forEach((a, i) => {
    const first = poolOffsets[a]!;
    const end = poolOffsets[a + 1]!;
    gathered.data.set(rowRange(features, first, end).data, offsets[i]! * features.cols);
    species.set(poolSpecies.subarray(first, end), offsets[i]);
  });
  return trainNetwork(
    { features: gathered, species, offsets, energies },
    settings,
    backend,
    control,
  );
}
