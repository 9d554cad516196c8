/** The addon in several worker_threads at once: same digits, shared output, clean ends. */
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { nativeAddonPath } from "../../native/index.ts";
import { createSoapPlan } from "../../src/descriptors/soap.ts";
import { denseMatrix, rowRange } from "../../src/numerics/matrix.ts";
import { product, randomMatrix } from "../support/matrices.ts";
import { nativeIsMissing, nativeUnderTest } from "../support/nativeAddon.ts";
import { randomBatch, sharedCopy } from "../support/soapBatches.ts";

/** Plain JavaScript, because worker_threads start without the test runner's loader. */
const WORKER_SOURCE = `
  const { parentPort, workerData } = require("node:worker_threads");
  const loaded = { exports: {} };
  process.dlopen(loaded, workerData.path);
  const { batch, plan, out, gram, repeats } = workerData;
  let trace = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    loaded.exports.soapPowerSpectrum(batch, plan, out);
    const vectors = { ...gram, data: gram.data.slice() };
    const values = new Float64Array(gram.rows);
    loaded.exports.symmetricEigen(vectors, values);
    trace = values.reduce((sum, value) => sum + value, 0);
  }
  parentPort.postMessage(trace);
`;

function runWorker(workerData: unknown): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER_SOURCE, { eval: true, workerData });
    let answer = Number.NaN;
    worker.once("message", (value: number) => (answer = value));
    worker.once("error", reject);
    worker.once("exit", () => {
      resolve(answer);
    });
  });
}

describe.skipIf(nativeIsMissing)("native addon in worker_threads", () => {
  const plan = createSoapPlan(
    { type: "soap", basis: "gto", cutoff: 3.7, cutoffWidth: 0.5, sigma: 0.5, nMax: 6, lMax: 5 },
    Uint8Array.of(6, 14),
    "symmetric",
  );
  const batch = randomBatch({
    nEnvironments: 200,
    nSpecies: 2,
    cutoff: 3.7,
    fewest: 15,
    most: 25,
    seed: 4,
  });

  test("two at once write the digits of this thread into shared memory", async () => {
    const { addon, backend } = nativeUnderTest();
    backend.setThreads(1);
    const expected = denseMatrix(200, plan.nFeatures);
    backend.soapPowerSpectrum(batch, plan, expected);
    const factor = randomMatrix(60, 60, 1);
    const gram = product(backend, factor, factor, false, true);
    const path = nativeAddonPath();
    const memory = denseMatrix(
      400,
      plan.nFeatures,
      sharedCopy(new Float64Array(400 * plan.nFeatures)),
    );
    const traces = await Promise.all(
      [0, 200].map((start) => {
        const out = rowRange(memory, start, start + 200);
        return runWorker({ path, batch, plan, out, gram, repeats: 5 });
      }),
    );
    const trace = backend.symmetricEigen(gram).values.reduce((sum, value) => sum + value, 0);
    expect(traces).toEqual([trace, trace]);
    expect(rowRange(memory, 0, 200).data.every((v, i) => v === expected.data[i])).toBe(true);
    expect(rowRange(memory, 200, 400).data.every((v, i) => v === expected.data[i])).toBe(true);
    expect(addon.describe().blas).not.toBe("");
  });

  test("workers that come and go leave the addon usable here", async () => {
    const { backend } = nativeUnderTest();
    const path = nativeAddonPath();
    const out = denseMatrix(200, plan.nFeatures);
    const gram = randomMatrix(1, 1, 1);
    for (let round = 0; round < 3; round++) {
      await runWorker({ path, batch, plan, out, gram, repeats: 1 });
    }
    backend.soapPowerSpectrum(batch, plan, out);
    expect(out.data.some((value) => value !== 0)).toBe(true);
  });
});
