/** Speed of the native backend on one core. Prints a table on stdout; asserts nothing. */
import { createSoapPlan } from "../../src/descriptors/soap.ts";
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import { denseMatrix } from "../../src/numerics/matrix.ts";
import { createNativeBackend, loadNative } from "../../native/index.ts";
import type { InstructionSet } from "../../native/index.ts";
import { randomMatrix, unitRows } from "../support/matrices.ts";
import { randomBatch } from "../support/soapBatches.ts";

const REPEATS = 5;

const addon = loadNative();
const backend = createNativeBackend(addon);

/** Best time of a few runs, s. */
function seconds(action: () => void): number {
  let best = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = process.hrtime.bigint();
    action();
    best = Math.min(best, Number(process.hrtime.bigint() - start) * 1e-9);
  }
  return best;
}

function report(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(64)}${value}\n`);
}

function reportRate(name: string, flops: number, action: () => void): void {
  const time = seconds(action);
  report(name, `${(time * 1e3).toFixed(1)} ms, ${(flops / time / 1e9).toFixed(1)} GF/s`);
}

function benchSoap(): void {
  const carbon: SoapHyperparameters = {
    type: "soap",
    basis: "gto",
    cutoff: 3.7,
    cutoffWidth: 0.5,
    sigma: 0.5,
    nMax: 8,
    lMax: 8,
  };
  const cases = [
    { name: "n 8, l 8, 1 species", hypers: carbon, species: Uint8Array.of(6) },
    { name: "n 8, l 8, 2 species", hypers: carbon, species: Uint8Array.of(31, 33) },
    {
      name: "n 10, l 12, 1 species",
      hypers: { ...carbon, nMax: 10, lMax: 12 },
      species: Uint8Array.of(14),
    },
    {
      name: "n 6, l 4, 1 species",
      hypers: { ...carbon, nMax: 6, lMax: 4 },
      species: Uint8Array.of(6),
    },
  ];
  const sets: readonly InstructionSet[] = ["SSE2", "NEON", "AVX2", "AVX-512"];
  for (const { name, hypers, species } of cases) {
    const batch = randomBatch({
      nEnvironments: 2000,
      nSpecies: species.length,
      cutoff: 3.7,
      fewest: 25,
      most: 31,
      seed: 1,
    });
    for (const layout of ["symmetric", "full"] as const) {
      const plan = createSoapPlan(hypers, species, layout);
      const out = denseMatrix(batch.nEnvironments, plan.nFeatures);
      for (const set of sets) {
        try {
          const time = seconds(() => {
            addon.soapPowerSpectrum(batch, plan, out, set);
          });
          const micros = (time / batch.nEnvironments) * 1e6;
          report(
            `SOAP ${name}, 25-31 neighbours, ${layout}, ${set}`,
            `${micros.toFixed(2)} µs/atom`,
          );
        } catch {
          continue; // not an instruction set of this processor
        }
      }
    }
  }
}

function benchLinearAlgebra(): void {
  const n = 1000;
  const square = randomMatrix(n, n, 1);
  const c = denseMatrix(n, n);
  const multiply = (transposeB: boolean): void => {
    backend.gemm(1, square, false, square, transposeB, 0, c);
  };
  reportRate(`gemm ${n}³`, 2 * n ** 3, () => {
    multiply(true);
  });
  multiply(true);
  reportRate(`pivotedCholesky ${n}`, n ** 3 / 3, () => {
    backend.pivotedCholesky(c, 1e-14);
  });
  const { vectors, values } = backend.symmetricEigen(c);
  report("largest eigenvalue", `${values.at(-1)?.toFixed(3)} (${vectors.rows})`);
  reportRate(`symmetricEigen ${n} (4n³)`, 4 * n ** 3, () => {
    backend.symmetricEigen(c);
  });
  for (const rows of [2000, 4000, 16000]) {
    const tall = randomMatrix(rows, n, 2);
    const flops = 2 * n * n * (rows - n / 3);
    reportRate(`qrUpper ${rows} × ${n}`, flops, () => {
      backend.qrUpper({ ...tall, data: tall.data.slice() });
    });
  }
  const wide = randomMatrix(500, n, 3);
  reportRate(`thinSvd 500 × ${n} (14mk²)`, 14 * n * 500 ** 2, () => {
    backend.thinSvd(wide);
  });
  const upper = backend.qrUpper(randomMatrix(2 * n, n, 4));
  const right = randomMatrix(n, n, 5);
  reportRate(`solveTriangular ${n}, ${n} columns`, n ** 3, () => {
    backend.solveTriangular("upper", true, upper, { ...right, data: right.data.slice() });
  });
}

function benchKernels(): void {
  const [n, m, depth] = [8192, 1000, 324];
  const x = unitRows(randomMatrix(n, depth, 1));
  const y = unitRows(randomMatrix(m, depth, 2));
  const labels = (count: number): Uint8Array => new Uint8Array(count).fill(6);
  const flops = 2 * n * m * depth;
  const out = denseMatrix(n, m);
  reportRate(`gemm ${n} × ${m} × ${depth}`, flops, () => {
    backend.gemm(1, x, false, y, true, 0, out);
  });
  reportRate(`polynomialKernel ${n} × ${m} × ${depth}, zeta 4`, flops, () => {
    backend.polynomialKernel(x, labels(n), y, labels(m), 4, out);
  });
  const offsets = Int32Array.from({ length: n / 64 + 1 }, (_, i) => 64 * i);
  const sums = denseMatrix(n / 64, m);
  reportRate(`polynomialKernelSums ${n} × ${m} × ${depth}, zeta 4`, flops, () => {
    backend.polynomialKernelSums(x, labels(n), offsets, y, labels(m), 4, sums);
  });
  const alternating = Uint8Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 31 : 33));
  reportRate("polynomialKernel, two species alternating (half the work)", flops / 2, () => {
    backend.polynomialKernel(x, alternating, y, alternating.subarray(0, m), 4, out);
  });
  const one = denseMatrix(1, depth, y.data.subarray(0, depth));
  const column = denseMatrix(n, 1);
  reportRate(`polynomialKernel ${n} × 1 × ${depth} (farthest points)`, 2 * n * depth, () => {
    backend.polynomialKernel(x, labels(n), one, labels(1), 4, column);
  });
}

backend.setThreads(1);
report("backend", backend.description);
benchSoap();
benchLinearAlgebra();
benchKernels();
