/** Training a network on a thousand structures, and its φ: time, memory, counts; both cores. */
import { createNativeBackend, loadNative } from "../../native/index.ts";
import {
  networkGradients,
  networkLocalEnergies,
  networkStructureRows,
} from "../../src/models/network/networkGradients.ts";
import { trainNetwork } from "../../src/models/network/trainNetwork.ts";
import type {
  NetworkSettings,
  NetworkTrainingSet,
} from "../../src/models/network/networkSettings.ts";
import type { NumericsBackend } from "../../src/numerics/backend.ts";
import { rowRange } from "../../src/numerics/matrix.ts";
import { factorize, localPredictionRigidity } from "../../src/rigidity/rigidityFactor.ts";
import { randomMatrix, soapLikeFeatures } from "../support/matrices.ts";
import { benchFlops, formatSeconds, measure, printRow } from "./measure.ts";

const STRUCTURES = 1000;
const ATOMS = 48;
const FEATURES = 324;
const TARGETS = 2048;
const ITERATIONS = 20;
const REGULARIZER = 1e-2;

/** As many numbers as the carbon example has, of its kind: nearly collinear features. */
function trainingSet(): NetworkTrainingSet {
  const n = STRUCTURES * ATOMS;
  const features = soapLikeFeatures(n, FEATURES, 1, 0.98);
  const weights = randomMatrix(1, FEATURES, 2).data;
  const offsets = Int32Array.from({ length: STRUCTURES + 1 }, (_, a) => ATOMS * a);
  const energies = Float64Array.from({ length: STRUCTURES }, (_, a) => {
    let energy = 0;
    for (let i = ATOMS * a; i < ATOMS * (a + 1); i++) {
      const x = features.data.subarray(i * FEATURES, (i + 1) * FEATURES);
      energy += Math.sin(3 * x.reduce((sum, value, j) => sum + value * weights[j]!, 0));
    }
    return energy;
  });
  return { features, species: new Uint8Array(n).fill(6), offsets, energies };
}

/** Counts the operations of matrix products. */
function countingProducts(inner: NumericsBackend): { backend: NumericsBackend; flops: number } {
  const counted = {
    flops: 0,
    backend: {
      ...inner,
      gemm: (...call: Parameters<NumericsBackend["gemm"]>): void => {
        const [, a, transposeA, , , , c] = call;
        counted.flops += 2 * c.rows * c.cols * (transposeA ? a.rows : a.cols);
        inner.gemm(...call);
      },
    },
  };
  return counted;
}

const native = createNativeBackend(loadNative());
native.setThreads(2);
const counted = countingProducts(native);
const { backend } = counted;
const training = trainingSet();
const { features, species, offsets } = training;
const settings: NetworkSettings = {
  regularizer: REGULARIZER,
  structureRows: "mean",
  seed: 1,
  gradientTolerance: Number.MIN_VALUE,
  maxIterations: ITERATIONS,
};

let network = trainNetwork(training, { ...settings, maxIterations: 1 }, backend);
const size = `${String(STRUCTURES)} structures, ${String(features.rows)} × ${String(FEATURES)}`;
counted.flops = 0;
const trained = await measure(() => {
  network = trainNetwork(training, settings, backend);
}, 1);
printRow({
  work: `Network 2 × 16, ${String(ITERATIONS)} iterations: ${size}`,
  time: formatSeconds(trained.seconds),
  peakBytes: trained.peakBytes,
  operations:
    `${String(network.evaluations)} gradients, ${(counted.flops / 1e9).toFixed(1)} GF in products, ` +
    `${formatSeconds(trained.seconds / ITERATIONS)} an iteration`,
});

const weights = FEATURES * 16 + 16 * 16 + 16;
const rows = networkStructureRows(network, features, species, offsets, backend);
await benchFlops(
  `Structure rows, P = ${String(network.parameters.length)}`,
  4 * features.rows * weights,
  () => networkStructureRows(network, features, species, offsets, backend),
);
const factor = factorize(rows, REGULARIZER, backend);
await benchFlops(
  `Factor of ${String(STRUCTURES)} structures (${factor.kind}, as 14mk²)`,
  14 * rows.cols * STRUCTURES ** 2,
  () => factorize(rows, REGULARIZER, backend),
);
const block = rowRange(features, 0, 256);
const blockSpecies = species.subarray(0, 256);
await benchFlops(`φ of 256 targets`, 256 * (4 * weights + network.parameters.length), () =>
  networkGradients(network, block, blockSpecies, backend),
);
await benchFlops(
  `LPR of ${String(TARGETS)} targets, φ in blocks of 256`,
  TARGETS * (4 * weights + 4 * network.parameters.length * STRUCTURES),
  () => {
    for (let start = 0; start < TARGETS; start += 256) {
      const part = rowRange(features, start, start + 256);
      const kinds = species.subarray(start, start + 256);
      localPredictionRigidity(factor, networkGradients(network, part, kinds, backend), backend);
    }
  },
);
await benchFlops(
  `Local energies of ${String(features.rows)} environments`,
  2 * features.rows * weights,
  () => networkLocalEnergies(network, features, species, backend),
);
