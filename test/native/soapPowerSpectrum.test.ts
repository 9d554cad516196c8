/** The native SOAP kernel, in every instruction set of this processor, against the reference. */
import { describe, expect, test } from "vitest";
import { createSoapPlan } from "../../src/descriptors/soap.ts";
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import type { NeighborBatch, SoapPlan } from "../../src/numerics/backend.ts";
import { denseMatrix, rowRange } from "../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../src/numerics/reference/backend.ts";
import { maxDifference } from "../support/matrices.ts";
import {
  availableInstructionSets,
  nativeIsMissing,
  nativeUnderTest,
} from "../support/nativeAddon.ts";
import { randomBatch, sharedCopy } from "../support/soapBatches.ts";

const reference = createReferenceBackend();

/** Both sum some hundred terms of a normalised vector; worst seen 2e-15. */
const TOLERANCE = 2e-14;

const carbon: SoapHyperparameters = {
  type: "soap",
  basis: "gto",
  cutoff: 3.7,
  cutoffWidth: 0.5,
  sigma: 0.5,
  nMax: 8,
  lMax: 8,
};

const cases: readonly {
  readonly name: string;
  readonly hypers: SoapHyperparameters;
  readonly species: readonly number[];
  readonly neighbors?: readonly [number, number];
}[] = [
  { name: "GAP-17 carbon", hypers: carbon, species: [6] },
  { name: "three species", hypers: { ...carbon, nMax: 6, lMax: 4 }, species: [7, 31, 33] },
  { name: "sizes that fill no vector", hypers: { ...carbon, nMax: 5, lMax: 3 }, species: [6, 14] },
  { name: "n 10, l 12", hypers: { ...carbon, nMax: 10, lMax: 12 }, species: [14] },
  { name: "n 18, l 2", hypers: { ...carbon, nMax: 18, lMax: 2 }, species: [6, 14] },
  { name: "n 1, l 0", hypers: { ...carbon, nMax: 1, lMax: 0 }, species: [6] },
  {
    name: "an integer radial scaling",
    hypers: { ...carbon, radialScaling: { rate: 1, scale: 2, exponent: 7 } },
    species: [6],
  },
  {
    name: "a fractional radial scaling",
    hypers: { ...carbon, radialScaling: { rate: 0.7, scale: 1.5, exponent: 2.5 } },
    species: [6, 14],
  },
  { name: "no central atom", hypers: { ...carbon, centerWeight: 0 }, species: [6, 14] },
  { name: "few or no neighbours", hypers: carbon, species: [6, 14, 32, 50], neighbors: [0, 3] },
  {
    name: "many neighbours",
    hypers: { ...carbon, nMax: 4, lMax: 6 },
    species: [6],
    neighbors: [90, 140],
  },
];

function shared(batch: NeighborBatch): NeighborBatch {
  return { ...batch, vectors: sharedCopy(batch.vectors) };
}

function expectParity(batch: NeighborBatch, plan: SoapPlan): void {
  const { addon } = nativeUnderTest();
  const expected = denseMatrix(batch.nEnvironments, plan.nFeatures);
  reference.soapPowerSpectrum(batch, plan, expected);
  const sets = availableInstructionSets(plan);
  expect(sets.length).toBeGreaterThan(0);
  for (const set of sets) {
    const memory = sharedCopy(new Float64Array(expected.data.length).fill(Number.NaN));
    addon.soapPowerSpectrum(
      shared(batch),
      plan,
      denseMatrix(batch.nEnvironments, plan.nFeatures, memory),
      set,
    );
    expect(maxDifference(memory, expected.data), set).toBeLessThan(TOLERANCE);
  }
}

describe.skipIf(nativeIsMissing)("native SOAP power spectra", () => {
  test.each(cases)("agree with the reference: $name", ({ hypers, species, neighbors }) => {
    const [fewest, most] = neighbors ?? [20, 35];
    const batch = randomBatch({
      nEnvironments: 12,
      nSpecies: species.length,
      cutoff: hypers.cutoff * 1.1, // some neighbours beyond the cutoff
      fewest,
      most,
      seed: 11,
    });
    for (const layout of ["full", "symmetric"] as const) {
      expectParity(batch, createSoapPlan(hypers, Uint8Array.from(species), layout));
    }
  });

  test("agree for neighbours on the axes, at the cutoff, at its onset and at the centre", () => {
    const vectors = [
      [1.5, 0, 0],
      [0, -1.5, 0],
      [0, 0, 2],
      [0, 0, -2],
      [3.7, 0, 0],
      [0, 3.2, 0],
      [0, 0, 0],
      [0, 0, 3.7000001],
    ];
    const batch: NeighborBatch = {
      nEnvironments: 1,
      offsets: Int32Array.of(0, vectors.length),
      centerSpecies: Int32Array.of(0),
      neighborSpecies: new Int32Array(vectors.length),
      vectors: Float64Array.from(vectors.flat()),
    };
    expectParity(batch, createSoapPlan(carbon, Uint8Array.of(6), "full"));
    const step = createSoapPlan({ ...carbon, cutoffWidth: 0 }, Uint8Array.of(6), "full");
    expectParity(batch, step);
  });

  test("an environment without anything gets a row of zeros", () => {
    const { backend } = nativeUnderTest();
    const plan = createSoapPlan({ ...carbon, centerWeight: 0 }, Uint8Array.of(6), "symmetric");
    const batch: NeighborBatch = {
      nEnvironments: 1,
      offsets: Int32Array.of(0, 0),
      centerSpecies: Int32Array.of(0),
      neighborSpecies: new Int32Array(0),
      vectors: new Float64Array(0),
    };
    const out = denseMatrix(1, plan.nFeatures, new Float64Array(plan.nFeatures).fill(Number.NaN));
    backend.soapPowerSpectrum(batch, plan, out);
    expect(out.data.every((value) => value === 0)).toBe(true);
  });

  test("the symmetric layout keeps the inner products of the full one", () => {
    const { backend } = nativeUnderTest();
    const batch = randomBatch({
      nEnvironments: 2,
      nSpecies: 2,
      cutoff: 3.7,
      fewest: 20,
      most: 30,
      seed: 3,
    });
    const [full, symmetric] = (["full", "symmetric"] as const).map((layout) => {
      const plan = createSoapPlan(carbon, Uint8Array.of(6, 14), layout);
      const out = denseMatrix(2, plan.nFeatures);
      backend.soapPowerSpectrum(batch, plan, out);
      const [first, second] = [rowRange(out, 0, 1).data, rowRange(out, 1, 2).data];
      return first.reduce((sum, value, i) => sum + value * (second[i] ?? 0), 0);
    });
    expect(Math.abs((full ?? 0) - (symmetric ?? 1))).toBeLessThan(1e-14);
  });

  test("an empty batch is fine", () => {
    const { backend } = nativeUnderTest();
    const plan = createSoapPlan(carbon, Uint8Array.of(6), "full");
    const options = { nEnvironments: 0, nSpecies: 1, cutoff: 3.7, fewest: 0, most: 0, seed: 1 };
    backend.soapPowerSpectrum(randomBatch(options), plan, denseMatrix(0, plan.nFeatures));
  });
});
