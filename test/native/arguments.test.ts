/** Every wrong argument of the addon is a StudioError with a code, and touches no output. */
import { describe, expect, test } from "vitest";
import { createSoapPlan } from "../../src/descriptors/soap.ts";
import type { NeighborBatch, NumericsBackend, SoapPlan } from "../../src/numerics/backend.ts";
import { denseMatrix } from "../../src/numerics/matrix.ts";
import type { DenseMatrix } from "../../src/numerics/matrix.ts";
import { randomMatrix } from "../support/matrices.ts";
import { errorCodeOf, nativeIsMissing, nativeUnderTest } from "../support/nativeAddon.ts";
import { randomBatch } from "../support/soapBatches.ts";

type Call = (backend: NumericsBackend) => unknown;

const a = randomMatrix(3, 4, 1);
const square = randomMatrix(3, 3, 2);
const three = Uint8Array.of(6, 6, 6);
const lying: DenseMatrix = { rows: 3, cols: 5, data: a.data };
const nan = denseMatrix(2, 2, Float64Array.of(1, Number.NaN, 0, 1));

/** A value of another type than the interface asks for, as untyped callers may pass. */
function wrong(value: unknown): never {
  return value as never;
}

const shapeErrors: readonly (readonly [string, Call])[] = [
  ["gemm, inner sizes", (b) => b.gemm(1, a, false, a, false, 0, denseMatrix(3, 4))],
  ["gemm, output", (b) => b.gemm(1, a, false, a, true, 0, denseMatrix(3, 4))],
  ["gemm, too little data", (b) => b.gemm(1, lying, false, a, true, 0, denseMatrix(3, 3))],
  ["pivotedCholesky, not square", (b) => b.pivotedCholesky(a, 0)],
  ["qrUpper, wide", (b) => b.qrUpper(denseMatrix(3, 4))],
  [
    "solveTriangular, rows of b",
    (b) => b.solveTriangular("lower", false, square, denseMatrix(4, 1)),
  ],
  ["symmetricEigen, not square", (b) => b.symmetricEigen(a)],
  [
    "polynomialKernel, species",
    (b) => b.polynomialKernel(a, three.subarray(1), a, three, 2, square),
  ],
  ["polynomialKernel, features", (b) => b.polynomialKernel(a, three, square, three, 2, square)],
  ["polynomialKernel, output", (b) => b.polynomialKernel(a, three, a, three, 2, a)],
  ...[[0, 2], [1, 3], [0, 2, 1, 3], [0, 4], []].map((offsets): readonly [string, Call] => [
    `polynomialKernelSums, offsets ${JSON.stringify(offsets)}`,
    (b) => {
      const out = denseMatrix(Math.max(0, offsets.length - 1), 3);
      b.polynomialKernelSums(a, three, Int32Array.from(offsets), a, three, 2, out);
    },
  ]),
];

const parameterErrors: readonly (readonly [string, Call])[] = [
  ["alpha not finite", (b) => b.gemm(Number.NaN, a, false, a, true, 0, square)],
  ["alpha not a number", (b) => b.gemm(wrong("1"), a, false, a, true, 0, square)],
  ["transposition not boolean", (b) => b.gemm(1, a, wrong(0), a, true, 0, square)],
  ["matrix missing", (b) => b.gemm(1, wrong(null), false, a, true, 0, square)],
  [
    "matrix of Float32",
    (b) => b.symmetricEigen(wrong({ rows: 1, cols: 1, data: new Float32Array(1) })),
  ],
  [
    "matrix of an ArrayBuffer",
    (b) => b.qrUpper(wrong({ rows: 1, cols: 1, data: new ArrayBuffer(8) })),
  ],
  ["fractional rows", (b) => b.gemm(1, { ...a, rows: 1.5 }, false, a, true, 0, square)],
  ["negative tolerance", (b) => b.pivotedCholesky(square, -1)],
  ["unknown triangle", (b) => b.solveTriangular(wrong("left"), false, square, square)],
  ["zeta 0", (b) => b.polynomialKernel(a, three, a, three, 0, square)],
  ["zeta 1.5", (b) => b.polynomialKernel(a, three, a, three, 1.5, square)],
  [
    "species of Int32",
    (b) => b.polynomialKernel(a, wrong(Int32Array.of(6, 6, 6)), a, three, 2, square),
  ],
  ["thread count 0", (b) => b.setThreads(0)],
];

