/** LPR of a film under a model on M = 1000 active points: one core, work of one variant. */
import { createNativeBackend, loadNative } from "../../native/index.ts";
import { neighborBatchFromList } from "../../src/descriptors/neighborBatch.ts";
import { createSoapPlan } from "../../src/descriptors/soap.ts";
import { gatherRows } from "../../src/models/farthestPoints.ts";
import { kernelSpace, projectToKernelSpace } from "../../src/models/kernelSpace.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../src/numerics/matrix.ts";
import { factorize, localPredictionRigidity } from "../../src/rigidity/rigidityFactor.ts";
import { neighborList } from "../../src/structures/neighborList.ts";
import { CARBON_SOAP, film } from "./carbonFilm.ts";
import { benchFlops } from "./measure.ts";

const M = 1000;
const STRUCTURES = 500;
const SPECIES = Uint8Array.of(6);

const backend = createNativeBackend(loadNative());

function describe(): DenseMatrix {
  const structure = film();
  const plan = createSoapPlan(CARBON_SOAP, SPECIES, "symmetric");
  const features = denseMatrix(structure.nAtoms, plan.nFeatures);
  const list = neighborList(structure, CARBON_SOAP.cutoff);
  backend.soapPowerSpectrum(neighborBatchFromList(structure, list, SPECIES, 0), plan, features);
  return features;
}

function carbon({ rows }: DenseMatrix): Uint8Array {
  return new Uint8Array(rows).fill(6);
}

backend.setThreads(1);
const features = describe();
const active = gatherRows(
  features,
  Int32Array.from({ length: M }, (_, i) => Math.floor((i * features.rows) / M)),
);
const kernel = (x: DenseMatrix): DenseMatrix => {
  const out = denseMatrix(x.rows, M);
  backend.polynomialKernel(x, carbon(x), active, carbon(active), 4, out);
  return out;
};
const kernelMM = kernel(active);
const space = kernelSpace(kernelMM, backend);
const targetKernels = kernel(features);
const phi = projectToKernelSpace(space, targetKernels, backend);
const { rank } = space;
const rows = rowRange(phi, 0, STRUCTURES);
const factor = factorize(rows, 1e-4, backend);
const n = features.rows;

await benchFlops(`Kernel space of ${String(M)} active points`, M ** 3 / 3, () =>
  kernelSpace(kernelMM, backend),
);
await benchFlops(
  `Factor of ${String(STRUCTURES)} structures, rank ${String(rank)} (${factor.kind})`,
  14 * rank * STRUCTURES ** 2,
  () => factorize(rows, 1e-4, backend),
);
await benchFlops(`Kernel of ${String(n)} targets`, 2 * n * M * 324, () => kernel(features));
await benchFlops(`φ of ${String(n)} targets`, n * rank ** 2, () =>
  projectToKernelSpace(space, targetKernels, backend),
);
const perTarget = factor.kind === "qr" ? rank ** 2 : 4 * rank * STRUCTURES;
await benchFlops(`LPR of ${String(n)} targets, one variant`, n * perTarget, () =>
  localPredictionRigidity(factor, phi, backend),
);
