/** Small networks and training sets with more than one species, for tests. */
import type { NetworkModel } from "../../src/models/network/networkModel.ts";
import type { NetworkTrainingSet } from "../../src/models/network/networkSettings.ts";
import { createRandom, integerBelow, uniform } from "../../src/random.ts";
import type { DenseMatrix } from "../../src/numerics/matrix.ts";
import { randomMatrix } from "./matrices.ts";

/** Weights uniform on [−1, 1), features shifted and scaled differently for each species. */
export function randomNetwork(
  nFeatures: number,
  hiddenLayers: readonly number[],
  species: readonly number[],
  seed: number,
): NetworkModel {
  const widths = [nFeatures, ...hiddenLayers, 1];
  const perSpecies = widths
    .slice(1)
    .reduce((sum, width, l) => sum + width * ((widths[l] ?? 0) + 1), 0);
  const size = species.length * nFeatures;
  return {
    nFeatures,
    hiddenLayers,
    species: Uint8Array.from(species),
    parameters: randomMatrix(1, species.length * perSpecies, seed).data,
    standardization: {
      means: randomMatrix(1, size, seed + 1).data,
      scales: randomMatrix(1, size, seed + 2).data.map((value) => 0.5 + Math.abs(value)),
      constantColumns: new Int32Array(species.length),
    },
    energyScale: 0.37,
  };
}

/** Energies are sums of a smooth function of the features and the species, and an atomic energy. */
export function smoothTrainingSet(
  nStructures: number,
  nFeatures: number,
  species: readonly number[],
  seed: number,
): NetworkTrainingSet {
  const random = createRandom(seed);
  const offsets = new Int32Array(nStructures + 1);
  for (let a = 0; a < nStructures; a++) offsets[a + 1] = offsets[a]! + 1 + integerBelow(random, 6);
  const n = offsets[nStructures]!;
  const features: DenseMatrix = randomMatrix(n, nFeatures, seed + 1);
  const kinds = Uint8Array.from(
    { length: n },
    () => species[integerBelow(random, species.length)]!,
  );
  const energies = Float64Array.from({ length: nStructures }, (_, a) => {
    let energy = 0;
    for (let i = offsets[a]!; i < offsets[a + 1]!; i++) {
      const row = features.data.subarray(i * nFeatures, (i + 1) * nFeatures);
      const local = row.reduce((sum, x, j) => sum + Math.sin(x + 0.3 * j + 0.1 * kinds[i]!), 0);
      energy += -2 - 0.5 * kinds[i]! + 0.2 * local;
    }
    return energy + 0.01 * uniform(random);
  });
  return { features, species: kinds, offsets, energies };
}
