/** Models beside the plain kernel one, and the plain numpy way of computing the same LPR. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNativeBackend, loadNative } from "../../native/index.ts";
import { neighborBatchFromList } from "../../src/descriptors/neighborBatch.ts";
import { createSoapPlan } from "../../src/descriptors/soap.ts";
import { writeNpz } from "../../src/formats/npz.ts";
import { committeeMembers, fitCommittee } from "../../src/models/committee.ts";
import { selectActiveSetByCur } from "../../src/models/curSelection.ts";
import { gatherRows } from "../../src/models/farthestPoints.ts";
import { kernelSpace, projectToKernelSpace } from "../../src/models/kernelSpace.ts";
import {
  searchByCrossValidation,
  searchByMarginalLikelihood,
} from "../../src/models/regularizerSearch.ts";
import { sumStructureRows } from "../../src/models/structureRows.ts";
import { denseMatrix, type DenseMatrix } from "../../src/numerics/matrix.ts";
import { createRandom, uniform } from "../../src/random.ts";
import { factorize, localPredictionRigidity } from "../../src/rigidity/rigidityFactor.ts";
import { neighborList } from "../../src/structures/neighborList.ts";
import { CARBON_SOAP, film } from "./carbonFilm.ts";
import { benchFlops, formatSeconds, measure, printRow } from "./measure.ts";

const M = 1000;
const MU = 1e-4;
const ATOMS_PER_STRUCTURE = 7;
const SPECIES = Uint8Array.of(6);

const backend = createNativeBackend(loadNative());
backend.setThreads(1);

function describe(): DenseMatrix {
  const structure = film();
  const plan = createSoapPlan(CARBON_SOAP, SPECIES, "symmetric");
  const out = denseMatrix(structure.nAtoms, plan.nFeatures);
  const list = neighborList(structure, CARBON_SOAP.cutoff);
  backend.soapPowerSpectrum(neighborBatchFromList(structure, list, SPECIES, 0), plan, out);
  return out;
}

const features = describe();
const n = features.rows;
const species = new Uint8Array(n).fill(6);
const nStructures = n / ATOMS_PER_STRUCTURE;
const offsets = Int32Array.from({ length: nStructures + 1 }, (_, a) => a * ATOMS_PER_STRUCTURE);
const random = createRandom(1);
const energies = Float64Array.from({ length: nStructures }, () => -50 + uniform(random));
const size = `${String(nStructures)} structures, ${String(n)} environments`;

const linearRows = sumStructureRows(features, offsets);
const d = features.cols;
await benchFlops(`Linear model: factor, d = ${String(d)}, ${size}`, 2 * nStructures * d ** 2, () =>
  factorize(linearRows, MU, backend),
);
const linear = factorize(linearRows, MU, backend);
await benchFlops(`Linear model: LPR of ${String(n)} targets`, n * d ** 2, () =>
  localPredictionRigidity(linear, features, backend),
);

const cur = await measure(
  () => selectActiveSetByCur(features, species, { zeta: 4, size: 300 }, backend),
  1,
);
printRow({
  work: `CUR: 300 active points of ${String(n)} candidates`,
  time: formatSeconds(cur.seconds),
  peakBytes: cur.peakBytes,
  operations: "greedy, orthogonalised after each point",
});

const active = gatherRows(
  features,
  Int32Array.from({ length: M }, (_, i) => Math.floor((i * n) / M)),
);
const kernel = (x: DenseMatrix): DenseMatrix => {
  const out = denseMatrix(x.rows, M);
  backend.polynomialKernel(x, species.subarray(0, x.rows), active, species.subarray(0, M), 4, out);
  return out;
};
const kernelMM = kernel(active);
const targets = kernel(features);
const structureKernels = sumStructureRows(targets, offsets);
const space = kernelSpace(kernelMM, backend);
const phi = projectToKernelSpace(space, targets, backend);
const rows = projectToKernelSpace(space, structureKernels, backend);
const { rank } = space;

const centered = energies.map((energy) => energy + 50);
for (const [name, search] of [
  ["5-fold cross-validation", () => searchByCrossValidation(rows, centered, { seed: 1 }, backend)],
  ["marginal likelihood", () => searchByMarginalLikelihood(rows, centered, backend)],
] as const) {
  const { seconds, peakBytes } = await measure(search, 1);
  const operations = `61 values of μ, ${name.startsWith("5") ? "5 decompositions" : "1 decomposition"}`;
  printRow({
    work: `μ by ${name}, M = ${String(M)}`,
    time: formatSeconds(seconds),
    peakBytes,
    operations,
  });
}

const training = { rows, species, offsets, energies };
const members = committeeMembers(nStructures, { seed: 1 });
const committee = await measure(() => fitCommittee(training, members, MU, "sum", backend), 1);
printRow({
  work: `Committee of 10, M = ${String(M)}, ${String(nStructures)} structures`,
  time: formatSeconds(committee.seconds),
  peakBytes: committee.peakBytes,
  operations: "10 fits of 80 %",
});

/** Ours and numpy's on the same kernel entries: time, and how far the plain way is off. */
async function compareWithNumpy(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "lpr-bench-"));
  try {
    const file = join(folder, "kernels.npz");
    const entry = ({ data, rows: r, cols }: DenseMatrix) => ({ data, shape: [r, cols] });
    writeFileSync(
      file,
      writeNpz({
        rows: entry(structureKernels),
        active: entry(kernelMM),
        targets: entry(targets),
        mu: { data: Float64Array.of(MU), shape: [1] },
      }),
    );
    const script = join(process.cwd(), "test", "bench", "plainNumpy.py");
    const text = execFileSync(process.env["PYTHON"] ?? "python3", [script, file], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const plain = JSON.parse(text) as { seconds: number; again: number; lpr: number[] };
    const ours = localPredictionRigidity(factorize(rows, MU, backend), phi, backend);
    const ratios = Float64Array.from(
      ours,
      (value, k) => (plain.lpr[k] ?? Number.NaN) / value,
    ).sort();
    const both = await measure(() => {
      const again = kernelSpace(kernelMM, backend);
      const projected = projectToKernelSpace(again, targets, backend);
      const projectedRows = projectToKernelSpace(again, structureKernels, backend);
      localPredictionRigidity(factorize(projectedRows, MU, backend), projected, backend);
    }, 2);
    const middle = ratios[ratios.length >> 1] ?? Number.NaN;
    const worst = Math.max(...ratios.map((ratio) => Math.abs(Math.log(ratio))));
    printRow({
      work: `LPR from kernels, ours: rank ${String(rank)}, ${String(n)} targets`,
      time: formatSeconds(both.seconds),
      peakBytes: both.peakBytes,
      operations: "stable route, one core",
    });
    printRow({
      work: "the same, plain numpy (normal equations, inverse)",
      time: formatSeconds(plain.seconds),
      peakBytes: null,
      operations: `off by ${((middle - 1) * 100).toPrecision(2)} % (median), worst factor ${Math.exp(worst).toPrecision(3)}`,
    });
    printRow({
      work: "one structure more, plain numpy (everything anew)",
      time: formatSeconds(plain.again),
      peakBytes: null,
      operations: "see whatIf for ours",
    });
  } catch {
    printRow({ work: "numpy is not on this machine", time: "", peakBytes: null, operations: "" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await compareWithNumpy();