describe.skipIf(nativeIsMissing)("native arguments", () => {
  test.each(shapeErrors)("shape: %s", (_, call) => {
    expect(errorCodeOf(() => call(nativeUnderTest().backend))).toBe("INCOMPATIBLE_SHAPE");
  });

  test.each(parameterErrors)("parameter: %s", (_, call) => {
    expect(errorCodeOf(() => call(nativeUnderTest().backend))).toBe("INVALID_PARAMETER");
  });

  test("a zero on the diagonal is not positive definite, a value not finite does not converge", () => {
    const { backend } = nativeUnderTest();
    const singular = denseMatrix(2, 2, Float64Array.of(1, 0, 0, 0));
    const solve = (): void => backend.solveTriangular("lower", false, singular, denseMatrix(2, 1));
    expect(errorCodeOf(solve)).toBe("NOT_POSITIVE_DEFINITE");
    expect(errorCodeOf(() => backend.symmetricEigen(nan))).toBe("NO_CONVERGENCE");
    expect(errorCodeOf(() => backend.thinSvd(nan))).toBe("NO_CONVERGENCE");
    expect(errorCodeOf(() => backend.pivotedCholesky(nan, 0))).toBe("NO_CONVERGENCE");
    expect(errorCodeOf(() => backend.qrUpper(nan))).toBe("NO_CONVERGENCE");
  });

  test("messages say what was found and what was expected", () => {
    const { backend } = nativeUnderTest();
    expect(() => backend.gemm(1, a, false, a, true, 0, a)).toThrow("c is 3 x 4, expected 3 x 3");
  });
});

describe.skipIf(nativeIsMissing)("native SOAP arguments", () => {
  const hypers = { type: "soap", basis: "gto", cutoff: 3, cutoffWidth: 0.5, sigma: 0.5 } as const;
  const plan = createSoapPlan({ ...hypers, nMax: 3, lMax: 2 }, Uint8Array.of(6, 14), "full");
  const options = { nEnvironments: 4, nSpecies: 2, cutoff: 3, fewest: 3, most: 6, seed: 1 };
  const batch = randomBatch(options);
  const table = plan.radialTable;
  const badVectors = batch.vectors.slice().fill(Number.NaN, 0, 1);

  function codeOf(changedBatch: Partial<NeighborBatch>, changedPlan: Partial<SoapPlan>): unknown {
    const out = denseMatrix(4, plan.nFeatures, new Float64Array(4 * plan.nFeatures).fill(7));
    const code = errorCodeOf(() => {
      const { backend } = nativeUnderTest();
      backend.soapPowerSpectrum({ ...batch, ...changedBatch }, { ...plan, ...changedPlan }, out);
    });
    if (code !== null) expect(out.data.every((value) => value === 7)).toBe(true);
    return code;
  }

  test("the unchanged arguments are accepted", () => {
    expect(codeOf({}, {})).toBeNull();
  });

  test.each<readonly [string, Partial<NeighborBatch>, Partial<SoapPlan>]>([
    ["number of environments", { nEnvironments: 3 }, {}],
    ["offsets that decrease", { offsets: batch.offsets.map((v, i) => (i === 1 ? 99 : v)) }, {}],
    ["centre species missing", { centerSpecies: new Int32Array(3) }, {}],
    ["centre species out of range", { centerSpecies: new Int32Array(4).fill(2) }, {}],
    ["negative neighbour species", { neighborSpecies: batch.neighborSpecies.map(() => -1) }, {}],
    ["vectors missing", { vectors: batch.vectors.subarray(3) }, {}],
    ["features of another layout", {}, { layout: "symmetric" }],
    ["table too short", {}, { radialTable: { ...table, values: table.values.subarray(1) } }],
    ["table of other sizes", {}, { lMax: 3 }],
    ["table that ends before the cutoff", {}, { radialTable: { ...table, step: table.step / 2 } }],
  ])("shape: %s", (_, changedBatch, changedPlan) => {
    expect(codeOf(changedBatch, changedPlan)).toBe("INCOMPATIBLE_SHAPE");
  });

  test.each<readonly [string, Partial<NeighborBatch>, Partial<SoapPlan>]>([
    ["vectors not finite", { vectors: badVectors }, {}],
    ["offsets of another type", { offsets: wrong([0, 1, 2, 3, 4]) }, {}],
    ["no radial functions", {}, { nMax: 0 }],
    ["negative cutoff", {}, { cutoff: -1 }],
    ["negative width", {}, { cutoffWidth: -1 }],
    ["weight not finite", {}, { centerWeight: Infinity }],
    ["unknown layout", {}, { layout: wrong("packed") }],
    ["scaling without a scale", {}, { radialScaling: { rate: 1, scale: 0, exponent: 2 } }],
    ["scaling undefined", {}, { radialScaling: wrong(undefined) }],
  ])("parameter: %s", (_, changedBatch, changedPlan) => {
    expect(codeOf(changedBatch, changedPlan)).toBe("INVALID_PARAMETER");
  });

  test("an instruction set that does not exist is refused", () => {
    const out = denseMatrix(4, plan.nFeatures);
    const call = (): void => {
      nativeUnderTest().addon.soapPowerSpectrum(batch, plan, out, wrong("MMX"));
    };
    expect(call).toThrow("not available");
  });
});
