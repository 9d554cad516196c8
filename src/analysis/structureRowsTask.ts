/** The tasks of linear and network models: structure rows g_A = Σ φ, and training a network. */
import { networkStructureRows } from "../models/network/networkGradients.ts";
import { trainNetwork, type TrainedNetwork } from "../models/network/trainNetwork.ts";
import { sumStructureRows } from "../models/structureRows.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { visitSource } from "./describeBlocks.ts";
import { applyFeatureMap } from "./featureMap.ts";
import type { FeatureMap, StructureRowsTask, TaskControl, TrainNetworkTask } from "./task.ts";

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
