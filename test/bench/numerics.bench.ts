/** Linear algebra, kernel sums and farthest points of the native backend on one core. */
import { createNativeBackend, loadNative } from "../../native/index.ts";
import { farthestPoints } from "../../src/models/farthestPoints.ts";
import { denseMatrix } from "../../src/numerics/matrix.ts";
import type { NumericsBackend } from "../../src/numerics/backend.ts";
import { randomMatrix, soapLikeFeatures, unitRows } from "../support/matrices.ts";
import { benchFlops, formatSeconds, measure, printRow } from "./measure.ts";

const backend = createNativeBackend(loadNative());

async function benchLinearAlgebra(): Promise<void> {
  const n = 1000;
  const square = randomMatrix(n, n, 1);
  const c = denseMatrix(n, n);
  await benchFlops(`gemm ${String(n)}³`, 2 * n ** 3, () => {
    backend.gemm(1, square, false, square, true, 0, c);
  });
  await benchFlops(`pivotedCholesky ${String(n)}`, n ** 3 / 3, () =>
    backend.pivotedCholesky(c, 1e-14),
  );
  await benchFlops(`symmetricEigen ${String(n)} (as 4n³)`, 4 * n ** 3, () =>
    backend.symmetricEigen(c),
  );
  for (const rows of [2000, 16000]) {
    const tall = randomMatrix(rows, n, 2);
    const flops = 2 * n * n * (rows - n / 3);
    await benchFlops(`qrUpper ${String(rows)} × ${String(n)}`, flops, () =>
      backend.qrUpper({ ...tall, data: tall.data.slice() }),
    );
  }
  const wide = randomMatrix(500, n, 3);
  await benchFlops(`thinSvd 500 × ${String(n)} (as 14mk²)`, 14 * n * 500 ** 2, () =>
    backend.thinSvd(wide),
  );
  const upper = backend.qrUpper(randomMatrix(2 * n, n, 4));
  const right = randomMatrix(n, n, 5);
  await benchFlops(`solveTriangular ${String(n)}, ${String(n)} columns`, n ** 3, () => {
    backend.solveTriangular("upper", true, upper, { ...right, data: right.data.slice() });
  });
}

function carbon(count: number): Uint8Array {
  return new Uint8Array(count).fill(6);
}

async function benchKernels(): Promise<void> {
  const [n, m, depth] = [24_576, 1000, 324];
  const x = unitRows(randomMatrix(n, depth, 1));
  const y = unitRows(randomMatrix(m, depth, 2));
  const flops = 2 * n * m * depth;
  const size = `${String(n)} × ${String(m)} × ${String(depth)}`;
  const out = denseMatrix(n, m);
  await benchFlops(`polynomialKernel ${size}, ζ 4`, flops, () => {
    backend.polynomialKernel(x, carbon(n), y, carbon(m), 4, out);
  });
  const offsets = Int32Array.from({ length: n / 64 + 1 }, (_, i) => 64 * i);
  const sums = denseMatrix(n / 64, m);
  await benchFlops(`polynomialKernelSums ${size}, ζ 4`, flops, () => {
    backend.polynomialKernelSums(x, carbon(n), offsets, y, carbon(m), 4, sums);
  });
  const alternating = Uint8Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 31 : 33));
  await benchFlops(`polynomialKernel ${size}, two species (half the work)`, flops / 2, () => {
    backend.polynomialKernel(x, alternating, y, alternating.subarray(0, m), 4, out);
  });
}

/** Counts what the products of an exact selection cost beyond the least possible. */
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

async function benchFarthestPoints(): Promise<void> {
  const [n, size] = [24_000, 1000];
  const features = soapLikeFeatures(n, 324, 1, 0.97);
  const counted = countingProducts(backend);
  let found = 0;
  const { seconds, peakBytes } = await measure(async () => {
    counted.flops = 0;
    const { indices } = await farthestPoints(features, 4, size, 0, counted.backend);
    found = indices.length;
  }, 3);
  const least = 2 * n * 324 * found;
  printRow({
    work: `Farthest points, ${String(found)} of ${String(n)} × 324, ζ 4`,
    time: formatSeconds(seconds),
    peakBytes,
    operations: `${(counted.flops / 1e9).toFixed(2)} GF, ${(counted.flops / least).toFixed(2)} × the least possible`,
  });
}

backend.setThreads(1);
await benchLinearAlgebra();
await benchKernels();
await benchFarthestPoints();
